package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"github.com/gin-gonic/gin"
)

// Public keeps pages that are the same for everybody, drawn once per language, view
// and edition, and compressed beforehand.
type Public struct {
	site *Site
	mu   sync.RWMutex
	kept map[publicKey]publicPage
}

type publicKey struct {
	path, lang string
	elder      bool
}

type publicPage struct {
	edition     string
	etag        string
	plain, gzip []byte
}

// NewPublic starts empty.
func NewPublic(s *Site) *Public { return &Public{site: s, kept: map[publicKey]publicPage{}} }

// maxPublic bounds the memory that addresses made up by visitors could take.
const maxPublic = 4096

// Show sends the page kept for this address in this edition, or draws it. edition
// changes whenever anything that the page shows changes.
func (p *Public) Show(c *gin.Context, edition, page string, view func() (any, error)) error {
	if flash := p.site.Cookie(c, flashCookie); flash != "" {
		v, err := view()
		if err != nil {
			return err
		}
		return p.site.Show(c, http.StatusOK, page, v)
	}
	key := publicKey{c.Request.URL.Path, Lang(c), Elder(c)}
	p.mu.RLock()
	kept, ok := p.kept[key]
	p.mu.RUnlock()
	if !ok || kept.edition != edition {
		v, err := view()
		if err != nil {
			return err
		}
		if kept, err = p.draw(c, edition, page, v); err != nil {
			return err
		}
		p.keep(key, kept)
	}
	kept.send(c)
	return nil
}

func (p *Public) keep(key publicKey, page publicPage) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.kept) >= maxPublic {
		clear(p.kept)
	}
	p.kept[key] = page
}

func (p *Public) draw(c *gin.Context, edition, page string, view any) (publicPage, error) {
	var b, z bytes.Buffer
	if err := p.site.Draw(&b, p.site.frame(c, page, view)); err != nil {
		return publicPage{}, err
	}
	w, err := gzip.NewWriterLevel(&z, gzip.BestCompression)
	if err != nil {
		return publicPage{}, fmt.Errorf("gzip: %w", err)
	}
	if _, err := w.Write(b.Bytes()); err != nil {
		return publicPage{}, fmt.Errorf("gzip: %w", err)
	}
	if err := w.Close(); err != nil {
		return publicPage{}, fmt.Errorf("gzip: %w", err)
	}
	sum := sha256.Sum256(b.Bytes())
	return publicPage{edition, `"` + hex.EncodeToString(sum[:12]) + `"`, b.Bytes(), z.Bytes()}, nil
}

func (k publicPage) send(c *gin.Context) {
	c.Header("ETag", k.etag)
	c.Header("Cache-Control", "private, no-cache")
	c.Header("Vary", "Cookie, Accept-Encoding")
	if c.GetHeader("If-None-Match") == k.etag {
		c.Status(http.StatusNotModified)
		return
	}
	if strings.Contains(c.GetHeader("Accept-Encoding"), "gzip") {
		c.Header("Content-Encoding", "gzip")
		sendPage(c, http.StatusOK, k.gzip)
		return
	}
	sendPage(c, http.StatusOK, k.plain)
}
