package portal

import (
	"strconv"

	"huiyin/petition"
)

// Lengths of what is typed, in characters (domain §4.1).
const (
	maxTitle   = 50
	minFacts   = 10
	maxFacts   = 5000
	maxRequest = 1000
	maxReasons = 2000
	maxLine    = 100
	maxAbout   = 200
)

// contentStep asks what happened and what is wished: facts and request, as Art. 17 of
// the 2022 regulation wants them.
var contentStep = &step{
	name: "content", number: 3, fields: []string{"title", "facts", "request"},
	check: checkContent,
}

func checkContent(v *visit) {
	if v.form.Get("title") == "" {
		v.form.Refuse("title", "wrong.title")
	} else {
		v.tooLong("title", maxTitle)
	}
	facts := len([]rune(v.form.Get("facts")))
	switch {
	case facts == 0:
		v.form.Refuse("facts", "wrong.facts")
	case facts < minFacts:
		v.form.Refuse("facts", "wrong.facts_short", "least", strconv.Itoa(minFacts))
	default:
		v.tooLong("facts", maxFacts)
	}
	if v.form.Get("request") == "" && v.draft.track() == petition.Claim {
		v.form.Refuse("request", "wrong.request")
	} else {
		v.tooLong("request", maxRequest)
	}
}
