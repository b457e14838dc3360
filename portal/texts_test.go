package portal_test

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"huiyin/attachment"
	"huiyin/petition"
	"huiyin/web"
)

func catalogue(t *testing.T) *web.Catalogue {
	t.Helper()
	c, err := web.NewCatalogue(web.Texts(), os.DirFS("text"))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var place = regexp.MustCompile(`\{[a-z_]+\}`)

func TestBothLanguagesSayTheSameThings(t *testing.T) {
	c := catalogue(t)
	zh, en := c.Keys("zh-CN"), c.Keys("en")
	for _, k := range zh {
		if !slices.Contains(en, k) {
			t.Errorf("%s is not in English", k)
			continue
		}
		a, b := place.FindAllString(c.Say("zh-CN", k), -1), place.FindAllString(c.Say("en", k), -1)
		slices.Sort(a)
		slices.Sort(b)
		if !slices.Equal(slices.Compact(a), slices.Compact(b)) {
			t.Errorf("%s has the places %v and %v", k, a, b)
		}
	}
	for _, k := range en {
		if !slices.Contains(zh, k) {
			t.Errorf("%s is not in Chinese", k)
		}
	}
}

func TestEverySentenceThatAttachmentsNeedIsThere(t *testing.T) {
	c := catalogue(t)
	for _, k := range attachment.Keys {
		if !c.Has("zh-CN", k) || !c.Has("en", k) {
			t.Errorf("%s is missing", k)
		}
	}
}

func TestEveryPublicStatusAndStepHasItsWords(t *testing.T) {
	c := catalogue(t)
	statuses := []petition.PublicStatus{petition.ShownSubmitted, petition.ShownChecking, petition.ShownAsked, petition.ShownPassed,
		petition.ShownAccepted, petition.ShownHandling, petition.ShownExtended, petition.ShownReplied, petition.ShownClosed,
		petition.ShownRedirected, petition.ShownRefused, petition.ShownWithdrawn, petition.ShownReceived,
		petition.ShownMerged, petition.ShownNoLonger, petition.ShownDiverted, petition.ShownDivided, petition.ShownReview,
		petition.ShownReviewed, petition.ShownReReview, petition.ShownFinal}
	for _, k := range []petition.ClockKind{petition.NoticeClock, petition.HandlingClock, petition.ReviewClock, petition.PromiseClock,
		petition.ReviewOpinionClock, petition.ReReviewClock, petition.ReReviewOpinionClock, petition.SimpleClock, petition.ReviewTakenClock} {
		for _, key := range []string{"follow.clock.start.", "follow.clock.what.", "urge.due."} {
			if !c.Has("zh-CN", key+string(k)) {
				t.Errorf("%s%s is missing", key, k)
			}
		}
	}
	for _, a := range []petition.Action{petition.Supply, petition.AddInfo, petition.Withdraw, petition.Rate, petition.AskReview,
		petition.Urge, petition.AskRecusal, petition.Correct, petition.AskViews} {
		if key := "follow.sent." + string(a); !c.Has("zh-CN", key) {
			t.Errorf("%s is missing", key)
		}
	}
	for _, s := range statuses {
		for _, end := range []string{"", ".plain", ".house"} {
			if k := "follow.now." + string(s) + end; !c.Has("zh-CN", k) {
				t.Errorf("%s is missing", k)
			}
		}
		if k := "follow.do." + string(s); !c.Has("zh-CN", k) {
			t.Errorf("%s is missing", k)
		}
	}
	source, err := fs.Glob(os.DirFS("../petition"), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	key := regexp.MustCompile(`"(step\.[a-z_]+)"`)
	found := 0
	for _, name := range source {
		b, err := os.ReadFile("../petition/" + name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range key.FindAllStringSubmatch(string(b), -1) {
			found++
			if !c.Has("zh-CN", m[1]) {
				t.Errorf("%s, told by %s, is missing", m[1], name)
			}
		}
	}
	if found < 15 {
		t.Errorf("only %d steps found", found)
	}
}

func TestNoPageCarriesWordsOfItsOwn(t *testing.T) {
	names, err := fs.Glob(os.DirFS("pages"), "*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		b, err := os.ReadFile("pages/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if i := strings.IndexFunc(string(b), func(r rune) bool { return unicode.Is(unicode.Han, r) }); i >= 0 {
			t.Errorf("%s: %.30s", name, b[i:])
		}
	}
}

// spoken finds the keys that pages and code name outright.
var spoken = regexp.MustCompile(`(?:\(t |\{t |stress |Say\([a-zA-Z().]+, |say\(|Key: |Refuse\("[a-z_]+", |Flash\(c, )"([a-z0-9_.-]+)"`)

func TestEveryKeyNamedOutrightIsThere(t *testing.T) {
	c := catalogue(t)
	found := 0
	for _, pattern := range []string{"pages/*.html", "*.go"} {
		names, err := fs.Glob(os.DirFS("."), pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range spoken.FindAllStringSubmatch(string(b), -1) {
				found++
				if !c.Has("zh-CN", m[1]) && !strings.HasSuffix(m[1], ".") && !strings.HasSuffix(m[1], "_") {
					t.Errorf("%s names %q", name, m[1])
				}
			}
		}
	}
	if found < 300 {
		t.Errorf("only %d keys found", found)
	}
}

func TestEveryPublicPageInBothLanguagesAndViews(t *testing.T) {
	w := newTown(t)
	v := w.visitor()
	for _, choice := range []string{"?lang=en", "?view=elder", "?lang=zh-CN", "?view=standard"} {
		v.get("/" + choice)
		for _, path := range []string{"/", "/guide", "/guide/check", "/guide/check/party", "/guide/check/court", "/guide/check/transfer",
			"/law/2022", "/law/2005", "/law/opinion", "/privacy", "/accessibility", "/about", "/offices", "/file", "/follow", "/file?for=retaliation", "/file?for=conduct"} {
			if v.get(path); v.status != 200 || v.doc.Find("h1").Length() != 1 {
				t.Errorf("%s with %s: %d, %d headings", path, choice, v.status, v.doc.Find("h1").Length())
			}
			if english := v.attr("html", "lang") == "en"; english != (choice == "?lang=en" || choice == "?view=elder") {
				t.Errorf("%s with %s is in %s", path, choice, v.attr("html", "lang"))
			}
		}
	}
	if v.get("/?view=elder").attr("html", "data-view") != "elder" {
		t.Error("the elder view is not marked")
	}
}

// Who reads in English reads hours in English, where the unit wrote them.
func TestHoursAreInTheReadersLanguage(t *testing.T) {
	w := newTown(t)
	v := w.visitor()
	v.get("/guide?lang=en").sees("table", "Art. 23").sees("main", "Regulations on Petition Work")
	for path, want := range map[string]string{"/?lang=en": "Working days 9:00", "/?lang=zh-CN": "工作日9:00"} {
		v.get(path)
		if foot := v.doc.Find("footer").Text(); !strings.Contains(foot, want) || strings.Contains(foot, "工作日") != (want == "工作日9:00") {
			t.Errorf("%s: %s", path, foot)
		}
	}
}

// TestAWholePetitionInEnglish walks every page that needs a draft or a code; the visitor
// fails on any sentence that is missing.
func TestAWholePetitionInEnglish(t *testing.T) {
	w := newTown(t)
	for _, f := range []filed{claim, report} {
		v := w.visitor().get("/?lang=en")
		v.write(f)
		for _, path := range []string{"/file", "/file/where", "/file/where/990201", "/file/what", "/file/content", "/file/more", "/file/you",
			"/file/joint", "/file/agent", "/file/guardian", "/file/files", "/file/saved", "/file/report", "/file/report/post", "/file/check"} {
			if v.get(path); v.status != 200 {
				t.Errorf("%s: %d", path, v.status)
			}
		}
		v.submit().at("/file/done").sees("h1", "Keep your receipt code safe")
		code := v.text("#code")
		v.get("/file/done/receipt.txt").get("/file/done/receipt.html").get("/file/done")
		v.follow(code).at("/follow/case")
		if f.purpose == report.purpose {
			continue
		}
		shown := folder(4, petition.ShownReplied)
		shown.Outcome, shown.Can = petition.Adopted, []petition.Action{petition.AddInfo, petition.Withdraw, petition.Rate,
			petition.AskReview, petition.Urge, petition.AskRecusal}
		shown.Letters = []petition.Paper{{Title: "回复函", Day: "2026-11-24", Replaced: true, Basis: []string{"a"}, Remedy: "b", Contact: "c"}}
		w.release(firstOf(w), shown)
		for _, path := range []string{"/follow/case", "/follow/letters/1", "/follow/add", "/follow/add/files", "/follow/withdraw", "/follow/rate",
			"/follow/review", "/follow/review/files", "/follow/urge", "/follow/recusal", "/follow/correct", "/follow/views"} {
			if v.get(path).at(path); v.status != 200 {
				t.Errorf("%s: %d", path, v.status)
			}
		}
	}
}
