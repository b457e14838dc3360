package demo

import "huiyin/petition"

// Known says what a case to be shown around shows.
type Known string

const (
	KnownAnswered   Known = "answered"   // a claim, answered and not yet rated
	KnownInProgress Known = "progress"   // a claim being handled, its clock running
	KnownRedirected Known = "redirected" // wages: somebody else is competent
)

// KnownCase is a case whose receipt code is printed when the demonstration starts, so
// that a visitor can follow it.
type KnownCase struct {
	Known Known
	Code  string // as it is typed, in groups of four
}

// KnownCases lists them in the order in which they are told: the first of all cases.
func KnownCases() []KnownCase {
	var all []KnownCase
	for _, k := range knownCases {
		all = append(all, KnownCase{Known: k.known, Code: k.code})
	}
	return all
}

// knownCase is what makes a case the same in every demonstration.
type knownCase struct {
	known  Known
	code   string
	matter string
	county string // code of the unit
	plan   *plan
}

var knownCases = []knownCase{
	{KnownAnswered, "HY01-ANSW-ERED-0000-0000-0000-000H", "c3-transfer-lost", "990102",
		&plan{name: "known: answered", age: [2]float64{42, 43}, named: true, story: knownAnswered}},
	{KnownInProgress, "HY02-PR0G-RESS-0000-0000-0000-000W", "d1-housing-subsidy", "990102",
		&plan{name: "known: in progress", age: [2]float64{30, 31}, named: true, story: knownInProgress}},
	{KnownRedirected, "HY03-WAGE-S000-0000-0000-0000-000B", "z3-wages-site", "990121",
		&plan{name: "known: redirected", age: [2]float64{16, 17}, named: true, story: knownRedirected}},
}

func knownAnswered(t *tale) {
	t.file(t.p.unit)
	t.begun()
	t.work(2, 5)
	t.wait(0.5, 2)
	t.ending = &t.m.Outcome[0]
	t.draft()
	t.wait(0.5, 1)
	t.sign()
	t.wait(0.1, 0.5)
	t.serve()
	t.carryOut(2, 6)
}

func knownInProgress(t *tale) {
	t.file(t.home())
	t.begun()
	t.work(2, 5)
}

func knownRedirected(t *tale) {
	t.file(t.home())
	t.wait(0.2, 1)
	t.redirect()
	t.agreed()
}

// matterNamed finds a matter by its key.
func matterNamed(key string) *matter {
	for _, m := range matters {
		if m.Key == key {
			return m
		}
	}
	return nil
}

// entryOf finds a unit of the data file.
func entryOf(id string) unitEntry {
	for _, e := range unitEntries {
		if petition.UnitID(e.ID) == petition.UnitID(id) {
			return e
		}
	}
	return unitEntry{}
}
