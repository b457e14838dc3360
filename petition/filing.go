package petition

import "time"

// Track is the procedure a petition follows (Arts. 29-31 of the 2022 regulation).
type Track string

const (
	Advice  Track = "advice"  // 建议意见, Art. 29
	Claim   Track = "claim"   // 申诉求决, Art. 31
	Report  Track = "report"  // 检举控告, Art. 30: the sealed compartment
	Enquiry Track = "enquiry" // 咨询、感谢等: register, reply, close
)

// Purpose is 信访目的 (domain §3.1).
type Purpose string

const (
	PurposeAdvice  Purpose = "1"  // 建议意见
	PurposeAppeal  Purpose = "21" // 申诉
	PurposeRequest Purpose = "22" // 求决
	PurposeReport  Purpose = "3"  // 检举控告
	PurposeAsk     Purpose = "4"  // 咨询
	PurposeOther   Purpose = "9"  // 其他（感谢等）
)

// Track is the procedure that a purpose leads to.
func (p Purpose) Track() Track {
	switch p {
	case PurposeAdvice:
		return Advice
	case PurposeReport:
		return Report
	case PurposeAppeal, PurposeRequest:
		return Claim
	}
	return Enquiry
}

// Channel is 信访形式 (domain §3.2).
type Channel string

const (
	ByLetter     Channel = "1"  // 来信
	ByVisit      Channel = "21" // 个体来访
	ByGroupVisit Channel = "22" // 集体来访
	ByWeb        Channel = "31" // 网站
	ByMobile     Channel = "32" // 移动
	ByMailbox    Channel = "33" // 领导信箱
	ByEmail      Channel = "34" // 邮件
	ByPhone      Channel = "4"  // 电话
	ByFax        Channel = "5"  // 传真
	ByText       Channel = "6"  // 短信
	ByVideo      Channel = "7"  // 视频
)

// Visit tells whether the person came in person; only then can a petition be
// refused for skipping levels (越级; 国信发〔2014〕4号 Art. 4).
func (c Channel) Visit() bool { return c == ByVisit || c == ByGroupVisit }

// Filing is what a petitioner said, in full. It is sealed wherever it is stored.
type Filing struct {
	Purpose Purpose `json:"purpose"`
	Topic   Topic   `json:"topic"`           // content code, may be "" until staff fix it
	Unit    UnitID  `json:"unit"`            // whom it is addressed to
	Area    string  `json:"area,omitempty"`  // where it happened: region code
	Title   string  `json:"title"`           // 一句话概括, ≤ 50 characters
	Facts   string  `json:"facts,omitempty"` // 10-5000
	Request string  `json:"request,omitempty"`
	Reasons string  `json:"reasons,omitempty"`
	Place   string  `json:"place,omitempty"`
	When    string  `json:"when,omitempty"`
	About   string  `json:"about,omitempty"` // the unit or person concerned, in words

	Earlier       string `json:"earlier,omitempty"` // "", "none", "open", "answered"
	EarlierNumber string `json:"earlier_number,omitempty"`
	Court         string `json:"court,omitempty"` // "", "no", "yes": court, arbitration or review under way
	CourtNote     string `json:"court_note,omitempty"`

	Anonymous       bool     `json:"anonymous,omitempty"`
	Person          Person   `json:"person,omitzero"`
	Cosigners       int      `json:"cosigners,omitempty"` // people in a joint petition, ≥ 2; 0 if single
	Representatives []Person `json:"representatives,omitempty"`
	Agent           *Person  `json:"agent,omitempty"` // 代理人
	AgentRelation   string   `json:"agent_relation,omitempty"`
	Guardian        bool     `json:"guardian,omitempty"` // the agent is the guardian (监护人) of Person, a minor
	Need            string   `json:"need,omitempty"`     // accessibility need

	Reported     []Reported `json:"reported,omitempty"`      // reports only
	ConcernsHead bool       `json:"concerns_head,omitempty"` // about the receiving department's own head
	Up           bool       `json:"up,omitempty"`            // retaliation by people of the department addressed: for the unit above it

	Files     []File    `json:"files,omitempty"`
	ConsentAt time.Time `json:"consent_at"`         // when the notice was agreed to
	Notice    string    `json:"notice,omitempty"`   // which wording of it
	Lang      string    `json:"lang,omitempty"`     // reader's language on the portal
	Channel   Channel   `json:"channel,omitempty"`  // how it came
	Postmark  string    `json:"postmark,omitempty"` // letters: day on the postmark
	Cover     Cover     `json:"cover,omitzero"`     // letters, and what another body sent on

	Session ID `json:"session,omitzero"` // 预约接访: of a leader's session at which a place is asked for; never of a report

	News []NewsWish `json:"news,omitempty"` // how the person wishes to be told that there is news
}

// Track is the procedure this filing asks for.
func (f Filing) Track() Track { return f.Purpose.Track() }

// GoesUp tells whether it is sealed to the compartment of the unit above the one that
// it is addressed to, which never learns of it (domain §0.7, §7).
func (f Filing) GoesUp() bool { return f.Track() == Report && (f.ConcernsHead || f.Up) }

// Reachable tells whether a written notice is owed: name and address are clear
// (Art. 23 of the 2022 regulation makes the exception).
func (f Filing) Reachable() bool {
	return !f.Anonymous && f.Person.Name != "" && (f.Person.Address != "" || f.Person.Mobile != "")
}

// Person is somebody's identity: shown only with a purpose, and logged.
type Person struct {
	Name     string `json:"name,omitempty"`
	Org      bool   `json:"org,omitempty"`     // an organization
	IDType   string `json:"id_type,omitempty"` // see IDTypes
	IDNumber string `json:"id_number,omitempty"`
	Mobile   string `json:"mobile,omitempty"`
	Region   string `json:"region,omitempty"` // six digits
	Address  string `json:"address,omitempty"`
}

// Reported is a person complained of. It never leaves the compartment.
type Reported struct {
	Name string `json:"name"`
	Unit string `json:"unit"`
	Post string `json:"post"`
}

// File is an attachment: its name and the key that opens its chunks.
type File struct {
	ID     ID     `json:"id"`
	Name   string `json:"name"`
	Type   string `json:"type"` // media type found by content
	Size   int64  `json:"size"` // bytes of the original
	Key    []byte `json:"key"`  // 32 bytes, random per file
	Chunks int    `json:"chunks"`

	// The working copy has its metadata removed; the original is kept sealed
	// beside it. Clean is nil where the format could not be cleaned.
	Clean *File `json:"clean,omitempty"`
}
