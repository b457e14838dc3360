package demo

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"huiyin/petition"
)

// tale is one case being told: it goes forward in time, step by step, each decided by
// the rules. A step that would lie in the future does not happen, nor does any after.
type tale struct {
	*Stories
	scene     *scene
	m         *matter
	p         place
	c         *petition.Case
	leg       int // where it is being worked on
	at        time.Time
	filing    petition.Filing
	person    born
	addressee string // name on papers; "" for anonymous petitions
	ending    *ending
	linked    *petition.Case         // the same matter, told before this one
	earlier   *tale                  // how that one was told
	extracts  []petition.Part        // the matters of which it says several
	parts     []*tale                // the cases that they became
	inside    []petition.Event       // of a report: what followed in the compartment
	notice    func() *petition.Paper // writes the redirect or refusal that is proposed
	err       error
}

// tell tells the i-th case; a plan may need a second one beside it.
func (s *Stories) tell(i int) ([]Case, error) {
	pl := s.plan(i)
	t := s.begin(i, pl)
	pl.story(t)
	told := []*tale{t}
	if pl.second != nil && t.err == nil {
		other := t.beside(pl)
		pl.second(other)
		told = append(told, other)
	}
	told = append(told, t.parts...)
	cases := make([]Case, 0, len(told))
	for _, x := range told {
		x.catchUp(s.now)
		if x.err != nil {
			return nil, fmt.Errorf("case %d, plan %s, matter %s: %w", i, pl.name, x.m.Key, x.err)
		}
		if x.scene.lost != "" {
			return nil, fmt.Errorf("case %d, matter %s: nothing for {%s}", i, x.m.Key, x.scene.lost)
		}
		if len(x.c.Legs) == 0 {
			return nil, fmt.Errorf("case %d, plan %s: nothing happened", i, pl.name)
		}
		cases = append(cases, x.done())
	}
	if i < len(knownCases) {
		cases[0].Code, cases[0].Known = knownCases[i].code, knownCases[i].known
	}
	return cases, nil
}

// plan is the plan of the i-th case: the cases to be shown around come first, then the
// deck round and round. No plan is left out because another made several cases.
func (s *Stories) plan(i int) *plan {
	if i < len(knownCases) {
		return knownCases[i].plan
	}
	pl := s.deck[s.dealt%len(s.deck)]
	s.dealt++
	return pl
}

// begin sets the scene: the matter, the place, the person, the instant.
func (s *Stories) begin(i int, pl *plan) *tale {
	rng := s.source(i + 1)
	var m *matter
	if i < len(knownCases) {
		m = matterNamed(knownCases[i].matter)
	} else {
		m = s.matters[pl.about].draw()
	}
	filed := s.filed(rng, pl)
	t := &tale{Stories: s, m: m, p: s.pickPlace(rng), at: filed,
		scene: &scene{rng: rng, at: filed, names: make([]string, 0, 64)}}
	switch {
	case i < len(knownCases):
		t.p = s.placeIn(entryOf(knownCases[i].county), rng)
	case pl.online:
		t.p = s.onlinePlace(rng, m.ConcernsHead)
	case pl.county != "":
		t.p = s.placeIn(entryOf(pl.county), rng)
	}
	t.c = t.blank()
	t.write(pl)
	return t
}

// filed is when it begins: so many days ago, at an hour at which people write. Offices
// are slower over holidays, so that what should be under way by now began earlier.
func (s *Stories) filed(rng *rand.Rand, pl *plan) time.Time {
	age := pl.age[0] + rng.Float64()*(pl.age[1]-pl.age[0])
	at := s.now.Add(-time.Duration(age * 24 * float64(time.Hour)))
	if !pl.exact && !pl.online && age < 100 {
		at = s.desk.back(s.now, age)
	}
	at = awake(rng, at)
	if !at.Before(s.now) {
		at = at.AddDate(0, 0, -1)
	}
	return at
}

// blank is a case of which only the id is known.
func (t *tale) blank() *petition.Case {
	id, err := petition.MakeID(t.at, randomBytes{t.scene.rng})
	if err != nil {
		panic(err) // randomBytes never ends
	}
	return &petition.Case{ID: id}
}

// few is how many cases may be told before anything may be said again.
const few = 2000

// write writes what the person says, anew while somebody said the very same before.
func (t *tale) write(pl *plan) {
	rng := t.scene.rng
	for range 24 {
		t.scene.names = t.scene.names[:0]
		t.p.fill(t.scene, t.rules.Units.All()[0])
		t.person = makePerson(rng, t.m.Age, t.m.Sex, t.at)
		t.person.live(rng, t.p)
		t.scene.set("age", strconv.Itoa(t.person.Age), "filed", words.Dates.full(t.at))
		joint := 0
		if t.m.Joint[1] > 0 {
			joint = t.m.Joint[0] + rng.IntN(t.m.Joint[1]-t.m.Joint[0]+1)
			t.scene.set("joint", strconv.Itoa(joint))
		}
		for _, m := range append([]*matter{t.m}, t.m.Parts...) {
			for _, v := range m.vars {
				t.scene.set(v, t.scene.say(pick(rng, m.Vars[v])))
			}
		}
		t.filing = t.makeFiling(joint)
		if t.n > few || !t.told[t.filing.Title] && !t.told[t.filing.Facts] {
			break
		}
	}
	if t.n <= few {
		t.told[t.filing.Title], t.told[t.filing.Facts] = true, true
	}
	t.identify(pl)
	t.scene.set("title", t.filing.Title, "name", t.addressee, "phone", "", "about", t.filing.About)
}

func (t *tale) makeFiling(joint int) petition.Filing {
	s, m := t.scene, t.m
	f := petition.Filing{
		Purpose: petition.Purpose(m.Purpose), Topic: petition.Topic(m.Topic), Area: t.p.unit.Region,
		Title: s.say(pick(s.rng, m.Titles)), Facts: s.say(m.Facts), Request: s.say(m.Request),
		Reasons: s.say(m.Reasons), Place: s.say(m.Place), When: s.say(m.When), About: s.say(m.About),
		Earlier: "none", Court: m.Court, Cosigners: joint, Lang: "zh-CN", Notice: "2026-01",
	}
	t.extracts = nil
	for _, p := range m.Parts {
		x := petition.Part{Purpose: petition.Purpose(p.Purpose), Topic: petition.Topic(p.Topic),
			Title: s.say(pick(s.rng, p.Titles)), Facts: s.say(p.Facts), Request: s.say(p.Request)}
		t.extracts = append(t.extracts, x)
		f.Facts += "\n\n" + x.Facts
	}
	return f
}

// identify says who files: the person, a child as agent, or nobody.
func (t *tale) identify(pl *plan) {
	f, rng := &t.filing, t.scene.rng
	if t.m.Anonymous && rng.IntN(2) == 0 && !pl.named {
		f.Anonymous = true
	} else {
		f.Person = t.person.Person
		t.addressee = f.Person.Name
	}
	if t.m.track() != petition.Claim && rng.IntN(2) == 0 {
		f.Person.IDType, f.Person.IDNumber = "", ""
	}
	if t.m.Agent != "" {
		child := makePerson(rng, [2]int{t.person.Age - 38, t.person.Age - 24}, "", t.at)
		child.Name = t.person.Surname + strings.TrimPrefix(child.Name, child.Surname)
		child.live(rng, t.p)
		f.Agent, f.AgentRelation = &child.Person, pick(rng, words.Relation).literal()
	}
	if f.Cosigners > 0 {
		t.represent()
	}
	if t.m.Court == "" {
		f.Court = "no"
	}
	if post := t.scene.say(t.m.ReportedPost); t.m.track() == petition.Report {
		who := makePerson(rng, [2]int{40, 58}, "", t.at)
		f.Reported = []petition.Reported{{Name: who.Name, Unit: t.scene.say(t.m.ReportedUnit), Post: post}}
		f.ConcernsHead = t.m.ConcernsHead
	}
}

// represent names two who speak for a joint petition.
func (t *tale) represent() {
	other := makePerson(t.scene.rng, t.m.Age, "", t.at)
	other.live(t.scene.rng, t.p)
	t.filing.Representatives = []petition.Person{t.filing.Person, other.Person}
}

// done is the case as it stands. A part is followed with the whole: it has no reading
// key of its own.
func (t *tale) done() Case {
	c := Case{ID: t.c.ID, Events: t.c.Events, Received: t.c.Received, Unit: t.c.Legs[0].Unit,
		Report: t.c.Track == petition.Report, Inside: t.inside}
	if t.c.Parent != nil {
		return c
	}
	_, _ = randomBytes{t.scene.rng}.Read(c.Reading[:])
	return c
}

// do lets the rules decide on an act, and takes up what they say happened. What lies
// in the future does not happen.
func (t *tale) do(by petition.Actor, act petition.Act) {
	if t.err != nil || t.at.After(t.now) {
		return
	}
	if t.catchUp(t.at); t.err != nil {
		return
	}
	facts := petition.Facts{Linked: t.linked, Policies: Policies(), GapOwner: true}
	if !act.Handler.IsZero() {
		facts.HandlerRoles = rolesOf(act.Handler)
	}
	t.record(by, act, facts, t.at)
}

// record decides at an instant, and takes up what happened.
func (t *tale) record(by petition.Actor, act petition.Act, facts petition.Facts, at time.Time) {
	events, err := petition.Decide(t.c, by, act, facts, t.rules, at)
	if err != nil {
		t.err = fmt.Errorf("%s: %w", act.Action, err)
		return
	}
	for i := range events {
		e := &events[i]
		if e.Act.Action.Writes() && e.Act.Letter == "" {
			e.Act.Letter = t.paperNumber(t.unit(e.By.Unit), at)
		}
		if t.err = t.c.Apply(*e); t.err != nil {
			return
		}
	}
}

// over tells that the present is reached, or something is wrong: nothing more happens.
func (t *tale) over() bool { return t.err != nil || t.at.After(t.now) }

// wait lets some days go by until somebody is at the desk.
func (t *tale) wait(least, most float64) {
	t.at = t.desk.next(t.scene.rng, t.at.Add(t.days(least, most)))
	t.scene.at = t.at
}

// later lets some days go by until the petitioner has time.
func (t *tale) later(least, most float64) {
	t.at = awake(t.scene.rng, t.at.Add(t.days(least, most)+12*time.Hour))
	t.scene.at = t.at
}

func (t *tale) days(least, most float64) time.Duration {
	d := least + t.scene.rng.Float64()*(most-least)
	return time.Duration(d * 24 * float64(time.Hour)).Truncate(time.Second)
}

// soon is a few minutes later at the same desk.
func (t *tale) soon() {
	t.at = t.at.Add(time.Duration(3+t.scene.rng.IntN(12)) * time.Minute)
}

// chance is true so many times in a hundred.
func (t *tale) chance(percent int) bool { return t.scene.rng.IntN(100) < percent }

func rolesOf(id petition.ID) []petition.Role {
	for _, a := range staff {
		if a.ID == id {
			return a.Roles
		}
	}
	return nil
}

func itoa(n int) string { return strconv.Itoa(n) }

// literal is the text of a sentence without places.
func (t text) literal() string { return (&scene{}).say(t) }
