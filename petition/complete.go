package petition

// complete fills in what follows from the case, the law and the actor, so that the
// event stands for itself.
func (d *decision) complete(s standing) {
	act := &d.act
	if s.leg == nil {
		d.completeFirst()
		return
	}
	switch act.Action {
	case Register:
		d.completeOffice()
	case Divide:
		d.completeDivide()
	case DeclareRecusal:
		d.completeRecusal()
	case Redate:
		act.Law = d.r.Laws.At(Day(act.At)).ID
	case TakeOver:
		act.To = d.r.Units.Acting(s.leg.Unit)
	case Turn:
		if act.Turned != nil {
			turned := *act.Turned
			turned.At, turned.Link = d.now, act.Link
			act.Turned = &turned
		}
	case AskInfo:
		if act.Deadline == "" {
			act.Deadline = Day(d.now.AddDate(0, 0, d.r.LawNow(d.c).InfoDays))
		}
	case Sign:
		act.Paper, act.Contrary = d.signedPaper(s.leg), d.facts.Contrary
		return
	case Rate:
		if act.Rating != nil {
			rating := *act.Rating
			rating.At = d.sent()
			act.Rating = &rating
		}
	}
	d.completeHandler(s)
	d.completePaper(s)
}

// completeFirst: the law in force on the day of receipt governs the case to its end.
func (d *decision) completeFirst() {
	act := &d.act
	if act.Filing != nil && act.Channel == "" {
		act.Channel = act.Filing.Channel
	}
	if act.Channel == "" && act.Action == Submit {
		act.Channel = ByWeb
	}
	if act.Unit == "" && act.Action == Register {
		act.Unit = d.by.Unit
	}
	if act.Topic == "" && act.Filing != nil {
		act.Topic = act.Filing.Topic
	}
	if act.Arrival == "" {
		act.Arrival = Direct
	}
	if act.At.IsZero() {
		act.At = d.now
	}
	act.Law = d.r.Laws.At(Day(act.At)).ID
	if act.Action == Register {
		d.completeOffice()
	}
}

// completeOffice: a content code leads to its default office (scenario 1.1).
func (d *decision) completeOffice() {
	topic := d.act.Topic
	if topic == "" {
		topic = d.c.Topic
	}
	if t, ok := TopicOf(topic); ok && d.act.Office == "" {
		d.act.Office = t.Office
	}
}

// completeHandler: a handler who takes up what nobody has becomes its handler.
func (d *decision) completeHandler(s standing) {
	takesUp := len(s.move.By) == 1 && s.move.By[0] == Handler
	if takesUp && s.leg.Handler.IsZero() && d.act.Handler.IsZero() && d.by.Is(Handler) {
		d.act.Handler, d.act.HandlerName = d.by.Staff, d.by.Name
	}
}

// completePaper puts kind, unit and day on the petitioner's paper.
func (d *decision) completePaper(s standing) {
	if d.act.Paper == nil {
		return
	}
	paper := *d.act.Paper
	if paper.Kind == "" {
		paper.Kind = d.paperKind(s)
	}
	if s.desk != nil {
		paper.Unit = s.desk.Unit
	}
	if u, ok := d.unit(paper.Unit); ok && paper.UnitName == "" {
		paper.UnitName = u.Name
	}
	if paper.Day == "" && d.act.Action != Draft && !s.proposes {
		paper.Day = Day(d.now)
	}
	d.act.Paper = &paper
}

// paperKind is the paper that the act must bring along; "" where none is written
// by hand.
func (d *decision) paperKind(s standing) PaperKind {
	switch {
	case d.act.Action == Draft && s.leg.Kind == Review:
		return ReviewOpinion
	case d.act.Action == Draft && s.leg.Kind == ReReview:
		return ReReviewOpinion
	case d.act.Action == DecideRecusal && (s.leg.Recusal == nil || s.leg.Recusal.By == ByStaff):
		return "" // only who asked is told
	case d.act.Action == Draft && d.c.Track == Claim:
		return OpinionPaper
	case d.act.Action == Draft:
		return ReplyLetter
	case d.act.Action == Serve, s.move.Who != "":
		return ""
	}
	return s.move.Paper
}

// signedPaper is the draft frozen with number, day and signer; the signer changes no
// word of it.
func (d *decision) signedPaper(l *Leg) *Paper {
	if l.Draft == nil {
		return nil
	}
	paper := *l.Draft
	if d.act.Paper != nil && d.act.Paper.Number != "" {
		paper.Number = d.act.Paper.Number
	}
	paper.Day, paper.SignedBy = Day(d.now), d.by.Name
	return &paper
}

func (d *decision) unit(id UnitID) (Unit, bool) {
	if d.r.Units == nil {
		return Unit{}, false
	}
	return d.r.Units.Unit(id)
}
