package backoffice_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"huiyin/petition"
)

// registered is a claim that the county has registered, distributed to its handler.
func (d *desk) registered(title string) petition.ID {
	d.t.Helper()
	id := d.filed(aClaim("990102", title))
	registrar := account(d.t, "990102", petition.Registrar)
	d.do(registrar, id, petition.Act{Action: petition.Register, Topic: "C3"})
	d.do(registrar, id, petition.Act{Action: petition.Distribute, Handler: account(d.t, "990102", petition.Handler).ID})
	return id
}

// labels are the texts of what a selector finds.
func labels(doc *goquery.Document, selector string) []string {
	return doc.Find(selector).Map(func(_ int, s *goquery.Selection) string {
		return strings.Join(strings.Fields(s.Text()), " ")
	})
}

// hidden are the hidden fields of the page's main form, to be sent on.
func hidden(doc *goquery.Document, action string) url.Values {
	v := url.Values{}
	doc.Find(`form[action^="` + action + `"] input[type=hidden]`).Each(func(_ int, s *goquery.Selection) {
		v.Add(s.AttrOr("name", ""), s.AttrOr("value", ""))
	})
	return v
}

func TestACaseShowsFactsTimelineAndOnlyWhatIsOffered(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系转接没有办完")
	doc := d.as("990102", petition.Registrar).page("/cases/" + id.String())
	if h := labels(doc, ".chead h1"); len(h) != 1 || h[0] != "组织关系转接没有办完" {
		t.Errorf("heading %q", h)
	}
	if got := doc.Find(".c-log .log > li").Length(); got != 3 {
		t.Errorf("%d entries", got)
	}
	if got := doc.Find(".c-log .log > li.pub").Length(); got != 2 {
		t.Errorf("%d entries that the petitioner sees", got)
	}
	if got := doc.Find(".stages li[aria-current=step]").Text(); !strings.HasPrefix(got, "管辖审查") {
		t.Errorf("stage %q", got)
	}
	if got := doc.Find(".cclock b").Text(); got != "还有18天" && got != "还有15天" && got != "还有17天" {
		t.Errorf("clock %q", got)
	}
	if n := doc.Find(".why li").Length(); n < 2 {
		t.Errorf("the date is explained in %d steps", n)
	}
	first := labels(doc, ".do .btn--first")
	if len(first) != 1 || first[0] != "管辖审查" {
		t.Errorf("first button %q", first)
	}
	all := strings.Join(labels(doc, ".do .btn"), "|")
	for _, want := range []string{"告知去处要审批", "不予受理要审批", "请信访人补充", "移交干部监督"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q among %s", want, all)
		}
	}
	if strings.Contains(all, "签发") || strings.Contains(all, "送达") {
		t.Errorf("too much is offered: %s", all)
	}
}

func TestIdentitiesAreMaskedEverywhereButOnceForAPurpose(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系转接没有办完")
	path := "/cases/" + id.String()
	b := d.as("990102", petition.Handler)
	secrets := []string{"周明华", "13800138000", "11010519491231002X", "桥头街道1号"}
	for _, page := range []string{"/queue", path, path + "/identity", path + "/accept", path + "/check"} {
		w, _ := b.get(page)
		for _, s := range secrets {
			if strings.Contains(w.Body.String(), s) {
				t.Errorf("%s shows %s", page, s)
			}
		}
	}
	w, doc := b.post(path+"/identity", url.Values{})
	if w.Code != http.StatusUnprocessableEntity || doc.Find("#f-purpose-error").Length() != 1 {
		t.Errorf("without a purpose: %d", w.Code)
	}
	w, doc = b.post(path+"/identity", url.Values{"purpose": {"other"}})
	if w.Code != http.StatusUnprocessableEntity || doc.Find("#f-words-error").Length() != 1 {
		t.Errorf("another purpose without words: %d", w.Code)
	}
	w, doc = b.post(path+"/identity", url.Values{"purpose": {"contact"}, "words": {"约时间面谈"}})
	if w.Code != http.StatusOK {
		t.Fatalf("reveal: %d", w.Code)
	}
	for _, s := range secrets {
		if !strings.Contains(text(doc), s) {
			t.Errorf("the identity lacks %s", s)
		}
	}
	doc = d.as("990102", petition.OfficeHead).page(path)
	if seen := strings.Join(labels(doc, ".c-act .check li"), "|"); !strings.Contains(seen, "看了身份") || !strings.Contains(seen, "约时间面谈") {
		t.Errorf("who looked: %s", seen)
	}
}

func TestAnotherUnitsCaseIsNotThere(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系转接没有办完")
	for _, path := range []string{"/cases/" + id.String(), "/cases/" + id.String() + "/identity", "/cases/" + id.String() + "/accept",
		"/cases/" + id.String() + "/check", "/cases/" + id.String() + "/letters/1"} {
		w, doc := d.as("990121", petition.Handler).get(path)
		if w.Code != http.StatusNotFound || strings.Contains(text(doc), "组织关系") {
			t.Errorf("%s: %d %s", path, w.Code, text(doc))
		}
	}
}

func TestLeadersReadWithoutNames(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系转接没有办完")
	b := d.as("990102", petition.Leader)
	w, doc := b.get("/cases/" + id.String())
	if w.Code != http.StatusOK {
		t.Fatalf("%d", w.Code)
	}
	if strings.Contains(text(doc), "周*") || doc.Find(`a[href$="/identity"]`).Length() != 0 {
		t.Error("a leader is shown who it is, or how to find out")
	}
	if w, _ := b.get("/cases/" + id.String() + "/identity"); w.Code != http.StatusNotFound {
		t.Errorf("identity for a leader: %d", w.Code)
	}
}

func TestANoteIsInternalUnlessShownFirst(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系转接没有办完")
	path := "/cases/" + id.String()
	b := d.as("990102", petition.Handler)
	doc := b.page(path)
	v := hidden(doc, path+"/note")
	v.Set("text", "电话联系了对方单位")
	v.Set("public", "no")
	doc = b.done(path+"/note", v)
	if got := labels(doc, ".c-log .log > li:not(.pub) .txt"); len(got) == 0 || got[0] != "电话联系了对方单位" {
		t.Errorf("notes %q", got)
	}
	v = hidden(doc, path+"/note")
	v.Set("text", "正在和对方核对，请您再等几天。")
	v.Set("public", "yes")
	w, doc := b.post(path+"/note", v)
	if w.Code != http.StatusOK || !strings.Contains(text(doc), "信访人在网上会看到") {
		t.Fatalf("no preview: %d %s", w.Code, text(doc))
	}
	v = hidden(doc, path+"/note")
	v.Set("step", "do")
	doc = b.done(path+"/note", v)
	if got := labels(doc, ".c-log .log > li.pub .box"); len(got) == 0 || got[0] != "正在和对方核对，请您再等几天。" {
		t.Errorf("told %q", got)
	}
}

func TestAWordOfTheOfficeIsNotToldToThePetitioner(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系转接没有办完")
	path := "/cases/" + id.String()
	b := d.as("990102", petition.Handler)
	v := hidden(b.page(path), path+"/note")
	v.Set("text", "这是缠访。")
	v.Set("public", "yes")
	w, doc := b.post(path+"/note", v)
	if w.Code != http.StatusUnprocessableEntity || doc.Find("#f-text-error").Length() != 1 || doc.Find("textarea#f-text").Text() != "\n这是缠访。" && strings.TrimSpace(doc.Find("textarea#f-text").Text()) != "这是缠访。" {
		t.Errorf("%d %s", w.Code, text(doc))
	}
}

func TestTwoPeopleActAndTheSecondSeesWhatChanged(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系转接没有办完")
	path := "/cases/" + id.String()
	one, two := d.as("990102", petition.Registrar), d.as("990102", petition.Registrar)
	doc := two.page(path + "/ask_info")
	stale := hidden(doc, path+"/ask_info")
	note := hidden(one.page(path), path+"/note")
	note.Set("text", "先和信访人通了电话")
	note.Set("public", "no")
	one.done(path+"/note", note)
	stale.Set("text", "请补充介绍信存根")
	stale.Set("deadline", "2026-12-05")
	stale.Set("step", "preview")
	w, doc := two.post(path+"/ask_info", stale)
	if w.Code != http.StatusConflict {
		t.Fatalf("%d %s", w.Code, text(doc))
	}
	said := text(doc)
	for _, want := range []string{"有人先保存了", "先和信访人通了电话", account(t, "990102", petition.Registrar).Name, "请补充介绍信存根"} {
		if !strings.Contains(said, want) {
			t.Errorf("the conflict page does not say %q: %s", want, said)
		}
	}
	again := hidden(doc, path+"/ask_info")
	again.Set("step", "form")
	w, doc = two.post(path+"/ask_info", again)
	if w.Code != http.StatusOK || strings.TrimSpace(doc.Find("textarea[name=text]").Text()) != "请补充介绍信存根" {
		t.Errorf("the words were lost: %d %q", w.Code, doc.Find("textarea[name=text]").Text())
	}
	next := hidden(doc, path+"/ask_info")
	next.Set("text", "请补充介绍信存根")
	next.Set("deadline", "2026-12-05")
	next.Set("step", "preview")
	if w, doc = two.post(path+"/ask_info", next); w.Code != http.StatusOK {
		t.Errorf("going on: %d %s", w.Code, text(doc))
	}
}

func TestWhatIsNotOfferedAnswersWithItsReason(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系转接没有办完")
	path := "/cases/" + id.String()
	if w, _ := d.as("990102", petition.Handler).get(path + "/sign"); w.Code != http.StatusConflict {
		t.Errorf("sign what is not drafted: %d", w.Code)
	}
	if w, _ := d.as("990102", petition.Handler).get(path + "/refuse"); w.Code != http.StatusForbidden {
		t.Errorf("a handler refuses: %d", w.Code)
	}
	if w, _ := d.as("990102", petition.Handler).get(path + "/explode"); w.Code != http.StatusNotFound {
		t.Errorf("no such action: %d", w.Code)
	}
	w, doc := d.as("990102", petition.Registrar).get(path + "/refer")
	if w.Code != http.StatusConflict || !strings.Contains(text(doc), "没有下级单位") {
		t.Errorf("refer from a county: %d %s", w.Code, text(doc))
	}
}

func TestLettersAreReadAndPrinted(t *testing.T) {
	d := newDesk(t)
	d.fill(80)
	b := d.as("990102", petition.Registrar)
	page, err := d.store.Queue(t.Context(), actor(account(t, "990102", petition.Registrar)), queueAll(d))
	d.must(err)
	read := 0
	for _, row := range page.Rows {
		b.page("/cases/" + row.Case.String()).Find(`a[href*="/letters/"]`).Each(func(_ int, a *goquery.Selection) {
			doc := b.page(a.AttrOr("href", ""))
			read++
			if doc.Find("body.print-doc article.doc--official .doc__org").Text() == "" || doc.Find("article.doc p.sign").Length() != 1 {
				t.Errorf("letter %s: %s", a.AttrOr("href", ""), text(doc))
			}
		})
	}
	if read == 0 {
		t.Error("no letter to read")
	}
	if w, _ := b.get("/cases/" + page.Rows[0].Case.String() + "/letters/999"); w.Code != http.StatusNotFound {
		t.Errorf("a letter that is not there: %d", w.Code)
	}
}

func TestLettersAreTakenOutAsFiles(t *testing.T) {
	d := newDesk(t)
	id := d.filed(aClaim("990100", "组织关系转接没有办完"))
	b := d.as("990100", petition.Registrar)
	registrar := account(t, "990100", petition.Registrar)
	d.do(registrar, id, petition.Act{Action: petition.Register, Topic: "C3"})
	d.do(registrar, id, petition.Act{Action: petition.Refer, To: "990102", Reason: "属于下级的职权", Paper: &petition.Paper{
		Kind: petition.WhereaboutsNotice, Title: "去向告知书", To: "周**：", Unit: "990100", UnitName: "云川市委组织部",
		Sections: []petition.Section{{Text: "已经转送。"}}}})
	after := d.do(account(t, "990100", petition.OfficeHead), id, petition.Act{Action: petition.Approve})
	n := slices.IndexFunc(after.Events, func(e petition.Event) bool { return e.Act.Action == petition.Refer }) + 1
	at := "/cases/" + id.String() + "/letters/" + itoa(n)
	page := b.page(at + "?side=yes")
	if page.Find(`a[href="`+at+`/docx?side=yes"]`).Length() != 1 || page.Find("form button").Length() == 0 {
		t.Errorf("no way to take the letter out: %s", text(page))
	}
	for _, path := range []string{at + "/docx", at + "/docx?side=yes", at + "/pdf"} {
		if w, _ := b.get(path); w.Code != http.StatusOK || !strings.Contains(w.Header().Get("Content-Disposition"), "attachment") {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	before, err := d.store.Views(t.Context(), actor(registrar), id)
	d.must(err)
	b.page(at)
	if w, _ := b.post(at+"/docx", url.Values{}); w.Code != http.StatusOK || len(w.Body.Bytes()) < 1000 {
		t.Errorf("with the name: %d", w.Code)
	}
	now, err := d.store.Views(t.Context(), actor(registrar), id)
	d.must(err)
	if len(now) != len(before)+1 {
		t.Errorf("%d looks on record, %d before", len(now), len(before))
	}
	if w, _ := b.get(at + "/rtf"); w.Code != http.StatusNotFound {
		t.Errorf("a form that does not exist: %d", w.Code)
	}
}

// Moving a case to the compartment is never what the page puts first, even where nothing
// else is offered.
func TestSealingUpIsNeverThePrimaryButton(t *testing.T) {
	d := newDesk(t)
	filed := d.filed(aClaim("990102", "村里的党务公开"))
	offered := 0
	for _, id := range []petition.ID{filed, d.registered("组织关系转接没有办完"), d.handled("党费补缴的收据没有给")} {
		for _, role := range petition.Roles {
			w, doc := d.as(unitOf(role), role).get("/cases/" + id.String())
			if w.Code != http.StatusOK {
				continue
			}
			seal := doc.Find(`a.btn[href*="/seal_up"]`)
			offered += seal.Length()
			if seal.HasClass("btn--first") {
				t.Errorf("it is the first thing that %s is offered", role)
			}
		}
	}
	if offered == 0 {
		t.Error("nobody is offered it")
	}
}
