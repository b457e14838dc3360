package petition

import (
	"slices"
	"strconv"
	"time"
)

// DecideCadre turns what somebody wants to do with a report about a cadre into events,
// as Decide does for ordinary matters. It checks, in this order: the act is in the
// table; the actor belongs to the compartment, or is the leader to whom it was put up;
// nothing waits for agreement; nobody agrees to his own proposal or is named in the
// report; the form is whole; the history allows it.
func DecideCadre(r *CadreReport, by Actor, act Act, rules Rules, now time.Time) ([]Event, error) {
	d := &cadreDecision{r: r, by: by, act: act, rules: rules, now: now.UTC().Truncate(time.Microsecond)}
	if n := len(r.Events); n > 0 && d.now.Before(r.Events[n-1].At) {
		d.now = r.Events[n-1].At
	}
	if r.HiddenFrom(by) {
		return nil, &Error{Kind: NotFound, Key: "error.not_found"}
	}
	if act.Action == CadreAgree || act.Action == CadreDisagree {
		return d.answer()
	}
	move, ok := cadreMoves[r.State][act.Action]
	if !ok {
		return nil, conflict("error.move_not_possible")
	}
	if err := d.actor(); err != nil {
		return nil, err
	}
	if err := d.check(); err != nil {
		return nil, err
	}
	if move.Agreement > 0 {
		proposed := d.act
		return d.events(Act{Action: Propose, Proposed: &proposed}), nil
	}
	return d.events(d.act), nil
}

type cadreDecision struct {
	r     *CadreReport
	by    Actor
	act   Act
	rules Rules
	now   time.Time
}

func (d *cadreDecision) events(acts ...Act) []Event {
	es := make([]Event, len(acts))
	for i, a := range acts {
		es[i] = Event{N: len(d.r.Events) + 1 + i, At: d.now, By: d.by, Act: a}
	}
	return es
}

// actor: a cadre supervisor of the compartment's own unit. Whoever verifies keeps to
// the team (recusal is leaving it).
func (d *cadreDecision) actor() error {
	switch {
	case d.by.Kind != ByStaff || !d.by.Is(CadreSupervisor):
		return forbidden("error.not_your_role")
	case d.by.Unit != d.r.Unit:
		return forbidden("error.not_your_unit")
	case d.r.Pending != nil && d.act.Action != CadreNote:
		return conflict("error.waits_for_approval")
	case d.act.Action == Find && len(d.r.Team) > 0 && !slices.Contains(d.r.Team, d.by.Staff):
		return forbidden("error.not_in_team")
	}
	return nil
}

// answer agrees or not. Two different people agree to a grading, none of them the one
// who proposed it; a leader of the unit may be one of them.
func (d *cadreDecision) answer() ([]Event, error) {
	p := d.r.Pending
	switch {
	case p == nil:
		return nil, conflict("error.nothing_to_approve")
	case d.by.Kind != ByStaff || !d.by.Is(CadreSupervisor, Leader):
		return nil, forbidden("error.not_your_role")
	case d.by.Unit != d.r.Unit:
		return nil, forbidden("error.not_your_unit")
	case p.By.Staff == d.by.Staff || slices.Contains(p.Agreed, d.by.Staff):
		return nil, forbidden("error.agreed_before")
	}
	answer := Act{Action: d.act.Action, Text: d.act.Text, Reason: d.act.Reason}
	if d.act.Action == CadreDisagree {
		if blank(d.act.Reason) {
			return nil, invalid(Problem{Field: "reason", Key: "problem.reason_missing"})
		}
		return d.events(answer), nil
	}
	if len(p.Agreed)+1 < cadreMoves[d.r.State][p.Act.Action].Agreement {
		return d.events(answer), nil
	}
	d.act = p.Act
	if err := d.check(); err != nil {
		return nil, err
	}
	return d.events(answer, p.Act), nil
}

func (d *cadreDecision) check() error {
	f := &form{}
	step := d.act.Cadre
	if step == nil {
		step = &CadreStep{}
	}
	if check := cadreChecks[d.act.Action]; check != nil {
		check(d, f, step)
	}
	f.atMost("text", d.act.Text, longestWords)
	f.atMost("reason", d.act.Reason, longestWords)
	if err := f.err(); err != nil {
		return err
	}
	if guard := cadreGuards[d.act.Action]; guard != nil {
		return guard(d)
	}
	return nil
}

var cadreChecks = map[Action]func(d *cadreDecision, f *form, s *CadreStep){
	CadreRegister: checkCadreRegister,
	SendUp:        func(d *cadreDecision, f *form, _ *CadreStep) { d.reason(f) },
	ConfirmName: func(d *cadreDecision, f *form, s *CadreStep) {
		f.need(slices.Contains([]string{"call", "visit", "letter"}, s.How), "cadre.how", "problem.choice")
	},
	Dispose: checkDispose,
	NoteAnswer: func(d *cadreDecision, f *form, _ *CadreStep) {
		f.need(!blank(d.act.Text) || len(d.act.Files) > 0, "text", "problem.text_missing")
	},
	Find: checkFind,
	Measured: func(d *cadreDecision, f *form, s *CadreStep) {
		f.need(s.Measure != nil && slices.Contains(MeasureKinds, s.Measure.Kind), "cadre.measure.kind", "problem.choice")
		f.need(s.Measure != nil && !blank(s.Measure.Text), "cadre.measure.text", "problem.text_missing")
	},
	TellAccepted: checkTold,
	FeedBack:     checkTold,
	ClearName:    checkClearing,
	Reopen:       func(d *cadreDecision, f *form, _ *CadreStep) { d.reason(f) },
	CadreClose:   func(d *cadreDecision, f *form, _ *CadreStep) { d.reason(f) },
	CadreNote: func(d *cadreDecision, f *form, _ *CadreStep) {
		f.need(!blank(d.act.Text) || len(d.act.Files) > 0, "text", "problem.text_missing")
	},
	ExtractMatter: func(d *cadreDecision, f *form, _ *CadreStep) {
		d.reason(f)
		f.need(len(d.act.Parts) > 0, "parts", "problem.parts_missing")
		checkParts(f, d.act.Parts)
	},
}

func (d *cadreDecision) reason(f *form) {
	f.need(!blank(d.act.Reason), "reason", "problem.reason_missing")
}

// checkCadreRegister: who is reported, and who manages each of them.
func checkCadreRegister(d *cadreDecision, f *form, s *CadreStep) {
	f.need(!blank(s.Number), "cadre.number", "problem.number")
	f.need(len(s.Reported) > 0, "cadre.reported", "problem.reported_missing")
	for i, p := range s.Reported {
		at := "cadre.reported." + strconv.Itoa(i) + "."
		f.need(!blank(p.Name) || !blank(p.Unit), at+"name", "problem.reported_missing")
		_, known := d.rules.Units.Unit(p.Manager)
		f.need(known, at+"manager", "problem.manager_missing")
		f.need(p.Manager == d.r.Unit || !known, at+"manager", "problem.manager_elsewhere")
	}
}

// checkDispose: grade and way fit each other; a verification has a team of two or more
// and a day.
func checkDispose(d *cadreDecision, f *form, s *CadreStep) {
	d.reason(f)
	f.need(slices.Contains(Clues, s.Grade), "cadre.grade", "problem.choice")
	f.need(slices.Contains(CadreWays, s.Way), "cadre.way", "problem.choice")
	if !slices.Contains(Clues, s.Grade) || !slices.Contains(CadreWays, s.Way) {
		return
	}
	f.need(s.Way.fits(s.Grade), "cadre.way", "problem.way_unfit")
	if s.Way != WayVerify {
		return
	}
	f.need(len(s.Team) >= 2, "cadre.team", "problem.team_of_two")
	t, err := ParseDay(d.act.Deadline)
	f.need(err == nil, "deadline", "problem.day_missing")
	f.need(err != nil || t.After(d.now), "deadline", "problem.day_not_future")
	f.near("deadline", d.act.Deadline, d.now)
}

// checkFind: what was found and on what facts. Malice needs its evidence and the
// approval of the level above (criminal law, Art. 243(3): a mistake is no false
// accusation).
func checkFind(d *cadreDecision, f *form, s *CadreStep) {
	f.need(slices.Contains(Findings, s.Finding), "cadre.finding", "problem.choice")
	f.need(!blank(d.act.Text), "text", "problem.text_missing")
	if s.Finding == FoundMalice {
		f.need(!blank(s.Evidence), "cadre.evidence", "problem.evidence_missing")
		f.need(!blank(s.Higher), "cadre.higher", "problem.higher_missing")
	}
}

func checkTold(_ *cadreDecision, f *form, s *CadreStep) {
	f.need(slices.Contains([]string{"call", "visit", "letter", "portal"}, s.How), "cadre.how", "problem.choice")
}

// checkClearing: done with the cadre's consent and in a form of the list, or not done
// for a reason.
func checkClearing(_ *cadreDecision, f *form, s *CadreStep) {
	c := s.Clear
	if c == nil {
		c = &Clearing{}
	}
	f.need(!blank(c.Reason), "cadre.clear.reason", "problem.reason_missing")
	if c.Do {
		f.need(c.Consent, "cadre.clear.consent", "problem.clearing_consent")
		f.need(slices.Contains(ClearingForms, c.Form), "cadre.clear.form", "problem.choice")
	}
}

var cadreGuards = map[Action]func(d *cadreDecision) error{
	ConfirmName: func(d *cadreDecision) error {
		return unless(d.r.RealName || d.r.Filing.Anonymous || !d.r.Filing.Reachable(), "error.no_real_name")
	},
	TellAccepted: func(d *cadreDecision) error {
		return unless(!d.r.RealName || !d.r.Accepted.IsZero(), "error.no_real_name")
	},
	FeedBack: func(d *cadreDecision) error {
		return unless(!d.r.RealName || !d.r.FedBack.IsZero(), "error.no_real_name")
	},
	ClearName: func(d *cadreDecision) error {
		return unless(!d.r.Finding.Cleared() || d.r.Clear != nil, "error.nothing_to_clear")
	},
	// A report is closed when everybody has what is due: the reporter who gave a name
	// his answer, the cadre the decision on clarification (2.4), a true report its
	// consequence.
	CadreClose: func(d *cadreDecision) error {
		switch {
		case d.r.RealName && d.r.FedBack.IsZero():
			return conflict("error.not_fed_back")
		case d.r.Finding.Cleared() && d.r.Clear == nil:
			return conflict("error.not_cleared")
		case (d.r.Finding == FoundTrue || d.r.Finding == FoundPart) && len(d.r.Measures) == 0:
			return conflict("error.no_measure")
		}
		return nil
	},
}

// CadreOffers lists what the actor may do to the report now, the primary first.
func CadreOffers(r *CadreReport, by Actor, rules Rules, now time.Time) []Action {
	var all []Action
	for _, a := range CadreActions {
		_, err := DecideCadre(r, by, Act{Action: a}, rules, now)
		if err == nil || Is(err, Invalid) {
			all = append(all, a)
		}
	}
	return all
}

// AgreementsTo is how many others must agree to an act first.
func AgreementsTo(s CadreState, a Action) int { return cadreMoves[s][a].Agreement }
