package backoffice_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/xuri/excelize/v2"

	"huiyin/backoffice"
	"huiyin/petition"
)

// aVisit is the form of a line, filled in.
func aVisit(b *browser, people string) url.Values {
	v := hidden(b.page("/visits"), "/visits")
	for name, one := range map[string]string{"people": people, "day": "2026-11-20", "arrived": "09:05", "room": "第一接待室",
		"officer": account(b.d.t, "990102", petition.Handler).ID.String()} {
		v.Set(name, one)
	}
	return v
}

// A visit is written down once, its people leave, and a case is registered from it with
// one click; the register shows it by its number and never a name.
func TestAVisitBecomesACase(t *testing.T) {
	d := newDesk(t)
	b := d.as("990102", petition.Registrar)
	v := aVisit(b, "6")
	doc := b.done("/visits", v)
	if got := text(doc); !strings.Contains(got, "1批次，6人次") || !strings.Contains(got, "集体来访") || !strings.Contains(got, "还在") {
		t.Fatalf("the register: %s", got)
	}
	if doc = b.done("/visits", v); !strings.Contains(text(doc), "1批次") {
		t.Error("the same form is written down twice")
	}
	to := doc.Find("tbody a.ttl").AttrOr("href", "")
	register := doc.Find(`tbody a[href^="/register/visit?visit="]`).AttrOr("href", "")
	form := b.page(register)
	for field, want := range map[string]string{"day": "2026-11-20", "hour": "09:05", "cosigners": "6"} {
		if got := form.Find(`[name="`+field+`"]`).AttrOr("value", ""); got != want {
			t.Errorf("%s begins with %q", field, got)
		}
	}
	if form.Find(`select[name=channel] option[value="22"][selected]`).Length() != 1 {
		t.Error("it does not begin as a collective visit")
	}
	f := aLetter("from the desk")
	for name, all := range hidden(form, "/register/visit") {
		f[name] = all
	}
	f.Set("channel", "22")
	f.Set("cosigners", "6")
	f.Set("day", "2026-11-20")
	f.Set("hour", "09:05")
	_, slip := b.post("/register/visit", f)
	if slip.Find("#code").Length() != 1 {
		t.Fatalf("not registered: %s", text(slip))
	}
	caseTo := slip.Find(`a.btn[href^="/cases/"]`).AttrOr("href", "")
	doc = b.page(to)
	if doc.Find(`a.num[href="`+caseTo+`"]`).Length() != 1 || strings.Contains(doc.Text(), "吴桂兰") {
		t.Errorf("the line: %s", text(doc))
	}
	doc = b.done(to, url.Values{"step": {"leave"}, "seen": {"1"}})
	if !strings.Contains(text(doc), "09:30") {
		t.Errorf("when they left: %s", text(doc))
	}
	if w, _ := b.post(to, url.Values{"step": {"leave"}, "seen": {"1"}}); w.Code != http.StatusConflict {
		t.Errorf("seen off twice: %d", w.Code)
	}
}

func TestALineOfTheRegisterSaysWhatIsMissing(t *testing.T) {
	d := newDesk(t)
	b := d.as("990102", petition.OfficeHead)
	for field, typed := range map[string]string{"people": "many", "arrived": "23:59", "room": "", "officer": "nobody", "day": ""} {
		v := aVisit(b, "2")
		v.Set(field, typed)
		w, doc := b.post("/visits", v)
		at := field
		if field == "day" {
			at = "arrived" // a minute of no day
		}
		if w.Code != http.StatusUnprocessableEntity || doc.Find(`[id="f-`+at+`-error"]`).Length() != 1 {
			t.Errorf("%s: %d %s", field, w.Code, doc.Find(".errsum").Text())
		}
		if field != "room" && doc.Find(`form[action="/visits"] [name=room]`).AttrOr("value", "") != "第一接待室" {
			t.Errorf("%s: the words were lost", field)
		}
	}
	if rows := b.page("/visits").Find("tbody tr").Length(); rows != 0 {
		t.Errorf("%d lines of refused forms", rows)
	}
}

// A correction stands beside what it corrects; a case is linked by its number.
func TestALineIsCorrectedAndLinked(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系转接没有办完")
	b := d.as("990102", petition.Registrar)
	to := b.done("/visits", aVisit(b, "2")).Find("tbody a.ttl").AttrOr("href", "")
	v := aVisit(b, "3")
	v.Set("step", "correct")
	v.Set("seen", "1")
	if w, doc := b.post(to, v); w.Code != http.StatusUnprocessableEntity || doc.Find("#f-why-error").Length() != 1 {
		t.Errorf("without a reason: %d %s", w.Code, text(doc))
	}
	v.Set("why", "后来又到一人")
	if doc := b.done(to, v); doc.Find(".log li").Length() != 2 || !strings.Contains(text(doc), "后来又到一人") || !strings.Contains(text(doc), "2人") {
		t.Errorf("%s", text(doc))
	}
	if w, doc := b.post(to, url.Values{"step": {"link"}, "number": {"XF1"}}); w.Code != http.StatusUnprocessableEntity || doc.Find("#f-number-error").Length() != 1 {
		t.Errorf("a number that never was: %d", w.Code)
	}
	found, err := d.store.Case(t.Context(), actor(account(t, "990102", petition.Registrar)), id)
	d.must(err)
	if doc := b.done(to, url.Values{"step": {"link"}, "number": {found.Number}}); doc.Find(`a[href="/cases/`+id.String()+`"]`).Length() != 1 {
		t.Errorf("%s", text(doc))
	}
	if w, _ := b.post(to, url.Values{"step": {"burn"}}); w.Code != http.StatusNotFound {
		t.Errorf("a step that is none: %d", w.Code)
	}
}

// The register is taken out with a purpose, on paper or as a spreadsheet, with the mark.
func TestTheRegisterIsPrintedAndTakenOut(t *testing.T) {
	d := newDesk(t)
	b := d.as("990102", petition.Registrar)
	b.done("/visits", aVisit(b, "2"))
	out := url.Values{"from": {"2026-11-20"}, "to": {"2026-11-20"}, "form": {"print"}}
	if w, doc := b.post("/visits/out", out); w.Code != http.StatusUnprocessableEntity || doc.Find("#f-purpose-error").Length() != 1 {
		t.Errorf("without a purpose: %d", w.Code)
	}
	out.Set("purpose", "每日交接")
	w, doc := b.post("/visits/out", out)
	if w.Code != http.StatusOK || doc.Find("[data-mark]").Length() != 1 || doc.Find("tbody tr").Length() != 1 || doc.Find("tbody a").Length() != 0 {
		t.Errorf("the sheet: %d %s", w.Code, text(doc))
	}
	out.Set("form", "xlsx")
	w, _ = b.post("/visits/out", out)
	book, err := excelize.OpenReader(bytes.NewReader(w.Body.Bytes()))
	d.must(err)
	rows, err := book.GetRows("Sheet1")
	d.must(err)
	if len(rows) != 3 || !strings.Contains(rows[0][0], "每日交接") || rows[2][3] != "2" || rows[2][5] != "第一接待室" {
		t.Errorf("%v", rows)
	}
	log, err := d.store.AuditLog(t.Context(), actor(account(t, "990000", petition.AuditAdmin)), backoffice.AuditQuery{Action: "ledger_exported"})
	d.must(err)
	if len(log.Rows) != 2 {
		t.Errorf("%d entries in the log", len(log.Rows))
	}
}

// What is asked of the register of a unit that is not in sight is not there.
func TestTheRegisterOfOthers(t *testing.T) {
	d := newDesk(t)
	b := d.as("990102", petition.Registrar)
	to := b.done("/visits", aVisit(b, "2")).Find("tbody a.ttl").AttrOr("href", "")
	above := d.as("990100", petition.OfficeHead)
	doc := above.page("/visits?unit=990102")
	if doc.Find("tbody tr").Length() != 1 || doc.Find(`form[action="/visits"]`).FilterFunction(post).Length() != 0 {
		t.Errorf("above: %s", text(doc))
	}
	if w, _ := above.post(to, url.Values{"step": {"leave"}, "seen": {"1"}}); w.Code != http.StatusForbidden {
		t.Errorf("a unit above writes: %d", w.Code)
	}
	for _, path := range []string{"/visits?unit=990102", to, "/register/visit?visit=" + strings.TrimPrefix(to, "/visits/")} {
		if w, _ := d.as("990121", petition.Registrar).get(path); w.Code != http.StatusNotFound {
			t.Errorf("%s from beside: %d", path, w.Code)
		}
	}
	for _, role := range []petition.Role{petition.Handler, petition.Leader, petition.CadreSupervisor} {
		if w, _ := d.as("990102", role).get("/visits"); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", role, w.Code)
		}
	}
}

func post(_ int, s *goquery.Selection) bool { return s.AttrOr("method", "") == "post" }
