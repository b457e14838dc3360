package officedb

import (
	"context"
	"testing"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

// A number outside one's scope says who has it in hand and nothing else; what was sealed
// up, is done, is barred or never was is the same NotFound.
func TestOutsideTheScopeOnlyWhoHasItInHand(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, mine := t.Context(), w.who(county, petition.Registrar)
		theirs := w.registered(county2, "theirs")
		sealed := w.registered(county2, "sealed")
		h, err := w.s.holdAny(ctx, theirs)
		w.must(err)
		number := h.c.Number
		link, err := w.s.InHand(ctx, mine, number, w.now)
		if err != nil || link.Unit != county2 || link.Number != number || !link.Case.IsZero() {
			t.Errorf("%+v %v", link, err)
		}
		same, err := w.s.SameElsewhere(ctx, mine, w.registered(county, "mine"))
		if err != nil || len(same) != 2 || same[0].Unit != county2 {
			t.Errorf("the same person elsewhere: %+v %v", same, err)
		}
		_, err = w.s.SameElsewhere(ctx, mine, theirs)
		w.want(err, petition.NotFound)
		w.do(w.who(county2, petition.Registrar), sealed, petition.Act{Action: petition.SealUp, Reason: "a report"})
		h2, err := w.s.SameElsewhere(ctx, mine, w.registered(county, "again"))
		if err != nil || len(h2) != 1 {
			t.Errorf("after one was sealed up: %+v %v", h2, err)
		}
		w.must(w.s.Exclude(ctx, theirs, mine.Staff, w.now))
		var answers []error
		for _, n := range []string{number, "XF530103202603029999X", numberOf(w, sealed), ""} {
			_, err := w.s.InHand(ctx, mine, n, w.now)
			w.want(err, petition.NotFound)
			answers = append(answers, err)
		}
		for _, err := range answers {
			if err.Error() != answers[0].Error() {
				t.Errorf("%v and %v can be told apart", err, answers[0])
			}
		}
		_, err = w.s.InHand(ctx, w.who(prov, petition.SystemAdmin), number, w.now)
		w.want(err, petition.NotFound)
	})
}

// A letter that has no case yet is told the same as a case, by its identity or mobile number
// and never by a name; nothing of what was sealed up, is barred, or is a report.
func TestALetterIsToldWhatIsInHandElsewhere(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, mine := t.Context(), w.who(county, petition.Registrar)
		theirs := w.registered(county2, "theirs")
		report := by(aFiling(city, "a report"), "周明华", "11010519491231002X", "13800138000")
		report.Purpose = petition.PurposeReport
		w.filed(report)
		w.registered(county, "in sight")
		told := func(f petition.Filing) int {
			t.Helper()
			links, err := w.s.FilingElsewhere(ctx, mine, f, w.now)
			w.must(err)
			for _, l := range links {
				if l.Unit != county2 || l.Number != numberOf(w, theirs) || !l.Case.IsZero() {
					t.Errorf("told %+v", l)
				}
			}
			return len(links)
		}
		logged := func() (n int) {
			w.must(w.db.Get(ctx, &n, `SELECT COUNT(*) FROM search_log WHERE staff = ?`, mine.Staff))
			return n
		}
		for i, want := range []int{1, 1, 0, 0} {
			f := []petition.Filing{by(aFiling(county, "x"), "某人", "11010519491231002x ", ""), by(aFiling(county, "x"), "某人", "", "138 0013 8000"),
				by(aFiling(county, "x"), "周明华", "", ""), {Anonymous: true}}[i]
			before := logged()
			if got := told(f); got != want {
				t.Errorf("letter %d: %d, want %d", i, got, want)
			}
			if n := logged() - before; n != want {
				t.Errorf("letter %d: %d in the log of searches", i, n)
			}
		}
		for _, role := range []petition.Role{petition.SystemAdmin, petition.AuditAdmin, petition.CadreSupervisor} {
			_, err := w.s.FilingElsewhere(ctx, w.who(county, role), aFiling(county, "x"), w.now)
			w.want(err, petition.NotFound)
		}
		w.must(w.s.Exclude(ctx, theirs, mine.Staff, w.now))
		if n := told(aFiling(county, "x")); n != 0 {
			t.Errorf("of what he is barred from: %d", n)
		}
		w.exec(`DELETE FROM exclusion`)
		w.do(w.who(county2, petition.Registrar), theirs, petition.Act{Action: petition.SealUp, Reason: "a report"})
		if n := told(aFiling(county, "x")); n != 0 {
			t.Errorf("of what was sealed up: %d", n)
		}
	})
}

// numberOf reads a number past the store.
func numberOf(w *world, id petition.ID) string {
	w.t.Helper()
	var n string
	w.must(w.db.Get(w.t.Context(), &n, `SELECT COALESCE(number, '') FROM cases WHERE id = ?`, id))
	return n
}

// The unit concerned is looked for apart from the text.
func TestSearchByTheUnitConcerned(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := aFiling(county, "one")
		f.About = "青溪区教育局"
		w.filed(f)
		w.now = w.now.Add(time.Second)
		w.about(county, "two", "青溪区教育局没有答复。")
		w.indexed()
		by := w.who(county, petition.Registrar)
		if got := w.search(by, backoffice.SearchQuery{About: "教育局"}); len(got) != 1 || got[0] != "one" {
			t.Errorf("%v", got)
		}
		if got := w.search(by, backoffice.SearchQuery{Words: "教育局"}); len(got) != 2 {
			t.Errorf("in the text: %v", got)
		}
		_, err := w.s.Search(t.Context(), by, backoffice.SearchQuery{About: "局"}, w.now)
		w.want(err, petition.Invalid)
	})
}

// An index of an older program is thrown away and built anew.
func TestAnOldIndexIsBuiltAnew(t *testing.T) {
	w := newWorldSQLite(t)
	w.about(county, "one", "组织关系")
	x, file := w.indexed()
	w.must(x.db.Write(t.Context(), func(ctx context.Context, tx sql.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE mark SET at = 1 WHERE name = 'form'`)
		return err
	}))
	w.must(x.Close())
	x, err := w.s.OpenIndex(t.Context(), file)
	w.must(err)
	t.Cleanup(func() { x.Close() })
	by := w.who(county, petition.Registrar)
	if got := w.search(by, backoffice.SearchQuery{Words: "组织关系"}); len(got) != 0 {
		t.Errorf("still there: %v", got)
	}
	w.must(x.Feed(t.Context()))
	if got := w.search(by, backoffice.SearchQuery{Words: "组织关系"}); len(got) != 1 {
		t.Errorf("not built anew: %v", got)
	}
}

// The audit administrator sees who searched for a sealed report's words, once, and nothing
// of the report; where it is about his own unit, not even that.
func TestTheAuditorSeesWhoSearchedAndNoReport(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		f := aFiling(city, "someone")
		f.Purpose, f.Facts = petition.PurposeReport, "他在青溪水库工程里收了回扣。"
		w.filed(f)
		w.indexed()
		curious := w.who(county, petition.Registrar)
		w.search(curious, backoffice.SearchQuery{Words: "青溪水库"})
		w.search(curious, backoffice.SearchQuery{Words: "没有这种词"})
		for _, unit := range []petition.UnitID{prov, city, county} {
			got, err := w.s.TouchedSealed(ctx, w.who(unit, petition.AuditAdmin), w.now.Add(-time.Hour))
			if err != nil || len(got) != 1 || got[0].Name != curious.Name || got[0].Unit != county || !got[0].Report.IsZero() {
				t.Errorf("%s: %+v %v", unit, got, err)
			}
		}
		if got, err := w.s.TouchedSealed(ctx, w.who(county2, petition.AuditAdmin), w.now.Add(-time.Hour)); err != nil || len(got) != 0 {
			t.Errorf("another unit's searches: %+v %v", got, err)
		}
		for _, role := range petition.Roles {
			if role != petition.AuditAdmin {
				_, err := w.s.TouchedSealed(ctx, w.who(city, role), w.now)
				w.want(err, petition.NotFound)
			}
		}
	})
}
