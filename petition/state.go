package petition

// Open tells whether a leg in this state still has something to do before the answer.
func (s State) Open() bool {
	switch s {
	case Submitted, Registered, AwaitingInfo, Referred, Assigned, Objected,
		Accepted, Handling, Extended, PendingSign, Signed,
		InHearing, Disputed, ReviewAsked, UnderReview:
		return true
	}
	return false
}

// Answered tells whether the reply was served.
func (s State) Answered() bool {
	switch s {
	case Replied, ClosingAudit, Closed, Reviewed, Final, ClosedFinal, Supervised, Archived:
		return true
	}
	return false
}

// AwaitingPetitioner tells whether the office waits for the petitioner.
func (s State) AwaitingPetitioner() bool { return s == AwaitingInfo }

// Interrupts tells whether the leg may go on afterwards where it stood before.
func (s State) Interrupts() bool {
	return s == Challenged || s == Supervised || s == Objected || s == Disputed
}

// handedBack tells whether the case went back to where it came from.
func (s State) handedBack() bool { return s == Returned || s == Annulled || s == NotReviewed }

// Ultimate tells whether nobody can be asked for another opinion (Art. 36).
func (s State) Ultimate() bool { return s == Final || s == ClosedFinal || s == Archived }

// Over tells whether nothing more happens on a leg in this state.
func (s State) Over() bool {
	switch s {
	case Redirected, NotAccepted, Returned, Closed, Withdrawn, SealedUp, Merged, NoLonger,
		Diverted, Divided, Decided, NotReviewed, Annulled, Final, ClosedFinal, Archived:
		return true
	}
	return false
}

// States lists every state in the order of a petition's life.
var States = []State{Submitted, Registered, AwaitingInfo, Redirected, NotAccepted, Passed,
	Referred, Assigned, Objected, Returned, Accepted, Handling, Extended, PendingSign, Signed,
	Replied, ClosingAudit, Closed, Withdrawn, SealedUp,
	Merged, NoLonger, Diverted, Divided, InHearing, Disputed, Deciding, Decided,
	Challenged, ReviewAsked, NotReviewed, UnderReview, Reviewed, Annulled, Final, ClosedFinal,
	Supervised, Archived}

// Actions lists every action, the primary ones of a state first.
var Actions = []Action{Approve, Decline, Submit, Register, Supply, DecideRecusal, RuleReceiver,
	RuleSender, SignFor, Accept, TakeReview, Start, CloseHearing, Draft, Sign, ReturnDraft, Serve,
	AskClosing, AuditPass, AuditReturn, Execute, AgreeBack, Overrule, Refer, Assign, Redirect,
	Refuse, Merge, NoLongerTake, Divert, Divide, Judge, Renew, RefuseReview, Object, Dispute,
	AskInfo, Simplify, Ordinary, OpenHearing, Settle, Extend, Distribute, Note, DeclareRecusal,
	SealUp, AddInfo, AskReview, Rate, Urge, AskRecusal, Withdraw,
	Correct, AskViews, AnswerViews, AnswerCorrect, AskNews, Turn, RecordGap, Archive, ReplaceCode, Redate, Lapse,
	Conclude, ChaseExecution, Receive, Propose, Tell, TakeOver, Recount}
