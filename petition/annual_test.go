package petition_test

import (
	"strings"
	"testing"
	"time"

	. "huiyin/petition"
)

func annualTexts() map[string]string {
	texts := make(map[string]string)
	for _, name := range AnnualSections {
		texts[name] = "words"
	}
	return texts
}

// A report goes from draft to filed, back with reasons and on again, until it is accepted;
// nothing else, and nothing that is not whole, is filed, and never before the year is over.
func TestScenario8_3_TheLifeOfAnAnnualReport(t *testing.T) {
	at := time.Date(2027, 1, 20, 4, 0, 0, 0, time.UTC)
	may := map[AnnualStatus]string{AnnualNone: "draft filed", AnnualDraft: "draft filed", AnnualFiled: "returned accepted",
		AnnualReturned: "draft filed", AnnualAccepted: ""}
	for _, from := range AnnualStatuses {
		for _, to := range AnnualStatuses {
			a := Annual{Year: 2026, Due: "2027-01-31"}
			if from != AnnualNone {
				a.Steps = []AnnualStep{{Status: from}}
			}
			err := CheckAnnualStep(a, AnnualStep{Status: to, Texts: annualTexts(), Text: "why"}, at)
			if want := strings.Contains(" "+may[from]+" ", " "+string(to)+" "); want != (err == nil) || !want && !Is(err, Conflict) {
				t.Errorf("%s to %s: %v", from, to, err)
			}
			if a.Late("2027-02-01") != from.Owes() || a.Late("2027-01-31") {
				t.Errorf("%s is late on the wrong day", from)
			}
		}
	}
	a := Annual{Year: 2026, Due: "2027-01-31"}
	if err := CheckAnnualStep(a, AnnualStep{Status: AnnualFiled, Texts: annualTexts()}, at.AddDate(0, -1, 0)); !Is(err, Invalid) {
		t.Errorf("before the year is over: %v", err)
	}
	for _, name := range AnnualSections {
		texts := annualTexts()
		texts[name] = " "
		if err := CheckAnnualStep(a, AnnualStep{Status: AnnualFiled, Texts: texts}, at); !Is(err, Invalid) {
			t.Errorf("without %s: %v", name, err)
		}
		if err := CheckAnnualStep(a, AnnualStep{Status: AnnualDraft, Texts: texts}, at); err != nil {
			t.Errorf("a draft without %s: %v", name, err)
		}
	}
	a.Steps = []AnnualStep{{Status: AnnualFiled, At: at.AddDate(0, 0, 12)}}
	if !a.FiledLate() || (Annual{Due: "2027-02-01", Steps: a.Steps}).FiledLate() {
		t.Error("filed late is not told from filed in time")
	}
	if err := CheckAnnualStep(a, AnnualStep{Status: AnnualReturned}, at); !Is(err, Invalid) {
		t.Errorf("returned without a reason: %v", err)
	}
}

func TestTheDayOfAnnualReportsIsChosen(t *testing.T) {
	for _, day := range []string{AnnualDue, "01-05", "06-30", "02-28"} {
		if err := CheckAnnualDue(day); err != nil {
			t.Errorf("%s: %v", day, err)
		}
	}
	for _, day := range []string{"", "01-04", "07-01", "02-29", "1-31", "x", "2027-01-31"} {
		if err := CheckAnnualDue(day); !Is(err, Invalid) {
			t.Errorf("%q: %v", day, err)
		}
	}
	if day := DueOfAnnual(2026, AnnualDue); day != "2027-01-31" {
		t.Error(day)
	}
}
