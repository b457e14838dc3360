package portal_test

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"huiyin/web"
)

// filled is a path of the list with something in its places.
func filled(path string) string {
	return strings.NewReplacer(":law", "2022", ":node", "cadre", ":unit", "990103", ":n", "1", ":token", "x", "*file", "huiyin.css").Replace(path)
}

func TestEveryRouteIsInTheListWithItsGuard(t *testing.T) {
	w := newTown(t)
	listed := map[string]string{}
	for _, r := range w.portal.Routes() {
		if r.Guard == "" {
			t.Errorf("%s %s has no guard", r.Method, r.Path)
		}
		listed[r.Method+" "+r.Path] = r.Guard
	}
	if len(listed) < 60 {
		t.Fatalf("only %d routes", len(listed))
	}
	guards := slices.Sorted(maps.Values(listed))
	if n := len(slices.Compact(guards)); n != 8 {
		t.Errorf("%d guards: %v", n, slices.Compact(guards))
	}
}

func TestEveryPostRefusesAnotherSitesForm(t *testing.T) {
	w := newTown(t)
	v := w.visitor()
	v.follow(v.file(claim)).at("/follow/case") // the strongest visitor there is
	for _, r := range posts(w) {
		for name, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"} {
			req, err := http.NewRequest(http.MethodPost, w.server.URL+filled(r.Path), strings.NewReader("confirmed=yes"))
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			req.Header.Set(name, value)
			if v.do(req); v.status != http.StatusForbidden {
				t.Errorf("POST %s with %s %s: %d", r.Path, name, value, v.status)
			}
		}
	}
}

func posts(w *town) []web.Route {
	var all []web.Route
	for _, r := range w.portal.Routes() {
		if r.Method == http.MethodPost {
			all = append(all, r)
		}
	}
	return all
}

func TestEveryActNeedsTheTokenOfItsForm(t *testing.T) {
	w := newTown(t)
	v := w.visitor()
	v.follow(v.file(claim)).at("/follow/case")
	for _, r := range posts(w) {
		if r.Guard == "anybody" || strings.HasSuffix(r.Guard, "sending files") {
			continue
		}
		if v.post(filled(r.Path), url.Values{"token": {"guessed"}, "go": {"next"}}); v.status != http.StatusForbidden {
			t.Errorf("POST %s without its token: %d at %s", r.Path, v.status, v.path)
		}
	}
	for _, path := range []string{"/file/files", "/follow/add/files"} {
		if v.uploadTo(path, "guessed", map[string]string{"a.txt": "a"}); v.status != http.StatusForbidden {
			t.Errorf("upload to %s without its token: %d", path, v.status)
		}
	}
}

func TestHeadersStandOnEveryAnswer(t *testing.T) {
	w := newTown(t)
	v := w.visitor()
	v.follow(v.file(claim)).at("/follow/case")
	for _, r := range w.portal.Routes() {
		req, err := http.NewRequest(r.Method, w.server.URL+filled(r.Path), nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := (&http.Client{Jar: v.client.Jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}).Do(req)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode >= 500 {
			t.Errorf("%s %s: %d", r.Method, r.Path, answer.StatusCode)
		}
		for name, want := range map[string]string{"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff",
			"Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin"} {
			if got := answer.Header.Get(name); !strings.Contains(got, want) {
				t.Errorf("%s %s: %s is %q", r.Method, r.Path, name, got)
			}
		}
		private := strings.HasPrefix(r.Path, "/file") || strings.HasPrefix(r.Path, "/follow") || strings.HasPrefix(r.Path, "/captcha")
		if private && answer.StatusCode == http.StatusOK && answer.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s %s may be stored: %q", r.Method, r.Path, answer.Header.Get("Cache-Control"))
		}
	}
}

func TestStrangersAreLedToTheBeginning(t *testing.T) {
	w := newTown(t)
	for _, r := range w.portal.Routes() {
		if r.Method != http.MethodGet || r.Guard == "anybody" {
			continue
		}
		v := w.visitor().get(filled(r.Path))
		if v.path != "/file" && v.path != "/follow" {
			t.Errorf("a stranger at %s ends at %s (%d)", r.Path, v.path, v.status)
		}
		if v.text(".flash") == "" {
			t.Errorf("%s does not say why", r.Path)
		}
	}
}

func TestWrongAddressesGetAPageThatHelps(t *testing.T) {
	w := newTown(t)
	for _, path := range []string{"/nowhere", "/law/1999", "/guide/check/nothing", "/static/none.css/../x"} {
		v := w.visitor().get(path)
		if v.status != http.StatusNotFound {
			t.Errorf("%s: %d", path, v.status)
		}
	}
	v := w.visitor().get("/nowhere").sees("h1", "没有找到这个页面")
	if v.text(`main [lang="en"]`) == "" || v.attr(`main a[href="/"]`, "href") == "" {
		t.Error("the page of a wrong address is not bilingual or leads nowhere")
	}
}

func TestMachinesAreToldWhatIsPublic(t *testing.T) {
	v := newTown(t).visitor().get("/robots.txt")
	for _, path := range []string{"/file", "/follow"} {
		if !strings.Contains(v.body, "Disallow: "+path) {
			t.Errorf("robots may go to %s: %s", path, v.body)
		}
	}
	if v.get("/favicon.ico"); v.status != http.StatusOK || !strings.Contains(v.header.Get("Content-Type"), "svg") {
		t.Errorf("favicon: %d %s", v.status, v.header.Get("Content-Type"))
	}
}
