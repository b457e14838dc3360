package officedb

import (
	"context"
	_ "embed" // what the program proposes is data
	"fmt"
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
type proposal struct {
	Title, Problem, Demand string
	Duty                   map[string]string // by clock
}

// missed is an open leg that has missed its day.
type missed struct {
	Case   sql.ID `db:"case_id"`
	N      int    `db:"n"`
	Unit   string `db:"unit"`
	Kind   string `db:"kind"`
	Number string `db:"number"`
	Due    string `db:"due_day"`
	Clock  string `db:"clock"`
}

// Supervise drafts a supervision by letter (督办函) for every open leg that has missed its
// day, at the unit that assigned it or else the unit above (2022 Art. 40; scenario 8.1).
// It does so once a day, and once for each leg and day missed, however often it runs. It
// tells how many it drafted.
func (s *Store) Supervise(ctx context.Context, now time.Time) (made int, err error) {
	var text proposal
	if err := toml.Unmarshal(supervisionText, &text); err != nil {
		return 0, fmt.Errorf("supervision text: %w", err)
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return 0, err
	}
	for _, u := range rules.Units.All() {
		legs, err := s.missed(ctx, u.ID, now)
		if err != nil {
			return made, err
		}
		for _, l := range legs {
			did, err := s.draftOnce(ctx, rules, text, l, now)
			if err != nil {
				return made, err
			}
			if did {
				made++
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

// missed lists the legs of a unit whose day has passed and that nothing was drafted for.
func (s *Store) missed(ctx context.Context, unit petition.UnitID, now time.Time) ([]missed, error) {
	var rows []missed
	err := s.db.Select(ctx, &rows, `
		SELECT l.case_id, l.n, l.unit, l.kind, l.number, l.due_day, l.clock FROM leg l
		WHERE l.unit = ? AND l.is_open = 1 AND l.due_at > 0 AND l.due_at < ? AND l.number <> ''
			AND NOT EXISTS (SELECT 1 FROM duty_trigger t WHERE t.case_id = l.case_id AND t.leg = l.n AND t.due_day = l.due_day)
		ORDER BY l.sort`, unit, now)
	return rows, err
}

// draftOnce drafts one, unless another node just did, or the day was nobody's duty.
func (s *Store) draftOnce(ctx context.Context, r petition.Rules, text proposal, l missed, now time.Time) (bool, error) {
	duty, ok := text.Duty[l.Clock]
	from, err := s.supervisorOf(ctx, r, l)
	if err != nil || !ok || from == "" {
		return false, err
	}
	say := strings.NewReplacer("{number}", l.Number, "{day}", l.Due, "{duty}", duty).Replace
	by := petition.System
	by.Unit = from
	id := petition.ID(l.Case)
	act := petition.DutyAct{Action: petition.DraftDuty, Kind: petition.Supervision, Form: petition.LetterForm, Owner: petition.UnitID(l.Unit),
		Case: id, Title: say(text.Title), Due: petition.Day(now.AddDate(0, 0, supervisionDays)),
		Values: map[string]string{"problem": say(text.Problem), "demand": say(text.Demand)}}
	_, err = s.addDuty(ctx, by, act, now, func(ctx context.Context, tx sql.Tx, duty petition.ID) error {
		_, err := tx.Exec(ctx, `INSERT INTO duty_trigger (case_id, leg, due_day, duty) VALUES (?, ?, ?, ?)`, id, l.N, l.Due, duty)
		return err
	})
	if sql.Duplicate(err) {
		return false, nil
	}
	return err == nil, err
}

// supervisorOf is the unit that supervises a leg: who assigned it, or the unit above; ""
// where there is none here.
func (s *Store) supervisorOf(ctx context.Context, r petition.Rules, l missed) (petition.UnitID, error) {
	if petition.LegKind(l.Kind) == petition.Assignment {
		h, err := s.holdAny(ctx, petition.ID(l.Case))
		if err != nil {
			return "", err
		}
		if sender := h.c.Leg(h.c.Leg(l.N).From); sender != nil {
			return sender.Unit, nil
		}
	}
	for _, up := range r.Units.Above(petition.UnitID(l.Unit)) {
		if up.Installation == s.signer.Installation && !up.Gone() {
			return up.ID, nil
		}
	}
	return "", nil
}
