package portal

import (
	"net/url"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
)

// complaint is a report that somebody has a right to make about how a petition was dealt
// with: of retaliation (打击报复, which goes above the unit complained of) or of an
// officer's conduct (which goes to another office, domain §7). It is a petition of its
// own, sealed to a compartment; nothing ties it to the one it came from but what the
// writer puts into it.
type complaint struct {
	Name  string // ?for=name, and the catalogue's prefix
	Topic petition.Topic
}

var complaints = []complaint{{"retaliation", retaliation}, {"conduct", "G2"}}

// retaliation is the content code of retaliation by a cadre.
const retaliation petition.Topic = "B8"

// complaintPart is what the notice shows of it. Where a follow page is open in this
// browser, its case gives the place.
type complaintPart struct {
	complaint
	Matter int           // of a divided petition
	Unit   petition.Unit // who deals with the case now; zero where none is open
	Above  petition.Unit // who reads the complaint instead
	Number string        // of the case, to be named if the writer wishes
}

// complaintOf finds the complaint that the address or the form names, and the case that
// is open; nil where it names none.
func (p *Portal) complaintOf(c *gin.Context, name, m string) (*complaintPart, error) {
	i := slices.IndexFunc(complaints, func(k complaint) bool { return k.Name == name })
	if i < 0 {
		return nil, nil // an ordinary petition
	}
	part := &complaintPart{complaint: complaints[i]}
	r, err := p.reader(c)
	if isKind(err, petition.NotFound) {
		return part, nil
	}
	if err != nil {
		return nil, err
	}
	w, err := p.atlas.world(c.Request.Context())
	if err != nil {
		return nil, err
	}
	f := p.folder(w, r)
	at := f.Unit.ID
	if r.opened.Filing.GoesUp() { // the one complained of, not the one that reads it
		at = r.opened.Filing.Unit
	}
	if n, err := strconv.Atoi(m); err == nil && n >= 1 && n <= len(f.Matters) {
		part.Matter = n
		f = f.Matters[n-1]
		at = f.Unit.ID
	}
	part.Number = f.Number
	if u, known := w.acting(at); known {
		part.Unit = u
		part.Above, _ = w.above(u.ID)
	}
	return part, nil
}

// lines are the notice's, with who receives it said rightly.
func (k *complaintPart) lines() []string {
	lines := slices.Clone(noticeLines)
	for i, line := range lines {
		if line == "who" || line == "data" && k.Topic == retaliation {
			lines[i] = line + "." + k.Name
		}
	}
	return lines
}

// answers are what the draft begins with. The number of the case is named only if the
// writer ticked it: it would tell who an anonymous writer is.
func (k *complaintPart) answers(number bool, title string) map[string]url.Values {
	more := url.Values{}
	if k.Topic != retaliation && k.Unit.ID != "" {
		more.Set("r1_unit", k.Unit.Name)
	}
	if number && k.Number != "" {
		more.Set("earlier", "open")
		more.Set("earlier_number", k.Number)
	}
	all := map[string]url.Values{"what": {"purpose": {string(petition.PurposeReport)}, "topic": {string(k.Topic)}},
		"more": more, "content": {"title": {title}}}
	if k.Unit.ID != "" {
		all["where"] = url.Values{"area": {string(k.Unit.ID)}}
	}
	return all
}

// passesOver tells whether the report must not be read where it is addressed: it is of
// retaliation, and the unit chosen is the one that receives it, not already the level
// above it.
func passesOver(w *world, d *draft) bool {
	if d.track() != petition.Report || petition.Topic(d.answer("what", "topic")) != retaliation {
		return false
	}
	u, ok := receiver(w, d.answer("where", "area"), d.answer("where", "unit"))
	return ok && string(u.ID) == d.answer("where", "area")
}
