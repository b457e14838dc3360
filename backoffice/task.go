package backoffice

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// task is how one action is asked for: what its page asks and the act that comes of
// it. Who may do it and what must be filled in is petition's to say.
type task struct {
	fields func(t *taskPage) []field
	act    func(t *taskPage) petition.Act
	start  func(t *taskPage)                  // first values of the form
	fetch  func(w *Office, t *taskPage) error // what only this page must look up
	extra  func(t *taskPage)                  // what only this page asks of the form
	paper  bool                               // a paper is drafted for the petitioner
	twin   petition.Action                    // the other answer to the same question
	shown  func(t *taskPage) *petition.Paper  // a paper that is there already
	ask    bool                               // it is confirmed on a page of its own also without a paper
	linked bool                               // it may name another case: those like it are suggested
	more   func(t *taskPage)                  // opens more of the same fields; nil where there are none
}

// field is one control of a task's form.
type field struct {
	Name    string
	Kind    string // short, line, number, day, area, tall, pick, radios, tick, audit, own
	Options []web.Option
	When    string // shown only while another field has a value: "ground=R2"
	Blank   string // key of the empty choice
	Free    bool   // optional
	Label   string // of an "own" field: words that stand in no catalogue
}

// tasks is every action that staff take on a page of its own. It is filled at the
// start because the tasks' own functions look actions up in it.
var tasks map[petition.Action]task

func init() {
	tasks = map[petition.Action]task{
		petition.Register: registerTask, petition.Distribute: distributeTask, petition.AskInfo: askInfoTask,
		petition.Accept: acceptTask, petition.Redirect: redirectTask, petition.Refuse: refuseTask,
		petition.Refer: referTask, petition.Assign: assignTask, petition.Object: objectTask,
		petition.AgreeBack: agreeTask, petition.Overrule: overruleTask, petition.Start: startTask,
		petition.Note: noteTask, petition.Extend: extendTask, petition.Draft: draftTask,
		petition.ReturnDraft: returnDraftTask, petition.Sign: signTask, petition.Serve: serveTask,
		petition.AskClosing: askClosingTask, petition.AuditReturn: auditReturnTask, petition.AuditPass: auditPassTask,
		petition.SealUp: sealUpTask, petition.Approve: approveTask, petition.Decline: declineTask,
		petition.Withdraw: withdrawTask, petition.Supply: supplyTask, petition.AddInfo: addInfoTask, petition.AskNews: askNewsTask,
		petition.Urge: urgeTask, petition.AskRecusal: askRecusalTask, petition.AskReview: askReviewTask,
		petition.Merge: mergeTask, petition.NoLongerTake: noLongerTask, petition.Divert: divertTask, petition.Divide: divideTask,
		petition.Judge: judgeTask, petition.SignFor: signForTask, petition.Turn: turnTask, petition.Renew: renewTask,
		petition.Simplify: simplifyTask, petition.Ordinary: ordinaryTask, petition.Redate: redateTask,
		petition.DeclareRecusal: declareRecusalTask, petition.DecideRecusal: decideRecusalTask,
		petition.OpenHearing: openHearingTask, petition.CloseHearing: closeHearingTask, petition.Settle: settleTask,
		petition.Dispute: disputeTask, petition.RuleReceiver: ruleReceiverTask, petition.RuleSender: ruleSenderTask,
		petition.TakeReview: takeReviewTask, petition.RefuseReview: refuseReviewTask,
		petition.Execute: executeTask, petition.Archive: archiveTask, petition.RecordGap: recordGapTask,
	}
}

// taskPage is the view of pages/task.html, preview.html and conflict.html.
type taskPage struct {
	*web.Form
	*dossier
	Action   petition.Action
	Offer    petition.Offer
	Version  int
	Fields   []field
	Effects  []effect
	Twin     petition.Action // offered beside it; "" if not
	Paper    *petition.Paper
	Edit     bool // the paper's words may be changed
	Told     []petition.Step
	Since    []entry // conflict: what happened meanwhile
	Proposal *petition.Proposal
	Path     *petition.Jurisdiction // recorded answers of the jurisdiction check
	Due      due
	Keep     []kept // hidden fields
	Newer    bool   // conflict: somebody else was first
	Go       bool   // conflict: the act is still possible
	Said     string // conflict: catalogue key of why

	office *Office
	c      *gin.Context
	task   task
	people []Colleague
	same   []row // cases that may be the same matter
	cites  *citing
	cited  []petition.Policy // those that the draft to be signed cites

	Rivals []rival // like cases that ended the other way
	Rests  []rest  // what the opinion cites
}

// kept is a value carried along in a hidden field.
type kept struct{ Name, Value string }

// taskPage opens the page of an action. It fails with NotFound for what is no action.
func (w *Office) taskPage(c *gin.Context, f *web.Form) (*taskPage, error) {
	a := petition.Action(c.Param("action"))
	tk, ok := tasks[a]
	if !ok {
		return nil, web.NotFound()
	}
	id, err := idParam(c, "id")
	if err != nil {
		return nil, err
	}
	leg := f.Get("leg")
	if leg == "" {
		leg = c.Query("leg")
	}
	d, err := w.open(c.Request.Context(), who(c).Actor, id, leg)
	if err != nil {
		return nil, err
	}
	f.Name = string(a)
	t := &taskPage{Form: f, dossier: d, Action: a, Version: d.Version(), office: w, c: c, task: tk}
	n, _ := strconv.Atoi(leg) // no number: the first leg that offers it
	offer, ok := d.offer(a, n)
	if !ok {
		return t, w.gone(t)
	}
	t.Offer = offer
	d.look(offer.Leg)
	if _, ok := d.offer(tk.twin, offer.Leg); ok {
		t.Twin = tk.twin
	}
	t.Proposal = d.leg.Pending
	t.Due = d.head().Due
	return t, w.fetch(t)
}

// fetch gets what the form offers to choose from.
func (w *Office) fetch(t *taskPage) error {
	if t.task.fields == nil {
		return nil
	}
	ctx := t.c.Request.Context()
	var err error
	if t.people, err = w.store.Colleagues(ctx, t.by, t.by.Unit); err != nil {
		return err
	}
	if t.task.fetch != nil {
		if err := t.task.fetch(w, t); err != nil {
			return err
		}
	}
	if !t.task.linked {
		return nil
	}
	t.same, err = w.alike(ctx, t.dossier)
	return err
}

// gone is the answer when an action is not offered any more, or never was: what the
// rules say, or else that it is not possible.
func (w *Office) gone(t *taskPage) error {
	_, err := petition.Decide(t.Case, t.by, petition.Act{Action: t.Action, Leg: t.leg.N}, petition.Facts{}, t.rules, t.now)
	var refused *petition.Error
	if errors.As(err, &refused) && refused.Kind == petition.Forbidden {
		return err
	}
	if !errors.As(err, &refused) || refused.Kind == petition.Invalid {
		refused = &petition.Error{Kind: petition.Conflict, Key: "error.move_not_possible"}
	}
	return refused
}

// showTask is the form of an action, with the first draft of its paper beside it.
func (w *Office) showTask(c *gin.Context) error {
	t, err := w.taskPage(c, web.NewForm("", c.Request.URL.Query()))
	if kind(err) == petition.Conflict && t != nil {
		return w.conflict(t, err)
	}
	if err != nil {
		return err
	}
	if t.task.start != nil {
		t.task.start(t)
	}
	return w.form(t, http.StatusOK)
}

// form shows the form as it is filled in.
func (w *Office) form(t *taskPage, status int) error {
	if t.task.linked {
		t.startLink()
		t.atChoice()
	}
	if t.task.fields != nil {
		t.Fields = t.task.fields(t)
	}
	if t.Paper == nil {
		if err := w.draft(t, t.task.act(t)); err != nil {
			return err
		}
	}
	t.Edit = t.Action == petition.Approve && t.Paper != nil
	t.Effects = t.effects(nil)
	t.keepHidden()
	return w.site.Show(t.c, status, "task", t)
}

// doTask takes the filled form: back to it with its problems, on to the preview, or
// done.
func (w *Office) doTask(c *gin.Context) error {
	f, err := w.posted(c, "")
	if err != nil {
		return err
	}
	return w.runTask(c, f)
}

func (w *Office) runTask(c *gin.Context, f *web.Form) error {
	t, err := w.taskPage(c, f)
	if kind(err) == petition.Conflict && t != nil {
		return w.conflict(t, err)
	}
	if err != nil {
		return err
	}
	seen, err := strconv.Atoi(f.Get("version"))
	if err != nil {
		seen = t.Version
	}
	if seen != t.Version {
		return w.conflict(t, &petition.Error{Kind: petition.Conflict, Key: "error.conflict"})
	}
	switch step := f.Get("step"); {
	case step == "open" && t.task.start != nil:
		t.task.start(t)
		fallthrough
	case step == "open", step == "form":
		return w.form(t, http.StatusOK)
	case step == "more" && t.task.more != nil:
		t.task.more(t)
		return w.form(t, http.StatusOK)
	}
	return w.take(t)
}

// take checks the act and previews or does it.
func (w *Office) take(t *taskPage) error {
	act := t.task.act(t)
	if t.task.extra != nil {
		t.task.extra(t)
	}
	if err := w.draft(t, act); err != nil {
		return err
	}
	if t.papers() {
		act.Paper = t.Paper
	}
	facts, err := w.facts(t, act)
	if err != nil {
		return err
	}
	events, err := petition.Decide(t.Case, t.by, t.numbered(act), facts, t.rules, t.now)
	var refused *petition.Error
	if errors.As(err, &refused) && refused.Kind == petition.Invalid {
		t.Take(refused)
		t.nameItems()
	} else if err != nil {
		return w.refused(t, err)
	}
	if !t.OK() {
		if t.paperOnly() {
			return w.preview(t, http.StatusUnprocessableEntity, act, events, facts)
		}
		t.dropPaperProblems()
		return w.form(t, http.StatusUnprocessableEntity)
	}
	if t.previews(act) && t.Get("step") != "do" {
		return w.preview(t, http.StatusOK, act, events, facts)
	}
	return w.act(t, act)
}

// previews tells whether the act is shown before it is done: whenever the petitioner
// is sent something.
func (t *taskPage) previews(act petition.Act) bool {
	return t.task.ask || t.papers() || act.Public
}

// act does it.
func (w *Office) act(t *taskPage, act petition.Act) error {
	after, err := w.store.Act(t.c.Request.Context(), t.by, t.ID, t.Version, act, t.now)
	if t.Refused(err) {
		return w.form(t, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return w.refused(t, err)
	}
	flash := "flash." + t.named()
	if last := after.Events[len(after.Events)-1]; last.Act.Action == petition.Propose {
		flash = "flash.propose"
	}
	w.site.Flash(t.c, flash)
	if t.Action == petition.SealUp {
		return w.site.Go(t.c, "/queue")
	}
	return w.site.Go(t.c, "/cases/"+t.ID.String())
}

// named is the action's name in the catalogues: what another unit registered and passed on
// has its number, and may still be objected to.
func (t *taskPage) named() string {
	if t.Action == petition.Register && t.leg.From != 0 {
		return "register_received"
	}
	return string(t.Action)
}

// Help is the key of the sentence above the form.
func (t *taskPage) Help() string { return "help." + t.named() }

// refused shows a conflict as a page of its own and leaves the rest to the one place
// for errors.
func (w *Office) refused(t *taskPage, err error) error {
	if kind(err) != petition.Conflict {
		return err
	}
	fresh, failed := w.open(t.c.Request.Context(), t.by, t.ID, strconv.Itoa(t.leg.N))
	if failed != nil {
		return failed
	}
	t.dossier = fresh
	return w.conflict(t, err)
}
