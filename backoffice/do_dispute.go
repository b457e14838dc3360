package backoffice

import (
	"slices"

	"huiyin/petition"
)

// disputeTask asks the unit above both whose the matter is (Art. 24); ruleReceiverTask
// and ruleSenderTask are its two answers.
var (
	disputeTask      = task{ask: true, fields: reasonOnly, act: withReason(petition.Dispute)}
	ruleReceiverTask = task{fields: reasonOnly, act: withReason(petition.RuleReceiver), twin: petition.RuleSender}
	ruleSenderTask   = task{fields: reasonOnly, act: withReason(petition.RuleSender), twin: petition.RuleReceiver}
)

// heard is what both sides said of a question that is decided here.
var heard = map[petition.Action][]petition.Action{
	petition.DecideRecusal: {petition.AskRecusal, petition.DeclareRecusal},
	petition.RuleReceiver:  {petition.Object, petition.Overrule, petition.Dispute},
	petition.RuleSender:    {petition.Object, petition.Overrule, petition.Dispute},
	petition.AgreeBack:     {petition.Object},
	petition.Overrule:      {petition.Object},
}

// Heard are the entries of what was said to the question, newest first.
func (t *taskPage) Heard() []entry {
	all := t.log()
	return slices.DeleteFunc(all, func(e entry) bool {
		return t.Events[e.N-1].Act.Leg != t.leg.N || !slices.Contains(heard[t.Action], e.Action)
	})
}
