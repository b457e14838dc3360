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
	b.WriteString(`</w:tblBorders><w:tblLayout w:type="autofit"/></w:tblPr><w:tblGrid>`)
	for range t.Heads {
		fmt.Fprintf(&b, `<w:gridCol w:w="%d"/>`, twips(areaWidth/float64(len(t.Heads))))
	}
	b.WriteString(`</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
	for _, h := range t.Heads {
		b.WriteString(docxCell(docxLine{face: faceHead, text: h.Said}, true))
	}
	b.WriteString(`</w:tr>`)
	for _, r := range t.Rows {
		b.WriteString(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		for i, text := range r {
			b.WriteString(docxCell(docxLine{text: text}, t.Heads[i].Short))
		}
		b.WriteString(`</w:tr>`)
	}
	b.WriteString(`</w:tbl>`)
	return b.String() + docxLine{height: cellLine}.String() // a document wants a paragraph after a table
}

func docxCell(l docxLine, short bool) string {
	l.size, l.height, l.align = cellSize, cellLine, "left"
	wrap := ""
	if short {
		wrap = `<w:noWrap/>`
	}
	return `<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/>` + wrap + `</w:tcPr>` + l.String() + `</w:tc>`
}
