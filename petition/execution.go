package petition

import "time"

// Execution is what must be done after an opinion that grants the claim (Art. 32): no
// such opinion is signed without it (scenario 5.1).
type Execution struct {
	What string `json:"what"`
	Due  string `json:"due"`            // day
	Done string `json:"done,omitempty"` // day; "" until it is done
}

// checkExecution: an opinion that grants says what will be done and until when.
func (d *decision) checkExecution(f *form) {
	if d.c.Track != Claim || !d.act.Outcome.Grants() {
		return
	}
	todo := d.act.Execution
	if todo == nil {
		todo = &Execution{}
	}
	f.need(!blank(todo.What), "execution.what", "problem.execution_missing")
	d.futureDay(f, "execution.due", todo.Due)
}

func guardExecute(_ *decision, l *Leg) error {
	return unless(l.Execution == nil || l.Execution.Done != "" || l.RepliedAt.IsZero(), "error.nothing_to_execute")
}

// guardChase is row 37: the day named in the opinion has passed.
func guardChase(d *decision, l *Leg) error {
	if err := guardExecute(d, l); err != nil {
		return err
	}
	return unless(!d.now.After(EndOfDay(l.Execution.Due)), "error.not_lapsed")
}

func checkExecute(d *decision, f *form, s standing) {
	f.need(!blank(d.act.Text), "text", "problem.text_missing")
	day := ""
	if d.act.Execution != nil {
		day = d.act.Execution.Done
	}
	d.pastDay(f, "execution.done", day, s.leg.RepliedAt)
}

func recordExecuted(_ *Case, l *Leg, e Event) {
	done := *l.Execution
	done.Done = e.Act.Execution.Done
	l.Execution, l.Before = &done, ""
}

// executionClock is the day that the opinion names.
func (due reckoner) executionClock() (Clock, bool) {
	l := due.leg
	if l.Execution == nil || l.RepliedAt.IsZero() {
		return Clock{}, false
	}
	end := EndOfDay(l.Execution.Due)
	k := Clock{Kind: ExecutionClock, Leg: l.N, Unit: l.Unit, Start: l.RepliedAt, Warn: end, Due: end}
	k.step(ExplainStep{Kind: ExplainSet, Article: due.law.Clocks[ExecutionClock].Article, Law: due.law.Name}, end)
	if l.Execution.Done != "" {
		k.Stopped = EndOfDay(l.Execution.Done)
	}
	return k, true
}

// guardArchive is row 38: some days after the last window has closed.
func guardArchive(d *decision, l *Leg) error {
	if l.Execution != nil && l.Execution.Done == "" {
		return conflict("error.not_executed")
	}
	law := d.r.LawOf(d.c, l.Unit)
	if l.RepliedAt.IsZero() {
		return conflict("error.not_replied")
	}
	end := startOfDay(l.RepliedAt).AddDate(0, 0, law.RateDays)
	if d.c.Track == Claim && l.State == Closed {
		end = later(end, d.windowEnd(l))
	}
	return unless(!d.now.After(end.AddDate(0, 0, law.ArchiveDays)), "error.too_early_to_archive")
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
