package petition

import (
	"slices"
	"strings"
	"time"
)

// Team (队伍台账) is what a unit keeps about who carries its petition work: who of the
// leadership answers for it (clause 12), who does it, and how they are trained, moved and
// thanked (clause 14). Entries are added and never changed; one that holds is ended by
// another.
type Team struct {
	Unit    UnitID
	Entries []TeamEntry
}

// TeamKind is what an entry is about.
type TeamKind string

const (
	TeamDuty         TeamKind = "duty"         // 责任分工
	TeamPost         TeamKind = "post"         // 人员配备
	TeamTraining     TeamKind = "training"     // 教育培训
	TeamRotation     TeamKind = "rotation"     // 轮岗交流
	TeamPlacement    TeamKind = "placement"    // 年轻干部到信访岗位锻炼
	TeamCommendation TeamKind = "commendation" // 表彰
	TeamMeeting      TeamKind = "meeting"      // 专题研究信访工作的会议
	TeamLiaison      TeamKind = "liaison"      // 与党委、政府有关部门的联系沟通
)

// TeamKinds lists the kinds in the order in which pages show them.
var TeamKinds = []TeamKind{TeamDuty, TeamPost, TeamTraining, TeamRotation, TeamPlacement, TeamCommendation, TeamMeeting, TeamLiaison}

// Holds tells whether an entry of the kind holds until it is ended; others happened once.
func (k TeamKind) Holds() bool { return k == TeamDuty || k == TeamPost || k == TeamPlacement }

// Personal tells whether an entry of the kind is about somebody by name.
func (k TeamKind) Personal() bool { return k != TeamMeeting && k != TeamLiaison }

// TeamRole is how one of the leadership answers for petition work (clause 12).
type TeamRole string

const (
	TeamPrincipal TeamRole = "principal" // 主要领导负总责
	TeamInCharge  TeamRole = "in_charge" // 分管领导具体负责
	TeamOthers    TeamRole = "others"    // 其他班子成员一岗双责
)

// TeamRoles are the three that every unit must name.
var TeamRoles = []TeamRole{TeamPrincipal, TeamInCharge, TeamOthers}

// TeamEntry is one line.
type TeamEntry struct {
	N       int       `json:"-"`
	Kind    TeamKind  `json:"-"`
	Day     string    `json:"-"` // from which it holds, on which it was, or on which it ended
	Ends    int       `json:"-"` // the entry that it ends; 0 for none
	Officer string    `json:"-"` // who wrote it
	At      time.Time `json:"-"`

	Name  string   `json:"name,omitempty"`  // of whom it is about; of a training several, separated by 、
	Post  string   `json:"post,omitempty"`  // duty, post, placement: what they are; rotation: from where to where
	Role  TeamRole `json:"role,omitempty"`  // duty
	Full  bool     `json:"full,omitempty"`  // post: mainly on petition work (专职)
	Hours int      `json:"hours,omitempty"` // training
	Text  string   `json:"text,omitempty"`  // what about; what came of it
}

// Names are the people of an entry.
func (e TeamEntry) Names() []string {
	return strings.FieldsFunc(e.Name, func(r rune) bool { return strings.ContainsRune("、，, \n", r) })
}

// Standing are the entries of a kind that nobody has ended.
func (t Team) Standing(k TeamKind) []TeamEntry {
	ended := make(map[int]bool)
	for _, e := range t.Entries {
		ended[e.Ends] = true
	}
	return slices.DeleteFunc(t.Of(k), func(e TeamEntry) bool { return ended[e.N] })
}

// Of are the entries of a kind, without those that only end others.
func (t Team) Of(k TeamKind) []TeamEntry {
	var all []TeamEntry
	for _, e := range t.Entries {
		if e.Kind == k && e.Ends == 0 {
			all = append(all, e)
		}
	}
	return all
}

// EndOf is the entry that ended one; ok is false while it holds.
func (t Team) EndOf(n int) (end TeamEntry, ok bool) {
	at := slices.IndexFunc(t.Entries, func(e TeamEntry) bool { return e.Ends == n })
	if n == 0 || at < 0 {
		return TeamEntry{}, false
	}
	return t.Entries[at], true
}

// CheckTeam refuses, with Invalid, what is not filled in as it must be, and with Conflict
// the end of what does not hold.
func CheckTeam(t Team, e TeamEntry, now time.Time) error {
	f := &form{}
	day, err := ParseDay(e.Day)
	f.need(err == nil, "day", "problem.day_missing")
	f.need(err != nil || !day.After(now), "day", "problem.day_future")
	f.atMost("text", e.Text, 1000)
	if e.Ends != 0 {
		at := slices.IndexFunc(t.Standing(e.Kind), func(s TeamEntry) bool { return s.N == e.Ends })
		if at < 0 || !e.Kind.Holds() {
			return conflict("error.team_ended")
		}
		f.need(e.Day >= t.Standing(e.Kind)[at].Day, "day", "problem.day_too_early")
		return f.err()
	}
	f.need(slices.Contains(TeamKinds, e.Kind), "kind", "problem.kind_missing")
	if e.Kind.Personal() {
		f.need(len(e.Names()) > 0, "name", "problem.required")
		f.need(len(e.Names()) <= 1 || e.Kind == TeamTraining, "name", "problem.team_one")
		f.atMost("name", e.Name, 200)
	} else {
		f.need(!blank(e.Text), "text", "problem.text_missing")
	}
	f.atMost("post", e.Post, 100)
	switch e.Kind {
	case TeamDuty:
		f.need(slices.Contains(TeamRoles, e.Role), "role", "problem.choice")
		f.need(!blank(e.Post), "post", "problem.required")
	case TeamTraining:
		f.need(e.Hours >= 1 && e.Hours <= 400, "hours", "problem.team_hours")
		f.need(!blank(e.Text), "text", "problem.text_missing")
	case TeamRotation:
		f.need(!blank(e.Post), "post", "problem.required")
	case TeamCommendation:
		f.need(!blank(e.Text), "text", "problem.text_missing")
	}
	return f.err()
}
