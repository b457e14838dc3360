package petition

import "slices"

// Move is what an action does to a leg in a state: one row of domain §2.4.
type Move struct {
	To         State     // "" where the state stays
	Who        ActorKind // "" means staff
	By         []Role    // staff who may do it, or may propose it where it has approvers
	Approver   []Role    // whose agreement it needs; they may also do it at once
	Tracks     []Track   // nil means every ordinary track; reports about cadres are none
	Desk       []Role    // staff who may record it for the petitioner whose move it is
	AtSuperior bool      // decided by the unit above, where it was asked to decide
	AtSender   bool      // decided by the unit that sent the case here
	Beside     bool      // done by somebody beside the unit, whom the store knows to answer for it
	Clock      Effect    // claims; see Consequence for other tracks
	Paper      PaperKind // for the petitioner
	Letter     PaperKind // for another unit or for the file
}

// Shorthand for the roles of domain §1.
var (
	registrar   = []Role{Registrar}
	officeHead  = []Role{OfficeHead}
	handler     = []Role{Handler}
	unitHead    = []Role{UnitHead}
	leader      = []Role{Leader}
	signers     = []Role{UnitHead, Leader}
	auditor     = []Role{ClosingAuditor}
	dispatchers = []Role{Registrar, OfficeHead, UnitHead}
	receivers   = []Role{Registrar, OfficeHead, Handler, UnitHead, CadreSupervisor}
	workers     = []Role{Registrar, OfficeHead, Handler, UnitHead, ClosingAuditor}
	counter     = []Role{Registrar, OfficeHead}
	recorders   = []Role{Registrar, OfficeHead, Handler}
)

var (
	claims       = []Track{Claim}
	claimsAdvice = []Track{Claim, Advice}
	enquiries    = []Track{Enquiry}
	everyTrack   = []Track{Claim, Advice, Enquiry, Report}
)

// moves is the whole life of a leg: the rows of domain §2.4, with advice and enquiries
// as written under the table. Whatever is not in it cannot happen.
var moves = map[State]map[Action]Move{
	"": { // nothing yet
		Submit:   {To: Submitted, Who: ByPetitioner, Tracks: everyTrack, Clock: StartNotice},
		Register: {To: Registered, By: registrar, Tracks: everyTrack, Clock: StartNotice},
		Receive:  {To: Referred, Who: BySystem, Clock: StartNotice | StartObjection},
	},
	Submitted: with(open, map[Action]Move{
		Register: {To: Registered, By: registrar},
		SealUp:   sealUp,
	}),
	// What was passed on may still be refused by an objection: registering it is how it is
	// looked at, and ends no right of the unit (row 13, Art. 23).
	Registered: with(open, recusal, jurisdiction, map[Action]Move{
		Object:     object,
		Dispute:    dispute,
		AskInfo:    {To: AwaitingInfo, By: registrar, Paper: InfoRequest},
		Distribute: distribute,
		SealUp:     sealUp,
		Draft:      {To: PendingSign, By: handler, Tracks: enquiries},
		Judge:      judge,
		Renew:      {By: registrar, Approver: officeHead, Tracks: claims},
		SignFor:    signFor,
	}),
	AwaitingInfo: with(open, map[Action]Move{
		Supply:  {To: Registered, Who: ByPetitioner, Desk: recorders},
		Lapse:   {To: Registered, Who: BySystem},
		AddInfo: {}, // while asked, what arrives is the answer
		Urge:    {}, // we wait for him
		SealUp:  sealUp,

		Distribute: distribute,
	}),
	Referred: with(open, inbound, map[Action]Move{
		Object:  object,
		Dispute: dispute,
	}),
	Assigned: with(open, inbound, map[Action]Move{
		Object:  object,
		Dispute: dispute,
	}),
	Objected: with(open, map[Action]Move{
		AgreeBack:  {To: Returned, By: registrar, Approver: officeHead, AtSender: true, Clock: ReopenNotice},
		Overrule:   {To: Referred, By: registrar, Approver: officeHead, AtSender: true, Clock: ResumeNotice | ResumeReport},
		Distribute: distribute,
	}),
	Disputed: with(open, map[Action]Move{
		Distribute:   distribute,
		RuleSender:   {To: Returned, By: registrar, Approver: officeHead, AtSuperior: true, Clock: ReopenNotice, Letter: RulingLetter},
		RuleReceiver: {To: Referred, By: registrar, Approver: officeHead, AtSuperior: true, Clock: ResumeNotice | ResumeReport, Letter: RulingLetter},
	}),
	Passed: {Note: note, ReplaceCode: replaceCode, TakeOver: takeOver},
	Accepted: with(open, recusal, map[Action]Move{
		Start:      {To: Handling, By: handler},
		Simplify:   {To: Handling, By: unitHead, Tracks: claims, Clock: StartSimple},
		Distribute: distribute,
		SealUp:     sealUp,
		Judge:      judge,
		SignFor:    signFor,
	}),
	Handling: with(open, recusal, working, hearing, map[Action]Move{
		Extend:   {To: Extended, By: handler, Approver: signers, Tracks: claims, Clock: ExtendHandling, Paper: ExtensionNotice},
		Ordinary: {By: unitHead, Tracks: claims, Clock: StopSimple},
		Judge:    judge,
		SignFor:  signFor,
	}),
	Extended: with(open, recusal, working, hearing),
	InHearing: with(open, recusal, map[Action]Move{
		CloseHearing: {To: Handling, By: workers, Letter: HearingRecord},
		Distribute:   distribute,
	}),
	PendingSign: with(open, recusal, map[Action]Move{
		ReturnDraft: {To: Handling, By: signers},
		Sign:        {To: Signed, By: signers},
		RecordGap:   recordGap,
		Distribute:  distribute,
		SealUp:      sealUp,
	}),
	Signed: with(open, map[Action]Move{
		Serve:      {To: Replied, By: handler, Clock: StopHandling | StartReview, Paper: OpinionPaper},
		RecordGap:  recordGap,
		Distribute: distribute,
	}),
	Replied: with(answered, map[Action]Move{
		AskClosing: askClosing,
		Distribute: distribute,
		AskReview:  askReview,
		Execute:    execute,
	}),
	ClosingAudit: with(answered, map[Action]Move{
		AuditReturn: {To: Handling, By: auditor, Clock: ReopenReport},
		AuditPass:   {To: Closed, By: auditor},
		AskReview:   askReview,
		Execute:     execute,
		Distribute:  distribute,
	}),
	Closed: with(concluded, map[Action]Move{
		AskReview: askReview,
		Conclude:  conclude,
	}),
	Challenged: {AddInfo: {Who: ByPetitioner}, Correct: ownData, AskViews: ownData, AnswerViews: answerViews, AnswerCorrect: answerCorrect, AskNews: askNews, Execute: execute, Note: note,
		Distribute: distribute, ReplaceCode: replaceCode, TakeOver: takeOver},
	ReviewAsked: with(open, map[Action]Move{
		TakeReview:   {To: UnderReview, By: registrar, Paper: ReviewAcceptance},
		RefuseReview: {To: NotReviewed, By: registrar, Approver: officeHead, Clock: StopReviewOpinion, Paper: ReviewRefusal},
		Distribute:   distribute,
	}),
	UnderReview: with(open, recusal, hearing, map[Action]Move{
		Draft:      {To: PendingSign, By: handler},
		Distribute: distribute,
		Settle:     {}, // a review judges; it does not bargain
	}),
	Reviewed: with(answered, map[Action]Move{
		AskReview:  {To: Challenged, Who: ByPetitioner, Desk: recorders, Tracks: claims, Clock: StopReview | StartReReviewOpinion},
		Conclude:   conclude,
		Distribute: distribute,
		Rate:       {}, // the answer was rated, not the review
	}),
	Final:       concluded,
	ClosedFinal: concluded,
	Supervised:  with(answered, map[Action]Move{Execute: execute, Distribute: distribute}),
	Archived:    with(ended, map[Action]Move{Turn: turn}),
	Redirected:  ended,
	NotAccepted: ended,
	Merged:      ended,
	NoLonger:    ended,
	Diverted:    ended,
	Withdrawn:   ended,
	Divided:     ended,
	Returned:    {},
	Deciding:    {TakeOver: takeOver},
	Decided:     {},
	NotReviewed: {},
	Annulled:    {},
	SealedUp:    {},
}

// open is what can happen in every state before the answer (row 35 among it).
var open = map[Action]Move{
	Withdraw:      {To: Withdrawn, Who: ByPetitioner, Desk: recorders, Clock: StopAll, Paper: WithdrawalNotice},
	AddInfo:       {Who: ByPetitioner, Desk: recorders},
	Urge:          {Who: ByPetitioner, Desk: recorders},
	Correct:       ownData,
	AskViews:      ownData,
	AnswerViews:   answerViews,
	AnswerCorrect: answerCorrect,
	AskNews:       askNews,
	Note:          note,
	Redate:        {By: registrar, Approver: officeHead},
	ReplaceCode:   replaceCode,
	TakeOver:      takeOver,
}

// recusal is row 18: somebody asks that a member of staff keep away from the matter.
var recusal = map[Action]Move{
	AskRecusal:     {Who: ByPetitioner, Desk: recorders},
	DeclareRecusal: {By: receivers},
	DecideRecusal:  {By: signers, Paper: RecusalDecision, AtSuperior: true},
}

// jurisdiction is how the jurisdiction check (管辖审查) can end.
var jurisdiction = map[Action]Move{
	Accept: accept,
	Redirect: {To: Redirected, By: registrar, Approver: officeHead,
		Clock: StopNotice, Paper: RedirectNotice},
	Refuse: {To: NotAccepted, By: registrar, Approver: officeHead,
		Clock: StopNotice, Paper: RefusalNotice},
	Merge: {To: Merged, By: registrar, Approver: officeHead,
		Clock: StopNotice, Paper: MergeNotice},
	NoLongerTake: {To: NoLonger, By: registrar, Approver: officeHead, Tracks: claims,
		Clock: StopNotice, Paper: NoLongerNotice},
	Divert: {To: Diverted, By: registrar, Approver: officeHead, Tracks: claims,
		Clock: StopNotice, Paper: DiversionNotice},
	Divide: {To: Divided, By: registrar, Approver: officeHead, Clock: StopAll},
	Refer: {To: Passed, By: registrar, Approver: officeHead, Clock: StopNotice,
		Paper: WhereaboutsNotice, Letter: ReferralLetter},
	Assign: {To: Passed, By: registrar, Approver: leader, Clock: StopNotice | StartReport,
		Paper: WhereaboutsNotice, Letter: AssignmentLetter},
}

// inbound is what the receiver of a transfer can do besides objecting.
var inbound = map[Action]Move{
	Register:   {To: Registered, By: registrar},
	Accept:     accept,
	Distribute: distribute,
	SealUp:     sealUp,
}

// working is what can happen while the matter is handled.
var working = map[Action]Move{
	Draft:      {To: PendingSign, By: handler},
	RecordGap:  recordGap,
	Settle:     {By: handler, Tracks: claims, Letter: AgreementPaper},
	AskClosing: askClosing, // again, after a closing audit sent it back
	Distribute: distribute,
	SealUp:     sealUp,
}

// hearing is rows 19 and 32.
var hearing = map[Action]Move{
	OpenHearing: {To: InHearing, By: signers, Tracks: claims, Paper: HearingNotice},
}

// answered is what can happen once the reply is served and the file is not closed.
var answered = map[Action]Move{Rate: rate, RecordGap: recordGap, AddInfo: {Who: ByPetitioner, Desk: recorders},
	Correct: ownData, AskViews: ownData, AnswerViews: answerViews, AnswerCorrect: answerCorrect, AskNews: askNews, Note: note, Turn: turn, ReplaceCode: replaceCode, TakeOver: takeOver}

// concluded is what can happen once the file is closed.
var concluded = map[Action]Move{
	Rate:           rate,
	AddInfo:        {Who: ByPetitioner},
	Correct:        ownData,
	AskViews:       ownData,
	AnswerViews:    answerViews,
	AnswerCorrect:  answerCorrect,
	AskNews:        askNews,
	Execute:        execute,
	ChaseExecution: {To: Supervised, Who: BySystem, Clock: StartSupervision},
	Archive:        {To: Archived, By: registrar, Letter: ArchiveList},
	Turn:           turn,
	RecordGap:      recordGap,
	ReplaceCode:    replaceCode,
	TakeOver:       takeOver,
}

// ended is what can still happen when the matter ended without a reply.
var ended = map[Action]Move{AddInfo: {Who: ByPetitioner}, Correct: ownData, AskViews: ownData, AnswerViews: answerViews, AnswerCorrect: answerCorrect, AskNews: askNews, ReplaceCode: replaceCode}

var (
	accept = Move{To: Accepted, By: handler, Approver: unitHead, Tracks: claimsAdvice,
		Clock: StopNotice | StopObjection | StartHandling, Paper: AcceptanceNotice}
	object = Move{To: Objected, By: unitHead,
		Clock: PauseNotice | StopObjection | FreezeReport, Letter: ObjectionLetter}
	askClosing = Move{To: ClosingAudit, By: handler, Tracks: claimsAdvice,
		Clock: StopReport, Letter: HandlingReport}
	dispute       = Move{To: Disputed, By: unitHead, Clock: PauseNotice | FreezeReport, Letter: DisputeLetter}
	askReview     = Move{To: Challenged, Who: ByPetitioner, Desk: recorders, Tracks: claims, Clock: StopReview | StartReviewOpinion}
	conclude      = Move{To: ClosedFinal, Who: BySystem, Tracks: claims}
	execute       = Move{By: handler, Tracks: claims, Clock: StopExecution}
	judge         = Move{By: counter}
	signFor       = Move{By: handler}
	turn          = Move{By: counter}
	recordGap     = Move{By: []Role{Handler, OfficeHead}}
	distribute    = Move{By: dispatchers}
	sealUp        = Move{To: SealedUp, By: receivers, Clock: StopAll}
	note          = Move{By: workers} // leaders and supervisors read; what they decide has acts of its own
	rate          = Move{Who: ByPetitioner}
	askNews       = Move{Who: ByPetitioner, Desk: recorders}
	replaceCode   = Move{By: counter}
	answerCorrect = Move{By: counter}
	answerViews   = Move{By: []Role{AuditAdmin}, Beside: true}
	takeOver      = Move{Who: BySystem}
)

// Inherited lists the states in which a leg goes over to the successor of its unit: all in
// which something may still be done there. What ended without an answer, or lies in the
// archive, stays with the unit that ended it.
func Inherited() []State {
	var states []State
	for _, s := range States {
		if _, ok := moveIn(s, TakeOver); ok {
			states = append(states, s)
		}
	}
	return states
}

// with merges parts of the table; later parts win, and an empty Move removes.
func with(parts ...map[Action]Move) map[Action]Move {
	all := map[Action]Move{}
	for _, part := range parts {
		for a, m := range part {
			if m.Who == "" && m.By == nil {
				delete(all, a)
				continue
			}
			all[a] = m
		}
	}
	return all
}

// moveIn finds the move of an action in a state; ok is false for every pair that is
// not in the table.
func moveIn(s State, a Action) (Move, bool) {
	m, ok := moves[s][a]
	return m, ok
}

// on tells whether the move exists on a track. Reports about cadres follow their own
// rules (domain §2.5); nothing in this table moves them but where it names them.
func (m Move) on(t Track) bool {
	if m.Tracks == nil {
		return t != Report
	}
	return slices.Contains(m.Tracks, t)
}

// consequence is what the move brings about for this leg: the table is written for
// claims; advice and enquiries have a house target for the clock K4, a reply letter
// for the opinion, and no review.
func (m Move) consequence(a Action, c *Case, l *Leg) Consequence {
	q := Consequence{To: m.To, Paper: m.Paper, Letter: m.Letter, Clock: m.Clock}
	if c.Track != Claim {
		q.Clock = swap(q.Clock, StartHandling, StartPromise)
		q.Clock = swap(q.Clock, StopHandling, StopPromise)
		q.Clock &^= StartReview | StartSupervision
		if q.Paper == OpinionPaper {
			q.Paper = ReplyLetter
		}
	}
	if c.Track == Enquiry {
		q.To, q.Clock = enquiryConsequence(a, q)
	}
	if l == nil {
		return q
	}
	if l.From == 0 {
		q.Clock &^= StopObjection
	}
	if c.nextDesk(l.N) == 0 || (a == AuditReturn && l.AuditAt == l.N) {
		q.Clock &^= StopReport | ReopenReport
	}
	if l.Kind != Assignment {
		q.Clock &^= ResumeReport | FreezeReport
	} else if a == Overrule || a == RuleReceiver {
		q.To = Assigned
	}
	q = q.reviewed(a, l)
	q.To = settled(q.To, a, c, l)
	return q
}

// enquiryConsequence: an enquiry is answered and closed in one step, and its answer
// is the first notice too.
func enquiryConsequence(a Action, q Consequence) (State, Effect) {
	switch a {
	case Submit, Register:
		if q.Clock.Has(StartNotice) {
			return q.To, q.Clock | StartPromise
		}
	case Serve:
		return Closed, q.Clock | StopNotice
	}
	return q.To, q.Clock
}

// settled is the state that a move ends in where the leg's history decides: what was
// extended stays extended, and an assigned case is audited by the assigner too.
func settled(to State, a Action, c *Case, l *Leg) State {
	back := a == ReturnDraft || a == AuditReturn || a == CloseHearing
	switch {
	case back && l.Kind.Reviews():
		return UnderReview
	case back && l.ExtendedBy > 0:
		return Extended
	case a == Execute && l.State == Supervised:
		return l.Before
	case (a == Overrule || a == RuleReceiver) && l.Before == Registered:
		return Registered
	}
	if a == AuditPass && c.nextDesk(l.AuditAt) != 0 {
		return ClosingAudit
	}
	return to
}

func swap(set, from, to Effect) Effect {
	if set.Has(from) {
		return set&^from | to
	}
	return set
}

// nextDesk is the leg whose unit must audit a closing after leg n: the nearest
// assigner above it; 0 if nobody assigned it.
func (c *Case) nextDesk(n int) int {
	for l := c.Leg(n); l != nil; l = c.Leg(l.From) {
		if l.Kind == Assignment {
			return l.From
		}
	}
	return 0
}
