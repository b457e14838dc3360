package petition

import (
	"slices"
	"time"
)

// CadreReport is a report about a cadre (检举控告, Art. 30; domain §2.5), folded from its
// events. It lives in the sealed compartment of the unit that manages the cadre and has
// a life of its own: none of the moves of ordinary matters apply.
type CadreReport struct {
	ID       ID
	Unit     UnitID // whose compartment
	Number   string // random, with no unit or day in it; "" before registration
	Filing   Filing
	Received time.Time
	Arrival  Arrival // the route by which it came; direct from the portal
	State    CadreState
	Reported []Respondent // as fixed by the compartment
	RealName bool         // 实名: confirmed by a call or a visit
	Grade    Clue
	Way      CadreWay
	Team     []ID   // who verifies
	Due      string // day set for the verification
	Asked    time.Time
	Answered time.Time // the inquiry's answer came
	Finding  Finding
	Found    time.Time
	Accepted time.Time // a real-name reporter was told that it is taken on
	FedBack  time.Time // and what became of it
	Measures []Measure
	Clear    *Clearing
	Pending  *CadreProposal
	Events   []Event
}

// CadreState is where a report stands.
type CadreState string

const (
	CadreReceived    CadreState = "received"    // 已收到
	CadreRegistered  CadreState = "registered"  // 已登记，待研判
	CadreVerifying   CadreState = "verifying"   // 核查中
	CadreInquiring   CadreState = "inquiring"   // 函询中
	CadreReminding   CadreState = "reminding"   // 提醒谈话
	CadreKept        CadreState = "kept"        // 暂存待查
	CadreEnded       CadreState = "ended"       // 予以了结
	CadreTransferred CadreState = "transferred" // 已移送纪检监察机关
	CadreSentUp      CadreState = "sent_up"     // 已报上级: only the day remains here
	CadreHanded      CadreState = "handed"      // 已移交承接单位: the unit was merged; only the day remains here
	CadreFound       CadreState = "found"       // 已有结论
	CadreClosed      CadreState = "closed"      // 已办结
)

// CadreStates lists every state in order.
var CadreStates = []CadreState{CadreReceived, CadreRegistered, CadreVerifying, CadreInquiring, CadreReminding,
	CadreKept, CadreEnded, CadreTransferred, CadreSentUp, CadreHanded, CadreFound, CadreClosed}

// Respondent is a person reported, with whoever manages the cadre (干部管理权限): that
// decides whose the report is, not where the cadre works.
type Respondent struct {
	Reported
	At      UnitID `json:"at,omitempty"`   // the unit that must never learn of it
	Manager UnitID `json:"manager"`        // who manages the cadre
	Staff   ID     `json:"staff,omitzero"` // an account here that is the cadre's own: it never sees the report
}

// Clue is the quality of a clue (线索质量).
type Clue string

const (
	ClueClear Clue = "clear" // 具体、线索清楚
	ClueVague Clue = "vague" // 笼统、难以核查
	ClueNone  Clue = "none"  // 没有可查线索
)

// Clues lists every grade.
var Clues = []Clue{ClueClear, ClueVague, ClueNone}

// CadreWay is how a report is dealt with (处置方式).
type CadreWay string

const (
	WayVerify   CadreWay = "verify"   // 立项核查
	WayInquire  CadreWay = "inquire"  // 函询
	WayRemind   CadreWay = "remind"   // 提醒谈话
	WayKeep     CadreWay = "keep"     // 留存
	WayEnd      CadreWay = "end"      // 了结
	WayTransfer CadreWay = "transfer" // 移送纪检监察机关
)

// CadreWays lists every way, with the state that it leads to.
var CadreWays = []CadreWay{WayVerify, WayInquire, WayRemind, WayKeep, WayEnd, WayTransfer}

var wayStates = map[CadreWay]CadreState{WayVerify: CadreVerifying, WayInquire: CadreInquiring,
	WayRemind: CadreReminding, WayKeep: CadreKept, WayEnd: CadreEnded, WayTransfer: CadreTransferred}

// fits: concrete facts with clear clues are verified or transferred; for the rest there
// are the milder ways (clause 2).
func (w CadreWay) fits(c Clue) bool {
	hard := w == WayVerify || w == WayTransfer
	return hard == (c == ClueClear)
}

// Finding is the conclusion (结论).
type Finding string

const (
	FoundTrue    Finding = "true"    // 属实
	FoundPart    Finding = "part"    // 部分属实
	FoundFalse   Finding = "false"   // 失实: a mistake is never a false accusation
	FoundMalice  Finding = "malice"  // 诬告: only with evidence and the approval of the level above
	FoundUnknown Finding = "unknown" // 无法查实
)

// Findings lists every conclusion.
var Findings = []Finding{FoundTrue, FoundPart, FoundFalse, FoundMalice, FoundUnknown}

// Cleared tells whether the cadre must be offered a clarification.
func (f Finding) Cleared() bool { return f == FoundFalse || f == FoundMalice }

// Measure is what followed from a conclusion: 提醒, 函询, 诫勉, 组织处理建议, 移送.
type Measure struct {
	Kind string    `json:"kind"`
	Text string    `json:"text"`
	At   time.Time `json:"at,omitzero"`
}

// MeasureKinds lists every measure.
var MeasureKinds = []string{"remind", "inquire", "admonish", "propose", "transfer"}

// Clearing is the decision on clarification (澄清正名): proposed whenever a report proves
// false, with the cadre's consent and the form of it, or the reason for none.
type Clearing struct {
	Do      bool   `json:"do"`
	Consent bool   `json:"consent,omitempty"` // of the cadre
	Form    string `json:"form,omitempty"`    // letter, talk, circular
	Reason  string `json:"reason"`
}

// ClearingForms lists the forms: 发函说明, 当面说明, 通报.
var ClearingForms = []string{"letter", "talk", "circular"}

// CadreProposal is a step that waits for agreement.
type CadreProposal struct {
	By     Actor
	At     time.Time
	Act    Act
	Agreed []ID // who has agreed so far
}

// CadreStep is what an act says of a report about a cadre.
type CadreStep struct {
	Number   string       `json:"number,omitempty"`
	Reported []Respondent `json:"reported,omitempty"`
	Grade    Clue         `json:"grade,omitempty"`
	Way      CadreWay     `json:"way,omitempty"`
	Team     []ID         `json:"team,omitempty"`
	Finding  Finding      `json:"finding,omitempty"`
	Evidence string       `json:"evidence,omitempty"` // of malice: what proves it
	Higher   string       `json:"higher,omitempty"`   // and the approval of the level above: number and day
	Measure  *Measure     `json:"measure,omitempty"`
	Clear    *Clearing    `json:"clear,omitempty"`
	How      string       `json:"how,omitempty"` // ConfirmName, FeedBack: call, visit, letter, portal
}

// Words is all that was written in the step.
func (s *CadreStep) Words() []string {
	all := []string{s.Number, s.Evidence, s.Higher}
	for _, p := range s.Reported {
		all = append(all, p.Name, p.Unit, p.Post)
	}
	if s.Measure != nil {
		all = append(all, s.Measure.Text)
	}
	if s.Clear != nil {
		all = append(all, s.Clear.Reason)
	}
	return all
}

// The acts of the compartment.
const (
	CadreRegister Action = "cadre_register" // 登记
	SendUp        Action = "send_up"        // 报上级: the cadre is managed there, or heads this department
	ConfirmName   Action = "confirm_name"   // 核实实名
	Dispose       Action = "dispose"        // 研判处置: grade and way, agreed to by two
	NoteAnswer    Action = "note_answer"    // 登记函询回复
	Find          Action = "find"           // 作出结论
	Measured      Action = "measure"        // 后续处理
	TellAccepted  Action = "tell_accepted"  // 实名举报受理告知
	FeedBack      Action = "feed_back"      // 实名举报结果反馈
	ClearName     Action = "clear_name"     // 澄清正名
	Reopen        Action = "reopen"         // 发现新线索，恢复办理
	CadreClose    Action = "cadre_close"    // 办结
	CadreNote     Action = "cadre_note"     // 工作记录
	CadreAgree    Action = "cadre_agree"    // 同意
	CadreDisagree Action = "cadre_disagree" // 不同意
	ExtractMatter Action = "extract"        // 摘出普通事项: an ordinary matter in it goes its own way
)

// CadreActions lists every act of the compartment, the primary ones first.
var CadreActions = []Action{CadreAgree, CadreDisagree, CadreRegister, Dispose, NoteAnswer, Find, TellAccepted,
	FeedBack, Measured, ClearName, CadreClose, Reopen, ConfirmName, ExtractMatter, SendUp, CadreNote}

// cadreMove is what an act does to a report.
type cadreMove struct {
	To        CadreState // "" where the state stays, or the act decides
	Agreement int        // how many others must agree first
}

// cadreMoves is the whole life of a report about a cadre (domain §2.5).
var cadreMoves = map[CadreState]map[Action]cadreMove{
	CadreReceived: {CadreRegister: {To: CadreRegistered}, SendUp: {To: CadreSentUp}, CadreNote: {}},
	CadreRegistered: {Dispose: {Agreement: 2}, SendUp: {To: CadreSentUp}, ConfirmName: {}, TellAccepted: {},
		ExtractMatter: {}, CadreNote: {}},
	CadreVerifying: {Find: {To: CadreFound, Agreement: 1}, ConfirmName: {}, TellAccepted: {}, CadreNote: {}},
	CadreInquiring: {NoteAnswer: {}, Dispose: {Agreement: 2}, Find: {To: CadreFound, Agreement: 1},
		ConfirmName: {}, TellAccepted: {}, CadreNote: {}},
	CadreReminding:   {Find: {To: CadreFound, Agreement: 1}, ConfirmName: {}, TellAccepted: {}, CadreNote: {}},
	CadreKept:        {Reopen: {To: CadreRegistered}, CadreNote: {}, FeedBack: {}, CadreClose: {To: CadreClosed}},
	CadreEnded:       {Reopen: {To: CadreRegistered}, CadreNote: {}, FeedBack: {}, CadreClose: {To: CadreClosed}},
	CadreTransferred: {CadreNote: {}, FeedBack: {}, CadreClose: {To: CadreClosed}},
	CadreFound: {Measured: {}, FeedBack: {}, ClearName: {}, CadreNote: {}, Reopen: {To: CadreRegistered},
		CadreClose: {To: CadreClosed}},
	CadreClosed: {Reopen: {To: CadreRegistered}, CadreNote: {}},
	CadreSentUp: {}, CadreHanded: {},
}

// PublicStatus is the word the reporter reads: one of three, whatever goes on.
func (r *CadreReport) PublicStatus() PublicStatus {
	switch r.State {
	case CadreReceived, CadreSentUp:
		return ShownReceived
	case CadreClosed:
		return ShownClosed
	}
	return ShownHandling
}

// ProjectCadre is all that a reporter ever sees: that it was received, is being handled,
// is done. Of the unit only the one that he chose himself is named.
func ProjectCadre(r *CadreReport, rules Rules) Folder {
	f := Folder{Version: len(r.Events), Title: r.Filing.Title, Track: Report, Received: r.Received,
		Status: r.PublicStatus(), News: NewsWaysOf(NewsWishes(r.Events), ""), Steps: []Step{{Key: "step.received", At: r.Received, Mine: true}}}
	if r.Filing.Unit != "" {
		f.Unit = contact(rules, rules.Units.Acting(r.Filing.Unit))
	}
	for _, e := range r.Events {
		switch e.Act.Action {
		case CadreRegister:
			f.Steps = append(f.Steps, Step{Key: "step.cadre_handling", At: e.At})
		case CadreClose:
			f.Steps = append(f.Steps, Step{Key: "step.cadre_closed", At: e.At})
		}
	}
	return f
}

// CadreClocks are the limits that run: reporting up (5 working days), telling a
// real-name reporter (K13, 15 working days each), the answer to an inquiry (15 working
// days) and the day set for a verification.
func (r *CadreReport) CadreClocks(rules Rules) []Clock {
	working := func(kind ClockKind, start time.Time, days int, stopped time.Time) Clock {
		day, known := rules.Days.addWorking(startOfDay(start), days)
		k := Clock{Kind: kind, Unit: r.Unit, Start: start, Days: days, Working: true, Guess: !known, Stopped: stopped}
		k.Warn, k.Due = endOfDay(day), endOfDay(day)
		return k
	}
	limit := rules.lawAt(r.Unit, Day(r.Received), rules.Laws.At(Day(r.Received))).Cadre
	var ks []Clock
	if r.State == CadreReceived {
		ks = append(ks, working(CadreUpClock, r.Received, limit.SendUp, time.Time{}))
	}
	if r.RealName {
		ks = append(ks, working(CadreTakenClock, r.Received, limit.Accept, first(r.Accepted, r.Found)))
		if !r.Found.IsZero() {
			ks = append(ks, working(CadreToldClock, r.Found, limit.FeedBack, r.FedBack))
		}
	}
	if !r.Asked.IsZero() {
		ks = append(ks, working(InquiryClock, r.Asked, limit.Inquiry, first(r.Answered, r.Found)))
	}
	if r.Due != "" && r.State == CadreVerifying {
		ks = append(ks, Clock{Kind: VerifyClock, Unit: r.Unit, Start: r.Received, Warn: EndOfDay(r.Due), Due: EndOfDay(r.Due)})
	}
	return ks
}

// HiddenFrom tells whether the actor is himself reported. For him it does not exist.
func (r *CadreReport) HiddenFrom(by Actor) bool {
	return slices.ContainsFunc(r.Reported, func(p Respondent) bool {
		return !p.Staff.IsZero() && p.Staff == by.Staff
	})
}

// Excluded tells whether a unit may never learn of the report: the one the cadre works
// at and every unit below it, unless it is the one that manages him.
func (r *CadreReport) Excluded(unit Unit, units *Units) bool {
	return slices.ContainsFunc(r.Reported, func(p Respondent) bool {
		at, known := units.Unit(p.At)
		return known && unit.ID != r.Unit && unit.Within(at)
	})
}

// Extracts are the ordinary matters that were taken out of the report.
func (r *CadreReport) Extracts() []Part {
	var all []Part
	for _, e := range r.Events {
		if e.Act.Action == ExtractMatter {
			all = append(all, e.Act.Parts...)
		}
	}
	return all
}
