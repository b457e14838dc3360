package officedb

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
)

// oldRows are lines of an earlier ledger: every other one was closed there.
func oldRows(n int) []backoffice.ImportRow {
	var rows []backoffice.ImportRow
	for i := range n {
		f := aFiling(county, fmt.Sprintf("Old matter %d", i))
		f.Channel = petition.ByLetter
		came := time.Date(2019, 4, 1+i%20, 10, 0, 0, 0, petition.Shanghai)
		old := petition.Old{Number: fmt.Sprintf("2019-%04d", i), Noticed: "2019-05-05"}
		if i%2 == 0 {
			old.Closed, old.Result = "2019-06-30", "granted"
		}
		rows = append(rows, backoffice.ImportRow{Line: i + 2, Act: petition.Act{Filing: &f, Topic: "C6", Channel: f.Channel,
			Arrival: petition.Direct, At: came, Old: &old}})
	}
	return rows
}

var aLedgerFile = [32]byte{7}

// Rows of an old ledger are taken over once, with their number and dates; what was closed
// there is no clock's and in no queue, whatever day it is.
func TestAnOldLedgerIsTakenOver(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, reg, head := t.Context(), w.who(county, petition.Registrar), w.who(county, petition.OfficeHead)
		rows, sent := oldRows(130), len(w.outgoing())
		n, err := w.s.Import(ctx, head, aLedgerFile, "ledger.xlsx", rows, w.now)
		if err != nil || n != 130 {
			t.Fatalf("%d rows, %v", n, err)
		}
		if n, err = w.s.Import(ctx, reg, aLedgerFile, "ledger.xlsx", rows, w.now); err != nil || n != 0 {
			t.Errorf("once more: %d rows, %v", n, err)
		}
		if n, err = w.s.Imported(ctx, reg, aLedgerFile); err != nil || n != 130 {
			t.Errorf("%d rows are kept, %v", n, err)
		}
		if n, err = w.s.Imported(ctx, w.who(county2, petition.Registrar), aLedgerFile); err != nil || n != 0 {
			t.Errorf("another unit has %d of them, %v", n, err)
		}
		all := map[string]*petition.Case{}
		for _, r := range w.walk(reg, backoffice.QueueQuery{}) {
			c, err := w.s.Case(ctx, reg, r.Case)
			w.must(err)
			all[c.Old.Number] = c
		}
		if len(all) != 65 {
			t.Errorf("%d are open", len(all))
		}
		open := all["2019-0001"]
		if open == nil || petition.Day(open.Received) != "2019-04-02" || petition.Day(open.Legs[0].Notified) != "2019-05-05" || open.Law == "" {
			t.Fatalf("an open one: %+v", open)
		}
		page, err := w.s.Ledger(ctx, reg, backoffice.LedgerQuery{Ledger: backoffice.LedgerArchived, Limit: 200, Now: w.now})
		w.must(err)
		over, err := w.s.Ledger(ctx, reg, backoffice.LedgerQuery{Ledger: backoffice.LedgerOverdue, Limit: 200, Now: w.now.AddDate(2, 0, 0)})
		w.must(err)
		if len(page.Rows) != 65 || slices.ContainsFunc(over.Rows, func(r backoffice.LedgerRow) bool { return r.State == petition.Archived }) {
			t.Errorf("%d in the archive, %d overdue", len(page.Rows), len(over.Rows))
		}
		closed, err := w.s.Case(ctx, reg, page.Rows[0].Case)
		w.must(err)
		if closed.Old.Result != "granted" || closed.Legs[0].Ended.IsZero() {
			t.Errorf("a closed one: %+v", closed.Old)
		}
		w.must(w.s.SystemTick(ctx, w.now.AddDate(1, 0, 0)))
		if c, _ := w.s.Case(ctx, reg, closed.ID); c.Version() != 1 {
			t.Errorf("something happened to a closed one: %d events", c.Version())
		}
		if out := w.outgoing(); len(out) != sent {
			t.Errorf("%d items go to the portal of cases that nobody has a code for", len(out))
		}
		if code, err := w.s.ReplaceCode(ctx, reg, closed.ID, "asked at the desk", false, w.now); err != nil || code == "" {
			t.Errorf("a code for an old case: %v", err)
		}
		w.sound()
	})
}

// A row that the rules refuse stops the whole: nothing of it is stored. Nor is anything
// that an import may not bring.
func TestNothingOfABadLedgerIsTakenOver(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		reg := w.who(county, petition.Registrar)
		for name, change := range map[string]func(r *backoffice.ImportRow){
			"no number":       func(r *backoffice.ImportRow) { r.Act.Old.Number = " " },
			"closed too soon": func(r *backoffice.ImportRow) { r.Act.Old.Closed = "2019-01-01" },
			"closed later":    func(r *backoffice.ImportRow) { r.Act.Old.Closed = "2027-01-01" },
			"noticed later":   func(r *backoffice.ImportRow) { r.Act.Old.Noticed, r.Act.Old.Closed = "2019-07-01", "2019-06-30" },
			"a report":        func(r *backoffice.ImportRow) { r.Act.Filing.Purpose = petition.PurposeReport },
			"no title":        func(r *backoffice.ImportRow) { r.Act.Filing.Title = "" },
			"no topic":        func(r *backoffice.ImportRow) { r.Act.Topic, r.Act.Filing.Topic = "", "" },
		} {
			rows := oldRows(60)
			change(&rows[58])
			n, err := w.s.Import(t.Context(), reg, aLedgerFile, "ledger.xlsx", rows, w.now)
			if !petition.Is(err, petition.Invalid) || n != 0 {
				t.Errorf("%s: %d rows, %v", name, n, err)
			}
		}
		rows := oldRows(1)
		rows[0].Act.Old = nil
		_, err := w.s.Import(t.Context(), reg, aLedgerFile, "ledger.xlsx", rows, w.now)
		w.want(err, petition.NotFound)
		for _, role := range petition.Roles {
			if role != petition.Registrar && role != petition.OfficeHead {
				_, err := w.s.Import(t.Context(), w.who(county, role), aLedgerFile, "ledger.xlsx", oldRows(1), w.now)
				w.want(err, petition.NotFound)
			}
		}
		if n := w.inTable("cases") + w.inTable("imported"); n != 0 {
			t.Errorf("%d rows are stored", n)
		}
	})
}

// An import that broke off goes on where it was, and two at the same time make one.
func TestAnImportGoesOnWhereItBrokeOff(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		reg := w.who(county, petition.Registrar)
		_, err := w.s.Import(t.Context(), reg, aLedgerFile, "ledger.xlsx", oldRows(70), w.now)
		w.must(err)
		stopped, stop := context.WithCancel(t.Context())
		stop()
		if _, err := w.s.Import(stopped, reg, aLedgerFile, "ledger.xlsx", oldRows(200), w.now); err == nil {
			t.Error("a request that was given up goes on")
		}
		var all sync.WaitGroup
		other := w.open()
		var counts [2]int
		for i, s := range []*Store{w.s, other} {
			all.Go(func() {
				n, err := s.Import(t.Context(), reg, aLedgerFile, "ledger.xlsx", oldRows(200), w.now)
				if counts[i] = n; err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if counts[0]+counts[1] != 130 || w.inTable("cases") != 200 || w.inTable("imported") != 2*200 { // by its row, and by its number
			t.Errorf("%v rows, %d cases", counts, w.inTable("cases"))
		}
		w.sound()
	})
}

// A number is taken over once, in whatever file it comes again; another unit has numbers
// of its own.
func TestANumberOfAnOldLedgerIsTakenOverOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, reg := t.Context(), w.who(county, petition.Registrar)
		rows := oldRows(60)
		_, err := w.s.Import(ctx, reg, aLedgerFile, "ledger.xlsx", rows[:30], w.now)
		w.must(err)
		if known, err := w.s.KnownRows(ctx, reg, aLedgerFile, rows); err != nil || len(known) != 0 {
			t.Errorf("of the same file: %v, %v", known, err)
		}
		saved := [32]byte{8}
		known, err := w.s.KnownRows(ctx, reg, saved, rows)
		if err != nil || len(known) != 30 || known[0] != rows[0].Line || known[29] != rows[29].Line {
			t.Errorf("saved anew: %v, %v", known, err)
		}
		_, err = w.s.Import(ctx, reg, saved, "ledger.xlsx", rows, w.now)
		w.want(err, petition.Invalid)
		if n, err := w.s.Import(ctx, reg, saved, "ledger.xlsx", rows[30:], w.now); err != nil || n != 30 {
			t.Errorf("the others: %d, %v", n, err)
		}
		if known, err := w.s.KnownRows(ctx, w.who(county2, petition.Registrar), saved, rows); err != nil || len(known) != 0 {
			t.Errorf("another unit: %v, %v", known, err)
		}
		_, err = w.s.KnownRows(ctx, w.who(county, petition.Handler), saved, rows)
		w.want(err, petition.NotFound)
	})
}
