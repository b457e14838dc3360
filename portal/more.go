package portal

import (
	"slices"
	"strconv"

	"huiyin/petition"
	"huiyin/web"
)

// maxReported is how many persons complained of a form names; more stand in the facts.
const maxReported = 3

// moreStep asks what staff would otherwise have to ask back: place and time, the unit
// concerned, whether it was raised before, whether a court has it; of reports, who is
// complained of.
var moreStep = &step{
	name: "more", number: 3, fields: moreFields(),
	asked: func(d *draft) bool { return d.track() == petition.Claim || d.track() == petition.Report },
	check: checkMore, view: viewMore,
}

func moreFields() []string {
	fields := []string{"place", "when", "about", "reasons", "earlier", "earlier_number", "court", "court_note"}
	for i := 1; i <= maxReported; i++ {
		n := strconv.Itoa(i)
		fields = append(fields, "r"+n+"_name", "r"+n+"_unit", "r"+n+"_post")
	}
	return fields
}

// morePart is what the page shows besides the form.
type morePart struct {
	Report   bool
	Reported []string // prefixes of the fields, one per person
	Open     bool     // more than one is named: the others are shown
	Earlier  []web.Option
	Court    []web.Option
}

var earlierAnswers = []string{"none", "open", "answered"}

func viewMore(v *visit) any {
	part := morePart{Report: v.draft.track() == petition.Report}
	for i := 1; i <= maxReported; i++ {
		part.Reported = append(part.Reported, "r"+strconv.Itoa(i))
	}
	part.Open = len(reported(v.form.Values)) > 1
	for _, e := range earlierAnswers {
		part.Earlier = append(part.Earlier, web.Option{Value: e, Label: v.say("file.more.earlier." + e)})
	}
	for _, e := range []string{"no", "yes"} {
		part.Court = append(part.Court, web.Option{Value: e, Label: v.say("file.more.court." + e)})
	}
	return part
}

// checkMore demands little: a report must say of whom. Whether it was raised before or
// lies in court never refuses anything (domain §4.1).
func checkMore(v *visit) {
	for _, f := range []string{"place", "when", "earlier_number", "court_note"} {
		v.tooLong(f, maxLine)
	}
	v.tooLong("about", maxAbout)
	v.tooLong("reasons", maxReasons)
	if e := v.form.Get("earlier"); e != "" && !slices.Contains(earlierAnswers, e) {
		v.form.Refuse("earlier", "problem.choice")
	}
	if v.draft.track() != petition.Report {
		return
	}
	for _, f := range moreFields()[8:] {
		v.tooLong(f, maxLine)
	}
	if len(reported(v.form.Values)) == 0 {
		v.form.Refuse("r1_name", "wrong.reported")
	}
}

// reported are the persons complained of, as typed.
func reported(answers map[string][]string) []petition.Reported {
	get := web.NewForm("", answers).Get
	var all []petition.Reported
	for i := 1; i <= maxReported; i++ {
		n := "r" + strconv.Itoa(i)
		r := petition.Reported{Name: get(n + "_name"), Unit: get(n + "_unit"), Post: get(n + "_post")}
		if r != (petition.Reported{}) {
			all = append(all, r)
		}
	}
	return all
}
