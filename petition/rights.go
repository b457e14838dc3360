package petition

// The rights over one's own data (personal information protection law, Arts. 44-46;
// domain §4.4). They end with no state of the matter, and change none.
const (
	Correct  Action = "correct"   // 信访人更正个人信息: what is wrong, what is right
	AskViews Action = "ask_views" // 信访人询问谁看过: the auditor answers

	AnswerViews Action = "answer_views" // 审计人员答复谁看过: posts and units, days, purposes; nobody's name
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
