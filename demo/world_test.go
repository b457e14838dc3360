package demo

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
)

// states are all in which this world must show a leg. SealedUp is not among them:
// what moved to the compartment leaves nothing to see.
var states = []petition.State{petition.Submitted, petition.Registered, petition.AwaitingInfo,
	petition.Redirected, petition.NotAccepted, petition.Passed, petition.Referred, petition.Assigned,
	petition.Objected, petition.Returned, petition.Accepted, petition.Handling, petition.Extended,
	petition.PendingSign, petition.Signed, petition.Replied, petition.ClosingAudit, petition.Closed,
	petition.Withdrawn,
	petition.Merged, petition.NoLonger, petition.Diverted, petition.Divided, petition.InHearing,
	petition.Disputed, petition.Deciding, petition.Decided, petition.Challenged, petition.ReviewAsked,
	petition.NotReviewed, petition.UnderReview, petition.Reviewed, petition.Annulled, petition.Final,
	petition.ClosedFinal, petition.Supervised, petition.Archived}

func folded(t *testing.T, n int, seed uint64, now time.Time) ([]Case, []*petition.Case) {
	t.Helper()
	told, err := World(n, seed, now).Collect()
	if err != nil {
		t.Fatal(err)
	}
	var cases []*petition.Case
	for _, c := range told {
		f, err := petition.Fold(c.ID, c.Events)
		if err != nil {
			t.Fatalf("%s: %v", c.ID, err)
		}
		cases = append(cases, f)
	}
	return told, cases
}

// TestEveryStateIsShown asks on ordinary days, after the long holidays and in a year
// of which the calendar knows nothing.
func TestEveryStateIsShown(t *testing.T) {
	for _, now := range []time.Time{today,
		time.Date(2026, 2, 25, 9, 0, 0, 0, petition.Shanghai),
		time.Date(2026, 10, 8, 23, 0, 0, 0, petition.Shanghai),
		time.Date(2026, 10, 5, 3, 0, 0, 0, petition.Shanghai),
		time.Date(2027, 6, 16, 12, 0, 0, 0, petition.Shanghai)} {
		for seed := range uint64(4) {
			_, cases := folded(t, 200, seed, now)
			if len(cases) != 200 {
				t.Fatalf("%d cases", len(cases))
			}
			shown := map[petition.State]bool{}
			for _, c := range cases {
				for _, l := range c.Legs {
					shown[l.State] = true
				}
			}
			for _, state := range states {
				if !shown[state] {
					t.Errorf("on %s, seed %d: nothing is %s", petition.Day(now), seed, state)
				}
			}
		}
	}
}

func TestEveryQueueHasWork(t *testing.T) {
	_, cases := folded(t, 200, 1, today)
	queues := map[petition.Queue]int{}
	urgency := map[petition.Urgency]int{}
	grounds := map[petition.Ground]int{}
	grades := map[string]int{}
	for _, c := range cases {
		for _, l := range c.Legs {
			queues[l.Queue()]++
			if k, runs := c.NextClock(l.N, Rules(), today); runs {
				urgency[k.Urgency(today)]++
			}
		}
		for _, e := range c.Events {
			if e.Act.Action == petition.Refuse {
				grounds[e.Act.Ground]++
			}
		}
		if c.Rating != nil {
			grades[c.Rating.Unit]++
		}
	}
	for _, q := range []petition.Queue{petition.ToRegister, petition.ToTriage, petition.ToApprove,
		petition.ToAccept, petition.ToHandle, petition.ToSign, petition.ToServe, petition.ToAudit,
		petition.Waiting, petition.Done} {
		if queues[q] == 0 {
			t.Errorf("nothing waits in %s: %v", q, queues)
		}
	}
	for _, u := range []petition.Urgency{petition.Over, petition.Soon, petition.Week, petition.Calm} {
		if urgency[u] < 2 {
			t.Errorf("due dates: %v", urgency)
		}
	}
	for _, g := range []petition.Ground{petition.SkipLevel, petition.InHand, petition.FinalOpinion,
		petition.Litigation, petition.LegallyEnded} {
		if grounds[g] == 0 {
			t.Errorf("grounds: %v", grounds)
		}
	}
	if grades["good"] <= grades["poor"] || grades["poor"] == 0 || grades["fair"] == 0 {
		t.Errorf("grades: %v", grades)
	}
}

func TestTwoHundredPeopleNotCopies(t *testing.T) {
	_, cases := folded(t, 200, 1, today)
	facts, titles := map[string]int{}, map[string]int{}
	for _, c := range cases {
		facts[c.Filing.Facts]++
		titles[c.Filing.Title]++
	}
	twice := 0
	for f, n := range facts {
		if n > 1 {
			twice++
			t.Logf("%d times: %.60s", n, f)
		}
	}
	if twice > 2 { // the two matters that are brought a second time
		t.Errorf("%d facts are told twice", twice)
	}
	if len(titles) < 190 {
		t.Errorf("only %d titles", len(titles))
	}
}

func TestHistoriesKeepTimeAndHours(t *testing.T) {
	told, cases := folded(t, 400, 5, today)
	earliest := today.AddDate(0, -18, -7)
	for i, c := range cases {
		if c.Received.Before(earliest) || c.Received.After(today) {
			t.Errorf("%s was received on %s", c.Number, c.Received)
		}
		if !told[i].Received.Equal(c.Received) || told[i].Unit != c.Legs[0].Unit {
			t.Errorf("%s: the summary differs", c.Number)
		}
		for _, e := range c.Events {
			at := e.At.In(petition.Shanghai)
			if at.After(today) {
				t.Errorf("%s: %s happens on %s", c.Number, e.Act.Action, at)
			}
			if e.By.Kind != petition.ByStaff {
				continue
			}
			minute := at.Hour()*60 + at.Minute()
			worked, _ := petition.DefaultCalendar().Working(petition.Day(at))
			if !worked || minute < morningFrom || minute > afternoonTo+30 {
				t.Errorf("%s: %s at %s", c.Number, e.Act.Action, at)
			}
		}
	}
}

// TestTheFirstTickFindsNothingToDo: what comes by itself has come at its own instant.
func TestTheFirstTickFindsNothingToDo(t *testing.T) {
	came := map[petition.Action]int{}
	for seed := range uint64(3) {
		_, cases := folded(t, 200, seed, today)
		for _, c := range cases {
			for _, l := range c.Legs {
				if a, after, ok := c.NextOfItself(l.N, Rules()); ok && after.Before(today) {
					t.Errorf("%s: %s should have come on %s", c.Number, a, after)
				}
			}
			for _, e := range c.Events {
				if e.By.Kind == petition.BySystem {
					came[e.Act.Action]++
				}
			}
		}
	}
	for _, a := range []petition.Action{petition.Conclude, petition.ChaseExecution} {
		if came[a] == 0 {
			t.Errorf("%s never came by itself: %v", a, came)
		}
	}
}

// TestWhatIsGrantedIsMostlyDone looks at the opinions whose day has passed.
func TestWhatIsGrantedIsMostlyDone(t *testing.T) {
	_, cases := folded(t, 400, 1, today)
	var done, owed int
	for _, c := range cases {
		for _, l := range c.Legs {
			if l.Execution == nil || l.Ended.IsZero() || petition.EndOfDay(l.Execution.Due).After(today) {
				continue
			}
			if l.Execution.Done != "" {
				done++
			} else {
				owed++
			}
		}
	}
	if done < 40 || owed*5 > done {
		t.Errorf("%d done, %d owed", done, owed)
	}
}

func TestSomeMattersAreToldOnce(t *testing.T) {
	for seed := range uint64(3) {
		_, cases := folded(t, 400, seed, today)
		times := map[petition.Topic]int{}
		for _, c := range cases {
			times[c.Filing.Topic]++
		}
		if times["E4"] > 1 {
			t.Errorf("seed %d: %d widows", seed, times["E4"])
		}
	}
}

// The compartment of the county shows a report at every point of its life: to be
// registered, registered, put up to the leader, verified, inquired, kept, and one that was
// false and is cleared; the last entry of none lies in the future.
func TestReportsAreInProgress(t *testing.T) {
	for seed := range uint64(6) {
		told, _ := folded(t, 200, seed, today)
		states, waits, cleared := map[petition.CadreState]int{}, 0, 0
		for _, c := range told {
			if !c.Report {
				continue
			}
			r, err := petition.FoldCadre(c.ID, c.Unit, slices.Concat(c.Events, c.Inside))
			if err != nil {
				t.Fatal(err)
			}
			states[r.State]++
			if r.Pending != nil {
				waits++
			}
			if r.Clear != nil && r.Clear.Do && r.Finding == petition.FoundFalse {
				cleared++
			}
			if n := len(c.Inside); n > 0 && c.Inside[n-1].At.After(today) {
				t.Errorf("seed %d: %s lies in the future", seed, c.Inside[n-1].Act.Action)
			}
		}
		for _, s := range []petition.CadreState{petition.CadreReceived, petition.CadreRegistered, petition.CadreVerifying,
			petition.CadreInquiring, petition.CadreKept, petition.CadreClosed} {
			if states[s] == 0 {
				t.Errorf("seed %d: no report is %s: %v", seed, s, states)
			}
		}
		if waits == 0 || cleared == 0 {
			t.Errorf("seed %d: %d put up, %d cleared", seed, waits, cleared)
		}
	}
}

func TestReportsOnlyArrive(t *testing.T) {
	told, cases := folded(t, 200, 1, today)
	var reports, upward int
	for i, c := range cases {
		if told[i].Report != (c.Track == petition.Report) {
			t.Errorf("case %d is not said to be a report", i)
		}
		if c.Track != petition.Report {
			continue
		}
		reports++
		if len(c.Events) != 1 || c.Number != "" || len(c.Filing.Reported) != 1 {
			t.Errorf("a report with %d events, number %q", len(c.Events), c.Number)
		}
		if c.Filing.ConcernsHead {
			upward++
			if up := Rules().Units.Above(c.Filing.Unit); len(up) == 0 || up[0].ID != told[i].Unit {
				t.Errorf("a report about the head of %s is held by %s", c.Filing.Unit, told[i].Unit)
			}
		}
	}
	if reports < 6 || upward == 0 {
		t.Errorf("%d reports, %d upward", reports, upward)
	}
}

// TestPapersAreWhole looks at what petitioners can read.
func TestPapersAreWhole(t *testing.T) {
	_, cases := folded(t, 200, 2, today)
	numbers := map[string]bool{}
	kinds := map[petition.PaperKind]bool{}
	for _, c := range cases {
		for _, letter := range petition.Project(c, Rules(), today).Letters {
			kinds[letter.Kind] = true
			var b strings.Builder
			for _, s := range letter.Sections {
				b.WriteString(s.Head + s.Text)
			}
			if strings.ContainsAny(b.String()+letter.Remedy, "{}[]") || letter.Number == "" || letter.Day == "" {
				t.Errorf("%s: %s %q: %s", c.Number, letter.Kind, letter.Number, b.String())
			}
			if numbers[letter.Number] {
				t.Errorf("%s is the number of two papers", letter.Number)
			}
			numbers[letter.Number] = true
		}
	}
	for _, k := range []petition.PaperKind{petition.AcceptanceNotice, petition.RedirectNotice,
		petition.RefusalNotice, petition.WhereaboutsNotice, petition.InfoRequest, petition.ExtensionNotice,
		petition.OpinionPaper, petition.ReplyLetter} {
		if !kinds[k] {
			t.Errorf("nobody received a paper of kind %s", k)
		}
	}
}

func TestKnownCasesCanBeFollowed(t *testing.T) {
	want := map[Known]petition.PublicStatus{KnownAnswered: petition.ShownReplied,
		KnownInProgress: petition.ShownHandling, KnownRedirected: petition.ShownRedirected}
	for _, now := range []time.Time{today, time.Date(2026, 2, 26, 9, 0, 0, 0, petition.Shanghai)} {
		told, cases := folded(t, 200, 9, now)
		seen := 0
		for i, c := range told {
			if c.Known == "" {
				continue
			}
			seen++
			if _, err := exchange.ParseCode(c.Code); err != nil {
				t.Errorf("%s: %s is no receipt code", c.Known, c.Code)
			}
			if got := petition.Project(cases[i], Rules(), now).Status; got != want[c.Known] {
				t.Errorf("on %s the known case %s is %s", petition.Day(now), c.Known, got)
			}
			if can := petition.Project(cases[i], Rules(), now).Can; c.Known == KnownAnswered &&
				!slices.Contains(can, petition.Rate) {
				t.Errorf("on %s a visitor cannot rate the answer: %v", petition.Day(now), can)
			}
			if !cases[i].Channel.Online() || cases[i].Filing.Anonymous {
				t.Errorf("%s came by %s", c.Known, cases[i].Channel)
			}
		}
		if seen != len(KnownCases()) {
			t.Errorf("%d known cases", seen)
		}
	}
}

func TestSeriesGoOnWhereTheWorldEnds(t *testing.T) {
	s := World(200, 1, today)
	highest := map[string]int{}
	for c, err := range s.All() {
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range c.Events {
			if e.Act.Number == "" {
				continue
			}
			unit, day, seq, err := petition.ParseCaseNumber(e.Act.Number)
			if err != nil {
				t.Fatal(err)
			}
			name := "case/" + string(unit) + "/" + day
			highest[name] = max(highest[name], seq)
		}
	}
	for name, n := range highest {
		if s.Series()[name] != n {
			t.Errorf("%s ended at %d, said to be %d", name, n, s.Series()[name])
		}
	}
}

func TestTheSameSeedTellsTheSame(t *testing.T) {
	one, err := World(60, 4, today).Collect()
	if err != nil {
		t.Fatal(err)
	}
	two, err := World(60, 4, today).Collect()
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(one, two) {
		t.Error("the same values told another world")
	}
	other, err := World(60, 5, today).Collect()
	if err != nil {
		t.Fatal(err)
	}
	same := slices.EqualFunc(one, other, func(a, b Case) bool { return a.ID == b.ID })
	if same {
		t.Error("another seed told the same world")
	}
}

func TestManyCasesStayPossible(t *testing.T) {
	n := 5000
	if testing.Short() {
		n = 500
	}
	ids := map[petition.ID]bool{}
	for c, err := range World(n, 11, today).All() {
		if err != nil {
			t.Fatal(err)
		}
		if ids[c.ID] {
			t.Fatalf("%s stands twice", c.ID)
		}
		ids[c.ID] = true
	}
	if len(ids) != n {
		t.Errorf("%d cases of %d", len(ids), n)
	}
}

// BenchmarkWorld is the cost of one case, history included.
func BenchmarkWorld(b *testing.B) {
	b.ReportAllocs()
	for _, err := range World(b.N, 1, today).All() {
		if err != nil {
			b.Fatal(err)
		}
	}
}

// TestTheWorldShowsWhatIsAskedFor: explanations on record, collective visits, repeats that
// were merged, and people who ask who has looked at their data.
func TestTheWorldShowsWhatIsAskedFor(t *testing.T) {
	_, cases := folded(t, 200, 1, today)
	var guided, groups, mergers, asked, lately int
	for _, c := range cases {
		guided += len(c.GuidanceGiven())
		asked += len(c.AskedViews)
		if c.Channel == petition.ByGroupVisit {
			groups++
			if c.Filing.Cosigners < petition.GroupVisit || len(c.Filing.Representatives) == 0 {
				t.Errorf("%s: %d people", c.Number, c.Filing.Cosigners)
			}
			if c.Received.After(today.AddDate(0, 0, -14)) {
				lately++
			}
		}
		if c.Legs[0].State == petition.Merged {
			mergers++
		}
	}
	if guided < 4 || groups < 2 || lately < 1 || mergers != 2 || asked < 2 {
		t.Errorf("%d explanations, %d collective visits, %d of them lately, %d mergers, %d questions", guided, groups, lately, mergers, asked)
	}
}
