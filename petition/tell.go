package petition

import (
	"slices"
	"time"
)

// publicPapers are the papers that a petitioner may read.
var publicPapers = []PaperKind{AcceptanceNotice, RedirectNotice, RefusalNotice, WhereaboutsNotice,
	InfoRequest, ExtensionNotice, OpinionPaper, ReplyLetter, WithdrawalNotice, MergeNotice,
	NoLongerNotice, DiversionNotice, RecusalDecision, HearingNotice, ReviewAcceptance,
	ReviewRefusal, ReviewOpinion, ReReviewOpinion}

// teller goes through the events of a case and gathers what may be told of them.
type teller struct {
	c       *Case
	r       Rules
	signed  map[int]*Paper // by leg: the opinion that was signed last
	letters []Paper
	steps   []Step

	received time.Time // as it stood at the event
}

// tell makes the public timeline. An event whose action has no teller is internal.
func tell(c *Case, r Rules) ([]Paper, []Step) {
	t := &teller{c: c, r: r, signed: map[int]*Paper{}}
	for _, e := range c.Events {
		t.tell(e)
	}
	return t.letters, t.steps
}

func (t *teller) tell(e Event) {
	if e.N == 1 {
		t.received = sentAt(e)
	}
	if f := tellers[e.Act.Action]; f != nil {
		f(t, e)
	}
}

// Shown tells which events, by number, stand in the petitioner's timeline.
func (c *Case) Shown(r Rules) map[int]bool {
	shown := make(map[int]bool)
	t := &teller{c: c, r: r, signed: map[int]*Paper{}}
	for _, e := range c.Events {
		before := len(t.steps)
		t.tell(e)
		shown[e.N] = len(t.steps) > before
	}
	return shown
}

var tellers = map[Action]func(t *teller, e Event){
	Submit: func(t *teller, e Event) {
		t.step(Step{Key: "step.submitted", At: t.c.Received, Mine: true}, e)
	},
	Register: func(t *teller, e Event) {
		t.step(Step{Key: "step.registered"}, e)
	},
	AskInfo: func(t *teller, e Event) {
		t.step(Step{Key: "step.asked", Text: e.Act.Text, Day: e.Act.Deadline}, e)
	},
	Supply: func(t *teller, e Event) {
		t.step(Step{Key: "step.supplied", Text: e.Act.Text, Mine: true}, e)
	},
	AddInfo: func(t *teller, e Event) {
		t.step(Step{Key: "step.added", Text: e.Act.Text, Mine: true}, e)
	},
	Redate: func(t *teller, e Event) {
		t.step(Step{Key: "step.redated", Was: Day(t.received), Day: Day(e.Act.At)}, e)
		t.received = e.Act.At
	},
	Lapse:    func(t *teller, e Event) { t.step(Step{Key: "step.lapsed"}, e) },
	Redirect: func(t *teller, e Event) { t.step(Step{Key: "step.redirected", To: bodyName(e.Act)}, e) },
	Refuse:   func(t *teller, e Event) { t.step(Step{Key: "step.refused"}, e) },
	Refer:    tellPassed,
	Assign:   tellPassed,
	AgreeBack: func(t *teller, e Event) {
		t.step(Step{Key: "step.taken_back"}, t.atSender(e))
	},
	Accept: func(t *teller, e Event) { t.step(Step{Key: "step.accepted"}, e) },
	Start:  func(t *teller, e Event) { t.step(Step{Key: "step.started"}, e) },
	Note: func(t *teller, e Event) {
		if e.Act.Public {
			t.step(Step{Key: "step.note", Text: e.Act.Text}, e)
		}
	},
	Extend: func(t *teller, e Event) {
		t.step(Step{Key: "step.extended", Days: e.Act.Days}, e)
	},
	Sign:  func(t *teller, e Event) { t.signed[e.Act.Leg] = e.Act.Paper },
	Serve: tellServed,
	AuditPass: func(t *teller, e Event) {
		if at := t.c.Leg(e.Act.Leg); at != nil && at.State == Closed && e.N == t.lastPass() {
			t.step(Step{Key: "step.closed"}, e)
		}
	},
	Withdraw:     func(t *teller, e Event) { t.step(Step{Key: "step.withdrawn", Mine: true}, e) },
	Merge:        func(t *teller, e Event) { t.step(Step{Key: "step.merged", To: linkNumber(e.Act)}, e) },
	NoLongerTake: func(t *teller, e Event) { t.step(Step{Key: "step.no_longer"}, e) },
	Divert:       func(t *teller, e Event) { t.step(Step{Key: "step.diverted", To: bodyName(e.Act)}, e) },
	Divide:       func(t *teller, e Event) { t.step(Step{Key: "step.divided", Days: len(e.Act.Parts)}, e) },
	AskRecusal: func(t *teller, e Event) {
		t.step(Step{Key: "step.recusal_asked", Text: e.Act.Text, Mine: true}, e)
	},
	DecideRecusal: tellRecusal,
	OpenHearing: func(t *teller, e Event) {
		t.step(Step{Key: "step.hearing", Text: e.Act.Text, Day: e.Act.Deadline}, e)
	},
	CloseHearing: func(t *teller, e Event) { t.step(Step{Key: "step.heard"}, e) },
	Settle:       func(t *teller, e Event) { t.step(Step{Key: "step.settled", Text: e.Act.Text}, e) },
	RuleSender: func(t *teller, e Event) {
		t.step(Step{Key: "step.taken_back"}, t.atSender(e))
	},
	AskReview:    tellReviewAsked,
	TakeReview:   func(t *teller, e Event) { t.step(Step{Key: "step.review_taken"}, e) },
	RefuseReview: func(t *teller, e Event) { t.step(Step{Key: "step.review_refused"}, e) },
	Conclude:     func(t *teller, e Event) { t.step(Step{Key: "step.concluded"}, e) },
	Execute: func(t *teller, e Event) {
		t.step(Step{Key: "step.executed", Text: e.Act.Text, Day: e.Act.Execution.Done}, e)
	},
	Urge: func(t *teller, e Event) { t.step(Step{Key: "step.urged", Text: e.Act.Text, Mine: true}, e) },
	Correct: func(t *teller, e Event) {
		t.step(Step{Key: "step.corrected", Text: e.Act.Text, Mine: true}, e)
	},
	AskViews: func(t *teller, e Event) {
		t.step(Step{Key: "step.views_asked", Text: e.Act.Text, Mine: true}, e)
	},
	AnswerCorrect: func(t *teller, e Event) {
		key := "step.correct_declined"
		if e.Act.Granted {
			key = "step.correct_made"
		}
		t.step(Step{Key: key, Text: e.Act.Text}, e)
	},
	AnswerViews: func(t *teller, e Event) { t.step(Step{Key: "step.views_answered", Text: e.Act.Text}, e) },
	Rate:        func(t *teller, e Event) { t.step(Step{Key: "step.rated", Mine: true}, e) },
	TakeOver:    tellTakenOver,
	Recount:     tellRecounted,
	ReplaceCode: func(t *teller, e Event) {
		t.step(Step{Key: "step.code_replaced"}, e)
	},
}

// step adds a line with the unit, and the paper that went out with it. The teller of
// the petitioner's own step names no unit.
func (t *teller) step(s Step, e Event) {
	if s.At.IsZero() {
		s.At = e.At
	}
	if !s.Mine {
		s.Unit = t.unitName(e)
	} else if !e.Act.At.IsZero() && e.Act.Action != Submit {
		s.At = e.Act.At
	}
	if paper := e.Act.Paper; paper != nil && slices.Contains(publicPapers, paper.Kind) {
		s.Letter = t.letter(*paper)
	}
	t.steps = append(t.steps, s)
}

// letter adds a paper as the petitioner reads it: signed by the unit, not by a person.
func (t *teller) letter(paper Paper) int {
	paper.SignedBy = ""
	t.letters = append(t.letters, paper)
	return len(t.letters)
}

func (t *teller) unitName(e Event) string {
	l := t.c.Leg(e.Act.Leg)
	switch {
	case l != nil:
		return contact(t.r, l.UnitAt(e.N)).Name
	case e.Act.Unit != "": // registered at the counter: the leg opens with it
		return contact(t.r, e.Act.Unit).Name
	}
	return ""
}

// atSender moves an event to the leg of the unit that decided it.
func (t *teller) atSender(e Event) Event {
	if l := t.c.Leg(e.Act.Leg); l != nil {
		e.Act.Leg = l.From
	}
	return e
}

func tellPassed(t *teller, e Event) {
	t.step(Step{Key: "step.passed", To: contact(t.r, e.Act.To).Name}, e)
}

// tellServed: the opinion becomes a letter when it is served, not when it is signed;
// one served earlier stays, marked as replaced (row 26).
func tellServed(t *teller, e Event) {
	paper := t.signed[e.Act.Leg]
	if paper == nil {
		t.step(Step{Key: "step.replied"}, e)
		return
	}
	for i := range t.letters {
		if t.letters[i].Kind == paper.Kind {
			t.letters[i].Replaced = true
		}
	}
	e.Act.Paper = paper
	s := Step{Key: servedKeys[paper.Kind]}
	if s.Key == "" {
		s.Key = "step.replied"
	}
	if e.Act.Service != nil {
		s.Day = e.Act.Service.Day
	}
	t.step(s, e)
	if t.c.Track == Enquiry {
		t.step(Step{Key: "step.closed"}, Event{At: e.At, Act: Act{Leg: e.Act.Leg}})
	}
}

// servedKeys words the step of an opinion that reviews another.
var servedKeys = map[PaperKind]string{ReviewOpinion: "step.reviewed", ReReviewOpinion: "step.final"}

// tellRecusal: whoever asked is told; what staff declare among themselves is not.
func tellRecusal(t *teller, e Event) {
	if !t.askedRecusal(e) {
		return
	}
	key := "step.recusal_denied"
	if e.Act.Granted {
		key = "step.recusal_granted"
	}
	t.step(Step{Key: key}, e)
}

// askedRecusal tells whether it was the petitioner who asked.
func (t *teller) askedRecusal(decision Event) bool {
	for _, e := range slices.Backward(t.c.Events[:decision.N-1]) {
		if e.Act.Leg == decision.Act.Leg && (e.Act.Action == AskRecusal || e.Act.Action == DeclareRecusal) {
			return e.Act.Action == AskRecusal
		}
	}
	return false
}

func tellReviewAsked(t *teller, e Event) {
	key := "step.review_asked"
	if l := t.c.Leg(e.Act.Leg); l != nil && l.Kind == Review {
		key = "step.rereview_asked"
	}
	t.step(Step{Key: key, Text: e.Act.Text, Mine: true}, e)
}

func linkNumber(act Act) string {
	if act.Link == nil {
		return ""
	}
	return act.Link.Number
}

// lastPass is the number of the newest audit pass: the one that closed the case.
func (t *teller) lastPass() int {
	for _, e := range slices.Backward(t.c.Events) {
		if e.Act.Action == AuditPass {
			return e.N
		}
	}
	return 0
}

func bodyName(act Act) string {
	if act.Body == nil {
		return ""
	}
	return act.Body.Name
}
