package backoffice_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"huiyin/petition"
)

func TestALeaderReadsWhatIsLateAndWhoHasIt(t *testing.T) {
	d := newDesk(t)
	d.fill(200)
	b := d.as("990100", petition.Leader)
	doc := b.page("/leader")
	rows := doc.Find("#near tbody tr")
	if n := rows.Length(); n == 0 || n > 6 {
		t.Fatalf("%d lines", n)
	}
	if rows.First().Find(".due--over").Length() != 1 {
		t.Error("what is overdue does not stand first")
	}
	rows.Each(func(_ int, tr *goquery.Selection) {
		if strings.TrimSpace(tr.Find("td").First().Find(".sub").Text()) == "" {
			t.Errorf("nobody is named: %s", tr.Text())
		}
		b.page(tr.Find("a.ttl").AttrOr("href", ""))
	})
	county := b.page("/leader?unit=990102")
	want := doc.Find("#units tbody tr").FilterFunction(func(_ int, tr *goquery.Selection) bool {
		return strings.Contains(tr.Find("a.ttl").AttrOr("href", ""), "unit=990102")
	}).Find("td").Eq(6).Text()
	if got := strings.TrimSuffix(county.Find(".tile .v").First().Text(), "件"); got != want || want == "" {
		t.Errorf("the county has %s open in its own view, %s in the city's", got, want)
	}
	if w, _ := b.get("/leader?unit=990000"); w.Code != http.StatusNotFound {
		t.Errorf("the unit above: %d", w.Code)
	}
}

// Beside what is open stands how timely and how well it was done, in the period that is
// chosen, each one click from what it counts.
func TestALeaderReadsHowTimelyAndHowWell(t *testing.T) {
	d := newDesk(t)
	d.fill(200)
	b := d.as("990100", petition.Leader)
	year := b.page("/leader?period=2026").Find("#quality .tile")
	if year.Length() != 5 || !strings.Contains(year.First().Text(), "%") {
		t.Fatalf("%d tiles: %s", year.Length(), year.Text())
	}
	to, part, _ := strings.Cut(year.First().AttrOr("href", ""), "#")
	figure := b.page(to).Find("#" + part + " b").Text()
	if got := year.First().Find(".v").Text(); got != figure {
		t.Errorf("%s on the desk, %s among the indicators", got, figure)
	}
	if w, _ := b.get("/leader?period=2026-77"); w.Code != http.StatusNotFound {
		t.Errorf("a period that there is not: %d", w.Code)
	}
}

func TestALeaderReadsWhatBecameOfHisInstructions(t *testing.T) {
	d := newDesk(t)
	lead, above := d.as("990100", petition.Leader), d.as("990000", petition.Leader)
	day := petition.Day(d.now.AddDate(0, 0, 7))
	w, _ := lead.post("/set-duty/instruction", url.Values{"owner": {"990102"}, "title": {"请区里说明情况"}, "due": {day}, "values.instruction": {"请逐条说明"}})
	at := w.Header().Get("Location")
	if w.Code != http.StatusSeeOther {
		t.Fatalf("%d", w.Code)
	}
	told := lead.page("/leader").Find("#told")
	if !strings.Contains(told.Text(), "请区里说明情况") || told.Find("a.ttl").AttrOr("href", "") != at {
		t.Errorf("what he said: %s", told.Text())
	}
	if strings.Contains(above.page("/leader").Find("#told").Text(), "请区里") {
		t.Error("somebody else's instruction stands under his own")
	}
	head := d.as("990102", petition.OfficeHead)
	head.done(at+"/answer", url.Values{"version": {"1"}, "values.result": {"已经逐条说明，群众认可"}})
	doc := lead.page("/leader")
	if s := doc.Find("#answered").Text(); !strings.Contains(s, "请区里说明情况") || strings.Contains(doc.Find("#told").Text(), "请区里") {
		t.Errorf("once it is answered: %s", s)
	}
}

func TestALeaderReadsOfTodaysJointPetitionsAndSessionsAhead(t *testing.T) {
	d := newDesk(t)
	at := d.announced("990102")
	joint := aClaim("990102", "二十人联名反映补贴没有发")
	joint.Cosigners = 20
	d.filed(joint)
	sealed := joint
	sealed.Purpose, sealed.Topic, sealed.Title = petition.PurposeReport, "B1", "联名检举一名干部"
	sealed.Reported = []petition.Reported{{Name: "丁某某", Unit: "青溪区某局", Post: "局长"}}
	d.filed(sealed)
	lead := d.as("990102", petition.Leader)
	doc := lead.page("/leader")
	if s := doc.Find("#joint").Text(); !strings.Contains(s, "二十人联名") || !strings.Contains(s, "20") {
		t.Error(s)
	}
	if strings.Contains(doc.Text(), "联名检举") {
		t.Error("a report about a cadre stands on the page")
	}
	if s := text(lead.page(doc.Find("#joint a").First().AttrOr("href", ""))); !strings.Contains(s, "二十人联名") {
		t.Errorf("the list behind it: %s", s)
	}
	if doc.Find(`#sessions a[href="`+at+`"]`).Length() != 1 {
		t.Errorf("sessions: %s", doc.Find("#sessions").Text())
	}
	if s := d.as("990100", petition.Leader).page("/leader?unit=990121").Find("#joint").Text(); strings.Contains(s, "二十人") {
		t.Error("another unit's stands there")
	}
}
