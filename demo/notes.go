package demo

import (
	"time"

	"huiyin/petition"
)

// Notes are what the invented units have written down besides their cases.
type Notes struct {
	Rules     []petition.LocalRule
	Disputes  []Noted
	Incidents []petition.Incident
}

// Noted is an early sign of a dispute, and how it was closed; "" while it is open.
type Noted struct {
	Unit   petition.UnitID
	Entry  petition.DisputeEntry
	Closed string
}

var noteData = load[struct {
	Rule []struct{ Unit, Title, Number, From, Text string }

	Dispute []struct {
		Unit, Kind, Place, Asked, Measures, Closed string
		People, Next                               int // days from now: may lie in the past
	}
	Incident []struct {
		Unit, Kind, Hour, Place, Measures string
		People, Ago                       int // days
	}
}]("data/notes.toml")

// NotesAt are the notes as they stand at an instant.
func NotesAt(now time.Time) Notes {
	var all Notes
	for _, r := range noteData.Rule {
		all.Rules = append(all.Rules, petition.LocalRule{Unit: petition.UnitID(r.Unit), Title: r.Title, Number: r.Number, From: r.From, Text: r.Text})
	}
	for _, d := range noteData.Dispute {
		all.Disputes = append(all.Disputes, Noted{petition.UnitID(d.Unit), petition.DisputeEntry{Step: petition.DisputeAdd,
			Kind: petition.DisputeKind(d.Kind), Place: d.Place, People: d.People, Asked: d.Asked, Measures: d.Measures,
			Next: petition.Day(now.AddDate(0, 0, d.Next))}, d.Closed})
	}
	for _, i := range noteData.Incident {
		all.Incidents = append(all.Incidents, petition.Incident{Unit: petition.UnitID(i.Unit), Kind: petition.Behaviour(i.Kind),
			Day: petition.Day(now.AddDate(0, 0, -i.Ago)), Hour: i.Hour, Place: i.Place, People: i.People, Measures: i.Measures})
	}
	return all
}
