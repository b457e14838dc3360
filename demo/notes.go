package demo

import (
	"time"

	"huiyin/petition"
)

// Notes are what the invented units have written down besides their cases.
type Notes struct {
	Rules     []petition.LocalRule
	Disputes  []Noted
	Incidents []petition.Incident
	Duties    []Set
	Limits    []OwnLimits
	Teams     []petition.Team // the entries of each unit in order
	Leasts    map[petition.UnitID]int
	Issues    []Judged
	Findings  map[petition.Topic][]petition.IssueStep // on common issues, by what they are about
	Plans     []Meeting
	Accounts  []Accounting
	Answers   []Answer // about who has looked at somebody's data
	Asked     []Asked
	Annuals   []Reported
	Rewards   []Rewarded
}

// Reported is a unit's report on the year before, and how far it came.
type Reported struct {
	Unit  petition.UnitID
	Texts map[string]string
	End   petition.AnnualStatus
	Why   string // of the unit above
}

// Rewarded is a reward that a unit proposed for a suggestion that it adopted, and what its
// leader ruled; "" while he has not.
type Rewarded struct {
	Unit   petition.UnitID
	Act    petition.DutyAct
	Ruling string
}

// Asked is what an inspection team asked a unit for, and what was done about it.
type Asked struct {
	Unit  petition.UnitID
	About petition.UnitID
	Ask   petition.InspectionStep
	Then  []petition.InspectionStep
}

// By is the post that takes a step.
func (Asked) By(a petition.InspectionAct) petition.Role {
	switch a {
	case petition.InspectionAsk:
		return petition.Registrar
	case petition.InspectionHead, petition.InspectionTake:
		return petition.OfficeHead
	}
	return petition.Leader
}

// OwnLimits are limits that a unit sets for itself, and the rule that says so.
type OwnLimits struct {
	Law  petition.LocalLaw
	Rule petition.LocalRule
}

// Judged is how far a unit has come with a common issue that was put up to it: the first
// about which there is something to find.
type Judged struct {
	Unit  petition.UnitID
	Steps int
}

// Meeting is a session of a leader that a unit's plan announces.
type Meeting struct {
	Unit    petition.UnitID
	Year    int
	Session petition.Session
}

// Accounting is a file in which a unit answers for work on a first petition, and how far it
// came; Fault is what the case must show.
type Accounting struct {
	Unit  petition.UnitID
	Fault string
	Steps []petition.AccountEntry
}

// Answer is what the auditor of a unit tells who asked.
type Answer struct {
	Unit petition.UnitID
	Text string
}

// Set is a duty that one unit set for another, and how far it came.
type Set struct {
	Unit   petition.UnitID
	Role   petition.Role // who set it
	Act    petition.DutyAct
	Answer map[string]string // nil while it is open
	End    petition.DutyAct  // who set it confirmed; no action while it is not
}

// Noted is an early sign of a dispute, and how it was closed; "" while it is open.
type Noted struct {
	Unit   petition.UnitID
	Entry  petition.DisputeEntry
	Closed string
}

var noteData = load[struct {
	Rule []struct{ Unit, Title, Number, From, Text string }

	Limits []struct {
		Unit, Name, Number, Text string
		Notice, Handling         int
		NoticeArticle            string `toml:"notice_article"`
		HandlingArticle          string `toml:"handling_article"`
	}
	Dispute []struct {
		Unit, Kind, Place, Asked, Measures, Closed string
		People, Next                               int // days from now: may lie in the past
		Hours                                      int // how long ago an emergency began
	}
	Incident []struct {
		Unit, Kind, Hour, Place, Measures string
		People, Ago                       int // days
	}
	Team []struct {
		Unit, Kind, Role, Name, Post, Text string
		Full                               bool
		Hours, Ends, Ago                   int // days
	}
	Least []struct {
		Unit string
		N    int
	}
	Issue []struct {
		Unit  string
		Steps int
	}
	Finding []struct{ Topic, Confirmed, To, Advised, Partly string }
	Session []struct {
		Unit, Kind, From, Until, Place, Post, Portfolio, Subject string
		In, Places                                               int // days from now
	}
	Account []struct{ Unit, Fault, Facts, Measure, Decision, Feedback string }
	Answer  []Answer
	Asked   []struct {
		Unit, About, Team, Document, Text string
		Names                             bool
		Then                              []struct{ Act, Text string }
	}
	Annual []struct {
		Unit, End, Why string
		Texts          map[string]string
	}
	Reward []struct{ Unit, Title, Contribution, Reward, Ruling string }
	Duty   []struct {
		Unit, Role, Kind, Form, Owner, Title, Outcome, Words string
		Due                                                  int // days from now: may lie in the past
		Says, Answer                                         map[string]string
	}
}]("data/notes.toml")

// NotesAt are the notes as they stand at an instant.
func NotesAt(now time.Time) Notes {
	var all Notes
	for _, r := range noteData.Rule {
		all.Rules = append(all.Rules, petition.LocalRule{Unit: petition.UnitID(r.Unit), Title: r.Title, Number: r.Number, From: r.From, Text: r.Text})
	}
	for _, l := range noteData.Limits {
		law := petition.LocalLaw{Unit: petition.UnitID(l.Unit), Name: l.Name, Source: l.Number, From: petition.Day(now),
			Clocks: map[petition.ClockKind]petition.Limit{
				petition.NoticeClock:   {Days: l.Notice, Working: true, Article: l.NoticeArticle},
				petition.HandlingClock: {Days: l.Handling, Article: l.HandlingArticle}}}
		all.Limits = append(all.Limits, OwnLimits{law, petition.LocalRule{Unit: law.Unit, Title: l.Name, Number: l.Number,
			From: law.From, Text: l.Text, Law: law.Named()}})
	}
	for _, d := range noteData.Dispute {
		when := ""
		if d.Hours > 0 {
			when = now.Add(-time.Duration(d.Hours) * time.Hour).In(petition.Shanghai).Format("2006-01-02 15:04")
		}
		all.Disputes = append(all.Disputes, Noted{petition.UnitID(d.Unit), petition.DisputeEntry{Step: petition.DisputeAdd, When: when,
			Kind: petition.DisputeKind(d.Kind), Place: d.Place, People: d.People, Asked: d.Asked, Measures: d.Measures,
			Next: petition.Day(now.AddDate(0, 0, d.Next))}, d.Closed})
	}
	for _, i := range noteData.Incident {
		all.Incidents = append(all.Incidents, petition.Incident{Unit: petition.UnitID(i.Unit), Kind: petition.Behaviour(i.Kind),
			Day: petition.Day(now.AddDate(0, 0, -i.Ago)), Hour: i.Hour, Place: i.Place, People: i.People, Measures: i.Measures})
	}
	all.Teams = teamsAt(now)
	all.Leasts, all.Issues, all.Findings = issuesAt(now)
	all.Plans, all.Accounts, all.Answers = plansAt(now), accountings(), noteData.Answer
	for _, a := range noteData.Asked {
		one := Asked{Unit: petition.UnitID(a.Unit), About: petition.UnitID(a.About), Ask: petition.InspectionStep{Team: a.Team,
			Document: a.Document, From: petition.Day(now.AddDate(-1, 0, 0)), To: petition.Day(now.AddDate(0, 0, -8)), Names: a.Names, Text: a.Text}}
		for _, s := range a.Then {
			one.Then = append(one.Then, petition.InspectionStep{Act: petition.InspectionAct(s.Act), Text: s.Text})
		}
		all.Asked = append(all.Asked, one)
	}
	for _, a := range noteData.Annual {
		all.Annuals = append(all.Annuals, Reported{petition.UnitID(a.Unit), a.Texts, petition.AnnualStatus(a.End), a.Why})
	}
	for _, r := range noteData.Reward {
		all.Rewards = append(all.Rewards, Rewarded{petition.UnitID(r.Unit), petition.DutyAct{Action: petition.SetDuty, Kind: petition.Reward,
			Owner: petition.UnitID(r.Unit), Title: r.Title, Due: petition.Day(now.AddDate(0, 0, petition.DutyDays(petition.Reward))),
			Values: map[string]string{"contribution": r.Contribution, "reward": r.Reward}}, r.Ruling})
	}
	for _, d := range noteData.Duty {
		set := Set{Unit: petition.UnitID(d.Unit), Role: petition.Role(d.Role), Answer: d.Answer,
			Act: petition.DutyAct{Action: petition.SetDuty, Kind: petition.DutyKind(d.Kind), Form: petition.DutyForm(d.Form),
				Owner: petition.UnitID(d.Owner), Title: d.Title, Due: petition.Day(now.AddDate(0, 0, d.Due)), Values: d.Says}}
		if d.Outcome != "" {
			set.End = petition.DutyAct{Action: petition.CloseDuty, Outcome: d.Outcome, Text: d.Words}
		}
		all.Duties = append(all.Duties, set)
	}
	return all
}

// teamsAt are the books of who carries petition work.
func teamsAt(now time.Time) []petition.Team {
	var all []petition.Team
	for _, e := range noteData.Team {
		if n := len(all); n == 0 || all[n-1].Unit != petition.UnitID(e.Unit) {
			all = append(all, petition.Team{Unit: petition.UnitID(e.Unit)})
		}
		book := &all[len(all)-1]
		book.Entries = append(book.Entries, petition.TeamEntry{N: len(book.Entries) + 1, Kind: petition.TeamKind(e.Kind),
			Day: petition.Day(now.AddDate(0, 0, -e.Ago)), Ends: e.Ends, Name: e.Name, Post: e.Post, Role: petition.TeamRole(e.Role),
			Full: e.Full, Hours: e.Hours, Text: e.Text})
	}
	return all
}

// issuesAt are from how many matters on units see a common issue, how far they have come
// with those that were put up to them, and what they find, by topic.
func issuesAt(now time.Time) (map[petition.UnitID]int, []Judged, map[petition.Topic][]petition.IssueStep) {
	leasts := make(map[petition.UnitID]int)
	for _, l := range noteData.Least {
		leasts[petition.UnitID(l.Unit)] = l.N
	}
	var all []Judged
	for _, i := range noteData.Issue {
		all = append(all, Judged{petition.UnitID(i.Unit), i.Steps})
	}
	findings := make(map[petition.Topic][]petition.IssueStep)
	for _, f := range noteData.Finding {
		findings[petition.Topic(f.Topic)] = []petition.IssueStep{{Status: petition.IssueConfirmed, Text: f.Confirmed},
			{Status: petition.IssueAdvised, To: f.To, Due: petition.Day(now.AddDate(0, 0, 15)), Text: f.Advised},
			{Status: petition.IssuePartly, Text: f.Partly}}
	}
	return leasts, all, findings
}

// plansAt are the sessions ahead, each on a day on which people work.
func plansAt(now time.Time) []Meeting {
	var all []Meeting
	days := Rules().Days
	for _, s := range noteData.Session {
		day := now.In(petition.Shanghai).AddDate(0, 0, s.In)
		for works, _ := days.Working(petition.Day(day)); !works; works, _ = days.Working(petition.Day(day)) {
			day = day.AddDate(0, 0, 1)
		}
		unit := petition.UnitID(s.Unit)
		all = append(all, Meeting{unit, day.Year(), petition.Session{Kind: petition.SessionKind(s.Kind), Leader: nameOf(unit, petition.Leader),
			Post: s.Post, Portfolio: s.Portfolio, Day: petition.Day(day), From: s.From, Until: s.Until, Place: s.Place,
			Subject: s.Subject, Places: s.Places}})
	}
	return all
}

// nameOf is the first of a unit's staff in a role.
func nameOf(unit petition.UnitID, role petition.Role) string {
	for _, a := range staff {
		if a.Unit == unit && a.Is(role) {
			return a.Name
		}
	}
	return ""
}

// accountings are the files: proposed, and perhaps decided and reported on.
func accountings() []Accounting {
	var all []Accounting
	for _, a := range noteData.Account {
		one := Accounting{petition.UnitID(a.Unit), a.Fault, []petition.AccountEntry{{Step: petition.AccountAdd, Text: a.Facts, Measure: a.Measure}}}
		if a.Decision != "" {
			one.Steps = append(one.Steps, petition.AccountEntry{Step: petition.AccountPursue, Text: a.Decision, Measure: a.Measure},
				petition.AccountEntry{Step: petition.AccountFeedback, Text: a.Feedback})
		}
		all = append(all, one)
	}
	return all
}
