package petition

import (
	"fmt"
	"slices"
	"time"
)

// Annual is a unit's written report on a year to the unit above (年度报告, clause 8, scenario
// 8.3; 2022 Art. 41): texts by section, and figures that are locked when it is filed. What
// was filed stays as it is; who mends it files once more.
type Annual struct {
	Unit  UnitID
	Year  int
	Due   string // day by which it is filed
	Steps []AnnualStep
}

// AnnualStatus is how far a report has come.
type AnnualStatus string

const (
	AnnualNone     AnnualStatus = "none"     // 没有起草
	AnnualDraft    AnnualStatus = "draft"    // 起草中
	AnnualFiled    AnnualStatus = "filed"    // 已报送
	AnnualReturned AnnualStatus = "returned" // 退回修改
	AnnualAccepted AnnualStatus = "accepted" // 已接收
)

// AnnualStatuses lists every status in the order of its life.
var AnnualStatuses = []AnnualStatus{AnnualNone, AnnualDraft, AnnualFiled, AnnualReturned, AnnualAccepted}

// AnnualWriters draft and file a unit's report, and take in those of the units below.
var AnnualWriters = []Role{OfficeHead, Leader}

// Owes tells whether the unit still has to file.
func (s AnnualStatus) Owes() bool { return s == AnnualNone || s == AnnualDraft || s == AnnualReturned }

// AnnualSections are the texts of a report in order: what 2022 Art. 41 asks to be reported,
// and what the opinion's clauses 8 to 14 ask of a unit.
var AnnualSections = []string{"work", "fields", "supervised", "advice", "problems", "plans"}

// AnnualStep is one entry about a report.
type AnnualStep struct {
	Status  AnnualStatus `json:"-"`
	Officer string       `json:"-"`
	Unit    UnitID       `json:"-"` // of the officer
	At      time.Time    `json:"-"`

	Texts   map[string]string `json:"texts,omitempty"`   // drafted, filed: by section
	Text    string            `json:"text,omitempty"`    // returned: why; accepted: a remark
	Number  string            `json:"number,omitempty"`  // filed: of the letter
	Figures *AnnualFigures    `json:"figures,omitempty"` // filed
}

// AnnualFigures are what a report is composed from, as it was when it was filed. Nothing in
// them tells of a report about a cadre, and nobody is named.
type AnnualFigures struct {
	Revision int             `json:"revision"` // of the year's snapshot
	Year     Figures         `json:"year"`
	Before   Figures         `json:"before"` // of the year before
	Fields   []FieldCount    `json:"fields,omitempty"`
	Duties   AnnualDuties    `json:"duties"`
	Adopted  []AdoptedAdvice `json:"adopted,omitempty"`
}

// FieldCount is how many matters came in a field: the letter of their content codes.
type FieldCount struct {
	Field string `json:"field"`
	Count int    `json:"count"`
}

// AnnualDuties are the supervisions and the advice of a year (2022 Art. 40).
type AnnualDuties struct {
	Supervised int `json:"supervised" db:"supervised"`
	Ended      int `json:"ended" db:"ended"` // of the supervisions
	Advised    int `json:"advised" db:"advised"`
	Taken      int `json:"taken" db:"taken"` // advice adopted, in whole or in part
}

// Period is the year that the report is on.
func (a Annual) Period() Period { return Period(fmt.Sprintf("%04d", a.Year)) }

// Status is how far it has come.
func (a Annual) Status() AnnualStatus {
	if len(a.Steps) == 0 {
		return AnnualNone
	}
	return a.Steps[len(a.Steps)-1].Status
}

// Last is the newest entry with one of the statuses; a zero one if there is none.
func (a Annual) Last(of ...AnnualStatus) AnnualStep {
	for _, e := range slices.Backward(a.Steps) {
		if slices.Contains(of, e.Status) {
			return e
		}
	}
	return AnnualStep{}
}

// Late tells whether it is still to be filed on a day after its own.
func (a Annual) Late(day string) bool { return a.Status().Owes() && a.Due < day }

// FiledLate tells whether it was first filed after its day.
func (a Annual) FiledLate() bool {
	n := slices.IndexFunc(a.Steps, func(s AnnualStep) bool { return s.Status == AnnualFiled })
	return n >= 0 && Day(a.Steps[n].At) > a.Due
}

// AnnualDue is the day by which reports are filed in the year that follows, where the unit
// above chose no other (ours: the law names none).
const AnnualDue = "01-31"

// The days that a unit may choose.
const (
	annualDueFirst = "01-05"
	annualDueLast  = "06-30"
)

// CheckAnnualDue refuses, with Invalid, what is no day of the first half of a year.
func CheckAnnualDue(day string) error {
	f := &form{}
	_, err := ParseDay("2027-" + day) // a year without 29 February: the day is there every year
	f.need(err == nil && day >= annualDueFirst && day <= annualDueLast, "due", "problem.annual_due")
	return f.err()
}

// DueOfAnnual is the day on which the report on a year is due, "01-31" being the day chosen.
func DueOfAnnual(year int, day string) string { return fmt.Sprintf("%04d-%s", year+1, day) }

// longestSection is how many characters a section of a report may have.
const longestSection = 4000

// CheckAnnualStep refuses, with Invalid, what is not filled in as it must be; with Conflict
// what a report cannot become. That the one side writes and the other takes it in is for
// the store.
func CheckAnnualStep(a Annual, s AnnualStep, now time.Time) error {
	if !slices.Contains(a.Status().next(), s.Status) {
		return conflict("error.move_not_possible")
	}
	f := &form{}
	switch s.Status {
	case AnnualFiled:
		f.need(a.Period().Over(now), "texts", "problem.period_runs")
		for _, name := range AnnualSections {
			f.need(!blank(s.Texts[name]), "texts."+name, "problem.duty_field")
		}
	case AnnualReturned:
		f.need(!blank(s.Text), "text", "problem.text_missing")
	}
	for name, text := range s.Texts {
		f.need(slices.Contains(AnnualSections, name), "texts", "problem.choice")
		f.atMost("texts."+name, text, longestSection)
	}
	f.atMost("text", s.Text, 2000)
	return f.err()
}

func (s AnnualStatus) next() []AnnualStatus {
	switch s {
	case AnnualNone, AnnualDraft, AnnualReturned:
		return []AnnualStatus{AnnualDraft, AnnualFiled}
	case AnnualFiled:
		return []AnnualStatus{AnnualReturned, AnnualAccepted}
	}
	return nil
}

// AnnualPaper is the report as it is printed and sent.
const AnnualPaper PaperKind = "annual_report" // 年度信访工作报告
