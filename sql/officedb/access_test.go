package officedb

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"huiyin/backoffice"
	"huiyin/petition"
)

// mayRead says, apart from the store, who may open a case with a leg at county: those
// who work there, and overseers of the units above.
func mayRead(a petition.Actor) bool {
	working := []petition.Role{petition.Registrar, petition.OfficeHead, petition.Handler, petition.UnitHead,
		petition.Leader, petition.ClosingAuditor, petition.Supervisor}
	above := []petition.Role{petition.Registrar, petition.OfficeHead, petition.Leader, petition.Supervisor}
	switch a.Unit {
	case county:
		return a.Is(working...)
	case city, prov:
		return a.Is(above...)
	}
	return false
}

func TestEverybodySeesWhatTheRoleAllows(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.registered(county, "Party age")
		number := w.number(id)
		for name, a := range w.staff {
			c, err := w.s.Case(t.Context(), a, id)
			if mayRead(a) != (err == nil) {
				t.Errorf("%s: open %v, may read %v", name, err, mayRead(a))
			}
			if err != nil {
				w.want(err, petition.NotFound)
			} else if strings.Contains(jsonOf(t, c), "11010519491231002X") {
				t.Errorf("%s sees an identity number", name)
			}
			if _, err := w.s.Find(t.Context(), a, number); mayRead(a) != (err == nil) {
				t.Errorf("%s: find %v", name, err)
			}
		}
	})
}

func jsonOf(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func (w *world) number(id petition.ID) string {
	w.t.Helper()
	h, err := w.s.holdAny(w.t.Context(), id)
	w.must(err)
	return h.c.Number
}

// What the caller claims about himself counts for nothing: roles and unit are read
// from the account.
func TestClaimedRolesAreNotBelieved(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.registered(county, "Party age")
		forged := w.who(county2, petition.Handler)
		forged.Unit, forged.Roles = county, petition.Roles
		_, err := w.s.Case(t.Context(), forged, id)
		w.want(err, petition.NotFound)
		for _, a := range []petition.Actor{{}, petition.System, petition.Petitioner} {
			_, err := w.s.Case(t.Context(), a, id)
			w.want(err, petition.NotFound)
		}
		registrar := w.who(county, petition.Registrar)
		w.must(w.s.DisableStaff(t.Context(), "530102.registrar", w.now))
		_, err = w.s.Case(t.Context(), registrar, id)
		w.want(err, petition.NotFound)
		w.must(w.s.SetRoles(t.Context(), "530102.handler", []petition.Role{petition.SystemAdmin}, w.now))
		_, err = w.s.Case(t.Context(), w.who(county, petition.Handler), id)
		w.want(err, petition.NotFound)
	})
}

// Units above read, and act on nothing that lies below; they see no names.
func TestUnitsAboveOnlyRead(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.registered(county, "Party age")
		above := w.who(city, petition.Registrar)
		c, err := w.s.Case(t.Context(), above, id)
		w.must(err)
		if c.Filing.Person.Name != "" || c.Filing.Person.Mobile != "" {
			t.Errorf("the unit above sees %+v", c.Filing.Person)
		}
		_, err = w.try(above, id, petition.Act{Action: petition.Note, Leg: 1, Text: "I looked."})
		w.want(err, petition.Forbidden)
		_, err = w.s.Reveal(t.Context(), above, id, "curious", w.now)
		w.want(err, petition.Forbidden)
		own, err := w.s.Case(t.Context(), w.who(county, petition.Registrar), id)
		w.must(err)
		if own.Filing.Person.Name != "周**" {
			t.Errorf("the registrar sees %q", own.Filing.Person.Name)
		}
		leader, err := w.s.Case(t.Context(), w.who(county, petition.Leader), id)
		w.must(err)
		if leader.Filing.Person.Name != "" {
			t.Errorf("the leader sees %q", leader.Filing.Person.Name)
		}
	})
}

func TestRevealNeedsAPurposeAndIsLogged(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.registered(county, "Party age")
		registrar := w.who(county, petition.Registrar)
		_, err := w.s.Reveal(t.Context(), registrar, id, "  ", w.now)
		w.want(err, petition.Invalid)
		if views := w.views(registrar, id); len(views) != 0 {
			t.Errorf("a refused look is logged: %v", views)
		}
		f, err := w.s.Reveal(t.Context(), registrar, id, "to call back", w.now)
		w.must(err)
		if f.Person.IDNumber != "11010519491231002X" || f.Person.Name != "周明华" {
			t.Errorf("revealed %+v", f.Person)
		}
		views := w.views(registrar, id)
		if len(views) != 1 || views[0].What != viewedIdentity || views[0].Purpose != "to call back" || views[0].Name != "registrar" {
			t.Errorf("logged %+v", views)
		}
	})
}

func (w *world) views(by petition.Actor, id petition.ID) []backoffice.Viewed {
	w.t.Helper()
	v, err := w.s.Views(w.t.Context(), by, id)
	w.must(err)
	return v
}

// An excluded case is byte-equal to one that does not exist: in every answer of the
// store, for the person excluded.
func TestExcludedIsLikeNonexistent(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.registered(county, "Other matter")
		leader, handler := w.who(county, petition.Leader), w.who(county, petition.Handler)
		before := []string{w.everything(leader), w.everything(handler)}
		id := w.registered(county, "Party age")
		w.must(w.s.Exclude(t.Context(), id, leader.Staff, w.now))
		w.must(w.s.Exclude(t.Context(), id, handler.Staff, w.now))
		w.must(w.s.Exclude(t.Context(), id, handler.Staff, w.now))
		for i, a := range []petition.Actor{leader, handler} {
			if got := w.everything(a); got != before[i] {
				t.Errorf("%s sees a difference:\n%s\n%s", a.Name, before[i], got)
			}
			if got, want := w.opened(a, id), w.opened(a, w.id()); got != want {
				t.Errorf("%s: an excluded case answers %s, a nonexistent one %s", a.Name, got, want)
			}
		}
		w.sound()
	})
}

// everything is all lists, counts and searches that one person can ask for, as bytes.
func (w *world) everything(a petition.Actor) string {
	w.t.Helper()
	ctx := w.t.Context()
	var b bytes.Buffer
	put := func(what string, v any, err error) { fmt.Fprintf(&b, "%s %s %v\n", what, jsonOf(w.t, v), err) }
	for _, unit := range []petition.UnitID{"", prov, city, county, county2} {
		for _, q := range []petition.Queue{"", petition.ToRegister, petition.ToTriage, petition.ToApprove, petition.ToAccept,
			petition.ToHandle, petition.ToSign, petition.ToServe, petition.ToAudit, petition.Waiting, petition.Done} {
			for _, mine := range []bool{false, true} {
				p, err := w.s.Queue(ctx, a, backoffice.QueueQuery{Queue: q, Unit: unit, Mine: mine, Now: w.now})
				put("queue "+string(unit)+" "+string(q), p, err)
			}
		}
		d, err := w.s.Dues(ctx, a, unit, w.now)
		put("dues", d, err)
		k, err := w.s.Colleagues(ctx, a, unit)
		put("colleagues", k, err)
	}
	counts, err := w.s.Counts(ctx, a, w.now)
	put("counts", counts, err)
	open, err := w.s.OpenCases(ctx, a, "", w.now)
	put("open", open, err)
	alike, err := w.s.AlikeFilings(ctx, a, aFiling(county, "Party age"))
	put("alike", alike, err)
	reports, err := w.s.Reports(ctx, a, petition.ID{})
	put("reports", reports, err)
	if !a.Is(petition.CadreSupervisor) {
		hits, err := w.s.SearchReports(ctx, a, "somebody", 0, w.now)
		put("report search", hits, err)
	}
	return b.String()
}

// opened is every answer about one case, as bytes.
func (w *world) opened(a petition.Actor, id petition.ID) string {
	ctx := w.t.Context()
	var b bytes.Buffer
	put := func(err error) { fmt.Fprintln(&b, err) }
	_, err := w.s.Case(ctx, a, id)
	put(err)
	_, err = w.s.Act(ctx, a, id, 2, petition.Act{Action: petition.Note, Text: "x"}, w.now)
	put(err)
	_, err = w.s.Reveal(ctx, a, id, "why", w.now)
	put(err)
	_, err = w.s.Views(ctx, a, id)
	put(err)
	_, err = w.s.SameMatter(ctx, a, id)
	put(err)
	_, err = w.s.ReplaceCode(ctx, a, id, "why", false, w.now)
	put(err)
	_, err = w.s.OpenFile(ctx, a, id, w.id(), false, "why", w.now, io.Discard)
	put(err)
	_, err = w.s.AddFile(ctx, a, id, "a.txt", "text/plain", strings.NewReader("a"), w.now)
	put(err)
	_, err = w.s.Report(ctx, a, id, "why", w.now)
	put(err)
	return b.String()
}

func TestRolesOfAdministratorsAreExclusive(t *testing.T) {
	w := newWorldSQLite(t)
	for _, roles := range [][]petition.Role{
		{}, {"nobody"}, {petition.Handler, petition.Handler},
		{petition.SystemAdmin, petition.SecurityAdmin}, {petition.AuditAdmin, petition.Registrar},
	} {
		_, err := w.s.AddStaff(t.Context(), NewStaff{Login: "x1", Name: "X", Unit: county, Roles: roles, Hash: w.hash}, w.now)
		w.want(err, petition.Invalid)
	}
	_, err := w.s.AddStaff(t.Context(), NewStaff{Login: "530102.handler", Name: "X", Unit: county,
		Roles: []petition.Role{petition.Handler}, Hash: w.hash}, w.now)
	w.want(err, petition.Invalid)
	_, err = w.s.AddStaff(t.Context(), NewStaff{Login: "fine", Name: "X", Unit: "999999",
		Roles: []petition.Role{petition.Handler}, Hash: w.hash}, w.now)
	w.want(err, petition.Invalid)
}

func TestColleagues(t *testing.T) {
	w := newWorldSQLite(t)
	got, err := w.s.Colleagues(context.Background(), w.who(county, petition.Registrar), "")
	w.must(err)
	if len(got) != len(petition.Roles) || !slices.IsSortedFunc(got, func(a, b backoffice.Colleague) int {
		return strings.Compare(a.Name, b.Name)
	}) {
		t.Errorf("colleagues: %+v", got)
	}
	_, err = w.s.Colleagues(context.Background(), w.who(county, petition.Registrar), city)
	w.want(err, petition.NotFound)
}

// One page reads the scope of its reader once; of nobody else, and not for the next.
func TestPageKeepsItsReadersScopeOnly(t *testing.T) {
	w := newWorldSQLite(t)
	id := w.registered(county, "a matter")
	registrar, other := w.who(county, petition.Registrar), w.who(county2, petition.Registrar)
	page := w.s.Page(t.Context())
	_, err := w.s.Case(page, registrar, id)
	w.must(err)
	w.exec(`UPDATE staff SET active = 0 WHERE id = ?`, registrar.Staff)
	_, err = w.s.Views(page, registrar, id)
	w.must(err)
	_, err = w.s.Case(page, other, id)
	w.want(err, petition.NotFound)
	_, err = w.s.Case(w.s.Page(t.Context()), registrar, id)
	w.want(err, petition.NotFound)
	_, err = w.s.Case(t.Context(), registrar, id)
	w.want(err, petition.NotFound)
}

// Data that were put right: masked for readers, as what stood there is; shown with a
// purpose, both; and a like matter is found under the right name as under the other.
func TestCorrectedDataAreShownWithAPurposeOnly(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, reg := t.Context(), w.who(county, petition.Registrar)
		id := w.registered(county, "in hand")
		w.said(id, petition.Act{Action: petition.Correct, Text: "my name is Ouyang Minh"})
		before, err := w.s.Reveal(ctx, reg, id, "to check", w.now)
		w.must(err)
		if len(before.Asked) != 1 || before.Asked[0].Act.Text != "my name is Ouyang Minh" || len(before.Earlier) != 0 {
			t.Fatalf("%+v", before)
		}
		right := before.Person
		right.Name, right.Mobile, right.IDType = "Ouyang Minh", "13911112222", "resident"
		w.do(reg, id, petition.Act{Action: petition.AnswerCorrect, Granted: true, Person: &right})
		c, err := w.s.Case(ctx, reg, id)
		w.must(err)
		seen, err := json.Marshal(c)
		w.must(err)
		for _, secret := range []string{"Ouyang Minh", "13911112222", before.Person.Name, before.Person.Mobile} {
			if strings.Contains(string(seen), secret) {
				t.Errorf("%s shows", secret)
			}
		}
		after, err := w.s.Reveal(ctx, reg, id, "to check", w.now)
		w.must(err)
		if after.Person != right || len(after.Earlier) != 1 || after.Earlier[0] != before.Person || len(after.Asked) != 0 {
			t.Errorf("%+v", after)
		}
		f := aFiling(county, "another matter")
		f.Person = right
		for _, name := range []petition.Person{right, before.Person} {
			f.Person = name
			if alike, err := w.s.AlikeFilings(ctx, reg, f); err != nil || len(alike) != 1 {
				t.Errorf("as %s: %d alike, %v", name.Name, len(alike), err)
			}
		}
		w.sound()
	})
}
