package petition

import (
	"fmt"
	"strconv"
	"strings"
)

// CaseNumber is the number given at registration: "XF", the unit's six digits, the
// day as yyyymmdd, the day's sequence (four digits; more only where a unit registers
// ten thousand in a day) and a check digit by ISO/IEC 7064 MOD 11,10, which finds
// every single wrong digit and nearly all swapped neighbours.
func CaseNumber(unit UnitID, day string, seq int) string {
	t, err := ParseDay(day)
	if err == nil {
		day = t.Format("20060102")
	}
	body := fmt.Sprintf("%s%s%04d", unit, day, seq)
	return "XF" + body + string(checkDigit(body))
}

// ParseCaseNumber takes a case number apart. It fails with an Invalid error for
// anything that CaseNumber did not make.
//
// A part of a divided petition has the number of the whole with "-1", "-2" … after it.
func ParseCaseNumber(number string) (unit UnitID, day string, seq int, err error) {
	whole, part, divided := strings.Cut(number, "-")
	if n, err := strconv.Atoi(part); divided && (err != nil || n < 1 || strconv.Itoa(n) != part) {
		return "", "", 0, &Error{Kind: Invalid, Key: "error.bad_case_number"}
	}
	number = whole
	bad := &Error{Kind: Invalid, Key: "error.bad_case_number"}
	const shortest, longest = len("XF") + 6 + 8 + 4 + 1, len("XF") + 6 + 8 + 8 + 1
	if len(number) < shortest || len(number) > longest || number[:2] != "XF" || !digits(number[2:]) {
		return "", "", 0, bad
	}
	body, check := number[2:len(number)-1], number[len(number)-1]
	if checkDigit(body) != check {
		return "", "", 0, bad
	}
	day = body[6:10] + "-" + body[10:12] + "-" + body[12:14]
	if _, err := ParseDay(day); err != nil {
		return "", "", 0, bad
	}
	seq, err = strconv.Atoi(body[14:])
	if err != nil || CaseNumber(UnitID(body[:6]), day, seq) != number {
		return "", "", 0, bad
	}
	return UnitID(body[:6]), day, seq, nil
}

// checkDigit is the hybrid check digit MOD 11,10 of a string of digits.
func checkDigit(body string) byte {
	p := 10
	for i := range len(body) {
		s := (p + int(body[i]-'0')) % 10
		if s == 0 {
			s = 10
		}
		p = s * 2 % 11
	}
	return byte('0' + (11-p)%10)
}
