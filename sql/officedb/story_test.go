package officedb

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"huiyin/backoffice"
	"huiyin/exchange"
	"huiyin/petition"
)

func queueOf(q petition.Queue, now time.Time) backoffice.QueueQuery {
	return backoffice.QueueQuery{Queue: q, Now: now}
}

// One claim all the way: filed, registered, accepted, handled, signed, served, audited,
// closed, rated; lists, counts, numbers and the petitioner's folder follow.
func TestStoryOfAClaim(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.filed(aFiling(county, "Party age"))
		registrar, handler := w.who(county, petition.Registrar), w.who(county, petition.Handler)
		if got := w.page(registrar, petition.ToRegister); !slices.Equal(got, []string{"Party age"}) {
			t.Fatalf("to register: %v", got)
		}
		c := w.do(registrar, id, registerAct())
		if unit, _, _, err := petition.ParseCaseNumber(c.Number); err != nil || unit != county {
			t.Fatalf("number %q: %v", c.Number, err)
		}
		w.do(registrar, id, petition.Act{Action: petition.Distribute, Office: "org", Handler: handler.Staff})
		c = w.do(w.who(county, petition.UnitHead), id, acceptAct())
		notice := c.Events[c.Version()-1].Act.Paper
		if want := "D530102〔2026〕1号"; notice.Number != want {
			t.Errorf("the notice has number %q, want %q", notice.Number, want)
		}
		w.handle(id, county)
		c = w.do(w.who(county, petition.ClosingAuditor), id, w.auditPass())
		if c.Leg(1).State != petition.Closed {
			t.Fatalf("state %s", c.Leg(1).State)
		}
		w.said(id, petition.Act{Action: petition.Rate, Rating: &petition.Rating{Office: "good", Unit: "fair"}})
		f := w.folder(id)
		if f.Status != petition.ShownClosed || f.Rating == nil || len(f.Letters) < 2 {
			t.Errorf("the petitioner sees %s, %d letters, rating %v", f.Status, len(f.Letters), f.Rating)
		}
		if !strings.Contains(f.Letters[0].To, "周明华") {
			t.Errorf("the letter is addressed to %q", f.Letters[0].To)
		}
		w.sound()
	})
}

// handle brings an accepted case to its closing audit.
func (w *world) handle(id petition.ID, unit petition.UnitID) {
	w.t.Helper()
	w.answer(id, unit)
	w.do(w.who(unit, petition.Handler), id, petition.Act{Action: petition.AskClosing, Paper: aPaper(petition.HandlingReport)})
}

// answer brings an accepted case to its served answer, which grants the claim.
func (w *world) answer(id petition.ID, unit petition.UnitID) {
	w.t.Helper()
	handler := w.who(unit, petition.Handler)
	w.do(handler, id, petition.Act{Action: petition.Start})
	opinion := aPaper(petition.OpinionPaper)
	opinion.Sections = append(opinion.Sections, petition.Section{Text: "The facts."}, petition.Section{Text: "The decision."})
	cites := w.cites()
	opinion.Basis = append(opinion.Basis, cites[0].Printed)
	w.do(handler, id, petition.Act{Action: petition.Draft, Paper: opinion, Outcome: petition.Supported, Cites: cites,
		Execution: &petition.Execution{What: "correct the register", Due: petition.Day(w.now.AddDate(0, 0, 91))}})
	w.do(w.who(unit, petition.UnitHead), id, petition.Act{Action: petition.Sign})
	w.do(handler, id, petition.Act{Action: petition.Serve,
		Service: &petition.Service{Method: "online", Day: petition.Day(w.now)}})
}

func (w *world) auditPass() petition.Act {
	var list []petition.Checked
	for _, item := range petition.Checklist {
		list = append(list, petition.Checked{Item: item, OK: true})
	}
	return petition.Act{Action: petition.AuditPass, Audit: list, Reason: "complete"}
}

// folder opens the newest folder that waits in the outbox for the portal.
func (w *world) folder(id petition.ID) petition.Folder {
	w.t.Helper()
	reading, err := w.s.ReadingKey(w.t.Context(), id)
	w.must(err)
	var newest petition.Folder
	for _, a := range w.outgoing() {
		if a.Folder != nil && a.Folder.Filing == id && a.Folder.Version >= newest.Version {
			newest, err = exchange.OpenFolder(reading, id, a.Folder.Sealed)
			w.must(err)
		}
	}
	if newest.Version == 0 {
		w.t.Fatal("no folder in the outbox")
	}
	return newest
}

// inbox is a portal that keeps in memory what arrives.
type inbox struct {
	items    []exchange.Item
	arrivals []exchange.Arrival
}

func (b *inbox) Arrived(context.Context, int) ([]exchange.Item, error) { return b.items, nil }

func (b *inbox) Apply(_ context.Context, a []exchange.Arrival, _ []exchange.Item) error {
	b.arrivals = append(b.arrivals, a...)
	return nil
}

// outgoing reads the outbox as a portal does.
func (w *world) outgoing() []exchange.Arrival {
	w.t.Helper()
	items, err := w.s.Outgoing(w.t.Context(), petition.ID{}, 10_000)
	w.must(err)
	portal, err := exchange.NewPortalKeys("portal")
	w.must(err)
	in := &inbox{items: items}
	r, err := exchange.NewReceiver(in, portal, []exchange.OfficePublic{w.keys.Public()},
		func() time.Time { return w.now }, slog.New(slog.DiscardHandler))
	w.must(err)
	_, err = r.Pass(w.t.Context())
	w.must(err)
	for _, a := range in.arrivals {
		if a.Refused != "" {
			w.t.Fatal(a.Refused)
		}
	}
	return in.arrivals
}

// sound checks what must hold after any history: kept counts equal a recount, and
// every chain is whole.
func (w *world) sound() {
	w.t.Helper()
	wrong, err := w.s.Recount(w.t.Context())
	w.must(err)
	if wrong != "" {
		w.t.Errorf("kept count differs from a recount: %s", wrong)
	}
	w.must(w.s.Verify(w.t.Context()))
}
