package petition

import "time"

// State is where a leg stands (domain §2.4).
type State string

const (
	Submitted    State = "submitted"     // 已提交: filed online, not yet registered
	Registered   State = "registered"    // 已登记
	AwaitingInfo State = "awaiting_info" // 待补正
	Redirected   State = "redirected"    // 已告知: not ours, told where to go
	NotAccepted  State = "not_accepted"  // 不予受理
	Passed       State = "passed"        // 已转出: the sender's leg after a referral or assignment
	Referred     State = "referred"      // 转送待收: the receiver's leg, not yet registered there
	Assigned     State = "assigned"      // 交办待收: the same with a deadline and a report due
	Objected     State = "objected"      // 已提异议: waiting for the sender's decision
	Returned     State = "returned"      // 已退回: the receiver's leg after an agreed objection
	Accepted     State = "accepted"      // 已受理
	Handling     State = "handling"      // 办理中
	Extended     State = "extended"      // 已延期
	PendingSign  State = "pending_sign"  // 待签发
	Signed       State = "signed"        // 已签发，待送达
	Replied      State = "replied"       // 已答复
	ClosingAudit State = "closing_audit" // 结案审核
	Closed       State = "closed"        // 已办结
	Withdrawn    State = "withdrawn"     // 已撤回
	SealedUp     State = "sealed_up"     // 已移交: moved to the cadre-report compartment

	Merged      State = "merged"       // 已并入: the same matter of the same person is in hand (row 6)
	NoLonger    State = "no_longer"    // 不再受理: it has its final opinion (row 9)
	Diverted    State = "diverted"     // 已导入法定程序 (row 10)
	Divided     State = "divided"      // 已拆分: its matters go on as cases of their own (scenario 1.4)
	InHearing   State = "hearing"      // 听证中 (rows 19, 32)
	Disputed    State = "disputed"     // 受理有争议: the common superior decides (Art. 24)
	Deciding    State = "deciding"     // 待上级决定: the superior's own leg meanwhile
	Decided     State = "decided"      // 上级已决定
	Challenged  State = "challenged"   // 已提请复查复核: the level above has the word
	ReviewAsked State = "review_asked" // 已收到复查申请 (row 28)
	NotReviewed State = "not_reviewed" // 复查申请不予受理 (row 29)
	UnderReview State = "under_review" // 复查（复核）中 (rows 29, 31)
	Reviewed    State = "reviewed"     // 已复查 (row 30)
	Annulled    State = "annulled"     // 已撤销原意见，责令重新办理 (row 30)
	Final       State = "final"        // 复核终结 (row 33)
	ClosedFinal State = "closed_final" // 已办结，复查复核期限已过 (row 34)
	Supervised  State = "supervised"   // 督办执行: what was granted is not done in time (row 37)
	Archived    State = "archived"     // 已归档 (row 38)
)

// LegKind is how a leg came to its unit.
type LegKind string

const (
	Own        LegKind = "own"      // filed with this unit
	Referral   LegKind = "referral" // 转送
	Assignment LegKind = "assigned" // 交办
	Superior   LegKind = "superior" // 报请上级决定: one question is decided there, the case stays below
	Review     LegKind = "review"   // 复查
	ReReview   LegKind = "rereview" // 复核
)

// Reviews tells whether the leg looks into what a unit below has decided.
func (k LegKind) Reviews() bool { return k == Review || k == ReReview }

// Leg is the stretch of a case at one unit, with its own state and clocks.
type Leg struct {
	N        int // 1, 2, … within the case
	Unit     UnitID
	Kind     LegKind
	From     int // the sender's leg; 0 for the first
	State    State
	Received time.Time // starts the notice clock here

	Office      string // 内设机构 that handles
	Handler     ID     // member of staff; zero until distributed
	HandlerName string
	Pending     *Proposal // waits for approval

	Notified      time.Time // first written notice issued (K2 stopped)
	AcceptedAt    time.Time
	ExtendedBy    int       // days added to K4
	FirstReply    time.Time // first reply served (K4 stopped)
	RepliedAt     time.Time // newest reply served (K5 starts)
	SignedAt      time.Time
	TakenAt       time.Time // inbound: dealt with here beyond registering it, no objection any more (K3 stopped)
	AssignDue     string    // day set by the assigner (K9); "" unless assigned
	DueReset      bool      // K9 got a new day when an audit sent the case back
	ReportedAt    time.Time // closing audit asked (K9 stopped)
	ObjectedAt    time.Time // pauses K2 and K9
	ObjectionOver time.Time // overruled: K2 and K9 resume
	Ended         time.Time
	Returns       int    // times a closing audit sent it back
	OwnPassed     bool   // own unit's audit passed, the assigner's still to come
	AuditAt       int    // the leg whose unit audits the closing now; 0 outside closing audit
	AuditOf       int    // sender's leg: the leg whose closing waits for this unit's audit
	ObjectionOf   int    // sender's leg: the leg whose objection waits for this unit's decision
	Asked         string // what the petitioner was asked to add
	AskedUntil    string
	Draft         *Paper // the opinion being written or signed
	Outcome       Outcome

	Before       State                // what an objection, dispute, challenge or supervision interrupted
	ChallengedAt time.Time            // a review was asked (K5 or K7 stopped)
	Annulled     Outcome              // what a review annulled: not to be repeated on the same facts
	Redone       int                  // times a review had it done again
	Simple       bool                 // 简易办理 (row 16)
	HearingAt    time.Time            // the hearing under way began
	HearingDays  int                  // days of the hearings that are over
	Agreement    Outcome              // Mediated or Settled: an agreement is on file (row 20)
	Recusal      *Recusal             // waits for a decision (row 18)
	Recused      []ID                 // who must keep away from it
	Cites        []Citation           // articles of the policy library that the draft rests on
	Execution    *Execution           // what an opinion that grants the claim has promised (scenario 5.1)
	SignedFor    time.Time            // 首办签收: the first handler took it on (scenario 3.1)
	SettledBy    UnitID               // the superior that decided whose it is: no dispute any more
	Former       []Former             // the units that had it before mergers, the earliest first
	Kept         map[ClockKind]string // last days of rights that no edit of the rules makes earlier
}

// Proposal is an act that needs somebody's approval before it happens.
type Proposal struct {
	By  Actor
	At  time.Time
	Act Act
}

// Case is one matter (信访事项), folded from its events.
type Case struct {
	ID       ID
	Number   string // "XF…", given at registration; "" before
	Filing   Filing
	Track    Track
	Topic    Topic
	Channel  Channel
	Arrival  Arrival
	Old      *Old      // what the earlier ledger says of it; nil unless taken over from one
	Received time.Time // portal time, or physical receipt
	Law      string    // id of the legal profile in force then
	Legs     []Leg
	Events   []Event
	Rating   *Rating

	Parts        []Part   // the matters it was divided into
	Parent       *Link    // the petition it was divided from (scenario 1.4)
	Into         *Link    // the case in hand that it was merged into (row 6)
	After        *Link    // the ended case to which it brings new facts (row 39)
	Repeat       *Repeat  // 初次还是重复: decided by a person; nil before
	Turns        []Turned // 转化: what became of it later (clause 3)
	AskedViews   []int    // events in which the petitioner asked who had looked, until answered
	AskedCorrect []int    // events in which the petitioner asked to have data put right, until answered
	Gap          *Gap     // 政策空白: the rule that it lacked (scenario 5.2); nil for most
}

// Version is the number of events: what a writer must have seen.
func (c *Case) Version() int { return len(c.Events) }

// Leg finds a leg by its number; nil if there is none.
func (c *Case) Leg(n int) *Leg {
	if n < 1 || n > len(c.Legs) {
		return nil
	}
	return &c.Legs[n-1]
}

// Event is one thing that happened: appended, never changed.
type Event struct {
	N   int       // 1, 2, … within the case
	At  time.Time // microseconds, UTC
	By  Actor
	Act Act
}
