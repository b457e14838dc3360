package officedb

import (
	"testing"

	"huiyin/petition"
)

// A unit's own head writes its rules; every version stays, everybody at a desk reads them,
// and the directory carries what is in force.
func TestLocalRulesAreKeptWithTheirHistoryAndPublished(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, head := t.Context(), w.who(county, petition.OfficeHead)
		rule := petition.LocalRule{Title: "Local rules", Number: "No. 3", Text: "Art. 1", From: "2026-01-01", Law: "2022"}
		for _, by := range []petition.Actor{w.who(county, petition.Registrar), w.who(prov, petition.SystemAdmin)} {
			_, err := w.s.SaveLocalRule(ctx, by, rule, w.now)
			w.want(err, petition.NotFound)
		}
		bad := rule
		bad.Law = "1999"
		_, err := w.s.SaveLocalRule(ctx, head, bad, w.now)
		w.want(err, petition.Invalid)
		id, err := w.s.SaveLocalRule(ctx, head, rule, w.now)
		w.must(err)
		next := rule
		next.ID, next.Text = id, "Art. 1, amended"
		_, err = w.s.SaveLocalRule(ctx, head, next, w.now) // version 0 was seen
		w.want(err, petition.Conflict)
		next.Version = 1
		_, err = w.s.SaveLocalRule(ctx, w.who(county2, petition.OfficeHead), next, w.now)
		w.want(err, petition.NotFound)
		_, err = w.s.SaveLocalRule(ctx, head, next, w.now)
		w.must(err)
		all, err := w.s.LocalRule(ctx, w.who(county2, petition.Handler), id)
		if err != nil || len(all) != 2 || all[0].Text != "Art. 1, amended" || all[1].Text != "Art. 1" || all[0].Officer != head.Name {
			t.Fatalf("%+v %v", all, err)
		}
		_, err = w.s.LocalRules(ctx, w.who(prov, petition.AuditAdmin))
		w.want(err, petition.NotFound)
		_, err = w.s.LocalRule(ctx, head, w.id())
		w.want(err, petition.NotFound)
		d, err := w.s.Directory(ctx, w.now)
		w.must(err)
		if u, _ := d.Unit(county); len(u.Rules) != 1 || u.Rules[0].Version != 2 {
			t.Errorf("published: %+v", u.Rules)
		}
		next.Version, next.To = 2, "2026-02-01"
		_, err = w.s.SaveLocalRule(ctx, head, next, w.now)
		w.must(err)
		d, err = w.s.Directory(ctx, w.now)
		w.must(err)
		if u, _ := d.Unit(county); len(u.Rules) != 0 {
			t.Errorf("what has lost effect is still published: %+v", u.Rules)
		}
	})
}
