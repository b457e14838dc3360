package backoffice_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode"

	"github.com/PuerkitoBio/goquery"

	"huiyin/demo"
	"huiyin/petition"
	"huiyin/web"
)

// TestEveryPageThatALinkReachesIsWhole walks from the first page of each role along
// every link that does nothing, in both languages.
func TestEveryPageThatALinkReachesIsWhole(t *testing.T) {
	d := newDesk(t)
	d.fill(200)
	for _, a := range demo.Staff() { // whose password can be reset, and who do not walk
		if a.Unit != "990100" && a.Unit != "990102" && !a.Is(petition.SystemAdmin, petition.SecurityAdmin, petition.AuditAdmin) {
			_, err := d.store.SetTOTP(t.Context(), a.Login, "Huiyin", d.now)
			d.must(err)
		}
	}
	reached := map[string]bool{}
	for _, a := range demo.Staff() {
		if (a.Unit != "990100" && a.Unit != "990102" && !a.Is(petition.SystemAdmin, petition.SecurityAdmin, petition.AuditAdmin)) || unicode.IsDigit(rune(a.Login[len(a.Login)-1])) {
			continue
		}
		b := d.signIn(a)
		lang := web.Languages[len(a.Login)%2]
		b.cookies["lang"] = lang
		walk(t, b, lang, reached)
	}
	for _, page := range []string{"/queue", "/leader", "/reports", "/me", "/about", "/cases/:id", "/cases/:id/check",
		"/cases/:id/letters/:n", "/cases/:id/identity", "/cases/:id/code", "/register/letter", "/cases/:id/accept",
		"/me/code", "/accounts", "/accounts/:id", "/accounts/new", "/accounts/:id/change", "/accounts/:id/close",
		"/accounts/:id/sessions", "/accounts/:id/password", "/requests", "/units", "/audit",
		"/visits", "/register/batch", "/import", "/ledgers", "/firsts", "/handover", "/cases/:id/draft", "/cases/:id/approve", "/cases/:id/sign", "/cases/:id/serve", "/cases/:id/audit_pass"} {
		if !reached[page] {
			t.Errorf("no link led to %s", page)
		}
	}
}

// walk follows links, at most a few of each kind of page.
func walk(t *testing.T, b *browser, lang string, reached map[string]bool) {
	t.Helper()
	todo, seen, kinds := starts(), map[string]bool{}, map[string]int{}
	for len(todo) > 0 {
		path := todo[0]
		todo = todo[1:]
		if seen[path] {
			continue
		}
		seen[path] = true
		if kinds[shape(path)]++; kinds[shape(path)] > 5 && ((shape(path) != "/cases/:id" && shape(path) != "/queue") || kinds[shape(path)] > 40) {
			continue
		}
		w, doc := b.get(path)
		if w.Code == http.StatusSeeOther {
			todo = append(todo, w.Header().Get("Location"))
			continue
		}
		if w.Code == http.StatusNotFound && strings.HasPrefix(path, "/queue?queue=") {
			continue // not this role's
		}
		if w.Code != http.StatusOK {
			t.Errorf("%s %s: %d %s", lang, path, w.Code, text(doc))
			continue
		}
		if strings.HasSuffix(shape(path), ".xlsx") || strings.HasSuffix(shape(path), "/docx") || strings.HasSuffix(shape(path), "/pdf") {
			continue
		}
		reached[shape(path)] = true
		whole(t, lang+" "+path, w.Body.String(), doc)
		doc.Find("a[href]").Each(func(_ int, a *goquery.Selection) {
			to, err := url.Parse(a.AttrOr("href", ""))
			if err != nil || to.Host != "" || to.Query().Has("lang") || (to.Path == "" && to.RawQuery == "") {
				return
			}
			if to.Path == "" {
				to.Path = strings.SplitN(path, "?", 2)[0]
			}
			to.Fragment = ""
			todo = append(todo, to.String())
		})
	}
}

// starts are the first page and each list.
func starts() []string {
	all := []string{"/"}
	for _, q := range []string{"register", "triage", "approve", "accept", "handle", "sign", "serve", "audit"} {
		all = append(all, "/queue?queue="+q)
	}
	return all
}

// shape is a path with its ids left out.
func shape(path string) string {
	path, _, _ = strings.Cut(path, "?")
	parts := strings.Split(path, "/")
	for i, p := range parts {
		if len(p) == 26 {
			parts[i] = ":id"
		} else if i > 0 && parts[i-1] == "letters" {
			parts[i] = ":n"
		}
	}
	return strings.Join(parts, "/")
}

// whole asks what every page must have.
func whole(t *testing.T, at, body string, doc *goquery.Document) {
	t.Helper()
	if i := strings.Index(body, "⟪"); i >= 0 {
		t.Errorf("%s: a sentence is missing: %s", at, body[i:min(len(body), i+60)])
	}
	if n := doc.Find("h1").Length(); n != 1 {
		t.Errorf("%s: %d main headings", at, n)
	}
	if doc.Find("title").Text() == "" || doc.Find("main#main").Length() != 1 {
		t.Errorf("%s: no title or main part", at)
	}
	if n := doc.Find("[style], script:not([src]), style").Length(); n > 0 {
		t.Errorf("%s: %d inline styles or scripts", at, n)
	}
	if n := doc.Find(".btn:not(.btn--second):not(.btn--quiet):not(.btn--danger):not(.btn--first)").Length(); n > 2 {
		t.Errorf("%s: %d primary buttons", at, n)
	}
	ids := map[string]bool{}
	doc.Find("[id]").Each(func(_ int, s *goquery.Selection) {
		id := s.AttrOr("id", "")
		if ids[id] {
			t.Errorf("%s: id %s stands twice", at, id)
		}
		ids[id] = true
	})
	doc.Find("input:not([type=hidden]), select, textarea").Each(func(_ int, s *goquery.Selection) {
		id := s.AttrOr("id", "")
		if s.Closest("label").Length() == 0 && s.AttrOr("aria-label", "") == "" && s.AttrOr("aria-hidden", "") == "" &&
			doc.Find(`label[for="`+id+`"]`).Length() == 0 {
			t.Errorf("%s: control %s has no label", at, s.AttrOr("name", id))
		}
	})
	doc.Find("form[method=post]").Each(func(_ int, s *goquery.Selection) {
		if s.Find("input[name=token]").Length() != 1 {
			t.Errorf("%s: form %s has no token", at, s.AttrOr("action", ""))
		}
	})
}
