package officedb

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
)

// grants is what the portal was told about codes of a filing.
func (w *world) grants(id petition.ID) []exchange.GrantUpdate {
	w.t.Helper()
	var out []exchange.GrantUpdate
	for _, a := range w.outgoing() {
		if a.Grant != nil && a.Grant.Filing == id {
			out = append(out, *a.Grant)
		}
	}
	return out
}

func walkIn(unit petition.UnitID) petition.Act {
	f := aFiling(unit, "A letter")
	f.Channel = petition.ByLetter
	return petition.Act{Channel: petition.ByLetter, Topic: "C6", Filing: &f, Unit: unit}
}

// A letter gets a code: with it the case can be followed on the portal.
func TestRegisterForGivesACodeThatOpens(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id, code, err := w.s.RegisterFor(t.Context(), w.who(county, petition.Registrar), "", walkIn(county), w.now)
		w.must(err)
		given := w.grants(id)
		if len(given) != 1 || given[0].Give == nil {
			t.Fatalf("grants %+v", given)
		}
		reading, err := given[0].Give.Open(code)
		w.must(err)
		if want, _ := w.s.ReadingKey(t.Context(), id); want != reading {
			t.Error("the code opens another key")
		}
		if f := w.folder(id); f.Title != "A letter" || f.Number == "" || f.Filing == nil {
			t.Errorf("the portal shows %+v", f)
		}
		if got := w.page(w.who(county, petition.Registrar), petition.ToTriage); len(got) != 1 {
			t.Errorf("to triage: %v", got)
		}
		_, _, err = w.s.RegisterFor(t.Context(), w.who(county, petition.Leader), "", walkIn(county), w.now)
		w.want(err, petition.Forbidden)
		w.sound()
	})
}

// A lost code is replaced after a purpose is stated; the old one dies with the same
// item that gives the new one, and the look at the file is logged.
func TestReplaceCode(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		lost := exchange.NewCode()
		id := w.filedWith(aFiling(county, "Party age"), lost)
		registrar := w.who(county, petition.Registrar)
		w.do(registrar, id, registerAct())
		_, err := w.s.ReplaceCode(t.Context(), registrar, id, "", false, w.now)
		w.want(err, petition.Invalid)
		_, err = w.s.ReplaceCode(t.Context(), w.who(county, petition.Handler), id, "lost", false, w.now)
		w.want(err, petition.Forbidden)
		first, err := w.s.ReplaceCode(t.Context(), registrar, id, "lost his slip", false, w.now)
		w.must(err)
		w.now = w.now.Add(time.Minute)
		second, err := w.s.ReplaceCode(t.Context(), registrar, id, "lost it again", false, w.now)
		w.must(err)
		updates := w.grants(id)
		if len(updates) != 2 {
			t.Fatalf("%d updates", len(updates))
		}
		for i, c := range []struct{ gone, given exchange.Code }{{lost, first}, {first, second}} {
			u := updates[i]
			if len(u.Revoke) != 1 || u.Revoke[0] != c.gone.Locator() {
				t.Errorf("update %d revokes %v", i, u.Revoke)
			}
			if _, err := u.Give.Open(c.given); err != nil {
				t.Errorf("update %d: %v", i, err)
			}
		}
		views := w.views(registrar, id)
		if len(views) != 2 || views[0].What != viewedCode || views[0].Purpose != "lost his slip" {
			t.Errorf("logged %+v", views)
		}
		w.sound()
	})
}

func TestAnonymousCodeCannotBeReplaced(t *testing.T) {
	w := newWorldSQLite(t)
	f := aFiling(county, "An idea")
	f.Purpose, f.Anonymous, f.Person = petition.PurposeAdvice, true, petition.Person{}
	id := w.filed(f)
	_, err := w.s.ReplaceCode(t.Context(), w.who(county, petition.Registrar), id, "lost", false, w.now)
	w.want(err, petition.Forbidden)
	if len(w.grants(id)) != 0 || len(w.views(w.who(county, petition.Registrar), id)) != 0 {
		t.Error("a refused replacement left traces")
	}
}

// A form registers one letter, however often and on whichever node it is sent.
func TestAFormRegistersOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		registrar, other := w.who(county, petition.Registrar), w.open()
		id, _, err := w.s.RegisterFor(t.Context(), registrar, "form one", walkIn(county), w.now)
		w.must(err)
		for _, node := range []*Store{w.s, other} {
			_, _, err = node.RegisterFor(t.Context(), registrar, "form one", walkIn(county), w.now)
			w.want(err, petition.Conflict)
			made, used, err := node.FormUsed(t.Context(), registrar, "form one")
			if err != nil || !used || made != id {
				t.Errorf("made %v %v %v, want %v", made, used, err, id)
			}
		}
		var done sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			done.Go(func() {
				_, _, errs[i] = []*Store{w.s, other}[i%2].RegisterFor(t.Context(), registrar, "form two", walkIn(county), w.now)
			})
		}
		done.Wait()
		taken := 0
		for _, err := range errs {
			if err == nil {
				taken++
			} else if !petition.Is(err, petition.Conflict) {
				t.Errorf("at once: %v", err)
			}
		}
		if n := w.inTable("cases"); taken != 1 || n != 2 {
			t.Errorf("%d taken at once, %d cases", taken, n)
		}
		if _, used, err := w.s.FormUsed(t.Context(), w.who(county, petition.OfficeHead), "form one"); err != nil || used {
			t.Errorf("somebody else's form: %v %v", used, err)
		}
		w.must(w.s.SystemTick(t.Context(), w.now.Add(formLife+time.Hour)))
		if n := w.inTable("form_used"); n != 0 {
			t.Errorf("%d forms are remembered for ever", n)
		}
		w.sound()
	})
}

// A letter that reports a cadre goes into the compartment at once: nobody's list, count,
// number or log changes, the registrar's neither; about the own head, it goes up.
func TestALetterThatReportsIsSealedAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.registered(county, "Party age")
		registrar := w.who(county, petition.Registrar)
		letter := func(head bool) petition.Act {
			f := aReport(county, "A letter about somebody")
			f.Channel, f.ConcernsHead = petition.ByLetter, head
			return petition.Act{Channel: petition.ByLetter, Topic: "B1", Filing: &f, Unit: county}
		}
		before, rows := make(map[string]string), w.counted()
		for name, a := range w.staff {
			before[name] = w.everything(a)
		}
		id, code, err := w.s.RegisterFor(t.Context(), registrar, "sealed", letter(false), w.now)
		w.must(err)
		if !id.IsZero() || code == "" {
			t.Errorf("the registrar is given %v %q", id, code)
		}
		_, _, err = w.s.RegisterFor(t.Context(), registrar, "about the head", letter(true), w.now)
		w.must(err)
		for name, a := range w.staff {
			if got := w.everything(a); got != before[name] && !strings.HasSuffix(name, string(petition.CadreSupervisor)) {
				t.Errorf("%s sees a difference", name)
			}
		}
		if got := w.counted(); fmt.Sprint(got) != fmt.Sprint(rows) {
			t.Errorf("tables changed: %v, before %v", got, rows)
		}
		for _, unit := range []petition.UnitID{county, city} {
			list, err := w.s.Reports(t.Context(), w.who(unit, petition.CadreSupervisor), petition.ID{})
			w.must(err)
			if len(list) != 1 || list[0].Title != "A letter about somebody" {
				t.Fatalf("%s has %+v", unit, list)
			}
			_, err = w.s.Case(t.Context(), registrar, list[0].ID)
			w.want(err, petition.NotFound)
			_, err = w.s.Report(t.Context(), registrar, list[0].ID, "mine", w.now)
			w.want(err, petition.NotFound)
			if f := w.folder(list[0].ID); f.Status != petition.ShownReceived || f.Number != "" || len(w.grants(list[0].ID)) != 1 {
				t.Errorf("the portal shows %+v", f)
			}
		}
		made, used, err := w.s.FormUsed(t.Context(), registrar, "sealed")
		if err != nil || !used || !made.IsZero() {
			t.Errorf("the form tells of %v %v %v", made, used, err)
		}
		top := letter(true)
		top.Unit, top.Filing.Unit = prov, prov
		_, _, err = w.s.RegisterFor(t.Context(), w.who(prov, petition.Registrar), "no unit above", top, w.now)
		w.want(err, petition.Invalid)
		w.sound()
	})
}

// A stolen code dies with the reading key: what lies on the portal from now on opens
// with the new code only, whatever a thief kept of the old.
func TestAStolenCodeRenewsTheReadingKey(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		stolen := exchange.NewCode()
		id := w.filedWith(aFiling(county, "Party age"), stolen)
		registrar := w.who(county, petition.Registrar)
		w.do(registrar, id, registerAct())
		old, err := w.s.ReadingKey(t.Context(), id)
		w.must(err)
		fresh, err := w.s.ReplaceCode(t.Context(), registrar, id, "somebody photographed it", true, w.now)
		w.must(err)
		now, err := w.s.ReadingKey(t.Context(), id)
		w.must(err)
		updates := w.grants(id)
		u := updates[len(updates)-1]
		reading, err := u.Give.Open(fresh)
		if err != nil || reading != now || now == old || !u.Renewed || u.Revoke[0] != stolen.Locator() {
			t.Fatalf("%v; renewed %v, revokes %v", err, u.Renewed, u.Revoke)
		}
		copied, err := exchange.OpenCopy(now, id, u.Copy)
		if err != nil || copied.Title != "Party age" {
			t.Errorf("the copy: %v %+v", err, copied)
		}
		if _, err := exchange.OpenCopy(old, id, u.Copy); err == nil {
			t.Error("the old key opens the new copy")
		}
		var newest *exchange.FolderUpdate
		for _, a := range w.outgoing() {
			if a.Folder != nil && a.Folder.Filing == id && (newest == nil || a.Folder.Version > newest.Version) {
				newest = a.Folder
			}
		}
		if _, err := exchange.OpenFolder(old, id, newest.Sealed); err == nil {
			t.Error("the old key opens the new folder")
		}
		if f, err := exchange.OpenFolder(now, id, newest.Sealed); err != nil || f.Number == "" {
			t.Errorf("the new key: %v", err)
		}
		w.sound()
	})
}

// A withdrawal is acknowledged on paper, whoever records it, in the petitioner's folder
// and under his real name; the portal cannot bring a paper of its own along.
func TestAWithdrawalIsAcknowledged(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.registered(county, "Party age")
		w.said(id, petition.Act{Action: petition.AddInfo, Text: "More.", Paper: aPaper(petition.OpinionPaper)})
		if f := w.folder(id); len(f.Letters) != 0 {
			t.Errorf("a message brought letters: %+v", f.Letters)
		}
		w.said(id, petition.Act{Action: petition.Withdraw})
		by := w.registered(county, "At the counter")
		w.do(w.who(county, petition.Registrar), by, petition.Act{Action: petition.Withdraw,
			Asked: &petition.Asked{Who: "self", How: "card", Words: "his card was seen"}})
		for _, id := range []petition.ID{id, by} {
			f := w.folder(id)
			if f.Status != petition.ShownWithdrawn || len(f.Letters) != 1 || f.Letters[0].Kind != petition.WithdrawalNotice ||
				f.Letters[0].Number == "" || f.Letters[0].Day == "" || !strings.Contains(f.Letters[0].To, "周明华") {
				t.Errorf("the folder %+v", f)
			}
		}
		views := w.views(w.who(county, petition.Registrar), by)
		if len(views) != 1 || views[0].What != viewedAsked || views[0].Purpose != "his card was seen" {
			t.Errorf("the log %+v", views)
		}
		w.sound()
	})
}
