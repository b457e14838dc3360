package attachment

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"encoding/xml"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	_ "image/png"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// A working copy says nothing of the canaries, is of the same type, and cleaning it again
// changes nothing that matters.
func TestWorkingCopiesAreClean(t *testing.T) {
	for _, s := range samples(t) {
		before := bytes.Clone(s.data)
		clean, ok := Clean(s.kind, s.data)
		if want := s.kind != DOC && s.kind != XLS; ok != want {
			t.Errorf("%s: cleanable %v, want %v", s.name, ok, want)
			continue
		}
		if !ok {
			continue
		}
		if !bytes.Equal(before, s.data) {
			t.Errorf("%s: the original was changed", s.name)
		}
		if where := findCanary(t, s.kind, clean); where != "" {
			t.Errorf("%s: canary in %s", s.name, where)
		}
		if kind, err := Sniff(s.name, clean, Limits{}); err != nil || kind != s.kind {
			t.Errorf("%s: cleaned it is %q, %v", s.name, kind, err)
		}
		if again, ok := Clean(s.kind, clean); !ok || findCanary(t, s.kind, again) != "" {
			t.Errorf("%s: cannot be cleaned twice", s.name)
		}
	}
}

// findCanary looks for the canary in all ways in which it may stand in a file: plain,
// hexadecimal, in packed parts and streams.
func findCanary(t *testing.T, kind Type, data []byte) string {
	t.Helper()
	if bytes.Contains(data, []byte(canary)) {
		return "the file"
	}
	if bytes.Contains(data, []byte("43414e415259")) {
		return "a hexadecimal string"
	}
	switch kind {
	case DOCX, XLSX:
		for name, content := range partsOf(t, data) {
			if strings.Contains(content, canary) {
				return name
			}
		}
	case PDF:
		found := ""
		must(t, walkPDF(data, func(o pdfObject) error {
			if !o.stream || o.filter != "FlateDecode" {
				return nil
			}
			z, err := zlib.NewReader(bytes.NewReader(data[o.dataFrom:o.dataTo]))
			must(t, err)
			plain, err := io.ReadAll(z)
			must(t, err)
			if bytes.Contains(plain, []byte(canary)) {
				found = "a packed stream"
			}
			return nil
		}))
		return found
	}
	return ""
}

func partsOf(t *testing.T, data []byte) map[string]string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	must(t, err)
	parts := map[string]string{}
	for _, f := range r.File {
		rc, err := f.Open()
		must(t, err)
		b, err := io.ReadAll(rc)
		must(t, err)
		parts[f.Name] = string(b)
	}
	return parts
}

// Whichever way a photograph was stored, its working copy shows the same upright picture.
func TestPhotographsAreTurnedUpright(t *testing.T) {
	for _, size := range []image.Point{{64, 32}, {33, 17}} {
		upright := picture(size.X, size.Y)
		for orientation := 1; orientation <= 8; orientation++ {
			stored := lay(upright, orientation)
			p := jpegOf(t, stored)
			p = bytes.Join([][]byte{p[:2], exif(orientation), p[2:]}, nil)
			clean, ok := Clean(JPEG, p)
			if !ok || bytes.Contains(clean, []byte("Exif")) {
				t.Fatalf("orientation %d: not cleaned", orientation)
			}
			got, err := jpeg.Decode(bytes.NewReader(clean))
			must(t, err)
			if got.Bounds().Size() != size {
				t.Fatalf("orientation %d: %v, want %v", orientation, got.Bounds().Size(), size)
			}
			for _, at := range []image.Point{{2, 2}, {size.X - 3, 2}, {2, size.Y - 3}, {size.X - 3, size.Y - 3}} {
				if !alike(got.At(at.X, at.Y), upright.At(at.X, at.Y)) {
					t.Errorf("orientation %d at %v: %v, want %v", orientation, at, got.At(at.X, at.Y), upright.At(at.X, at.Y))
				}
			}
		}
	}
}

// lay stores an upright picture as a camera held that way does: the opposite of source.
func lay(upright *image.RGBA, orientation int) *image.RGBA {
	w, h := upright.Rect.Dx(), upright.Rect.Dy()
	stored := image.NewRGBA(image.Rect(0, 0, w, h))
	if orientation >= 5 {
		stored = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	W, H := stored.Rect.Dx(), stored.Rect.Dy()
	// Where row 0 and column 0 of the stored picture lie, Exif 2.3, 4.6.4 A.
	for y := range H {
		for x := range W {
			u := map[int]image.Point{1: {x, y}, 2: {w - 1 - x, y}, 3: {w - 1 - x, h - 1 - y}, 4: {x, h - 1 - y},
				5: {y, x}, 6: {w - 1 - y, x}, 7: {w - 1 - y, h - 1 - x}, 8: {y, h - 1 - x}}[orientation]
			stored.Set(x, y, upright.At(u.X, u.Y))
		}
	}
	return stored
}

func alike(a, b color.Color) bool {
	r1, g1, b1, _ := a.RGBA()
	r2, g2, b2, _ := b.RGBA()
	near := func(x, y uint32) bool { return max(x, y)-min(x, y) < 0x3000 }
	return near(r1, r2) && near(g1, g2) && near(b1, b2)
}

// A grey picture is turned too; one that cannot be turned well keeps its pixels and says
// how it lies, and nothing else.
func TestOtherPhotographs(t *testing.T) {
	grey := image.NewGray(image.Rect(0, 0, 20, 10))
	p := jpegOf(t, grey)
	clean, ok := Clean(JPEG, bytes.Join([][]byte{p[:2], exif(6), p[2:]}, nil))
	if cfg, err := jpeg.DecodeConfig(bytes.NewReader(clean)); !ok || err != nil || cfg.Width != 10 || cfg.ColorModel != color.GrayModel {
		t.Errorf("grey: %v %+v %v", ok, cfg, err)
	}

	p = photo(t, 32, 16, 6)
	p[bytes.Index(p, []byte{0xff, 0xc0})+1] = markSOF2 // only its head is looked at
	clean, ok = Clean(JPEG, p)
	img, err := readJPEG(clean)
	if !ok || err != nil || img.orientation != 6 || img.width != 32 || bytes.Contains(clean, []byte(canary)) {
		t.Errorf("progressive: %v %v %+v", ok, err, img)
	}
}

// Unturned photographs and screenshots keep every pixel.
func TestPicturesLoseNothing(t *testing.T) {
	for _, s := range samples(t)[:2] {
		clean, _ := Clean(s.kind, s.data)
		before, _, err := image.Decode(bytes.NewReader(s.data))
		must(t, err)
		after, _, err := image.Decode(bytes.NewReader(clean))
		must(t, err)
		for y := range before.Bounds().Dy() {
			for x := range before.Bounds().Dx() {
				if before.At(x, y) != after.At(x, y) {
					t.Fatalf("%s: pixel %d,%d", s.kind, x, y)
				}
			}
		}
	}
}

// The words of a PDF, its table and its structure stay; only what is between brackets of
// metadata is blank.
func TestPDFStaysInPlace(t *testing.T) {
	before := letter(t)
	clean, ok := Clean(PDF, before)
	if !ok || len(clean) != len(before) {
		t.Fatalf("cleaned %v, %d bytes of %d", ok, len(clean), len(before))
	}
	for _, keep := range []string{`(The words \(stay\)) Tj`, "/Contents (a remark)", "/Trapped /False", "/Creator 10 0 R"} {
		if !bytes.Contains(clean, []byte(keep)) {
			t.Errorf("lost %s", keep)
		}
	}
	table := bytes.LastIndex(before, []byte("xref\n0"))
	if !bytes.Equal(clean[table:], before[table:]) {
		t.Error("the table changed")
	}
	must(t, walkPDF(clean, func(o pdfObject) error {
		if o.filter == "DCTDecode" {
			if _, err := jpeg.Decode(bytes.NewReader(clean[o.dataFrom:o.dataTo])); err != nil {
				t.Errorf("the photograph: %v", err)
			}
		}
		return nil
	}))
}

// Info dictionaries of earlier revisions are cleaned as well.
func TestPDFRevisions(t *testing.T) {
	first := letter(t)
	second := bytes.Join([][]byte{first, []byte("5 0 obj\n<< /Author (" + canary + ") >>\nendobj\n11 0 obj\n<< /Title <feff> /Author (" + canary +
		") >>\nendobj\nxref\n0 0\ntrailer\n<< /Size 12 /Root 1 0 R /Info 11 0 R /Prev 9 >>\nstartxref\n9\n%%EOF\n")}, nil)
	clean, ok := Clean(PDF, second)
	if !ok || findCanary(t, PDF, clean) != "" {
		t.Errorf("cleaned %v, canary in %q", ok, findCanary(t, PDF, clean))
	}
}

// What cannot be reached is said, not passed over.
func TestPDFNotCleanable(t *testing.T) {
	base := []string{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>"}
	unclosed := bytes.Join([][]byte{letter(t), []byte("5 0 obj << /Author (never closed >> endobj"), bytes.Repeat([]byte(" "), pdfTail),
		[]byte("startxref 9 %%EOF")}, nil)
	for name, data := range map[string][]byte{
		"unclosed":      unclosed,
		"packed Info":   pdfOf("/Info 4 0 R", append(base, pdfStream("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", packed("4 0 << /Author ("+canary+") >>")))...),
		"other filter":  pdfOf("", append(base, pdfStream("/Type /Metadata /Filter /LZWDecode", canary))...),
		"two filters":   pdfOf("", append(base, pdfStream("/Type /Metadata /Filter [/ASCIIHexDecode /FlateDecode]", canary))...),
		"files inside":  pdfOf("", append(base, pdfStream("/Type /EmbeddedFile", canary))...),
		"editor's copy": pdfOf("", append(base, "<< /PieceInfo << /Illustrator 9 0 R >> >>")...),
		"bad photo":     pdfOf("", append(base, pdfStream("/Subtype /Image /Filter /DCTDecode", canary))...),
	} {
		if _, err := Sniff("a.pdf", data, Limits{}); err != nil {
			t.Errorf("%s: refused: %v", name, err)
		}
		if _, ok := Clean(PDF, data); ok {
			t.Errorf("%s: called clean", name)
		}
	}
}

func TestBlankZlibHasEveryLength(t *testing.T) {
	lengths := []int{65535 + 11, 65535 + 12, 65535 + 15, 65535 + 16, 65535 + 17, 131072, 200_000, 131093}
	for n := 11; n < 600; n++ {
		lengths = append(lengths, n)
	}
	for _, n := range lengths {
		z := blankZlib(n)
		r, err := zlib.NewReader(bytes.NewReader(z))
		must(t, err)
		plain, err := io.ReadAll(r)
		if err != nil || len(z) != n || len(bytes.TrimSpace(plain)) != 0 {
			t.Fatalf("%d: %d bytes, %v", n, len(z), err)
		}
	}
	if len(blankZlib(5)) != 5 {
		t.Error("too short for a stream")
	}
}

func TestWordDocumentStaysWhole(t *testing.T) {
	clean, ok := Clean(DOCX, word(t))
	if !ok {
		t.Fatal("not cleaned")
	}
	parts := partsOf(t, clean)
	for name, content := range parts {
		if strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".rels") {
			wellFormed(t, name, content)
		}
	}
	if _, there := parts["docProps/thumbnail.jpeg"]; there || strings.Contains(parts["_rels/.rels"], "thumbnail") {
		t.Error("the preview picture is still there")
	}
	for name, words := range map[string]string{"word/document.xml": `请核实 author="kept"`, "word/comments.xml": "a remark",
		"word/_rels/settings.xml.rels": "Normal.dotm", "_rels/.rels": "word/document.xml"} {
		if !strings.Contains(parts[name], words) {
			t.Errorf("%s lost %q: %s", name, words, parts[name])
		}
	}
	img, err := readJPEG([]byte(parts["word/media/image1.jpeg"]))
	if err != nil || img.orientation != 6 {
		t.Errorf("the picture: %v, orientation %d", err, img.orientation)
	}
}

func wellFormed(t *testing.T, name, content string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(content))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
	}
}

// The clean workbook opens in the program that wrote it, with its cells and comments.
func TestWorkbookStaysWhole(t *testing.T) {
	clean, ok := Clean(XLSX, sheet(t))
	if !ok {
		t.Fatal("not cleaned")
	}
	f, err := excelize.OpenReader(bytes.NewReader(clean))
	must(t, err)
	defer f.Close()
	if v, err := f.GetCellValue("Sheet1", "A1"); err != nil || v != "工资" {
		t.Errorf("cell: %q, %v", v, err)
	}
	if c, err := f.GetComments("Sheet1"); err != nil || len(c) != 1 || !strings.Contains(c[0].Text, "a remark") || c[0].Author != "" {
		t.Errorf("comments: %+v, %v", c, err)
	}
	if tables, err := f.GetTables("Sheet1"); err != nil || len(tables) != 1 || tables[0].Name != "wages" {
		t.Errorf("tables: %+v, %v", tables, err)
	}
	if p, err := f.GetDocProps(); err != nil || p.Creator != "" || p.LastModifiedBy != "" {
		t.Errorf("properties: %+v, %v", p, err)
	}
}

func TestOfficeNotCleanable(t *testing.T) {
	if _, ok := Clean(DOCX, wordWith(t, part{"word/embeddings/a.xlsx", string(sheet(t))})); ok {
		t.Error("a document in a document was called clean")
	}
}

// Sound, pictures and offsets of a film stay as they are.
func TestFilmStaysInPlace(t *testing.T) {
	before := film("mp42", track("vide"), track("soun"))
	clean, ok := Clean(MP4, before)
	if !ok || len(clean) != len(before) {
		t.Fatalf("cleaned %v, %d bytes of %d", ok, len(clean), len(before))
	}
	for _, gone := range []string{"MADE", "CHGD", "udta", "\xa9xyz"} {
		if bytes.Contains(clean, []byte(gone)) {
			t.Errorf("%q is still there", gone)
		}
	}
	if bytes.Index(clean, []byte("FRAMES")) != bytes.Index(before, []byte("FRAMES")) || bytes.Count(clean, []byte("stco")) != 2 {
		t.Error("the film was harmed")
	}
	if _, ok := Clean(MP4, film("mp42", track("vide"), track("meta"))); ok {
		t.Error("a film with a track of places was called clean")
	}
}

func TestHEICStaysInPlace(t *testing.T) {
	before := heic(100, 80)
	clean, ok := Clean(HEIC, before)
	if !ok || len(clean) != len(before) || !bytes.Contains(clean, []byte("PIXEL")) || !bytes.Contains(clean, []byte("irot")) {
		t.Errorf("cleaned %v: %q", ok, clean)
	}
	// An item that lies outside the file cannot be cleaned.
	broken := bytes.Clone(before)
	at := bytes.Index(broken, []byte("iloc"))
	broken[at+4+8+2+4+2] = 0xff
	if _, ok := Clean(HEIC, broken); ok {
		t.Error("an item outside the file was called clean")
	}
}

func TestSoundKeepsItsFrames(t *testing.T) {
	clean, ok := Clean(MP3, song())
	if !ok || string(clean) != frames(20) {
		t.Errorf("cleaned %v, %d bytes, want %d", ok, len(clean), len(frames(20)))
	}
}
