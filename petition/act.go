package petition

import "time"

// Action is what can be done to a leg: a closed list, each with what it means.
type Action string

const (
	Submit      Action = "submit"       // 提交: the petitioner filed online (row 1)
	Register    Action = "register"     // 登记 (rows 2, 3)
	Distribute  Action = "distribute"   // 分办: name the office and the handler
	AskInfo     Action = "ask_info"     // 请补充 (row 4)
	Supply      Action = "supply"       // 补充: the petitioner answered (row 5)
	Lapse       Action = "lapse"        // 补充期限已过 (row 5)
	AddInfo     Action = "add_info"     // 主动补充: the petitioner added something unasked
	Redirect    Action = "redirect"     // 告知向有权机关提出 (row 7)
	Refuse      Action = "refuse"       // 不予受理 (row 8)
	Refer       Action = "refer"        // 转送 (row 11)
	Assign      Action = "assign"       // 交办 (row 12)
	Receive     Action = "receive"      // the receiver's leg opens (rows 11, 12)
	Object      Action = "object"       // 提出异议 (row 13)
	AgreeBack   Action = "agree_back"   // 同意退回 (row 14)
	Overrule    Action = "overrule"     // 不同意退回 (row 14)
	Accept      Action = "accept"       // 受理 (row 15)
	Start       Action = "start"        // 开始办理 (row 17)
	Note        Action = "note"         // 办理记录: internal, or told to the petitioner
	Extend      Action = "extend"       // 延期 (row 21)
	Draft       Action = "draft"        // 送审: the opinion goes to be signed (row 22)
	ReturnDraft Action = "return_draft" // 退回修改 (row 23)
	Sign        Action = "sign"         // 签发 (row 23)
	Serve       Action = "serve"        // 送达 (row 24)
	AskClosing  Action = "ask_closing"  // 申请结案审核 (row 25)
	AuditReturn Action = "audit_return" // 审核退回 (row 26)
	AuditPass   Action = "audit_pass"   // 准予结案 (row 27)
	Withdraw    Action = "withdraw"     // 撤回 (row 35)
	Rate        Action = "rate"         // 评价 (row 36)
	SealUp      Action = "seal_up"      // 移交干部监督: it is a cadre report
	Propose     Action = "propose"      // an act that waits for approval
	Approve     Action = "approve"      // 同意
	Decline     Action = "decline"      // 不同意，退回
	ReplaceCode Action = "replace_code" // 补发回执码
	Tell        Action = "tell"         // 通报下级: a unit below is told of a skip-level visit (scenario 4.1)

	Merge          Action = "merge"           // 并入在办事项 (row 6)
	NoLongerTake   Action = "no_longer"       // 不再受理 (row 9)
	Divert         Action = "divert"          // 导入法定程序 (row 10)
	Divide         Action = "divide"          // 拆分 (scenario 1.4)
	Judge          Action = "judge"           // 判定初次或重复 (domain §3.7)
	SignFor        Action = "sign_for"        // 首办签收 (scenario 3.1)
	Turn           Action = "turn"            // 登记转化: an earlier matter came back (scenarios 3.2, 3.3)
	Renew          Action = "renew"           // 确认为新事实: linked to the ended matter (row 39)
	Simplify       Action = "simplify"        // 简易办理 (row 16)
	Ordinary       Action = "ordinary"        // 转为普通程序
	DeclareRecusal Action = "declare_recusal" // 自行申请回避 (row 18)
	AskRecusal     Action = "ask_recusal"     // 信访人申请回避 (row 18)
	DecideRecusal  Action = "decide_recusal"  // 回避决定 (row 18)
	OpenHearing    Action = "open_hearing"    // 举行听证 (rows 19, 32)
	CloseHearing   Action = "close_hearing"   // 听证结束 (rows 19, 32)
	Settle         Action = "settle"          // 调解、和解达成协议 (row 20)
	Dispute        Action = "dispute"         // 报请共同上级决定 (Art. 24)
	RuleReceiver   Action = "rule_receiver"   // 上级决定: the receiver takes it on
	RuleSender     Action = "rule_sender"     // 上级决定: it goes back to the sender
	AskReview      Action = "ask_review"      // 请求复查、复核 (rows 28, 31)
	TakeReview     Action = "take_review"     // 受理复查申请 (row 29)
	RefuseReview   Action = "refuse_review"   // 复查申请不予受理 (row 29)
	Conclude       Action = "conclude"        // 期限届满终结 (row 34)
	Execute        Action = "execute"         // 执行完毕 (Art. 32)
	ChaseExecution Action = "chase_execution" // 执行逾期，转督办 (row 37)
	Archive        Action = "archive"         // 归档 (row 38)
	Urge           Action = "urge"            // 信访人催办
	RecordGap      Action = "record_gap"      // 登记政策空白 (scenario 5.2)
	Redate         Action = "redate"          // 更正收到日期: the day of receipt of a letter, visit or call was written down wrongly
	Recount        Action = "recount"         // 期限重新计算: calendar or legal profile were edited
	TakeOver       Action = "take_over"       // 承接: the unit was merged, and its successor goes on with the leg (Art. 24)
)

// Act is what somebody did or wants to do, with all that was said. As part of an
// Event it is the sealed body; Action, Leg, To, Ground and Outcome also stand in the
// plain envelope.
type Act struct {
	Action Action `json:"action"`
	Leg    int    `json:"leg"`

	Text   string `json:"text,omitempty"`   // what was written: note, request, reason for the petitioner
	Reason string `json:"reason,omitempty"` // recorded reasons, internal
	Public bool   `json:"public,omitempty"` // the petitioner is told Text

	Number  string  `json:"number,omitempty"`  // Register: the case number
	Filing  *Filing `json:"filing,omitempty"`  // Submit, or Register of a letter, visit or call
	Topic   Topic   `json:"topic,omitempty"`   // Register: as fixed by staff
	Channel Channel `json:"channel,omitempty"` // Register
	Law     string  `json:"law,omitempty"`     // Submit, Register: legal profile
	Arrival Arrival `json:"arrival,omitempty"` // Register: the route by which it arrived
	Old     *Old    `json:"old,omitempty"`     // Register: taken over from an earlier ledger
	Visit   ID      `json:"visit,omitzero"`    // Register: the line of the desk's register from which it came

	Unit        UnitID `json:"unit,omitempty"` // unit of the leg that opens (Submit, Register, Receive)
	To          UnitID `json:"to,omitempty"`   // Refer, Assign
	Office      string `json:"office,omitempty"`
	Handler     ID     `json:"handler,omitzero"`
	HandlerName string `json:"handler_name,omitempty"`
	Deadline    string `json:"deadline,omitempty"` // Assign, AskInfo, AuditReturn: day
	Days        int    `json:"days,omitempty"`     // Extend

	Check  *Jurisdiction `json:"check,omitempty"`  // the decision path that led here
	Ground Ground        `json:"ground,omitempty"` // Refuse
	Link   *Link         `json:"link,omitempty"`   // Refuse: the case already in hand
	Body   *Body         `json:"body,omitempty"`   // Redirect: who is competent

	Paper   *Paper    `json:"paper,omitempty"` // the paper that goes out, as approved
	Outcome Outcome   `json:"outcome,omitempty"`
	Service *Service  `json:"service,omitempty"` // Serve
	Letter  string    `json:"letter,omitempty"`  // number of the letter to another unit, given by the store
	Asked   *Asked    `json:"asked,omitempty"`   // Supply, AddInfo, Withdraw recorded by staff for the petitioner
	Audit   []Checked `json:"audit,omitempty"`   // AuditReturn, AuditPass
	Fault   DutyCause `json:"fault,omitempty"`   // AuditReturn: what is to be supervised besides (AuditFaults); none for AuditPass
	Rating  *Rating   `json:"rating,omitempty"`
	Files   []File    `json:"files,omitempty"` // Note: internal documents; Supply, AddInfo: what was sent

	Procedure Procedure    `json:"procedure,omitempty"` // Divert
	Prior     *Prior       `json:"prior,omitempty"`     // NoLongerTake: an opinion from before this system
	Parts     []Part       `json:"parts,omitempty"`     // Divide
	Parent    *Link        `json:"parent,omitempty"`    // Register: of a matter that was divided off
	First     bool         `json:"first,omitempty"`     // Judge: a first petition
	Turned    *Turned      `json:"turned,omitempty"`    // Turn
	Execution *Execution   `json:"execution,omitempty"` // Draft of an opinion that grants; Execute: Done
	Cites     []Citation   `json:"cites,omitempty"`     // Draft: articles of the policy library that it rests on
	Explained *Explanation `json:"explained,omitempty"` // Draft of a refusal: how it was explained
	Gap       *Gap         `json:"gap,omitempty"`       // RecordGap, or Draft that finds one
	Contrary  []Link       `json:"contrary,omitempty"`  // Sign: like cases that ended the other way, as the signer was shown them
	NewFacts  string       `json:"new_facts,omitempty"` // Draft again after an annulment, with the same outcome
	Whom      ID           `json:"whom,omitzero"`       // DeclareRecusal, AskRecusal, DecideRecusal: who keeps away
	Head      bool         `json:"head,omitempty"`      // recusal: of the head of the unit
	Granted   bool         `json:"granted,omitempty"`   // DecideRecusal, AnswerCorrect
	Person    *Person      `json:"person,omitempty"`    // AnswerCorrect: as it is right

	Edit ID          `json:"edit,omitzero"`  // Recount: the edit of calendar or profile
	Dues []DueChange `json:"dues,omitempty"` // Recount: the days that it moved

	News []NewsWish `json:"news,omitempty"` // AskNews: all that is wished from now on
	For  string     `json:"for,omitempty"`  // AskNews: by whom, as in NewsParty; "" the petitioner

	Guidance *Guidance `json:"guidance,omitempty"` // Note: it records guidance that was given
	Seat     *Seat     `json:"seat,omitempty"`     // Note: of a place at a leader's session

	Cadre *CadreStep `json:"cadre,omitempty"` // of a report about a cadre: what the compartment says

	Proposed *Act      `json:"proposed,omitempty"` // Propose
	Kind     LegKind   `json:"kind,omitempty"`     // Receive
	From     int       `json:"from,omitempty"`     // Receive: the sender's leg
	At       time.Time `json:"at,omitzero"`        // when it reached us: portal time (Submit, a petitioner's act) or physical receipt (Register, Redate)
}

// Jurisdiction is the recorded path of the jurisdiction check (管辖审查).
type Jurisdiction struct {
	InScope     string `json:"in_scope"`     // yes, no
	Level       string `json:"level"`        // own, below, above
	InHand      string `json:"in_hand"`      // here, yes (elsewhere), no
	Final       string `json:"final"`        // yes, no
	Legal       string `json:"legal"`        // yes, no: litigation or another legal procedure
	CadreReport string `json:"cadre_report"` // yes, no
	Reasons     string `json:"reasons"`
}

// Link points at the case that is already in hand.
type Link struct {
	Case   ID     `json:"case,omitzero"`
	Number string `json:"number"`
	Unit   UnitID `json:"unit"`
}

// Body is who is competent, so that nobody is sent away without a name and a
// telephone number.
type Body struct {
	Name  string `json:"name"`
	Phone string `json:"phone"`
	Where string `json:"where,omitempty"`
	Bring string `json:"bring,omitempty"` // what to take along
}

// Service is how, when and with what proof a reply was served (送达).
type Service struct {
	Method   string `json:"method"` // online, hand, registered_mail, other: see ServiceMethods
	Day      string `json:"day"`
	Receiver string `json:"receiver,omitempty"`
	Proof    string `json:"proof,omitempty"` // number of the mail, note of the signature
}

// Asked is whose wish staff record who act for a petitioner at the counter, on the
// telephone or from a letter, and how they knew that it was his.
type Asked struct {
	Who   string `json:"who"`   // self, agent: see AskedBy
	How   string `json:"how"`   // see AskedHow
	Words string `json:"words"` // what was seen or heard, when
}

// Who may ask, and how his identity is checked.
var (
	AskedBy  = []string{"self", "agent"}
	AskedHow = []string{"card", "phone", "letter"}
)

// Checked is one line of the closing audit's checklist (domain §5.3).
type Checked struct {
	Item string `json:"item"`
	OK   bool   `json:"ok"`
	Note string `json:"note,omitempty"`
}

// Rating is the petitioner's word on two objects, three grades each (domain §3.8).
type Rating struct {
	Office string    `json:"office"` // 信访部门: good, fair, poor
	Unit   string    `json:"unit"`   // 责任单位: good, fair, poor
	Words  string    `json:"words,omitempty"`
	Solved string    `json:"solved,omitempty"` // yes, partly, no
	At     time.Time `json:"at"`
}

// PaperKind is a document of domain §2.3.
type PaperKind string

const (
	AcceptanceNotice  PaperKind = "acceptance"      // 受理告知书
	RedirectNotice    PaperKind = "redirect"        // 不属于本机关职权范围告知书
	RefusalNotice     PaperKind = "refusal"         // 不予受理告知书
	WhereaboutsNotice PaperKind = "whereabouts"     // 转送（交办）去向告知书
	ReferralLetter    PaperKind = "referral"        // 转送单, to the receiving unit
	AssignmentLetter  PaperKind = "assignment"      // 交办函, to the receiving unit
	ObjectionLetter   PaperKind = "objection"       // 异议书
	InfoRequest       PaperKind = "info_request"    // 补正通知
	ExtensionNotice   PaperKind = "extension"       // 延期告知书
	OpinionPaper      PaperKind = "opinion"         // 信访事项处理意见书
	ReplyLetter       PaperKind = "reply"           // 回复函: advice and enquiries
	HandlingReport    PaperKind = "handling_report" // 承办报告
	WithdrawalNotice  PaperKind = "withdrawal"      // 撤回确认
	MergeNotice       PaperKind = "merge"           // 并入办理告知书
	NoLongerNotice    PaperKind = "no_longer"       // 不再受理告知书
	DiversionNotice   PaperKind = "diversion"       // 法定程序告知书
	RecusalDecision   PaperKind = "recusal"         // 回避决定
	HearingNotice     PaperKind = "hearing"         // 听证通知
	HearingRecord     PaperKind = "hearing_record"  // 听证笔录
	AgreementPaper    PaperKind = "agreement"       // 调解（和解）协议书
	DisputeLetter     PaperKind = "dispute"         // 受理争议请示
	RulingLetter      PaperKind = "ruling"          // 指定受理决定
	ReviewAcceptance  PaperKind = "review_accepted" // 复查申请受理告知书
	ReviewRefusal     PaperKind = "review_refused"  // 复查申请不予受理告知书
	ReviewOpinion     PaperKind = "review_opinion"  // 复查意见书
	ReReviewOpinion   PaperKind = "final_opinion"   // 复核意见书
	ArchiveList       PaperKind = "archive"         // 归档目录
	ServiceProof      PaperKind = "service_proof"   // 送达回证
)

// Paper is a document: frozen when it is signed.
type Paper struct {
	Kind     PaperKind `json:"kind"`
	Number   string    `json:"number,omitempty"` // ×组信字〔2026〕3号
	Title    string    `json:"title"`
	To       string    `json:"to"`
	Sections []Section `json:"sections"`
	Basis    []string  `json:"basis,omitempty"`  // articles cited
	Remedy   string    `json:"remedy,omitempty"` // what the reader can do if not satisfied
	Unit     UnitID    `json:"unit"`
	UnitName string    `json:"unit_name"`
	Contact  string    `json:"contact,omitempty"`
	Day      string    `json:"day,omitempty"`
	SignedBy string    `json:"signed_by,omitempty"`
	Replaced bool      `json:"replaced,omitempty"` // a corrected opinion was served later (row 26)
}

// Section is a heading and its paragraphs (separated by newlines).
type Section struct {
	Head string `json:"head,omitempty"`
	Text string `json:"text"`
}

// Writes tells whether the act writes to another unit; that letter has a number of its own.
func (a Action) Writes() bool {
	switch a {
	case Refer, Assign, Object, Dispute, RuleReceiver, RuleSender:
		return true
	}
	return false
}
