package officedb

import (
	"context"
	"errors"
	"time"

	"huiyin/sql"
)

// KeepWorld remembers, on the first start, whether this database is for the invented world
// or for a real office, and fails where a later start takes it for the other.
func (s *Store) KeepWorld(ctx context.Context, demo bool) error {
	const name = "world"
	want := "real"
	if demo {
		want = "demonstration"
	}
	is, err := setting(ctx, s.db, name)
	switch {
	case err != nil:
		return err
	case is == "":
		return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error { return saveSetting(ctx, tx, name, want, time.Now()) })
	case is != want && demo:
		return errors.New("this database is a real office's; the demonstration world is not loaded into it: choose another database")
	case is != want:
		return errors.New("this database holds the demonstration world and cannot become a real office's: choose another database, or add --demo")
	}
	return nil
}
