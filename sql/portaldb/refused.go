package portaldb

import (
	"context"
	"time"
	"unicode/utf8"

	"huiyin/exchange"
	"huiyin/sql"
)

// maxWhy is how much of a reason is kept.
const maxWhy = 1000

// setAside keeps an item that could not be applied, whole, for a person to look at.
func setAside(ctx context.Context, tx sql.Tx, a exchange.Arrival, now time.Time) error {
	why := a.Refused
	for len(why) > maxWhy || !utf8.ValidString(why) {
		why = why[:min(len(why)-1, maxWhy)]
	}
	_, err := tx.Exec(ctx, `
		INSERT INTO refused (id, sender, at, why, sealed)
		SELECT id, ?, ?, ?, sealed FROM inbox WHERE id = ?`, a.From, now, why, a.Item)
	return err
}
