package backoffice_test

import (
	"bytes"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"huiyin/backoffice"
	"huiyin/petition"
)

// judged is a first petition at the county.
func (d *desk) judged(title string) petition.ID {
	d.t.Helper()
	id := d.filed(aClaim("990102", title))
	registrar := account(d.t, "990102", petition.Registrar)
	d.do(registrar, id, petition.Act{Action: petition.Register, Topic: "C3"})
	d.do(registrar, id, petition.Act{Action: petition.Judge, First: true, Reason: "没有查到以前的"})
	return id
}

func TestALedgerIsReadNarrowedAndTakenOut(t *testing.T) {
	d := newDesk(t)
	id := d.judged("=组织关系转接没有办完")
	b := d.as("990102", petition.Registrar)
	list := b.page("/ledgers")
	for _, l := range backoffice.Ledgers {
		if list.Find(`a[href="/ledgers/`+string(l)+`"]`).Length() != 1 {
			t.Errorf("no link to %s", l)
		}
	}
	doc := b.page("/ledgers/first")
	if doc.Find(`tbody a[href^="/cases/`+id.String()+`"]`).Length() != 1 || !strings.Contains(doc.Find("tbody").Text(), "周**") {
		t.Errorf("the ledger: %s", text(doc))
	}
	if got := b.page("/ledgers/withdrawn").Find("tbody tr").Length(); got != 0 {
		t.Errorf("%d withdrawn", got)
	}
	if got := b.page("/ledgers/first?from=2026-11-21&to=").Find("tbody tr").Length(); got != 0 {
		t.Errorf("%d from the next day on", got)
	}
	if w, _ := b.get("/ledgers/names"); w.Code != http.StatusNotFound {
		t.Errorf("a ledger that there is not: %d", w.Code)
	}

	filters := func(v url.Values) url.Values {
		v.Set("from", "2026-11-01")
		v.Set("to", "")
		return v
	}
	w, doc := b.post("/ledgers/first", filters(url.Values{"form": {"xlsx"}}))
	if w.Code != http.StatusUnprocessableEntity || doc.Find("#f-purpose-error").Length() == 0 {
		t.Fatalf("without a purpose: %d %s", w.Code, text(doc))
	}
	w, _ = b.post("/ledgers/first", filters(url.Values{"form": {"xlsx"}, "purpose": {"报送季度情况"}}))
	book, err := excelize.OpenReader(bytes.NewReader(w.Body.Bytes()))
	d.must(err)
	rows, err := book.GetRows("Sheet1")
	d.must(err)
	if len(rows) != 3 || !strings.Contains(rows[0][0], "报送季度情况") || !strings.HasPrefix(rows[2][1], "'=") || rows[2][6] != "初次" {
		t.Errorf("%q", rows)
	}
	for _, r := range rows[1:] {
		if strings.Contains(strings.Join(r, " "), "周") {
			t.Errorf("a name left the office: %q", r)
		}
	}
	_, doc = b.post("/ledgers/first", filters(url.Values{"form": {"print"}, "purpose": {"报送季度情况"}}))
	if !strings.Contains(doc.Find("[data-mark]").Text(), "报送季度情况") || doc.Find("tbody tr").Length() != 1 || strings.Contains(doc.Find("tbody").Text(), "周") {
		t.Errorf("to be printed: %s", text(doc))
	}
	for range backoffice.ExportsADay - 2 {
		d.must(d.store.CountExport(t.Context(), actor(account(t, "990102", petition.Registrar)), "x", "x", d.now))
	}
	if w, _ = b.post("/ledgers/first", filters(url.Values{"form": {"xlsx"}, "purpose": {"再来一次"}})); w.Code != http.StatusTooManyRequests {
		t.Errorf("past the quota: %d", w.Code)
	}
	if doc := b.page("/ledgers/first"); doc.Find("button[name=form]").Length() != 0 {
		t.Error("the form is still offered")
	}
}

// The unit above sees the ledger of its subtree, without names; a handler does not.
func TestALedgerOfASubtree(t *testing.T) {
	d := newDesk(t)
	d.judged("组织关系转接没有办完")
	doc := d.as("990100", petition.Leader).page("/ledgers/first?below=yes")
	if doc.Find("tbody tr").Length() != 1 || strings.Contains(doc.Find("tbody").Text(), "周") {
		t.Errorf("the city: %s", text(doc))
	}
	if w, _ := d.as("990100", petition.Handler).get("/ledgers/first?below=yes"); w.Code != http.StatusNotFound {
		t.Errorf("a handler: %d", w.Code)
	}
}

func TestTheBoardOfFirstPetitions(t *testing.T) {
	d := newDesk(t)
	id := d.judged("组织关系转接没有办完")
	b := d.as("990102", petition.Registrar)
	doc := b.page("/firsts")
	if doc.Find(`#unsigned a[href^="/cases/`+id.String()+`"]`).Length() != 1 ||
		!strings.HasPrefix(doc.Find("#unsigned time").AttrOr("datetime", ""), "2026-11-23") {
		t.Errorf("not signed for: %s", text(doc))
	}
	if doc.Find("#turns tbody tr").Length() != len(petition.TurnKinds) || doc.Find("#once dd").First().Text() != "1" {
		t.Errorf("counts: %s", text(doc))
	}
	if strings.Contains(doc.Find("main").Text(), "周") {
		t.Error("a name stands on the board")
	}
	if got := labels(doc, "#shares tbody th"); !slices.Equal(got, []string{"未分办"}) {
		t.Errorf("shares of %q", got)
	}
	up := d.as("990100", petition.Leader).page("/firsts?below=yes")
	if got := labels(up, "#shares tbody th"); !slices.Equal(got, []string{"青溪区委组织部"}) || !strings.Contains(up.Find("#shares").Text(), "不排名次") {
		t.Errorf("the unit above reads %q", got)
	}
}

// A leaver's cases go to a colleague in one act; before, the account cannot be closed.
func TestALeaverHandsOver(t *testing.T) {
	d := newDesk(t)
	id := d.judged("组织关系转接没有办完")
	leaver := account(t, "990102", petition.Handler)
	d.do(account(t, "990102", petition.OfficeHead), id, petition.Act{Action: petition.Distribute, Handler: leaver.ID})

	admin := d.as("990000", petition.SystemAdmin)
	closing := "/accounts/" + leaver.ID.String() + "/close"
	if doc := admin.page(closing); doc.Find(".note--warn").Length() != 1 {
		t.Errorf("nothing warns: %s", text(doc))
	}
	w, doc := admin.post(closing, url.Values{"why": {"调走"}})
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(doc.Find(".error").Text(), "1件") {
		t.Fatalf("closed with a case in hand: %d %s", w.Code, text(doc))
	}

	b := d.as("990102", petition.OfficeHead)
	b.page("/handover")
	doc = b.page("/handover?from=" + leaver.ID.String())
	if doc.Find(`tbody a[href^="/cases/`+id.String()+`"]`).Length() != 1 {
		t.Fatalf("no preview: %s", text(doc))
	}
	heir := doc.Find("select[name=to] option[value!='']").First().AttrOr("value", "")
	if heir == "" || heir == leaver.ID.String() {
		t.Fatalf("nobody to give it to: %q", heir)
	}
	w, _ = b.post("/handover", url.Values{"from": {leaver.ID.String()}, "reason": {"调走"}})
	if w.Code != http.StatusUnprocessableEntity {
		t.Errorf("to nobody: %d", w.Code)
	}
	doc = b.done("/handover", url.Values{"from": {leaver.ID.String()}, "to": {heir}, "reason": {"工作交接"}})
	if doc.Find(`a[href="/handover?from=`+leaver.ID.String()+`"]`).Length() != 0 || doc.Find(".flash").Length() == 0 {
		t.Errorf("after: %s", text(doc))
	}
	admin.done(closing, url.Values{"why": {"调走"}})
}

// What is no case has pages of its own, and each reader is led to those that open.
func TestOtherLedgersOpenForWhoIsLedThere(t *testing.T) {
	d := newDesk(t)
	for _, role := range []petition.Role{petition.Registrar, petition.OfficeHead, petition.Handler, petition.Leader} {
		b := d.as("990102", role)
		for _, l := range b.page("/ledgers").Find(`main section.mt a`).EachIter() {
			b.page(l.AttrOr("href", ""))
		}
	}
	if n := d.as("990102", petition.Handler).page("/ledgers").Find(`main a[href="/incidents"], main a[href="/reports"]`).Length(); n != 0 {
		t.Error("a handler is led to what he may not open")
	}
}
