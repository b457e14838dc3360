package backoffice

import (
	"fmt"
	"regexp"
	"strings"
)

// redLines are the borders of a paragraph of two points: thick over thin, or thin over
// thick.
func redLines(over, under int) string {
	line := `<w:%s w:val="single" w:sz="%d" w:space="0" w:color="FF0000"/>`
	return `<w:pBdr>` + fmt.Sprintf(line, "top", over) + fmt.Sprintf(line, "bottom", under) + `</w:pBdr>`
}

// Distances of the red lines' ends from the type area, which does not stand in the
// middle of the sheet.
const (
	redLeft  = (sheetWidth-redWidth)/2 - areaLeft
	redRight = (sheetWidth-redWidth)/2 - (sheetWidth - areaLeft - areaWidth)
)

// docxHead is the head of the first page: the organ's name and the double line of the
// letter form.
func (t *typeset) docxHead() string {
	if !t.Letter {
		return docxLine{height: 1, text: ""}.String()
	}
	size := t.orgSize()
	return docxLine{left: redLeft, right: redRight, align: "center", height: size * 1.1, face: faceTitle, color: "FF0000",
		size: size, text: t.Org}.String() +
		docxLine{lines: redLines(18, 6), before: orgGap, left: redLeft, right: redRight, height: 2}.String()
}

// docxFirstFoot is the foot of the first page: the lower double line, or the page's
// number.
func (t *typeset) docxFirstFoot() string {
	if !t.Letter {
		return t.docxNote() + docxPageNo("right")
	}
	return t.docxNote() + docxLine{lines: redLines(6, 18), left: redLeft, right: redRight, height: 2}.String()
}

func (t *typeset) docxNote() string {
	if t.Note == "" {
		return ""
	}
	return docxLine{align: "center", height: fineSize * 1.3, color: "808080", size: fineSize, text: t.Note}.String()
}

// docxPageNo is the page's number between dashes: on the right of odd pages, on the left
// of even ones.
func docxPageNo(side string) string {
	l := docxLine{size: pageNoSize}
	dash := func(text string) string {
		return `<w:r>` + l.run() + `<w:t xml:space="preserve">` + text + `</w:t></w:r>`
	}
	field := `<w:fldSimple w:instr=" PAGE "><w:r>` + l.run() + `<w:t>1</w:t></w:r></w:fldSimple>`
	l.align, l.left, l.right, l.height = side, pageNoSize, pageNoSize, pageNoSize*1.3
	l.raw = dash("— ") + field + dash(" —")
	return l.String()
}

// docxBody is the text with the page's measures.
func (t *typeset) docxBody() string {
	var b strings.Builder
	b.WriteString(`<w:document ` + wNS + `><w:body>`)
	for _, l := range t.docxLines() {
		b.WriteString(l.String())
	}
	fmt.Fprintf(&b, `<w:sectPr><w:headerReference w:type="first" r:id="header1"/><w:footerReference w:type="first" r:id="footer1"/><w:footerReference w:type="default" r:id="footer2"/><w:footerReference w:type="even" r:id="footer3"/><w:pgSz w:w="%d" w:h="%d"/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/><w:titlePg/></w:sectPr></w:body></w:document>`,
		twips(sheetWidth), twips(sheetHeight), twips(areaTop), twips(sheetWidth-areaLeft-areaWidth),
		// a twip less than the rest, so that rounding does not cost the 22nd line
		twips(sheetHeight-areaTop-22*lineHeight)-10, twips(areaLeft), twips(orgTop), twips(redFoot))
	return b.String()
}

// unbreakable is what stands whole on one line, like a case number: a line before it that
// were set to both margins would be torn apart.
var unbreakable = regexp.MustCompile(`[0-9A-Za-z-]{12,}`)

// docxLines are the paragraphs from the number to what stands in small type.
func (t *typeset) docxLines() []docxLine {
	var all []docxLine
	if t.Letter {
		all = append(all, docxLine{before: numberGap, align: "right", text: t.Number},
			docxLine{keep: true, before: 2 * lineHeight, height: 36, align: "center", face: faceTitle, size: titleSize, text: t.Title})
	} else {
		if t.Org != "" {
			all = append(all, docxLine{keep: true, height: 36, align: "center", face: faceTitle, size: titleSize, text: t.Org})
		}
		all = append(all, docxLine{keep: true, height: 36, align: "center", face: faceTitle, size: titleSize, text: t.Title})
		if t.Number != "" {
			all = append(all, docxLine{before: lineHeight / 2, align: "right", text: t.Number})
		}
	}
	if t.To != "" {
		all = append(all, docxLine{before: lineHeight, text: t.To})
	}
	for i, l := range t.Body {
		if l.Table != nil {
			all = append(all, docxLine{table: l.Table})
		} else if l.Head {
			all = append(all, docxLine{keep: true, indent: true, face: faceHead, text: l.Text})
		} else {
			line := docxLine{keep: i == len(t.Body)-1, indent: true, text: l.Text}
			if unbreakable.MatchString(l.Text) {
				line.align = "left"
			}
			all = append(all, line)
		}
	}
	if t.Signer == "" {
		return all
	}
	signer, day := t.signAt()
	all = append(all, docxLine{keep: true, before: 2 * lineHeight, right: signer, align: "right", text: t.Signer},
		docxLine{keep: true, right: day, align: "right", text: t.Day},
		docxLine{keep: len(t.Fine) > 0, right: day + 2.5*bodySize, align: "right", color: "A6A6A6", size: fineSize, text: t.Seal})
	for _, text := range t.Fine {
		all = append(all, docxLine{before: lineHeight / 2, height: fineSize * 1.6, size: fineSize, text: text})
	}
	return all
}
