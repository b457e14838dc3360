package officedb

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"slices"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// heldDuty is a duty as read to be changed, with its key.
type heldDuty struct {
	d   *petition.Duty
	key exchange.Key
}

// visibleDuty guards a statement about duties d. Who sets and who owns one sees it, and
// overseers above the owner once it is out; nobody, what is about a case that he must not
// know of. Its arguments are scope.dutyGuard.
const visibleDuty = ` NOT EXISTS (SELECT 1 FROM exclusion x WHERE x.staff = ? AND x.case_id = d.case_id)
	AND ((? = 1 AND (d.from_unit = ? OR (d.owner = ? AND d.state <> 'draft')))
		OR (? = 1 AND d.state <> 'draft'
			AND EXISTS (SELECT 1 FROM unit u WHERE u.id = d.owner AND u.path >= ? AND u.path < ?))) `

func (sc scope) dutyGuard() []any {
	low, high := subtree(sc.path)
	return []any{sc.actor.Staff, sc.actor.Is(workers...), sc.actor.Unit, sc.actor.Unit, sc.actor.Is(overseers...), low, high}
}

func dutyPlace(id petition.ID, n int) []byte {
	return place("duty_entry", "body", id[:], binary.BigEndian.AppendUint32(nil, uint32(n)))
}

func dutyTitlePlace(id petition.ID) []byte { return place("duty", "title", id[:]) }

// Duty reads one; NotFound for whoever may not see it, and where there is none.
func (s *Store) Duty(ctx context.Context, by petition.Actor, id petition.ID) (*petition.Duty, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return nil, err
	}
	h, err := s.holdDuty(ctx, sc, id)
	if err != nil {
		return nil, err
	}
	return h.d, nil
}

func (s *Store) holdDuty(ctx context.Context, sc scope, id petition.ID) (*heldDuty, error) {
	var n int
	if err := s.db.Get(ctx, &n, `SELECT d.version FROM duty d WHERE d.id = ? AND`+visibleDuty, append([]any{id}, sc.dutyGuard()...)...); err != nil {
		return nil, err
	}
	keys, err := s.dutyKeys(ctx, []petition.ID{id})
	if err != nil {
		return nil, err
	}
	h := &heldDuty{d: &petition.Duty{ID: id}, key: keys[id]}
	var rows []struct {
		N    int    `db:"n"`
		Body []byte `db:"body"`
	}
	if err := s.db.Select(ctx, &rows, `SELECT n, body FROM duty_entry WHERE duty = ? AND n <= ? ORDER BY n`, id, n); err != nil {
		return nil, err
	}
	for _, r := range rows {
		plain, err := h.key.Open(r.Body, dutyPlace(id, r.N))
		if err != nil {
			return nil, err
		}
		var e petition.DutyEntry
		if err := json.Unmarshal(plain, &e); err != nil {
			return nil, err
		}
		if err := h.d.Apply(e); err != nil {
			return nil, err
		}
	}
	return h, nil
}

// dutyKeys unwraps the keys of some duties.
func (s *Store) dutyKeys(ctx context.Context, ids []petition.ID) (map[petition.ID]exchange.Key, error) {
	out := make(map[petition.ID]exchange.Key, len(ids))
	for part := range sql.Parts(ids) {
		var rows []struct {
			Duty sql.ID `db:"duty"`
			wrapped
		}
		err := s.db.Select(ctx, &rows, `SELECT duty, holder, wrapped FROM duty_key WHERE duty IN (`+sql.Marks(len(part))+`)`, sql.Args(part)...)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			id := petition.ID(r.Duty)
			if out[id], err = s.unwrap(ctx, id, []wrapped{r.wrapped}); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// SetDuty makes a duty of an act that sets or drafts one, and returns it. It fails like
// petition.DecideDuty, and with Invalid where the case or the person is not to be seen.
func (s *Store) SetDuty(ctx context.Context, by petition.Actor, act petition.DutyAct, now time.Time) (*petition.Duty, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return nil, err
	}
	if err := s.dutyFits(ctx, sc, nil, act); err != nil {
		return nil, err
	}
	flag, answer, err := s.answerFlag(ctx, sc, act, now)
	if err != nil {
		return nil, err
	}
	return s.addDuty(ctx, sc.actor, act, now, func(ctx context.Context, tx sql.Tx, id petition.ID) error {
		if flag != nil {
			if err := s.writeDuty(ctx, tx, flag, answer); err != nil {
				return err
			}
		}
		if act.Cause == "" {
			return nil
		}
		return keepCause(ctx, tx, id, ground{Cause: act.Cause, About: id})
	})
}

// addDuty stores a new duty of an officer, or of the program for a unit. also, if any, is
// done in the same transaction.
func (s *Store) addDuty(ctx context.Context, by petition.Actor, act petition.DutyAct, now time.Time,
	also func(ctx context.Context, tx sql.Tx, id petition.ID) error) (*petition.Duty, error) {
	rules, err := s.Rules(ctx)
	if err != nil {
		return nil, err
	}
	if act.Number, err = s.dutyNumber(ctx, rules, by.Unit, act.Action, act.Kind, act.Form, now); err != nil {
		return nil, err
	}
	e, err := petition.DecideDuty(nil, by, act, rules.Units, now)
	if err != nil {
		return nil, err
	}
	id, err := newID(now)
	if err != nil {
		return nil, err
	}
	h := &heldDuty{d: &petition.Duty{ID: id}, key: exchange.NewKey()}
	if err := h.d.Apply(e); err != nil {
		return nil, err
	}
	return h.d, s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		if also != nil {
			if err := also(ctx, tx, id); err != nil {
				return err
			}
		}
		d := h.d
		_, err := tx.Exec(ctx, `INSERT INTO duty (id, kind, form, number, from_unit, from_staff, owner, person, case_id, state,
			due_day, outcome, version, set_at, ended_at, title) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, 0, ?)`,
			id, d.Kind, d.Form, d.Number, d.From, d.By, d.Owner, d.Person, d.Case, d.State, d.Due, d.Outcome, e.At,
			h.key.Seal([]byte(d.Title), dutyTitlePlace(id)))
		if err != nil {
			return err
		}
		if err := s.keepDutyKeys(ctx, tx, h); err != nil {
			return err
		}
		return s.writeDutyEntry(ctx, tx, h, e)
	})
}

// keepDutyKeys lets both units open it.
func (s *Store) keepDutyKeys(ctx context.Context, tx sql.Tx, h *heldDuty) error {
	units := []petition.UnitID{h.d.From, h.d.Owner}
	slices.Sort(units)
	for _, unit := range slices.Compact(units) {
		w, err := s.wrapFor(ctx, h.d.ID, h.key, exchange.UnitHolder(unit))
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `INSERT INTO duty_key (duty, holder, wrapped) VALUES (?, ?, ?)`, h.d.ID, w.Holder, w.Key); err != nil {
			return err
		}
	}
	return nil
}

// dutyNumber numbers what goes out as a letter (petition.DutyLetter), once.
func (s *Store) dutyNumber(ctx context.Context, r petition.Rules, unit petition.UnitID, a petition.DutyAction, k petition.DutyKind, f petition.DutyForm, now time.Time) (string, error) {
	if petition.DutyLetter(k, f) == "" || a != petition.SetDuty && a != petition.IssueDuty {
		return "", nil
	}
	return s.nextPaperNumber(ctx, r, unit, now)
}

// dutyFits checks what the domain cannot know: that the case is one that the actor sees,
// and that the person works at the owner.
func (s *Store) dutyFits(ctx context.Context, sc scope, d *petition.Duty, act petition.DutyAct) error {
	owner := act.Owner
	if d != nil {
		owner = d.Owner
	}
	if !act.Case.IsZero() {
		if err := s.dutyCaseFits(ctx, sc, act); err != nil {
			return err
		}
	}
	if !act.Decision.IsZero() {
		if h, err := s.holdDuty(ctx, sc, act.Decision); err != nil {
			return err
		} else if h.d.Kind != petition.Tracking || h.d.Owner != owner {
			return invalid("owner", "problem.duty_decision")
		}
	}
	if act.Person.IsZero() {
		return nil
	}
	var n int
	err := s.db.Get(ctx, &n, `SELECT COUNT(*) FROM staff WHERE id = ? AND unit = ? AND active = 1`, act.Person, owner)
	if err == nil && n == 0 {
		err = invalid("person", "problem.duty_person")
	}
	return err
}

// dutyCaseFits checks the case that a duty is to be about: the actor sees it, and a reward is
// proposed for a suggestion that was adopted and answered.
func (s *Store) dutyCaseFits(ctx context.Context, sc scope, act petition.DutyAct) error {
	err := s.mayOpen(ctx, sc, act.Case)
	if petition.Is(err, petition.NotFound) {
		return invalid("case", "problem.case_unknown")
	}
	if err != nil || act.Kind != petition.Reward {
		return err
	}
	h, err := s.holdAny(ctx, act.Case)
	if err == nil && !h.c.Adopted() {
		err = invalid("case", "problem.reward_case")
	}
	return err
}

// ActDuty does something with a duty as the actor saw it. It fails like
// petition.DecideDuty, with NotFound like Duty, and with Conflict if it was changed since.
func (s *Store) ActDuty(ctx context.Context, by petition.Actor, id petition.ID, version int, act petition.DutyAct, now time.Time) error {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return err
	}
	h, err := s.holdDuty(ctx, sc, id)
	if err != nil {
		return err
	}
	if len(h.d.Entries) != version {
		return overtaken()
	}
	if err := s.dutyFits(ctx, sc, h.d, act); err != nil {
		return err
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return err
	}
	e, err := petition.DecideDuty(h.d, sc.actor, act, rules.Units, now)
	if err != nil {
		return err
	}
	if e.Act.Number, err = s.dutyNumber(ctx, rules, h.d.From, act.Action, h.d.Kind, h.d.Form, now); err != nil {
		return err
	}
	if err := h.d.Apply(e); err != nil {
		return err
	}
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error { return s.writeDuty(ctx, tx, h, e) })
}

// writeDuty stores an entry and the row as it is after it.
func (s *Store) writeDuty(ctx context.Context, tx sql.Tx, h *heldDuty, e petition.DutyEntry) error {
	d := h.d
	var ended time.Time
	if d.State == petition.DutyClosed || d.State == petition.DutyWithdrawn {
		ended = e.At
	}
	rows, err := tx.Exec(ctx, `UPDATE duty SET number = ?, person = ?, state = ?, due_day = ?, outcome = ?, version = ?, ended_at = ?
		WHERE id = ? AND version = ?`, d.Number, d.Person, d.State, d.Due, d.Outcome, e.N, sql.Instant(ended), d.ID, e.N-1)
	if err != nil {
		return err
	}
	if rows == 0 {
		return overtaken()
	}
	return s.writeDutyEntry(ctx, tx, h, e)
}

// writeDutyEntry stores an entry, and the hash of its sealed body in the log of record.
func (s *Store) writeDutyEntry(ctx context.Context, tx sql.Tx, h *heldDuty, e petition.DutyEntry) error {
	plain, err := json.Marshal(e)
	if err != nil {
		return err
	}
	body := h.key.Seal(plain, dutyPlace(h.d.ID, e.N))
	_, err = tx.Exec(ctx, `INSERT INTO duty_entry (duty, n, at, action, staff, unit, body) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		h.d.ID, e.N, e.At, e.Act.Action, e.By.Staff, e.By.Unit, body)
	if err != nil {
		return err
	}
	digest := sha256.Sum256(body)
	return s.appendAudit(ctx, tx, view{chain: officeChain, at: e.At, action: "duty_" + string(e.Act.Action), staff: e.By.Staff,
		unit: e.By.Unit, file: h.d.ID, purpose: s.keys.master.Seal(digest[:], purposePlace(petition.ID{}))})
}
