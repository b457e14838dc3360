package petition

import (
	"slices"
	"strconv"
	"time"
)

// Part is one matter of a petition that says several things: an extract with a track
// and clocks of its own (scenario 1.4). Nothing is sent on before the petition is
// divided, so that what belongs in the compartment does not leave with a claim.
type Part struct {
	Number  string  `json:"number,omitempty"` // the parent's with "-1", "-2" …
	Purpose Purpose `json:"purpose"`
	Topic   Topic   `json:"topic"`
	Title   string  `json:"title"`
	Facts   string  `json:"facts"`
	Request string  `json:"request,omitempty"`
	Case    ID      `json:"case,omitzero"` // given when it is stored
}

// Filing is the part as a filing of its own, by the same people.
func (p Part) Filing(whole Filing) Filing {
	f := whole
	f.Purpose, f.Topic, f.Title, f.Facts, f.Request, f.Reasons = p.Purpose, p.Topic, p.Title, p.Facts, p.Request, ""
	f.Files = slices.Clone(whole.Files)
	f.Reported, f.ConcernsHead = nil, false
	f.News = nil // the whole is told of
	return f
}

// checkDivide: at least two parts, each whole in itself.
func checkDivide(d *decision, f *form, s standing) {
	checkReason(d, f, s)
	f.need(len(d.act.Parts) >= 2, "parts", "problem.parts_missing")
	checkParts(f, d.act.Parts)
}

// checkParts: each is whole in itself, and none is a report: the whole would show what
// only the compartment may see. It goes there first, and what is ordinary is taken out
// of it there.
func checkParts(f *form, parts []Part) {
	for i, p := range parts {
		at := "parts." + strconv.Itoa(i) + "."
		f.need(slices.Contains(Purposes, p.Purpose), at+"purpose", "problem.purpose_missing")
		f.need(p.Purpose.Track() != Report, at+"purpose", "problem.part_sealed")
		_, known := TopicOf(p.Topic)
		f.need(known, at+"topic", "problem.topic_missing")
		f.need(!blank(p.Title), at+"title", "problem.title_missing")
		f.atMost(at+"title", p.Title, 50)
		f.need(!blank(p.Facts), at+"facts", "problem.facts_missing")
	}
}

// completeDivide numbers the parts after the parent.
func (d *decision) completeDivide() {
	parts := slices.Clone(d.act.Parts)
	for i := range parts {
		parts[i].Number = d.c.Number + "-" + strconv.Itoa(i+1)
	}
	d.act.Parts = parts
}

func guardDivide(d *decision, _ *Leg) error {
	return unless(d.c.Parent != nil, "error.divided_before")
}

// Registering is whoever divided a petition, as the one who registers its parts.
func Registering(by Actor) Actor {
	by.Roles = registrar
	return by
}

// Children are the acts that open the cases of a divided petition, in order: each is
// decided as a Register of its own, by Registering whoever divided it.
func Children(c *Case) []Act {
	var acts []Act
	for _, p := range c.Parts {
		filing := p.Filing(c.Filing)
		acts = append(acts, Act{Action: Register, Number: p.Number, Filing: &filing, Topic: p.Topic,
			Channel: c.Channel, Arrival: c.Arrival, At: c.Received,
			Parent: &Link{Case: c.ID, Number: c.Number, Unit: c.Legs[0].Unit}})
	}
	return acts
}

// Enclose adds the view of one of the parts to that of the whole. The versions add up,
// so that news of any part makes a newer folder. A part that is no longer in the
// ordinary procedure (nil) was received, and nothing else is said of it.
func (f *Folder) Enclose(p Part, c *Case, r Rules, now time.Time) {
	if c == nil {
		f.Version++
		f.Matters = append(f.Matters, Folder{Title: p.Title, Number: p.Number, Received: f.Received, Status: ShownReceived})
		return
	}
	matter := Project(c, r, now)
	matter.Filing = nil // it is the petitioner's own, in the whole
	f.Version += matter.Version
	f.Matters = append(f.Matters, matter)
}
