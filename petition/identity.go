package petition

import (
	"slices"
	"strings"
	"time"
)

// IDType is a kind of identity document.
type IDType struct {
	Code  string
	Org   bool // of organizations
	Staff bool // staff may take it from paper; the portal does not offer it
}

// IDTypes lists the identity documents as forms show them (domain §4.1).
var IDTypes = []IDType{
	{Code: "resident"},                  // 居民身份证, GB 11643, 18 digits
	{Code: "resident_old", Staff: true}, // 15 digits, before 1999
	{Code: "passport"},                  // 护照
	{Code: "hk_macao"},                  // 港澳居民来往内地通行证
	{Code: "taiwan"},                    // 台湾居民来往大陆通行证
	{Code: "hmt_residence"},             // 港澳台居民居住证: GB 11643 with 81, 82, 83
	{Code: "foreign_residence"},         // 外国人永久居留身份证
	{Code: "uscc", Org: true},           // 统一社会信用代码, GB 32100
}

// CheckIDNumber tells what is wrong with an identity number of a type of IDTypes: a
// key of the catalogues, or "" if nothing is. Of a resident's number it checks
// length, province, date and check digit; counties that were renumbered or abolished
// are never refused.
func CheckIDNumber(idType, number string) string {
	switch idType {
	case "resident":
		return checkResident(number, mainlandProvinces)
	case "hmt_residence":
		return checkResident(number, []string{"81", "82", "83"})
	case "resident_old":
		return checkOldResident(number)
	case "uscc":
		return checkCreditCode(number)
	case "passport", "hk_macao", "taiwan", "foreign_residence":
		if n := len(number); n < 5 || n > 20 || !plainNumber(number) {
			return "problem.id_form"
		}
		return ""
	}
	return "problem.id_type"
}

var mainlandProvinces = strings.Fields(`11 12 13 14 15 21 22 23 31 32 33 34 35 36 37
	41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83`)

var residentWeights = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

// checkResident checks the 18 digits of GB 11643-1999.
func checkResident(number string, provinces []string) string {
	if len(number) != 18 || !digits(number[:17]) {
		return "problem.id_length"
	}
	if !slices.Contains(provinces, number[:2]) {
		return "problem.id_province"
	}
	if !birthday(number[6:14]) {
		return "problem.id_date"
	}
	if number[17] != residentCheck(number[:17]) && (number[17] != 'x' || residentCheck(number[:17]) != 'X') {
		return "problem.id_checksum"
	}
	return ""
}

// residentCheck is the 18th character for 17 digits (ISO 7064 MOD 11-2).
func residentCheck(first string) byte {
	sum := 0
	for i, w := range residentWeights {
		sum += w * int(first[i]-'0')
	}
	return "10X98765432"[sum%11]
}

// checkOldResident checks the 15 digits in use before 1999: no check digit, years of
// the 20th century.
func checkOldResident(number string) string {
	switch {
	case len(number) != 15 || !digits(number):
		return "problem.id_length"
	case !slices.Contains(mainlandProvinces, number[:2]):
		return "problem.id_province"
	case !birthday("19" + number[6:12]):
		return "problem.id_date"
	}
	return ""
}

// Ages of the Civil Code, Art. 17, and of the personal information protection law,
// Art. 31: below the second only a guardian may give somebody's data away.
const (
	Majority     = 18
	GuardianOnly = 14
)

// AgeAt tells how old the holder of a resident's number (GB 11643) is on a day, in full
// years; ok is false where the number does not tell.
func AgeAt(idType, number string, at time.Time) (years int, ok bool) {
	if idType != "resident" && idType != "hmt_residence" || CheckIDNumber(idType, number) != "" {
		return 0, false
	}
	born, err := time.ParseInLocation("20060102", number[6:14], Shanghai)
	if err != nil {
		return 0, false
	}
	at = at.In(Shanghai)
	years = at.Year() - born.Year()
	if at.Month() < born.Month() || at.Month() == born.Month() && at.Day() < born.Day() {
		years--
	}
	return years, true
}

func birthday(day string) bool {
	t, err := time.Parse("20060102", day)
	return err == nil && t.Year() >= 1850
}

const creditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

var creditWeights = [17]int{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28}

// checkCreditCode checks the 18 characters of GB 32100-2015 (check value modulo 31).
func checkCreditCode(number string) string {
	number = strings.ToUpper(number)
	if len(number) != 18 {
		return "problem.id_length"
	}
	sum := 0
	for i, w := range creditWeights {
		v := strings.IndexByte(creditAlphabet, number[i])
		if v < 0 {
			return "problem.id_form"
		}
		sum += v * w
	}
	if number[17] != creditAlphabet[(31-sum%31)%31] {
		return "problem.id_checksum"
	}
	return ""
}

// CheckMobile tells what is wrong with a mainland mobile number: a key, or "".
func CheckMobile(number string) string {
	if len(number) != 11 || !digits(number) || number[0] != '1' || number[1] < '3' {
		return "problem.mobile"
	}
	return ""
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// plainNumber tells whether there are only letters, digits, brackets and hyphens.
func plainNumber(s string) bool {
	return strings.IndexFunc(s, func(c rune) bool {
		return !strings.ContainsRune("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz()-", c)
	}) < 0
}
