package backoffice

import (
	"slices"
	"strings"
	"unicode/utf8"

	"huiyin/petition"
)

// The measures of GB/T 9704-2012 in points: an A4 sheet, its type area of 156 × 225 mm,
// and what the letter form adds.
const (
	mm          = 72 / 25.4
	sheetWidth  = 210 * mm
	sheetHeight = 297 * mm
	areaLeft    = 28 * mm
	areaTop     = 37 * mm
	areaWidth   = 156 * mm
	lineHeight  = 29.0 // 22 lines on a page
	bodySize    = 16.0 // 3号
	titleSize   = 22.0 // 2号
	pageNoSize  = 14.0 // 4号
	fineSize    = 12.0
	lineChars   = 28 // characters on a line

	orgTop    = 30 * mm  // upper edge of the issuing organ's name
	orgGap    = 4 * mm   // from there to the red lines
	redWidth  = 170 * mm // of the red lines, in the middle of the sheet
	redFoot   = 20 * mm  // of the lower lines, from the sheet's foot
	orgLarge  = 36.0
	orgSmall  = 16.0
	numberGap = bodySize * 7 / 8 // from the red lines to the number
)

// lettered are the papers from unit to unit: they go out in the letter form, with a red
// head. All others are plain sheets.
var lettered = []petition.PaperKind{petition.ReferralLetter, petition.AssignmentLetter, petition.ObjectionLetter,
	petition.DisputeLetter, petition.RulingLetter, petition.SupervisionLetter, petition.FieldStudyLetter,
	petition.TalkLetter, petition.DispatchLetter, petition.CircularLetter,
	petition.WorkAdviceLetter, petition.PolicyAdviceLetter, petition.BlameAdviceLetter}

// typeset is a paper as it is set, whatever program it is set for.
type typeset struct {
	Letter bool // the letter form
	Org    string
	Number string
	Title  string
	To     string
	Body   []setLine
	Signer string // "" for what nobody signs
	Seal   string // what marks the seal's place
	Day    string
	Fine   []string
	Note   string // stands on every sheet of a demonstration
}

// setLine is a head, a paragraph or a table of the body. Only documents of a word processor
// have tables: no paper that is numbered and signed has one.
type setLine struct {
	Head  bool
	Text  string
	Table *table
}

// set is a paper in the order of its parts. What a paper is made of is Chinese, and so
// is what this adds; say gives it.
func set(p *petition.Paper, demo bool, say func(key string, args ...any) string) typeset {
	t := typeset{Letter: slices.Contains(lettered, p.Kind), Org: p.UnitName, Number: p.Number, Title: p.Title, To: p.To,
		Signer: p.UnitName, Seal: say("paper.seal"), Day: say("paper.undated")}
	for _, s := range p.Sections {
		if s.Head != "" {
			t.Body = append(t.Body, setLine{Head: true, Text: s.Head})
		}
		t.add(lines(s.Text)...)
	}
	if len(p.Basis) > 0 {
		t.add(say("paper.basis") + strings.Join(p.Basis, say("paper.semicolon")) + say("paper.stop"))
	}
	t.add(lines(p.Remedy)...)
	if day, err := writeDay(p.Day, say("paper.day_form")); err == nil && day != "" {
		t.Day = day
	}
	if p.Contact != "" {
		t.Fine = append(t.Fine, say("paper.contact")+p.Contact)
	}
	if demo {
		t.Note = say("paper.demo")
	}
	return t
}

func (t *typeset) add(texts ...string) {
	for _, text := range texts {
		t.Body = append(t.Body, setLine{Text: text})
	}
}

// orgSize is the largest size at which the organ's name stands on one line of the type
// area.
func (t *typeset) orgSize() float64 {
	if n := utf8.RuneCountInString(t.Org); n > 0 {
		return max(orgSmall, min(orgLarge, float64(int(areaWidth/float64(n)))))
	}
	return orgLarge
}

// signAt are the distances of the signer and the day from the right edge: the day four
// characters in, the signer centred over it; a longer signer pushes both.
func (t *typeset) signAt() (signer, day float64) {
	wide, dated := emWidth(t.Signer)*bodySize, emWidth(t.Day)*bodySize
	day = 4 * bodySize
	signer = day + (dated-wide)/2
	if signer < 0 {
		day, signer = day-signer, 0
	}
	return signer, day
}

// emWidth is how many full characters a text is wide, about: Latin letters and digits
// count half.
func emWidth(text string) float64 {
	w := 0.0
	for _, r := range text {
		if r < 0x2000 {
			w += 0.5
		} else {
			w++
		}
	}
	return w
}
