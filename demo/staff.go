package demo

import (
	"crypto/sha256"
	"slices"
	"strings"
	"time"

	"huiyin/petition"
)

// Password opens every demonstration account. It is printed when the program starts
// with --demo and works nowhere else.
const Password = "huiyin-demo"

// Account is a demonstration member of staff.
type Account struct {
	ID     petition.ID
	Login  string
	Name   string
	Unit   petition.UnitID
	Office string // code of the inner office, as in petition.Offices; "" for administrators
	Roles  []petition.Role
}

// Actor is the account as one who acts.
func (a Account) Actor() petition.Actor {
	return petition.Actor{Kind: petition.ByStaff, Staff: a.ID, Name: a.Name, Unit: a.Unit, Roles: a.Roles}
}

// Is tells whether the account holds one of the roles.
func (a Account) Is(any ...petition.Role) bool { return a.Actor().Is(any...) }

var staff = loadStaff()

// Staff lists every account: every role at each level, several roles in one hand
// where a county has few people, and the three administrators, who are three people.
func Staff() []Account { return slices.Clone(staff) }

func loadStaff() []Account {
	type desk struct {
		Unit, Prefix string
		People       [][]string // login, name, office, roles
	}
	var all []Account
	for _, d := range load[struct{ Staff []desk }]("data/staff.toml").Staff {
		for _, p := range d.People {
			a := Account{Login: d.Prefix + "." + p[0], Name: p[1], Unit: petition.UnitID(d.Unit), Office: p[2]}
			for _, role := range strings.Split(p[3], ",") {
				a.Roles = append(a.Roles, petition.Role(role))
			}
			a.ID = staffID(a.Login)
			all = append(all, a)
		}
	}
	return all
}

// staffID is the same at every start: the instant is the opening of the pilot, the
// rest comes from the login.
func staffID(login string) petition.ID {
	sum := sha256.Sum256([]byte(login))
	opening := time.Date(2024, 3, 1, 0, 0, 0, 0, petition.Shanghai)
	id, err := petition.MakeID(opening, strings.NewReader(string(sum[:])))
	if err != nil {
		panic(err) // 32 bytes are enough for an id
	}
	return id
}
