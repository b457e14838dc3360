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
	Waiting    Queue = "waiting"  // 等待: for the petitioner, or for another unit
	Done       Queue = "done"     // nothing more to do here
)
