package demo

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"huiyin/petition"
)

// names are put together at random; the era decides which given names were usual.
var names = load[struct {
	Surnames []string
	Era      []struct {
		Until        int // born in this year or earlier
		Male, Female []string
	}
}]("data/names.toml")

// noPlace begins every identity number of the demonstration: the province part is a
// valid one, because forms check it, but 9999 was never assigned to a city and county
// by GB/T 2260, so that no living person can hold such a number.
const noPlace = "119999"

// noMobile begins every mobile number of the demonstration.
const noMobile = "1900000"

// born is a person with what is needed to make the petition fit.
type born struct {
	petition.Person
	Surname string
	Age     int // in full years on the day of filing
	Female  bool
}

// makePerson makes somebody of an age between the two on that day. Sex is "f", "m"
// or "" for either.
func makePerson(rng *rand.Rand, age [2]int, sex string, at time.Time) born {
	p := born{Female: sex == "f" || sex == "" && rng.IntN(2) == 0}
	years := age[0] + rng.IntN(max(age[1]-age[0], 0)+1)
	birth := at.In(petition.Shanghai).AddDate(-years, 0, -rng.IntN(360)-2)
	p.Age = years
	p.Surname = pick(rng, names.Surnames)
	p.Name = p.Surname + givenName(rng, birth.Year(), p.Female)
	p.IDType, p.IDNumber = "resident", idNumber(birth, rng.IntN(500)*2, p.Female)
	p.Mobile = noMobile + fmt.Sprintf("%04d", rng.IntN(10000))
	return p
}

func givenName(rng *rand.Rand, year int, female bool) string {
	for _, era := range names.Era {
		if year <= era.Until {
			if female {
				return pick(rng, era.Female)
			}
			return pick(rng, era.Male)
		}
	}
	return ""
}

// idNumber is an 18-digit number by GB 11643 with a right check digit: place, birth,
// sequence (odd for men, even for women), check.
func idNumber(birth time.Time, even int, female bool) string {
	seq := even
	if !female {
		seq++
	}
	first := noPlace + birth.Format("20060102") + fmt.Sprintf("%03d", seq)
	weights := [...]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += w * int(first[i]-'0')
	}
	return first + string("10X98765432"[sum%11])
}

// live gives the person an address in the area.
func (p *born) live(rng *rand.Rand, in place) {
	p.Region = in.unit.Region
	p.Address = in.county + in.town + in.village + strconv.Itoa(1+rng.IntN(180)) + words.Dates.House
	if p.Age < 45 && rng.IntN(2) == 0 {
		p.Address = in.county + in.community + strconv.Itoa(1+rng.IntN(24)) + words.Dates.Block +
			strconv.Itoa(101+100*rng.IntN(6)+rng.IntN(4)) + words.Dates.Flat
	}
}
