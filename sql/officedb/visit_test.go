package officedb

import (
	"bytes"
	"testing"

	"huiyin/backoffice"
	"huiyin/petition"
)

// aVisit is a line for two people whom the unit's handler receives.
func (w *world) aVisit(unit petition.UnitID) petition.VisitEntry {
	return petition.VisitEntry{People: 2, Arrived: "09:10", Room: "Hall 1", Officer: w.who(unit, petition.Handler).Staff}
}

func (w *world) visited(unit petition.UnitID, form string) petition.ID {
	w.t.Helper()
	id, err := w.s.AddVisit(w.t.Context(), w.who(unit, petition.Registrar), form, petition.Day(w.now), w.aVisit(unit), w.now)
	w.must(err)
	return id
}

func (w *world) visits(by petition.Actor, q backoffice.VisitQuery) []petition.Visit {
	w.t.Helper()
	page, err := w.s.Visits(w.t.Context(), by, q)
	w.must(err)
	return page.Rows
}

// The register is kept by the desk of a unit and read there and above, by nobody else.
func TestVisitsAreKeptByTheDeskAndReadAbove(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, day := t.Context(), petition.Day(w.now)
		id := w.visited(county, "a form")
		for _, role := range petition.Roles {
			by := w.who(county, role)
			_, err := w.s.Visits(ctx, by, backoffice.VisitQuery{})
			if allowed := role == petition.Registrar || role == petition.OfficeHead; allowed != (err == nil) {
				t.Errorf("%s reads the register: %v", role, err)
			} else if allowed {
				continue
			}
			_, err = w.s.Visit(ctx, by, id)
			w.want(err, petition.NotFound)
			_, err = w.s.AddVisit(ctx, by, "", day, w.aVisit(county), w.now)
			w.want(err, petition.NotFound)
			w.want(w.s.StepVisit(ctx, by, id, 1, petition.VisitEntry{Step: petition.VisitLeave, Left: "10:00"}, w.now), petition.NotFound)
		}
		if rows := w.visits(w.who(city, petition.OfficeHead), backoffice.VisitQuery{Unit: county}); len(rows) != 1 || rows[0].Now().Name == "" {
			t.Errorf("above: %+v", rows)
		}
		_, err := w.s.Visits(ctx, w.who(county2, petition.OfficeHead), backoffice.VisitQuery{Unit: county})
		w.want(err, petition.NotFound)
		_, err = w.s.Visit(ctx, w.who(county2, petition.OfficeHead), id)
		w.want(err, petition.NotFound)
		w.want(w.s.StepVisit(ctx, w.who(city, petition.Registrar), id, 1, petition.VisitEntry{Step: petition.VisitLeave, Left: "10:00"}, w.now), petition.Forbidden)
		_, err = w.s.AddVisit(ctx, w.who(county, petition.Registrar), "a form", day, w.aVisit(county), w.now)
		w.want(err, petition.Conflict)
		foreign := w.aVisit(county2)
		_, err = w.s.AddVisit(ctx, w.who(county, petition.Registrar), "", day, foreign, w.now)
		w.want(err, petition.Invalid)
		if n := len(w.visits(w.who(county, petition.Registrar), backoffice.VisitQuery{})); n != 1 {
			t.Errorf("%d lines", n)
		}
	})
}

// Entries are added and never changed; what was written lies sealed.
func TestAVisitIsCorrectedByANewEntry(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, reg := t.Context(), w.who(county, petition.Registrar)
		id := w.visited(county, "")
		leave := petition.VisitEntry{Step: petition.VisitLeave, Left: "10:30"}
		w.must(w.s.StepVisit(ctx, reg, id, 1, leave, w.now))
		w.want(w.s.StepVisit(ctx, reg, id, 1, leave, w.now), petition.Conflict)
		w.want(w.s.StepVisit(ctx, reg, id, 2, leave, w.now), petition.Conflict)
		right := w.aVisit(county)
		right.Step, right.People, right.Left = petition.VisitCorrect, 6, "10:30"
		w.want(w.s.StepVisit(ctx, reg, id, 2, right, w.now), petition.Invalid) // no reason
		right.Why = "two more came in later"
		w.must(w.s.StepVisit(ctx, w.who(county, petition.OfficeHead), id, 2, right, w.now))
		v, err := w.s.Visit(ctx, reg, id)
		w.must(err)
		if len(v.Entries) != 3 || v.Entries[0].People != 2 || v.Entries[0].Left != "" || v.Entries[0].By != reg.Name ||
			v.Now().Channel() != petition.ByGroupVisit || v.Now().Left != "10:30" {
			t.Errorf("%+v", v)
		}
		var sealed [][]byte
		w.must(w.db.Select(ctx, &sealed, `SELECT sealed FROM visit_entry`))
		for _, b := range sealed {
			if bytes.Contains(b, []byte("Hall 1")) {
				t.Error("what was written lies in the database as it was typed")
			}
		}
	})
}

// A case registered from a visit is linked to it in one act; one that is sealed up, or
// was sealed at once, leaves the line as if none had come of it.
func TestACaseThatCameOfAVisit(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, reg := t.Context(), w.who(county, petition.Registrar)
		walk := func(visit petition.ID, f petition.Filing) (petition.ID, error) {
			f.Channel = petition.ByVisit
			id, _, err := w.s.RegisterFor(ctx, reg, "", petition.Act{Channel: petition.ByVisit, Topic: f.Topic, Filing: &f, Unit: county, Visit: visit}, w.now)
			return id, err
		}
		visit := w.visited(county, "")
		_, err := walk(w.visited(county2, ""), aFiling(county, "Of a foreign visit"))
		w.want(err, petition.NotFound)
		id, err := walk(visit, aFiling(county, "Party age"))
		w.must(err)
		cases := func(by petition.Actor) int {
			v, err := w.s.Visit(ctx, by, visit)
			w.must(err)
			return len(v.Cases)
		}
		if n := cases(reg); n != 1 {
			t.Fatalf("%d cases came of it", n)
		}
		other := w.registered(county, "An older one")
		w.want(w.s.LinkVisit(ctx, reg, visit, "XF0", w.now), petition.Invalid)
		w.must(w.s.LinkVisit(ctx, reg, visit, w.number(other), w.now))
		w.must(w.s.LinkVisit(ctx, reg, visit, w.number(other), w.now))
		if n := cases(w.who(city, petition.OfficeHead)); n != 2 {
			t.Errorf("%d cases came of it", n)
		}
		before := w.everything(w.who(county, petition.OfficeHead))
		if id, err := walk(visit, aReport(county, "About somebody")); err != nil || !id.IsZero() || cases(reg) != 2 ||
			w.everything(w.who(county, petition.OfficeHead)) != before {
			t.Errorf("a report leaves a trace in the register: %v %v", id, err)
		}
		w.do(reg, id, petition.Act{Action: petition.SealUp, Reason: "It names a cadre."})
		if n := cases(reg); n != 1 {
			t.Errorf("%d cases, one of which was sealed up", n)
		}
		w.sound()
	})
}

func TestTheRegisterByDays(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		reg := w.who(county, petition.Registrar)
		for _, day := range []string{"2026-02-26", "2026-02-27", "2026-02-27", "2026-03-02"} {
			_, err := w.s.AddVisit(t.Context(), reg, "", day, w.aVisit(county), w.now)
			w.must(err)
		}
		if rows := w.visits(reg, backoffice.VisitQuery{From: "2026-02-27", To: "2026-02-27"}); len(rows) != 2 {
			t.Errorf("%d lines of one day", len(rows))
		}
		var days []string
		for q := (backoffice.VisitQuery{Limit: 2}); ; {
			page, err := w.s.Visits(t.Context(), reg, q)
			w.must(err)
			for _, v := range page.Rows {
				days = append(days, v.Day)
			}
			if q.After = page.Next; q.After == "" {
				break
			}
		}
		if len(days) != 4 || days[0] != "2026-03-02" || days[3] != "2026-02-26" {
			t.Errorf("page by page: %v", days)
		}
		_, err := w.s.Visits(t.Context(), reg, backoffice.VisitQuery{After: "nothing"})
		w.want(err, petition.Invalid)
	})
}
