package demo

import (
	"time"

	"huiyin/petition"
)

// DeskVisit is a line of a reception desk's register.
type DeskVisit struct {
	Unit  petition.UnitID
	Day   string
	Entry petition.VisitEntry
}

// DeskLetter is a letter on paper with its scans.
type DeskLetter struct {
	Unit  petition.UnitID
	Act   petition.Act
	Scans []string // names; see DeskScan
}

var deskData = load[struct {
	Visit []struct {
		Unit, Arrived, Left, Room string
		Role                      petition.Role // who receives them
		People, Ago               int           // days
	}
	Letter []struct {
		Unit, Purpose, Topic, Title, Facts, Number, From string
		Ago, Post                                        int // days since it came, and since the postmark
		Scans                                            []string
	}
}]("data/desk.toml")

// DeskVisits are the registers as they stand at an instant: nobody has come who is yet to
// come.
func DeskVisits(now time.Time) []DeskVisit {
	var all []DeskVisit
	for _, v := range deskData.Visit {
		day := petition.Day(now.AddDate(0, 0, -v.Ago))
		e := petition.VisitEntry{Step: petition.VisitArrive, People: v.People, Arrived: v.Arrived, Left: v.Left, Room: v.Room,
			Officer: receiver(petition.UnitID(v.Unit), v.Role)}
		if petition.CheckVisit(nil, day, e, now) == nil {
			all = append(all, DeskVisit{petition.UnitID(v.Unit), day, e})
		}
	}
	return all
}

func receiver(unit petition.UnitID, role petition.Role) petition.ID {
	for _, a := range staff {
		if a.Unit == unit && (petition.Actor{Roles: a.Roles}).Is(role) {
			return a.ID
		}
	}
	return petition.ID{}
}

// DeskLetters are letters that came some days ago.
func DeskLetters(now time.Time) []DeskLetter {
	var all []DeskLetter
	for _, l := range deskData.Letter {
		f := petition.Filing{Purpose: petition.Purpose(l.Purpose), Topic: petition.Topic(l.Topic), Unit: petition.UnitID(l.Unit),
			Title: l.Title, Facts: l.Facts, Anonymous: true, Channel: petition.ByLetter,
			Postmark: petition.Day(now.AddDate(0, 0, -l.Post)), Cover: petition.Cover{Number: l.Number, From: l.From}}
		all = append(all, DeskLetter{f.Unit, petition.Act{Action: petition.Register, Filing: &f, Topic: f.Topic, Channel: f.Channel,
			Arrival: petition.Direct, Unit: f.Unit, At: now.AddDate(0, 0, -l.Ago)}, l.Scans})
	}
	return all
}

// DeskScan is a scan's content.
func DeskScan(name string) ([]byte, error) { return files.ReadFile("data/scans/" + name) }
