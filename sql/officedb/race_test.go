package officedb

import (
	"errors"
	"sync"
	"testing"

	"huiyin/petition"
)

// Two officers act on one case at the same moment, on two nodes: one succeeds, the
// other is told who was first.
func TestTwoAtOnceIsOneSuccessAndOneConflict(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		nodes := []*Store{w.s, w.open()}
		by := []petition.Actor{w.who(county, petition.Registrar), w.who(county, petition.OfficeHead)}
		for range 10 {
			id := w.registered(county, "Party age")
			var wg sync.WaitGroup
			errs := make([]error, len(nodes))
			for i := range nodes {
				wg.Go(func() {
					_, errs[i] = nodes[i].Act(t.Context(), by[i], id, 2, petition.Act{Action: petition.Note, Text: "mine"}, w.now)
				})
			}
			wg.Wait()
			w.oneWon(errs, by)
		}
		w.sound()
	})
}

func (w *world) oneWon(errs []error, by []petition.Actor) {
	w.t.Helper()
	for i, err := range errs {
		if err != nil {
			continue
		}
		loser := errs[1-i]
		w.want(loser, petition.Conflict)
		e, _ := errors.AsType[*petition.Error](loser)
		if e.Key != "error.conflict_by" || e.Args["name"] != by[i].Name || e.Args["time"] != "2026-03-02 12:00" {
			w.t.Fatalf("the loser is told %s %v", e.Key, e.Args)
		}
		return
	}
	w.t.Fatalf("nobody won: %v", errs)
}

// A petitioner's message and an officer's act at once: both are kept.
func TestMessageMeetsAnAct(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.registered(county, "Party age")
		var wg sync.WaitGroup
		wg.Go(func() { w.said(id, petition.Act{Action: petition.AddInfo, Text: "One thing more."}) })
		wg.Go(func() {
			for {
				_, err := w.try(w.who(county, petition.Registrar), id, petition.Act{Action: petition.Note, Text: "x"})
				if !petition.Is(err, petition.Conflict) {
					w.must(err)
					return
				}
			}
		})
		wg.Wait()
		c, err := w.s.Case(t.Context(), w.who(county, petition.Registrar), id)
		w.must(err)
		if c.Version() != 4 {
			t.Errorf("%d events, want 4", c.Version())
		}
	})
}

func TestStaleVersionNamesThePetitioner(t *testing.T) {
	w := newWorldSQLite(t)
	id := w.registered(county, "Party age")
	w.said(id, petition.Act{Action: petition.AddInfo, Text: "One thing more."})
	_, err := w.s.Act(t.Context(), w.who(county, petition.Registrar), id, 2, petition.Act{Action: petition.Note, Text: "x"}, w.now)
	w.want(err, petition.Conflict)
	if e, _ := errors.AsType[*petition.Error](err); e.Key != "error.conflict_petitioner" {
		t.Errorf("told %s", e.Key)
	}
}
