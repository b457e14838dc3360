package demo

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"sort"
	"time"

	"huiyin/petition"
)

// Case is one matter with its whole history, ready to be stored.
type Case struct {
	ID       petition.ID
	Events   []petition.Event
	Inside   []petition.Event // of a report: what followed in the compartment
	Reading  [32]byte         // opens the petitioner's copy and folder; zero for a part of a divided petition
	Unit     petition.UnitID  // holder: whose key seals it; the unit of the first leg
	Report   bool             // about a cadre: it belongs into the unit's compartment
	Received time.Time
	Code     string // receipt code of a case to be shown around; "" for all others
	Known    Known  // which of them; "" for all others
}

// Stories tells the cases of the demonstration world, one after another.
type Stories struct {
	n     int
	seed  uint64
	now   time.Time
	rules petition.Rules
	desk  desk

	counties []int           // entries of unitEntries, by weight
	deck     []*plan         // which plan is told next, round and round
	dealt    int             // plans of the deck told so far
	matters  map[kind]*shoe  // what it is about
	told     map[string]bool // what was said, while there are few enough
	series   map[string]int  // numbers given
}

// World prepares n cases as they stand at an instant. The same three values tell the
// same cases, to the byte; other seeds tell others.
func World(n int, seed uint64, now time.Time) *Stories {
	rules := Rules()
	s := &Stories{n: n, seed: seed, now: now, rules: rules,
		desk:     desk{days: rules.Days, open: map[int64]bool{}},
		counties: countyDeck(), told: map[string]bool{}, series: map[string]int{}}
	rng := s.source(0)
	s.deck = planDeck(rng)
	s.matters = shoes(rng)
	return s
}

// All tells the cases. Histories of early cases do not depend on how many follow. It
// fails where the rules refuse a step: then a plan is wrong, and the error names it.
func (s *Stories) All() iter.Seq2[Case, error] {
	return func(yield func(Case, error) bool) {
		for i := 0; i < s.n; {
			told, err := s.tell(i)
			if err != nil {
				yield(Case{}, err)
				return
			}
			for _, c := range told[:min(len(told), s.n-i)] {
				if !yield(c, nil) {
					return
				}
			}
			i += len(told)
		}
	}
}

// Collect tells all cases, oldest first.
func (s *Stories) Collect() ([]Case, error) {
	all := make([]Case, 0, s.n)
	for c, err := range s.All() {
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].Received.Before(all[j].Received) })
	return all, nil
}

// Series is the last number of each series that the cases told so far have used:
// "case/<unit>/<day>" for case numbers, "paper/<unit>/<year>" for papers. Whoever
// stores the cases goes on from there.
func (s *Stories) Series() map[string]int { return s.series }

// number takes the next number of a series.
func (s *Stories) number(of, unit, period string) int {
	name := of + "/" + unit + "/" + period
	s.series[name]++
	return s.series[name]
}

func (s *Stories) caseNumber(unit petition.UnitID, at time.Time) string {
	day := petition.Day(at)
	return petition.CaseNumber(unit, day, s.number("case", string(unit), day))
}

// paperNumber is 机关代字〔年〕序号, one series for each unit and year.
func (s *Stories) paperNumber(u petition.Unit, at time.Time) string {
	year := petition.Day(at)[:4]
	return fmt.Sprintf(words.Dates.Number, u.Sign, year, s.number("paper", string(u.ID), year))
}

// source is the randomness of the i-th case.
func (s *Stories) source(i int) *rand.Rand { return rand.New(rand.NewPCG(s.seed, uint64(i))) }

func (s *Stories) unit(id petition.UnitID) petition.Unit {
	u, _ := s.rules.Units.Unit(id)
	return u
}

// who finds a member of staff of a unit by role; where several hold it, the one whose
// office it is.
func (s *Stories) who(unit petition.UnitID, role petition.Role, office string) Account {
	var found Account
	for _, a := range staff {
		if a.Unit == unit && a.Is(role) {
			if a.Office == office {
				return a
			}
			if found.ID.IsZero() {
				found = a
			}
		}
	}
	return found
}
