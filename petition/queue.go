package petition

// Queue is what a leg waits for.
type Queue string

const (
	ToRegister Queue = "register" // 待登记
	ToTriage   Queue = "triage"   // 待审查: registered, whose is it
	ToApprove  Queue = "approve"  // 待审批: a proposal waits for the head
	ToAccept   Queue = "accept"   // 待受理: transferred here
	ToHandle   Queue = "handle"   // 待办理
	ToSign     Queue = "sign"     // 待签发
	ToServe    Queue = "serve"    // 待送达
	ToAudit    Queue = "audit"    // 待结案审核
	ToReview   Queue = "review"   // 待审查复查申请
	ToDecide   Queue = "decide"   // 待决定: a unit below asks us to decide
	Waiting    Queue = "waiting"  // 等待: for the petitioner, or for another unit
	Done       Queue = "done"     // nothing more to do here
)

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
		return ToApprove
	case l.Recusal != nil && !l.Recusal.Head:
		return ToDecide
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
	case Accepted, Handling, Extended, Replied, InHearing, UnderReview, Supervised:
		return ToHandle
	case ReviewAsked:
		return ToReview
	case Deciding:
		return ToDecide
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
		return ToTriage
	case l.AuditOf != 0:
		return ToAudit
	case l.Ended.IsZero():
		return Waiting
	}
	return Done
}
