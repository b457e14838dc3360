package backoffice

import "huiyin/petition"

// disputeTask asks the unit above both whose the matter is (Art. 24); ruleReceiverTask
// and ruleSenderTask are its two answers.
var (
	disputeTask      = task{ask: true, fields: reasonOnly, act: withReason(petition.Dispute)}
	ruleReceiverTask = task{fields: reasonOnly, act: withReason(petition.RuleReceiver), twin: petition.RuleSender}
	ruleSenderTask   = task{fields: reasonOnly, act: withReason(petition.RuleSender), twin: petition.RuleReceiver}
)
