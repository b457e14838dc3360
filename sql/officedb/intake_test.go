package officedb

import (
	"sync"
	"testing"
	"time"

	"huiyin/backoffice"
	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// The same item twice, also by two couriers at once, is one case.
func TestTheSameFilingTwiceIsOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := exchange.SealedFiling{ID: w.id(), Received: w.now, Filing: aFiling(county, "Party age"), Reading: exchange.NewKey()}
		taking := w.taking(w.id(), exchange.UnitHolder(county))
		nodes := []*Store{w.s, w.open()}
		var wg sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			wg.Go(func() { errs[i] = nodes[i%2].TakeFiling(t.Context(), taking, f) })
		}
		wg.Wait()
		for _, err := range errs {
			if err != nil && !petition.Is(err, petition.Conflict) && !petition.Is(err, petition.Unavailable) {
				t.Errorf("taken again: %v", err)
			}
		}
		w.must(w.s.TakeFiling(t.Context(), taking, f))
		if got := w.page(w.who(county, petition.Registrar), petition.ToRegister); len(got) != 1 {
			t.Errorf("to register: %v", got)
		}
		left, err := w.s.Unseen(t.Context(), []petition.ID{taking.Item, w.id()})
		w.must(err)
		if len(left) != 1 || left[0] == taking.Item {
			t.Errorf("unseen: %v", left)
		}
		w.sound()
	})
}

// After a stop in good order the next program carries at once; what the first does after
// that is refused. Who has no lease gives up nobody's.
func TestLeaseThatIsGivenUpIsTakenAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		next := w.open()
		w.must(next.GiveLease(t.Context()))
		if _, ok, err := next.Lease(t.Context(), w.now); ok || err != nil {
			t.Fatalf("given up by another: %v %v", ok, err)
		}
		w.must(w.s.GiveLease(t.Context()))
		fence, ok, err := next.Lease(t.Context(), w.now)
		if !ok || err != nil || fence <= w.fence {
			t.Fatalf("fence %d after %d, %v %v", fence, w.fence, ok, err)
		}
		f := exchange.SealedFiling{ID: w.id(), Received: w.now, Filing: aFiling(county, "Party age"), Reading: exchange.NewKey()}
		w.want(w.s.TakeFiling(t.Context(), w.taking(w.id(), exchange.UnitHolder(county)), f), petition.Conflict)
	})
}

// What is done under a fence that was overtaken is refused, and leaves nothing.
func TestOldFenceIsRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, ok, err := w.open().Lease(t.Context(), w.now)
		w.must(err)
		if ok {
			t.Fatal("two have the lease")
		}
		fence, ok, err := w.open().Lease(t.Context(), w.now.Add(courierLease))
		w.must(err)
		if !ok || fence <= w.fence {
			t.Fatalf("fence %d after %d, %v", fence, w.fence, ok)
		}
		f := exchange.SealedFiling{ID: w.id(), Received: w.now, Filing: aFiling(county, "Party age"), Reading: exchange.NewKey()}
		taking := w.taking(w.id(), exchange.UnitHolder(county))
		w.want(w.s.TakeFiling(t.Context(), taking, f), petition.Conflict)
		w.want(w.s.KeepChunk(t.Context(), taking, w.id(), 0, []byte("x")), petition.Conflict)
		if got := w.page(w.who(county, petition.Registrar), petition.ToRegister); len(got) != 0 {
			t.Errorf("to register: %v", got)
		}
	})
}

// What the rules refuse is kept with the petitioner's words and the reason.
func TestRefusedMessageIsKept(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.accepted(county, "Party age")
		w.handle(id, county)
		w.said(id, petition.Act{Action: petition.Withdraw, Text: "I take it back."})
		c := w.do(w.who(county, petition.ClosingAuditor), id, w.auditPass())
		kept := c.Events[c.Version()-2]
		if kept.Act.Text != "I take it back." || kept.Act.Reason != "withdraw: error.move_not_possible" || kept.By.Kind != petition.ByPetitioner {
			t.Errorf("kept %+v", kept)
		}
		w.said(id, petition.Act{Action: petition.Withdraw, Text: "I do take it back."})
		c, err := w.s.Case(t.Context(), w.who(county, petition.Registrar), id)
		w.must(err)
		if last := c.Events[c.Version()-1]; last.Act.Text != "I do take it back." || c.Leg(1).State != petition.Closed {
			t.Errorf("kept %+v in %s", last, c.Leg(1).State)
		}
		w.sound()
	})
}

func TestMessageBeforeItsFilingWaits(t *testing.T) {
	w := newWorldSQLite(t)
	m := exchange.Message{ID: w.id(), Filing: w.id(), At: w.now, Act: petition.Act{Action: petition.AddInfo, Text: "x"}}
	w.want(w.s.TakeMessage(t.Context(), w.taking(w.id(), ""), m), petition.NotFound)
	_, err := w.s.ReadingKey(t.Context(), m.Filing)
	w.want(err, petition.NotFound)
	_, err = w.s.HolderKey(t.Context(), exchange.UnitHolder("999999"))
	w.want(err, petition.NotFound)
}

// Each message is answered by a newer folder, so that the portal need not show it as
// waiting for ever.
func TestEveryMessageIsAnswered(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, id := range []petition.ID{w.registered(county, "Party age"), w.filed(aReport(county, "About somebody"))} {
			before := w.folder(id).Version
			w.said(id, petition.Act{Action: petition.AddInfo, Text: "One thing more."})
			if after := w.folder(id).Version; after <= before {
				t.Errorf("folder version %d after %d", after, before)
			}
		}
	})
}

func TestAcknowledgedItemsAreForgotten(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.registered(county, "Party age")
		items, err := w.s.Outgoing(t.Context(), petition.ID{}, 100)
		w.must(err)
		after, err := w.s.Outgoing(t.Context(), items[0].ID, 100)
		w.must(err)
		if len(items) < 3 || len(after) != len(items)-1 {
			t.Fatalf("%d items, %d after the first", len(items), len(after))
		}
		w.must(w.s.TakeAck(t.Context(), w.taking(w.id(), ""), exchange.Ack{Items: []petition.ID{items[0].ID, items[2].ID, w.id()}}))
		left, err := w.s.Outgoing(t.Context(), petition.ID{}, 100)
		w.must(err)
		if len(left) != len(items)-2 || left[0].ID != items[1].ID {
			t.Errorf("%d of %d items are left", len(left), len(items))
		}
		stranger := w.taking(w.id(), "")
		stranger.From = "another portal"
		w.must(w.s.TakeAck(t.Context(), stranger, exchange.Ack{Items: []petition.ID{items[1].ID}}))
		if still, _ := w.s.Outgoing(t.Context(), petition.ID{}, 100); len(still) != len(left) {
			t.Error("another portal acknowledged what was not for it")
		}
	})
}

func TestQuarantineHoldsUpNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		it := exchange.Item{ID: w.id(), From: "portal", To: "office", Made: w.now, Sealed: []byte("broken"), Sig: []byte("sig")}
		taking := w.taking(it.ID, "")
		w.must(w.s.Quarantine(t.Context(), taking, it, nil, "it does not open"))
		w.must(w.s.Quarantine(t.Context(), taking, it, nil, "it does not open"))
		left, err := w.s.Unseen(t.Context(), []petition.ID{it.ID})
		w.must(err)
		if len(left) != 0 {
			t.Error("a quarantined item is tried again")
		}
	})
}

func TestDirectoryTellsUnitsAndKeys(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var d *exchange.Directory
		for _, a := range w.outgoing() {
			if a.Directory != nil {
				d = a.Directory
			}
		}
		if d == nil || len(d.Units) != 4 || d.Installation != "office" {
			t.Fatalf("directory %+v", d)
		}
		for _, h := range []exchange.Holder{exchange.UnitHolder(county), exchange.CadreHolder(county)} {
			key, err := w.open().HolderKey(t.Context(), h)
			w.must(err)
			if public, err := d.Key(h); err != nil || string(public) != string(key.Public()) {
				t.Errorf("%s: the directory has another key: %v", h, err)
			}
		}
		before := len(w.outgoing())
		w.now = w.now.Add(time.Hour)
		w.must(w.s.SendDirectory(t.Context(), w.now))
		if len(w.outgoing()) != before+1 {
			t.Error("no directory at start")
		}
	})
}

// A corrected day of receipt moves the case in the queue, and the petitioner reads it.
func TestACorrectedDayOfReceiptMovesTheCase(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, reg, head := t.Context(), w.who(county, petition.Registrar), w.who(county, petition.OfficeHead)
		id, _, err := w.s.RegisterFor(ctx, reg, "", walkIn(county), w.now)
		w.must(err)
		w.do(reg, id, petition.Act{Action: petition.Redate, At: noon(t, "2026-02-24"), Reason: "the postmark"})
		if got := petition.Day(w.folder(id).Received); got != "2026-03-02" {
			t.Errorf("before the head agreed: %s", got)
		}
		w.do(head, id, petition.Act{Action: petition.Approve})
		page, err := w.s.Queue(ctx, reg, backoffice.QueueQuery{Now: w.now})
		w.must(err)
		if len(page.Rows) != 1 || petition.Day(page.Rows[0].Received) != "2026-02-24" || petition.Day(page.Rows[0].Due) != "2026-03-11" {
			t.Errorf("in the queue %+v", page.Rows)
		}
		var kept sql.Moment
		w.must(w.db.Get(ctx, &kept, `SELECT received FROM cases WHERE id = ?`, id))
		if petition.Day(kept.Time) != "2026-02-24" || petition.Day(w.folder(id).Received) != "2026-02-24" {
			t.Errorf("kept %v", kept)
		}
		w.sound()
	})
}
