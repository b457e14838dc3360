package attachment

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// canary is what no working copy may still say.
const canary = "CANARY-yaoXX-31.2304N"

// --- pictures ---

// picture is a w × h picture in which every corner has its own colour.
func picture(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{A: 255}
			if x < w/2 {
				c.R = 220
			}
			if y < h/2 {
				c.G = 220
			}
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

func jpegOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}))
	return b.Bytes()
}

func jpegPart(marker byte, body string) []byte {
	p := binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(body)+2))
	return append(p, body...)
}

// exif is an Exif segment with an orientation and a canary as the maker of the camera.
func exif(orientation int) []byte {
	maker := canary + "\x00"
	tiff := "II*\x00\x08\x00\x00\x00" + "\x02\x00" +
		"\x0f\x01\x02\x00" + u32le(len(maker)) + u32le(38) +
		"\x12\x01\x03\x00\x01\x00\x00\x00" + string([]byte{byte(orientation), 0, 0, 0}) +
		"\x00\x00\x00\x00" + maker
	return jpegPart(0xe1, exifMagic+tiff)
}

func u32le(n int) string { return string(binary.LittleEndian.AppendUint32(nil, uint32(n))) }
func u32be(n int) string { return string(binary.BigEndian.AppendUint32(nil, uint32(n))) }
func u16be(n int) string { return string(binary.BigEndian.AppendUint16(nil, uint16(n))) }

// photo is a JPEG as a telephone makes it, full of canaries.
func photo(t testing.TB, w, h, orientation int) []byte {
	plain := jpegOf(t, picture(w, h))
	parts := [][]byte{plain[:2], exif(orientation),
		jpegPart(0xe1, "http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>"+canary+"</x:xmpmeta>"),
		jpegPart(0xe2, "ICC_PROFILE\x00\x01\x01"+canary),
		jpegPart(0xed, "Photoshop 3.0\x008BIM\x04\x04"+canary),
		jpegPart(0xfe, canary), plain[2:],
		jpegPart(0xe1, "after the end"), []byte(canary)}
	return bytes.Join(parts, nil)
}

func pngChunk(kind, body string) string {
	return u32be(len(body)) + kind + body + u32be(int(crc32.ChecksumIEEE([]byte(kind+body))))
}

func screenshot(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, png.Encode(&b, picture(40, 30)))
	s := b.String()
	head := 8 + 12 + 13
	extra := pngChunk("tEXt", "Author\x00"+canary) + pngChunk("zTXt", "Comment\x00\x00"+canary) +
		pngChunk("iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00"+canary) + pngChunk("eXIf", "MM\x00*"+canary) +
		pngChunk("tIME", "\x07\xea\x0b\x16\x08\x00\x00") + pngChunk("iCCP", canary+"\x00\x00") + pngChunk("prVt", canary)
	return []byte(s[:head] + extra + s[head:] + canary)
}

// --- PDF ---

// pdfOf joins objects into a file with a table and a trailer.
func pdfOf(trailer string, objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	var table strings.Builder
	fmt.Fprintf(&table, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for i, o := range objects {
		fmt.Fprintf(&table, "%010d 00000 n \n", b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	b.WriteString(table.String())
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, trailer, start)
	return b.Bytes()
}

func pdfStream(dict, body string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(body), body)
}

func packed(s string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

const xmp = "<?xpacket begin=''?><x:xmpmeta xmlns:x='adobe:ns:meta/'><dc:creator>" + canary + "</dc:creator></x:xmpmeta>"

// letter is a PDF with canaries in every place that a printer driver knows.
func letter(t testing.TB) []byte {
	shot := string(photo(t, 16, 12, 1))
	return pdfOf("/Info 5 0 R /ID [<00><00>]",
		"<< /Type /Catalog /Pages 2 0 R /Metadata 6 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Annots [8 0 R] /Metadata 7 0 R"+
			" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> /XObject << /I 9 0 R >> >> >>",
		pdfStream("", "BT /F1 12 Tf 20 100 Td (The words \\(stay\\)) Tj ET q 50 0 0 50 20 20 cm /I Do Q"),
		"<< /Title ("+canary+" \\) \\\\ (nested)) /Author <"+fmt.Sprintf("%x", canary)+"> /Creator 10 0 R /Trapped /False >>",
		pdfStream("/Type /Metadata /Subtype /XML", xmp),
		pdfStream("/Type /Metadata /Subtype /XML /Filter /FlateDecode", packed(xmp)),
		"<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /T ("+canary+") /Contents (a remark) >>",
		pdfStream("/Type /XObject /Subtype /Image /Width 16 /Height 12 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter [/DCTDecode]", shot),
		"("+canary+")")
}

// --- Office ---

type part struct{ name, content string }

func zipOf(t testing.TB, parts ...part) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range parts {
		f, err := w.Create(p.name)
		must(t, err)
		_, err = f.Write([]byte(p.content))
		must(t, err)
	}
	must(t, w.Close())
	return b.Bytes()
}

const (
	wordMain   = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
	wordSpace  = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	relsSpace  = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	relsOffice = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)

func contentTypesFor(main string) part {
	return part{"[Content_Types].xml", `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="` + main + `"/></Types>`}
}

func wordParts(t testing.TB) []part {
	return []part{contentTypesFor(wordMain),
		{"_rels/.rels", relsSpace + `<Relationship Id="r1" Type="` + relsOffice + `/officeDocument" Target="word/document.xml"/>` +
			`<Relationship Id="r2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail" Target="docProps/thumbnail.jpeg"/></Relationships>`},
		{"word/document.xml", `<w:document ` + wordSpace + `><w:body><w:p><w:ins w:id="1" w:author="` + canary + `" w:date="2026-01-01T00:00:00Z"><w:r><w:t>请核实 author="kept"</w:t></w:r></w:ins></w:p></w:body></w:document>`},
		{"word/comments.xml", `<w:comments ` + wordSpace + `><w:comment w:id="0" w:author='` + canary + `' w:initials="` + canary + `"><w:p><w:r><w:t>a remark</w:t></w:r></w:p></w:comment></w:comments>`},
		{"word/_rels/settings.xml.rels", relsSpace + `<Relationship Id="r1" Type="` + relsOffice + `/attachedTemplate" Target="file:///C:\Users\` + canary + `\Normal.dotm" TargetMode="External"/></Relationships>`},
		{"word/media/image1.jpeg", string(photo(t, 16, 12, 6))},
		{"word/people.xml", `<w15:people xmlns:w15="w15"><w15:person w15:author="` + canary + `"><w15:presenceInfo w15:providerId="None" w15:userId="` + canary + `"/></w15:person></w15:people>`},
		{"docProps/core.xml", `<x>` + canary + `</x>`},
		{"docProps/app.xml", `<x>` + canary + `</x>`},
		{"docProps/custom.xml", `<x>` + canary + `</x>`},
		{"docProps/thumbnail.jpeg", canary}}
}

func word(t testing.TB) []byte { return zipOf(t, wordParts(t)...) }

// wordWith is a Word document with another part in it.
func wordWith(t testing.TB, more ...part) []byte { return zipOf(t, append(wordParts(t), more...)...) }

// sheet is a workbook by a program that others use, with canaries.
func sheet(t testing.TB) []byte {
	t.Helper()
	f := excelize.NewFile()
	must(t, f.SetCellValue("Sheet1", "A1", "工资"))
	must(t, f.SetDocProps(&excelize.DocProperties{Creator: canary, LastModifiedBy: canary, Title: canary}))
	must(t, f.SetAppProps(&excelize.AppProperties{Company: canary}))
	must(t, f.AddComment("Sheet1", excelize.Comment{Cell: "A1", Author: canary, Text: "a remark"}))
	must(t, f.AddTable("Sheet1", &excelize.Table{Range: "A1:B3", Name: "wages"}))
	b, err := f.WriteToBuffer()
	must(t, err)
	return b.Bytes()
}

// --- compound files ---

// compoundOf builds a file of 512-byte sectors: table, directory, then the streams, each
// filled up to 4,096 bytes. Names that end in "/" are storages.
func compoundOf(streams ...part) []byte {
	const sector = 512
	table := []uint32{0xfffffffd, 0xfffffffe}
	directory := entryOf("Root Entry", cfbRoot, 0xfffffffe, 0)
	var store []byte
	for _, s := range streams {
		if name, ok := strings.CutSuffix(s.name, "/"); ok {
			directory = append(directory, entryOf(name, cfbStorage, 0, 0)...)
			continue
		}
		size := (max(len(s.content), miniLimit) + sector - 1) / sector * sector
		first := 2 + len(store)/sector
		directory = append(directory, entryOf(s.name, cfbStream, uint32(first), uint32(size))...)
		store = append(store, s.content+strings.Repeat("\x00", size-len(s.content))...)
		for i := range size / sector {
			table = append(table, uint32(first+i+1))
		}
		table[len(table)-1] = 0xfffffffe
	}
	for len(directory) < sector {
		directory = append(directory, make([]byte, dirEntry)...)
	}
	head := make([]byte, sector)
	copy(head, cfbMagic)
	binary.LittleEndian.PutUint16(head[24:], 0x3e)
	binary.LittleEndian.PutUint16(head[26:], 3)
	binary.LittleEndian.PutUint16(head[28:], 0xfffe)
	binary.LittleEndian.PutUint16(head[30:], 9)
	binary.LittleEndian.PutUint16(head[32:], 6)
	binary.LittleEndian.PutUint32(head[44:], 1)
	binary.LittleEndian.PutUint32(head[48:], 1)
	binary.LittleEndian.PutUint32(head[56:], miniLimit)
	binary.LittleEndian.PutUint32(head[60:], 0xfffffffe)
	binary.LittleEndian.PutUint32(head[68:], 0xfffffffe)
	for i := 76; i < sector; i += 4 {
		binary.LittleEndian.PutUint32(head[i:], 0xffffffff)
	}
	binary.LittleEndian.PutUint32(head[76:], 0)
	raw := make([]byte, 0, sector)
	for _, n := range table {
		raw = binary.LittleEndian.AppendUint32(raw, n)
	}
	for len(raw) < sector {
		raw = append(raw, 0xff)
	}
	return bytes.Join([][]byte{head, raw, directory[:sector], store}, nil)
}

func entryOf(name string, kind byte, start, size uint32) []byte {
	e := make([]byte, dirEntry)
	units := utf16.Encode([]rune(name))
	for i, u := range units {
		binary.LittleEndian.PutUint16(e[2*i:], u)
	}
	binary.LittleEndian.PutUint16(e[64:], uint16(2*len(units)+2))
	e[66] = kind
	binary.LittleEndian.PutUint32(e[116:], start)
	binary.LittleEndian.PutUint32(e[120:], size)
	return e
}

func fib(flags uint16) string {
	b := make([]byte, 64)
	binary.LittleEndian.PutUint16(b, 0xa5ec)
	binary.LittleEndian.PutUint16(b[10:], flags)
	return string(b)
}

func record(kind uint16, body string) string {
	b := binary.LittleEndian.AppendUint16(nil, kind)
	return string(binary.LittleEndian.AppendUint16(b, uint16(len(body)))) + body
}

var (
	bofRecord = record(0x0809, strings.Repeat("\x00", 16))
	eofRecord = record(0x000a, "")
)

func oldWord() []byte { return compoundOf(part{"WordDocument", fib(0)}, part{"1Table", "x"}) }
func oldSheet() []byte {
	return compoundOf(part{"Workbook", bofRecord + record(0x85, "\x00\x00\x00\x00\x00\x00\x02\x00S1") + eofRecord})
}

// --- sound and film ---

func boxOf(kind string, content ...string) string {
	body := strings.Join(content, "")
	return u32be(len(body)+8) + kind + body
}

func ftyp(major string, more ...string) string {
	return boxOf("ftyp", major, u32be(0), major, strings.Join(more, ""))
}

// track is one with a handler, instants and user data.
func track(handler string) string {
	return boxOf("trak", boxOf("tkhd", u32be(0), "MADE", "CHGD", strings.Repeat("\x00", 72)),
		boxOf("udta", boxOf("name", canary)),
		boxOf("mdia", boxOf("mdhd", u32be(0), "MADE", "CHGD", strings.Repeat("\x00", 12)),
			boxOf("hdlr", u32be(0), u32be(0), handler, strings.Repeat("\x00", 12), canary+"\x00"),
			boxOf("minf", boxOf("stbl", boxOf("stco", u32be(0), u32be(1), u32be(1000))))))
}

func film(major string, tracks ...string) []byte {
	return []byte(ftyp(major, "isom") + boxOf("free", canary) +
		boxOf("moov", boxOf("mvhd", "\x01\x00\x00\x00", "MADEMADE", "CHGDCHGD", strings.Repeat("\x00", 92)),
			strings.Join(tracks, ""), boxOf("udta", boxOf("\xa9xyz", canary)), boxOf("meta", u32be(0), canary)) +
		boxOf("mdat", strings.Repeat("FRAMES", 100)) + boxOf("uuid", canary))
}

// heic is a picture of w × h with an Exif item and an XMP item.
func heic(w, h int) []byte {
	head := ftyp("heic", "mif1")
	build := func(at int) string {
		infe := func(id int, kind, rest string) string {
			return boxOf("infe", "\x02\x00\x00\x00", u16be(id), u16be(0), kind, rest)
		}
		extent := func(id, at, n int) string { return u16be(id) + u16be(0) + u16be(1) + u32be(at) + u32be(n) }
		n := len(canary)
		return boxOf("meta", u32be(0), boxOf("hdlr", u32be(0), u32be(0), "pict", strings.Repeat("\x00", 13)),
			boxOf("pitm", u32be(0), u16be(1)),
			boxOf("iinf", u32be(0), u16be(3), infe(1, "hvc1", "\x00"), infe(2, "Exif", "\x00"), infe(3, "mime", "\x00application/rdf+xml\x00")),
			boxOf("iloc", u32be(0), u16be(0x4400), u16be(3), extent(1, at, 5), extent(2, at+5, n), extent(3, at+5+n, n)),
			boxOf("iprp", boxOf("ipco", boxOf("ispe", u32be(0), u32be(w), u32be(h)), boxOf("irot", "\x01"))))
	}
	at := len(head) + len(build(0)) + 8
	return []byte(head + build(at) + boxOf("mdat", "PIXEL", canary, canary))
}

// frames are n frames of silence at 128 kbit/s, 44,100 Hz.
func frames(n int) string {
	return strings.Repeat("\xff\xfb\x90\x00"+strings.Repeat("\x00", 413), n)
}

func song() []byte {
	tag := "TIT2" + u32be(len(canary)+1) + "\x00\x00\x00" + canary
	head := "ID3\x03\x00\x00\x00\x00\x00" + string([]byte{byte(len(tag))})
	ape := "APETAGEX" + canary
	return []byte(head + tag + frames(20) + ape + "TAG" + canary + strings.Repeat("\x00", 125-len(canary)))
}

// --- all of them ---

type sample struct {
	name string
	kind Type
	data []byte
}

// samples is one good file of each kind.
func samples(t testing.TB) []sample {
	gbk := "\xd3\xd0\xc8\xcb\xcf\xf2\xce\xd2\xce\xca\xba\xc3\xa3\xac\xc7\xeb\xba\xcb\xca\xb5\xa1\xa3"
	return []sample{
		{"IMG_0001.JPG", JPEG, photo(t, 48, 32, 1)},
		{"屏幕截图 (2).png", PNG, screenshot(t)},
		{"IMG_0002.HEIC", HEIC, heic(4032, 3024)},
		{"来信【扫描】.pdf", PDF, letter(t)},
		{"old.doc", DOC, oldWord()},
		{"情况说明.docx", DOCX, word(t)},
		{"old.xls", XLS, oldSheet()},
		{"工资表.xlsx", XLSX, sheet(t)},
		{"说明.txt", TXT, []byte("\xef\xbb\xbf第一行\r\nsecond line, with a comma\n")},
		{"旧说明.txt", TXT, []byte(gbk)},
		{"录音.mp3", MP3, song()},
		{"录音.m4a", M4A, film("M4A ", track("soun"))},
		{"现场.mp4", MP4, film("mp42", track("vide"), track("soun"))},
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
