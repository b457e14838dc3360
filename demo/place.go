package demo

import (
	"math/rand/v2"
	"strings"

	"huiyin/petition"
)

// place is where a matter happened: a county with one of its towns and villages.
type place struct {
	unit, city                       petition.Unit // the county's department and the city's above it
	county, other                    string        // names of areas
	town, village, second, community string
}

// pickPlace picks a county, busier ones more often, and somewhere in it.
func (s *Stories) pickPlace(rng *rand.Rand) place {
	return s.placeIn(unitEntries[s.counties[rng.IntN(len(s.counties))]], rng)
}

// onlinePlace is a place whose department takes online filings, or the one above it
// where that will do.
func (s *Stories) onlinePlace(rng *rand.Rand, own bool) place {
	for {
		p := s.pickPlace(rng)
		if open(p.unit) || open(p.city) && !own {
			return p
		}
	}
}

func (s *Stories) placeIn(e unitEntry, rng *rand.Rand) place {
	p := place{unit: s.unit(petition.UnitID(e.ID)), city: s.unit(petition.UnitID(e.Parent)), county: e.Area}
	p.town, p.community = pick(rng, e.Towns), pick(rng, e.Communities)
	v := rng.IntN(len(e.Villages))
	p.village, p.second = e.Villages[v], e.Villages[(v+1)%len(e.Villages)]
	for _, other := range s.rules.Units.Children(p.city.ID) {
		if other.ID != p.unit.ID {
			p.other = other.Area
			break
		}
	}
	return p
}

// weights of the counties in the order of the units file: towns write more.
var countyWeights = []int{8, 6, 4, 6, 4, 2}

// countyDeck lists each county's entry as often as its weight says.
func countyDeck() []int {
	var deck []int
	n := 0
	for i, e := range unitEntries {
		if petition.Level(e.Level) != petition.County {
			continue
		}
		for range countyWeights[n%len(countyWeights)] {
			deck = append(deck, i)
		}
		n++
	}
	return deck
}

// fill sets the places of texts that follow from where it happened.
func (p place) fill(s *scene, province petition.Unit) {
	s.set("province", province.Short, "county", p.county, "city", p.city.Area, "othercounty", p.other, "town", p.town, "townparty", p.town+townParty(p.town),
		"village", p.village, "village2", p.second, "community", p.community)
}

// open tells whether the unit takes online filings.
func open(u petition.Unit) bool { return u.Pilot && !u.Gone() }

// plainName is a unit's name without the Party's in front, as letters call it.
func plainName(u petition.Unit) string { return strings.TrimPrefix(u.Name, words.Dates.Party) }

// townParty is what the Party's committee of a town or a street is called.
func townParty(town string) string {
	if strings.HasSuffix(town, words.Dates.Street) {
		return words.Dates.StreetParty
	}
	return words.Dates.TownParty
}
