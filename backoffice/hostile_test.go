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
	if w, _ := b.post(path, url.Values{"text": {"a\xffb"}, "public": {"no"}}); w.Code != http.StatusBadRequest {
		t.Errorf("not UTF-8: %d", w.Code)
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

// What a paste brings along that nobody can see is taken out and said at its field; no
// word is lost, and nothing is done before it was read again.
func TestPastedInvisibleCharactersKeepEveryWord(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系转接没有办完")
	r := aClaim("990102", "换届前突击提拔")
	r.Purpose = petition.PurposeReport
	report := d.filed(r)
	about := "/cases/" + id.String()
	letter := aLetter("pasted")
	version := func() int {
		found, err := d.store.Case(t.Context(), actor(account(t, "990102", petition.Registrar)), id)
		d.must(err)
		return found.Version()
	}
	before := version()
	for _, one := range []struct {
		who   petition.Role
		path  string
		field string
		form  url.Values
	}{
		{petition.Registrar, "/register/letter", "filing.facts", letter},
		{petition.Registrar, about + "/check", "check.reasons", url.Values{"check.in_hand": {"no"}, "check.final": {"no"},
			"check.legal": {"no"}, "check.in_scope": {"yes"}, "check.level": {"own"}, "check.cadre_report": {"no"}}},
		{petition.Registrar, about + "/ask_info", "text", url.Values{"deadline": {"2026-12-01"}}},
		{petition.Registrar, about + "/identity", "words", url.Values{"purpose": {"contact"}}},
		{petition.Registrar, about + "/code", "words", url.Values{"how": {"card"}, "why": {"lost"}, "sure": {"yes"}}},
		{petition.Handler, about + "/note", "text", url.Values{"public": {"no"}}},
		{petition.CadreSupervisor, "/reports/" + report.String(), "words", url.Values{"purpose": {"triage"}}},
	} {
		b := d.as("990102", one.who)
		for _, bad := range []string{"\x00", "\u202e", "\u2066", "\x07", "\u200f"} {
			one.form.Set(one.field, "前面的字"+bad+"后面的字")
			one.form.Del("token")
			w, doc := b.post(one.path, one.form)
			said := doc.Find(`[id="f-` + one.field + `-error"]`).Text()
			if w.Code != http.StatusUnprocessableEntity || !strings.Contains(said, "看不见的字符") {
				t.Errorf("%s %q: %d, %q at the field", one.path, bad, w.Code, said)
			}
			at := doc.Find(`[id="f-` + one.field + `"]`)
			if got := at.Text() + at.AttrOr("value", ""); !strings.Contains(got, "前面的字后面的字") {
				t.Errorf("%s %q: came back as %q", one.path, bad, got)
			}
		}
	}
	b := d.as("990102", petition.Registrar)
	w, said := b.noteWith(id, [][2]string{{"token", b.token}, {"text", "前面的字\u202e后面的字"}, {"public", "no"}}, nil)
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(said, "前面的字后面的字") || !strings.Contains(said, "看不见的字符") {
		t.Errorf("with documents: %d %s", w.Code, said)
	}
	if after := version(); after != before {
		t.Errorf("something was done: version %d, before %d", after, before)
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
