package petition

import "slices"

// Purposes lists every purpose as forms show them.
var Purposes = []Purpose{PurposeAppeal, PurposeRequest, PurposeAdvice, PurposeReport, PurposeAsk, PurposeOther}

// Channels lists every channel as registers show them.
var Channels = []Channel{ByLetter, ByVisit, ByGroupVisit, ByWeb, ByMobile, ByMailbox,
	ByEmail, ByPhone, ByFax, ByText, ByVideo}

// Online tells whether the channel is the portal or its like (网上信访).
func (c Channel) Online() bool { return len(c) == 2 && c[0] == '3' }

// Arrival is the route by which a petition reached the unit, apart from its form
// (domain §3.2).
type Arrival string

const (
	Direct        Arrival = "direct"     // 本人直接提出
	FromUpperTask Arrival = "assigned"   // 上级交办
	FromUpper     Arrival = "referred"   // 上级转送
	FromBureau    Arrival = "notified"   // 信访部门通报, Art. 30(2)
	FromLeader    Arrival = "leader"     // 领导批转
	FromInspector Arrival = "inspection" // 巡视巡察移交
)

// Arrivals lists every arrival route.
var Arrivals = []Arrival{Direct, FromUpperTask, FromUpper, FromBureau, FromLeader, FromInspector}

// GroundInfo says for what a ground of refusal may be used. Its article stands in
// the legal profile; a profile that lacks the ground does not allow it (R3 is only
// in local rules).
type GroundInfo struct {
	Code   Ground
	Visit  bool    // for visits only (走访)
	Linked bool    // the earlier case must be named
	Skips  bool    // the competent unit below must be named
	Tracks []Track // whose petitions it can refuse
}

// Grounds lists every ground of refusal (domain §3.5). R7, out of competence, is a
// redirect; R8, no name or address, refuses nothing.
var Grounds = []GroundInfo{
	{Code: SkipLevel, Visit: true, Skips: true, Tracks: []Track{Claim}},
	{Code: InHand, Linked: true, Tracks: []Track{Claim, Advice, Enquiry}},
	{Code: WindowUnused, Tracks: []Track{Claim}},
	{Code: FinalOpinion, Tracks: []Track{Claim}},
	{Code: Litigation, Tracks: []Track{Claim}},
	{Code: LegallyEnded, Tracks: []Track{Claim}},
}

// GroundOf finds a ground.
func GroundOf(code Ground) (GroundInfo, bool) {
	for _, g := range Grounds {
		if g.Code == code {
			return g, true
		}
	}
	return GroundInfo{}, false
}

// For tells whether the ground can refuse a petition of that channel and track.
func (g GroundInfo) For(ch Channel, t Track) bool {
	return (!g.Visit || ch.Visit()) && slices.Contains(g.Tracks, t)
}

// GroundsFor lists the grounds on which a unit could refuse the case under its legal
// profile.
func GroundsFor(c *Case, at UnitID, r Rules) []GroundInfo {
	law := r.LawOf(c, at)
	var may []GroundInfo
	for _, g := range Grounds {
		skippable := !g.Skips || len(Skipped(r.Units, at)) > 0
		if law.Grounds[g.Code] != "" && g.For(c.Channel, c.Track) && skippable {
			may = append(may, g)
		}
	}
	return may
}

// Skipped lists the open units so far below that a visit about their matters skips a
// level: whose own superior is below this unit too (Art. 20).
func Skipped(t *Units, id UnitID) []Unit {
	return slices.DeleteFunc(Below(t, id), func(u Unit) bool { return t.depth(u.ID)-t.depth(id) < 2 })
}

// ServiceMethod is a way of serving a reply (送达).
type ServiceMethod struct {
	Code  string
	Proof bool // proof must be recorded: a mail number, a signature
}

// ServiceMethods lists every way of serving.
var ServiceMethods = []ServiceMethod{
	{Code: "online"}, // read on the portal: the log is the proof
	{Code: "hand", Proof: true},
	{Code: "registered_mail", Proof: true},
	{Code: "other", Proof: true},
}

// Checklist lists what a closing audit looks at (domain §5.3); all must hold for a
// pass. What does not apply is ticked.
var Checklist = []string{"answered", "facts", "basis", "notices", "served", "remedy",
	"execution", "agreement", "explained", "attachments", "disclosure"}

// Grades of the petitioner's rating and words for whether it was solved.
var (
	Grades = []string{"good", "fair", "poor"}
	Solved = []string{"yes", "partly", "no"}
)
