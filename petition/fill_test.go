package petition

import "time"

// fill completes an act as a careful person would: what is already there stays.
func fill(s *story, by Actor, act Act) (Act, Facts) {
	facts := Facts{HandlerRoles: []Role{Handler}}
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
	Draft: func(s *story, _ Actor, _ *Leg, act *Act) {
		if all := Outcomes(s.c.Track); act.Outcome == "" && len(all) > 0 {
			act.Outcome = all[0]
		}
	},
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
		Refer: WhereaboutsNotice, Assign: WhereaboutsNotice, AskInfo: InfoRequest, Extend: ExtensionNotice, Draft: ReplyLetter}
	kind := kinds[act.Action]
	if kind == "" {
		return nil
	}
	if act.Action == Draft && s.c.Track == Claim {
		kind = OpinionPaper
	}
	return &Paper{Kind: kind, Title: "Notice", Basis: []string{"Art. 32"}, Remedy: "Ask the city department within 30 days.",
		Sections: []Section{{Head: "Request", Text: "r"}, {Head: "Facts", Text: "f"}, {Head: "Decision", Text: "d"}}}
}

// linkedCase is the case in hand that a refusal points at.
func linkedCase(s *story, act Act) *Case {
	return &Case{ID: ID{9}, Number: act.Link.Number, Track: s.c.Track,
		Legs: []Leg{{N: 1, Unit: county, State: Handling}}}
}
