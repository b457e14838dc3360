package petition

import (
	"strings"
	"testing"
	"time"
)

// Filed on 17 September 2026: 15 days end on 2 October, a holiday, so that the unit is
// late only after 8 October; it is warned of 2 October.
func TestNoticeRollsOverTheNationalHoliday(t *testing.T) {
	s := filed(t, county, PurposeRequest, "2026-09-17")
	k := s.clock(1, NoticeClock)
	if Day(k.Warn) != "2026-10-02" || Day(k.Due) != "2026-10-08" {
		t.Fatalf("warn %s due %s", Day(k.Warn), Day(k.Due))
	}
	want := []ExplainStep{
		{Kind: ExplainStart, Day: "2026-09-17"},
		{Kind: ExplainRule, Day: "2026-10-02", Days: 15, Article: "第二十三条", Law: "信访工作条例"},
		{Kind: ExplainRoll, Day: "2026-10-08", Days: 6, Holiday: "国庆节"},
	}
	if len(k.Explain) != len(want) {
		t.Fatalf("%+v", k.Explain)
	}
	for i := range want {
		if k.Explain[i] != want[i] {
			t.Errorf("step %d: %+v, want %+v", i, k.Explain[i], want[i])
		}
	}
}

// A deadline on a weekend day that is worked (调休) does not roll.
func TestMakeUpWorkdayDoesNotRoll(t *testing.T) {
	// 26 September + 15 = 11 October 2025, a Saturday worked for the National Day.
	filed(t, county, PurposeRequest, "2025-09-26").due(1, NoticeClock, "2025-10-11")
}

func TestLeapDayCounts(t *testing.T) {
	filed(t, county, PurposeRequest, "2024-02-20").due(1, NoticeClock, "2024-03-06")
}

// The portal's time counts, not the import's: received late in the evening of one day,
// taken in on the next.
func TestClockStartsWhenThePortalReceived(t *testing.T) {
	at := time.Date(2026, 3, 2, 15, 59, 0, 0, time.UTC) // 23:59 in Shanghai
	s := begin(t, "2026-03-04").do(System, Act{Action: Submit, Filing: file(PurposeRequest), Unit: county, At: at})
	s.due(1, NoticeClock, "2026-03-17")
	if !s.c.Received.Equal(at) {
		t.Errorf("received %s", s.c.Received)
	}
}

func TestOverdueOnlyAfterTheLastMicrosecond(t *testing.T) {
	s := filed(t, county, PurposeRequest, "2026-03-02")
	k := s.clock(1, NoticeClock)
	last := time.Date(2026, 3, 17, 15, 59, 59, 999_999_000, time.UTC)
	if !k.Due.Equal(last) || k.Urgency(last) != Soon || k.Urgency(last.Add(time.Microsecond)) != Over {
		t.Errorf("due %s: %s, %s", k.Due, k.Urgency(last), k.Urgency(last.Add(time.Microsecond)))
	}
	for day, want := range map[string]Urgency{"2026-03-09": Calm, "2026-03-10": Week, "2026-03-14": Soon} {
		if got := k.Urgency(noon(t, day)); got != want {
			t.Errorf("%s: %s, want %s", day, got, want)
		}
	}
}

// Row 13: while the objection is open the receiver's K2 and K9 stand still; overruled,
// both go on with the days added.
func TestObjectionPausesNoticeAndReport(t *testing.T) {
	s := filed(t, town, PurposeRequest, "2026-03-02").
		do(leaderOf(town), Act{Action: Assign, To: county, Deadline: "2026-04-30"}).
		due(2, ObjectionClock, "2026-03-09").
		on("2026-03-05").do(unitHeadOf(county), Act{Action: Object})
	if k := s.clock(2, NoticeClock); !k.Paused {
		t.Error("K2 runs while objected")
	}
	if s.clock(2, ObjectionClock).Running() {
		t.Error("K3 runs after the objection")
	}
	if _, runs := s.c.NextClock(2, s.r, s.now); runs {
		t.Error("a paused clock is due next")
	}
	s.on("2026-03-25").due(2, NoticeClock, "2026-04-07") // 17 March + 20 days = 6 April, 清明节
	s.do(headOf(town), Act{Action: Overrule}).state(2, Assigned).
		on("2026-03-30").due(2, NoticeClock, "2026-04-07").due(2, ReportClock, "2026-05-20")
	s.refused(unitHeadOf(county), Act{Action: Object}, Conflict, "error.objected_before")
}

// Row 14: agreed, the sender counts from the original receipt, with the reason on top.
func TestAgreedObjectionReopensTheSendersNotice(t *testing.T) {
	s := filed(t, town, PurposeRequest, "2026-03-02").
		on("2026-03-03").do(headOf(town), Act{Action: Refer, To: county}).
		on("2026-03-06").do(unitHeadOf(county), Act{Action: Object})
	if q := s.c.Leg(1).Queue(); q != ToDecide {
		t.Errorf("sender's queue %s", q)
	}
	s.do(atDesk(town), Act{Action: AgreeBack}) // a proposal at the sender's desk
	if q := s.c.Leg(1).Queue(); q != ToApprove {
		t.Errorf("sender's queue %s", q)
	}
	s.refused(headOf(county), Act{Action: Approve, Leg: 1}, Forbidden, "error.not_your_unit")
	s.do(headOf(town), Act{Action: Approve}).state(1, Registered).state(2, Returned).shown(ShownChecking)
	if k := s.clock(1, NoticeClock); !k.Running() || Day(k.Due) != "2026-03-17" {
		t.Errorf("sender's K2: %+v", k)
	}
	s.do(headOf(town), Act{Action: Refer, To: county2}).state(3, Referred).due(3, NoticeClock, "2026-03-23")
}

func TestObjectionComesWithinFiveWorkingDays(t *testing.T) {
	s := filed(t, town, PurposeRequest, "2026-04-29").do(headOf(town), Act{Action: Refer, To: county})
	s.due(2, ObjectionClock, "2026-05-09") // 30 April, 6-8 May, and Saturday 9 May, worked
	s.on("2026-05-09").do(unitHeadOf(county), Act{Action: Object})

	late := filed(t, town, PurposeRequest, "2026-04-29").do(headOf(town), Act{Action: Refer, To: county})
	late.on("2026-05-10").refused(unitHeadOf(county), Act{Action: Object}, Conflict, "error.too_late_to_object")
}

// Rows 15, 21, 24: K4 from acceptance, prolonged once, stopped by service; K5 from the
// proven day.
func TestHandlingAndReview(t *testing.T) {
	s := filed(t, county, PurposeRequest, "2026-03-02").
		on("2026-03-04").do(unitHeadOf(county), Act{Action: Accept}).due(1, HandlingClock, "2026-05-06"). // 3 May rolls
		do(handlerAt(county), Act{Action: Start})
	s.refused(unitHeadOf(county), Act{Action: Extend, Days: 31}, Invalid, "problem.extension_days")
	s.refused(unitHeadOf(county), Act{Action: Extend, Days: -1}, Invalid, "problem.extension_days")
	s.on("2026-05-07").refused(unitHeadOf(county), Act{Action: Extend}, Conflict, "error.too_late_to_extend")
	s.on("2026-05-06").do(handlerAt(county), Act{Action: Extend, Days: 30}).do(leaderOf(county), Act{Action: Approve}).
		state(1, Extended).shown(ShownExtended).due(1, HandlingClock, "2026-06-02")
	s.on("2026-05-20").do(handlerAt(county), Act{Action: Draft}).do(unitHeadOf(county), Act{Action: ReturnDraft}).
		state(1, Extended).do(handlerAt(county), Act{Action: Draft}).do(leaderOf(county), Act{Action: Sign})
	serve := func(day, proof string) Act {
		return Act{Action: Serve, Service: &Service{Method: "registered_mail", Day: day, Proof: proof}}
	}
	s.on("2026-05-25").
		refused(handlerAt(county), serve("2026-05-26", "X"), Invalid, "problem.day_future").
		refused(handlerAt(county), serve("2026-05-19", "X"), Invalid, "problem.day_too_early").
		refused(handlerAt(county), serve("2026-05-22", ""), Invalid, "problem.proof_missing").
		do(handlerAt(county), serve("2026-05-22", "XA1"))
	if k := s.clock(1, HandlingClock); k.Running() || Day(k.Stopped) != "2026-05-22" {
		t.Errorf("K4 stopped %s", k.Stopped)
	}
	s.due(1, ReviewClock, "2026-06-22") // 21 June is the Dragon Boat Festival
}

// Where no notice went out in time, the petition counts as accepted at the end of K2.
func TestMissedNoticeStartsHandling(t *testing.T) {
	s := filed(t, county, PurposeRequest, "2026-03-02").on("2026-03-17")
	for _, k := range s.c.Clocks(s.r, s.now) {
		if k.Kind == HandlingClock {
			t.Error("K4 runs before the notice is late")
		}
	}
	s.on("2026-03-18").due(1, HandlingClock, "2026-05-18") // 17 March + 60 = 16 May, Saturday
	if k := s.clock(1, HandlingClock); k.Explain[0].Kind != ExplainDeemed {
		t.Errorf("%+v", k.Explain)
	}
	s.on("2026-03-25").do(unitHeadOf(county), Act{Action: Accept}).due(1, HandlingClock, "2026-05-18")
}

// Advice has a promise, not a limit; no extension, no review; a reply letter.
func TestAdviceHasAPromise(t *testing.T) {
	s := filed(t, county, PurposeAdvice, "2026-03-02").do(unitHeadOf(county), Act{Action: Accept}).
		due(1, PromiseClock, "2026-05-06").do(handlerAt(county), Act{Action: Start})
	if !s.clock(1, PromiseClock).House {
		t.Error("the promise is shown as law")
	}
	s.refused(unitHeadOf(county), Act{Action: Extend}, Conflict, "error.move_not_on_track")
	s.refused(handlerAt(county), Act{Action: Draft, Outcome: Supported}, Invalid, "problem.outcome_missing")
	s.toServed(county).shown(ShownReplied)
	for _, k := range s.c.Clocks(s.r, s.now) {
		if k.Kind == ReviewClock || k.Kind == HandlingClock {
			t.Errorf("advice has clock %s", k.Kind)
		}
	}
	f := Project(s.c, s.r, s.now)
	if got := f.Letters[len(f.Letters)-1].Kind; got != ReplyLetter || f.Outcome != Adopted {
		t.Errorf("letter %s outcome %s", got, f.Outcome)
	}
	s.do(handlerAt(county), Act{Action: AskClosing}).do(auditorAt(county), Act{Action: AuditPass}).state(1, Closed)
}

// An enquiry: register, reply, close.
func TestEnquiryIsAnsweredAndClosed(t *testing.T) {
	s := filed(t, county, PurposeAsk, "2026-03-02").due(1, PromiseClock, "2026-05-06").
		refused(unitHeadOf(county), Act{Action: Accept}, Conflict, "error.move_not_on_track").
		do(handlerAt(county), Act{Action: Draft}).do(unitHeadOf(county), Act{Action: ReturnDraft}).state(1, Handling).
		toServed(county).state(1, Closed).shown(ShownClosed).
		do(Petitioner, Act{Action: Rate})
	if _, runs := s.c.NextClock(1, s.r, s.now); runs {
		t.Error("a clock runs on")
	}
}

// A case keeps the profile in force when it was received.
func TestLawOfTheDayOfReceipt(t *testing.T) {
	for day, law := range map[string]string{"2022-04-30": "2005", "2022-05-01": "2022", "1999-01-01": "2005", "2026-11-22": "2022"} {
		if got := DefaultLaws().At(day).ID; got != law {
			t.Errorf("%s: %s", day, got)
		}
	}
	f := file(PurposeRequest)
	s := begin(t, "2022-05-10").do(atDesk(county), Act{Action: Register, Filing: f, Channel: ByLetter, At: noon(t, "2022-04-29")})
	if s.c.Law != "2005" || s.clock(1, NoticeClock).Explain[1].Law != "信访条例" {
		t.Errorf("law %s", s.c.Law)
	}
}

// A local profile: 5 working days to accept, 30 to handle, first day counted, no roll.
func TestLocalProfile(t *testing.T) {
	text := strings.NewReplacer(`"id": "2022"`, `"id": "local"`, `"exclude_first_day": true`, `"exclude_first_day": false`,
		`"roll_end": true`, `"roll_end": false`, `{"days": 15, `, `{"days": 5, "working": true, `,
		`"K4": {"days": 60`, `"K4": {"days": 30`).Replace(lawData)
	laws, err := ParseLaws(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	s := begin(t, "2026-09-24")
	s.r.Laws = laws
	s.do(Petitioner, Act{Action: Submit, Filing: file(PurposeRequest), Unit: county}).
		do(atDesk(county), Act{Action: Register}).
		due(1, NoticeClock, "2026-10-08"). // 24, 28, 29, 30 September, 8 October
		do(unitHeadOf(county), Act{Action: Accept}).due(1, HandlingClock, "2026-10-23")
	s = begin(t, "2026-09-02")
	s.r.Laws = laws
	s.do(Petitioner, Act{Action: Submit, Filing: file(PurposeRequest), Unit: county}).
		do(atDesk(county), Act{Action: Register}).toReply(county)
	s.due(1, HandlingClock, "2026-10-01").due(1, ReviewClock, "2026-10-08") // rolls where duties do not
}

// The first written notice stops K2; then K4 is what is due next.
func TestNoticeStopsAndHandlingIsNext(t *testing.T) {
	s := filed(t, county, PurposeRequest, "2026-03-02")
	if k, runs := s.c.NextClock(1, s.r, s.now); !runs || k.Kind != NoticeClock {
		t.Errorf("%+v", k)
	}
	s.on("2026-03-05").do(unitHeadOf(county), Act{Action: Accept})
	if k := s.clock(1, NoticeClock); Day(k.Stopped) != "2026-03-05" {
		t.Errorf("K2 stopped %s", k.Stopped)
	}
	if k, runs := s.c.NextClock(1, s.r, s.now); !runs || k.Kind != HandlingClock {
		t.Errorf("%+v", k)
	}
	s.do(handlerAt(county), Act{Action: Start}).toServed(county)
	if k, runs := s.c.NextClock(1, s.r, s.now); !runs || k.Kind != ExecutionClock {
		t.Errorf("%s is due after an answer that grants", k.Kind)
	}
	s.do(handlerAt(county), Act{Action: Execute})
	if k, runs := s.c.NextClock(1, s.r, s.now); runs {
		t.Errorf("%s is due after all is done", k.Kind)
	}
}

// The day that the assigner sets anew is meant as it is: an old pause adds nothing.
func TestNewReportDayForgetsThePause(t *testing.T) {
	s := filed(t, town, PurposeRequest, "2026-03-02").
		do(leaderOf(town), Act{Action: Assign, To: county, Deadline: "2026-04-30"}).
		on("2026-03-05").do(unitHeadOf(county), Act{Action: Object}).
		on("2026-03-10").do(headOf(town), Act{Action: Overrule}).due(2, ReportClock, "2026-05-05").
		do(atDesk(county), Act{Action: Register}).toReply(county).
		do(handlerAt(county), Act{Action: AskClosing}).do(auditorAt(county), Act{Action: AuditReturn}).
		due(2, ReportClock, "2026-05-05"). // the own auditor sets no new day
		do(handlerAt(county), Act{Action: AskClosing}).do(auditorAt(county), Act{Action: AuditPass}).
		do(auditorAt(town), Act{Action: AuditReturn, Deadline: "2026-06-10"})
	s.due(2, ReportClock, "2026-06-10")
}

func TestUnknownYearSaysSo(t *testing.T) {
	s := filed(t, county, PurposeRequest, "2027-01-04")
	k := s.clock(1, NoticeClock)
	if !k.Guess || k.Explain[len(k.Explain)-1].Kind != ExplainUnknown {
		t.Errorf("%+v", k)
	}
	if k := filed(t, county, PurposeRequest, "2026-03-02").clock(1, NoticeClock); k.Guess {
		t.Error("a known year is guessed")
	}
}

// Row 13 (Art. 23): registering what was passed on is how a unit looks at it. Its right to
// object ends with the five working days or with what it decides, not with the registration.
func TestARegisteredTransferMayStillBeObjectedTo(t *testing.T) {
	sent := func(act Act) *story {
		by := headOf(town)
		if act.Action == Assign {
			by = leaderOf(town)
		}
		s := filed(t, town, PurposeRequest, "2026-03-02").on("2026-03-03").do(by, act).
			on("2026-03-05").do(atDesk(county), Act{Action: Register, Topic: "C3"}).state(2, Registered)
		if !s.clock(2, ObjectionClock).Running() {
			t.Error("K3 ended with the registration")
		}
		return s
	}
	for _, act := range []Act{{Action: Refer, To: county}, {Action: Assign, To: county, Deadline: "2026-04-30"}} {
		s := sent(act).on("2026-03-10").do(unitHeadOf(county), Act{Action: Object}).state(2, Objected)
		if s.clock(2, NoticeClock).Paused == false || s.c.Leg(1).Queue() != ToDecide {
			t.Errorf("%s: the objection stops nothing, or does not reach its sender", act.Action)
		}
		s.on("2026-03-12").do(headOf(town), Act{Action: Overrule}).state(2, Registered).
			refused(unitHeadOf(county), Act{Action: Object}, Conflict, "error.objected_before").
			do(unitHeadOf(county), Act{Action: Dispute}).state(2, Disputed)
		back := sent(act).do(unitHeadOf(county), Act{Action: Object}).do(headOf(town), Act{Action: AgreeBack}).
			state(1, Registered).state(2, Returned)
		if k := back.clock(1, NoticeClock); !k.Running() || !back.c.Leg(1).Ended.IsZero() {
			t.Errorf("%s: the sender does not have it again: %+v", act.Action, k)
		}
	}
	late := sent(Act{Action: Refer, To: county}).on("2026-03-11")
	late.refused(unitHeadOf(county), Act{Action: Object}, Conflict, "error.too_late_to_object")
	taken := sent(Act{Action: Refer, To: county}).do(unitHeadOf(county), Act{Action: Accept})
	taken.refused(unitHeadOf(county), Act{Action: Object}, Conflict, "error.move_not_possible")
	if taken.clock(2, ObjectionClock).Running() || taken.c.Leg(1).Ended.IsZero() {
		t.Error("accepted, and the sender still waits")
	}
	own := filed(t, town, PurposeRequest, "2026-03-02")
	own.refused(unitHeadOf(town), Act{Action: Object}, Conflict, "error.nobody_sent_it")
}

// No law is named for a day before it applied; the calendar's unknown years are told apart
// from those not announced by whoever knows today.
func TestNoLawIsNamedBeforeItApplied(t *testing.T) {
	laws := DefaultLaws()
	due := reckoner{law: laws[0], days: DefaultCalendar(), leg: &Leg{}}
	for day, want := range map[string]ExplainKind{"1990-01-01": ExplainBefore, "2005-05-01": ExplainRule} {
		start, err := ParseDay(day)
		if err != nil {
			t.Fatal(err)
		}
		k := due.count(NoticeClock, start, 0, 0)
		if s := k.Explain[1]; s.Kind != want || (s.Law == "") != (want == ExplainBefore) {
			t.Errorf("%s: %+v", day, s)
		}
	}
}
