package demo

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"huiyin/petition"
)

var today = time.Date(2026, 11, 22, 10, 0, 0, 0, petition.Shanghai)

func TestPeopleHaveNumbersThatNobodyHas(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		p := makePerson(rng, [2]int{20, 90}, "", today)
		if problem := petition.CheckIDNumber(p.IDType, p.IDNumber); problem != "" {
			t.Fatalf("%s: %s", p.IDNumber, problem)
		}
		if problem := petition.CheckMobile(p.Mobile); problem != "" {
			t.Fatalf("%s: %s", p.Mobile, problem)
		}
		if !strings.HasPrefix(p.IDNumber, noPlace) || !strings.HasPrefix(p.Mobile, noMobile) {
			t.Fatalf("%s, %s could be somebody's", p.IDNumber, p.Mobile)
		}
		birth, err := time.ParseInLocation("20060102", p.IDNumber[6:14], petition.Shanghai)
		if err != nil {
			t.Fatal(err)
		}
		if birth.AddDate(p.Age, 0, 0).After(today) || !birth.AddDate(p.Age+1, 0, 0).After(today) {
			t.Fatalf("born %s, said to be %d", birth, p.Age)
		}
		if woman := (p.IDNumber[16]-'0')%2 == 0; woman != p.Female {
			t.Fatalf("%s does not fit", p.IDNumber)
		}
		if p.Name == p.Surname {
			t.Fatal("a person without a given name")
		}
	}
}

func TestAWidowIsAWoman(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 50 {
		if p := makePerson(rng, [2]int{70, 80}, "f", today); !p.Female {
			t.Fatal("sex was not kept")
		}
	}
}

func TestOfficeHours(t *testing.T) {
	d := desk{days: petition.DefaultCalendar(), open: map[int64]bool{}}
	rng := rand.New(rand.NewPCG(5, 6))
	for _, c := range []struct{ from, day, earliest, latest string }{
		{"2026-11-20 10:00", "2026-11-20", "10:00", "10:00"}, // at the desk
		{"2026-11-20 12:10", "2026-11-20", "14:00", "17:30"}, // at lunch
		{"2026-11-20 18:00", "2026-11-23", "08:30", "11:30"}, // Friday evening
		{"2026-11-22 09:00", "2026-11-23", "08:30", "11:30"}, // Sunday
		{"2026-10-03 09:00", "2026-10-08", "08:30", "11:30"}, // the holidays of October
		{"2026-02-14 09:00", "2026-02-14", "09:00", "09:00"}, // a Saturday that is worked
	} {
		from, err := time.ParseInLocation("2006-01-02 15:04", c.from, petition.Shanghai)
		if err != nil {
			t.Fatal(err)
		}
		got := d.next(rng, from)
		clock := got.Format("15:04")
		if petition.Day(got) != c.day || clock < c.earliest || clock > c.latest {
			t.Errorf("after %s somebody is there at %s", c.from, got)
		}
	}
}
