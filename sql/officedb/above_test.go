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
	"huiyin/sql"
	"huiyin/sql/storetest"
)

// After any history the list of what somebody has to do, and the one of a unit and all
// below it, are what going through every leg gives, on pages of any size, with filters
// and without what the reader must not know of.
func TestListsOverManyEqualEveryLeg(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := rand.New(rand.NewPCG(14, 14))
		units := []petition.UnitID{prov, city, county, county2}
		w.hire(county, "several", petition.Handler, petition.UnitHead, petition.Registrar)
		var ids []petition.ID
		for i := range 16 {
			f := aFiling(units[r.IntN(len(units))], fmt.Sprint("matter ", i))
			f.Topic = []petition.Topic{"C6", "F1"}[r.IntN(2)]
			ids = append(ids, w.filed(f))
		}
		compared := 0
		for step := range 700 {
			w.now = w.now.Add(time.Duration(r.IntN(60)) * time.Minute)
			w.someAct(r, ids[r.IntN(len(ids))])
			if step%100 == 99 {
				for _, by := range w.staff {
					compared += w.compareLists(r, by)
				}
				w.must(w.s.Exclude(t.Context(), ids[r.IntN(len(ids))], w.anybody(r).Staff, w.now))
			}
		}
		w.merge(county, county2)
		for _, by := range w.staff {
			compared += w.compareLists(r, by)
		}
		w.sound()
		if compared < 500 {
			t.Errorf("only %d rows were compared", compared)
		}
	})
}

// The same for somebody whose rows lie in many queues, close beside each other and in
// long runs.
func TestListsOverManyQueuesAreInOrder(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := rand.New(rand.NewPCG(14, 15))
		w.many(90)
		me := w.hire(county, "several", petition.Handler, petition.UnitHead, petition.Registrar)
		for range 3 {
			var queues []petition.Queue
			for _, i := range r.Perm(len(petition.Queues)) {
				queues = append(queues, slices.Repeat(petition.Queues[i:i+1], 1+r.IntN(8))...)
			}
			w.spread(county, queues, me.Staff, petition.ID{}, petition.ID{7})
			for range 3 {
				if w.compareLists(r, me) < 90 {
					t.Error("too little is to be done")
				}
			}
		}
	})
}

func (w *world) anybody(r *rand.Rand) petition.Actor {
	names := make([]string, 0, len(w.staff))
	for name := range w.staff {
		names = append(names, name)
	}
	slices.Sort(names)
	return w.staff[names[r.IntN(len(names))]]
}

// compareLists holds both lists of one person to the brute force, and tells how many
// rows they had.
func (w *world) compareLists(r *rand.Rand, by petition.Actor) (rows int) {
	w.t.Helper()
	queries := []backoffice.QueueQuery{{Todo: true}, {Todo: true, Topic: "C"}, {Todo: true, Queue: petition.ToHandle},
		{Todo: true, Stage: string(petition.StageHandling)}}
	if !by.Is(workers...) {
		return 0
	}
	if by.Is(overseers...) {
		queries = append(queries, backoffice.QueueQuery{Below: true}, backoffice.QueueQuery{Below: true, Topic: "F1"},
			backoffice.QueueQuery{Below: true, Stage: backoffice.Active}, backoffice.QueueQuery{Below: true, Due: "over"},
			backoffice.QueueQuery{Below: true, Queue: petition.ToTriage})
	}
	for _, q := range queries {
		q.Now, q.Limit = w.now, []int{1, 3, 5, 100}[r.IntN(4)]
		var got []string
		for _, row := range w.walk(by, q) {
			got = append(got, fmt.Sprint(row.Case, row.Leg))
		}
		want := w.everyLeg(by, q)
		if !slices.Equal(got, want) {
			w.t.Errorf("%s of %s, %+v:\n%s\nwant\n%s", by.Name, by.Unit, q, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		rows += len(got)
	}
	return rows
}

// everyLeg is a list made by going through all legs.
func (w *world) everyLeg(by petition.Actor, q backoffice.QueueQuery) []string {
	w.t.Helper()
	var legs []legRow
	w.must(w.db.Select(w.t.Context(), &legs, `SELECT case_id, n, unit, queue, stage, is_open, sort, topic, due_at, handler FROM leg`))
	rules, err := w.s.Rules(w.t.Context())
	w.must(err)
	own, _ := rules.Units.Unit(by.Unit)
	sc, err := w.s.scopeOf(w.t.Context(), by)
	w.must(err)
	slices.SortFunc(legs, func(a, b legRow) int { return slices.Compare(a.Sort, b.Sort) })
	var all []string
	for _, l := range legs {
		unit, _ := rules.Units.Unit(petition.UnitID(l.Unit))
		queue := petition.Queue(l.Queue)
		switch {
		case !l.Open, slices.Contains(sc.barred, petition.ID(l.Case)):
		case q.Todo && (l.Unit != string(by.Unit) || !queue.For(by, petition.ID(l.Handler))):
		case q.Below && !unit.Within(own):
		case !strings.HasPrefix(l.Topic, q.Topic), q.Queue != "" && q.Queue != queue:
		case q.Stage == backoffice.Active && l.Stage == string(petition.StagePassed):
		case q.Stage != "" && q.Stage != backoffice.Active && q.Stage != l.Stage:
		case q.Due == "over" && (l.Due == 0 || l.Due > sql.Instant(q.Now)):
		default:
			all = append(all, fmt.Sprint(petition.ID(l.Case), l.N))
		}
	}
	return all
}

// A unit that moves in the tree takes its cases from one unit's list to another's at
// once; what was written meanwhile by who did not know yet is put right with the clock.
func TestListsFollowTheTree(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.registered(county, "stays")
		w.registered(county2, "moves")
		below := func(unit petition.UnitID) (titles []string) {
			for _, r := range w.walk(w.who(unit, petition.Leader), backoffice.QueueQuery{Below: true, Now: w.now}) {
				titles = append(titles, r.Title)
			}
			slices.Sort(titles)
			return titles
		}
		both := []string{"moves", "stays"}
		if !slices.Equal(below(city), both) || !slices.Equal(below(prov), both) {
			t.Fatalf("%v %v", below(city), below(prov))
		}
		w.must(w.s.SaveUnits(t.Context(), []petition.Unit{testUnit(prov, "", petition.Province), testUnit(city, prov, petition.City),
			testUnit(county, city, petition.County), testUnit(county2, prov, petition.County)}, w.now))
		w.sound()
		if !slices.Equal(below(city), []string{"stays"}) || !slices.Equal(below(prov), both) || !slices.Equal(below(county2), []string{"moves"}) {
			t.Errorf("%v %v %v", below(city), below(prov), below(county2))
		}
		w.exec(`INSERT INTO leg_above (above, sort, case_id, n) SELECT ?, sort, case_id, n FROM leg WHERE unit = ?`, city, county2)
		w.exec(`DELETE FROM leg_above WHERE above = ?`, county2)
		w.must(w.s.SystemTick(t.Context(), w.now.Add(aboveSettles/2)))
		if wrong, err := w.s.Recount(t.Context()); err != nil || !strings.HasPrefix(wrong, "above ") {
			t.Errorf("a recount finds %q %v", wrong, err)
		}
		w.must(w.s.SystemTick(t.Context(), w.now.Add(2*aboveSettles)))
		w.sound()
	})
}

// What a closed unit leaves behind is in no list of open cases: whatever is open can be
// taken over, and keeps the unit from being closed until it is.
func TestOpenLegsGoWithAMerger(t *testing.T) {
	inherited := petition.Inherited()
	for _, s := range petition.States {
		if q := (petition.Leg{State: s}).Queue(); q != petition.Done && !slices.Contains(inherited, s) {
			t.Errorf("what is %s waits in %s and stays at a closed unit", s, q)
		}
	}
}

// A database from before has its lists after the upgrade, also if the step was stopped
// midway and is run again.
func TestAnUpgradeLaysTheListsOfManyUnits(t *testing.T) {
	storetest.Each(t, func(t *testing.T, open func() *sql.DB) {
		w := newWorld(t, open())
		w.accepted(county, "Party age")
		w.registered(city, "another")
		w.exec(`DROP TABLE leg_above`)
		for range 2 {
			w.exec(`ALTER TABLE leg DROP COLUMN marks`) // a later step's, with what was counted of it
			w.exec(`ALTER TABLE unit DROP COLUMN hours_en`)
			w.exec(`DROP TABLE indicator_day`)
			w.dropWhose()
			w.exec(`DELETE FROM schema_version WHERE version_id >= 30`)
			w.must(sql.Migrate(t.Context(), w.db, Migrations()))
			w.sound()
			if n := w.inTable("leg_above"); n != 5 {
				t.Errorf("%d rows", n)
			}
			if w.db.Engine() == sql.SQLite { // there a step is one transaction
				break
			}
			w.exec(`DELETE FROM leg_above WHERE above = ?`, city)
		}
	})
}

// dropWhose takes back a later step: no column goes that an index holds.
func (w *world) dropWhose() {
	if w.db.Engine() == sql.SQLite {
		w.exec(`DROP INDEX news_once`)
		w.exec(`ALTER TABLE news DROP COLUMN whose`)
		return
	}
	w.exec(`ALTER TABLE news DROP KEY news_once, ADD UNIQUE KEY news_once (filing, way, day), DROP COLUMN whose`)
}
