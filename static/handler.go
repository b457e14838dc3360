package static

import (
	"bytes"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"
)

// Handler serves the files below Prefix. The name with the right hash may be kept for
// ever. The same name with another hash, or none, gets today's content and must be
// asked for again: while two versions run side by side, a page of one may ask the
// other for its style sheet, and gets the nearest thing instead of nothing.
func Handler() http.Handler { return http.HandlerFunc(serve) }

func serve(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	name, hash := split(strings.TrimPrefix(r.URL.Path, Prefix))
	f, ok := files()[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Vary", "Accept-Encoding")
	h.Set("Cache-Control", "no-cache")
	if hash == f.hash {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	body := f.plain
	tag := f.hash
	if takesGzip(r.Header.Get("Accept-Encoding")) {
		h.Set("Content-Encoding", "gzip")
		body, tag = f.packed, f.hash+"-gz" // a strong tag names one form of the content
	}
	h.Set("ETag", `"`+tag+`"`)
	// The content has no date, only a tag.
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(body))
}

// split takes the hash out of a name: "huiyin.1f0c.css" is "huiyin.css", "1f0c".
func split(asked string) (name, hash string) {
	ext := path.Ext(asked)
	stem, hash, found := strings.Cut(strings.TrimSuffix(asked, ext), ".")
	if !found || strings.Contains(hash, ".") {
		return asked, ""
	}
	return stem + ext, hash
}

// takesGzip reads Accept-Encoding: gzip is named and not refused by q=0.
func takesGzip(accept string) bool {
	for part := range strings.SplitSeq(accept, ",") {
		coding, params, _ := strings.Cut(part, ";")
		if !strings.EqualFold(strings.TrimSpace(coding), "gzip") {
			continue
		}
		q, named := strings.CutPrefix(strings.TrimSpace(params), "q=")
		if !named {
			return true
		}
		weight, err := strconv.ParseFloat(q, 64)
		return err == nil && weight > 0
	}
	return false
}
