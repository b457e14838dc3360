package petition

import "time"

// Shanghai is the zone in which days begin and end. China has had one zone without
// summer time since 1991, so that a fixed offset needs no zone database.
var Shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

const dayForm = "2006-01-02"

// Day is the local day of an instant, "2006-01-02"; "" for the zero time.
func Day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(Shanghai).Format(dayForm)
}

// ParseDay is the first instant of a local day. It fails with an Invalid error for
// anything that is not a real day in the form "2006-01-02".
func ParseDay(day string) (time.Time, error) {
	t, err := time.ParseInLocation(dayForm, day, Shanghai)
	if err != nil {
		return time.Time{}, &Error{Kind: Invalid, Key: "error.bad_day", Args: map[string]string{"day": day}}
	}
	return t, nil
}

// endOfDay is the last microsecond of the instant's local day: what "until that day"
// means, as shown and as enforced.
func endOfDay(t time.Time) time.Time {
	return startOfDay(t).AddDate(0, 0, 1).Add(-time.Microsecond)
}

// startOfDay is midnight before the instant.
func startOfDay(t time.Time) time.Time {
	y, m, d := t.In(Shanghai).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, Shanghai)
}

// EndOfDay is the last microsecond of a day written "2006-01-02"; zero if it is no day.
func EndOfDay(day string) time.Time {
	t, err := ParseDay(day)
	if err != nil {
		return time.Time{}
	}
	return endOfDay(t)
}

// DaysBetween counts the midnights from the first day to the second.
func DaysBetween(from, to time.Time) int {
	return int(startOfDay(to).Sub(startOfDay(from)).Hours() / 24)
}
