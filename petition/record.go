package petition

import "time"

// records is what each move leaves on the case beyond the state and the handler.
var records = map[Action]func(c *Case, l *Leg, e Event){
	Register: func(c *Case, _ *Leg, e Event) { c.describe(e.Act) },
	AskInfo: func(_ *Case, l *Leg, e Event) {
		l.Asked, l.AskedUntil = e.Act.Text, e.Act.Deadline
	},
	Redirect: recordRefusal,
	Refuse:   recordRefusal,
	Refer:    recordNotice,
	Assign:   recordNotice,
	Object: func(c *Case, l *Leg, e Event) {
		l.ObjectedAt = e.At
		if sender := c.Leg(l.From); sender != nil {
			sender.ObjectionOf = l.N
		}
	},
	AgreeBack: recordReturn,
	Overrule: func(c *Case, l *Leg, e Event) {
		l.ObjectionOver = e.At
		if sender := c.Leg(l.From); sender != nil {
			sender.ObjectionOf = 0
		}
	},
	Accept: func(c *Case, l *Leg, e Event) {
		recordNotice(c, l, e)
		l.AcceptedAt = e.At
	},
	Extend: func(_ *Case, l *Leg, e Event) { l.ExtendedBy = e.Act.Days },
	Draft: func(_ *Case, l *Leg, e Event) {
		l.Draft, l.Outcome, l.Cites = e.Act.Paper, e.Act.Outcome, e.Act.Cites
		if e.Act.Execution != nil || !e.Act.Outcome.Grants() {
			l.Execution = e.Act.Execution
		}
	},
	Sign: func(_ *Case, l *Leg, e Event) {
		l.Draft, l.SignedAt = e.Act.Paper, e.At
	},
	Serve:       recordService,
	AskClosing:  recordClosingAsked,
	AuditReturn: recordAuditReturn,
	AuditPass:   recordAuditPass,
	Withdraw: func(c *Case, _ *Leg, e Event) {
		for i := range c.Legs {
			if l := &c.Legs[i]; l.Ended.IsZero() && l.State != Passed {
				l.State = Withdrawn
			}
		}
		c.end(e.At)
	},
	AskViews:    func(c *Case, _ *Leg, e Event) { c.AskedViews = append(c.AskedViews, e.N) },
	AnswerViews: func(c *Case, _ *Leg, _ Event) { c.AskedViews = nil },
	Correct:     func(c *Case, _ *Leg, e Event) { c.AskedCorrect = append(c.AskedCorrect, e.N) },
	AnswerCorrect: func(c *Case, _ *Leg, e Event) {
		c.AskedCorrect = nil
		if e.Act.Person != nil {
			c.Filing.Person = *e.Act.Person
		}
	},
	SealUp: func(c *Case, _ *Leg, e Event) {
		c.Track = Report
		c.end(e.At)
	},
	Rate: func(c *Case, _ *Leg, e Event) { c.Rating = e.Act.Rating },

	Merge: func(c *Case, l *Leg, e Event) {
		c.Into = e.Act.Link
		recordRefusal(c, l, e)
	},
	NoLongerTake: recordRefusal,
	Divert:       recordRefusal,
	Divide: func(c *Case, l *Leg, e Event) {
		c.Parts = e.Act.Parts
		c.end(e.At)
	},
	Judge: func(c *Case, _ *Leg, e Event) {
		c.Repeat = &Repeat{First: e.Act.First, Link: e.Act.Link, By: e.By, At: e.At, Reason: e.Act.Reason}
	},
	SignFor: func(_ *Case, l *Leg, e Event) { l.SignedFor = e.At },
	Turn:    func(c *Case, _ *Leg, e Event) { c.Turns = append(c.Turns, *e.Act.Turned) },
	Renew:   func(c *Case, _ *Leg, e Event) { c.After = e.Act.Link },
	Redate: func(c *Case, l *Leg, e Event) {
		c.Received, l.Received, c.Law = e.Act.At, e.Act.At, e.Act.Law
	},
	Simplify:       func(_ *Case, l *Leg, _ Event) { l.Simple = true },
	Ordinary:       func(_ *Case, l *Leg, _ Event) { l.Simple = false },
	AskRecusal:     recordRecusalAsked,
	DeclareRecusal: recordRecusalAsked,
	DecideRecusal:  recordRecusal,
	OpenHearing:    recordHearing,
	CloseHearing:   recordHeard,
	Settle:         func(_ *Case, l *Leg, e Event) { l.Agreement = e.Act.Outcome },
	Dispute:        func(_ *Case, l *Leg, e Event) { l.ObjectedAt, l.ObjectionOver = e.At, time.Time{} },
	RuleReceiver:   recordRuledReceiver,
	RuleSender:     recordRuledSender,
	AskReview:      recordAskReview,
	TakeReview:     recordNotice,
	RefuseReview:   recordNotReviewed,
	Conclude: func(c *Case, l *Leg, e Event) {
		c.end(e.At)
		l.State = ClosedFinal
	},
	RecordGap: func(c *Case, _ *Leg, e Event) { c.Gap = e.Act.Gap },
	Execute:   recordExecuted,
	TakeOver:  recordTakenOver,
}

func recordRefusal(c *Case, l *Leg, e Event) {
	recordNotice(c, l, e)
	c.end(e.At)
}

// recordNotice: the first written notice stops K2.
func recordNotice(_ *Case, l *Leg, e Event) {
	if l.Notified.IsZero() {
		l.Notified = e.At
	}
}

// recordReturn: the sender has it again, and his K2 runs from the original receipt
// (row 14).
func recordReturn(c *Case, l *Leg, e Event) {
	l.Ended = e.At
	if sender := c.Leg(l.From); sender != nil {
		sender.State, sender.ObjectionOf, sender.Notified = Registered, 0, time.Time{}
	}
}

// recordRuledReceiver: the superior decided, and nobody disputes it any more.
func recordRuledReceiver(c *Case, l *Leg, e Event) {
	l.ObjectionOver, l.SettledBy = e.At, e.By.Unit
	c.decided(l.N, e.At)
}

func recordRuledSender(c *Case, l *Leg, e Event) {
	c.decided(l.N, e.At)
	recordReturn(c, l, e)
}

// undecided tells whether the receiver of what was passed on may still say that it is not
// his: he has not gone beyond registering it.
func (l *Leg) undecided() bool {
	switch l.State {
	case Referred, Assigned, Registered, AwaitingInfo, Objected, Disputed, Returned:
		return true
	}
	return false
}

// taken: the receiver keeps it, so that a sender who expects no report is done.
func (c *Case) taken(l *Leg, e Event) {
	passed := l.Kind == Referral || l.Kind == Assignment
	if !passed || l.undecided() || !l.TakenAt.IsZero() {
		return
	}
	l.TakenAt = e.At
	if c.nextDesk(l.N) != 0 {
		return
	}
	for up := c.Leg(l.From); up != nil; up = c.Leg(up.From) {
		if up.Ended.IsZero() {
			up.Ended = e.At
		}
	}
}

// recordService counts from the proven day: one recorded later than it was served
// counts from the end of that day (domain §2.1).
func recordService(c *Case, l *Leg, e Event) {
	l.RepliedAt = e.At
	if end := EndOfDay(e.Act.Service.Day); !end.IsZero() && end.Before(e.At) {
		l.RepliedAt = end
	}
	if l.FirstReply.IsZero() {
		l.FirstReply = l.RepliedAt
	}
	if l.Notified.IsZero() {
		l.Notified = l.RepliedAt
	}
	if c.Track == Enquiry {
		c.end(e.At)
	}
	reviewServed(c, l, e)
}

// recordClosingAsked stops K9 on the whole line of assigners.
func recordClosingAsked(c *Case, l *Leg, e Event) {
	l.AuditAt, l.OwnPassed = l.N, false
	for up := l; up != nil; up = c.Leg(up.From) {
		if up.Kind == Assignment {
			up.ReportedAt = e.At
		}
	}
}

// recordAuditReturn reopens K9; where the assigner returned it, with his new day.
func recordAuditReturn(c *Case, l *Leg, e Event) {
	desk := l.AuditAt
	if at := c.Leg(desk); at != nil {
		at.AuditOf = 0
	}
	l.AuditAt, l.OwnPassed = 0, false
	l.Returns++
	below := desk != l.N
	for up := l; up != nil; up = c.Leg(up.From) {
		below = below && up.N != desk
		if up.Kind != Assignment {
			continue
		}
		up.ReportedAt = time.Time{}
		if below && e.Act.Deadline != "" {
			up.AssignDue, up.DueReset = e.Act.Deadline, true
		}
	}
}

// recordAuditPass hands the closing to the assigner's auditor, or closes the case.
func recordAuditPass(c *Case, l *Leg, e Event) {
	if at := c.Leg(l.AuditAt); at != nil {
		at.AuditOf = 0
	}
	l.OwnPassed = true
	l.AuditAt = c.nextDesk(l.AuditAt)
	if at := c.Leg(l.AuditAt); at != nil {
		at.AuditOf = l.N
		return
	}
	c.end(e.At)
}
