package officedb

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"strings"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

// officeChain is the log that the office's audit administrator may read. Each
// cadre-supervision compartment has a chain of its own, named after its holder, so
// that a view of a report leaves no trace for anybody else.
const officeChain = "office"

// What a view was of.
const (
	viewedIdentity = "identity"
	viewedFile     = "file"
	viewedCode     = "code"
	viewedReport   = "report"
	viewedNotice   = "notice"
	viewedAsked    = "asked"
)

// view is an entry of the log: who did or saw what, when and why.
type view struct {
	chain   string
	at      time.Time
	action  string
	staff   petition.ID
	unit    petition.UnitID
	caseID  petition.ID
	file    petition.ID
	purpose []byte // sealed; empty where none is asked for
}

// link is a row of the log with its place in the chain.
type link struct {
	N       int64    `db:"n"`
	At      int64    `db:"at"`
	Staff   sql.ID   `db:"staff"`
	Unit    string   `db:"unit"`
	Action  string   `db:"action"`
	Case    sql.ID   `db:"case_id"`
	File    sql.ID   `db:"file"`
	Digest  sql.Hash `db:"digest"`
	Hash    sql.Hash `db:"hash"`
	Purpose []byte   `db:"purpose"`
}

// appendAudit adds an entry to its chain, in the transaction of what it records. The
// first statement takes the chain's row, so that entries stand in one line.
func (s *Store) appendAudit(ctx context.Context, tx sql.Tx, v view) error {
	rows, err := tx.Exec(ctx, `UPDATE chain SET n = n + 1 WHERE name = ?`, v.chain)
	if err != nil {
		return err
	}
	if rows == 0 {
		if _, err := tx.Exec(ctx, `INSERT INTO chain (name, n, hash) VALUES (?, 1, ?)`, v.chain, sql.Hash{}); err != nil {
			return err
		}
	}
	var head struct {
		N    int64    `db:"n"`
		Hash sql.Hash `db:"hash"`
	}
	if err := tx.Get(ctx, &head, `SELECT n, hash FROM chain WHERE name = ?`, v.chain); err != nil {
		return err
	}
	l := link{N: head.N, At: sql.Instant(v.at), Staff: sql.ID(v.staff), Unit: string(v.unit), Action: v.action,
		Case: sql.ID(v.caseID), File: sql.ID(v.file), Digest: digestOf(v.purpose)}
	l.Hash = l.hash(v.chain, head.Hash)
	_, err = tx.Exec(ctx, `
		INSERT INTO audit (chain, n, at, staff, unit, action, case_id, file, digest, hash, purpose)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		v.chain, l.N, l.At, l.Staff, l.Unit, l.Action, l.Case, l.File, l.Digest, l.Hash, v.purpose)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `UPDATE chain SET hash = ? WHERE name = ?`, l.Hash, v.chain); err != nil {
		return err
	}
	return enqueue(ctx, tx, v.at, l.Hash)
}

// hash binds every field of an entry and the entry before.
func (l link) hash(chain string, previous sql.Hash) sql.Hash {
	h := sha256.New()
	part := func(b []byte) {
		_ = binary.Write(h, binary.BigEndian, uint32(len(b))) // a hash never fails
		h.Write(b)
	}
	part([]byte(chain))
	part(binary.BigEndian.AppendUint64(nil, uint64(l.N)))
	part(binary.BigEndian.AppendUint64(nil, uint64(l.At)))
	part(l.Staff[:])
	part([]byte(l.Unit))
	part([]byte(l.Action))
	part(l.Case[:])
	part(l.File[:])
	part(l.Digest[:])
	part(previous[:])
	return sql.Hash(h.Sum(nil))
}

// looked makes the entry of somebody's look into a case. It fails with Invalid if no
// purpose is stated.
func (s *Store) looked(sc scope, id petition.ID, action, purpose string, now time.Time) (view, error) {
	purpose = strings.TrimSpace(purpose)
	if purpose == "" {
		return view{}, invalid("purpose", "problem.purpose_required")
	}
	return view{chain: officeChain, at: now, action: action, staff: sc.actor.Staff, unit: sc.actor.Unit,
		caseID: id, purpose: s.keys.master.Seal([]byte(purpose), purposePlace(id))}, nil
}

func purposePlace(id petition.ID) []byte { return place("audit", "purpose", id[:]) }

// Views lists who looked at identity, files or codes of a case, oldest first.
func (s *Store) Views(ctx context.Context, by petition.Actor, id petition.ID) ([]backoffice.Viewed, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return nil, err
	}
	if err := s.mayOpen(ctx, sc, id); err != nil {
		return nil, err
	}
	var rows []struct {
		At      sql.Moment `db:"at"`
		Name    string     `db:"name"`
		Unit    string     `db:"unit"`
		Action  string     `db:"action"`
		Purpose []byte     `db:"purpose"`
	}
	err = s.db.Select(ctx, &rows, `
		SELECT a.at, s.name, a.unit, a.action, a.purpose
		FROM audit a JOIN staff s ON s.id = a.staff
		WHERE a.case_id = ? AND a.chain = ?
		ORDER BY a.n`, id, officeChain)
	if err != nil {
		return nil, err
	}
	out := make([]backoffice.Viewed, 0, len(rows))
	for _, r := range rows {
		why, err := s.keys.master.Open(r.Purpose, purposePlace(id))
		if err != nil {
			return nil, err
		}
		out = append(out, backoffice.Viewed{At: r.At.Time, Name: r.Name, Unit: petition.UnitID(r.Unit),
			What: r.Action, Purpose: string(why)})
	}
	return out, nil
}

// mayOpen fails with NotFound unless the case is visible in the scope.
func (s *Store) mayOpen(ctx context.Context, sc scope, id petition.ID) error {
	var n int
	return s.db.Get(ctx, &n, `SELECT 1 FROM cases c WHERE c.id = ? AND`+visibleCase, append([]any{id}, sc.guard()...)...)
}

func digestOf(sealed []byte) sql.Hash { return sha256.Sum256(sealed) }
