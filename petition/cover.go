package petition

// Cover is what stands outside of something on paper. It is written down before the
// paper is read (domain §5.1), and is the office's own: no petitioner is shown it.
type Cover struct {
	Number   string `json:"number,omitempty"`   // given to the envelope before it was opened
	From     string `json:"from,omitempty"`     // place on the postmark, or sender's
	Document string `json:"document,omitempty"` // of the letter by which another body sent it on (来文字号)
}

// longestCover is how many characters each of its lines may have.
const longestCover = 40

// checkCover is what came on paper: the postmark is a day, not after the day of receipt.
func (d *decision) checkCover(f *form) {
	filing := d.act.Filing
	for _, line := range []struct{ field, text string }{{"cover.number", filing.Cover.Number},
		{"cover.from", filing.Cover.From}, {"cover.document", filing.Cover.Document}} {
		f.atMost(line.field, line.text, longestCover)
	}
	if filing.Postmark == "" {
		return
	}
	day, err := ParseDay(filing.Postmark)
	f.need(err == nil && !day.After(first(d.act.At, d.now)), "postmark", "problem.postmark")
}
