package officedb

import (
	"bytes"
	"context"
	"encoding/hex"
	"slices"

	"huiyin/petition"
	"huiyin/sql"
)

// decisionRow is what was signed on a claim at a leg: by it like cases are found, and the
// cases that cite a policy. It is derived from the case and goes when that is sealed up.
type decisionRow struct {
	leg, n  int // n is the event that signed it
	unit    petition.UnitID
	topic   petition.Topic
	outcome petition.Outcome
	at      int64
	sketch  []byte
	cites   []petition.Citation
}

const (
	decisionHead = `INSERT INTO decision (case_id, leg, n, unit, topic, outcome, at, sketch) VALUES `
	decisionMark = `(?, ?, ?, ?, ?, ?, ?, ?)`

	citationHead = `INSERT INTO citation (case_id, n, policy, version, article) VALUES `
	citationMark = `(?, ?, ?, ?, ?)`
)

// decides tells whether the change signs something, or derives everything anew.
func (ch *change) decides() bool {
	return len(ch.events) == 0 || slices.ContainsFunc(ch.events, func(e eventRow) bool { return e.Action == string(petition.Sign) })
}

// decisionsOf are the newest decisions on a claim, one for each leg that judged the claim
// itself.
func (s *Store) decisionsOf(c *petition.Case) []decisionRow {
	if c.Track != petition.Claim {
		return nil
	}
	var all []decisionRow
	for _, l := range c.Legs {
		if l.SignedAt.IsZero() || l.Kind.Reviews() {
			continue
		}
		d := decisionRow{leg: l.N, unit: l.Unit, topic: c.Topic, at: sql.Instant(l.SignedAt), sketch: s.sketch(c.Filing)}
		d.signed(c)
		all = append(all, d)
	}
	return all
}

// signed takes outcome and citations from the draft that was signed last: what is being
// written anew since then is no decision yet.
func (d *decisionRow) signed(c *petition.Case) {
	var outcome petition.Outcome
	var cites []petition.Citation
	for _, e := range c.Events {
		switch {
		case e.Act.Leg != d.leg:
		case e.Act.Action == petition.Draft:
			outcome, cites = e.Act.Outcome, e.Act.Cites
		case e.Act.Action == petition.Sign:
			d.n, d.outcome, d.cites = e.N, outcome, cites
		}
	}
}

func (ch *change) decisionValues() (decisions, citations [][]any) {
	for _, d := range ch.ruled {
		decisions = append(decisions, []any{ch.id, d.leg, d.n, string(d.unit), string(d.topic), string(d.outcome), d.at, d.sketch})
		seen := map[petition.Citation]bool{}
		for _, t := range d.cites {
			key := petition.Citation{Policy: t.Policy, Article: t.Article}
			if !seen[key] {
				citations = append(citations, []any{ch.id, d.n, t.Policy, t.Version, t.Article})
			}
			seen[key] = true
		}
	}
	return decisions, citations
}

func (s *Store) writeDecisions(ctx context.Context, tx sql.Tx, ch *change) error {
	decisions, citations := ch.decisionValues()
	if err := upsertRows(ctx, tx, decisionHead, decisionMark, s.dialect.addDecision, decisions); err != nil {
		return err
	}
	if err := upsertRows(ctx, tx, citationHead, citationMark, s.dialect.addCitation, citations); err != nil {
		return err
	}
	if err := upsertRows(ctx, tx, seatHead, seatMark, s.dialect.addSeat, ch.seats); err != nil {
		return err
	}
	return insertRows(ctx, tx, gapHead, gapMark, ch.gapValues())
}

// dropDecisions takes back what was derived from a case that is sealed up: no like case,
// no policy's list shows it any more.
func dropDecisions(ctx context.Context, tx sql.Tx, id petition.ID) error {
	for _, one := range []string{`DELETE FROM citation WHERE case_id = ?`, `DELETE FROM reception_seat WHERE case_id = ?`} {
		if _, err := tx.Exec(ctx, one, id); err != nil {
			return err
		}
	}
	_, err := tx.Exec(ctx, `DELETE FROM decision WHERE case_id = ?`, id)
	return err
}

// A sketch is the smallest keyed tokens of a text, up to so many, each of eight bytes:
// what two sketches share tells how much the texts share, and nothing of the words.
const (
	sketchTokens = 64
	markBytes    = 8
)

// sketch is of what a petition asks, without anybody's name, number or address.
func (s *Store) sketch(f petition.Filing) []byte {
	var all [][]byte
	for _, mark := range newMarks(s.keys.search).text(f.Title + "\n" + f.Facts + "\n" + f.Request) {
		if mac, err := hex.DecodeString(mark[1:]); err == nil {
			all = append(all, mac)
		}
	}
	slices.SortFunc(all, bytes.Compare)
	all = slices.CompactFunc(all, bytes.Equal)
	return bytes.Join(all[:min(len(all), sketchTokens)], nil)
}

// likeness is the share of words that two texts have in common, estimated from their
// sketches: 0 to 1.
func likeness(a, b []byte) float64 {
	i, j, seen, both := 0, 0, 0, 0
	for i < len(a) && j < len(b) && seen < sketchTokens {
		order := bytes.Compare(a[i:i+markBytes], b[j:j+markBytes])
		if order == 0 {
			both++
		}
		if order <= 0 {
			i += markBytes
		}
		if order >= 0 {
			j += markBytes
		}
		seen++
	}
	if seen < sketchTokens { // one is at its end: what is left of the other is its own
		seen = min(sketchTokens, seen+(len(a)-i+len(b)-j)/markBytes)
	}
	if seen == 0 {
		return 0
	}
	return float64(both) / float64(seen)
}
