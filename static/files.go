package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"path"
	"strings"
	"sync"
)

// Prefix is the folder in URLs under which Handler is hung.
const Prefix = "/static/"

//go:embed css/*.css js/*.js img/*.svg
var sources embed.FS

// parts says which sources, in order, make the file that is served. The two faces
// share all but their own pages, so that each sends only what it draws.
var parts = map[string][]string{
	"huiyin.css": {"css/tokens.css", "css/base.css", "css/parts.css", "css/portal.css", "css/paper.css", "css/modes.css"},
	"office.css": {"css/tokens.css", "css/base.css", "css/parts.css", "css/office.css", "css/paper.css", "css/modes.css"},
	"huiyin.js":  {"js/huiyin.js"},
	"icons.svg":  {"img/icons.svg"},
	"mark.svg":   {"img/mark.svg"},
}

// kinds are the content types by ending; the table of the operating system is not
// asked, because it differs.
var kinds = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
}

// file is one file as it is served.
type file struct {
	url    string
	kind   string
	hash   string // of the plain content
	plain  []byte
	packed []byte // the same, gzipped once
}

// files are made once, at the first question.
var files = sync.OnceValue(func() map[string]*file {
	all := make(map[string]*file, len(parts))
	for name, from := range parts {
		all[name] = join(name, from)
	}
	return all
})

// join puts the sources together and names the result by its hash.
func join(name string, from []string) *file {
	var b bytes.Buffer
	for _, source := range from {
		text, err := sources.ReadFile(source)
		if err != nil {
			panic("static: " + err.Error()) // embedded above: a missing source does not build
		}
		b.Write(tighten(path.Ext(name), text))
	}
	sum := sha256.Sum256(b.Bytes())
	f := &file{kind: kinds[path.Ext(name)], hash: hex.EncodeToString(sum[:6]), plain: b.Bytes()}
	f.url = Prefix + strings.TrimSuffix(name, path.Ext(name)) + "." + f.hash + path.Ext(name)
	f.packed = pack(f.plain)
	return f
}

func pack(plain []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // the level is a constant that exists
	_, _ = w.Write(plain)                                 // a buffer takes everything
	_ = w.Close()
	return b.Bytes()
}

// URL is the address of a file by its plain name, "huiyin.css". An unknown name is a
// mistake in a template: it comes back in double angle brackets, which the tests of
// the pages look for.
func URL(name string) string {
	if f, ok := files()[name]; ok {
		return f.url
	}
	return "⟪" + name + "⟫"
}
