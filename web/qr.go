package web

import (
	"errors"
	"fmt"
	"html/template"
	"strconv"
	"sync/atomic"

	"rsc.io/qr/coding"
)

// quiet is the white border that a reader needs, in modules.
const quiet = 4

// QR draws a text as SVG: one path of strokes a module wide, no style. The encoder always
// takes the same mask, which every reader undoes; choosing the prettiest of eight
// costs more than all else of a submission.
func QR(text string) (template.HTML, error) {
	plan, err := planFor(coding.String(text))
	if err != nil {
		return "", fmt.Errorf("QR code: %w", err)
	}
	code, err := plan.Encode(coding.String(text))
	if err != nil {
		return "", fmt.Errorf("QR code: %w", err)
	}
	side := strconv.Itoa(code.Size + 2*quiet)
	svg := make([]byte, 0, 4<<10)
	svg = append(svg, `<svg class="qr" viewBox="0 0 `+side+` `+side+`" aria-hidden="true"><rect width="`+side+`" height="`+side+
		`" fill="#fff"/><path d="`...)
	for y := range code.Size {
		svg = appendRow(svg, code, y)
	}
	// Numbers only: nothing of the text itself is in the markup.
	return template.HTML(append(svg, `" stroke="#000" shape-rendering="crispEdges"/></svg>`...)), nil // #nosec G203
}

// plans keeps what all codes of a size have: where its marks stand and where its bits go.
var plans [coding.MaxVersion + 1]atomic.Pointer[coding.Plan]

// planFor is the smallest code that holds the text; it fails for one too long for any.
func planFor(text coding.String) (*coding.Plan, error) {
	for size := coding.Version(coding.MinVersion); size <= coding.MaxVersion; size++ {
		if text.Bits(size) > size.DataBytes(coding.M)*8 {
			continue
		}
		if plan := plans[size].Load(); plan != nil {
			return plan, nil
		}
		plan, err := coding.NewPlan(size, coding.M, 0)
		if err == nil {
			plans[size].Store(plan)
		}
		return plan, err
	}
	return nil, errors.New("the text is too long")
}

// appendRow draws a row of modules along its middle: "M4 4.5h7m3 0h2" is seven black,
// three white, two black.
func appendRow(svg []byte, code *coding.Code, y int) []byte {
	pen := -1 // where it stands; nowhere yet
	for x := 0; x < code.Size; x++ {
		from := x
		for code.Black(x, y) { // white beyond the edge
			x++
		}
		if x == from {
			continue
		}
		if pen < 0 {
			svg = strconv.AppendInt(append(svg, 'M'), int64(from+quiet), 10)
			svg = strconv.AppendInt(append(svg, ' '), int64(y+quiet), 10)
			svg = append(svg, ".5"...)
		} else {
			svg = strconv.AppendInt(append(svg, 'm'), int64(from-pen), 10)
			svg = append(svg, " 0"...)
		}
		svg = strconv.AppendInt(append(svg, 'h'), int64(x-from), 10)
		pen = x
	}
	return svg
}
