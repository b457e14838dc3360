package petition

// Topic is a content code (内容分类, domain §3.3), a letter and a digit: "C1".
type Topic string

// Ground is a reason for not accepting (不予受理情形, domain §3.5).
type Ground string

const (
	SkipLevel    Ground = "R1" // 越级走访: visits only
	InHand       Ground = "R2" // 正在办理或者复查复核期限内
	WindowUnused Ground = "R3" // 逾期未请求复查复核: where the local profile says so
	FinalOpinion Ground = "R4" // 已有复核意见
	Litigation   Ground = "R5" // 涉法涉诉，应走法律程序
	LegallyEnded Ground = "R6" // 涉法涉诉依法终结
)

// Outcome is how it ended (domain §3.6).
type Outcome string

const (
	Supported     Outcome = "supported"      // 支持
	PartSupported Outcome = "part_supported" // 部分支持
	Explained     Outcome = "explained"      // 解释说明
	NotSupported  Outcome = "not_supported"  // 不予支持
	Adopted       Outcome = "adopted"        // 采纳
	PartAdopted   Outcome = "part_adopted"   // 部分采纳
	NotAdopted    Outcome = "not_adopted"    // 未采纳
	ForReference  Outcome = "for_reference"  // 参考
	Answered      Outcome = "answered"       // 已答复: enquiries
	Mediated      Outcome = "mediated"       // 调解
	SettledClaim  Outcome = "settled"        // 和解
	Upheld        Outcome = "upheld"         // 维持
	Changed       Outcome = "changed"        // 变更
	SentBack      Outcome = "annulled"       // 撤销，责令重新办理
)

// Grants tells whether the outcome promises something that must then be done (Art. 32).
func (o Outcome) Grants() bool {
	return o == Supported || o == PartSupported || o == Mediated || o == SettledClaim
}

// Supports tells whether the claim was held to be right, in whole or in part: such an
// opinion rests on an article of the policy library (scenario 5.1).
func (o Outcome) Supports() bool { return o == Supported || o == PartSupported }

// Contradicts tells whether two like cases with these outcomes were treated differently
// (scenario 5.3).
func (o Outcome) Contradicts(other Outcome) bool {
	return o.Supports() && other == NotSupported || o == NotSupported && other.Supports()
}

// Outcomes lists what an opinion on a track may conclude.
func Outcomes(t Track) []Outcome {
	switch t {
	case Claim:
		return []Outcome{Supported, PartSupported, Explained, NotSupported, Mediated, SettledClaim}
	case Advice:
		return []Outcome{Adopted, PartAdopted, NotAdopted, ForReference}
	case Enquiry:
		return []Outcome{Answered}
	}
	return nil
}
