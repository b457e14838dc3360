package static

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func ask(method, path string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, r)
	return w
}

func TestHandlerServesForEver(t *testing.T) {
	for name, kind := range map[string]string{
		"huiyin.css": "text/css; charset=utf-8", "office.css": "text/css; charset=utf-8",
		"huiyin.js": "text/javascript; charset=utf-8", "icons.svg": "image/svg+xml", "mark.svg": "image/svg+xml",
	} {
		w := ask(http.MethodGet, URL(name))
		h := w.Header()
		if w.Code != http.StatusOK || h.Get("Content-Type") != kind || h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %d, %v", name, w.Code, h)
		}
		if h.Get("Cache-Control") != "public, max-age=31536000, immutable" || h.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: %v", name, h)
		}
		if h.Get("Content-Encoding") != "" || w.Body.Len() != len(files()[name].plain) {
			t.Errorf("%s: %d bytes as %q to a client that asked for no coding", name, w.Body.Len(), h.Get("Content-Encoding"))
		}
	}
}

func TestHandlerPacksWhenAsked(t *testing.T) {
	for accept, packed := range map[string]bool{
		"": false, "gzip": true, "br, GZIP;q=0.5": true, "deflate, gzip": true,
		"gzip;q=0": false, "gzip; q=0.0": false, "gzip;q=nonsense": false, "br": false, "*": false, "x-gzip": false,
	} {
		w := ask(http.MethodGet, URL("huiyin.css"), "Accept-Encoding", accept)
		if got := w.Header().Get("Content-Encoding") == "gzip"; got != packed {
			t.Errorf("Accept-Encoding %q: packed %v, want %v", accept, got, packed)
		}
		tag := w.Header().Get("ETag")
		if strings.HasSuffix(tag, `-gz"`) != packed {
			t.Errorf("Accept-Encoding %q: tag %s", accept, tag)
		}
		again := ask(http.MethodGet, URL("huiyin.css"), "Accept-Encoding", accept, "If-None-Match", tag)
		if again.Code != http.StatusNotModified || again.Body.Len() != 0 {
			t.Errorf("Accept-Encoding %q, known content: %d with %d bytes", accept, again.Code, again.Body.Len())
		}
	}
}

// A page of the version before asks for its own hash and gets today's sheet, but may
// not keep it.
func TestHandlerHelpsAnotherVersion(t *testing.T) {
	for _, path := range []string{"/static/huiyin.000000000000.css", "/static/huiyin.css"} {
		w := ask(http.MethodGet, path)
		if w.Code != http.StatusOK || w.Header().Get("Cache-Control") != "no-cache" || w.Header().Get("ETag") == "" {
			t.Errorf("%s: %d, %v", path, w.Code, w.Header())
		}
	}
}

func TestHandlerRefuses(t *testing.T) {
	for _, path := range []string{"/static/", "/static/none.css", "/static/../static.go", "/static/css/tokens.css", "/static/huiyin", "/static/huiyin.a.b.css"} {
		if w := ask(http.MethodGet, path); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	w := ask(http.MethodPost, URL("huiyin.css"))
	if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: %d, %v", w.Code, w.Header())
	}
	if w := ask(http.MethodHead, URL("huiyin.css")); w.Code != http.StatusOK || w.Body.Len() != 0 {
		t.Errorf("HEAD: %d with %d bytes", w.Code, w.Body.Len())
	}
}

func TestIcons(t *testing.T) {
	names := Icons()
	if len(names) < 50 {
		t.Errorf("only %d icons", len(names))
	}
	for _, name := range names {
		want := `<svg class="i" aria-hidden="true"><use href="` + URL("icons.svg") + "#" + name + `"/></svg>`
		if got := string(Icon(name)); got != want {
			t.Errorf("Icon(%q) = %s", name, got)
		}
	}
	if got := string(Icon(`<b>`)); got != "⟪icon &lt;b&gt;⟫" {
		t.Errorf("an unknown icon is drawn as %s", got)
	}
	if Mark() != Icon("mark") || strings.Contains(string(Mark()), "⟪") {
		t.Error("the mark is missing")
	}
}

// The list that page writers choose from is whole.
func TestReadmeListsTheIcons(t *testing.T) {
	readme := fileText(t, "README.md")
	_, list, found := strings.Cut(readme, "## Icons")
	if !found || strings.Join(strings.Fields(list), " ") != strings.Join(Icons(), " ") {
		t.Errorf("README lists %s\nwanted %s", strings.TrimSpace(list), strings.Join(Icons(), " "))
	}
}
