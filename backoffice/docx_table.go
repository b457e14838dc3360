package backoffice

import (
	"fmt"
	"strings"
)

// Measures of a table in a document, in points.
const (
	cellSize = 12.0
	cellLine = 18.0
)

// docxTable is a table as wide as the type area, its heads on every page.
func docxTable(t table) string {
	var b strings.Builder
	b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(&b, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="808080"/>`, side)
	}
	b.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	widths := t.widths()
	for _, wide := range widths {
		fmt.Fprintf(&b, `<w:gridCol w:w="%d"/>`, wide)
	}
	b.WriteString(`</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
	for i, h := range t.Heads {
		b.WriteString(docxCell(docxLine{face: faceHead, text: h.Said}, widths[i]))
	}
	b.WriteString(`</w:tr>`)
	for _, r := range t.Rows {
		b.WriteString(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		for i, text := range r {
			b.WriteString(docxCell(docxLine{text: text}, widths[i]))
		}
		b.WriteString(`</w:tr>`)
	}
	b.WriteString(`</w:tbl>`)
	return b.String() + docxLine{height: cellLine}.String() // a document wants a paragraph after a table
}

func docxCell(l docxLine, wide int) string {
	l.size, l.height, l.align = cellSize, cellLine, "left"
	return fmt.Sprintf(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, wide) + l.String() + `</w:tc>`
}

// widths shares the type area out among the columns by their longest cells, so that a long
// text takes no more than five short ones. They are twips.
func (t table) widths() []int {
	weights, sum := make([]float64, len(t.Heads)), 0.0
	for i, h := range t.Heads {
		weights[i] = emWidth(h.Said)
		for _, r := range t.Rows {
			weights[i] = max(weights[i], emWidth(r[i]))
		}
		weights[i] = min(max(weights[i], 6), 20)
		sum += weights[i]
	}
	all := make([]int, len(weights))
	for i, weight := range weights {
		all[i] = twips(areaWidth * weight / sum)
	}
	return all
}
