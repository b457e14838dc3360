package petition

import (
	_ "embed" // the profiles are data
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"sort"
	"strings"
	"sync"
)

// Law is a legal profile (domain §0.1, §2.1): every number that a rule uses, with
// the article it comes from. A case keeps the profile in force when it was received.
type Law struct {
	ID     string `json:"id"`             // "2022"
	Name   string `json:"name"`           // 信访工作条例
	Source string `json:"source"`         // who issued it and how it is cited
	From   string `json:"from"`           // first day in force
	Until  string `json:"until"`          // last day in force; "" while it is
	Unit   UnitID `json:"unit,omitempty"` // of a local profile: whose, with all below it; "" for the national ones

	ExcludeFirstDay bool `json:"exclude_first_day"` // the day of the event does not count
	RollEnd         bool `json:"roll_end"`          // unit duties too end on a working day

	Clocks     map[ClockKind]Limit `json:"clocks"`
	Extension  Limit               `json:"extension"`   // K4x: at most
	RateDays   int                 `json:"rate_days"`   // window for rating after the reply
	RateChange int                 `json:"rate_change"` // days in which a rating may be changed, once
	InfoDays   int                 `json:"info_days"`   // time proposed to a petitioner who is asked to complete

	Cadre CadreLimits `json:"cadre"` // house defaults after the rules of discipline organs

	SimpleAccept int `json:"simple_accept"` // working days in which simplified handling accepts
	ArchiveDays  int `json:"archive_days"`  // days after the last window before the file is archived

	Figures map[Figure]int `json:"figures,omitempty"` // of the topmost unit's profile: those that it sets for all

	Grounds map[Ground]string    `json:"grounds"` // article of each ground for refusal
	Papers  map[PaperKind]string `json:"papers"`  // article that each paper rests on
}

// CadreLimits are working days in the compartment; defaults after 纪检监察机关处理检举控告
// 工作规则 and local rules on 函询, to be set locally.
type CadreLimits struct {
	SendUp   int `json:"send_up"`
	Accept   int `json:"accept"`
	FeedBack int `json:"feed_back"`
	Inquiry  int `json:"inquiry"`
}

// Limit is a length of time.
type Limit struct {
	Days    int    `json:"days"` // 0 where the day itself is set (K9)
	Working bool   `json:"working,omitempty"`
	Article string `json:"article"`
	House   bool   `json:"house,omitempty"` // 承诺: our own promise, not law
}

// Laws is every profile, oldest first.
type Laws []Law

//go:embed data/laws.json
var lawData string

var defaultLaws = sync.OnceValues(func() (Laws, error) { return ParseLaws(strings.NewReader(lawData)) })

// DefaultLaws are the national profiles: the regulation of 2005, which Organization
// Departments followed by analogy, and that of 2022, which binds them.
func DefaultLaws() Laws {
	ls, err := defaultLaws()
	if err != nil {
		panic(err) // our own data; a test reads it
	}
	return slices.Clone(ls)
}

// ParseLaws reads profiles from JSON, as in data/laws.json. It fails with an Invalid
// error if one lacks a clock, its days are no days, or the time to rate is none.
func ParseLaws(r io.Reader) (Laws, error) {
	var ls Laws
	d := json.NewDecoder(r)
	d.DisallowUnknownFields()
	if err := d.Decode(&ls); err != nil {
		return nil, &Error{Kind: Invalid, Key: "error.bad_laws", Err: err}
	}
	for _, l := range ls {
		if err := l.check(); err != nil {
			return nil, &Error{Kind: Invalid, Key: "error.bad_laws", Err: err}
		}
	}
	if len(ls) == 0 {
		return nil, &Error{Kind: Invalid, Key: "error.bad_laws"}
	}
	sort.SliceStable(ls, func(i, j int) bool { return ls[i].From < ls[j].From })
	return ls, nil
}

func (l Law) check() error {
	if l.ID == "" || l.Name == "" {
		return fmt.Errorf("a legal profile without id or name")
	}
	for _, day := range []string{l.From, l.Until} {
		if _, err := ParseDay(day); err != nil && day != "" {
			return fmt.Errorf("profile %s: %w", l.ID, err)
		}
	}
	for _, k := range []ClockKind{NoticeClock, ObjectionClock, HandlingClock, ReviewClock, PromiseClock,
		ReviewOpinionClock, ReReviewClock, ReReviewOpinionClock} {
		if l.Clocks[k].Days <= 0 {
			return fmt.Errorf("profile %s: no days for clock %s", l.ID, k)
		}
	}
	if l.RateDays < leastRateDays || l.RateDays > mostRateDays {
		return fmt.Errorf("profile %s: %d days to rate, not %d to %d", l.ID, l.RateDays, leastRateDays, mostRateDays)
	}
	if l.RateChange < 0 || l.RateChange > l.RateDays {
		return fmt.Errorf("profile %s: a rating may be changed for %d of %d days", l.ID, l.RateChange, l.RateDays)
	}
	return nil
}

// The time in which a petitioner may rate (ours): long enough for a letter to arrive and be
// thought over, and not so long that the rating of a quarter is never known.
const (
	leastRateDays = 15
	mostRateDays  = 90
)

// At is the national profile in force on a day; the newest of those in force, and the
// oldest of all for days before any.
func (ls Laws) At(day string) Law {
	if l, ok := ls.of("", day); ok {
		return l
	}
	if len(ls) == 0 {
		return Law{}
	}
	return ls[0]
}

// first is the day from which the earliest profile applies; "" without profiles.
func (ls Laws) first() string {
	if len(ls) == 0 {
		return ""
	}
	return ls[0].From
}

// Named finds a profile by its id.
func (ls Laws) Named(id string) (Law, bool) {
	for _, l := range ls {
		if l.ID == id {
			return l, true
		}
	}
	return Law{}, false
}

// of is the newest profile of a unit that is in force on a day.
func (ls Laws) of(unit UnitID, day string) (Law, bool) {
	for _, l := range slices.Backward(ls) {
		if l.Unit == unit && l.From <= day && (l.Until == "" || day <= l.Until) {
			return l, true
		}
	}
	return Law{}, false
}

// LawOf is the profile that governs what a unit does with the case: its own, or that of
// the nearest unit above it, if one was in force when the case was received; else Law.
func (r Rules) LawOf(c *Case, unit UnitID) Law { return r.lawAt(unit, Day(c.Received), r.Law(c)) }

// lawAt is the profile of a unit for what was received on a day. What the topmost unit has
// set for all holds also where a unit between has limits of its own.
func (r Rules) lawAt(unit UnitID, day string, national Law) Law {
	law, found := national, false
	for at := unit; at != "" && r.Units != nil; {
		if l, ok := r.Laws.of(at, day); ok && !found {
			law, found = l, true
		} else if ok {
			law = law.with(l.Figures)
		}
		u, _ := r.Units.Unit(at)
		at = u.Parent
	}
	return law
}

// LawNow is the profile that governs the case where it lies.
func (r Rules) LawNow(c *Case) Law {
	if at := c.current(); at != nil {
		return r.LawOf(c, at.Unit)
	}
	return r.Law(c)
}

// Law is the national profile that governs the case: the one it names, or the one in force
// when it was received.
func (r Rules) Law(c *Case) Law {
	if l, ok := r.Laws.Named(c.Law); ok {
		return l
	}
	return r.Laws.At(Day(c.Received))
}
