package petition

// The rights over one's own data (personal information protection law, Arts. 44-46;
// domain §4.4). They end with no state of the matter, and change none.
const (
	Correct  Action = "correct"   // 信访人更正个人信息: what is wrong, what is right
	AskViews Action = "ask_views" // 信访人询问谁看过: the auditor answers

	AnswerViews   Action = "answer_views"   // 审计人员答复谁看过: posts and units, days, purposes; nobody's name
	AnswerCorrect Action = "answer_correct" // 答复更正个人信息: put right, or not and why
)

// OfPetitioner tells whether it is something that a petitioner does about a matter that
// exists: what the follow page may send, and all that an office takes from it.
func (a Action) OfPetitioner() bool {
	for state, row := range moves {
		if state != "" && row[a].Who == ByPetitioner {
			return true
		}
	}
	return false
}

var ownData = Move{Who: ByPetitioner}

// checkAnswerViews: the answer says something.
func checkAnswerViews(d *decision, f *form, _ standing) {
	f.need(!blank(d.act.Text), "text", "problem.text_missing")
}

// checkCorrect: the petitioner says what is wrong.
func checkCorrect(d *decision, f *form, _ standing) {
	f.need(!blank(d.act.Text), "text", "problem.text_missing")
	f.atMost("text", d.act.Text, 5000)
}

// Persons are all that was ever written down of who the petitioner is, as it is now first:
// what was put right stays on record.
func (c *Case) Persons() []Person {
	all := []Person{c.Filing.Person}
	for _, e := range c.Events {
		if e.Act.Filing != nil {
			all = append(all, e.Act.Filing.Person)
		}
		if e.Act.Person != nil {
			all = append(all, *e.Act.Person)
		}
	}
	return all
}

// guardAnswerCorrect: the petitioner asked for it, or a desk wrote the data down itself.
func guardAnswerCorrect(d *decision, _ *Leg) error {
	online := d.c.Channel == ByWeb || d.c.Channel == ByMobile
	return unless(d.c.Filing.Anonymous || (len(d.c.AskedCorrect) == 0 && online), "error.no_correction_asked")
}

// checkAnswerCorrect: data that hold, and are not those on record; a refusal says why.
func checkAnswerCorrect(d *decision, f *form, _ standing) {
	f.atMost("text", d.act.Text, 500)
	if !d.act.Granted {
		f.need(!blank(d.act.Text), "text", "problem.text_missing")
		f.need(d.act.Person == nil, "granted", "problem.choice")
		return
	}
	if d.act.Person == nil {
		f.need(false, "person.name", "problem.name_length")
		return
	}
	checkPerson(f, "person", *d.act.Person)
	f.need(*d.act.Person != d.c.Filing.Person, "person.name", "problem.correct_same")
}
