package petition

import (
	"maps"
	"time"
)

// Duty (事项) is something that a unit answers for to another, or to its own leader, by a
// day: an instruction (批示), a supervision (督办), a report upward, a consultation. It is
// beside cases: it may be about one, and never about a report about a cadre. It has an
// owner and a date from its first instant on (事事有着落、件件有回音, opinion clause 8).
//
// It is folded from its entries, as a case is from its events.
type Duty struct {
	ID       ID
	Kind     DutyKind
	Form     DutyForm  // of a supervision or an advice; "" for other kinds
	Cause    DutyCause // of a supervision; "" where none of the list is
	Number   string    // of the letter that it went out with
	From     UnitID    // who set it
	By       ID        // the member of staff who did
	Owner    UnitID    // who answers for it
	Person   ID        // to whom the owner gave it; zero: its heads
	Case     ID        // what it is about; zero: no one case
	Decision ID        // of a supervision: the tracked decision that it presses on with; zero: none
	Title    string
	Due      string // day by which the owner answers
	State    DutyState
	Outcome  string
	Values   map[string]string // what was filled in last, by field
	Entries  []DutyEntry
}

// DutyKind is what sort of thing somebody answers for.
type DutyKind string

const (
	Instruction    DutyKind = "instruction"  // 领导批示 (clause 13, scenario 13.2)
	Supervision    DutyKind = "supervision"  // 督查督办 (clause 8; 2022 Art. 40, 2005 Art. 36)
	Tracking       DutyKind = "tracking"     // 上级决定事项跟踪 (scenario 8.5)
	Important      DutyKind = "important"    // 重要情况报告 (scenario 8.4; 2022 Art. 25)
	Flagged        DutyKind = "flag"         // 重要情况标记: a case or situation that must be reported upward by a day (scenario 11.2)
	Information    DutyKind = "info"         // 信息报送 (clause 11)
	Consultation   DutyKind = "consultation" // 决策前征询 (scenario 11.3)
	Recommendation DutyKind = "advice"       // 改进工作、完善政策、追究责任建议 (2022 Art. 40)
	CoHandling     DutyKind = "cohandling"   // 会办 (scenario 12.2)
	HelpPlan       DutyKind = "guidance"     // 薄弱单位帮扶 (scenario 12.3)
	Reward         DutyKind = "reward"       // 奖励建议 (scenario 2.6; 2022 Art. 29): for a suggestion that was adopted
	Contract       DutyKind = "contract"     // 领导包案 (scenario 13.3): the leader answers for knowing the facts, explaining and resolving
)

// DutyForm is how a supervision is done (opinion clause 8), or what an advice aims at.
type DutyForm string

const (
	LetterForm   DutyForm = "letter"   // 发函督办
	FieldStudy   DutyForm = "field"    // 实地调研
	Talk         DutyForm = "talk"     // 重点约谈
	Dispatch     DutyForm = "dispatch" // 专题调度
	Announcement DutyForm = "circular" // 情况通报
)

// DutyState is where a duty stands.
type DutyState string

const (
	DutyDraft     DutyState = "draft"     // 拟稿: made by the program, or kept to be looked over
	DutyOpen      DutyState = "open"      // 待反馈
	DutyAnswered  DutyState = "answered"  // 已反馈
	DutyClosed    DutyState = "closed"    // 已办结
	DutyWithdrawn DutyState = "withdrawn" // 已撤销
)

// DutyAction is what can be done with a duty.
type DutyAction string

const (
	SetDuty      DutyAction = "set"      // 交办
	DraftDuty    DutyAction = "draft"    // 拟办
	IssueDuty    DutyAction = "issue"    // 发出
	SignDuty     DutyAction = "sign"     // 签收
	GiveDuty     DutyAction = "give"     // 分办
	ProgressDuty DutyAction = "progress" // 报告进展
	AnswerDuty   DutyAction = "answer"   // 反馈
	ReturnDuty   DutyAction = "return"   // 退回
	RemindDuty   DutyAction = "remind"   // 催办
	PostponeDuty DutyAction = "postpone" // 改期
	CloseDuty    DutyAction = "close"    // 办结
	WithdrawDuty DutyAction = "withdraw" // 撤销
)

// DutyAct is what somebody wants to do.
type DutyAct struct {
	Action   DutyAction        `json:"action"`
	Kind     DutyKind          `json:"kind,omitempty"`    // set, draft
	Form     DutyForm          `json:"form,omitempty"`    // set, draft
	Cause    DutyCause         `json:"cause,omitempty"`   // set, draft: of a supervision
	Owner    UnitID            `json:"owner,omitempty"`   // set, draft
	Person   ID                `json:"person,omitzero"`   // set, draft, give
	Case     ID                `json:"case,omitzero"`     // set, draft
	Decision ID                `json:"decision,omitzero"` // set, draft: of a supervision
	Flag     ID                `json:"flag,omitzero"`     // set: of an important report, the mark that it answers
	Title    string            `json:"title,omitempty"`   // set, draft
	Due      string            `json:"due,omitempty"`     // set, draft, issue, return, postpone
	Number   string            `json:"number,omitempty"`  // set, issue: of the letter, given by the store
	Outcome  string            `json:"outcome,omitempty"`
	Text     string            `json:"text,omitempty"`
	Values   map[string]string `json:"values,omitempty"` // by field, see DutyFields
}

// DutyEntry is one line of a duty's record.
type DutyEntry struct {
	N   int       `json:"n"`
	At  time.Time `json:"at"`
	By  Actor     `json:"by"`
	Act DutyAct   `json:"act"`
}

// Apply adds an entry. It fails if the entry does not follow the last.
func (d *Duty) Apply(e DutyEntry) error {
	if e.N != len(d.Entries)+1 {
		return conflict("error.conflict")
	}
	a := e.Act
	if e.N == 1 {
		d.Kind, d.Form, d.Cause, d.From, d.By, d.Owner, d.Case, d.Decision, d.Title = a.Kind, a.Form, a.Cause, e.By.Unit, e.By.Staff, a.Owner, a.Case, a.Decision, a.Title
		d.Values = make(map[string]string)
	}
	if to, ok := dutyTo[a.Action]; ok {
		d.State = to
	}
	if a.Due != "" {
		d.Due = a.Due
	}
	if a.Action == SetDuty || a.Action == DraftDuty || a.Action == GiveDuty {
		d.Person = a.Person
	}
	if a.Number != "" {
		d.Number = a.Number
	}
	if a.Outcome != "" {
		d.Outcome = a.Outcome
	}
	maps.Copy(d.Values, a.Values)
	d.Entries = append(d.Entries, e)
	return nil
}

// dutyTo is where an action leads; what is not here changes no state.
var dutyTo = map[DutyAction]DutyState{SetDuty: DutyOpen, DraftDuty: DutyDraft, IssueDuty: DutyOpen,
	AnswerDuty: DutyAnswered, ReturnDuty: DutyOpen, CloseDuty: DutyClosed, WithdrawDuty: DutyWithdrawn}

// Live tells whether somebody still has to do something.
func (s DutyState) Live() bool { return s == DutyOpen || s == DutyAnswered }

// Late tells whether the owner's answer is overdue on a day. What was answered waits for
// who set it, and is the owner's again when it comes back.
func (d *Duty) Late(day string) bool { return d.State == DutyOpen && d.Due < day }
