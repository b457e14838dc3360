package petition

import "slices"

// dutyRule is what belongs to one kind of duty.
type dutyRule struct {
	Setters  []Role     // who sets it
	Owners   []Role     // who answers for it at the owner, besides the person it was given to
	Way      dutyWay    // where the owner lies, seen from who sets it
	Forms    []DutyForm // none: there is only one
	Outcomes []string   // how it may end
	Days     int        // proposed until it is answered, in calendar days (ours)
	Unclosed bool       // the owner closes it: what goes up is settled above

	Closers   []Role // who of the setters closes it; nil: all of them
	Recorders []Role // who writes it down where a setter of the unit said it, naming him (said_by)
	OfCase    bool   // it is about a case, and somebody by name answers for it
}

// dutyWay is where an owner lies.
type dutyWay int

const (
	downward dutyWay = iota // own unit or one below it
	upward                  // the unit above
	inside                  // own unit
)

var heads = []Role{OfficeHead, UnitHead, Leader}

// dutyRules is the table of kinds. Days are the project's own defaults; the opinion and
// the regulations name none but K10 (30 days for feedback on advice, 2005 Art. 36).
var dutyRules = map[DutyKind]dutyRule{
	Instruction: {Setters: []Role{Leader}, Owners: heads, Days: 15, Recorders: officeHead,
		Outcomes: []string{"done", "partly", "explained"}},
	Supervision: {Setters: []Role{Supervisor, OfficeHead, Leader}, Owners: heads, Days: 15,
		Forms:    []DutyForm{LetterForm, FieldStudy, Talk, Dispatch, Announcement},
		Outcomes: []string{"rectified", "partly", "unfounded"}},
	Tracking: {Setters: []Role{Supervisor, OfficeHead, Leader}, Owners: heads, Days: 30,
		Outcomes: []string{"done", "partly", "ended"}},
	Important: {Setters: []Role{OfficeHead, Leader, Registrar}, Owners: []Role{OfficeHead, Leader, Supervisor}, Way: upward, Days: 1,
		Outcomes: []string{"on_time", "late", "omitted", "concealed"}, Unclosed: true},
	Flagged: {Setters: []Role{Registrar, OfficeHead, Leader, Supervisor}, Owners: []Role{Registrar, OfficeHead, Leader}, Way: inside, Days: 1,
		Outcomes: []string{"on_time", "late", "omitted", "concealed"}, Closers: []Role{Leader, Supervisor}},
	Information: {Setters: []Role{OfficeHead, Registrar, Leader}, Owners: []Role{OfficeHead, Leader, Supervisor}, Way: upward, Days: 3,
		Outcomes: []string{"used", "noted"}, Unclosed: true},
	Consultation: {Setters: []Role{Leader, UnitHead}, Owners: []Role{OfficeHead}, Way: inside, Days: 10,
		Outcomes: []string{"adopted", "partly", "not_adopted"}},
	Recommendation: {Setters: []Role{OfficeHead, Supervisor, Leader}, Owners: heads, Days: 30,
		Forms:    []DutyForm{AdviseWork, AdvisePolicy, AdviseBlame},
		Outcomes: []string{"adopted", "partly", "not_adopted"}},
	CoHandling: {Setters: []Role{OfficeHead, UnitHead}, Owners: []Role{UnitHead, Handler}, Way: inside, Days: 7,
		Outcomes: []string{"agreed", "differing"}},
	HelpPlan: {Setters: []Role{OfficeHead, Supervisor, Leader}, Owners: heads, Days: 90,
		Outcomes: []string{"improved", "partly", "no_change"}},
	Reward: {Setters: []Role{OfficeHead, UnitHead}, Owners: leader, Way: inside, Days: 30, OfCase: true,
		Outcomes: []string{"granted", "not_granted"}},
	// A leader is measured by what was resolved and explained, never by who stops petitioning.
	Contract: {Setters: []Role{OfficeHead, Leader}, Owners: leader, Way: inside, Days: 60, OfCase: true,
		Outcomes: []string{"resolved", "explained", "continuing"}},
}

// DutyKinds lists the kinds in the order in which pages show them.
var DutyKinds = []DutyKind{Instruction, Supervision, Tracking, CoHandling, Flagged, Important, Information, Consultation, Recommendation, Reward, HelpPlan, Contract}

// DutyForms lists how a duty of the kind may be done.
func DutyForms(k DutyKind) []DutyForm { return dutyRules[k].Forms }

// DutyOutcomes lists how a duty of the kind may end.
func DutyOutcomes(k DutyKind) []string { return dutyRules[k].Outcomes }

// DutyDays is how many calendar days are proposed until a duty of the kind is answered.
func DutyDays(k DutyKind) int { return dutyRules[k].Days }

// DutyOfCase tells whether a duty of the kind is about a case, and somebody by name
// answers for it.
func DutyOfCase(k DutyKind) bool { return dutyRules[k].OfCase }

// SetsDuty tells whether the actor may set duties of the kind.
func SetsDuty(by Actor, k DutyKind) bool {
	rule, ok := dutyRules[k]
	return ok && by.Kind == ByStaff && by.Is(rule.Setters...)
}

// DutyOwners lists the units that may own what a unit sets.
func DutyOwners(units *Units, from UnitID, k DutyKind) []Unit {
	own, ok := units.Unit(from)
	switch {
	case !ok:
		return nil
	case dutyRules[k].Way == upward:
		return slices.DeleteFunc(units.Above(from)[:min(1, len(units.Above(from)))], Unit.Gone)
	case dutyRules[k].Way == inside:
		return []Unit{own}
	}
	return append([]Unit{own}, Below(units, from)...)
}

// DutyField is one thing to fill in.
type DutyField struct {
	Name string
	Long bool // several lines
	Free bool // may stay empty
	Day  bool
}

// DutyFields is what a duty of the kind and form must say when it is set: each form of
// supervision has its own least (scenario 8.2).
func DutyFields(k DutyKind, f DutyForm) []DutyField {
	if k == Supervision {
		return dutyFormFields[f]
	}
	return dutyKindFields[k]
}

// AnswerFields is what the owner's answer must say.
func AnswerFields(k DutyKind, f DutyForm) []DutyField {
	if k == Supervision {
		return []DutyField{{Name: "findings", Long: true}, {Name: "rectification", Long: true}}
	}
	return dutyAnswerFields[k]
}

var dutyKindFields = map[DutyKind][]DutyField{
	Instruction:    {{Name: "instruction", Long: true}, {Name: "said_by", Free: true}},
	Contract:       {{Name: "difficulty", Long: true}},
	Reward:         {{Name: "contribution", Long: true}, {Name: "reward", Long: true}, {Name: "basis", Long: true, Free: true}},
	Tracking:       {{Name: "decision", Long: true}, {Name: "decided_by"}, {Name: "decided_on", Day: true}},
	Important:      {{Name: "happened", Long: true}, {Name: "place"}, {Name: "when"}, {Name: "people", Free: true}, {Name: "measures", Long: true}},
	Flagged:        {{Name: "grave", Long: true}},
	Information:    {{Name: "content", Long: true}, {Name: "value", Long: true}, {Name: "urgency"}},
	Consultation:   {{Name: "decision", Long: true}, {Name: "question", Long: true}},
	Recommendation: {{Name: "problem", Long: true}, {Name: "proposal", Long: true}, {Name: "basis", Long: true, Free: true}},
	CoHandling:     {{Name: "question", Long: true}, {Name: "office"}},
	HelpPlan:       {{Name: "weakness", Long: true}, {Name: "plan", Long: true}},
}

var dutyFormFields = map[DutyForm][]DutyField{
	LetterForm:   {{Name: "problem", Long: true}, {Name: "demand", Long: true}},
	FieldStudy:   {{Name: "problem", Long: true}, {Name: "place"}, {Name: "on", Day: true}, {Name: "team"}, {Name: "plan", Long: true, Free: true}},
	Talk:         {{Name: "problem", Long: true}, {Name: "with"}, {Name: "on", Day: true}, {Name: "place"}},
	Dispatch:     {{Name: "topic"}, {Name: "on", Day: true}, {Name: "units", Long: true}, {Name: "demand", Long: true}},
	Announcement: {{Name: "content", Long: true}, {Name: "scope"}, {Name: "demand", Long: true, Free: true}},
}

var dutyAnswerFields = map[DutyKind][]DutyField{
	Instruction:    {{Name: "result", Long: true}},
	Contract:       {{Name: "facts", Long: true}, {Name: "explanation", Long: true}, {Name: "resolution", Long: true}},
	Reward:         {{Name: "ruling", Long: true}},
	Tracking:       {{Name: "result", Long: true}},
	Important:      {{Name: "directions", Long: true}},
	Flagged:        {{Name: "report", Long: true}},
	Information:    {{Name: "use", Long: true}},
	Consultation:   {{Name: "opinion", Long: true}, {Name: "figures", Long: true}},
	Recommendation: {{Name: "result", Long: true}},
	CoHandling:     {{Name: "opinion", Long: true}},
	HelpPlan:       {{Name: "result", Long: true}},
}
