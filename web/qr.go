package web

import (
	"fmt"
	"html/template"
	"strconv"

	"rsc.io/qr"
)

// quiet is the white border that a reader needs, in modules.
const quiet = 4

// QR draws a text as SVG: one path of black runs, no style. The encoder always
// takes the same mask, which every reader undoes; choosing the prettiest of eight
// costs more than all else of a submission.
func QR(text string) (template.HTML, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return "", fmt.Errorf("QR code: %w", err)
	}
	side := strconv.Itoa(code.Size + 2*quiet)
	svg := make([]byte, 0, 8<<10)
	svg = append(svg, `<svg class="qr" viewBox="0 0 `+side+` `+side+`" aria-hidden="true"><rect width="`+side+`" height="`+side+
		`" fill="#fff"/><path d="`...)
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			from := x
			for code.Black(x, y) { // white beyond the edge
				x++
			}
			if n := x - from; n > 0 {
				svg = appendRun(svg, from+quiet, y+quiet, n)
			}
		}
	}
	// Numbers only: nothing of the text itself is in the markup.
	return template.HTML(append(svg, `" fill="#000" shape-rendering="crispEdges"/></svg>`...)), nil // #nosec G203
}

// appendRun draws n black modules from x to the right: "M4 4h7v1h-7z".
func appendRun(svg []byte, x, y, n int) []byte {
	svg = strconv.AppendInt(append(svg, 'M'), int64(x), 10)
	svg = strconv.AppendInt(append(svg, ' '), int64(y), 10)
	svg = strconv.AppendInt(append(svg, 'h'), int64(n), 10)
	svg = strconv.AppendInt(append(svg, "v1h-"...), int64(n), 10)
	return append(svg, 'z')
}
