package backoffice

import (
	"strconv"
	"unicode/utf8"

	"github.com/signintech/gopdf"
)

// pdfSheet sets a paper line by line. The first error ends the work; the rest does
// nothing.
type pdfSheet struct {
	typeset
	pdf  gopdf.GoPdf
	y    float64 // where the next line's upper edge lies
	page int
	err  error
}

const (
	areaFoot = areaTop + 22*lineHeight
	widest   = 4.0 // points between characters: a line that wants more stays ragged
)

func (s *pdfSheet) draw() {
	s.turn()
	if s.Letter {
		s.y += numberGap
		s.line(s.Number, cutText, bodySize, 0)
		s.y += 2 * lineHeight
		s.centred(s.Title, titleSize)
	} else {
		s.centred(s.Org, titleSize)
		s.centred(s.Title, titleSize)
		if s.Number != "" {
			s.y += lineHeight / 2
			s.line(s.Number, cutText, bodySize, 0)
		}
	}
	s.y += lineHeight
	s.paragraph(s.To, cutText, bodySize, 0)
	for i, l := range s.Body {
		cut := cutText
		if l.Head {
			cut = cutBold
			if i+1 < len(s.Body) {
				s.need(2 * lineHeight) // a head stays with its text
			}
		} else if i == len(s.Body)-1 {
			s.need(s.signHeight() + min(float64(len([]rune(l.Text))/lineChars+1), 4)*lineHeight)
		}
		s.paragraph(l.Text, cut, bodySize, 2*bodySize)
	}
	s.sign()
	s.fine()
}

// signHeight is the room of all that follows the text. It never stands alone on a page:
// words of the text stay with it.
func (s *pdfSheet) signHeight() float64 {
	return 5*lineHeight + float64(len(s.Fine))*lineHeight*1.5
}

// sign puts signer, day and the seal's place together on one page.
func (s *pdfSheet) sign() {
	signer, day := s.signAt()
	s.need(s.signHeight())
	s.y += 2 * lineHeight
	s.line(s.Signer, cutText, bodySize, signer)
	s.line(s.Day, cutText, bodySize, day)
	s.pdf.SetTextColor(166, 166, 166)
	s.line(s.Seal, cutText, fineSize, day+2.5*bodySize)
	s.pdf.SetTextColor(0, 0, 0)
}

func (s *pdfSheet) fine() {
	for _, text := range s.Fine {
		s.y += lineHeight / 2
		s.paragraph(text, cutText, fineSize, 0)
	}
}

// turn begins a page.
func (s *pdfSheet) turn() {
	s.pdf.AddPage()
	s.page++
	s.y = areaTop
	if s.Note != "" {
		s.pdf.SetTextColor(128, 128, 128)
		s.at(s.Note, cutText, fineSize, sheetHeight-redFoot-2*fineSize)
		s.pdf.SetTextColor(0, 0, 0)
	}
	if s.Letter && s.page == 1 {
		s.redHead()
		return
	}
	no := "— " + strconv.Itoa(s.page) + " —"
	s.font(cutText, pageNoSize)
	x := areaLeft + pageNoSize
	if s.page%2 == 1 {
		x = areaLeft + areaWidth - pageNoSize - s.width(no)
	}
	s.text(no, x, areaFoot+7*mm+pageNoSize)
}

// redHead draws what the letter form has on its first page: the organ's name 30 mm from
// the top, the double lines, thick over thin above and thin over thick below.
func (s *pdfSheet) redHead() {
	size := s.orgSize()
	s.pdf.SetTextColor(255, 0, 0)
	s.at(s.Org, cutBold, size, orgTop-size*0.08)
	s.pdf.SetTextColor(0, 0, 0)
	s.pdf.SetStrokeColor(255, 0, 0)
	y := orgTop + size + orgGap
	left, right := (sheetWidth-redWidth)/2, (sheetWidth+redWidth)/2
	stroke := func(width, y float64) {
		s.pdf.SetLineWidth(width)
		s.pdf.Line(left, y, right, y)
	}
	stroke(2.25, y+1.1)
	stroke(0.75, y+4.6)
	foot := sheetHeight - redFoot
	stroke(0.75, foot-4.6)
	stroke(2.25, foot-1.1)
	s.y = y + 5
}

// need begins a page unless so much room is left on this one.
func (s *pdfSheet) need(height float64) {
	if s.y+height > areaFoot+1 {
		s.turn()
	}
}

// paragraph sets a text as lines of the type area, justified but for the last.
func (s *pdfSheet) paragraph(text, cut string, size, indent float64) {
	if text == "" {
		return
	}
	s.font(cut, size)
	if s.err != nil {
		return
	}
	all, err := breakLines(text, areaWidth, indent, s.pdf.MeasureTextWidth)
	if err != nil {
		s.err = err
		return
	}
	for i, line := range all {
		s.need(lineHeight)
		s.font(cut, size)
		x, room := areaLeft, areaWidth
		if i == 0 {
			x, room = x+indent, room-indent
		}
		gap := 0.0
		if n := utf8.RuneCountInString(line) - 1; n > 0 && (i < len(all)-1 || s.width(line) > room) {
			if gap = (room - s.width(line)) / float64(n); gap > widest {
				gap = 0
			}
		}
		s.keep(s.pdf.SetCharSpacing(gap))
		s.text(line, x, s.y+lineHeight/2+size*0.36)
		s.keep(s.pdf.SetCharSpacing(0))
		s.y += lineHeight
	}
}

// centred sets a title, on as many lines as it needs.
func (s *pdfSheet) centred(text string, size float64) {
	s.font(cutBold, size)
	if s.err != nil {
		return
	}
	all, err := breakLines(text, areaWidth-2*size, 0, s.pdf.MeasureTextWidth)
	if err != nil {
		s.err = err
		return
	}
	if n := len(all); n > 1 { // lines of about one length
		if even, err := breakLines(text, s.width(text)/float64(n)+1.5*size, 0, s.pdf.MeasureTextWidth); err == nil && len(even) == n {
			all = even
		}
	}
	for _, line := range all {
		s.at(line, cutBold, size, s.y+7)
		s.y += 36
	}
}

// line sets one line at so much from the right edge.
func (s *pdfSheet) line(text, cut string, size, from float64) {
	s.font(cut, size)
	s.text(text, areaLeft+areaWidth-from-s.width(text), s.y+lineHeight/2+size*0.36)
	s.y += lineHeight
}

// at sets one line in the middle of the sheet, its upper edge at y.
func (s *pdfSheet) at(text, cut string, size, y float64) {
	s.font(cut, size)
	s.text(text, (sheetWidth-s.width(text))/2, y+size*0.88)
}

func (s *pdfSheet) font(cut string, size float64) { s.keep(s.pdf.SetFont(cut, "", size)) }

func (s *pdfSheet) width(text string) float64 {
	if s.err != nil || text == "" {
		return 0
	}
	w, err := s.pdf.MeasureTextWidth(text)
	s.keep(err)
	return w
}

func (s *pdfSheet) text(text string, x, baseline float64) {
	if s.err != nil || text == "" {
		return
	}
	s.pdf.SetXY(x, baseline)
	s.keep(s.pdf.Text(text))
}

func (s *pdfSheet) keep(err error) {
	if s.err == nil {
		s.err = err
	}
}
