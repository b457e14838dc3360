package petition

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// SessionKind is how a leader meets people (接访下访, opinion clause 13).
type SessionKind string

const (
	FixedSession   SessionKind = "fixed"   // 定点接访: announced, and a place is booked
	InvitedSession SessionKind = "invited" // 重点约访
	TopicalSession SessionKind = "topical" // 专题接访
	DownSession    SessionKind = "down"    // 带案下访
	SponsorSession SessionKind = "sponsor" // 领导包案
)

// SessionKinds lists the kinds in the order in which pages show them.
var SessionKinds = []SessionKind{FixedSession, InvitedSession, TopicalSession, DownSession, SponsorSession}

// Session is one meeting of a leader with people, as the plan announces it: name, post,
// portfolio, day, time, place and form are public (scenario 13.1).
type Session struct {
	ID        ID          `json:"id"`
	Unit      UnitID      `json:"unit"`
	Kind      SessionKind `json:"kind"`
	Leader    string      `json:"leader"`
	Post      string      `json:"post"`
	Portfolio string      `json:"portfolio"`
	Day       string      `json:"day"`
	From      string      `json:"from"` // "09:00"
	Until     string      `json:"until"`
	Place     string      `json:"place"`
	Subject   string      `json:"subject"`
	Places    int         `json:"places,omitempty"` // people who can be met
	Taken     int         `json:"taken,omitempty"`  // of them given away, as last published
	Off       string      `json:"off,omitempty"`    // why it was called off; "" while it stands
}

// Bookable tells whether somebody may ask for a place on a day: of a fixed session that
// stands, until the day before it.
func (s Session) Bookable(today string) bool {
	return s.Kind == FixedSession && s.Off == "" && s.Day > today
}

// Full tells whether who asks now goes on the waiting list.
func (s Session) Full() bool { return s.Taken >= s.Places }

// PlanState is where a year's plan stands.
type PlanState string

const (
	PlanDrawn     PlanState = "drawn"     // 拟定中
	PlanSubmitted PlanState = "submitted" // 待审定
	PlanApproved  PlanState = "approved"  // 已审定，待公布
	PlanPublished PlanState = "published" // 已公布
)

// PlanAction is what is done to a plan.
type PlanAction string

const (
	EnterSession  PlanAction = "enter"    // 新建场次
	ChangeSession PlanAction = "change"   // 修改场次
	CallOff       PlanAction = "call_off" // 取消场次
	SubmitPlan    PlanAction = "submit"   // 报请审定
	ApprovePlan   PlanAction = "approve"  // 审定
	ReturnPlan    PlanAction = "return"   // 退回修改
	PublishPlan   PlanAction = "publish"  // 公布
)

// PlanAct is what somebody wants to do to a plan.
type PlanAct struct {
	Action  PlanAction `json:"action"`
	Session *Session   `json:"session,omitempty"` // enter, change; of call_off only the id
	Text    string     `json:"text,omitempty"`    // why: return, call_off
}

// PlanEntry is one line of a plan's record.
type PlanEntry struct {
	N   int       `json:"n"`
	At  time.Time `json:"at"`
	By  Actor     `json:"by"`
	Act PlanAct   `json:"act"`
}

// Plan is a unit's sessions of a year (年度接访下访计划), folded from its entries. What was
// published stands until the next publication, whatever is drawn up meanwhile.
type Plan struct {
	Unit      UnitID
	Year      int
	State     PlanState
	Sessions  []Session // as drawn up, in order of day
	Published []Session
	Entries   []PlanEntry
}

// Session finds one as it is drawn up; nil if there is none.
func (p *Plan) Session(id ID) *Session { return findSession(p.Sessions, id) }

func findSession(all []Session, id ID) *Session {
	if i := slices.IndexFunc(all, func(s Session) bool { return s.ID == id }); i >= 0 {
		return &all[i]
	}
	return nil
}

// Apply adds an entry. It fails if the entry does not follow the last.
func (p *Plan) Apply(e PlanEntry) error {
	if e.N != len(p.Entries)+1 {
		return conflict("error.conflict")
	}
	switch a := e.Act; a.Action {
	case EnterSession:
		p.Sessions = append(p.Sessions, *a.Session)
	case ChangeSession:
		if s := p.Session(a.Session.ID); s != nil {
			*s = *a.Session
		}
	case CallOff: // at once, and where it was announced: nobody shall come for nothing
		for _, all := range [][]Session{p.Sessions, p.Published} {
			if s := findSession(all, a.Session.ID); s != nil {
				s.Off = a.Text
			}
		}
	case PublishPlan:
		p.Published = slices.Clone(p.Sessions)
	}
	SortSessions(p.Sessions)
	if to, ok := planMoves[e.Act.Action]; ok && to.To != "" {
		p.State = to.To
	}
	p.Entries = append(p.Entries, e)
	return nil
}

// SortSessions orders by day and hour.
func SortSessions(all []Session) {
	slices.SortStableFunc(all, func(a, b Session) int {
		return strings.Compare(a.Day+a.From+string(a.Unit), b.Day+b.From+string(b.Unit))
	})
}

// planMove is one row of the life of a plan.
type planMove struct {
	From []PlanState // "" is a plan without an entry
	By   Role
	To   PlanState // "" where the state stays
}

// planMoves is the life of a plan. A change after the approval asks for a new one.
var planMoves = map[PlanAction]planMove{
	EnterSession:  {From: []PlanState{"", PlanDrawn, PlanApproved, PlanPublished}, By: OfficeHead, To: PlanDrawn},
	ChangeSession: {From: []PlanState{PlanDrawn, PlanApproved, PlanPublished}, By: OfficeHead, To: PlanDrawn},
	CallOff:       {From: []PlanState{PlanDrawn, PlanApproved, PlanPublished}, By: OfficeHead},
	SubmitPlan:    {From: []PlanState{PlanDrawn}, By: OfficeHead, To: PlanSubmitted},
	ApprovePlan:   {From: []PlanState{PlanSubmitted}, By: Leader, To: PlanApproved},
	ReturnPlan:    {From: []PlanState{PlanSubmitted}, By: Leader, To: PlanDrawn},
	PublishPlan:   {From: []PlanState{PlanApproved}, By: OfficeHead, To: PlanPublished},
}

// PlanActions lists what can be done to a whole plan, in the order of a page.
var PlanActions = []PlanAction{SubmitPlan, ApprovePlan, ReturnPlan, PublishPlan}

// May tells whether the actor can do it to the plan now.
func (p *Plan) May(by Actor, a PlanAction) bool { return p.allowed(by, a) == nil }

func (p *Plan) allowed(by Actor, a PlanAction) error {
	move, ok := planMoves[a]
	switch {
	case by.Kind != ByStaff || by.Unit != p.Unit || ok && !by.Is(move.By):
		return forbidden("error.not_your_role")
	case !ok || !slices.Contains(move.From, p.State):
		return conflict("error.move_not_possible")
	}
	return nil
}

// DecidePlan turns what somebody wants to do into the plan's next entry. It fails with
// Forbidden for all but the unit's office head, and its leader for the approval; with
// Conflict; or with Invalid naming every field.
func DecidePlan(p *Plan, by Actor, act PlanAct, now time.Time) (PlanEntry, error) {
	if err := p.allowed(by, act.Action); err != nil {
		return PlanEntry{}, err
	}
	f := &form{}
	switch act.Action {
	case EnterSession:
		act.Session.Unit = p.Unit
		f.session(*act.Session, p.Year, Day(now))
	case ChangeSession, CallOff:
		was := p.Session(act.Session.ID)
		if was == nil || was.Off != "" || was.Day < Day(now) {
			return PlanEntry{}, conflict("error.session_over")
		}
		if act.Action == CallOff {
			f.impersonal("text", act.Text, true)
			act.Session = &Session{ID: was.ID}
			break
		}
		act.Session.Unit = p.Unit
		f.session(*act.Session, p.Year, Day(now))
	case SubmitPlan:
		if !slices.ContainsFunc(p.Sessions, func(s Session) bool { return s.Off == "" }) {
			return PlanEntry{}, conflict("error.plan_empty")
		}
	case ReturnPlan:
		f.need(!blank(act.Text), "text", "problem.text_missing")
	}
	return PlanEntry{N: len(p.Entries) + 1, At: now.UTC().Truncate(time.Microsecond), By: by, Act: act}, f.err()
}

// mostPlaces is how many people one session can be announced for.
const mostPlaces = 50

var hourOfDay = regexp.MustCompile(`^([01]\d|2[0-3]):[0-5]\d$`)

// session checks what the public will read.
func (f *form) session(s Session, year int, today string) {
	f.need(slices.Contains(SessionKinds, s.Kind), "kind", "problem.kind_missing")
	for _, one := range []struct{ field, text string }{{"leader", s.Leader}, {"post", s.Post}, {"portfolio", s.Portfolio},
		{"place", s.Place}, {"subject", s.Subject}} {
		f.need(!blank(one.text), one.field, "problem.required")
		f.atMost(one.field, one.text, 100)
		f.need(!personal.MatchString(one.text), one.field, "problem.personal_number")
	}
	_, err := ParseDay(s.Day)
	f.need(err == nil && s.Day >= today, "day", "problem.duty_due")
	f.need(err != nil || strings.HasPrefix(s.Day, strconv.Itoa(year)+"-"), "day", "problem.session_year", "year", strconv.Itoa(year))
	f.need(hourOfDay.MatchString(s.From), "from", "problem.session_hour")
	f.need(hourOfDay.MatchString(s.Until) && (s.Until > s.From || !hourOfDay.MatchString(s.From)), "until", "problem.session_until")
	least := 0
	if s.Kind == FixedSession {
		least = 1
	}
	f.need(s.Places >= least && s.Places <= mostPlaces, "places", "problem.session_places", "max", strconv.Itoa(mostPlaces))
}
