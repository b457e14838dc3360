package petition

import "slices"

// Guidance is one talk or letter in which the matter, the rules and the ways open to the
// petitioner were explained (疏导, clause 6). What was said is the note's text.
type Guidance struct {
	By     string `json:"by"`     // who of the staff
	Day    string `json:"day"`    // "2006-01-02"
	Way    string `json:"way"`    // one of GuidanceWays
	Result string `json:"result"` // one of GuidanceResults
}

// How guidance is given, and what came of it.
var (
	GuidanceWays    = []string{"talk", "visit", "phone", "letter"}
	GuidanceResults = []string{"understood", "partly", "not_yet"}
)

// GuidanceGiven lists the notes that record guidance, the earliest first.
func (c *Case) GuidanceGiven() []Event {
	var all []Event
	for _, e := range c.Events {
		if e.Act.Action == Note && e.Act.Guidance != nil {
			all = append(all, e)
		}
	}
	return all
}

func checkGuidance(d *decision, f *form) {
	g := d.act.Guidance
	if g == nil {
		return
	}
	f.need(!blank(d.act.Text), "text", "problem.text_missing")
	f.need(!blank(g.By) && length(g.By) <= 50, "guidance.by", "problem.guidance_by")
	f.need(slices.Contains(GuidanceWays, g.Way), "guidance.way", "problem.guidance_way")
	f.need(slices.Contains(GuidanceResults, g.Result), "guidance.result", "problem.guidance_result")
	d.pastDay(f, "guidance.day", g.Day, d.c.Received)
}
