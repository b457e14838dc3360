package petition

// TopicInfo is what a content code implies (domain §3.3). Names are in the
// catalogues under "topic.C1".
type TopicInfo struct {
	Code     Topic
	Track    Track  // hint only: the petitioner's purpose decides
	Office   string // default office: "office." + this in the catalogues
	Sealed   bool   // may well be a report about a cadre: ask
	Redirect string // where to go instead: "redirect." + this; "" if it belongs here
}

// InScope tells whether the matter belongs to an Organization Department (clause 1).
func (t TopicInfo) InScope() bool { return t.Redirect == "" }

// Offices lists the inner offices (内设机构) that content codes lead to.
var Offices = []string{"petition", "organization", "cadre", "cadre_supervision",
	"civil_service", "education", "archive", "talent", "retired", "research"}

// Redirects lists the kinds of bodies that out-of-scope matters belong to.
var Redirects = []string{"discipline", "political_legal", "social_security",
	"government", "congress", "other"}

// Topics lists every content code in the order of clause 1.
var Topics = []TopicInfo{
	// A 路线方针政策
	{Code: "A1", Track: Advice, Office: "research"},
	{Code: "A2", Track: Advice, Office: "research"},
	{Code: "A3", Track: Advice, Office: "research"},
	{Code: "A4", Track: Enquiry, Office: "petition"},
	// B 领导班子和干部
	{Code: "B1", Track: Report, Office: "cadre_supervision", Sealed: true},
	{Code: "B2", Track: Report, Office: "cadre_supervision", Sealed: true},
	{Code: "B3", Track: Report, Office: "cadre_supervision", Sealed: true},
	{Code: "B4", Track: Claim, Office: "cadre"},
	{Code: "B5", Track: Advice, Office: "education"},
	{Code: "B6", Track: Claim, Office: "civil_service"},
	{Code: "B7", Track: Claim, Office: "archive"},
	{Code: "B8", Track: Report, Office: "cadre_supervision", Sealed: true},
	// C 基层党组织和党员
	{Code: "C1", Track: Claim, Office: "organization"},
	{Code: "C2", Track: Claim, Office: "organization"},
	{Code: "C3", Track: Claim, Office: "organization"},
	{Code: "C4", Track: Claim, Office: "organization"},
	{Code: "C5", Track: Claim, Office: "organization", Sealed: true},
	{Code: "C6", Track: Claim, Office: "organization"},
	{Code: "C7", Track: Claim, Office: "organization"},
	{Code: "C8", Track: Claim, Office: "organization"},
	// D 人才
	{Code: "D1", Track: Claim, Office: "talent"},
	{Code: "D2", Track: Claim, Office: "talent"},
	{Code: "D3", Track: Claim, Office: "talent"},
	// E 老干部
	{Code: "E1", Track: Claim, Office: "retired"},
	{Code: "E2", Track: Claim, Office: "retired"},
	{Code: "E3", Track: Claim, Office: "retired"},
	{Code: "E4", Track: Claim, Office: "retired"},
	// F 个人诉求
	{Code: "F1", Track: Claim, Office: "cadre"},
	{Code: "F2", Track: Claim, Office: "petition"},
	{Code: "F3", Track: Claim, Office: "cadre"},
	// G 组织部门自身
	{Code: "G1", Track: Advice, Office: "petition"},
	{Code: "G2", Track: Report, Office: "cadre_supervision", Sealed: true},
	{Code: "G3", Track: Advice, Office: "petition"},
	// Z 不属于组织部门职责
	{Code: "Z1", Track: Report, Office: "petition", Redirect: "discipline"},
	{Code: "Z2", Track: Claim, Office: "petition", Redirect: "political_legal"},
	{Code: "Z3", Track: Claim, Office: "petition", Redirect: "social_security"},
	{Code: "Z4", Track: Claim, Office: "petition", Redirect: "government"},
	{Code: "Z5", Track: Claim, Office: "petition", Redirect: "congress"},
	{Code: "Z9", Track: Claim, Office: "petition", Redirect: "other"},
}

// TopicOf finds a content code.
func TopicOf(code Topic) (TopicInfo, bool) {
	for _, t := range Topics {
		if t.Code == code {
			return t, true
		}
	}
	return TopicInfo{}, false
}
