package officedb

import (
	"bytes"
	"testing"

	"huiyin/petition"
)

func aDispute() petition.DisputeEntry {
	return petition.DisputeEntry{Kind: "election", Place: "East Bridge", People: 30, Asked: "publish the terms", Measures: "explained", Next: "2026-03-09"}
}

// A dispute is written down where it is heard of, read there and above, and by no
// neighbour; entries are added, never changed; what is closed takes no more.
func TestDisputesAreSeenUpwardAndFollowedUp(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, reg := t.Context(), w.who(county, petition.Registrar)
		for _, by := range []petition.Actor{w.who(county, petition.Leader), w.who(county, petition.SystemAdmin), w.who(county, petition.CadreSupervisor)} {
			_, err := w.s.AddDispute(ctx, by, aDispute(), w.now)
			w.want(err, petition.NotFound)
		}
		bad := aDispute()
		bad.Asked = "call 13800138000"
		_, err := w.s.AddDispute(ctx, reg, bad, w.now)
		w.want(err, petition.Invalid)
		id, err := w.s.AddDispute(ctx, reg, aDispute(), w.now)
		w.must(err)
		for unit, want := range map[petition.UnitID]int{county: 1, city: 1, prov: 1, county2: 0} {
			page, err := w.s.Disputes(ctx, w.who(unit, petition.Supervisor), true, petition.ID{})
			if err != nil || len(page.Rows) != want {
				t.Errorf("%s sees %d, %v", unit, len(page.Rows), err)
			}
		}
		if page, err := w.s.Disputes(ctx, w.who(city, petition.Handler), true, petition.ID{}); err != nil || len(page.Rows) != 0 {
			t.Errorf("a handler above sees %d, %v", len(page.Rows), err)
		}
		_, err = w.s.Disputes(ctx, w.who(county, petition.AuditAdmin), true, petition.ID{})
		w.want(err, petition.NotFound)
		_, err = w.s.Dispute(ctx, w.who(county2, petition.OfficeHead), id)
		w.want(err, petition.NotFound)

		follow := petition.DisputeEntry{Step: petition.DisputeFollow, People: 12, Measures: "published", Next: "2026-03-20"}
		w.want(w.s.StepDispute(ctx, w.who(city, petition.OfficeHead), id, 1, follow, w.now), petition.Forbidden)
		w.must(w.s.StepDispute(ctx, reg, id, 1, follow, w.now))
		w.want(w.s.StepDispute(ctx, reg, id, 1, follow, w.now), petition.Conflict)
		w.must(w.s.StepDispute(ctx, reg, id, 2, petition.DisputeEntry{Step: petition.DisputeClose, Measures: "settled"}, w.now))
		w.want(w.s.StepDispute(ctx, reg, id, 3, follow, w.now), petition.Conflict)
		d, err := w.s.Dispute(ctx, w.who(city, petition.Leader), id)
		w.must(err)
		if d.Open || len(d.Entries) != 3 || d.Now().People != 12 || d.Now().Measures != "settled" || d.Entries[0].Officer != reg.Name {
			t.Errorf("%+v", d)
		}
		if page, _ := w.s.Disputes(ctx, reg, false, petition.ID{}); len(page.Rows) != 1 {
			t.Errorf("%d closed", len(page.Rows))
		}
		var sealed [][]byte
		w.must(w.db.Select(ctx, &sealed, `SELECT sealed FROM dispute_entry`))
		for _, b := range sealed {
			if bytes.Contains(b, []byte("East Bridge")) {
				t.Error("what was written lies in the database as it was typed")
			}
		}
	})
}

// An incident is read by few, with a purpose that is recorded, and its words are gone
// after its day; no case knows of it.
func TestScenario6_2_AnIncidentIsAnEventThatExpires(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		id := w.accepted(county, "in hand")
		before, err := w.s.Case(ctx, w.who(county, petition.Handler), id)
		w.must(err)
		one := petition.Incident{Kind: "staying", Day: "2026-03-02", Hour: "10:30", Place: "hall", People: 3, Measures: "talked to"}
		for _, by := range []petition.Actor{w.who(county, petition.Handler), w.who(county, petition.Leader), w.who(county, petition.SystemAdmin)} {
			w.want(w.s.AddIncident(ctx, by, one, 6, w.now), petition.NotFound)
		}
		w.want(w.s.AddIncident(ctx, w.who(county, petition.Registrar), one, 99, w.now), petition.Invalid)
		w.must(w.s.AddIncident(ctx, w.who(county, petition.Registrar), one, 3, w.now))
		for _, by := range []petition.Actor{w.who(county, petition.Registrar), w.who(county, petition.Handler), w.who(county, petition.Supervisor)} {
			_, err := w.s.Incidents(ctx, by, "review", w.now)
			w.want(err, petition.NotFound)
		}
		head := w.who(county, petition.OfficeHead)
		_, err = w.s.Incidents(ctx, head, " ", w.now)
		w.want(err, petition.Invalid)
		all, err := w.s.Incidents(ctx, head, "review", w.now)
		if err != nil || len(all) != 1 || all[0].Place != "hall" || all[0].Expires != "2026-06-02" || all[0].People != 3 {
			t.Fatalf("%+v %v", all, err)
		}
		if above, err := w.s.Incidents(ctx, w.who(city, petition.OfficeHead), "review", w.now); err != nil || len(above) != 0 {
			t.Errorf("the unit above reads %+v %v", above, err)
		}
		later := noon(t, "2026-06-03")
		w.must(w.s.expireIncidents(ctx, later))
		gone, err := w.s.Incidents(ctx, head, "review", later)
		if err != nil || len(gone) != 1 || !gone[0].Expired || gone[0].Place != "" || gone[0].Measures != "" || gone[0].Kind != "staying" {
			t.Errorf("after its day: %+v %v", gone, err)
		}
		var left int
		w.must(w.db.Get(ctx, &left, `SELECT COUNT(*) FROM incident WHERE LENGTH(sealed) > 0`))
		after, err := w.s.Case(ctx, w.who(county, petition.Handler), id)
		if err != nil || left != 0 || after.Version() != before.Version() || after.Legs[0].State != before.Legs[0].State {
			t.Errorf("%d left, the petition changed: %v", left, err)
		}
		var looks int
		w.must(w.db.Get(ctx, &looks, `SELECT COUNT(*) FROM audit WHERE action = 'incidents_read'`))
		if looks != 3 {
			t.Errorf("%d looks are recorded", looks)
		}
		w.sound()
	})
}

// No column of either table has room for a person.
func TestTablesOfDisputesAndIncidentsNameNobody(t *testing.T) {
	w := newWorldSQLite(t)
	for _, table := range []string{"dispute", "dispute_entry", "incident"} {
		var columns []string
		w.must(w.db.Select(t.Context(), &columns, `SELECT name FROM pragma_table_info(?)`, table))
		for _, c := range columns {
			switch c {
			case "id", "unit", "version", "is_open", "next_day", "made_at", "dispute", "n", "at", "staff", "sealed", "day", "kind", "expires":
			default:
				t.Errorf("%s.%s", table, c)
			}
		}
	}
}
