package backoffice_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"huiyin/exchange"
	"huiyin/petition"
)

// nextLetter fills in what the page for the next letter asks, and keeps what stands there.
func nextLetter(doc *goquery.Document, n int) url.Values {
	v := hidden(doc, "/register/batch")
	doc.Find(`form[action="/register/batch"] [name=done]`).Each(func(i int, s *goquery.Selection) {
		if i == 0 {
			v.Del("done")
		}
		v.Add("done", s.AttrOr("value", ""))
	})
	for _, name := range []string{"channel", "arrival", "area", "filing.purpose"} {
		v.Set(name, doc.Find(`select[name="`+name+`"] option[selected]`).AttrOr("value", ""))
	}
	for _, name := range []string{"day", "cover.number", "cover.document"} {
		v.Set(name, doc.Find(`input[name="`+name+`"]`).AttrOr("value", ""))
	}
	v.Set("person.name", "来信人"+string(rune('甲'+n)))
	v.Set("person.address", "云麓街道"+strconv.Itoa(n)+"号")
	v.Set("topic", "C7")
	v.Set("filing.title", "来信"+strconv.Itoa(n)+"：补助没有发")
	v.Set("filing.facts", strings.Repeat("第"+strconv.Itoa(n)+"件各不相同的事情。", 3))
	return v
}

// Letters are registered one after another; what a pile shares stays, the envelope's
// number counts on, and all slips are printed at once.
func TestLettersOneAfterAnother(t *testing.T) {
	d := newDesk(t)
	b := d.as("990102", petition.Registrar)
	doc := b.page("/register/batch")
	if doc.Find("input[autofocus]").Length() != 1 {
		t.Error("the keyboard does not begin in the form")
	}
	for n := range 3 {
		v := nextLetter(doc, n)
		if n == 0 {
			v.Set("day", "2026-11-18")
			v.Set("filing.purpose", "22")
			v.Set("arrival", "leader")
			v.Set("cover.number", "来-009")
		}
		var w interface{ Header() http.Header }
		w, doc = b.post("/register/batch", v)
		if w.Header().Get("Cache-Control") != "no-store" || doc.Find(".files li").Length() != n+1 {
			t.Fatalf("letter %d: %s", n, text(doc))
		}
	}
	for name, want := range map[string]string{"day": "2026-11-18", "cover.number": "来-012", "person.name": "", "filing.title": ""} {
		if got := doc.Find(`input[name="`+name+`"]`).AttrOr("value", ""); got != want {
			t.Errorf("%s of the next letter is %q", name, got)
		}
	}
	if doc.Find(`select[name=arrival] option[value=leader][selected]`).Length() != 1 {
		t.Error("the route does not stay")
	}
	if got := text(doc); strings.Count(got, "XF990102") != 3 || strings.Contains(doc.Find(".files").Text(), "来信人") {
		t.Errorf("the list: %s", doc.Find(".files").Text())
	}
	slips := url.Values{"done": nextLetter(doc, 9)["done"]}
	w, page := b.post("/register/batch/slips", slips)
	if w.Code != http.StatusOK || page.Find(".slip").Length() != 3 || w.Header().Get("Cache-Control") != "no-store" {
		t.Fatalf("%d: %d slips", w.Code, page.Find(".slip").Length())
	}
	seen := map[string]bool{}
	page.Find(".slip .code").Each(func(_ int, s *goquery.Selection) {
		code, err := exchange.ParseCode(s.Text())
		if err != nil || seen[code.String()] || seen[s.AttrOr("id", "")] {
			t.Errorf("a code %q: %v", s.Text(), err)
		}
		seen[code.String()], seen[s.AttrOr("id", "")] = true, true
	})
}

// A refused letter keeps its words and the list; one sent twice is registered once.
func TestALetterOfABatchIsRefusedOrSentTwice(t *testing.T) {
	d := newDesk(t)
	b := d.as("990102", petition.Registrar)
	v := nextLetter(b.page("/register/batch"), 0)
	v.Set("filing.purpose", "22")
	_, doc := b.post("/register/batch", v)
	_, again := b.post("/register/batch", v)
	if doc.Find(".files li").Length() != 1 || again.Find(".files li").Length() != 1 || !strings.Contains(text(again), "补发") {
		t.Fatalf("sent twice: %s", text(again))
	}
	if w, _ := b.post("/register/batch/slips", url.Values{"done": nextLetter(again, 1)["done"]}); w.Code != http.StatusNotFound {
		t.Errorf("a slip without a code: %d", w.Code)
	}
	for field, typed := range map[string]string{"person.name": "", "filing.title": "", "filing.facts": "", "topic": "", "filing.purpose": "3", "day": "2027-01-01"} {
		v := nextLetter(doc, 1)
		v.Set(field, typed)
		w, page := b.post("/register/batch", v)
		if w.Code != http.StatusUnprocessableEntity || page.Find(`[id="f-`+field+`-error"]`).Length() != 1 || page.Find(".files li").Length() != 1 {
			t.Errorf("%s: %d %s", field, w.Code, page.Find(".errsum").Text())
		}
		if field != "person.name" && page.Find(`input[name="person.name"]`).AttrOr("value", "") != v.Get("person.name") {
			t.Errorf("%s: the words were lost", field)
		}
	}
	alike := nextLetter(doc, 0)
	w, page := b.post("/register/batch", alike)
	if w.Code != http.StatusOK || page.Find("input[name=anyway]").Length() != 1 || page.Find(`input[name="person.name"]`).AttrOr("value", "") != alike.Get("person.name") {
		t.Fatalf("the same once more: %d %s", w.Code, text(page))
	}
	alike.Set("anyway", "yes")
	if _, page = b.post("/register/batch", alike); page.Find(".files li").Length() != 2 {
		t.Errorf("registered all the same: %s", text(page))
	}
}

// A letter of a pile keeps its scans through a refused form and takes them into its case;
// the next letter begins without them, and none comes from another form.
func TestALetterOfAPileKeepsItsScans(t *testing.T) {
	d := newDesk(t)
	b := d.as("990102", petition.Registrar)
	doc := b.page("/register/batch")
	if doc.Find(`form[action="/register/batch"][enctype="multipart/form-data"] input[type=file]`).Length() != 1 {
		t.Fatal("no place for scans")
	}
	v := nextLetter(doc, 0)
	v.Del("token")
	v.Set("filing.purpose", "22")
	title := v.Get("filing.title")
	v.Set("filing.title", "")
	w, doc := b.upload("/register/batch", "scans", typed(b, v), [][2]string{{"信封.txt", "云麓街道2号寄"}, {"坏.exe", "MZ\x90\x00\x03"}, {"正文.txt", "去年申请的补助"}})
	ticked := doc.Find(`input[name="scan"][checked]`)
	if w.Code != http.StatusUnprocessableEntity || ticked.Length() != 2 || doc.Find(`.errsum a[href="#f-scans"]`).Length() != 1 ||
		doc.Find(`input[name="person.name"]`).AttrOr("value", "") != v.Get("person.name") {
		t.Fatalf("%d, %d scans are kept: %s", w.Code, ticked.Length(), text(doc))
	}
	v.Set("filing.title", title)
	v.Set("scan", ticked.First().AttrOr("value", ""))
	w, doc = b.upload("/register/batch", "scans", typed(b, v), nil)
	if w.Code != http.StatusOK || doc.Find(".files li").Length() != 1 || doc.Find(`input[name="scan"]`).Length() != 0 {
		t.Fatalf("%d %s", w.Code, text(doc))
	}
	if said := text(b.page(doc.Find(`.files a[href^="/cases/"]`).AttrOr("href", ""))); !strings.Contains(said, "信封.txt") || strings.Contains(said, "正文.txt") {
		t.Errorf("the case: %s", said)
	}
	foreign := nextLetter(doc, 1)
	foreign.Set("scan", v.Get("scan"))
	if w, doc = b.post("/register/batch", foreign); w.Code != http.StatusUnprocessableEntity || doc.Find("#f-scans-error").Length() != 1 || doc.Find(".files li").Length() != 1 {
		t.Errorf("a scan of the letter before: %d %s", w.Code, text(doc))
	}
}

// What somebody writes into the list that is not his is left out of it.
func TestTheListOfABatchShowsOnlyWhatIsOnes(t *testing.T) {
	d := newDesk(t)
	f := aClaim("990121", "别处的事项")
	id := d.filed(f)
	b := d.as("990102", petition.Registrar)
	b.page("/register/batch")
	code := exchange.NewCode().String()
	if w, doc := b.post("/register/batch/slips", url.Values{"done": {id.String() + ":" + code, "nothing", ":" + code}}); w.Code != http.StatusNotFound || strings.Contains(text(doc), "别处") {
		t.Errorf("%d %s", w.Code, text(doc))
	}
	for _, role := range []petition.Role{petition.Handler, petition.OfficeHead} {
		o := d.as("990102", role)
		if w, _ := o.get("/register/batch"); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", role, w.Code)
		}
		if w, _ := o.post("/register/batch", url.Values{}); w.Code != http.StatusNotFound {
			t.Errorf("%s posts: %d", role, w.Code)
		}
	}
}
