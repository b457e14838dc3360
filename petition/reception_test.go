package petition

import (
	"errors"
	"testing"
	"time"
)

var planDay = time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)

func aSession(n byte) Session {
	return Session{ID: ID{15: n}, Kind: FixedSession, Leader: "Chen", Post: "deputy head", Portfolio: "cadres", Day: "2026-04-0" + string('0'+n),
		From: "09:00", Until: "11:30", Place: "Room 2", Subject: "pay of village cadres", Places: 4}
}

// planner is a plan and its two officers.
type planner struct {
	t          *testing.T
	p          *Plan
	head, lead Actor
}

func newPlanner(t *testing.T) *planner {
	return &planner{t: t, p: &Plan{Unit: "530102", Year: 2026},
		head: Actor{Kind: ByStaff, Unit: "530102", Roles: []Role{OfficeHead}}, lead: Actor{Kind: ByStaff, Unit: "530102", Roles: []Role{Leader}}}
}

func (w *planner) do(by Actor, a PlanAct) {
	w.t.Helper()
	e, err := DecidePlan(w.p, by, a, planDay)
	if err == nil {
		err = w.p.Apply(e)
	}
	if err != nil {
		w.t.Fatalf("%s: %v", a.Action, err)
	}
}

func (w *planner) refused(by Actor, a PlanAct, kind Kind) {
	w.t.Helper()
	if _, err := DecidePlan(w.p, by, a, planDay); !Is(err, kind) {
		w.t.Errorf("%s in %s: %v, want %s", a.Action, w.p.State, err, kind)
	}
}

func enter(s Session) PlanAct { return PlanAct{Action: EnterSession, Session: &s} }

func TestScenario13_1_APlanIsDrawnApprovedAndPublished(t *testing.T) {
	w := newPlanner(t)
	w.refused(w.head, PlanAct{Action: SubmitPlan}, Conflict)
	w.refused(w.lead, enter(aSession(1)), Forbidden)
	w.do(w.head, enter(aSession(2)))
	w.do(w.head, enter(aSession(1)))
	if w.p.Sessions[0].Day != "2026-04-01" || len(w.p.Published) != 0 {
		t.Fatalf("%+v", w.p)
	}
	w.refused(w.head, PlanAct{Action: PublishPlan}, Conflict)
	w.do(w.head, PlanAct{Action: SubmitPlan})
	w.refused(w.head, PlanAct{Action: ApprovePlan}, Forbidden)
	w.refused(w.head, enter(aSession(3)), Conflict)
	w.refused(w.lead, PlanAct{Action: ReturnPlan}, Invalid)
	other := w.lead
	other.Unit = "530103"
	w.refused(other, PlanAct{Action: ApprovePlan}, Forbidden)
	w.do(w.lead, PlanAct{Action: ApprovePlan})
	w.do(w.head, PlanAct{Action: PublishPlan})
	if w.p.State != PlanPublished || len(w.p.Published) != 2 {
		t.Fatalf("%s %d", w.p.State, len(w.p.Published))
	}
	// A change is drawn up anew; what was published stands meanwhile.
	changed := aSession(1)
	changed.Place = "Room 9"
	w.do(w.head, PlanAct{Action: ChangeSession, Session: &changed})
	if w.p.State != PlanDrawn || w.p.Published[0].Place != "Room 2" || w.p.Session(changed.ID).Place != "Room 9" {
		t.Fatalf("%+v", w.p)
	}
	// What is called off is called off at once, everywhere, with the reason.
	w.refused(w.head, PlanAct{Action: CallOff, Session: &Session{ID: changed.ID}}, Invalid)
	w.do(w.head, PlanAct{Action: CallOff, Session: &Session{ID: changed.ID}, Text: "moved to May"})
	if w.p.Published[0].Off != "moved to May" || w.p.Session(changed.ID).Off == "" || w.p.Published[0].Bookable("2026-03-02") {
		t.Fatalf("%+v", w.p.Published)
	}
	w.refused(w.head, PlanAct{Action: ChangeSession, Session: &changed}, Conflict)
	if err := w.p.Apply(PlanEntry{N: 1}); !Is(err, Conflict) {
		t.Errorf("an old entry: %v", err)
	}
}

func TestASessionSaysAllThatIsPublic(t *testing.T) {
	w := newPlanner(t)
	for field, spoil := range map[string]func(*Session){
		"kind":      func(s *Session) { s.Kind = "party" },
		"leader":    func(s *Session) { s.Leader = " " },
		"post":      func(s *Session) { s.Post = "" },
		"portfolio": func(s *Session) { s.Portfolio = "" },
		"place":     func(s *Session) { s.Place = "call 13800138000" },
		"subject":   func(s *Session) { s.Subject = "" },
		"day":       func(s *Session) { s.Day = "2026-03-01" },
		"from":      func(s *Session) { s.From = "9" },
		"until":     func(s *Session) { s.Until = "08:00" },
		"places":    func(s *Session) { s.Places = 0 },
	} {
		s := aSession(1)
		spoil(&s)
		_, err := DecidePlan(w.p, w.head, enter(s), planDay)
		var refused *Error
		if !errors.As(err, &refused) || len(refused.Problems) != 1 || refused.Problems[0].Field != field {
			t.Errorf("%s: %v %+v", field, err, refused)
		}
	}
	invited := aSession(1)
	invited.Kind, invited.Places = InvitedSession, 0
	w.do(w.head, enter(invited))
	if w.p.Sessions[0].Bookable("2026-03-02") {
		t.Error("a session by invitation can be booked")
	}
	next := aSession(1)
	next.Day = "2027-01-05"
	w.refused(w.head, enter(next), Invalid)
	fixed := aSession(2)
	if !fixed.Bookable("2026-04-01") || fixed.Bookable("2026-04-02") || fixed.Full() {
		t.Error("until when it is booked")
	}
	if fixed.Taken = 4; !fixed.Full() {
		t.Error("four of four are taken")
	}
}
