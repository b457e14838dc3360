package petition

import (
	"slices"
	"testing"
)

func TestPeriodsAreYearsQuartersAndMonths(t *testing.T) {
	for _, c := range []struct{ p, from, to, before string }{
		{"2026", "2026-01-01", "2026-12-31", "2025"},
		{"2026-Q1", "2026-01-01", "2026-03-31", "2025-Q4"},
		{"2026-Q3", "2026-07-01", "2026-09-30", "2026-Q2"},
		{"2024-02", "2024-02-01", "2024-02-29", "2024-01"},
		{"2026-01", "2026-01-01", "2026-01-31", "2025-12"},
	} {
		from, to, err := Period(c.p).Span()
		if err != nil || from != c.from || to != c.to || string(Period(c.p).Before()) != c.before {
			t.Errorf("%s: %s to %s, before it %s, %v", c.p, from, to, Period(c.p).Before(), err)
		}
	}
	for _, bad := range []Period{"", "26", "2026-Q5", "2026-Q0", "2026-13", "2026-09-01", "x", "2026-Qx"} {
		if _, _, err := bad.Span(); err == nil {
			t.Errorf("%q is taken for a period", bad)
		}
	}
}

func TestAPeriodIsOverOnceItsLastDayIs(t *testing.T) {
	if Period("2026-09").Over(noon(t, "2026-09-30")) || !Period("2026-09").Over(noon(t, "2026-10-01")) {
		t.Error("September does not end with its last day")
	}
}

func TestPagesOfferPeriodsUntilNow(t *testing.T) {
	all := PeriodsUntil(noon(t, "2026-01-31"))
	want := []Period{"2026", "2025", "2026-Q1", "2025-Q4", "2025-Q3", "2025-Q2", "2026-01", "2025-12"}
	if len(all) != 18 || !slices.Equal(all[:8], want) {
		t.Errorf("%v", all)
	}
}
