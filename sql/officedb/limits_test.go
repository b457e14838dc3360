package officedb

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
)

// edited puts years of a calendar in force, as the topmost administrator does.
func (w *world) edited(now time.Time, csv string) petition.ID {
	w.t.Helper()
	by := w.who(prov, petition.SystemAdmin)
	id, err := w.s.DraftCalendar(w.t.Context(), by, "test calendar", csv, now)
	w.must(err)
	w.applied(by, id, now)
	return id
}

// yearWith is the schedule of 2026 under a number of its own, with further lines; a line of
// a day that the announcement names itself is left out.
func yearWith(number string, more ...string) string {
	csv := strings.Replace(petition.DefaultCalendar().CSV("2026"), "国办发明电〔2025〕7号", number, 1)
	for _, line := range more {
		if !strings.Contains(csv, line[:len("2026-01-01")]) {
			csv += line + "\n"
		}
	}
	return csv
}

// governed puts a local profile in force.
func (w *world) governed(now time.Time, law petition.LocalLaw) petition.ID {
	w.t.Helper()
	by := w.who(prov, petition.SystemAdmin)
	id, err := w.s.DraftLaw(w.t.Context(), by, law, now)
	w.must(err)
	w.applied(by, id, now)
	return id
}

func (w *world) applied(by petition.Actor, id petition.ID, now time.Time) {
	w.t.Helper()
	w.must(w.s.ApplyLimits(w.t.Context(), by, id, now))
	w.must(w.s.LimitTick(w.t.Context(), now.Add(2*settleAfter)))
	e, err := w.s.LimitEdit(w.t.Context(), by, id)
	if err != nil || e.State != backoffice.EditDone {
		w.t.Fatalf("%+v %v", e, err)
	}
}

// citysRule is 5 working days to tell and 30 to handle.
func citysRule(from string) petition.LocalLaw {
	return petition.LocalLaw{Unit: city, Name: "City rules", Source: "No. 5", From: from, Clocks: map[petition.ClockKind]petition.Limit{
		petition.NoticeClock:   {Days: 5, Working: true, Article: "Art. 7"},
		petition.HandlingClock: {Days: 30, Article: "Art. 9"}}}
}

// derivedAnew expects every stored leg to be what the events give by the rules in force.
func (w *world) derivedAnew(now time.Time) {
	w.t.Helper()
	ctx := w.t.Context()
	rules, err := w.s.Rules(ctx)
	w.must(err)
	for _, id := range w.everyCase() {
		h, err := w.s.holdAny(ctx, id)
		w.must(err)
		fresh, err := w.s.deriveLegs(ctx, h.c, rules, now)
		w.must(err)
		if !slices.EqualFunc(h.legs, fresh, sameLeg) {
			w.t.Errorf("case %s is stored as\n%+v\nand derived as\n%+v", id, h.legs, fresh)
		}
	}
}

func (w *world) everyCase() []petition.ID {
	w.t.Helper()
	var ids []petition.ID
	var rows []caseRow
	w.must(w.db.Select(w.t.Context(), &rows, `SELECT id, version, revision FROM cases WHERE sealed_up = 0 ORDER BY id`))
	for _, r := range rows {
		ids = append(ids, petition.ID(r.ID))
	}
	return ids
}

// recounts are the events of a case that say what an edit moved.
func (w *world) recounts(id petition.ID) []petition.Event {
	w.t.Helper()
	h, err := w.s.holdAny(w.t.Context(), id)
	w.must(err)
	var all []petition.Event
	for _, e := range h.c.Events {
		if e.Act.Action == petition.Recount {
			all = append(all, e)
		}
	}
	return all
}

// A new holiday moves the due dates of open cases: seen before anything changes, then in
// rows, lists, figures, log and the petitioner's folder, once however often it runs.
func TestACalendarEditIsShownThenAppliedOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, admin := t.Context(), w.who(prov, petition.SystemAdmin)
		id := w.filed(aFiling(county, "Party age"))
		before, err := legsOf(ctx, w.db, id)
		w.must(err)
		csv := yearWith("No. 7", before[0].DueDay+",off,test")
		edit, err := w.s.DraftCalendar(ctx, admin, "Days of 2026", csv, w.now)
		w.must(err)
		e, err := w.s.LimitEdit(ctx, admin, edit)
		if err != nil || e.State != backoffice.EditReady || e.Looked != 1 || e.Cases != 1 || e.Dues != 1 || e.Late != 0 {
			t.Fatalf("the draft: %+v %v", e, err)
		}
		page, err := w.s.LimitEffects(ctx, admin, edit, "")
		if err != nil || len(page.Rows) != 1 || page.Rows[0].Was != before[0].DueDay || page.Rows[0].Is <= page.Rows[0].Was ||
			page.Rows[0].Clock != petition.NoticeClock || page.Rows[0].Unit != county {
			t.Fatalf("%+v %v", page, err)
		}
		if now, _ := legsOf(ctx, w.db, id); now[0].DueDay != before[0].DueDay || len(w.recounts(id)) != 0 {
			t.Fatal("a draft has changed something")
		}
		w.applied(admin, edit, w.now)
		after, err := legsOf(ctx, w.db, id)
		w.must(err)
		if after[0].DueDay != page.Rows[0].Is {
			t.Errorf("due %s, after the edit %s", before[0].DueDay, after[0].DueDay)
		}
		w.exec(`UPDATE rule_edit SET state = 'applying', place = ?`, petition.ID{}) // as if it had been stopped
		w.must(w.open().LimitTick(ctx, w.now.Add(3*settleAfter)))
		if all := w.recounts(id); len(all) != 1 || all[0].By.Kind != petition.BySystem || all[0].Act.Dues[0].Was != before[0].DueDay ||
			all[0].Act.Dues[0].Is != after[0].DueDay || all[0].Act.Reason != "Days of 2026" {
			t.Errorf("on record: %+v", all)
		}
		f := w.folder(id)
		last := f.Steps[len(f.Steps)-1]
		if f.Clock.Due != after[0].DueDay || last.Key != "step.recounted" || last.Was != before[0].DueDay || last.Day != after[0].DueDay {
			t.Errorf("the petitioner is shown %+v, %+v", f.Clock, last)
		}
		if err := w.s.ApplyLimits(ctx, admin, edit, w.now); !petition.Is(err, petition.Conflict) {
			t.Errorf("applied twice: %v", err)
		}
		w.derivedAnew(w.now)
		w.sound()
	})
}

// Only the topmost unit's system administrator edits the calendar, and a unit's profile
// only those at or above it; for everybody else none of it exists.
func TestWhoEditsLimits(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		csv := yearWith("No. 7", "2026-03-09,off,test")
		for _, role := range petition.Roles {
			for _, unit := range []petition.UnitID{prov, city, county} {
				by := w.who(unit, role)
				_, err := w.s.DraftCalendar(ctx, by, "Days", csv, w.now)
				if allowed := role == petition.SystemAdmin && unit == prov; allowed != (err == nil) || err != nil && !petition.Is(err, petition.NotFound) {
					t.Errorf("calendar by %s of %s: %v", role, unit, err)
				}
				_, err = w.s.DraftLaw(ctx, by, citysRule("2026-02-01"), w.now)
				if allowed := role == petition.SystemAdmin && unit != county; allowed != (err == nil) || err != nil && !petition.Is(err, petition.NotFound) {
					t.Errorf("law by %s of %s: %v", role, unit, err)
				}
				if role != petition.SystemAdmin {
					_, err = w.s.Limits(ctx, by)
					w.want(err, petition.NotFound)
				}
			}
		}
		own, err := w.s.Limits(ctx, w.who(city, petition.SystemAdmin))
		if err != nil || len(own) != 1 || own[0].Kind != backoffice.EditLaw {
			t.Fatalf("%+v %v", own, err)
		}
		all, err := w.s.Limits(ctx, w.who(prov, petition.SystemAdmin))
		if err != nil || len(all) != 3 {
			t.Fatalf("%d edits, %v", len(all), err)
		}
		for _, e := range all {
			if e.Kind == backoffice.EditCalendar {
				w.want(w.s.ApplyLimits(ctx, w.who(city, petition.SystemAdmin), e.ID, w.now), petition.NotFound)
				_, err := w.s.LimitEffects(ctx, w.who(prov, petition.SecurityAdmin), e.ID, "")
				w.want(err, petition.NotFound)
				w.must(w.s.DropLimits(ctx, w.who(prov, petition.SystemAdmin), e.ID, w.now))
				w.want(w.s.ApplyLimits(ctx, w.who(prov, petition.SystemAdmin), e.ID, w.now), petition.Conflict)
			}
		}
	})
}

func TestLimitsThatCannotBe(t *testing.T) {
	w := newWorldSQLite(t)
	admin := w.who(prov, petition.SystemAdmin)
	for csv, field := range map[string]string{
		"no calendar":                            "days",
		"2026-03-09,off,test\n":                  "days", // no year
		"2026,year,\n":                           "days",
		"2026,year,7\n2026-03-09,work,weekday\n": "days",
		"2026,year,7\n2027-01-01,off,other\n":    "days",
		"2026,year,7\n2026-10-01,off,国庆节\n":      "days", // the rest of the year is left out
	} {
		_, err := w.s.DraftCalendar(t.Context(), admin, "Days", csv, w.now)
		bad, ok := err.(*petition.Error)
		if !ok || bad.Kind != petition.Invalid || len(bad.Problems) == 0 || bad.Problems[0].Field != field {
			t.Errorf("%q: %v", csv, err)
		}
	}
	_, err := w.s.DraftCalendar(t.Context(), admin, " ", yearWith("7"), w.now)
	w.want(err, petition.Invalid)
	other := citysRule("2026-02-01")
	other.ID = "2022" // a national one is nobody's local rule
	_, err = w.s.DraftLaw(t.Context(), admin, other, w.now)
	w.want(err, petition.NotFound)
}

// A city's rule governs its own legs and those of its counties, for what was received
// while it is in force; each date says by which rule; a petitioner's right stays.
func TestALocalRuleGovernsItsUnitsAndShortensNoRight(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		below, above := w.filed(aFiling(county, "below")), w.filed(aFiling(prov, "above"))
		w.governed(w.now, citysRule("2026-03-01"))
		legs, err := legsOf(ctx, w.db, below)
		if err != nil || legs[0].DueDay != "2026-03-09" {
			t.Errorf("below: %+v %v", legs, err)
		}
		if legs, _ := legsOf(ctx, w.db, above); legs[0].DueDay != "2026-03-17" || len(w.recounts(above)) != 0 {
			t.Errorf("above: %+v", legs)
		}
		h, err := w.s.holdAny(ctx, below)
		w.must(err)
		rules, err := w.s.Rules(ctx)
		w.must(err)
		k, _ := h.c.NextClock(1, rules, w.now)
		if k.Explain[1].Law != "City rules" || k.Explain[1].Article != "Art. 7" || !k.Explain[1].Working {
			t.Errorf("%+v", k.Explain)
		}
		later := citysRule("2026-03-01")
		later.Clocks[petition.ReviewClock] = petition.Limit{Days: 10, Article: "Art. 12"}
		_, err = w.s.DraftLaw(ctx, w.who(prov, petition.SystemAdmin), later, w.now)
		w.want(err, petition.Invalid)
		w.derivedAnew(w.now)
	})
}

// A day off that is taken back would end the time for a review earlier: the day that the
// petitioner was told holds, in the rows, on his page and for what he sends.
func TestAnEditNeverShortensTheTimeForAReview(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.edited(w.now, yearWith("No. 7", "2026-04-01,off,test", "2026-04-02,off,test", "2026-04-03,off,test"))
		id := w.accepted(county, "Party age")
		w.answer(id, county)
		if f := w.folder(id); f.Clock.Kind != petition.ReviewClock || f.Clock.Due != "2026-04-07" {
			t.Fatalf("%+v", f.Clock)
		}
		edit := w.edited(w.now, yearWith("No. 8"))
		e, err := w.s.LimitEdit(ctx, w.who(prov, petition.SystemAdmin), edit)
		if err != nil || e.Kept != 1 {
			t.Errorf("%+v %v", e, err)
		}
		f := w.folder(id)
		if f.Clock.Due != "2026-04-07" {
			t.Errorf("shortened to %s", f.Clock.Due)
		}
		for _, s := range f.Steps {
			if s.Key == "step.recounted" {
				t.Errorf("told of what did not change: %+v", s)
			}
		}
		w.derivedAnew(w.now)
		w.now = petition.EndOfDay("2026-04-07").Truncate(time.Second) // 23:59:59
		w.said(id, petition.Act{Action: petition.AskReview, Text: "still in time"})
		w.state(w.who(county, petition.Handler), id, petition.Challenged)
	})
}

// 23:59:59 of the last day is in time, and a microsecond after the day is not, on both
// faces and in the rows.
func TestTheLastSecondOfTheDayIsInTime(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.filed(aFiling(county, "Party age"))
		legs, err := legsOf(t.Context(), w.db, id)
		w.must(err)
		if last := petition.EndOfDay(legs[0].DueDay); w.folder(id).Clock.Due != petition.Day(last) {
			t.Errorf("shown %s, stored %s", w.folder(id).Clock.Due, legs[0].DueDay)
		}
		over := func(at time.Time) int {
			d, err := w.s.Dues(t.Context(), w.who(county, petition.Registrar), "", at)
			w.must(err)
			q := queueOf("", at)
			q.Due = "over"
			p, err := w.s.Queue(t.Context(), w.who(county, petition.Registrar), q)
			w.must(err)
			if len(p.Rows) != d.Over {
				t.Errorf("%d in the list, %d counted", len(p.Rows), d.Over)
			}
			return d.Over
		}
		last := petition.EndOfDay(legs[0].DueDay).Truncate(time.Second)
		if last.In(petition.Shanghai).Format("15:04:05") != "23:59:59" || over(last) != 0 || over(last.Add(time.Second)) != 1 {
			t.Errorf("at %s: %d, then %d", last, over(last), over(last.Add(time.Second)))
		}
	})
}

// What became overdue is said before, and a draft that rests on old rules is measured anew.
func TestADraftSaysWhatBecomesOverdueAndGrowsStale(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, admin := t.Context(), w.who(prov, petition.SystemAdmin)
		w.filed(aFiling(county, "Party age"))
		w.now = noon(t, "2026-03-12")
		law, err := w.s.DraftLaw(ctx, admin, citysRule("2026-03-01"), w.now)
		w.must(err)
		e, err := w.s.LimitEdit(ctx, admin, law)
		if err != nil || e.Late != 1 || e.Cases != 1 {
			t.Errorf("%+v %v", e, err)
		}
		page, err := w.s.LimitEffects(ctx, admin, law, "")
		if err != nil || len(page.Rows) < 1 || !page.Rows[0].Late {
			t.Errorf("%+v %v", page, err)
		}
		second := citysRule("2026-03-01")
		second.Unit = county
		w.governed(w.now, second)
		w.want(w.s.ApplyLimits(ctx, admin, law, w.now), petition.Conflict)
		e, err = w.s.LimitEdit(ctx, admin, law)
		w.must(err)
		if e.State != backoffice.EditMeasuring || e.Cases != 0 {
			t.Errorf("%+v", e)
		}
		w.must(w.s.LimitTick(ctx, w.now))
		if e, err = w.s.LimitEdit(ctx, admin, law); err != nil || e.State != backoffice.EditReady || e.Looked != 1 || e.Cases != 0 {
			t.Errorf("with the county's own rule in force: %+v %v", e, err)
		}
	})
}

// However often rules change while cases go on, every stored date is a fresh derivation,
// and no right of a petitioner ends before the day he was told.
func TestAfterEveryEditEachDateIsDerivedAnew(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		random := rand.New(rand.NewPCG(7, 9))
		told := map[petition.ID]string{}
		for round := range 4 {
			for i := range 3 {
				unit := []petition.UnitID{city, county, county2}[random.IntN(3)]
				title := fmt.Sprintf("case %d.%d", round, i)
				switch random.IntN(4) {
				case 0:
					w.filed(aFiling(unit, title))
				case 1:
					w.registered(unit, title)
				case 2:
					w.accepted(unit, title)
				case 3:
					id := w.accepted(unit, title)
					w.answer(id, unit)
				}
			}
			w.now = w.now.Add(time.Duration(1+random.IntN(6)) * 24 * time.Hour)
			if round%2 == 0 {
				w.edited(w.now, randomYear(random))
			} else {
				law := citysRule(petition.Day(w.now.AddDate(0, 0, -20)))
				law.Unit = []petition.UnitID{city, county, county2}[round/2]
				law.Clocks[petition.HandlingClock] = petition.Limit{Days: 20 + random.IntN(60), Article: "Art. 9"}
				w.governed(w.now, law)
			}
			w.derivedAnew(w.now)
			w.rightsKept(told)
		}
		w.sound()
	})
}

// rightsKept remembers until when each petitioner may ask for a review, and that it never
// came to end earlier.
func (w *world) rightsKept(told map[petition.ID]string) {
	w.t.Helper()
	rules, err := w.s.Rules(w.t.Context())
	w.must(err)
	for _, id := range w.everyCase() {
		h, err := w.s.holdAny(w.t.Context(), id)
		w.must(err)
		for _, k := range h.c.Clocks(rules, w.now) {
			if k.Kind != petition.ReviewClock || !k.Running() {
				continue
			}
			if day := petition.Day(k.Due); day < told[id] {
				w.t.Errorf("case %s: told %s, now %s", id, told[id], day)
			} else {
				told[id] = day
			}
		}
	}
}

// randomYear is a year with some days off and some weekend days worked.
func randomYear(random *rand.Rand) string {
	var lines []string
	day := time.Date(2026, 3, 1, 12, 0, 0, 0, petition.Shanghai)
	for range 60 {
		day = day.AddDate(0, 0, 1)
		weekend := day.Weekday() == time.Saturday || day.Weekday() == time.Sunday
		switch n := random.IntN(5); {
		case n == 0 && !weekend:
			lines = append(lines, petition.Day(day)+",off,test")
		case n == 0:
			lines = append(lines, petition.Day(day)+",work,test")
		}
	}
	return yearWith(fmt.Sprintf("No. %d", random.IntN(100)), lines...)
}
