package backoffice

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/signintech/gopdf"

	"huiyin/petition"
)

// debianFont is where Debian's package fonts-lxgw-wenkai puts its face: a free one that
// has the rare characters of names.
const debianFont = "/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf"

// press sets PDF files in the installation's font. The font is read when the first paper
// is set.
type press struct {
	path string
	mu   sync.Mutex // one paper at a time: each holds the font's glyphs in memory
	cuts *gopdf.FontContainer
}

const (
	cutText = "text"
	cutBold = "bold"
)

// write writes a paper as PDF. It fails with Unavailable where no font is installed.
func (p *press) write(w io.Writer, t typeset, at time.Time) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.open(); err != nil {
		return err
	}
	s := &pdfSheet{typeset: t}
	s.pdf.Start(gopdf.Config{PageSize: gopdf.Rect{W: sheetWidth, H: sheetHeight}})
	for _, cut := range []string{cutText, cutBold} {
		if err := s.pdf.AddTTFFontFromFontContainer(cut, p.cuts); err != nil {
			return fmt.Errorf("pdf: %w", err)
		}
	}
	s.pdf.SetInfo(gopdf.PdfInfo{Title: t.Title, Author: t.Org, CreationDate: at})
	if s.draw(); s.err != nil {
		return fmt.Errorf("pdf: %w", s.err)
	}
	if _, err := s.pdf.WriteTo(w); err != nil {
		return fmt.Errorf("pdf: %w", err)
	}
	return nil
}

// open reads the font, and the bold cut that lies beside it where there is one.
func (p *press) open() error {
	if p.cuts != nil {
		return nil
	}
	path := p.path
	if path == "" {
		path = debianFont
	}
	// A character that the font lacks is marked as printers do, never left out.
	missing := gopdf.TtfOption{Style: gopdf.Regular, OnGlyphNotFoundSubstitute: func(rune) rune { return '〓' }}
	cuts := &gopdf.FontContainer{}
	if err := cuts.AddTTFFontWithOption(cutText, path, missing); err != nil {
		return &petition.Error{Kind: petition.Unavailable, Key: "error.no_font", Args: map[string]string{"font": path},
			Err: fmt.Errorf("font for PDF: %w", err)}
	}
	bold := strings.Replace(path, "-Regular.", "-Bold.", 1)
	if _, err := os.Stat(bold); errors.Is(err, fs.ErrNotExist) {
		bold = path
	}
	if err := cuts.AddTTFFontWithOption(cutBold, bold, missing); err != nil {
		return fmt.Errorf("font for PDF: %w", err)
	}
	p.cuts = cuts
	return nil
}
