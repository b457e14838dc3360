package backoffice

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"
)

// Names of the typefaces that official papers are set in. The program ships none: a
// machine without one shows the face named beside it in the font table, or its own.
const (
	faceBody  = "仿宋_GB2312"
	faceTitle = "方正小标宋简体"
	faceHead  = "黑体"
)

const docxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// writeDOCX writes a paper as a word processor's file: a small zip of XML.
func writeDOCX(w io.Writer, t typeset, at time.Time) error {
	z := zip.NewWriter(w)
	for _, part := range docxParts(t) {
		f, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: at})
		if err == nil {
			_, err = io.WriteString(f, xml.Header+part.text)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("docx: %w", err)
	}
	return nil
}

type docxPart struct{ name, text string }

const (
	wNS = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	rNS = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	cNS = `application/vnd.openxmlformats-officedocument.wordprocessingml.`
)

// docxParts are the files of the zip.
func docxParts(t typeset) []docxPart {
	return []docxPart{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
			contentType("document", "document.main") + contentType("styles", "styles") + contentType("settings", "settings") +
			contentType("fontTable", "fontTable") + contentType("header1", "header") + contentType("footer1", "footer") +
			contentType("footer2", "footer") + contentType("footer3", "footer") + `</Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + rNS + `officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/_rels/document.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			relation("styles", "styles") + relation("settings", "settings") + relation("fontTable", "fontTable") +
			relation("header1", "header") + relation("footer1", "footer") + relation("footer2", "footer") +
			relation("footer3", "footer") + `</Relationships>`},
		{"word/styles.xml", docxStyles},
		{"word/settings.xml", `<w:settings ` + wNS + `><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/></w:settings>`},
		{"word/fontTable.xml", `<w:fonts ` + wNS + `>` + otherFace(faceBody, "仿宋") + otherFace(faceTitle, "宋体") + otherFace(faceHead, "SimHei") + `</w:fonts>`},
		{"word/header1.xml", `<w:hdr ` + wNS + `>` + t.docxHead() + `</w:hdr>`},
		{"word/footer1.xml", `<w:ftr ` + wNS + `>` + t.docxFirstFoot() + `</w:ftr>`},
		{"word/footer2.xml", `<w:ftr ` + wNS + `>` + t.docxNote() + docxPageNo("right") + `</w:ftr>`},
		{"word/footer3.xml", `<w:ftr ` + wNS + `>` + t.docxNote() + docxPageNo("left") + `</w:ftr>`},
		{"word/document.xml", t.docxBody()},
	}
}

func contentType(part, kind string) string {
	return `<Override PartName="/word/` + part + `.xml" ContentType="` + cNS + kind + `+xml"/>`
}

func relation(part, kind string) string {
	return `<Relationship Id="` + part + `" Type="` + rNS + kind + `" Target="` + part + `.xml"/>`
}

func otherFace(name, other string) string {
	return `<w:font w:name="` + name + `"><w:altName w:val="` + other + `"/><w:charset w:val="86"/></w:font>`
}

// docxStyles sets every paragraph on the grid of 29 points.
const docxStyles = `<w:styles ` + wNS + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="` + faceBody + `" w:cs="Times New Roman"/><w:spacing w:val="-5"/><w:kern w:val="0"/><w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl w:val="0"/><w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:spacing w:before="0" w:after="0" w:line="580" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>`

// docxLine is a paragraph: its properties, in the order the schema wants, and its run.
type docxLine struct {
	keep           bool    // with the next
	lines          string  // pBdr
	before, height float64 // points; 0 for the grid's height
	left, right    float64
	indent         bool // two characters
	align          string
	face, color    string
	size           float64
	text           string
	raw            string // in place of text
	table          *table // in place of the paragraph
}

func twips(points float64) int { return int(points*20 + 0.5*sign(points)) }

func sign(f float64) float64 {
	if f < 0 {
		return -1
	}
	return 1
}

func (l docxLine) String() string {
	if l.table != nil {
		return docxTable(*l.table)
	}
	var b strings.Builder
	b.WriteString(`<w:p><w:pPr>`)
	if l.keep {
		b.WriteString(`<w:keepNext/><w:keepLines/>`)
	}
	b.WriteString(l.lines)
	height := lineHeight
	if l.height > 0 {
		height = l.height
	}
	fmt.Fprintf(&b, `<w:spacing w:before="%d" w:after="0" w:line="%d" w:lineRule="exact"/>`, twips(l.before), twips(height))
	if l.indent {
		b.WriteString(`<w:ind w:firstLineChars="200" w:firstLine="630"/>`)
	} else {
		fmt.Fprintf(&b, `<w:ind w:left="%d" w:right="%d" w:firstLine="0"/>`, twips(l.left), twips(l.right))
	}
	if l.align != "" {
		b.WriteString(`<w:jc w:val="` + l.align + `"/>`)
	}
	b.WriteString(`</w:pPr>`)
	if l.raw != "" {
		b.WriteString(l.raw)
	} else if l.text != "" {
		b.WriteString(`<w:r>` + l.run() + `<w:t xml:space="preserve">` + escape(l.text) + `</w:t></w:r>`)
	}
	b.WriteString(`</w:p>`)
	return b.String()
}

func (l docxLine) run() string {
	var b strings.Builder
	b.WriteString(`<w:rPr>`)
	if l.face != "" {
		b.WriteString(`<w:rFonts w:ascii="` + l.face + `" w:hAnsi="` + l.face + `" w:eastAsia="` + l.face + `"/>`)
	}
	if l.color != "" {
		b.WriteString(`<w:color w:val="` + l.color + `"/>`)
	}
	if l.size > 0 {
		fmt.Fprintf(&b, `<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, int(l.size*2), int(l.size*2))
	}
	b.WriteString(`</w:rPr>`)
	return b.String()
}

func escape(text string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(text)) // a buffer takes everything
	return b.String()
}
