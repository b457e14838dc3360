package petition

import "slices"

// Procedure is a legal procedure that a claim belongs to instead (Art. 31(1)-(5)).
type Procedure string

const (
	JudicialWay    Procedure = "31_1"    // 诉讼、刑事立案、法律监督、公安法律程序
	Arbitration    Procedure = "31_2"    // 仲裁
	PartyAppeal    Procedure = "31_3"    // 党员申诉、复审
	Administrative Procedure = "31_4"    // 行政复议、裁决、确认等
	LegalDuty      Procedure = "31_5"    // 申请查处违法行为、履行保护职责
	ServantReview  Procedure = "servant" // 公务员复核、申诉: 公务员法第九十五条
)

// Procedures lists every procedure as forms show them. Its time limits stand in the
// catalogues under "procedure.…".
var Procedures = []Procedure{JudicialWay, Arbitration, PartyAppeal, Administrative, LegalDuty, ServantReview}

// checkDivert is row 10: which procedure, at whose door, and why.
func checkDivert(d *decision, f *form, s standing) {
	f.need(slices.Contains(Procedures, d.act.Procedure), "procedure", "problem.procedure_missing")
	checkRedirect(d, f, s)
}
