package portal

import (
	"errors"
	"strconv"
	"strings"

	"huiyin/petition"
	"huiyin/web"
)

// moreRepresentatives beside the person who writes: five in all (Art. 20 of the 2022
// regulation).
const moreRepresentatives = 4

// A count above manyHeads is most often a slip of the finger and is asked again; none
// is above mostHeads.
const (
	manyHeads = 1000
	mostHeads = 100_000
)

// heads reads how many people: digits, full-width ones too, and blanks. A sign is no
// part of it: "-3" is a slip, and not three.
func heads(typed string) (n int, ok bool) {
	if strings.ContainsAny(typed, "-－+＋") {
		return 0, false
	}
	n, err := strconv.Atoi(plain(typed))
	if errors.Is(err, strconv.ErrRange) {
		return mostHeads + 1, true
	}
	return n, err == nil
}

// jointStep asks how many sign together and who else represents them.
var jointStep = &step{
	name: "joint", number: 4, fields: jointFields(),
	asked: func(d *draft) bool { return !d.anonymous() && d.answer("you", "as") == "joint" },
	check: checkJoint, view: viewJoint,
}

func jointFields() []string {
	fields := []string{"count", "really", "asked"}
	for i := 1; i <= moreRepresentatives; i++ {
		n := "p" + strconv.Itoa(i)
		fields = append(fields, n+"_name", n+"_mobile")
	}
	return fields
}

// jointPart lists the prefixes of the representatives' fields.
type jointPart struct {
	Persons []string
	Asked   string // so many that it is asked again: of how many the tick is; "" else
}

func viewJoint(v *visit) any {
	var part jointPart
	if n, _ := heads(v.form.Get("count")); n > manyHeads && n <= mostHeads {
		part.Asked = strconv.Itoa(n)
	}
	if !confirmed(v) { // a tick stands for the number that it was set for, and no other
		v.form.Set("really", "")
	}
	for i := 1; i <= moreRepresentatives; i++ {
		part.Persons = append(part.Persons, "p"+strconv.Itoa(i))
	}
	return part
}

// confirmed tells whether the tick was set for the number that stands there now.
func confirmed(v *visit) bool {
	n, ok := heads(v.form.Get("count"))
	return ok && v.form.Get("really") == "yes" && v.form.Get("asked") == strconv.Itoa(n)
}

func checkJoint(v *visit) {
	switch n, ok := heads(v.form.Get("count")); {
	case !ok || n < 2:
		v.form.Refuse("count", "wrong.count")
	case n > mostHeads:
		v.form.Refuse("count", "wrong.count_most", "most", strconv.Itoa(mostHeads))
	case n > manyHeads && !confirmed(v):
		v.form.Refuse("really", "wrong.count_many", "n", strconv.Itoa(n))
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
