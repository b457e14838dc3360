package portal

import (
	"slices"

	"huiyin/petition"
	"huiyin/web"
)

// guardianStep asks a guardian (监护人) about the minor for whom he files: the page
// before asked for the guardian himself, who is the one to be reached.
var guardianStep = &step{
	name: "guardian", number: 4, fields: []string{"name", "id_type", "id_number", "relation", "other"},
	asked: func(d *draft) bool { return !d.anonymous() && d.answer("you", "as") == "guardian" },
	check: checkGuardian, view: viewGuardian,
}

// relations of a guardian to the minor (Civil Code, Art. 27).
var relations = []string{"mother", "father", "grandparent", "sibling", "other"}

// relationSaid is how the petition, which the office reads, says each in Chinese,
// whatever the writer's language.
var relationSaid = map[string]string{"mother": "母亲", "father": "父亲", "grandparent": "祖父母、外祖父母", "sibling": "成年兄姐"}

// guardianPart is what the page shows besides the form.
type guardianPart struct {
	IDTypes   []web.Option
	Relations []web.Option
}

func viewGuardian(v *visit) any {
	part := guardianPart{IDTypes: v.idTypes()}
	for _, r := range relations {
		part.Relations = append(part.Relations, web.Option{Value: r, Label: v.say("file.guardian.relation." + r)})
	}
	return part
}

func checkGuardian(v *visit) {
	v.name("name")
	v.identity("id_type", "id_number")
	if !slices.Contains(relations, v.form.Get("relation")) {
		v.form.Refuse("relation", "wrong.guardian_relation")
	}
	if v.form.Get("relation") == "other" && v.form.Get("other") == "" {
		v.form.Refuse("other", "wrong.guardian_other")
	}
	v.tooLong("other", maxLine)
}

// composeMinor makes the minor the petitioner, to be reached through the guardian.
func (d *draft) composeMinor(f *petition.Filing) {
	get := web.NewForm("", d.Answers["guardian"]).Get
	guardian := f.Person
	minor := personOf(get, "")
	minor.Mobile, minor.Region, minor.Address = guardian.Mobile, guardian.Region, guardian.Address
	relation := relationSaid[get("relation")]
	if relation == "" {
		relation = get("other")
	}
	f.Person, f.Agent, f.Guardian = minor, &guardian, true
	f.AgentRelation = "监护人：" + relation
}
