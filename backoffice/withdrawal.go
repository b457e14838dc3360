package backoffice

import (
	"fmt"
	"io/fs"
	"slices"
	"sync"
	"time"

	"huiyin/petition"
	"huiyin/web"
)

// writer writes the papers that go out when nobody sits at a page.
var writer = sync.OnceValues(func() (*Office, error) {
	all, err := readPapers(files)
	if err != nil {
		return nil, err
	}
	text, err := fs.Sub(files, "text")
	if err != nil {
		return nil, fmt.Errorf("texts: %w", err)
	}
	said, err := web.NewCatalogue(text)
	if err != nil {
		return nil, err
	}
	return &Office{papers: all, site: &web.Site{Text: said}}, nil
})

// Withdrawal writes the short acknowledgement (撤回确认书) of a withdrawal that happens
// now, whether the petitioner withdraws on the portal or has it recorded.
func Withdrawal(c *petition.Case, r petition.Rules, now time.Time) (*petition.Paper, error) {
	w, err := writer()
	if err != nil {
		return nil, err
	}
	d := &dossier{Case: c, rules: r, now: now}
	for _, l := range slices.Backward(c.Legs) {
		if l.State != petition.Returned {
			d.leg = l
			break
		}
	}
	m := w.matter(d, petition.WithdrawalNotice, petition.Act{Action: petition.Withdraw})
	return w.papers.compose(m, m.addressee(c.Filing))
}
