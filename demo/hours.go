package demo

import (
	"math/rand/v2"
	"time"

	"huiyin/petition"
)

// desk knows when an office is open: working days of the calendar, 8:30 to 11:30 and
// 14:00 to 17:30.
type desk struct {
	days *petition.Calendar
	open map[int64]bool // by day, as asked before
}

const (
	morningFrom, morningTo     = 8*60 + 30, 11*60 + 30
	afternoonFrom, afternoonTo = 14 * 60, 17*60 + 30
)

// next is the first instant not before t at which somebody is at the desk; somebody
// who finds it closed is served at a random minute after it opens.
func (d *desk) next(rng *rand.Rand, t time.Time) time.Time {
	t = t.In(petition.Shanghai)
	for {
		minute := t.Hour()*60 + t.Minute()
		midnight := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, petition.Shanghai)
		switch {
		case !d.works(midnight) || minute >= afternoonTo:
			t = midnight.AddDate(0, 0, 1)
		case minute < morningFrom:
			return at(rng, midnight, morningFrom, morningTo)
		case minute >= morningTo && minute < afternoonFrom:
			return at(rng, midnight, afternoonFrom, afternoonTo)
		default:
			return t
		}
	}
}

func (d *desk) works(midnight time.Time) bool {
	day := midnight.Unix()
	open, known := d.open[day]
	if !known {
		open, _ = d.days.Working(petition.Day(midnight))
		d.open[day] = open
	}
	return open
}

// at is a random instant of the day between two minutes.
func at(rng *rand.Rand, midnight time.Time, from, to int) time.Time {
	return midnight.Add(time.Duration(from)*time.Minute + time.Duration(rng.IntN((to-from)*60))*time.Second)
}

// awake moves an instant to a time of day at which people write petitions.
func awake(rng *rand.Rand, t time.Time) time.Time {
	t = t.In(petition.Shanghai)
	midnight := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, petition.Shanghai)
	return at(rng, midnight, 6*60+30, 22*60+30)
}

// back is as many days before t as lie between two instants of ordinary weeks, five
// days of seven worked: holidays make it longer.
func (d *desk) back(t time.Time, days float64) time.Time {
	t = t.In(petition.Shanghai)
	midnight := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, petition.Shanghai)
	for worked := days * 5 / 7; worked > 0; {
		midnight = midnight.AddDate(0, 0, -1)
		if d.works(midnight) {
			worked--
		}
	}
	return midnight
}
