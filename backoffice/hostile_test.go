package backoffice_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"huiyin/petition"
)

// payloads try to become markup, script, template or query.
var payloads = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `'><svg/onload=alert(1)>`, `{{.Token}}`, `${7*7}`,
	`javascript:alert(1)`, `</textarea><script>alert(1)</script>`, `' OR 1=1 --`, `%3Cscript%3E`, `<!--`, `]]>`,
	"line\nbreak", `𠮷野家`, `<a href="//evil">x</a>`,
}

func TestWhatPetitionersWriteNeverBecomesMarkup(t *testing.T) {
	d := newDesk(t)
	b := d.as("990102", petition.Registrar)
	for _, p := range payloads {
		f := aClaim("990102", p)
		f.Facts, f.Request, f.Reasons, f.Place, f.When, f.About = p, p, p, p, p, p
		f.Person.Name = p
		id := d.filed(f)
		d.do(account(t, "990102", petition.Registrar), id, petition.Act{Action: petition.Register, Topic: "C3"})
		path := "/cases/" + id.String()
		for _, page := range []string{path, path + "/check", path + "/refuse", path + "/ask_info", "/queue"} {
			w, doc := b.get(page)
			if w.Code != http.StatusOK {
				t.Errorf("%q at %s: %d", p, page, w.Code)
			}
			if n := doc.Find("script:not([src]), img, svg[onload], a[href^='//'], a[href^='javascript']").Length(); n > 0 {
				t.Errorf("%q at %s became markup", p, page)
			}
			if strings.Contains(w.Body.String(), "49") && p == "${7*7}" && !strings.Contains(w.Body.String(), "${7*7}") {
				t.Errorf("%q at %s was reckoned", p, page)
			}
		}
		if got := b.page(path).Find(".chead h1").Text(); strings.TrimSpace(got) != strings.TrimSpace(p) {
			t.Errorf("%q came back as %q", p, got)
		}
	}
}

func TestTextThatCannotComeBackIsRefusedNotCut(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系转接没有办完")
	b := d.as("990102", petition.Handler)
	path := "/cases/" + id.String() + "/note"
	b.page(path)
	for _, bad := range []string{"a\x00b", "a\xffb", "a\u202eb", "a\u2066b"} {
		w, _ := b.post(path, url.Values{"text": {bad}, "public": {"no"}})
		if w.Code != http.StatusBadRequest {
			t.Errorf("%q: %d", bad, w.Code)
		}
	}
	long := strings.Repeat("长", 90_000)
	if w, _ := b.post(path, url.Values{"text": {long}, "public": {"no"}}); w.Code != http.StatusBadRequest {
		t.Errorf("a very long note: %d", w.Code)
	}
	whole := strings.Repeat("𠮷", 2_000)
	b.done(path, url.Values{"text": {whole}, "public": {"no"}})
	if got := b.page("/cases/" + id.String()).Find(".log .txt").First().Text(); strings.TrimSpace(got) != whole {
		t.Errorf("a long note came back with %d bytes of %d", len(got), len(whole))
	}
}

func TestScenario1_1_AnElectionMatterGoesToTheOrganizationOffice(t *testing.T) {
	d := newDesk(t)
	id := d.filed(aClaim("990102", "村党支部换届计票没有公示"))
	b := d.as("990102", petition.Registrar)
	doc := b.act(id, "register", url.Values{"topic": {"C1"}})
	facts := strings.Join(labels(doc, ".c-facts dd"), "|")
	if !strings.Contains(facts, "组织科") {
		t.Errorf("the office: %s", facts)
	}
	if why := doc.Find(".why").Text(); !strings.Contains(why, "15天") || !strings.Contains(why, "第二十三条") {
		t.Errorf("the clock: %s", why)
	}
}

func TestScenario1_3_AdviceOnOurOwnWorkIsNeverSentAway(t *testing.T) {
	d := newDesk(t)
	f := aClaim("990102", "建议村务公开栏同步到村民群")
	f.Purpose, f.Topic = petition.PurposeAdvice, "G1"
	id := d.filed(f)
	d.do(account(t, "990102", petition.Registrar), id, petition.Act{Action: petition.Register, Topic: "G1"})
	b := d.as("990102", petition.Registrar)
	doc := b.page("/cases/" + id.String())
	if strings.Contains(strings.Join(labels(doc, ".do .btn"), "|"), "告知去处") {
		t.Error("advice can be sent elsewhere")
	}
	if w, doc := b.get("/cases/" + id.String() + "/redirect"); w.Code != http.StatusConflict || !strings.Contains(text(doc), "属于我们的职责") {
		t.Errorf("%d %s", w.Code, text(doc))
	}
}
