package petition

import (
	"slices"
	"strings"
	"time"
)

// LocalRule is a unit's own implementing rule (具体实施办法, clause 4), as one version of
// it reads. It changes no clock by itself: that the legal profile named in it does.
type LocalRule struct {
	ID      ID     `json:"id"`
	Version int    `json:"version"`
	Unit    UnitID `json:"unit"`
	Title   string `json:"title"`
	Number  string `json:"number,omitempty"` // of the document
	Text    string `json:"text"`
	From    string `json:"from"`         // first day of effect
	To      string `json:"to,omitempty"` // last; "" until further notice
	Law     string `json:"law,omitempty"`

	Changes []LawChange `json:"changes,omitempty"` // of the limits, in words of the profiles
	Officer string      `json:"-"`                 // who wrote this version
	At      time.Time   `json:"-"`
}

// LawChange is a limit that a profile sets otherwise than the national law of its day.
type LawChange struct {
	Clock ClockKind `json:"clock"`
	Was   Limit     `json:"was"`
	Is    Limit     `json:"is"`
}

// Ended tells whether the rule has lost effect by a day.
func (r LocalRule) Ended(day string) bool { return r.To != "" && r.To < day }

// LawChanges is what a profile changes of the national law that was in force on its first
// day; nothing for a profile that is not there, or is the national one.
func LawChanges(laws Laws, id string) []LawChange {
	at := slices.IndexFunc(laws, func(l Law) bool { return l.ID == id })
	if at < 0 {
		return nil
	}
	local, national := laws[at], DefaultLaws().At(laws[at].From)
	var all []LawChange
	for kind, is := range local.Clocks {
		if was := national.Clocks[kind]; was.Days != is.Days || was.Working != is.Working {
			all = append(all, LawChange{Clock: kind, Was: was, Is: is})
		}
	}
	slices.SortFunc(all, func(a, b LawChange) int { return strings.Compare(string(a.Clock), string(b.Clock)) })
	return all
}

// longestRule is how many characters a local rule may have.
const longestRule = 20_000

// CheckLocalRule refuses, with Invalid, what is not filled in as it must be.
func CheckLocalRule(r LocalRule, laws Laws) error {
	f := &form{}
	f.need(!blank(r.Title), "title", "problem.rule_title")
	f.atMost("title", r.Title, 100)
	f.atMost("number", r.Number, 60)
	f.need(!blank(r.Text), "text", "problem.rule_text")
	f.atMost("text", r.Text, longestRule)
	_, err := ParseDay(r.From)
	f.need(err == nil, "from", "problem.day_missing")
	if r.To != "" {
		_, err := ParseDay(r.To)
		f.need(err == nil && r.To >= r.From, "to", "problem.rule_to")
	}
	f.need(r.Law == "" || slices.ContainsFunc(laws, func(l Law) bool { return l.ID == r.Law }), "law", "problem.rule_law")
	return f.err()
}
