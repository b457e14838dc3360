package petition

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// A walk takes a case through offers drawn at random, by people drawn at random, over
// two years; after each step everything that must always hold is asked.
func TestWalks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := &story{t: t, c: &Case{ID: ID{1}}, r: testRules(), now: noonOf("2025-01-10")}
		purpose := rapid.SampledFrom(Purposes).Draw(t, "purpose")
		unit := rapid.SampledFrom([]UnitID{prov, town, county}).Draw(t, "unit")
		f := file(purpose)
		f.Anonymous = purpose != PurposeRequest && purpose != PurposeAppeal && rapid.Bool().Draw(t, "anonymous")
		s.do(System, Act{Action: Submit, Filing: f, Unit: unit, Text: secret})
		for range rapid.IntRange(0, 40).Draw(t, "steps") {
			if !walk(t, s) {
				break
			}
			checkCase(t, s)
		}
	})
}

// secret stands in every reason and proposal: it must never be in a folder.
const secret = "INTERNAL-CANARY"

func noonOf(day string) time.Time {
	t, err := ParseDay(day)
	if err != nil {
		panic(err)
	}
	return t.Add(12 * time.Hour)
}

type offered struct {
	by    Actor
	offer Offer
}

// walk does one thing that somebody was offered. It tells whether there was any.
func walk(t *rapid.T, s *story) bool {
	s.now = s.now.Add(time.Duration(rapid.IntRange(0, 9*24).Draw(t, "hours")) * time.Hour)
	var all []offered
	for _, by := range everybody() {
		for _, o := range s.c.Available(by, s.r, s.now) {
			all = append(all, offered{by, o})
		}
	}
	if len(all) == 0 {
		return false
	}
	pick := all[rapid.IntRange(0, len(all)-1).Draw(t, "pick")]
	act := Act{Action: pick.offer.Action, Leg: pick.offer.Leg, Reason: secret}
	if act.Action != Note && act.Action != AskInfo {
		act.Text = "words"
	}
	es, err := s.try(pick.by, act)
	if err != nil {
		checkHonest(t, s, pick, err)
		return true
	}
	checkOffer(t, s, pick, es)
	for _, e := range es {
		if err := s.c.Apply(e); err != nil {
			t.Fatalf("%s does not apply: %v", e.Act.Action, err)
		}
	}
	return true
}

// checkHonest: an offer is refused for what is filled in only, never for who, when or
// where.
func checkHonest(t *rapid.T, s *story, o offered, err error) {
	var e *Error
	if !errors.As(err, &e) || e.Kind != Invalid {
		t.Fatalf("%s was offered to %s (%v) in %s and refused: %v", o.offer.Action, o.by.Name, o.by.Unit, s.c.Leg(o.offer.Leg).State, err)
	}
}

// checkOffer: what an offer said would follow is what happens.
func checkOffer(t *rapid.T, s *story, o offered, es []Event) {
	if o.offer.Approver != (es[0].Act.Action == Propose) {
		t.Fatalf("%s: approval needed %v, but %s happened", o.offer.Action, o.offer.Approver, es[0].Act.Action)
	}
	if o.offer.To == "" || o.offer.Approver {
		return
	}
	next, err := Fold(s.c.ID, append(slices.Clone(s.c.Events), es...))
	if err != nil {
		t.Fatal(err)
	}
	leg := o.offer.Leg
	if o.offer.Action == Approve {
		leg = es[1].Act.Leg
	}
	if got := next.Leg(leg).State; got != o.offer.To {
		t.Fatalf("%s was to lead to %s and led to %s", o.offer.Action, o.offer.To, got)
	}
}

// checkCase is what holds for every case at every time.
func checkCase(t *rapid.T, s *story) {
	c := s.c
	again, err := Fold(c.ID, c.Events)
	if err != nil || !reflect.DeepEqual(again, c) {
		t.Fatalf("folding the history gives another case: %v", err)
	}
	open, pending := 0, 0
	for i, l := range c.Legs {
		if l.N != i+1 || l.From >= l.N {
			t.Fatalf("legs %+v", c.Legs)
		}
		if l.State.Open() || l.State == Replied || l.State == ClosingAudit {
			open++
		}
		if l.State.Over() != !l.Ended.IsZero() && l.State != Passed && l.State != Challenged && l.State != Supervised {
			t.Fatalf("leg %d is %s and ended %s", l.N, l.State, l.Ended)
		}
		if l.Pending != nil {
			pending++
		}
		if l.State == Closed && l.RepliedAt.IsZero() {
			t.Fatal("closed without an answer")
		}
		if !l.RepliedAt.IsZero() && l.SignedAt.IsZero() {
			t.Fatal("answered without a signature")
		}
	}
	if open > 1 || pending > 1 {
		t.Fatalf("%d legs open, %d proposals: %+v", open, pending, c.Legs)
	}
	checkClosers(t, c)
	checkClocks(t, s, open)
	checkFolder(t, s)
	checkShown(t, c, s.r)
}

// checkShown: what the case page marks as seen by the petitioner is what he is told.
func checkShown(t *rapid.T, c *Case, r Rules) {
	n := 0
	for _, yes := range c.Shown(r) {
		if yes {
			n++
		}
	}
	if _, steps := tell(c, r); n != len(steps) {
		t.Fatalf("%d events are shown, %d steps told", n, len(steps))
	}
}

// checkClosers: no closing was passed by somebody who had handled the case (7.3).
func checkClosers(t *rapid.T, c *Case) {
	for _, e := range c.Events {
		if e.Act.Action == AuditPass && e.By.Staff == c.Leg(e.Act.Leg).Handler {
			t.Fatal("the handler audited his own case")
		}
	}
}

// checkClocks: ends of days, in order; a matter that waits for us has a clock, and one
// that is over has none.
func checkClocks(t *rapid.T, s *story, open int) {
	for _, k := range s.c.Clocks(s.r, s.now) {
		checkShape(t, k)
		if !k.Stopped.IsZero() && k.Stopped.After(s.c.Events[len(s.c.Events)-1].At) {
			t.Fatalf("%s stopped in the future", k.Kind)
		}
	}
	at := s.c.current()
	k, runs := s.c.NextClock(at.N, s.r, s.now)
	if at.State.Over() && runs {
		t.Fatalf("%s runs on in %s", k.Kind, at.State)
	}
	unanswered := at.State.Open() && at.RepliedAt.IsZero() && at.State != Objected && at.State != Disputed && (at.Kind != ReReview || at.State != InHearing)
	if unanswered && !runs && s.c.Track != Report {
		t.Fatalf("%s waits without a date", at.State)
	}
}

// checkFolder: nothing internal, every letter of a public kind, steps in order.
func checkFolder(t *rapid.T, s *story) {
	f := Project(s.c, s.r, s.now)
	b, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	text := string(b)
	for _, word := range []string{secret, `"signed_by"`, "objected", "closing_audit", "pending_sign", `"reason"`, `"uhead"`, `"hand"`} {
		if strings.Contains(text, word) {
			t.Fatalf("the folder says %s: %s", word, text)
		}
	}
	if s.c.Track == Report && (f.Status != ShownReceived || len(f.Steps) != 1 || f.Letters != nil || f.Can != nil || f.Clock != nil) {
		t.Fatalf("a report shows %s", text)
	}
	for i, step := range f.Steps {
		if step.Letter > len(f.Letters) || (i > 0 && !step.Mine && step.At.Before(f.Steps[0].At)) {
			t.Fatalf("step %+v", step)
		}
	}
	for _, action := range f.Can {
		if !slices.Contains([]Action{Supply, AddInfo, Withdraw, Rate, Urge, AskRecusal, AskReview, Correct, AskViews, AskNews}, action) {
			t.Fatalf("the petitioner can %s", action)
		}
	}
}

// Events in any order and of any content never make Fold panic, and a refused event
// leaves the case as it was.
func TestFoldNeverPanics(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := &Case{ID: ID{1}}
		for n := range 30 {
			e := Event{N: len(c.Events) + 1, At: noonOf("2026-03-02").Add(time.Duration(n) * time.Hour), By: Petitioner, Act: anyAct(t)}
			before, err := Fold(c.ID, c.Events)
			if err != nil {
				t.Fatal(err)
			}
			if err := c.Apply(e); err != nil {
				c.Events = slices.Clip(c.Events)
				if !reflect.DeepEqual(c.Legs, before.Legs) || c.Number != before.Number || c.Track != before.Track {
					t.Fatalf("a refused %s changed the case", e.Act.Action)
				}
			}
			Project(c, testRules(), e.At)
			c.Clocks(testRules(), e.At)
		}
	})
}

// anyAct is an act that nobody checked.
func anyAct(t *rapid.T) Act {
	act := Act{
		Action:   rapid.SampledFrom(Actions).Draw(t, "action"),
		Leg:      rapid.IntRange(-1, 3).Draw(t, "leg"),
		From:     rapid.IntRange(0, 3).Draw(t, "from"),
		Unit:     rapid.SampledFrom([]UnitID{town, county, "x"}).Draw(t, "unit"),
		Kind:     rapid.SampledFrom([]LegKind{Referral, Assignment, Own, Superior, Review, ReReview, ""}).Draw(t, "kind"),
		Deadline: rapid.SampledFrom([]string{"", "2026-05-01", "nonsense"}).Draw(t, "deadline"),
		Days:     rapid.IntRange(-5, 40).Draw(t, "days"),
	}
	if rapid.Bool().Draw(t, "full") {
		act.Filing, act.Paper, act.Rating = file(PurposeRequest), &Paper{Kind: OpinionPaper}, &Rating{}
		act.Service = &Service{Day: act.Deadline}
	}
	if act.Action == Propose && rapid.Bool().Draw(t, "proposed") {
		act.Proposed = &Act{Action: Refer, Leg: act.Leg}
	}
	return act
}
