package officedb

import (
	"context"
	_ "embed" // what the program proposes is data
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"

	"huiyin/petition"
	"huiyin/sql"
)

//go:embed data/supervision.toml
var supervisionText []byte

// supervisionDays is how many days a unit is proposed to have for its answer (ours).
const supervisionDays = 15

// proposal is the words of a supervision that the program drafts.
type proposal struct{ Title, Problem, Demand string }

// proposals are the words for everything that is found.
type proposals struct {
	Missed, Unanswered, Unreported proposal
	Duty                           map[string]string // by clock: what was to be done
	Breach                         map[string]proposal
}

// ground is what a supervision is drafted for: a fact, once.
type ground struct {
	Cause petition.DutyCause
	About petition.ID // case or duty
	Part  int         // the leg; 0 of a duty
	Fact  string      // day, or number of an event
	From  petition.UnitID
	Owner petition.UnitID
	Case  petition.ID
	Words proposal
	Say   *strings.Replacer
}

// Supervise drafts a supervision by letter (督办函) for everything that clause 8 names and
// the records show: days missed, instructions and supervisions not answered, wrong
// procedure, evasion, opinions not executed, false work (2022 Art. 40; scenario 8.1). It
// does so once for each fact, however often it runs. It tells how many it drafted.
func (s *Store) Supervise(ctx context.Context, now time.Time) (made int, err error) {
	var text proposals
	if err := toml.Unmarshal(supervisionText, &text); err != nil {
		return 0, fmt.Errorf("supervision text: %w", err)
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return 0, err
	}
	job := supervising{s, rules, text, now}
	for _, find := range []func(context.Context, petition.UnitID) ([]ground, error){job.missed, job.unanswered, job.breaches} {
		for _, u := range rules.Units.All() {
			found, err := find(ctx, u.ID)
			if err != nil {
				return made, err
			}
			for _, g := range found {
				did, err := job.draftOnce(ctx, g)
				if err != nil {
					return made, err
				}
				if did {
					made++
				}
			}
		}
	}
	return made, nil
}

// superviseDaily runs Supervise on the first tick of a day.
func (s *Store) superviseDaily(ctx context.Context, now time.Time) error {
	const name = "supervised_on"
	today := petition.Day(now)
	done, err := setting(ctx, s.db, name)
	if err != nil || done == today {
		return err
	}
	if _, err := s.Supervise(ctx, now); err != nil {
		return err
	}
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error { return saveSetting(ctx, tx, name, today, now) })
}

// supervising is one run of the job.
type supervising struct {
	s    *Store
	r    petition.Rules
	text proposals
	now  time.Time
}

// draftOnce drafts one, unless another node just did, or nobody here may set it.
func (j supervising) draftOnce(ctx context.Context, g ground) (bool, error) {
	if !j.mayOwn(g) {
		return false, nil
	}
	by := petition.System
	by.Unit = g.From
	act := petition.DutyAct{Action: petition.DraftDuty, Kind: petition.Supervision, Form: petition.LetterForm, Cause: g.Cause, Owner: g.Owner,
		Case: g.Case, Title: g.Say.Replace(g.Words.Title), Due: petition.Day(j.now.AddDate(0, 0, supervisionDays)),
		Values: map[string]string{"problem": g.Say.Replace(g.Words.Problem), "demand": g.Say.Replace(g.Words.Demand)}}
	_, err := j.s.addDuty(ctx, by, act, j.now, func(ctx context.Context, tx sql.Tx, duty petition.ID) error {
		return keepCause(ctx, tx, duty, g)
	})
	if sql.Duplicate(err) {
		return false, nil
	}
	return err == nil, err
}

// mayOwn tells whether the one unit may set a supervision for the other.
func (j supervising) mayOwn(g ground) bool {
	return slices.ContainsFunc(petition.DutyOwners(j.r.Units, g.From, petition.Supervision),
		func(u petition.Unit) bool { return u.ID == g.Owner })
}

// keepCause writes down why a duty was set. It fails, sql.Duplicate, where one was already
// drafted for the fact.
func keepCause(ctx context.Context, tx sql.Tx, duty petition.ID, g ground) error {
	_, err := tx.Exec(ctx, `INSERT INTO duty_cause (duty, code, about, part, fact) VALUES (?, ?, ?, ?, ?)`,
		duty, g.Cause, g.About, g.Part, g.Fact)
	return err
}

// superior is the unit above one that is kept here; "" where there is none.
func (j supervising) superior(unit petition.UnitID) petition.UnitID {
	for _, up := range j.r.Units.Above(unit) {
		if up.Installation == j.s.signer.Installation && !up.Gone() {
			return up.ID
		}
	}
	return ""
}
