package petition

import "slices"

// Queue is what a leg waits for.
type Queue string

const (
	ToRegister      Queue = "register"       // 待登记
	ToTriage        Queue = "triage"         // 待审查: registered, whose is it
	ToDecide        Queue = "objection"      // 异议待定: passed on, and the receiver objects
	ToApprove       Queue = "approve"        // 待审批: a proposal waits for the head of the petition office
	ToApproveUnit   Queue = "approve_unit"   // 待承办单位负责人审批
	ToApproveLeader Queue = "approve_leader" // 待部领导审批
	ToAccept        Queue = "accept"         // 待受理: transferred here, or given to a handler to accept
	ToHandle        Queue = "handle"         // 待办理: accepted, or an enquiry to answer
	ToSign          Queue = "sign"           // 待签发
	ToServe         Queue = "serve"          // 待送达
	ToClose         Queue = "close"          // 已答复待报结: answered, the closing is to be asked for
	ToAudit         Queue = "audit"          // 待结案审核
	ToReview        Queue = "review"         // 待审查复查申请: a review is asked of us
	ToRule          Queue = "rule"           // 待裁定: whose the matter is, for the common superior
	ToRecuse        Queue = "recuse"         // 回避待定: whether somebody keeps away
	Waiting         Queue = "waiting"        // 等待: for the petitioner, or for another unit
	Done            Queue = "done"           // nothing more to do here
)

// Queues lists what waits, in the order of a petition's life.
var Queues = []Queue{ToRegister, ToTriage, ToApprove, ToApproveUnit, ToApproveLeader, ToAccept, ToHandle, ToSign,
	ToServe, ToClose, ToAudit, ToDecide, ToReview, ToRule, ToRecuse, Waiting}

// queueRoles is who does what waits in a queue. What waits for others is nobody's.
var queueRoles = map[Queue][]Role{
	ToRegister: registrar, ToTriage: counter, ToDecide: counter,
	ToApprove: officeHead, ToApproveUnit: unitHead, ToApproveLeader: leader,
	ToAccept: {Registrar, Handler, UnitHead}, ToHandle: {Handler, UnitHead}, ToSign: signers,
	ToServe: {Handler, UnitHead}, ToClose: {Handler, UnitHead}, ToAudit: auditor,
	ToReview: counter, ToRule: registrar, ToRecuse: signers,
}

// For tells whether what waits in the queue, given to this handler (zero: to nobody
// yet), is the actor's to do. A colleague's case is not; one that nobody has yet is
// any handler's to take up and the head's to give out.
func (q Queue) For(a Actor, handler ID) bool {
	switch q {
	case ToAccept, ToHandle, ToServe, ToClose:
		if handler == a.Staff && !handler.IsZero() && a.Is(Handler) {
			return true
		}
		if q == ToAccept && a.Is(UnitHead) {
			return true // his agreement makes it accepted
		}
		return handler.IsZero() && a.Is(queueRoles[q]...)
	}
	return a.Is(queueRoles[q]...)
}

// Stage is a coarser word than a state, for leaders' tables.
type Stage string

const (
	StageIntake   Stage = "intake"   // 待登记: arrived, not yet registered
	StageTriage   Stage = "triage"   // 审查: whose is it
	StageHandling Stage = "handling" // 办理
	StageSigning  Stage = "signing"  // 签发送达
	StageClosing  Stage = "closing"  // 答复后待结案
	StageReview   Stage = "review"   // 复查复核
	StagePassed   Stage = "passed"   // 已转出
	StageEnded    Stage = "ended"    // 已结束
)

// Stages lists every stage in the order of a petition's life.
var Stages = []Stage{StageIntake, StageTriage, StageHandling, StageSigning, StageClosing, StageReview, StagePassed, StageEnded}

// StageOf tells in which stage a state lies.
func StageOf(s State) Stage {
	switch s {
	case Submitted, Referred, Assigned:
		return StageIntake
	case Registered, AwaitingInfo, Objected, Disputed, Deciding:
		return StageTriage
	case Accepted, Handling, Extended, InHearing, Supervised:
		return StageHandling
	case PendingSign, Signed:
		return StageSigning
	case Replied, ClosingAudit:
		return StageClosing
	case ReviewAsked, UnderReview, Reviewed, Challenged:
		return StageReview
	case Passed:
		return StagePassed
	}
	return StageEnded
}

// Queue tells what the leg waits for at its unit.
func (l Leg) Queue() Queue {
	switch {
	case l.Pending != nil:
		return l.Pending.queue()
	case l.Recusal != nil && !l.Recusal.Head:
		return ToRecuse
	case l.State == Passed:
		return l.passedQueue()
	}
	switch l.State {
	case Submitted:
		return ToRegister
	case Registered:
		if l.Handler.IsZero() {
			return ToTriage
		}
		return ToAccept // in somebody's hands already
	case Referred, Assigned:
		return ToAccept
	case Accepted, Handling, Extended, InHearing, UnderReview, Supervised:
		return ToHandle
	case Replied:
		return ToClose
	case ReviewAsked:
		return ToReview
	case Deciding:
		return ToRule
	case PendingSign:
		return ToSign
	case Signed:
		return ToServe
	case ClosingAudit:
		if l.AuditAt == l.N {
			return ToAudit
		}
		return Waiting
	case AwaitingInfo, Objected, Disputed, Challenged, Reviewed:
		return Waiting
	}
	return Done
}

// passedQueue is what the sender still has to do: decide an objection, audit the
// closing of what he assigned, or nothing.
func (l Leg) passedQueue() Queue {
	switch {
	case l.ObjectionOf != 0:
		return ToDecide
	case l.AuditOf != 0:
		return ToAudit
	case l.Ended.IsZero():
		return Waiting
	}
	return Done
}

// queue is whose approval the proposal waits for.
func (p *Proposal) queue() Queue {
	for _, of := range moves {
		m, ok := of[p.Act.Action]
		switch {
		case !ok || m.Approver == nil:
		case slices.Contains(m.Approver, OfficeHead):
			return ToApprove
		case slices.Contains(m.Approver, UnitHead):
			return ToApproveUnit
		default:
			return ToApproveLeader
		}
	}
	return ToApprove
}

// Queue tells what leg l of the case waits for at its unit. An enquiry is answered
// without being accepted first; a superior decides whose the matter is, or whether the
// head of the unit below keeps away. Where no unit above is hosted, the leader does.
func (c *Case) Queue(l Leg) Queue {
	q := l.Queue()
	switch below := c.Leg(l.From); {
	case q == ToRule && below != nil && below.Recusal != nil:
		return ToRecuse
	case l.Pending == nil && l.Recusal != nil && l.Recusal.Head && c.superiorLeg(l.N) == nil:
		return ToApproveLeader
	}
	if q == ToAccept && l.State == Registered && c.Track == Enquiry {
		return ToHandle
	}
	return q
}
