package petition

// Open tells whether a leg in this state still has something to do before the answer.
func (s State) Open() bool {
	switch s {
	case Submitted, Registered, AwaitingInfo, Referred, Assigned, Objected,
		Accepted, Handling, Extended, PendingSign, Signed:
		return true
	}
	return false
}

// Answered tells whether the reply was served.
func (s State) Answered() bool { return s == Replied || s == ClosingAudit || s == Closed }

// AwaitingPetitioner tells whether the office waits for the petitioner.
func (s State) AwaitingPetitioner() bool { return s == AwaitingInfo }

// Over tells whether nothing more happens on a leg in this state.
func (s State) Over() bool {
	switch s {
	case Redirected, NotAccepted, Returned, Closed, Withdrawn, SealedUp:
		return true
	}
	return false
}

// States lists every state in the order of a petition's life.
var States = []State{Submitted, Registered, AwaitingInfo, Redirected, NotAccepted, Passed,
	Referred, Assigned, Objected, Returned, Accepted, Handling, Extended, PendingSign, Signed,
	Replied, ClosingAudit, Closed, Withdrawn, SealedUp}

// Actions lists every action, the primary ones of a state first.
var Actions = []Action{Approve, Decline, Submit, Register, Supply, Accept, Start, Draft, Sign,
	ReturnDraft, Serve, AskClosing, AuditPass, AuditReturn, AgreeBack, Overrule, Refer, Assign,
	Redirect, Refuse, Object, AskInfo, Extend, Distribute, Note, SealUp, AddInfo, Rate, Withdraw,
	ReplaceCode, Lapse, Receive, Propose, Tell}
