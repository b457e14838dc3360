package petition

import (
	"slices"
	"time"
)

// standing is an actor's place in a move: the row of the table, the leg it moves, the
// leg whose unit decides, and whether it is only a proposal yet.
type standing struct {
	move     Move
	leg      *Leg // nil when the first leg is about to open
	desk     *Leg // nil likewise
	proposes bool
}

// standing asks in this order: is the pair in the table, is it this kind of actor, is
// it the actor's unit, does the actor hold a role, is it the actor's own case, does a
// proposal stand in the way, does the history of the leg allow it.
func (d *decision) standing(a Action, l *Leg) (standing, error) {
	s, err := d.row(a, l)
	if err != nil {
		return s, err
	}
	if err := s.actor(a, d.by); err != nil {
		return s, err
	}
	if err := d.recorded(s); err != nil {
		return s, err
	}
	if err := d.waits(a, s); err != nil {
		return s, err
	}
	if guard := guards[a]; guard != nil && l != nil {
		if err := guard(d, l); err != nil {
			return s, err
		}
	}
	return s, nil
}

// row finds the move in the table.
func (d *decision) row(a Action, l *Leg) (standing, error) {
	var state State
	if l != nil {
		state = l.State
	}
	m, ok := moveIn(state, a)
	if !ok || (l == nil && (len(d.c.Legs) > 0 || a == Receive)) {
		return standing{}, conflict("error.move_not_possible")
	}
	if l != nil && !m.on(d.c.Track) {
		return standing{}, conflict("error.move_not_on_track")
	}
	if l == nil && d.act.Old != nil { // an old ledger is the office head's to take over too
		m.By = counter
	}
	return standing{move: m, leg: l, desk: d.c.desk(m, a, l)}, nil
}

// desk is the leg whose unit decides on a move of leg l.
func (c *Case) desk(m Move, a Action, l *Leg) *Leg {
	switch {
	case l == nil:
		return nil
	case m.AtSender:
		return c.Leg(l.From)
	case m.AtSuperior && (a != DecideRecusal || c.superiorLeg(l.N) != nil):
		return c.superiorLeg(l.N)
	case a == AuditPass || a == AuditReturn:
		return c.Leg(l.AuditAt)
	}
	return l
}

// actor asks who it is.
func (s *standing) actor(a Action, by Actor) error {
	if s.move.Who != "" {
		if by.Kind == s.move.Who || (a == Submit && by.Kind == BySystem) {
			return nil
		}
		if by.Kind != ByStaff || s.move.Desk == nil {
			return forbidden("error.not_your_move")
		}
	}
	if by.Kind != ByStaff {
		return forbidden("error.not_your_move")
	}
	if s.leg != nil && !s.move.Beside && (s.desk == nil || by.Unit == "" || by.Unit != s.desk.Unit) {
		return forbidden("error.not_your_unit")
	}
	if s.leg == nil && by.Unit == "" {
		return forbidden("error.not_your_unit")
	}
	return s.role(a, by)
}

// forPetitioner tells whether staff record what is the petitioner's move.
func (s *standing) forPetitioner(by Actor) bool {
	return s.move.Who == ByPetitioner && by.Kind == ByStaff
}

// recorded: staff record a petitioner's wish where the case lies, and of somebody who
// can be known again.
func (d *decision) recorded(s standing) error {
	switch {
	case !s.forPetitioner(d.by):
		return nil
	case s.leg != d.c.current():
		return conflict("error.move_not_possible")
	case d.c.Filing.Anonymous:
		return forbidden("error.anonymous_asked")
	}
	return nil
}

// role: an approver acts at once; others of the row act, or propose where the row
// has approvers.
func (s *standing) role(a Action, by Actor) error {
	if s.leg != nil && slices.Contains(s.leg.Recused, by.Staff) {
		return forbidden("error.recused")
	}
	if s.move.Who != "" {
		if !by.Is(s.move.Desk...) {
			return forbidden("error.not_your_role")
		}
		return nil
	}
	if s.move.Approver != nil && by.Is(s.move.Approver...) {
		return nil
	}
	if !by.Is(s.move.By...) {
		return forbidden("error.not_your_role")
	}
	s.proposes = s.move.Approver != nil
	if handling := len(s.move.By) == 1 && s.move.By[0] == Handler; handling && s.leg != nil &&
		!s.leg.Handler.IsZero() && s.leg.Handler != by.Staff {
		return forbidden("error.not_your_case")
	}
	return nil
}

// besidesProposal is what may happen while a proposal waits.
var besidesProposal = []Action{Withdraw, Note, AddInfo, Supply, Rate, ReplaceCode, Lapse, Urge,
	Correct, AskViews, AnswerViews, AnswerCorrect, AskNews,
	AskRecusal, DeclareRecusal, AskReview, Turn, Conclude, ChaseExecution, TakeOver}

func (d *decision) waits(a Action, s standing) error {
	if s.desk == nil || slices.Contains(besidesProposal, a) {
		return nil
	}
	if s.desk.Pending != nil || (s.leg != nil && s.leg.Pending != nil) {
		return conflict("error.waits_for_approval")
	}
	return nil
}

// mayAnswer asks whether the actor may approve or decline what waits at the leg.
func (d *decision) mayAnswer(desk *Leg) error {
	if desk == nil || desk.Pending == nil {
		return conflict("error.nothing_to_approve")
	}
	s, err := d.row(desk.Pending.Act.Action, d.c.Leg(desk.Pending.Act.Leg))
	if err != nil {
		return err
	}
	switch {
	case d.by.Kind != ByStaff:
		return forbidden("error.not_your_move")
	case d.by.Unit == "" || d.by.Unit != desk.Unit:
		return forbidden("error.not_your_unit")
	case !d.by.Is(s.move.Approver...):
		return forbidden("error.not_your_role")
	case slices.Contains(s.leg.Recused, d.by.Staff):
		return forbidden("error.recused")
	}
	return nil
}

// approved is the standing of a proposal whose approver agrees; the guards are asked
// again, because time has passed.
func (d *decision) approved() (standing, error) {
	s, err := d.row(d.act.Action, d.c.Leg(d.act.Leg))
	if err != nil {
		return s, err
	}
	if guard := guards[d.act.Action]; guard != nil {
		if err := guard(d, s.leg); err != nil {
			return s, err
		}
	}
	return s, nil
}

// guards is what a row asks of the history of the leg, apart from what is filled in.
var guards = map[Action]func(d *decision, l *Leg) error{
	Divide:         guardDivide,
	Judge:          func(d *decision, _ *Leg) error { return unless(d.c.Repeat != nil, "error.judged_before") },
	SignFor:        guardSignFor,
	Renew:          func(d *decision, _ *Leg) error { return unless(d.c.After != nil, "error.renewed_before") },
	Simplify:       guardSimplify,
	Ordinary:       guardOrdinary,
	Redate:         guardRedate,
	AskNews:        guardAskNews,
	AnswerCorrect:  guardAnswerCorrect,
	AnswerViews:    func(d *decision, _ *Leg) error { return unless(len(d.c.AskedViews) == 0, "error.no_views_asked") },
	AskRecusal:     guardAskRecusal,
	DeclareRecusal: guardAskRecusal,
	DecideRecusal:  guardDecideRecusal,
	Dispute:        guardDispute,
	AskReview:      guardAskReview,
	Conclude:       guardConclude,
	Execute:        guardExecute,
	ChaseExecution: guardChase,
	Archive:        guardArchive,
	TakeOver:       guardTakeOver,
	RecordGap:      guardGap,
	AskInfo: func(_ *decision, l *Leg) error { // row 4: once
		return unless(l.Asked != "", "error.asked_before")
	},
	Lapse: func(d *decision, l *Leg) error {
		return unless(!d.now.After(EndOfDay(l.AskedUntil)), "error.not_lapsed")
	},
	Redirect: func(d *decision, _ *Leg) error { // scenario 1.3
		t, known := TopicOf(d.c.Topic)
		return unless(d.c.Track == Advice && (!known || t.InScope()), "error.advice_in_scope")
	},
	Refuse: func(d *decision, l *Leg) error {
		return unless(len(GroundsFor(d.c, l.Unit, d.r)) == 0, "error.no_ground")
	},
	Refer:       guardBelow,
	Assign:      guardBelow,
	Object:      guardObject,
	Extend:      guardExtend,
	AskClosing:  func(_ *decision, l *Leg) error { return unless(l.RepliedAt.IsZero(), "error.not_replied") },
	AuditPass:   guardAudit,
	AuditReturn: guardAudit,
	Withdraw:    guardWithdraw,
	Rate:        guardRate,
	ReplaceCode: func(d *decision, _ *Leg) error {
		if d.c.Filing.Anonymous {
			return forbidden("error.anonymous_code")
		}
		return nil
	},
}

func unless(bad bool, key string) error {
	if bad {
		return conflict(key)
	}
	return nil
}

// guardDispute: after the sender has overruled an objection, once, and where there is
// a unit above both (Art. 24).
func guardDispute(d *decision, l *Leg) error {
	from := d.c.Leg(l.From)
	if l.ObjectionOver.IsZero() || from == nil || l.SettledBy != "" {
		return conflict("error.no_dispute")
	}
	if _, hosted := d.superior(from); !hosted {
		return conflict("error.no_unit_above")
	}
	return nil
}

func guardBelow(d *decision, l *Leg) error {
	return unless(len(Below(d.r.Units, l.Unit)) == 0, "error.nobody_below")
}

// guardObject: what was passed on, within five working days, and once (row 13).
func guardObject(d *decision, l *Leg) error {
	if l.From == 0 {
		return conflict("error.nobody_sent_it")
	}
	if !l.ObjectedAt.IsZero() {
		return conflict("error.objected_before")
	}
	due := reckoner{law: d.r.LawOf(d.c, l.Unit), days: d.r.Days, leg: l}
	return unless(d.now.After(due.objection().Due), "error.too_late_to_object")
}

// guardExtend: once, and before K4 ends (row 21).
func guardExtend(d *decision, l *Leg) error {
	if l.ExtendedBy > 0 {
		return conflict("error.extended_before")
	}
	if !l.FirstReply.IsZero() {
		return conflict("error.replied_already")
	}
	due := reckoner{law: d.r.LawOf(d.c, l.Unit), days: d.r.Days, leg: l}
	k, runs := due.handling(d.c.Track, due.notice(d.now), d.now)
	if l.Simple {
		return conflict("error.extend_simple")
	}
	return unless(!runs || d.now.After(k.Due), "error.too_late_to_extend")
}

// guardAudit: the closing is audited by somebody who took no part in the answer (domain §1,
// clause 7 and scenario 7.3). The clause names the handler; who signed the opinion stands
// for it as much, and would audit his own decision. So an office needs three people for
// a claim: one who handles, one who signs, one who audits; any of them may also register.
func guardAudit(d *decision, l *Leg) error {
	if !d.by.Staff.IsZero() && (d.by.Staff == l.Handler || d.c.worked(l.N, d.by.Staff)) {
		return forbidden("error.own_case_audit")
	}
	return nil
}

// worked tells whether somebody did the handler's work on a leg, or signed for it, also
// if another took over later.
func (c *Case) worked(leg int, who ID) bool {
	for _, e := range c.Events {
		if e.Act.Leg == leg && e.By.Staff == who &&
			slices.Contains([]Action{Start, Draft, Sign, Serve, AskClosing}, e.Act.Action) {
			return true
		}
	}
	return false
}

func guardWithdraw(d *decision, _ *Leg) error {
	for _, l := range d.c.Legs {
		if !l.RepliedAt.IsZero() {
			return conflict("error.too_late_to_withdraw")
		}
	}
	return nil
}

// guardRate: within the window after the reply, the first time, or one change within
// some days (domain §3.8). What was sent in time counts, whenever it arrives.
func guardRate(d *decision, l *Leg) error {
	law, at := d.r.LawOf(d.c, l.Unit), d.sent()
	last := startOfDay(l.RepliedAt).AddDate(0, 0, law.RateDays)
	last, _ = d.r.Days.roll(last)
	if at.After(endOfDay(last)) {
		return conflict("error.too_late_to_rate")
	}
	ratings := d.c.times(Rate)
	if len(ratings) == 0 {
		return nil
	}
	change := endOfDay(startOfDay(ratings[0]).AddDate(0, 0, law.RateChange))
	return unless(len(ratings) > 1 || at.After(change), "error.rated_already")
}

// sent is when the petitioner acted on the portal, if he did, else now.
func (d *decision) sent() time.Time {
	if d.by.Kind == ByPetitioner && !d.act.At.IsZero() && d.act.At.Before(d.now) {
		return d.act.At
	}
	return d.now
}

// times is when an action happened, in order.
func (c *Case) times(a Action) []time.Time {
	var ts []time.Time
	for _, e := range c.Events {
		if e.Act.Action == a {
			ts = append(ts, e.At)
		}
	}
	return ts
}
