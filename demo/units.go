package demo

import "huiyin/petition"

// Installation is the name of the installation that hosts all of the units.
const Installation = "demo"

// unitEntry is a unit as the data file writes it, with the places in its area.
type unitEntry struct {
	ID, Parent, Level, Name, Short, Sign, Area string
	Address, Postcode, Phone, Hours, Room      string
	HoursEn                                    string
	Pilot                                      string // first day of the pilot; "" where there is none
	Letters                                    string
	Towns, Villages, Communities               []string
}

var unitEntries = load[struct{ Unit []unitEntry }]("data/units.toml").Unit

// Units lists the units of the invented province: the province, two cities and six
// counties. Two of the three levels and four of the nine units take online filings;
// one county has neither a letters handler nor a reception room.
func Units() []petition.Unit {
	paths := map[string]string{"": "/"}
	list := make([]petition.Unit, 0, len(unitEntries))
	for _, e := range unitEntries {
		paths[e.ID] = paths[e.Parent] + e.ID + "/"
		list = append(list, petition.Unit{
			ID: petition.UnitID(e.ID), Parent: petition.UnitID(e.Parent), Path: paths[e.ID],
			Level: petition.Level(e.Level), Name: e.Name, Short: e.Short, Sign: e.Sign,
			Region: e.ID, Area: e.Area, Pilot: e.Pilot != "", PilotSince: e.Pilot,
			Address: e.Address, Postcode: e.Postcode, Phone: e.Phone, Hours: e.Hours, HoursEn: e.HoursEn,
			Room: e.Room, LettersHandler: e.Letters != "", LettersName: e.Letters, Installation: Installation,
		})
	}
	return list
}

// Rules is what is in force in the demonstration: its units, the national legal
// profiles and the State Council's calendar.
func Rules() petition.Rules {
	return petition.Rules{
		Units: petition.NewUnits(Units()),
		Laws:  petition.DefaultLaws(),
		Days:  petition.DefaultCalendar(),
	}
}
