package officedb

import (
	"context"
	"time"

	"huiyin/petition"
)

// answerFlag is the answer that a report upward gives to the mark that asked for it
// (scenario 11.2), to be written with the report; nil where the act names none. It fails
// with NotFound for what is no open mark of the actor's unit.
func (s *Store) answerFlag(ctx context.Context, sc scope, act petition.DutyAct, now time.Time) (*heldDuty, petition.DutyEntry, error) {
	var e petition.DutyEntry
	if act.Flag.IsZero() {
		return nil, e, nil
	}
	h, err := s.holdDuty(ctx, sc, act.Flag)
	if err != nil {
		return nil, e, err
	}
	if h.d.Kind != petition.Flagged || h.d.Owner != sc.actor.Unit || h.d.State != petition.DutyOpen {
		return nil, e, notFound()
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return nil, e, err
	}
	answer := petition.DutyAct{Action: petition.AnswerDuty, Values: map[string]string{"report": act.Title}}
	if e, err = petition.DecideDuty(h.d, sc.actor, answer, rules.Units, now); err != nil {
		return nil, e, err
	}
	return h, e, h.d.Apply(e)
}
