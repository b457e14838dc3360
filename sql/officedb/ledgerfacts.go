package officedb

import (
	"fmt"
	"slices"
	"strings"

	"huiyin/petition"
	"huiyin/sql"
)

// What became of a first petition at the unit that has it (domain §3): it goes on; it
// was closed without coming back from an audit, without being done again and without a
// repeat in the window; or not so.
const (
	fateOpen  = "open"
	fateOnce  = "once"
	fateAgain = "again"
)

// ledgerFacts fills in what ledgers ask for; of a leg that was sealed up nothing.
func (l *legRow) ledgerFacts(c *petition.Case, leg petition.Leg, r petition.Rules) {
	if leg.State == petition.SealedUp {
		return
	}
	l.Kind = string(leg.Kind)
	if n := c.Filing.Cosigners; n >= 2 {
		l.People = n
	}
	if c.Repeat == nil {
		return
	}
	l.Occasion = "repeat"
	if c.Repeat.First {
		l.Occasion = "first"
		l.signDue(c, leg, r)
	}
	if c.HomeLeg() != leg.N {
		return
	}
	l.Turns = turnText(c.Turns)
	if c.Repeat.First {
		l.fate(c, leg)
	}
}

// signDue is by when a first petition must be signed for at a leg where its handler
// still can.
func (l *legRow) signDue(c *petition.Case, leg petition.Leg, r petition.Rules) {
	early := []petition.Stage{petition.StageIntake, petition.StageTriage, petition.StageHandling}
	if l.Open && !leg.Kind.Reviews() && leg.Kind != petition.Superior && leg.SignedFor.IsZero() &&
		slices.Contains(early, petition.StageOf(leg.State)) {
		l.SignDue = sql.Instant(c.SignForDue(r))
	}
}

func (l *legRow) fate(c *petition.Case, leg petition.Leg) {
	l.Fate = fateOpen
	if !leg.Concluded() {
		return
	}
	l.Fate, l.EndedAt = fateAgain, sql.Instant(leg.Ended)
	if c.DoneOnce(&leg) {
		l.Fate = fateOnce
	}
}

// turnText counts conversions by kind and cause: "joint.late:1 repeat.poor:2".
func turnText(turns []petition.Turned) string {
	counts := map[string]int{}
	for _, t := range turns {
		counts[string(t.Kind)+"."+t.Cause]++
	}
	parts := make([]string, 0, len(counts))
	for key, n := range counts {
		parts = append(parts, fmt.Sprintf("%s:%d", key, n))
	}
	slices.Sort(parts)
	return strings.Join(parts, " ")
}
