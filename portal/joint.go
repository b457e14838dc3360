package portal

import (
	"strconv"

	"huiyin/petition"
	"huiyin/web"
)

// moreRepresentatives beside the person who writes: five in all (Art. 20 of the 2022
// regulation).
const moreRepresentatives = 4

// jointStep asks how many sign together and who else represents them.
var jointStep = &step{
	name: "joint", number: 4, fields: jointFields(),
	asked: func(d *draft) bool { return !d.anonymous() && d.answer("you", "as") == "joint" },
	check: checkJoint, view: viewJoint,
}

func jointFields() []string {
	fields := []string{"count"}
	for i := 1; i <= moreRepresentatives; i++ {
		n := "p" + strconv.Itoa(i)
		fields = append(fields, n+"_name", n+"_mobile")
	}
	return fields
}

// jointPart lists the prefixes of the representatives' fields.
type jointPart struct{ Persons []string }

func viewJoint(*visit) any {
	var part jointPart
	for i := 1; i <= moreRepresentatives; i++ {
		part.Persons = append(part.Persons, "p"+strconv.Itoa(i))
	}
	return part
}

func checkJoint(v *visit) {
	n, err := strconv.Atoi(plain(v.form.Get("count")))
	if err != nil || n < 2 || n > 100_000 {
		v.form.Refuse("count", "wrong.count")
	}
	for i := 1; i <= moreRepresentatives; i++ {
		field := "p" + strconv.Itoa(i)
		if v.form.Get(field+"_name") == "" && v.form.Get(field+"_mobile") == "" {
			continue
		}
		v.name(field + "_name")
		v.mobile(field + "_mobile")
	}
}

// representatives are those who speak for the others, the person who writes first.
func representatives(first petition.Person, answers map[string][]string) []petition.Person {
	get := web.NewForm("", answers).Get
	all := []petition.Person{first}
	for i := 1; i <= moreRepresentatives; i++ {
		if r := personOf(get, "p"+strconv.Itoa(i)+"_"); r != (petition.Person{}) {
			all = append(all, r)
		}
	}
	return all
}
