package petition

import (
	"testing"
	"time"
)

// takenOver is a registration from an earlier ledger.
func takenOver(t *testing.T, old Old) Act {
	return Act{Action: Register, Filing: file(PurposeRequest), Channel: ByWeb, At: noon(t, "2026-01-05"), Old: &old}
}

// What an earlier ledger closed lies in the archive with the day of its closing, and no
// clock runs on it ever; what it left open goes on, with its first notice where there was one.
func TestWhatAnEarlierLedgerKnew(t *testing.T) {
	s := begin(t, "2026-03-02").do(atDesk(county), takenOver(t, Old{Number: "7", Closed: "2026-02-20"}))
	s.state(1, Archived)
	if l := s.c.Legs[0]; Day(l.Ended) != "2026-02-20" || s.c.Old.Number != "7" || Day(s.c.Received) != "2026-01-05" {
		t.Errorf("%+v", l)
	}
	for _, at := range []time.Time{s.now, s.now.AddDate(0, 1, 0), s.now.AddDate(3, 0, 0)} {
		if k, ok := s.c.NextClock(1, s.r, at); ok {
			t.Errorf("on %s the clock %s runs", Day(at), k.Kind)
		}
		if a, _, ok := s.c.NextOfItself(1, s.r); ok {
			t.Errorf("%s happens by itself", a)
		}
	}
	s = begin(t, "2026-03-02").do(atDesk(county), takenOver(t, Old{Number: "8", Noticed: "2026-01-12"})).state(1, Registered)
	if k, ok := s.c.NextClock(1, s.r, s.now); ok && k.Kind == NoticeClock {
		t.Error("the first notice was given, and its clock runs")
	}
	s = begin(t, "2026-03-02").do(atDesk(county), takenOver(t, Old{Number: "9"})).state(1, Registered)
	if k, ok := s.c.NextClock(1, s.r, s.now); !ok || !s.now.After(k.Due) {
		t.Error("nobody gave a notice since January, and nothing is overdue")
	}
}

// The office head takes an old ledger over too, and registers nothing else.
func TestWhoTakesALedgerOver(t *testing.T) {
	head := Actor{Kind: ByStaff, Unit: county, Roles: []Role{OfficeHead}}
	begin(t, "2026-03-02").do(head, func() Act {
		a := takenOver(t, Old{Number: "7"})
		a.Number = CaseNumber(county, "2026-03-02", 1)
		return a
	}())
	begin(t, "2026-03-02").refused(head, Act{Action: Register, Filing: file(PurposeRequest), Channel: ByLetter}, Forbidden, "error.not_your_role")
	for _, role := range []Role{Handler, UnitHead, Leader, ClosingAuditor, Supervisor} {
		by := Actor{Kind: ByStaff, Unit: county, Roles: []Role{role}}
		begin(t, "2026-03-02").refused(by, takenOver(t, Old{Number: "7"}), Forbidden, "error.not_your_role")
	}
}
