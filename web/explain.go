package web

import (
	"time"

	"huiyin/petition"
)

// ExplainLine is one line of how a due date was reached, with the key of its sentence.
type ExplainLine struct {
	Key string
	petition.ExplainStep
}

// Explain words the steps to a due date, the same on both faces: of a year that is over
// nobody says that its holidays are still to be announced.
func Explain(kind petition.ClockKind, house bool, steps []petition.ExplainStep, now time.Time) []ExplainLine {
	var all []ExplainLine
	for _, s := range steps {
		all = append(all, ExplainLine{explainKey(kind, house, s, now), s})
	}
	return all
}

// explainKey chooses the sentence for a step.
func explainKey(kind petition.ClockKind, house bool, s petition.ExplainStep, now time.Time) string {
	switch {
	case s.Kind == petition.ExplainUnknown && s.Day < petition.Day(now):
		return "explain.unknown_past"
	case s.Kind == petition.ExplainStart && kind.Right():
		return "explain.served"
	case s.Kind == petition.ExplainStart && (kind == petition.HandlingClock || kind == petition.SimpleClock):
		return "explain.accepted"
	case s.Kind == petition.ExplainSet && kind == petition.ExecutionClock:
		return "explain.execution"
	case s.Kind == petition.ExplainPause && kind == petition.ReReviewOpinionClock:
		return "explain.hearing"
	case s.Kind == petition.ExplainRule && house:
		return "explain.house"
	case s.Kind == petition.ExplainRule && s.Working:
		return "explain.rule_working"
	case s.Kind == petition.ExplainRoll && s.Holiday == "":
		return "explain.roll_weekend"
	}
	return "explain." + string(s.Kind)
}
