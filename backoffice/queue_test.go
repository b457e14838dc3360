package backoffice_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/xuri/excelize/v2"

	"huiyin/backoffice"
	"huiyin/petition"
)

func itoa(n int) string { return strconv.Itoa(n) }

func queueAll(d *desk) backoffice.QueueQuery { return backoffice.QueueQuery{Limit: 100, Now: d.now} }

func TestTheListIsGroupedByDueAndPaged(t *testing.T) {
	d := newDesk(t)
	d.fill(200)
	b := d.as("990102", petition.Registrar)
	seen := map[string]bool{}
	path, pages := "/queue", 0
	for path != "" && pages < 20 {
		doc := b.page(path)
		pages++
		doc.Find("a.ttl").Each(func(_ int, a *goquery.Selection) {
			to := a.AttrOr("href", "")
			if seen[to] {
				t.Errorf("%s stands on two pages", to)
			}
			seen[to] = true
		})
		if n := doc.Find("tr:not(.grp) th.c-ttl").Length(); n > 25 {
			t.Errorf("%d rows on a page", n)
		}
		if doc.Find("tr.grp th[scope=rowgroup]").Length() == 0 {
			t.Error("no groups")
		}
		path = doc.Find("a[rel=next]").AttrOr("href", "")
	}
	all := b.page("/queue").Find(`.qtabs a[href="/queue"] .pill`).Text()
	if got := itoa(len(seen)); got != all {
		t.Errorf("%s rows on %d pages, the tab says %s", got, pages, all)
	}
}

func TestEveryCountIsALinkToItsList(t *testing.T) {
	d := newDesk(t)
	d.fill(200)
	b := d.as("990102", petition.Registrar)
	doc := b.page("/queue")
	doc.Find(".qtabs a, .dues a").Each(func(_ int, a *goquery.Selection) {
		want := a.Find(".pill, b").Text()
		rows := 0
		for path := a.AttrOr("href", ""); path != ""; {
			list := b.page(path)
			rows += list.Find("tr:not(.grp) th.c-ttl").Length()
			path = list.Find("a[rel=next]").AttrOr("href", "")
		}
		if itoa(rows) != want {
			t.Errorf("%s: %s promised, %d there", a.Text(), want, rows)
		}
	})
}

func TestFiltersNarrowAndCanBeTakenOff(t *testing.T) {
	d := newDesk(t)
	d.fill(200)
	b := d.as("990102", petition.Registrar)
	doc := b.page("/queue?track=advice")
	doc.Find("tr:not(.grp) .c-ttl .sub").Each(func(_ int, s *goquery.Selection) {
		if !strings.HasPrefix(s.Text(), "建议意见") {
			t.Errorf("not advice: %s", s.Text())
		}
	})
	chip := doc.Find(".chips a").First()
	if !strings.HasPrefix(chip.Text(), "建议意见") || chip.AttrOr("href", "") != "/queue" {
		t.Errorf("chip %q to %q", chip.Text(), chip.AttrOr("href", ""))
	}
	if got := doc.Find("select[name=track] option[selected]").AttrOr("value", ""); got != "advice" {
		t.Errorf("the filter shows %q", got)
	}
	doc = b.page("/queue?topic=A3&channel=5&state=accepted")
	if doc.Find(".empty h2").Text() != "没有符合的事项" || doc.Find(".chips a").Length() != 4 {
		t.Errorf("nothing found: %s", text(doc))
	}
	doc = b.page("/queue?from=nonsense&to=2026-11-01")
	if doc.Find(".errsum").Length() != 1 || doc.Find("input[name=from]").AttrOr("value", "") != "nonsense" {
		t.Errorf("a bad day: %s", text(doc))
	}
	if w, _ := b.get("/queue?after=nonsense"); w.Code != http.StatusBadRequest {
		t.Errorf("a made-up cursor: %d", w.Code)
	}
}

// What a filter does not know is said at it, and a queue that there is not is not found:
// never a full list that looks like the answer.
func TestUnknownQueuesAndFiltersAreSaid(t *testing.T) {
	d := newDesk(t)
	d.fill(50)
	b := d.as("990102", petition.Registrar)
	for _, path := range []string{"/queue?queue=nonsense", "/queue?queue=done", "/queue/export?queue=nonsense", "/queue?unit=123456"} {
		if w, _ := b.get(path); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	for _, field := range []string{"topic", "track", "channel", "state", "stage", "due", "mine", "todo", "below"} {
		doc := b.page("/queue?" + field + "=nonsense")
		if said := doc.Find(".errsum").Text(); !strings.Contains(said, "没有“nonsense”这一项") {
			t.Errorf("%s: %q", field, said)
		}
		if w, _ := b.get("/queue/export?" + field + "=nonsense"); w.Code != http.StatusBadRequest {
			t.Errorf("export by an unknown %s: %d", field, w.Code)
		}
	}
	if w, _ := b.get("/queue?track=report"); !strings.Contains(w.Body.String(), "没有“report”这一项") {
		t.Error("reports are a filter")
	}
}

// "For me" holds exactly what its reader can do something about, and the figure beside
// it is as long as the list.
func TestTheListForMeHoldsWhatIsMine(t *testing.T) {
	d := newDesk(t)
	d.fill(300)
	for _, unit := range []petition.UnitID{"990100", "990102", "990121"} {
		for _, role := range []petition.Role{petition.Registrar, petition.OfficeHead, petition.Handler, petition.UnitHead,
			petition.Leader, petition.ClosingAuditor, petition.Supervisor} {
			a := account(t, unit, role)
			b := d.signIn(a)
			rail := b.page("/queue").Find(`.rail a[href="/queue?todo=yes"] .pill`).Text()
			rows, path := 0, "/queue?todo=yes"
			for path != "" {
				doc := b.page(path)
				doc.Find("tr:not(.grp) th.c-ttl a").Each(func(_ int, s *goquery.Selection) {
					rows++
					if rows%7 == 1 && b.page(s.AttrOr("href", "")).Find(".c-act .do a.btn:not(.btn--quiet)").Length() == 0 {
						t.Errorf("%s of %s has nothing to do about %s", role, unit, s.Text())
					}
				})
				path = doc.Find("a[rel=next]").AttrOr("href", "")
			}
			if rail != "" && itoa(rows) != rail || rail == "" && rows > 0 {
				t.Errorf("%s of %s: %q promised, %d there", role, unit, rail, rows)
			}
		}
	}
}

func TestAnotherUnitsListIsForThoseAboveOnly(t *testing.T) {
	d := newDesk(t)
	if w, _ := d.as("990100", petition.Registrar).get("/queue?unit=990102"); w.Code != http.StatusOK {
		t.Errorf("the city looks at its county: %d", w.Code)
	}
	if w, _ := d.as("990102", petition.Registrar).get("/queue?unit=990100"); w.Code != http.StatusNotFound {
		t.Errorf("the county looks at its city: %d", w.Code)
	}
	if w, _ := d.as("990100", petition.Handler).get("/queue?unit=990102"); w.Code != http.StatusNotFound {
		t.Errorf("a handler looks at the county: %d", w.Code)
	}
}

func TestTheExportOpensAndSaysWhoTookIt(t *testing.T) {
	d := newDesk(t)
	d.registered("=HYPERLINK(\"http://evil\",\"x\")")
	d.registered("组织关系转接没有办完")
	a := account(t, "990102", petition.Registrar)
	b := d.signIn(a)
	b.page(b.page("/queue").Find(`a[href^="/queue/export"]`).AttrOr("href", ""))
	w, doc := b.post("/queue/export", url.Values{"purpose": {" "}})
	if w.Code != http.StatusUnprocessableEntity || doc.Find("#f-purpose-error").Length() == 0 {
		t.Fatalf("without a purpose: %d %s", w.Code, text(doc))
	}
	if w, _ = b.post("/queue/export", url.Values{"purpose": {"周例会"}, "topic": {"nonsense"}}); w.Code != http.StatusBadRequest {
		t.Errorf("a wider list than was asked for: %d", w.Code)
	}
	w, _ = b.post("/queue/export", url.Values{"purpose": {"周例会"}})
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Disposition"), "attachment") {
		t.Fatalf("%d %s", w.Code, w.Header())
	}
	book, err := excelize.OpenReader(bytes.NewReader(w.Body.Bytes()))
	d.must(err)
	rows, err := book.GetRows("Sheet1")
	d.must(err)
	if len(rows) != 4 || !strings.Contains(rows[0][0], a.Name) || !strings.Contains(rows[0][0], "2026-11-20 09:30") || !strings.Contains(rows[0][0], "周例会") {
		t.Fatalf("rows %q", rows)
	}
	for i, r := range rows[2:] {
		formula, err := book.GetCellFormula("Sheet1", "B"+itoa(i+3))
		d.must(err)
		if formula != "" || strings.HasPrefix(r[1], "=") {
			t.Errorf("row %d can be taken for a formula: %q %q", i, r[1], formula)
		}
		if strings.Contains(strings.Join(r, " "), "周") {
			t.Errorf("row %d names the petitioner: %q", i, r)
		}
	}
}

// Lists and ledgers have one quota and one log; a list keeps its filters on the way out.
func TestAnExportIsCountedAndRecorded(t *testing.T) {
	d := newDesk(t)
	d.registered("组织关系转接没有办完")
	a := account(t, "990102", petition.Registrar)
	b := d.signIn(a)
	doc := b.page("/queue/export?topic=A&from=2026-11-01&after=x")
	if doc.Find(`input[name=topic][value=A]`).Length() != 1 || doc.Find(`input[name=from][value="2026-11-01"]`).Length() != 1 || doc.Find("input[name=after]").Length() != 0 {
		t.Errorf("the filters: %s", text(doc))
	}
	b.cookies["lang"] = "en" // the log has one language, whatever its writers read
	if w, _ := b.post("/queue/export", url.Values{"purpose": {"周例会"}, "topic": {"A"}}); w.Code != http.StatusOK {
		t.Fatalf("%d", w.Code)
	}
	log, err := d.store.AuditLog(t.Context(), actor(account(t, "990000", petition.AuditAdmin)), backoffice.AuditQuery{Action: "ledger_exported"})
	d.must(err)
	if len(log.Rows) != 1 || !strings.Contains(log.Rows[0].Note, "周例会") || !strings.Contains(log.Rows[0].Note, "党的路线") {
		t.Errorf("recorded: %+v", log)
	}
	for range backoffice.ExportsADay - 1 {
		d.must(d.store.CountExport(t.Context(), actor(a), "x", "x", d.now))
	}
	if w, _ := b.post("/queue/export", url.Values{"purpose": {"再来一次"}}); w.Code != http.StatusTooManyRequests {
		t.Errorf("past the quota: %d", w.Code)
	}
	if doc := b.page("/queue/export"); doc.Find("button[name=form]").Length() != 0 {
		t.Error("the form is still offered")
	}
	if w, _ := d.as("990000", petition.SystemAdmin).get("/queue/export"); w.Code != http.StatusNotFound && w.Code != http.StatusForbidden {
		t.Errorf("an administrator: %d", w.Code)
	}
}

func TestACaseIsFoundByItsNumberHoweverItIsTyped(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系转接没有办完")
	found, err := d.store.Case(t.Context(), actor(account(t, "990102", petition.Registrar)), id)
	d.must(err)
	b := d.as("990102", petition.Registrar)
	for _, typed := range []string{found.Number, strings.ToLower(found.Number), " " + found.Number[:8] + " " + found.Number[8:],
		"ｘｆ" + found.Number[2:]} {
		w, _ := b.get("/find?q=" + strings.ReplaceAll(typed, " ", "%20"))
		if got := w.Header().Get("Location"); got != "/cases/"+id.String() {
			t.Errorf("%q leads to %q", typed, got)
		}
	}
	for _, typed := range []string{"XF9901022020010100017", "nonsense", "' OR 1=1"} {
		w, doc := b.get("/find?q=" + strings.ReplaceAll(typed, " ", "%20"))
		if w.Code != http.StatusNotFound || doc.Find("input#f-q").AttrOr("value", "") != typed {
			t.Errorf("%q: %d %s", typed, w.Code, text(doc))
		}
	}
	w, doc := d.as("990121", petition.Registrar).get("/find?q=" + found.Number)
	if w.Code != http.StatusOK || doc.Find(`.note[role=status]`).Length() != 1 || strings.Contains(text(doc), "组织关系转接没有办完") {
		t.Errorf("another county learns more, or less, than who has it: %d %s", w.Code, text(doc))
	}
}
