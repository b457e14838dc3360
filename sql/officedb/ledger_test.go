package officedb

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
)

// ledger reads a ledger to its end, in pages of a size, as "unit title".
func (w *world) ledger(by petition.Actor, q backoffice.LedgerQuery) []string {
	w.t.Helper()
	var all []string
	q.Now = w.now
	for {
		p, err := w.s.Ledger(w.t.Context(), by, q)
		w.must(err)
		for _, r := range p.Rows {
			all = append(all, string(r.Unit)+" "+r.Title)
		}
		if q.After = p.Next; p.Next == "" {
			return all
		}
	}
}

func judgeAct(first bool) petition.Act {
	return petition.Act{Action: petition.Judge, First: first, Reason: "nothing of this person before"}
}

func (w *world) wantLedger(by petition.Actor, q backoffice.LedgerQuery, want ...string) {
	w.t.Helper()
	if got := w.ledger(by, q); fmt.Sprint(got) != fmt.Sprint(want) {
		w.t.Errorf("%s of %s: %q, want %q", q.Ledger, by.Unit, got, want)
	}
}

// Each ledger holds what belongs in it, for the unit and, for those who oversee it, the
// subtree; nobody else learns of it.
func TestLedgersHoldWhatBelongsInThem(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		registrar := w.who(county, petition.Registrar)
		joint := aFiling(county, "joint")
		joint.Cosigners = 7
		w.filed(joint)
		w.now = w.now.Add(time.Hour)
		gone := w.registered(county, "withdrawn")
		w.said(gone, petition.Act{Action: petition.Withdraw, Text: "no more"})
		w.now = w.now.Add(time.Hour)
		first := w.registered(county, "first")
		w.do(registrar, first, judgeAct(true))
		w.now = w.now.Add(time.Hour)
		passed := w.registered(city, "passed on")
		w.do(w.who(city, petition.Registrar), passed, referAct(county2))
		w.do(w.who(city, petition.OfficeHead), passed, petition.Act{Action: petition.Approve})

		of := func(l backoffice.Ledger) backoffice.LedgerQuery { return backoffice.LedgerQuery{Ledger: l} }
		w.wantLedger(registrar, of(backoffice.LedgerIncoming), "530102 first", "530102 withdrawn", "530102 joint")
		w.wantLedger(registrar, of(backoffice.LedgerFirst), "530102 first")
		w.wantLedger(registrar, of(backoffice.LedgerJoint), "530102 joint")
		w.wantLedger(registrar, of(backoffice.LedgerWithdrawn), "530102 withdrawn")
		w.wantLedger(registrar, of(backoffice.LedgerArchived))
		w.wantLedger(registrar, of(backoffice.LedgerReview))
		w.wantLedger(registrar, of(backoffice.LedgerOverdue))
		w.wantLedger(w.who(county2, petition.Handler), of(backoffice.LedgerPassed), "530103 passed on")
		w.wantLedger(w.who(city, petition.Leader), backoffice.LedgerQuery{Ledger: backoffice.LedgerPassed, Below: true, Limit: 1},
			"530103 passed on", "530100 passed on")
		w.wantLedger(w.who(prov, petition.Supervisor), backoffice.LedgerQuery{Ledger: backoffice.LedgerFirst, Below: true}, "530102 first")

		w.now = noon(t, "2026-06-30")
		if got := w.ledger(registrar, of(backoffice.LedgerOverdue)); len(got) != 2 {
			t.Errorf("overdue: %q", got)
		}
		w.wantLedger(registrar, backoffice.LedgerQuery{Ledger: backoffice.LedgerIncoming, From: "2026-03-03"})
		w.wantLedger(registrar, backoffice.LedgerQuery{Ledger: backoffice.LedgerFirst, From: "2026-03-02", To: "2026-03-02"}, "530102 first")

		for name, bad := range map[string]struct {
			by petition.Actor
			q  backoffice.LedgerQuery
		}{
			"a handler of the units below": {w.who(city, petition.Handler), backoffice.LedgerQuery{Ledger: backoffice.LedgerFirst, Below: true}},
			"another county":               {registrar, backoffice.LedgerQuery{Ledger: backoffice.LedgerFirst, Unit: county2}},
			"an administrator":             {w.who(county, petition.AuditAdmin), of(backoffice.LedgerFirst)},
			"no ledger":                    {registrar, of("names")},
		} {
			if _, err := w.s.Ledger(t.Context(), bad.by, bad.q); !petition.Is(err, petition.NotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
		w.must(w.s.Exclude(t.Context(), first, registrar.Staff, w.now))
		w.wantLedger(registrar, of(backoffice.LedgerFirst))
	})
}

// A ledger shows masked names where they may be revealed, and none to units above; a
// case that was sealed up is in no ledger.
func TestLedgersShowNoMoreThanLists(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.registered(county, "about a cadre")
		name := func(by petition.Actor, below bool) string {
			p, err := w.s.Ledger(t.Context(), by, backoffice.LedgerQuery{Ledger: backoffice.LedgerIncoming, Below: below, Now: w.now})
			w.must(err)
			if len(p.Rows) != 1 {
				t.Fatalf("%d rows", len(p.Rows))
			}
			return p.Rows[0].Name
		}
		if got := name(w.who(county, petition.Registrar), false); got == "" || strings.Contains(got, "明华") {
			t.Errorf("the unit sees %q", got)
		}
		if got := name(w.who(city, petition.Registrar), true); got != "" {
			t.Errorf("the unit above sees %q", got)
		}
		w.do(w.who(county, petition.Registrar), id, petition.Act{Action: petition.SealUp, Reason: "about a cadre"})
		w.wantLedger(w.who(county, petition.Registrar), backoffice.LedgerQuery{Ledger: backoffice.LedgerIncoming})
	})
}

func TestLedgerPagesHaveNoGapsAndNoDoubles(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.many(60)
		for _, limit := range []int{1, 7, 500} {
			seen := map[string]bool{}
			got := w.ledger(w.who(county, petition.Registrar), backoffice.LedgerQuery{Ledger: backoffice.LedgerIncoming, Limit: limit})
			for _, title := range got {
				seen[title] = true
			}
			if len(got) != 60 || len(seen) != 60 {
				t.Errorf("pages of %d: %d rows, %d cases", limit, len(got), len(seen))
			}
		}
		_, err := w.s.Ledger(t.Context(), w.who(county, petition.Registrar),
			backoffice.LedgerQuery{Ledger: backoffice.LedgerIncoming, After: "nonsense"})
		w.want(err, petition.Invalid)
	})
}

// The day's quota outlives a restart, is each person's own, and begins anew next day;
// what was taken out stands in the log with its purpose.
func TestExportsAreCountedAndRecorded(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		registrar, head := w.who(county, petition.Registrar), w.who(county, petition.OfficeHead)
		w.want(w.s.CountExport(t.Context(), registrar, "incoming", " ", w.now), petition.Invalid)
		w.want(w.s.CountExport(t.Context(), w.who(county, petition.AuditAdmin), "incoming", "x", w.now), petition.NotFound)
		for range backoffice.ExportsADay {
			w.must(w.s.CountExport(t.Context(), registrar, "incoming", "monthly report", w.now))
		}
		w.s = w.open()
		w.want(w.s.CountExport(t.Context(), registrar, "incoming", "monthly report", w.now), petition.Throttled)
		if left, err := w.s.ExportsLeft(t.Context(), registrar, w.now); err != nil || left != 0 {
			t.Errorf("%d left, %v", left, err)
		}
		w.must(w.s.CountExport(t.Context(), head, "first", "x", w.now))
		log, err := w.s.AuditLog(t.Context(), w.who(prov, petition.AuditAdmin), backoffice.AuditQuery{Action: "ledger_exported"})
		w.must(err)
		if len(log.Rows) != backoffice.ExportsADay+1 || !strings.Contains(log.Rows[1].Note, "monthly report") {
			t.Errorf("%d entries, %+v", len(log.Rows), log.Rows[0])
		}
		w.must(w.s.CountExport(t.Context(), registrar, "incoming", "x", w.now.AddDate(0, 0, 1)))
	})
}

// Rows from before the ledgers are derived anew, ended cases too.
func TestLedgerColumnsAreDerivedAgain(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.registered(county, "gone")
		w.said(id, petition.Act{Action: petition.Withdraw, Text: "no more"})
		w.exec(`UPDATE leg SET kind = ''`)
		w.exec(`INSERT INTO setting (name, value, changed_at) VALUES ('derive_again', 'all', 0)`)
		registrar := w.who(county, petition.Registrar)
		w.wantLedger(registrar, backoffice.LedgerQuery{Ledger: backoffice.LedgerIncoming})
		w.must(w.s.SystemTick(t.Context(), w.now))
		w.wantLedger(registrar, backoffice.LedgerQuery{Ledger: backoffice.LedgerIncoming}, "530102 gone")
	})
}
