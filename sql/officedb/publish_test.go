package officedb

import (
	"testing"

	"huiyin/exchange"
	"huiyin/petition"
)

// A loaded case is opened on the portal under a known code, with what was written;
// so is a report, which shows only that it was received.
func TestPublish(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, f := range []petition.Filing{aFiling(county, "Party age"), aReport(county, "About somebody")} {
			code, known := exchange.NewCode(), w.id()
			rules, err := w.s.Rules(t.Context())
			w.must(err)
			act := petition.Act{Action: petition.Submit, Filing: &f, Unit: county, At: w.now}
			events, err := petition.Decide(nil, petition.Petitioner, act, petition.Facts{}, rules, w.now)
			w.must(err)
			w.must(w.s.Load(t.Context(), []LoadedCase{{ID: known, Events: events, Reading: exchange.NewKey(),
				Locators: []exchange.Locator{code.Locator()}}}, w.now))
			if n := len(w.grants(known)); n != 0 {
				t.Fatalf("Load sent %d grants", n)
			}
			w.must(w.s.Publish(t.Context(), known, code, w.now))
			reading, err := w.grants(known)[0].Give.Open(code)
			w.must(err)
			if want, _ := w.s.ReadingKey(t.Context(), known); reading != want {
				t.Error("the code opens another key")
			}
			if shown := w.folder(known); shown.Title != f.Title || shown.Filing == nil {
				t.Errorf("shown %+v", shown)
			}
		}
		w.sound()
	})
}

// A case that never had a code gets one when it is published; it is replaced like any
// other.
func TestPublishWithoutACodeBefore(t *testing.T) {
	w := newWorldSQLite(t)
	h, err := w.s.holdAny(t.Context(), w.accepted(county, "Party age"))
	w.must(err)
	id, code := w.id(), exchange.NewCode()
	w.must(w.s.Load(t.Context(), []LoadedCase{{ID: id, Events: renumbered(h.c.Events)}}, w.now))
	w.must(w.s.Publish(t.Context(), id, code, w.now))
	_, err = w.s.ReplaceCode(t.Context(), w.who(county, petition.Registrar), id, "lost", false, w.now)
	w.must(err)
	last := w.grants(id)[len(w.grants(id))-1]
	if len(last.Revoke) != 1 && len(w.grants(id)[0].Revoke) != 1 {
		t.Error("the published code was not taken back")
	}
	w.want(w.s.Publish(t.Context(), w.id(), code, w.now), petition.NotFound)
}
