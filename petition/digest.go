package petition

import (
	"cmp"
	"slices"
	"time"
)

// Digest is the monthly digest of reports about cadres (涉组涉干社情民意, domain clause 2):
// counts by kind, area and stage, without anybody's name. It is of a month's end: told
// again, it gives the same figures.
type Digest struct {
	Month  string        // "2026-11"
	Came   int           // in the month
	Hand   int           // in hand at its end
	Kinds  []DigestCell  // of what came, by topic
	Areas  []DigestCell  // of what came, by the unit where the cadre works
	Stages []DigestCell  // of what was in hand or closed in the month, by state
	Months []DigestMonth // the twelve months to this one
	Real   int           // of what came: under a name that was confirmed
	Found  int           // concluded in the month
	True   int           // of those wholly or partly true
	False  int           // of those proved false
	Clear  int           // of the false: the cadre was cleared
	Below  bool          // small counts are hidden
}

// DigestCell is one count.
type DigestCell struct {
	Key    string // a topic, a unit or a state
	N      int
	Hidden bool // too small to be shown below the managing level
}

// DigestMonth is a month's arrivals and closings.
type DigestMonth struct {
	Month        string
	Came, Closed DigestCell
}

// DigestLeast is the smallest count shown below the level that manages the cadres
// (domain §3.9): a smaller one could point at somebody.
const DigestLeast = 5

// MonthSpan is the instants of a month, half open. It fails with Invalid for what is none.
func MonthSpan(month string) (from, to time.Time, err error) {
	if from, err = ParseDay(month + "-01"); err != nil {
		return from, to, err
	}
	return from, from.AddDate(0, 1, 0), nil
}

// At is the report as it stood at an instant; nil if it had not come yet.
func (r *CadreReport) At(t time.Time) (*CadreReport, error) {
	var until []Event
	for _, e := range r.Events {
		if e.At.Before(t) {
			until = append(until, e)
		}
	}
	if len(until) == 0 || !r.Received.Before(t) {
		return nil, nil
	}
	return FoldCadre(r.ID, r.Unit, until)
}

// DigestOf counts a month of a compartment's reports. It fails with Invalid for what is no
// month.
func DigestOf(month string, reports []*CadreReport) (Digest, error) {
	d := Digest{Month: month}
	from, to, err := MonthSpan(month)
	if err != nil {
		return d, err
	}
	kinds, areas, stages := map[string]int{}, map[string]int{}, map[string]int{}
	for _, whole := range reports {
		r, err := whole.At(to)
		if err != nil {
			return d, err
		}
		if r == nil {
			continue
		}
		d.count(r, from, kinds, areas, stages)
	}
	d.Kinds, d.Areas, d.Stages = cells(kinds), cells(areas), stageCells(stages)
	for m := from.AddDate(0, -11, 0); m.Before(to); m = m.AddDate(0, 1, 0) {
		d.Months = append(d.Months, monthOf(m, reports))
	}
	return d, nil
}

// count takes in one report as it stood at the month's end.
func (d *Digest) count(r *CadreReport, from time.Time, kinds, areas, stages map[string]int) {
	closed := r.closed()
	if !r.Received.Before(from) {
		d.Came++
		kinds[string(r.Filing.Topic)]++
		areas[string(r.area())]++
		if r.RealName {
			d.Real++
		}
	}
	if closed.IsZero() {
		d.Hand++
	}
	if closed.IsZero() || !closed.Before(from) {
		stages[string(r.State)]++
	}
	if r.Finding == "" || r.Found.Before(from) {
		return
	}
	d.Found++
	switch {
	case r.Finding == FoundTrue || r.Finding == FoundPart:
		d.True++
	case r.Finding.Cleared():
		d.False++
		if r.Clear != nil && r.Clear.Do {
			d.Clear++
		}
	}
}

// closed is when the report was closed; zero while it is in hand.
func (r *CadreReport) closed() time.Time {
	if r.State != CadreClosed {
		return time.Time{}
	}
	var at time.Time
	for _, e := range r.Events {
		if e.Act.Action == CadreClose {
			at = e.At
		}
	}
	return at
}

// area is the unit where the cadre works; before that is known, the one addressed.
func (r *CadreReport) area() UnitID {
	for _, p := range r.Reported {
		if p.At != "" {
			return p.At
		}
	}
	return cmp.Or(r.Filing.Unit, r.Unit)
}

func monthOf(from time.Time, reports []*CadreReport) DigestMonth {
	to := from.AddDate(0, 1, 0)
	m := DigestMonth{Month: Day(from)[:7]}
	in := func(t time.Time) bool { return !t.IsZero() && !t.Before(from) && t.Before(to) }
	for _, r := range reports {
		if in(r.Received) {
			m.Came.N++
		}
		for _, e := range r.Events {
			if e.Act.Action == CadreClose && in(e.At) {
				m.Closed.N++
			}
		}
	}
	return m
}

func cells(counts map[string]int) []DigestCell {
	all := make([]DigestCell, 0, len(counts))
	for key, n := range counts {
		all = append(all, DigestCell{Key: key, N: n})
	}
	slices.SortFunc(all, func(a, b DigestCell) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Key, b.Key)) })
	return all
}

func stageCells(counts map[string]int) []DigestCell {
	var all []DigestCell
	for _, s := range CadreStates {
		if n := counts[string(s)]; n > 0 {
			all = append(all, DigestCell{Key: string(s), N: n})
		}
	}
	return all
}

// Figures are the digest's single counts: what came, is in hand, and of these what.
func (d Digest) Figures() []DigestCell {
	figure := func(key string, n, of int) DigestCell {
		return DigestCell{Key: key, N: n, Hidden: d.Below && (small(n) || small(of-n))}
	}
	return []DigestCell{figure("came", d.Came, d.Came), figure("hand", d.Hand, d.Hand), figure("real", d.Real, d.Came),
		figure("found", d.Found, d.Found), figure("true", d.True, d.Found), figure("false", d.False, d.Found),
		figure("clear", d.Clear, d.False)}
}

// Masked is the digest for units below the managing level: counts under five are hidden.
// Where a sum would give a single hidden count away, the next smallest is hidden too, and
// no figure is left from which one could be reckoned.
func (d Digest) Masked() Digest {
	d.Kinds, d.Areas, d.Stages = masked(d.Kinds), masked(d.Areas), masked(d.Stages)
	d.Below, d.Months = true, slices.Clone(d.Months)
	for i := range d.Months {
		d.Months[i].Came.Hidden = small(d.Months[i].Came.N)
		d.Months[i].Closed.Hidden = small(d.Months[i].Closed.N)
	}
	return d
}

func small(n int) bool { return n > 0 && n < DigestLeast }

func masked(all []DigestCell) []DigestCell {
	all = slices.Clone(all)
	hidden, least := 0, -1
	for i := range all {
		if all[i].Hidden = small(all[i].N); all[i].Hidden {
			hidden++
		} else if all[i].N > 0 && (least < 0 || all[i].N < all[least].N) {
			least = i
		}
	}
	if hidden == 1 && least >= 0 {
		all[least].Hidden = true
	}
	return all
}
