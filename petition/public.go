package petition

import "time"

// Folder is everything the petitioner may see of his matter. The office makes it
// anew from the events after each act that shows, and seals it under the filing's
// reading key; the portal keeps the newest version and cannot open it.
type Folder struct {
	Version  int                  `json:"version"` // number of events it was made from
	Number   string               `json:"number,omitempty"`
	Title    string               `json:"title"`
	Track    Track                `json:"track"`
	Received time.Time            `json:"received"`
	Status   PublicStatus         `json:"status"`
	Clock    *PublicClock         `json:"clock,omitempty"`
	Steps    []Step               `json:"steps"`
	Letters  []Paper              `json:"letters,omitempty"`
	Unit     Contact              `json:"unit"`
	Ask      *Ask                 `json:"ask,omitempty"`
	Outcome  Outcome              `json:"outcome,omitempty"`
	Can      []Action             `json:"can,omitempty"` // what the petitioner may do now: see moves
	Rating   *Rating              `json:"rating,omitempty"`
	NewsOf   map[string][]NewsWay `json:"news_of,omitempty"` // the same of agent and representatives, by NewsParty.For
	News     []NewsWay            `json:"news,omitempty"`    // by which he is told that there is news
	Matters  []Folder             `json:"matters,omitempty"` // of a divided petition: its parts, in order
	Filing   *Filing              `json:"filing,omitempty"`  // walk-in cases: what was recorded, keys of files removed
}

// PublicStatus is the word the petitioner reads (公开状态), never an internal state.
type PublicStatus string

const (
	ShownSubmitted  PublicStatus = "submitted"  // 已提交
	ShownChecking   PublicStatus = "checking"   // 已登记，正在看归谁管
	ShownAsked      PublicStatus = "asked"      // 请您补充
	ShownPassed     PublicStatus = "passed"     // 已转（交）办
	ShownAccepted   PublicStatus = "accepted"   // 已受理
	ShownHandling   PublicStatus = "handling"   // 办理中
	ShownExtended   PublicStatus = "extended"   // 办理中（已延期）
	ShownReplied    PublicStatus = "replied"    // 已答复
	ShownClosed     PublicStatus = "closed"     // 已办结
	ShownRedirected PublicStatus = "redirected" // 不属于组织部门职责，已告知去处
	ShownRefused    PublicStatus = "refused"    // 不予受理
	ShownWithdrawn  PublicStatus = "withdrawn"  // 已撤回
	ShownMerged     PublicStatus = "merged"     // 已并入正在办理的事项
	ShownNoLonger   PublicStatus = "no_longer"  // 不再受理
	ShownDiverted   PublicStatus = "diverted"   // 已告知应走的法定程序
	ShownDivided    PublicStatus = "divided"    // 已拆分办理
	ShownReview     PublicStatus = "review"     // 复查中
	ShownReviewed   PublicStatus = "reviewed"   // 已复查
	ShownReReview   PublicStatus = "rereview"   // 复核中
	ShownFinal      PublicStatus = "final"      // 复核终结
	ShownReceived   PublicStatus = "received"   // 已收到: all that a report about a cadre ever shows here
)

// PublicClock is the legal clock in the petitioner's words: which one, from when,
// until when. The page says "day 3 of 15".
type PublicClock struct {
	Kind  ClockKind `json:"kind"`
	Start string    `json:"start"`           // day
	Due   string    `json:"due"`             // day, its end is the limit
	Days  int       `json:"days"`            // length in days
	House bool      `json:"house,omitempty"` // 承诺: our own promise, not a limit in law

	Working bool          `json:"working,omitempty"` // Days are working days
	Explain []ExplainStep `json:"explain,omitempty"` // how Due was reached
}

// Step is one line of the public timeline.
type Step struct {
	Key    string    `json:"key"` // catalogue key of the sentence, e.g. "step.accepted"
	At     time.Time `json:"at"`
	Unit   string    `json:"unit,omitempty"`
	To     string    `json:"to,omitempty"`
	Text   string    `json:"text,omitempty"` // words written for the petitioner
	Day    string    `json:"day,omitempty"`
	Was    string    `json:"was,omitempty"` // the day that stood before
	Days   int       `json:"days,omitempty"`
	Letter int       `json:"letter,omitempty"` // 1-based index into Letters
	Mine   bool      `json:"mine,omitempty"`   // the petitioner's own act
}

// Contact is who has it and how to reach them.
type Contact struct {
	ID      UnitID `json:"id"`
	Name    string `json:"name"`
	Phone   string `json:"phone"`
	Address string `json:"address,omitempty"`
	Hours   string `json:"hours,omitempty"`
	HoursEn string `json:"hours_en,omitempty"`
}

// HoursIn are the hours in a language; as they are where there are no others.
func (c Contact) HoursIn(lang string) string { return inLanguage(lang, c.Hours, c.HoursEn) }

// Ask is what the office would like to know.
type Ask struct {
	What  string `json:"what"`
	Until string `json:"until"` // day
}
