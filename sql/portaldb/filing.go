package portaldb

import (
	"bytes"
	"context"
	"strings"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/portal"
	"huiyin/sql"
)

// File takes a filing in, all or nothing, in this order:
//
//  1. its locator is stored already: nothing is changed, whatever the captcha; the
//     answer is what was stored, and whether the body was another then;
//  2. the captcha is spent (Invalid, problem.captcha, if it was spent before or is
//     zero: a page that saw a wrong answer asks in this way for case 1 only);
//  3. filing, grant, outbox item, claimed files and what is left of the draft are
//     stored.
//
// The grant goes first because its key tells case 1 without another question.
func (s *Store) File(ctx context.Context, in portal.Filed) (portal.Filing, error) {
	var out portal.Filing
	err := s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		err := addGrant(ctx, tx, in.Grant)
		if sql.Duplicate(err) {
			out, err = before(ctx, tx, in)
			return err
		}
		if err != nil {
			return err
		}
		out = portal.Filing{ID: in.Filing, Received: micro(in.Received), Receipt: in.Receipt}
		return store(ctx, tx, in)
	})
	if err != nil {
		return portal.Filing{}, err
	}
	if !out.Before {
		s.sent()
	}
	return out, nil
}

// store is case 2 and 3, once the grant is in.
func store(ctx context.Context, tx sql.Tx, in portal.Filed) error {
	if err := spend(ctx, tx, in); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `
		INSERT INTO filing (id, office, received, size, body_hash, item, copy, receipt, folder, folder_version)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
		in.Filing, in.Item.To, in.Received, in.Size, in.BodyHash, in.Item.ID, in.Copy, in.Receipt, []byte{})
	if err != nil {
		return err
	}
	if err := addItem(ctx, tx, in.Item); err != nil {
		return err
	}
	if err := claim(ctx, tx, in.Draft.ID, in.Files, in.Item.ID); err != nil {
		return err
	}
	return leaveDraft(ctx, tx, in.Draft)
}

// spend uses a captcha up, in the transaction of what it was solved for.
func spend(ctx context.Context, tx sql.Tx, in portal.Filed) error {
	refused := &petition.Error{Kind: petition.Invalid, Key: "error.captcha",
		Problems: []petition.Problem{{Field: "captcha", Key: "problem.captcha"}}}
	if in.Captcha == [16]byte{} {
		return refused
	}
	_, err := tx.Exec(ctx, `INSERT INTO captcha (id, expires) VALUES (?, ?)`, in.Captcha, in.CaptchaExpires)
	if sql.Duplicate(err) {
		return refused
	}
	return err
}

// before tells what was stored under the same locator.
func before(ctx context.Context, tx sql.Tx, in portal.Filed) (portal.Filing, error) {
	var row struct {
		ID       sql.ID     `db:"id"`
		Received sql.Moment `db:"received"`
		BodyHash []byte     `db:"body_hash"`
		Receipt  []byte     `db:"receipt"`
		Waiting  int        `db:"waiting"`
	}
	err := tx.Get(ctx, &row, `
		SELECT f.id, f.received, f.body_hash, f.receipt,
			(SELECT COUNT(*) FROM outbox o WHERE o.id = f.item) AS waiting
		FROM code_grant g JOIN filing f ON f.id = g.filing WHERE g.locator = ?`, in.Grant.Locator)
	return portal.Filing{ID: petition.ID(row.ID), Received: row.Received.Time, Receipt: row.Receipt,
		Before: true, Changed: !bytes.Equal(row.BodyHash, in.BodyHash[:]), Sent: row.Waiting == 0}, err
}

func addGrant(ctx context.Context, tx sql.Tx, g exchange.Grant) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO code_grant (locator, filing, wrapped, rights, revoked) VALUES (?, ?, ?, ?, 0)`,
		g.Locator, g.Filing, g.Wrapped, writeRights(g.Rights))
	return err
}

// addItem puts an item into the outbox.
func addItem(ctx context.Context, tx sql.Tx, it exchange.Item) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO outbox (id, sender, recipient, made, sealed, sig) VALUES (?, ?, ?, ?, ?, ?)`,
		it.ID, it.From, it.To, it.Made, it.Sealed, it.Sig)
	return err
}

func writeRights(rights []exchange.Right) string {
	words := make([]string, len(rights))
	for i, r := range rights {
		words[i] = string(r)
	}
	return strings.Join(words, " ")
}

func readRights(s string) []exchange.Right {
	var rights []exchange.Right
	for _, w := range strings.Fields(s) {
		rights = append(rights, exchange.Right(w))
	}
	return rights
}
