package backoffice

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"huiyin/petition"
)

// effect is one sentence of what follows from an act.
type effect struct {
	Icon string
	Key  string
	Term string // key of a name for {what}
	Unit string // whose limit it is; "" where that needs no saying
	Day  time.Time
}

// preview shows what would happen: the paper as the petitioner will read it, what his
// timeline will say and which clocks start and stop. It is found out by doing the act
// on a copy of the case.
func (w *Office) preview(t *taskPage, status int, act petition.Act, events []petition.Event, facts petition.Facts) error {
	t.Effects = t.effects(nil)
	if len(events) > 0 { // nothing is wrong with it
		after, err := t.after(act, events, facts)
		if err != nil {
			return err
		}
		t.Effects, t.Told = t.effects(after), t.told(after)
	}
	t.Edit = t.papers()
	t.keepAll()
	return w.site.Show(t.c, status, "preview", t)
}

// after is the case as it would be once the act has happened, approval included.
func (t *taskPage) after(act petition.Act, events []petition.Event, facts petition.Facts) (*petition.Case, error) {
	if events[0].Act.Action == petition.Propose {
		all := t.by
		all.Roles = petition.Roles
		approved, err := petition.Decide(t.Case, all, t.numbered(act), facts, t.rules, t.now)
		if err != nil {
			return nil, fmt.Errorf("foresee the approval: %w", err)
		}
		events = approved
	}
	return petition.Fold(t.ID, append(slices.Clone(t.Events), events...))
}

// told are the lines that the petitioner's timeline would gain.
func (t *taskPage) told(after *petition.Case) []petition.Step {
	before := len(petition.Project(t.Case, t.rules, t.now).Steps)
	now := petition.Project(after, t.rules, t.now).Steps
	if before >= len(now) {
		return nil
	}
	return now[before:]
}

// effects are the sentences of consequence. With the case as it would be, they name
// the days.
func (t *taskPage) effects(after *petition.Case) []effect {
	var all []effect
	if t.Offer.Approver {
		all = append(all, effect{Icon: "check", Key: "effects.approval"})
	}
	if t.Action == petition.Draft {
		all = append(all, effect{Icon: "pen", Key: "effects.signing"})
	}
	if t.Offer.Paper != "" && (t.papers() || t.Action != petition.DecideRecusal) {
		all = append(all, effect{Icon: "send", Key: "effects.paper", Term: "paper." + string(t.Offer.Paper)})
	}
	if t.Offer.Letter != "" {
		all = append(all, effect{Icon: "letter", Key: "effects.letter", Term: "paper." + string(t.Offer.Letter)})
	}
	for _, key := range t.Offer.Clock.Keys() {
		one := effect{Icon: "clock", Key: key}
		if key == "effect.stop_notice" && (t.Action == petition.Refer || t.Action == petition.Assign) {
			one.Key, one.Unit = "effects.ours_ends", unitName(t.rules, t.leg.Unit) // the receiver's begins: see the days below
		}
		all = append(all, one)
	}
	if after != nil {
		for _, k := range t.newDues(after) {
			one := effect{Icon: "cal", Key: "effects.due", Term: "clock." + string(k.Kind), Day: k.Due}
			if k.Unit != t.leg.Unit {
				one.Key, one.Unit = "effects.due_of", unitName(t.rules, k.Unit)
			}
			all = append(all, one)
		}
	}
	return all
}

// newDues are the clocks that run after the act and did not run, or ended on another
// day, before.
func (t *taskPage) newDues(after *petition.Case) []petition.Clock {
	type clock struct {
		kind petition.ClockKind
		leg  int
	}
	before := map[clock]time.Time{}
	for _, k := range t.Clocks(t.rules, t.now) {
		if k.Running() {
			before[clock{k.Kind, k.Leg}] = k.Due
		}
	}
	var fresh []petition.Clock
	for _, k := range after.Clocks(t.rules, t.now) {
		if due, was := before[clock{k.Kind, k.Leg}]; k.Running() && (!was || !due.Equal(k.Due)) {
			fresh = append(fresh, k)
		}
	}
	return fresh
}

// extended is the last day of the answer after so many more days; zero if the clock
// does not run.
func (t *taskPage) extended(days int) time.Time {
	for _, k := range t.Clocks(t.rules, t.now) {
		if k.Kind != petition.HandlingClock || k.Leg != t.leg.N || !k.Running() || days <= 0 {
			continue
		}
		copied, err := petition.Fold(t.ID, append(slices.Clone(t.Events), petition.Event{N: t.Version + 1, At: t.now,
			By: t.by, Act: petition.Act{Action: petition.Extend, Leg: t.leg.N, Days: days}}))
		if err != nil {
			return time.Time{}
		}
		for _, later := range copied.Clocks(t.rules, t.now) {
			if later.Kind == k.Kind && later.Leg == k.Leg {
				return later.Due
			}
		}
	}
	return time.Time{}
}

// numbered is the act as the store will complete it: a registration gets its number
// there, and one that fits is put in its place here.
func (t *taskPage) numbered(act petition.Act) petition.Act {
	if act.Action == petition.Register && t.Number == "" && act.Number == "" {
		act.Number = petition.CaseNumber(t.leg.Unit, petition.Day(t.now), 1)
	}
	if act.Leg == 0 {
		act.Leg = t.Offer.Leg
	}
	return act
}

// facts fetches what the rules must know beyond the case.
func (w *Office) facts(t *taskPage, act petition.Act) (petition.Facts, error) {
	var facts petition.Facts
	for _, p := range t.people {
		if p.ID == act.Handler {
			facts.HandlerRoles = p.Roles
		}
		facts.GapOwner = facts.GapOwner || act.Gap != nil && p.ID == act.Gap.Owner
	}
	facts.Policies = t.cited
	if t.cites != nil {
		facts.Policies = t.cites.policies
	}
	for _, one := range t.Rivals {
		facts.Contrary = append(facts.Contrary, one.Link)
	}
	link := act.Link
	if act.Action == petition.Approve && t.Proposal != nil {
		link = t.Proposal.Act.Link // the rules ask again what was proposed
	}
	if link == nil || link.Number == "" {
		return facts, nil
	}
	ctx := t.c.Request.Context()
	id, err := w.store.Find(ctx, t.by, link.Number)
	if k := kind(err); k == petition.NotFound || k == petition.Invalid {
		return facts, nil // the rules say that it is unknown
	}
	if err != nil {
		return facts, err
	}
	facts.Linked, err = w.store.Case(ctx, t.by, id)
	return facts, err
}

// conflict shows what happened since the reader opened the form and keeps what was
// typed.
func (w *Office) conflict(t *taskPage, err error) error {
	seen, failed := strconv.Atoi(t.Get("version"))
	if failed != nil {
		seen = t.Case.Version()
	}
	t.Said = sentence(err)
	all := t.log()
	for _, e := range all {
		if e.N > seen {
			t.Since = append(t.Since, e)
		}
	}
	t.Newer = len(t.Since) > 0
	if !t.Newer && len(all) > 0 {
		t.Since = all[:1]
	}
	t.Offer, t.Go = t.offer(t.Action, t.leg.N)
	t.Version = t.Case.Version()
	if t.task.fields != nil { // also where it is no longer possible: what was typed is shown
		if err := w.fetch(t); err != nil {
			return err
		}
		t.Fields = t.task.fields(t)
	}
	t.keepAll()
	return w.site.Show(t.c, http.StatusConflict, "conflict", t)
}

// sentence is the catalogue key of a refusal.
func sentence(err error) string {
	var e *petition.Error
	if errors.As(err, &e) && e.Key != "" {
		return e.Key
	}
	return "error.conflict"
}

// Typed is what the reader had written, to be read again on the conflict page.
func (t *taskPage) Typed() []kept {
	var all []kept
	for _, f := range t.Fields {
		if v := t.Get(f.Name); v != "" && (f.Kind == "area" || f.Kind == "tall" || f.Kind == "line" || f.Kind == "own") {
			all = append(all, kept{t.labelOf(f), v})
		}
	}
	return all
}

func (t *taskPage) labelOf(f field) string {
	if f.Label != "" {
		return f.Label
	}
	return t.office.say(t.c, string(t.Action)+"."+f.Name+".label")
}

// Pinned is why the last draft or proposal came back.
func (t *taskPage) Pinned() *entry { return t.pinned() }

// Facts are the named facts of the proposal.
func (t *taskPage) Facts() []detail {
	if t.Proposal == nil {
		return nil
	}
	return t.details(t.Proposal.Act)
}

// Previews tells whether the form leads to a preview.
func (t *taskPage) Previews() bool { return t.papers() || t.task.ask }

// Drafts tells whether a paper is being written here.
func (t *taskPage) Drafts() bool { return t.papers() }

// PaperWrong tells whether something is wrong with the paper's words.
func (t *taskPage) PaperWrong() bool {
	for _, p := range t.Problems {
		if strings.HasPrefix(p.Field, "paper.") {
			return true
		}
	}
	return false
}

// Ready is the list of what a reader of the paper will look for.
func (t *taskPage) Ready() []checkLine {
	if t.Paper == nil || !t.papers() {
		return []checkLine{{"ready.effects", true}}
	}
	clean := true
	for _, s := range t.Paper.Sections {
		clean = clean && petition.InternalWord(s.Text) == ""
	}
	all := []checkLine{
		{"ready.text", len(t.Paper.Sections) > 0 && t.OK()},
		{"ready.basis", len(t.Paper.Basis) > 0},
		{"ready.words", clean && petition.InternalWord(t.Paper.Remedy) == ""},
	}
	if t.Paper.Remedy != "" {
		all = append(all, checkLine{"ready.remedy", true})
	}
	if t.Offer.Approver {
		all = append(all, checkLine{"ready.approval", false})
	}
	return all
}
