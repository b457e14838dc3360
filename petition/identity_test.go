package petition

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

func TestCheckIDNumber(t *testing.T) {
	for _, tt := range []struct{ idType, number, key string }{
		{"resident", "11010519491231002X", ""},
		{"resident", "11010519491231002x", ""},
		{"resident", "110105194912310021", "problem.id_checksum"},
		{"resident", "11010519491231002", "problem.id_length"},
		{"resident", "1101051949123100２X", "problem.id_length"},
		{"resident", "990105194912310021", "problem.id_province"},
		{"resident", "110105194902300021", "problem.id_date"},
		{"resident", "", "problem.id_length"},
		{"resident", "110105491231002", "problem.id_length"}, // 15 digits only for staff
		{"resident_old", "110105491231002", ""},
		{"resident_old", "110105491331002", "problem.id_date"},
		{"resident_old", "990105491231002", "problem.id_province"},
		{"hmt_residence", "11010519491231002X", "problem.id_province"},
		{"uscc", "91350100M000100Y43", ""},
		{"uscc", "91350100m000100y43", ""},
		{"uscc", "91350100M000100Y44", "problem.id_checksum"},
		{"uscc", "91350100I000100Y43", "problem.id_form"},
		{"uscc", "9135", "problem.id_length"},
		{"passport", "E12345678", ""},
		{"passport", "E1", "problem.id_form"},
		{"passport", "E123;45678", "problem.id_form"},
		{"library card", "1", "problem.id_type"},
	} {
		if got := CheckIDNumber(tt.idType, tt.number); got != tt.key {
			t.Errorf("%s %q: %q, want %q", tt.idType, tt.number, got, tt.key)
		}
	}
}

// A region code that no longer exists, or never did, is not refused; any other wrong
// digit is found.
func TestResidentNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := noonOf("1950-01-01").AddDate(0, 0, rapid.IntRange(0, 27000).Draw(t, "day"))
		body := fmt.Sprintf("53%04d%s%03d", rapid.IntRange(0, 9999).Draw(t, "county"), day.Format("20060102"), rapid.IntRange(0, 999).Draw(t, "seq"))
		number := []byte(body + string(residentCheck(body)))
		if key := CheckIDNumber("resident", string(number)); key != "" {
			t.Fatalf("%s: %s", number, key)
		}
		at := rapid.IntRange(0, 16).Draw(t, "at")
		number[at] = '0' + (number[at]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "by")))%10
		if CheckIDNumber("resident", string(number)) == "" {
			t.Fatalf("%s has a wrong digit at %d", number, at)
		}
	})
}

func TestCheckMobile(t *testing.T) {
	for number, fine := range map[string]bool{"13800000000": true, "19912345678": true, "12345678901": false,
		"1380000000": false, "138000000000": false, "1380000000a": false, "": false, "+8613800000000": false} {
		if (CheckMobile(number) == "") != fine {
			t.Errorf("%q: %q", number, CheckMobile(number))
		}
	}
}

func TestCaseNumbers(t *testing.T) {
	if got := CaseNumber("530102", "2026-03-02", 7); len(got) != 21 || got[:20] != "XF530102202603020007" {
		t.Errorf("%s", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		unit := UnitID(fmt.Sprintf("%06d", rapid.IntRange(0, 999999).Draw(t, "unit")))
		day := Day(noonOf("2024-01-01").AddDate(0, 0, rapid.IntRange(0, 3000).Draw(t, "day")))
		seq := rapid.IntRange(0, 200_000).Draw(t, "seq")
		number := CaseNumber(unit, day, seq)
		gotUnit, gotDay, gotSeq, err := ParseCaseNumber(number)
		if err != nil || gotUnit != unit || gotDay != day || gotSeq != seq {
			t.Fatalf("%s: %s %s %d %v", number, gotUnit, gotDay, gotSeq, err)
		}
		wrong := []byte(number)
		at := rapid.IntRange(2, len(wrong)-1).Draw(t, "at")
		wrong[at] = '0' + (wrong[at]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "by")))%10
		if _, _, _, err := ParseCaseNumber(string(wrong)); err == nil {
			t.Fatalf("%s is taken for %s", wrong, number)
		}
	})
	for _, bad := range []string{"", "XF", "530102202603020007", "XG5301022026030200071", "XF53010220260302000７1", "XF530102202613020007" + "0"} {
		if _, _, _, err := ParseCaseNumber(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}

func TestIDs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var id ID
		copy(id[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "id"))
		b, err := id.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		var again ID
		if err := again.UnmarshalText(b); err != nil || again != id {
			t.Fatalf("%s: %s %v", id, again, err)
		}
	})
	if _, err := ParseID("too short"); err == nil {
		t.Error("a short id is taken")
	}
}
