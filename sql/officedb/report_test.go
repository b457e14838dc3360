package officedb

import (
	"fmt"
	"testing"

	"huiyin/exchange"
	"huiyin/petition"
)

func aReport(unit petition.UnitID, title string) petition.Filing {
	f := aFiling(unit, title)
	f.Purpose, f.Topic = petition.PurposeReport, "B1"
	f.Reported = []petition.Reported{{Name: "Somebody", Unit: "An office", Post: "Head"}}
	return f
}

// counted is every table that somebody else could look into, with its rows and an
// order-free sum of its content.
func (w *world) counted() map[string]int {
	w.t.Helper()
	n := make(map[string]int)
	for table, query := range map[string]string{
		"cases": `SELECT COUNT(*) FROM cases`, "case_key": `SELECT COUNT(*) FROM case_key`,
		"event": `SELECT COUNT(*) FROM event`, "leg": `SELECT COUNT(*) FROM leg`,
		"queue_count": `SELECT COALESCE(SUM(n), 0) FROM queue_count`, "open_day": `SELECT COALESCE(SUM(n), 0) FROM open_day`,
		"token": `SELECT COUNT(*) FROM token`, "series": `SELECT COALESCE(SUM(n), 0) FROM series`,
		"audit": `SELECT COUNT(*) FROM audit WHERE chain = 'office'`,
		"chain": `SELECT COALESCE(SUM(n), 0) FROM chain WHERE name = 'office'`,
	} {
		var c int
		w.must(w.db.Get(w.t.Context(), &c, query))
		n[table] = c
	}
	return n
}

// A report arrives, is written to and is read: for everybody but the compartment's
// reader every list, count, search and answer is byte-equal before and after.
func TestReportIsInvisible(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.registered(county, "Party age")
		reader := w.who(county, petition.CadreSupervisor)
		before, rows := make(map[string]string), w.counted()
		for name, a := range w.staff {
			before[name] = w.everything(a)
		}
		id := w.filed(aReport(county, "About somebody"))
		w.said(id, petition.Act{Action: petition.AddInfo, Text: "One thing more."})
		_, err := w.s.Report(t.Context(), reader, id, "to read it", w.now)
		w.must(err)
		nobody := w.id()
		for name, a := range w.staff {
			if a.Staff == reader.Staff {
				continue
			}
			if got := w.everything(a); got != before[name] {
				t.Errorf("%s sees a difference", name)
			}
			if got, want := w.opened(a, id), w.opened(a, nobody); got != want {
				t.Errorf("%s: the report answers\n%s, what does not exist\n%s", name, got, want)
			}
		}
		if got := w.counted(); fmt.Sprint(got) != fmt.Sprint(rows) {
			t.Errorf("rows before %v, after %v", rows, got)
		}
		w.sound()
	})
}

func TestReportIsReadInItsCompartment(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.filed(aReport(county, "About somebody"))
		reader := w.who(county, petition.CadreSupervisor)
		list, err := w.s.Reports(t.Context(), reader, petition.ID{})
		w.must(err)
		if len(list) != 1 || list[0].Title != "About somebody" || !list[0].Received.Equal(w.now) {
			t.Fatalf("the compartment lists %+v", list)
		}
		_, err = w.s.Report(t.Context(), reader, id, "", w.now)
		w.want(err, petition.Invalid)
		f, err := w.s.Report(t.Context(), reader, id, "to read it", w.now)
		w.must(err)
		if f.Filing.Reported[0].Name != "Somebody" || f.Filing.Person.Name != "周明华" {
			t.Errorf("opened %+v", f.Filing)
		}
		w.must(w.s.HasReport(t.Context(), reader, id))
		w.want(w.s.HasReport(t.Context(), reader, w.id()), petition.NotFound)
		w.want(w.s.HasReport(t.Context(), w.who(county, petition.Registrar), id), petition.NotFound)
		for _, unit := range []petition.UnitID{prov, city, county2} {
			_, err := w.s.Report(t.Context(), w.who(unit, petition.CadreSupervisor), id, "why", w.now)
			w.want(err, petition.NotFound)
			w.want(w.s.HasReport(t.Context(), w.who(unit, petition.CadreSupervisor), id), petition.NotFound)
		}
		w.said(id, petition.Act{Action: petition.AddInfo, Text: "One thing more."})
		f, err = w.s.Report(t.Context(), reader, id, "to read on", w.now)
		w.must(err)
		if len(f.Later) != 1 || f.Later[0].Act.Text != "One thing more." {
			t.Errorf("added %+v", f.Later)
		}
		shown := w.folder(id)
		if shown.Status != petition.ShownReceived || len(shown.Letters) != 0 || len(shown.Can) != 0 {
			t.Errorf("the reporter sees %+v", shown)
		}
	})
}

// A report that was sealed to a unit's own key, about its own head, goes to the
// compartment above.
func TestReportAboutTheHeadGoesUp(t *testing.T) {
	w := newWorldSQLite(t)
	f := aReport(county, "About the head")
	f.ConcernsHead = true
	id := w.id()
	sealed := exchange.SealedFiling{ID: id, Received: w.now, Filing: f, Reading: exchange.NewKey()}
	w.must(w.s.TakeFiling(t.Context(), w.taking(w.id(), exchange.UnitHolder(county)), sealed))
	_, err := w.s.Report(t.Context(), w.who(county, petition.CadreSupervisor), id, "why", w.now)
	w.want(err, petition.NotFound)
	_, err = w.s.Report(t.Context(), w.who(city, petition.CadreSupervisor), id, "why", w.now)
	w.must(err)
}

// A registrar finds that a claim is a report: content, keys and tokens go, a stub with
// dates stays, and only the compartment can open what was said.
func TestSealUp(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.registered(county, "Not what it seemed")
		twin := w.registered(county, "By the same person")
		registrar := w.who(county, petition.Registrar)
		w.do(registrar, id, petition.Act{Action: petition.SealUp, Reason: "it is about a cadre"})

		for name, a := range w.staff {
			_, err := w.s.Case(t.Context(), a, id)
			w.want(err, petition.NotFound)
			rows, err := w.s.SameMatter(t.Context(), a, twin)
			if err == nil && len(rows) != 0 {
				t.Errorf("%s is pointed at %+v", name, rows)
			}
		}
		p, err := w.s.Queue(t.Context(), registrar, queueOf(petition.Done, w.now))
		w.must(err)
		if r := p.Rows[0]; len(p.Rows) != 1 || r.Title != "" || r.Name != "" || r.Topic != "" || r.State != petition.SealedUp {
			t.Errorf("the stub shows %+v", p.Rows)
		}
		f, err := w.s.Report(t.Context(), w.who(county, petition.CadreSupervisor), id, "to read it", w.now)
		w.must(err)
		if f.Filing.Title != "Not what it seemed" {
			t.Errorf("the compartment reads %+v", f.Filing)
		}
		w.emptied(id)
		if got := w.folder(id).Status; got != petition.ShownReceived {
			t.Errorf("the petitioner sees %s", got)
		}
		w.said(id, petition.Act{Action: petition.AddInfo, Text: "One thing more."})
		w.sound()
	})
}

// emptied checks that nothing of a case can be opened any more.
func (w *world) emptied(id petition.ID) {
	w.t.Helper()
	for what, query := range map[string]string{
		"keys":    `SELECT COUNT(*) FROM case_key WHERE case_id = ?`,
		"tokens":  `SELECT COUNT(*) FROM token WHERE case_id = ?`,
		"bodies":  `SELECT COUNT(*) FROM event WHERE case_id = ? AND LENGTH(body) > 0`,
		"secrets": `SELECT COUNT(*) FROM cases WHERE id = ? AND LENGTH(secrets) > 0`,
	} {
		var n int
		w.must(w.db.Get(w.t.Context(), &n, query, id))
		if n != 0 {
			w.t.Errorf("%d %s are left", n, what)
		}
	}
}

func TestReportsArePaged(t *testing.T) {
	w := newWorldSQLite(t)
	for i := range pageSize + 5 {
		w.now = w.now.Add(1e6)
		w.filed(aReport(county, fmt.Sprintf("report %d", i)))
	}
	reader := w.who(county, petition.CadreSupervisor)
	first, err := w.s.Reports(t.Context(), reader, petition.ID{})
	w.must(err)
	rest, err := w.s.Reports(t.Context(), reader, first[len(first)-1].ID)
	w.must(err)
	if len(first) != pageSize || len(rest) != 5 || rest[4].Title != "report 0" {
		t.Errorf("pages of %d and %d, the last %q", len(first), len(rest), rest[len(rest)-1].Title)
	}
}
