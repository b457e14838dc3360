package officedb

import (
	"context"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

// How many characters the lines of a unit's card may have.
const (
	longestCard  = 120
	longestPhone = 32 // and postcode
)

// SaveUnitCard changes what the public reads of the actor's own unit, and records who did
// and what it says now. It fails with NotFound for all but office heads, and with Invalid
// without a telephone number or an address: somebody must be reachable.
func (s *Store) SaveUnitCard(ctx context.Context, by petition.Actor, card backoffice.UnitCard, now time.Time) error {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return err
	}
	if !sc.actor.Is(petition.OfficeHead) {
		return notFound()
	}
	if err := trimCard(&card); err != nil {
		return err
	}
	err = s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		_, err := tx.Exec(ctx, `
			UPDATE unit SET address = ?, postcode = ?, phone = ?, hours = ?, hours_en = ?, room = ?, letters_handler = ?, letters_name = ?,
				changed_at = ?
			WHERE id = ?`, card.Address, card.Postcode, card.Phone, card.Hours, card.HoursEn, card.Room, card.LettersName != "",
			card.LettersName, now, sc.actor.Unit)
		if err != nil {
			return err
		}
		if err := bumpRules(ctx, tx, now); err != nil {
			return err
		}
		words := strings.Join([]string{card.Address, card.Postcode, card.Phone, card.Hours, card.HoursEn, card.Room, card.LettersName}, " | ")
		return s.appendAudit(ctx, tx, s.entry(sc.act("unit_card", petition.ID{}, words, now)))
	})
	if err != nil {
		return err
	}
	s.forgetRules()
	return s.SendDirectory(ctx, now)
}

func trimCard(card *backoffice.UnitCard) error {
	var wrong []petition.Problem
	for _, line := range []struct {
		field string
		text  *string
		need  bool
		most  int
	}{{"address", &card.Address, true, longestCard}, {"postcode", &card.Postcode, false, longestPhone},
		{"phone", &card.Phone, true, longestPhone}, {"hours", &card.Hours, false, longestCard},
		{"hours_en", &card.HoursEn, false, longestCard},
		{"room", &card.Room, false, longestCard}, {"letters", &card.LettersName, false, longestCard}} {
		*line.text = strings.TrimSpace(*line.text)
		switch {
		case line.need && *line.text == "":
			wrong = append(wrong, petition.Problem{Field: line.field, Key: "problem.card_" + line.field})
		case utf8.RuneCountInString(*line.text) > line.most:
			wrong = append(wrong, petition.Problem{Field: line.field, Key: "problem.card_long",
				Args: map[string]string{"n": strconv.Itoa(line.most)}})
		}
	}
	return refused(wrong)
}
