package petition

import "time"

// fill completes an act as a careful person would: what is already there stays.
func fill(s *story, by Actor, act Act) (Act, Facts) {
	facts := Facts{HandlerRoles: []Role{Handler}, Policies: []Policy{aPolicy()}, GapOwner: true}
	if act.Reason == "" {
		act.Reason = "because of the facts on file"
	}
	if act.Text == "" {
		act.Text = "please send the page of 1998"
	}
	l := s.c.Leg(act.Leg)
	if act.Leg == 0 {
		l = s.c.Leg(s.c.legAt(by.Unit))
	}
	filler := fillers[act.Action]
	if filler != nil {
		filler(s, by, l, &act)
	}
	if act.Action == Approve && l != nil && l.Pending != nil && l.Pending.Act.Link != nil {
		facts.Linked = linkedCase(s, l.Pending.Act)
	}
	if act.Paper == nil {
		act.Paper = paperFor(s, act)
	}
	if act.Asked == nil && by.Kind == ByStaff {
		act.Asked = &Asked{Who: "self", How: "card", Words: "his card was seen"}
	}
	if act.Link != nil {
		facts.Linked = linkedCase(s, act)
	}
	return act, facts
}

var fillers = map[Action]func(s *story, by Actor, l *Leg, act *Act){
	Submit: func(s *story, _ Actor, _ *Leg, act *Act) {
		if act.Filing == nil {
			act.Filing = file(PurposeRequest)
		}
	},
	Register: func(s *story, by Actor, _ *Leg, act *Act) {
		if s.c.Number == "" && act.Number == "" {
			s.seq++
			act.Number = CaseNumber(by.Unit, Day(s.now), s.seq)
		}
		if len(s.c.Legs) == 0 && act.Filing == nil {
			act.Filing, act.Channel = file(PurposeRequest), ByLetter
		}
	},
	Distribute: func(_ *story, by Actor, _ *Leg, act *Act) {
		if act.Handler.IsZero() {
			act.Handler, act.HandlerName = handlerAt(by.Unit).Staff, "hand"
		}
	},
	Redirect: func(_ *story, _ Actor, _ *Leg, act *Act) {
		if act.Body == nil {
			act.Body = &Body{Name: "Labour Inspection", Phone: "12333"}
		}
	},
	Refuse: func(s *story, _ Actor, _ *Leg, act *Act) {
		if act.Ground == "" {
			act.Ground = Litigation
		}
		if act.Ground == InHand && act.Link == nil {
			act.Link = &Link{Number: "XF-linked"}
		}
	},
	Refer:  fillTo,
	Assign: fillTo,
	Extend: func(_ *story, _ Actor, _ *Leg, act *Act) {
		if act.Days == 0 {
			act.Days = 30
		}
	},
	AuditReturn: fillDay,
	AuditPass: func(_ *story, _ Actor, _ *Leg, act *Act) {
		if act.Audit == nil {
			act.Audit = ticks(true)
		}
	},
	Serve: func(s *story, _ Actor, _ *Leg, act *Act) {
		if act.Service == nil {
			act.Service = &Service{Method: "registered_mail", Day: Day(s.now), Proof: "XA123"}
		}
	},
	Rate: func(_ *story, _ Actor, _ *Leg, act *Act) {
		if act.Rating == nil {
			act.Rating = &Rating{Office: "good", Unit: "fair", Solved: "partly"}
		}
	},
	Draft: func(s *story, _ Actor, l *Leg, act *Act) {
		if l == nil {
			return
		}
		if all := s.c.OutcomesFor(l); act.Outcome == "" && len(all) > 0 {
			act.Outcome = all[0]
			if l.Annulled == act.Outcome {
				act.Outcome = all[1]
			}
		}
		if act.Outcome.Grants() && act.Execution == nil {
			act.Execution = &Execution{What: "count the years again", Due: Day(s.now.AddDate(0, 0, 60))}
		}
		if act.Outcome.Supports() && act.Cites == nil {
			act.Cites = []Citation{cited()}
		}
		if act.Outcome == NotSupported && act.Explained == nil {
			act.Explained = &Explanation{Day: Day(s.now), Text: "we sat down with him and went through the rule"}
		}
	},
	Merge:        func(_ *story, _ Actor, _ *Leg, act *Act) { fillLink(act) },
	NoLongerTake: func(_ *story, _ Actor, _ *Leg, act *Act) { fillLink(act) },
	Renew:        func(_ *story, _ Actor, _ *Leg, act *Act) { fillLink(act) },
	Judge: func(_ *story, _ Actor, _ *Leg, act *Act) {
		if !act.First {
			fillLink(act)
		}
	},
	Turn: func(_ *story, _ Actor, _ *Leg, act *Act) {
		if act.Turned == nil {
			act.Turned = &Turned{Kind: TurnRepeat, Cause: "late"}
		}
	},
	Divert: func(_ *story, _ Actor, _ *Leg, act *Act) {
		if act.Procedure == "" {
			act.Procedure, act.Body = Arbitration, &Body{Name: "Arbitration Commission", Phone: "12333"}
		}
	},
	Divide: func(_ *story, _ Actor, _ *Leg, act *Act) {
		if act.Parts == nil {
			act.Parts = []Part{{Purpose: PurposeRequest, Topic: "C6", Title: "a", Facts: "f"},
				{Purpose: PurposeAdvice, Topic: "G1", Title: "b", Facts: "g"}}
		}
	},
	DecideRecusal: func(_ *story, by Actor, _ *Leg, act *Act) {
		if act.Granted && act.Handler.IsZero() {
			act.Handler, act.HandlerName = staff(by.Unit, "hand2").Staff, "hand2"
		}
	},
	OpenHearing: fillDay,
	RecordGap: func(s *story, by Actor, _ *Leg, act *Act) {
		if act.Gap == nil {
			act.Gap = &Gap{What: "no rule says who pays", Owner: handlerAt(by.Unit).Staff, OwnerName: "hand", Due: Day(s.now.AddDate(0, 0, 30))}
		}
	},
	Settle: func(_ *story, _ Actor, _ *Leg, act *Act) {
		if act.Outcome == "" {
			act.Outcome = Mediated
		}
	},
	Execute: func(s *story, _ Actor, _ *Leg, act *Act) {
		if act.Execution == nil {
			act.Execution = &Execution{Done: Day(s.now)}
		}
	},
}

func fillLink(act *Act) {
	if act.Link == nil {
		act.Link = &Link{Number: "XF-linked"}
	}
}

func fillTo(s *story, _ Actor, l *Leg, act *Act) {
	if act.To == "" && l != nil {
		if below := Below(s.r.Units, l.Unit); len(below) > 0 {
			act.To = below[0].ID
		}
	}
	if act.Action == Assign {
		fillDay(s, Actor{}, l, act)
	}
}

func fillDay(s *story, _ Actor, _ *Leg, act *Act) {
	if act.Deadline == "" {
		act.Deadline = Day(s.now.Add(40 * 24 * time.Hour))
	}
}

// paperFor is the paper that an action sends out.
func paperFor(s *story, act Act) *Paper {
	kinds := map[Action]PaperKind{Accept: AcceptanceNotice, Redirect: RedirectNotice, Refuse: RefusalNotice,
		Refer: WhereaboutsNotice, Assign: WhereaboutsNotice, AskInfo: InfoRequest, Extend: ExtensionNotice, Draft: ReplyLetter,
		Merge: MergeNotice, NoLongerTake: NoLongerNotice, Divert: DiversionNotice, DecideRecusal: RecusalDecision,
		OpenHearing: HearingNotice, TakeReview: ReviewAcceptance, RefuseReview: ReviewRefusal}
	kind := kinds[act.Action]
	if kind == "" {
		return nil
	}
	l := s.c.current()
	switch {
	case act.Action != Draft || l == nil:
	case l.Kind == Review:
		kind = ReviewOpinion
	case l.Kind == ReReview:
		kind = ReReviewOpinion
	case s.c.Track == Claim:
		kind = OpinionPaper
	}
	return &Paper{Kind: kind, Title: "Notice", Basis: []string{"Art. 32", cited().Printed}, Remedy: "Ask the city department within 30 days.",
		Sections: []Section{{Head: "Request", Text: "r"}, {Head: "Facts", Text: "f"}, {Head: "Decision", Text: "d"}}}
}

// linkedCase is the case in hand that a refusal points at.
func linkedCase(s *story, act Act) *Case {
	state := Handling
	if act.Action == NoLongerTake || act.Action == Renew {
		state = Final
	}
	unit := county
	if l := s.c.Leg(max(act.Leg, 1)); l != nil && act.Action == Merge {
		unit = l.Unit
	}
	return &Case{ID: ID{9}, Number: act.Link.Number, Track: s.c.Track,
		Legs: []Leg{{N: 1, Unit: unit, State: state}}}
}
