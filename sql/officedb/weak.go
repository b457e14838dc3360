package officedb

import (
	"context"
	"crypto/sha256"
	_ "embed" // what the program proposes is data
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

//go:embed data/guidance.toml
var guidanceText []byte

// guidanceWords are the words of a plan that the program drafts; weaknesses by indicator.
type guidanceWords struct {
	Title, Plan string
	Weakness    map[petition.Indicator]string
}

// settingGuidance is the last quarter that was looked through.
const settingGuidance = "guidance_of"

// ProposeGuidance looks through every quarter that has ended since the last one it saw, and
// drafts a guidance plan (帮扶) for each unit whose rates were weak, for the unit above to
// send or to withdraw (scenario 12.3): one effect, however often it runs. The first time it
// looks at the quarter before this.
func (s *Store) ProposeGuidance(ctx context.Context, now time.Time) error {
	seen, err := setting(ctx, s.db, settingGuidance)
	if err != nil {
		return err
	}
	last := petition.QuarterBefore(petition.Day(now))
	quarter := last
	if seen != "" {
		quarter = petition.Period(seen).After()
	}
	for ; quarter <= last; quarter = quarter.After() { // quarters sort as they follow
		if err := s.guidanceOf(ctx, quarter, now); err != nil {
			return err
		}
		err := s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
			return saveSetting(ctx, tx, settingGuidance, string(quarter), now)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// guidanceOf drafts the plans of one quarter; those that are there already stay.
func (s *Store) guidanceOf(ctx context.Context, quarter petition.Period, now time.Time) error {
	var words guidanceWords
	if err := toml.Unmarshal(guidanceText, &words); err != nil {
		return fmt.Errorf("guidance text: %w", err)
	}
	from, to, err := quarter.Span()
	if err != nil {
		return err
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return err
	}
	job := supervising{s: s, r: rules, now: now}
	for _, u := range rules.Units.All() {
		above := job.superior(u.ID)
		if above == "" || u.Gone() {
			continue
		}
		rows, err := s.indicators(ctx, backoffice.IndicatorQuery{Unit: u.ID, From: from, To: to, Now: now}, nil)
		if err != nil {
			return err
		}
		own := petition.Figures{}
		for _, r := range rows {
			if r.Unit == u.ID { // what those below it do is theirs
				own.Add(r.Figures)
			}
		}
		if weak := petition.Weaknesses(own); len(weak) > 0 {
			if err := job.draftGuidance(ctx, words, u, above, quarter, weak); err != nil {
				return err
			}
		}
	}
	return nil
}

// draftGuidance drafts one plan, unless it is there.
func (j supervising) draftGuidance(ctx context.Context, words guidanceWords, u petition.Unit, above petition.UnitID, quarter petition.Period, weak []petition.Weakness) error {
	said := string(quarter[:4]) + "年第" + string(quarter[6:]) + "季度"
	var shown []string
	for _, w := range weak {
		shown = append(shown, strings.NewReplacer("{quarter}", said, "{num}", strconv.Itoa(w.Num), "{den}", strconv.Itoa(w.Den)).
			Replace(words.Weakness[w.What]))
	}
	by := petition.System
	by.Unit = above
	act := petition.DutyAct{Action: petition.DraftDuty, Kind: petition.HelpPlan, Owner: u.ID,
		Title:  strings.NewReplacer("{quarter}", said, "{unit}", u.Short).Replace(words.Title),
		Due:    petition.Day(j.now.AddDate(0, 0, petition.DutyDays(petition.HelpPlan))),
		Values: map[string]string{"weakness": strings.Join(shown, "\n"), "plan": words.Plan}}
	fact := ground{Cause: petition.WeakWork, About: unitFact(u.ID), Fact: string(quarter)}
	_, err := j.s.addDuty(ctx, by, act, j.now, func(ctx context.Context, tx sql.Tx, duty petition.ID) error {
		return keepCause(ctx, tx, duty, fact)
	})
	if sql.Duplicate(err) {
		return nil
	}
	return err
}

// unitFact stands for a unit where a fact is about it and not about a case or a duty.
func unitFact(unit petition.UnitID) (id petition.ID) {
	sum := sha256.Sum256([]byte("unit/" + string(unit)))
	copy(id[:], sum[:])
	return id
}
