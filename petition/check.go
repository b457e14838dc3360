package petition

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// form gathers what is wrong at the fields of an act; the fields are named as in its
// JSON.
type form struct{ problems []Problem }

// need notes a problem unless it is fine. Args come in pairs.
func (f *form) need(fine bool, field, key string, args ...string) {
	if fine {
		return
	}
	p := Problem{Field: field, Key: key}
	for i := 0; i+1 < len(args); i += 2 {
		if p.Args == nil {
			p.Args = map[string]string{}
		}
		p.Args[args[i]] = args[i+1]
	}
	f.problems = append(f.problems, p)
}

// atMost refuses a text of more characters; of one field it says so once.
func (f *form) atMost(field, text string, most int) {
	said := slices.ContainsFunc(f.problems, func(p Problem) bool { return p.Field == field })
	f.need(said || length(text) <= most, field, "problem.too_long", "max", strconv.Itoa(most))
}

// mostYears is how far ahead a day that somebody sets may lie: what is farther is a slip
// of the pen (ours).
const mostYears = 5

// near refuses a day that lies too far ahead; what is no day is refused elsewhere.
func (f *form) near(field, day string, now time.Time) {
	t, err := ParseDay(day)
	f.need(err != nil || t.Before(now.AddDate(mostYears, 0, 0)), field, "problem.day_far", "n", strconv.Itoa(mostYears))
}

func (f *form) err() error {
	if len(f.problems) == 0 {
		return nil
	}
	return invalid(f.problems...)
}

// checks is what each action must have filled in.
var checks = map[Action]func(d *decision, f *form, s standing){
	Submit:         checkSubmit,
	Register:       checkRegister,
	Distribute:     checkDistribute,
	AskInfo:        checkAskInfo,
	Supply:         checkAddition,
	AddInfo:        checkAddition,
	Accept:         checkAccept,
	Redirect:       checkRedirect,
	Refuse:         checkRefuse,
	Refer:          checkRefer,
	Assign:         checkAssign,
	Object:         checkReason,
	AgreeBack:      checkReason,
	Overrule:       checkReason,
	SealUp:         checkReason,
	ReturnDraft:    checkReason,
	ReplaceCode:    checkReason,
	Note:           checkNote,
	Extend:         checkExtend,
	Draft:          checkDraft,
	Sign:           checkSign,
	RecordGap:      checkRecordGap,
	Serve:          checkServe,
	AskClosing:     checkAskClosing,
	AuditReturn:    checkAuditReturn,
	AuditPass:      checkAuditPass,
	Merge:          checkMerge,
	NoLongerTake:   checkNoLonger,
	Divert:         checkDivert,
	Divide:         checkDivide,
	Judge:          checkJudge,
	Turn:           checkTurn,
	Renew:          checkRenew,
	Redate:         checkRedate,
	Ordinary:       checkReason,
	DeclareRecusal: checkReason,
	AskRecusal:     checkAskRecusal,
	DecideRecusal:  checkDecideRecusal,
	OpenHearing:    checkOpenHearing,
	CloseHearing:   checkCloseHearing,
	Settle:         checkSettle,
	Dispute:        checkReason,
	RuleReceiver:   checkReason,
	RuleSender:     checkReason,
	AskReview:      checkAskReview,
	RefuseReview:   checkRefuseReview,
	Execute:        checkExecute,
	Correct:        checkCorrect,
	AnswerViews:    checkAnswerViews,
	AnswerCorrect:  checkAnswerCorrect,
	AskNews:        checkAskNews,
	Rate:           checkRate,
}

// check is what has to be filled in for this action, and the paper it sends out.
func (d *decision) check(s standing) error {
	f := &form{}
	if check := checks[d.act.Action]; check != nil {
		check(d, f, s)
	}
	if s.forPetitioner(d.by) {
		d.checkAsked(f)
	}
	if d.by.Kind == ByStaff {
		d.bounded(f)
	}
	d.checkPath(f)
	if kind := d.paperKind(s); kind != "" {
		checkPaper(f, d.act.Paper, kind)
	}
	if d.act.Public {
		plain(f, "text", d.act.Text)
	}
	return f.err()
}

// longestWords is how many characters staff may write into one field: more than any
// letter has, and less than a page can show.
const longestWords = 20_000

// bounded refuses words that no reader can be expected to read.
func (d *decision) bounded(f *form) {
	a := d.act
	f.atMost("reason", a.Reason, longestWords)
	f.atMost("text", a.Text, longestWords)
	f.atMost("new_facts", a.NewFacts, longestWords)
	if a.Check != nil {
		f.atMost("check.reasons", a.Check.Reasons, longestWords)
	}
	if a.Execution != nil {
		f.atMost("execution.what", a.Execution.What, longestWords)
	}
	if a.Explained != nil {
		f.atMost("explained.text", a.Explained.Text, longestWords)
	}
	if a.Paper == nil {
		return
	}
	for i, s := range a.Paper.Sections {
		f.atMost("paper.sections."+strconv.Itoa(i), s.Text, longestWords)
	}
	f.atMost("paper.basis", strings.Join(a.Paper.Basis, "\n"), longestWords)
	f.atMost("paper.remedy", a.Paper.Remedy, longestWords)
}

// checkAskReview: the petitioner says what he does not agree with.
func checkAskReview(d *decision, f *form, _ standing) {
	f.need(!blank(d.act.Text), "text", "problem.text_missing")
	f.atMost("text", d.act.Text, 5000)
	f.need(len(d.act.Files) <= 10, "files", "problem.too_many_files", "max", "10")
}

// checkAsked: nobody acts for a petitioner without saying who asked and how that was
// known.
func (d *decision) checkAsked(f *form) {
	asked := d.act.Asked
	if asked == nil {
		asked = &Asked{}
	}
	f.need(slices.Contains(AskedBy, asked.Who), "asked.who", "problem.asked_who")
	f.need(slices.Contains(AskedHow, asked.How), "asked.how", "problem.asked_how")
	f.need(!blank(asked.Words), "asked.words", "problem.asked_words")
	f.atMost("asked.words", asked.Words, 500)
}

func checkReason(d *decision, f *form, _ standing) {
	f.need(d.reasoned(), "reason", "problem.reason_missing")
}

// reasoned tells whether reasons are recorded, with the act or with the decision path
// that led to it.
func (d *decision) reasoned() bool {
	return !blank(d.act.Reason) || (d.act.Check != nil && !blank(d.act.Check.Reasons))
}

// checkAccept is row 15; a handler named by somebody else must be one.
func checkAccept(d *decision, f *form, s standing) {
	checkReason(d, f, s)
	if named := d.act.Handler; !named.IsZero() && named != d.by.Staff && !d.agreed {
		f.need(slices.Contains(d.facts.HandlerRoles, Handler), "handler", "problem.handler_unfit")
	}
}

// checkRegister is rows 2 and 3: the number is new and the unit's own; a filing from
// the portal keeps its channel.
func checkRegister(d *decision, f *form, s standing) {
	if s.leg == nil {
		d.checkWalkIn(f)
		if d.act.Filing != nil {
			checkNews(f, d.act.Filing.News)
		}
	} else {
		f.need(d.act.Channel == "" || d.act.Channel == d.c.Channel, "channel", "problem.channel_fixed")
	}
	sealed := s.leg == nil && d.act.Filing != nil && d.act.Filing.Track() == Report
	if sealed { // its number would say where and when
		f.need(d.act.Number == "", "number", "problem.number_fixed")
	}
	if d.c.Number == "" && !sealed {
		unit, _, _, err := ParseCaseNumber(d.act.Number)
		f.need(err == nil && unit == d.registrarUnit(s), "number", "problem.number")
		topic := d.act.Topic
		if topic == "" {
			topic = d.c.Topic
		}
		_, known := TopicOf(topic)
		f.need(known, "topic", "problem.topic_missing")
		return
	}
	f.need(d.act.Number == "" || d.act.Number == d.c.Number, "number", "problem.number_fixed")
	if d.act.Topic != "" {
		_, known := TopicOf(d.act.Topic)
		f.need(known, "topic", "problem.topic_missing")
	}
}

func (d *decision) registrarUnit(s standing) UnitID {
	if s.desk != nil {
		return s.desk.Unit
	}
	return d.act.Unit
}

// checkWalkIn is a letter, visit or call registered on somebody's behalf.
func (d *decision) checkWalkIn(f *form) {
	act := d.act
	f.need(act.Unit == d.by.Unit, "unit", "problem.unit")
	if act.Parent != nil {
		return // an extract of what was taken in before
	}
	own := act.Channel == ByWeb || act.Channel == ByMobile // filed by the person: never registered for him
	f.need(slices.Contains(Channels, act.Channel) && (!own || act.Old != nil), "channel", "problem.channel_missing")
	f.need(!act.At.After(d.now), "at", "problem.future")
	if act.Old == nil && !act.At.IsZero() { // what an earlier ledger says is older than any rule
		d.underLaw(f, act.At)
	}
	f.need(slices.Contains(Arrivals, act.Arrival), "arrival", "problem.arrival")
	if act.Filing == nil {
		f.need(false, "filing", "problem.filing_missing")
		return
	}
	f.need(slices.Contains(Purposes, act.Filing.Purpose), "filing.purpose", "problem.purpose_missing")
	f.need(length(act.Filing.Title) >= 1, "filing.title", "problem.title_missing")
	f.atMost("filing.title", act.Filing.Title, 50)
	f.need(!blank(act.Filing.Facts), "filing.facts", "problem.facts_missing")
	// What the petition bureau notifies under Art. 30(2) is a report about a cadre.
	f.need(act.Arrival != FromBureau || act.Filing.Track() == Report, "filing.purpose", "problem.notified_is_report")
	f.need(len(act.Filing.Files) <= MaxFiles, "scans", "problem.too_many_files", "max", fmt.Sprint(MaxFiles))
	d.checkCover(f)
	if act.Old != nil {
		f.need(act.Filing.Track() != Report, "filing.purpose", "problem.old_report")
		d.checkOld(f)
	}
}

// checkSubmit asks only what the office cannot do without: what the portal took in is
// never turned away. CheckFiling is what the portal's forms ask.
func checkSubmit(d *decision, f *form, _ standing) {
	if d.act.Filing == nil {
		f.need(false, "filing", "problem.filing_missing")
		return
	}
	f.need(slices.Contains(Purposes, d.act.Filing.Purpose), "filing.purpose", "problem.purpose_missing")
	f.need(!d.act.Filing.ConsentAt.IsZero(), "filing.consent_at", "problem.consent_missing")
	_, known := d.unit(d.act.Unit)
	f.need(known, "unit", "problem.unit")
}

func checkDistribute(d *decision, f *form, _ standing) {
	f.need(!blank(d.act.Office) || !d.act.Handler.IsZero(), "office", "problem.office_missing")
	if !d.act.Handler.IsZero() {
		f.need(slices.Contains(d.facts.HandlerRoles, Handler), "handler", "problem.handler_unfit")
	}
}

func checkAskInfo(d *decision, f *form, _ standing) {
	f.need(!blank(d.act.Text), "text", "problem.text_missing")
	plain(f, "text", d.act.Text)
	d.futureDay(f, "deadline", d.act.Deadline)
}

func checkAddition(d *decision, f *form, _ standing) {
	f.need(!blank(d.act.Text) || len(d.act.Files) > 0, "text", "problem.text_missing")
	f.atMost("text", d.act.Text, 5000)
	f.need(len(d.act.Files) <= 10, "files", "problem.too_many_files", "max", "10")
}

func checkNote(d *decision, f *form, _ standing) {
	f.need(!blank(d.act.Text) || (len(d.act.Files) > 0 && !d.act.Public), "text", "problem.text_missing")
	checkGuidance(d, f)
	checkSeat(d, f)
}

// checkExtend is row 21: up to the law's days, and the petitioner is told why.
func checkExtend(d *decision, f *form, s standing) {
	checkReason(d, f, s)
	most := d.r.LawNow(d.c).Extension.Days
	f.need(d.act.Days >= 1 && d.act.Days <= most, "days", "problem.extension_days", "max", fmt.Sprint(most))
}

// checkRate: two objects, three grades each (domain §3.8).
func checkRate(d *decision, f *form, _ standing) {
	rating := d.act.Rating
	if rating == nil {
		f.need(false, "rating", "problem.rating_missing")
		return
	}
	f.need(slices.Contains(Grades, rating.Office), "rating.office", "problem.grade_missing")
	f.need(slices.Contains(Grades, rating.Unit), "rating.unit", "problem.grade_missing")
	f.need(rating.Solved == "" || slices.Contains(Solved, rating.Solved), "rating.solved", "problem.choice")
	f.atMost("rating.words", rating.Words, 500)
}

// futureDay: a day later than today.
func (d *decision) futureDay(f *form, field, day string) {
	t, err := ParseDay(day)
	f.need(err == nil, field, "problem.day_missing")
	f.need(err != nil || t.After(d.now), field, "problem.day_not_future")
	f.near(field, day, d.now)
}

// pastDay: a day not after today and not before the instant given.
func (d *decision) pastDay(f *form, field, day string, from time.Time) {
	t, err := ParseDay(day)
	if err != nil {
		f.need(false, field, "problem.day_missing")
		return
	}
	f.need(!t.After(d.now), field, "problem.day_future")
	f.need(!endOfDay(t).Before(from), field, "problem.day_too_early")
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }

func length(s string) int { return utf8.RuneCountInString(strings.TrimSpace(s)) }
