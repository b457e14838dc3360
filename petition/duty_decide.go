package petition

import (
	"maps"
	"slices"
	"time"
)

// dutySide is who may do something with a duty that stands.
type dutySide int

const (
	setter dutySide = 1 << iota
	owner
)

// dutyMove is one row of the table of what can be done with a duty.
type dutyMove struct {
	From  []DutyState
	Side  dutySide
	Check func(d *dutyDecision, f *form)
}

var dutyMoves = map[DutyAction]dutyMove{
	IssueDuty:    {From: []DutyState{DutyDraft}, Side: setter, Check: (*dutyDecision).checkIssue},
	SignDuty:     {From: []DutyState{DutyOpen}, Side: owner},
	GiveDuty:     {From: []DutyState{DutyOpen}, Side: owner, Check: (*dutyDecision).checkGive},
	ProgressDuty: {From: []DutyState{DutyOpen, DutyAnswered}, Side: setter | owner, Check: (*dutyDecision).text},
	AnswerDuty:   {From: []DutyState{DutyOpen}, Side: owner, Check: (*dutyDecision).checkAnswer},
	ReturnDuty:   {From: []DutyState{DutyAnswered}, Side: setter, Check: (*dutyDecision).checkAgain},
	RemindDuty:   {From: []DutyState{DutyOpen}, Side: setter},
	PostponeDuty: {From: []DutyState{DutyOpen}, Side: setter, Check: (*dutyDecision).checkAgain},
	CloseDuty:    {From: []DutyState{DutyAnswered}, Side: setter, Check: (*dutyDecision).checkClose},
	WithdrawDuty: {From: []DutyState{DutyDraft, DutyOpen}, Side: setter, Check: (*dutyDecision).text},
}

// DutyActions lists what can be done with a duty that stands, in the order of a page.
var DutyActions = []DutyAction{IssueDuty, SignDuty, GiveDuty, AnswerDuty, CloseDuty, ReturnDuty, ProgressDuty,
	RemindDuty, PostponeDuty, WithdrawDuty}

// DutyOffers lists what the actor may do with a duty now.
func DutyOffers(d *Duty, by Actor) []DutyAction {
	return slices.DeleteFunc(slices.Clone(DutyActions), func(a DutyAction) bool {
		return (&dutyDecision{d: d, by: by, act: DutyAct{Action: a}}).allowed() != nil
	})
}

// DecideDuty turns what somebody wants to do into the duty's next entry; a nil duty is
// one to be set. It fails with Forbidden, Conflict, or Invalid naming every field.
func DecideDuty(d *Duty, by Actor, act DutyAct, units *Units, now time.Time) (DutyEntry, error) {
	w := &dutyDecision{d: d, by: by, act: act, units: units, now: now, today: Day(now)}
	at := now.UTC().Truncate(time.Microsecond)
	if d == nil {
		if err := w.set(); err != nil {
			return DutyEntry{}, err
		}
		return DutyEntry{N: 1, At: at, By: by, Act: w.act}, nil
	}
	if err := w.allowed(); err != nil {
		return DutyEntry{}, err
	}
	f := &form{}
	if check := dutyMoves[act.Action].Check; check != nil {
		check(w, f)
	}
	if last := d.Entries[len(d.Entries)-1].At; at.Before(last) {
		at = last
	}
	return DutyEntry{N: len(d.Entries) + 1, At: at, By: by, Act: w.act}, f.err()
}

type dutyDecision struct {
	d     *Duty
	by    Actor
	act   DutyAct
	units *Units
	now   time.Time
	today string
}

// allowed checks that the action is in the table, and that the actor is on its side.
func (w *dutyDecision) allowed() error {
	move, ok := dutyMoves[w.act.Action]
	if !ok || !slices.Contains(w.from(move), w.d.State) {
		return conflict("error.move_not_possible")
	}
	if w.sides()&w.side(move) == 0 || w.ends() && !w.closes() {
		return forbidden("error.not_your_role")
	}
	return nil
}

// from: what goes up is settled above, with or without an answer first; and so is a mark
// that nobody reported.
func (w *dutyDecision) from(m dutyMove) []DutyState {
	switch {
	case w.act.Action == CloseDuty && (w.d.Kind == Flagged || dutyRules[w.d.Kind].Unclosed):
		return []DutyState{DutyOpen, DutyAnswered}
	case w.act.Action == PostponeDuty && w.d.Kind == Flagged: // a report that is due is not put off
		return nil
	}
	return m.From
}

func (w *dutyDecision) side(m dutyMove) dutySide {
	if w.act.Action == CloseDuty && dutyRules[w.d.Kind].Unclosed {
		return owner
	}
	return m.Side
}

// sides are those on which the actor stands: as who set it or holds the same office
// there, as the person it was given to or a head of the owner.
func (w *dutyDecision) sides() dutySide {
	var s dutySide
	rule := dutyRules[w.d.Kind]
	if w.by.Kind != ByStaff {
		return s
	}
	if w.by.Unit == w.d.From && (w.by.Staff == w.d.By || w.by.Is(rule.Setters...)) {
		s |= setter
	}
	if w.by.Unit == w.d.Owner && (w.by.Staff == w.d.Person || w.by.Is(rule.Owners...)) {
		s |= owner
	}
	return s
}

// set checks a new duty: who sets what for whom, by when, and that it says what its
// kind must.
func (w *dutyDecision) set() error {
	rule, ok := dutyRules[w.act.Kind]
	switch {
	case w.act.Action != SetDuty && w.act.Action != DraftDuty:
		return conflict("error.move_not_possible")
	case !ok, w.by.Kind == ByPetitioner, w.by.Kind == ByStaff && !w.by.Is(rule.Setters...) && !w.records(rule):
		return forbidden("error.not_your_role")
	}
	f := &form{}
	owners := DutyOwners(w.units, w.by.Unit, w.act.Kind)
	f.need(slices.ContainsFunc(owners, func(u Unit) bool { return u.ID == w.act.Owner }), "owner", "problem.duty_owner")
	f.need(len(rule.Forms) == 0 && w.act.Form == "" || slices.Contains(rule.Forms, w.act.Form), "form", "problem.choice")
	f.need(w.act.Cause == "" || w.act.Kind == Supervision && slices.Contains(DutyCauses, w.act.Cause), "cause", "problem.choice")
	f.need(w.act.Flag.IsZero() || w.act.Kind == Important, "flag", "problem.choice")
	f.need(w.act.Decision.IsZero() || w.act.Kind == Supervision, "decision", "problem.choice")
	f.need(!blank(w.act.Title), "title", "problem.title_missing")
	f.need(!rule.OfCase || !w.act.Case.IsZero(), "case", "problem.case_unknown")
	f.need(!rule.OfCase || !w.act.Person.IsZero(), "person", "problem.duty_person")
	w.due(f, "")
	if w.act.Action == SetDuty {
		w.fields(f, DutyFields(w.act.Kind, w.act.Form), w.act.Values)
	}
	return f.err()
}

// records tells whether the actor writes down what a leader said.
func (w *dutyDecision) records(rule dutyRule) bool {
	return w.by.Is(rule.Recorders...) && !blank(w.act.Values["said_by"])
}

// due: a day from today on, and later than the one before.
func (w *dutyDecision) due(f *form, before string) {
	_, err := ParseDay(w.act.Due)
	f.need(err == nil && w.act.Due >= w.today, "due", "problem.duty_due")
	f.near("due", w.act.Due, w.now)
	if err == nil && before != "" {
		f.need(w.act.Due > before, "due", "problem.duty_later")
	}
}

// fields checks that what must be filled in is, and forgets what nobody asked for.
func (w *dutyDecision) fields(f *form, fields []DutyField, values map[string]string) {
	kept := make(map[string]string, len(fields))
	for _, one := range fields {
		v := values[one.Name]
		f.need(one.Free || !blank(v), "values."+one.Name, "problem.duty_field")
		if one.Day && v != "" {
			_, err := ParseDay(v)
			f.need(err == nil, "values."+one.Name, "problem.day")
		}
		f.atMost("values."+one.Name, v, longestWords)
		if v != "" {
			kept[one.Name] = v
		}
	}
	w.act.Values = kept
}

// checkIssue: what the draft holds, or what was put in its place, must be whole.
func (w *dutyDecision) checkIssue(f *form) {
	whole := maps.Clone(w.d.Values)
	maps.Copy(whole, w.act.Values)
	w.fields(f, DutyFields(w.d.Kind, w.d.Form), whole)
	w.due(f, "")
}

func (w *dutyDecision) checkGive(f *form) {
	f.need(!w.act.Person.IsZero(), "person", "problem.duty_person")
}

func (w *dutyDecision) checkAnswer(f *form) {
	w.fields(f, AnswerFields(w.d.Kind, w.d.Form), w.act.Values)
}

// checkAgain: why it comes back or may take longer, and by when.
func (w *dutyDecision) checkAgain(f *form) {
	w.text(f)
	before := ""
	if w.act.Action == PostponeDuty {
		before = w.d.Due
	}
	w.due(f, before)
}

func (w *dutyDecision) checkClose(f *form) {
	f.need(slices.Contains(dutyRules[w.d.Kind].Outcomes, w.act.Outcome), "outcome", "problem.choice")
	f.need(!blank(w.act.Text), "text", "problem.text_missing")
	if w.d.Kind == Flagged {
		f.need(slices.Contains(w.d.ReportCodes(), w.act.Outcome), "outcome", "problem.flag_code")
	}
}

func (w *dutyDecision) text(f *form) { f.need(!blank(w.act.Text), "text", "problem.text_missing") }
