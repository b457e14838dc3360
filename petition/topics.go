package petition

// TopicInfo is what a content code implies (domain §3.3). Names are in the
// catalogues under "topic.C1".
type TopicInfo struct {
	Code     Topic
	Track    Track  // hint: the petitioner's purpose decides
	Office   string // default office: key of "office.…"
	Sealed   bool   // about a cadre: ask whether it is a report
	InScope  bool
	Redirect string // out of scope: key of "redirect.…"
}

// Topics lists every content code in order.
var Topics = []TopicInfo{}

// TopicOf finds a content code.
func TopicOf(code Topic) (TopicInfo, bool) { return TopicInfo{}, false }

// CheckIDNumber tells what is wrong with an identity number: a key of the
// catalogues, or "" if nothing is. Staff may also take the old 15 digits.
func CheckIDNumber(idType, number string) string { return "" }

// CheckMobile tells what is wrong with a mobile number: a key, or "".
func CheckMobile(number string) string { return "" }

// CaseNumber is the number given at registration.
func CaseNumber(unit UnitID, day string, seq int) string { return "" }

// ParseCaseNumber takes a case number apart, or fails with an Invalid error.
func ParseCaseNumber(number string) (unit UnitID, day string, seq int, err error) {
	return "", "", 0, nil
}
