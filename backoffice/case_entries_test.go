package backoffice

import (
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"huiyin/petition"
)

// No template escapes these words: each must come back as words, whatever it says.
func TestEntriesNeverBecomeMarkup(t *testing.T) {
	for _, p := range []string{`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onclick='x`, `</li></ol><form>`,
		`<!--`, `&lt;b&gt;`, `</p><svg/onload=alert(1)>`} {
		say := func(string, ...any) string { return p }
		id := petition.ID{1}
		log := []entry{{N: 1, Action: petition.Action(p), At: time.Now(), Who: p, Unit: p, Public: true, Text: p + "\n" + p, Reason: "why " + p,
			Details: []detail{{Key: p, Term: p}, {Key: p, Value: p}}, Letter: true, Side: true, Files: []petition.File{{Name: p}}},
			{N: 2, At: time.Now(), Mine: true, Text: p}, {N: 3, At: time.Now()}}
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(string(drawEntries("en", say, &id, true, log))))
		if err != nil {
			t.Fatal(err)
		}
		if n := doc.Find("script, img, form, b b, [onclick], [onerror], svg[onload]").Length(); n > 0 {
			t.Errorf("%q became markup", p)
		}
		if n := doc.Find("body > li").Length(); n != len(log) {
			t.Errorf("%q: %d entries", p, n)
		}
		if got := doc.Find("#e1 .box p").First().Text(); got != p {
			t.Errorf("%q came back as %q", p, got)
		}
		if got := strings.Count(doc.Find("#e1").Text(), p); got != 15 {
			t.Errorf("%q is said %d times", p, got)
		}
		if got := doc.Find("#e1 .files a").First().AttrOr("href", ""); got != "/cases/"+id.String()+"/letters/1" {
			t.Errorf("the letter is at %q", got)
		}
	}
}

func TestEntriesWithoutACaseHaveNoLinks(t *testing.T) {
	say := func(key string, _ ...any) string { return key }
	log := []entry{{N: 1, At: time.Now(), Letter: true, Files: []petition.File{{Name: "a"}}}}
	if got := string(drawEntries("en", say, nil, true, log)); strings.Contains(got, "<a ") || strings.Contains(got, "files") {
		t.Error(got)
	}
}
