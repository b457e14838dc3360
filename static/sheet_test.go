package static

import (
	"bytes"
	"flag"
	"html/template"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// serveAt keeps the sheet open for a person's eyes:
// go test ./static -run TestSheet -args -serve 127.0.0.1:8099
var serveAt = flag.String("serve", "", "address on which to show the component sheet until interrupted")

// sheetPage is one page of testdata/sheet, which shows the components together.
type sheetPage struct {
	Page, Sheet, Body string
	Elder, Nav, Wrong bool
}

var sheetPages = []sheetPage{
	{Page: "home", Sheet: "huiyin.css", Nav: true},
	{Page: "filing", Sheet: "huiyin.css"},
	{Page: "receipt", Sheet: "huiyin.css"},
	{Page: "follow", Sheet: "huiyin.css", Nav: true},
	{Page: "letter", Sheet: "huiyin.css", Nav: true, Body: "print-doc"},
	{Page: "parts", Sheet: "huiyin.css"},
	{Page: "queue", Sheet: "office.css"},
	{Page: "case", Sheet: "office.css"},
	{Page: "decide", Sheet: "office.css"},
	{Page: "signin", Sheet: "office.css"},
}

// sheet serves the pages at their names under the headers that real pages carry;
// ?elder and ?wrong choose a state.
func sheet(t *testing.T) http.Handler {
	t.Helper()
	set := template.Must(template.New("").Funcs(template.FuncMap{"icon": Icon, "icons": Icons, "asset": URL}).
		ParseGlob(filepath.Join("testdata", "sheet", "*.html")))
	mux := http.NewServeMux()
	mux.Handle(Prefix, Handler())
	for _, page := range sheetPages {
		mux.HandleFunc("/"+page.Page, func(w http.ResponseWriter, r *http.Request) {
			page := page
			page.Elder, page.Wrong = r.URL.Query().Has("elder"), r.URL.Query().Has("wrong")
			h := w.Header()
			h.Set("Content-Type", "text/html; charset=utf-8")
			h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
			if err := set.ExecuteTemplate(w, page.Page+".html", page); err != nil {
				t.Error(err)
			}
		})
	}
	return mux
}

func TestSheetShowsOnlyWhatExists(t *testing.T) {
	server := httptest.NewServer(sheet(t))
	defer server.Close()
	if *serveAt != "" {
		t.Fatal(http.ListenAndServe(*serveAt, sheet(t)))
	}
	linked := regexp.MustCompile(`(?:href|src)="(/static/[^"#]+)`)
	for _, page := range sheetPages {
		for _, query := range []string{"", "?elder", "?wrong"} {
			html := fetch(t, server.URL+"/"+page.Page+query)
			if strings.Contains(html, "⟪") {
				t.Errorf("%s%s: something is missing: %s", page.Page, query, html[strings.Index(html, "⟪"):][:40])
			}
			if strings.Contains(html, "style=") {
				t.Errorf("%s: an inline style, which the policy forbids", page.Page)
			}
			for _, m := range linked.FindAllStringSubmatch(html, -1) {
				fetch(t, server.URL+m[1])
			}
			checkClasses(t, page, html)
		}
	}
}

// checkClasses fails for a class in the page that its sheet does not know.
func checkClasses(t *testing.T, page sheetPage, html string) {
	t.Helper()
	known := classesOf(page.Sheet)
	for _, m := range regexp.MustCompile(`class="([^"]+)"`).FindAllStringSubmatch(html, -1) {
		for _, class := range strings.Fields(m[1]) {
			if !known[class] && !slices.Contains(plainNames, class) {
				t.Errorf("%s: class %q is not in %s", page.Page, class, page.Sheet)
			}
		}
	}
}

// plainNames are classes that need no rule of their own.
var plainNames = []string{"portal", "receipt", "c-log", "f-more", "bar10"}

var classInRule = regexp.MustCompile(`\.(-?[a-z_][a-z0-9_-]*)`)

func classesOf(name string) map[string]bool {
	known := map[string]bool{}
	for _, m := range classInRule.FindAllSubmatch(files()[name].plain, -1) {
		known[string(m[1])] = true
	}
	return known
}

func fetch(t *testing.T, url string) string {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if resp.StatusCode != http.StatusOK || len(bytes.TrimSpace(b)) == 0 {
		t.Fatalf("%s: %s, %d bytes", url, resp.Status, len(b))
	}
	return string(b)
}

// The class list that the pages were promised stands in README.md.
func TestReadmeNamesOnlyKnownClasses(t *testing.T) {
	readme := fileText(t, "README.md")
	known := classesOf("huiyin.css")
	for class := range classesOf("office.css") {
		known[class] = true
	}
	for _, m := range regexp.MustCompile(`class="([^"{]+)"`).FindAllStringSubmatch(readme, -1) {
		for class := range strings.FieldsSeq(m[1]) {
			if !known[class] && !slices.Contains(plainNames, class) {
				t.Errorf("README: class %q is in no sheet", class)
			}
		}
	}
}

func fileText(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
