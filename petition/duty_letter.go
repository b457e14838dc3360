package petition

// The forms of advice (2022 Art. 40): to mend how work is done, to complete a policy, to
// hold to account.
const (
	AdviseWork   DutyForm = "work"   // 改进工作
	AdvisePolicy DutyForm = "policy" // 完善政策
	AdviseBlame  DutyForm = "blame"  // 追究责任
)

// The letters that duties go out with (domain §2.3).
const (
	SupervisionLetter  PaperKind = "supervision"          // 督办函
	FieldStudyLetter   PaperKind = "supervision_field"    // 督查调研通知
	TalkLetter         PaperKind = "supervision_talk"     // 约谈通知书
	DispatchLetter     PaperKind = "supervision_dispatch" // 专题调度会议通知
	CircularLetter     PaperKind = "supervision_circular" // 情况通报
	WorkAdviceLetter   PaperKind = "advice_work"          // 改进工作建议书
	PolicyAdviceLetter PaperKind = "advice_policy"        // 完善政策建议书
	BlameAdviceLetter  PaperKind = "advice_blame"         // 追究责任建议书
)

// DutyLetters are those letters, in the order of the law.
var DutyLetters = []PaperKind{SupervisionLetter, FieldStudyLetter, TalkLetter, DispatchLetter, CircularLetter,
	WorkAdviceLetter, PolicyAdviceLetter, BlameAdviceLetter}

// formLetters is what each form of a supervision and of an advice goes out with.
var formLetters = map[DutyKind]map[DutyForm]PaperKind{
	Supervision: {LetterForm: SupervisionLetter, FieldStudy: FieldStudyLetter, Talk: TalkLetter, Dispatch: DispatchLetter,
		Announcement: CircularLetter},
	Recommendation: {AdviseWork: WorkAdviceLetter, AdvisePolicy: PolicyAdviceLetter, AdviseBlame: BlameAdviceLetter},
}

// DutyLetter is the letter that a duty of the kind and form goes out with; "" where none
// is written. Such a letter has a number, from the day on which it went out.
func DutyLetter(k DutyKind, f DutyForm) PaperKind { return formLetters[k][f] }

// AsSent is the duty as it stood when it went out: its letter says that, whatever was
// answered or put off since. A draft is as it is now; sent is nil.
func (d *Duty) AsSent() (then *Duty, sent *DutyEntry) {
	then = &Duty{ID: d.ID}
	for i, e := range d.Entries {
		if err := then.Apply(e); err != nil {
			return d, nil // entries that follow one another, as these do, always fold
		}
		if e.Act.Action == SetDuty || e.Act.Action == IssueDuty {
			return then, &d.Entries[i]
		}
	}
	return then, nil
}
