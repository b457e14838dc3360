package portaldb_test

import (
	"context"
	"crypto/rand"
	"testing"

	"huiyin/exchange"
	"huiyin/portal"
	"huiyin/sql"
	"huiyin/sql/storetest"
)

func benchEach(b *testing.B, run func(b *testing.B, db *sql.DB)) {
	b.Run("sqlite", func(b *testing.B) { run(b, storetest.Open(b, storetest.SQLiteURL(b))) })
	b.Run("mysql", func(b *testing.B) { run(b, storetest.Open(b, storetest.MySQLURL(b, storetest.Server(b)))) })
}

// ready is a filing of usual size; everything but its ids and seals is like the others.
func ready(b *testing.B) portal.Filed {
	code := exchange.NewCode()
	in := filed(b, code, "body")
	in.Item.Sealed, in.Copy = make([]byte, 6400), make([]byte, 4125)
	_, _ = rand.Read(in.Item.Sealed)
	return in
}

// BenchmarkFile stores filings beside BenchmarkBare's three rows of 2 KB.
func BenchmarkFile(b *testing.B) {
	benchEach(b, func(b *testing.B, db *sql.DB) {
		s, _ := newStore(b, db)
		b.SetParallelism(16)
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				if _, err := s.File(context.Background(), ready(b)); err != nil {
					b.Error(err)
				}
			}
		})
	})
}

func BenchmarkBare(b *testing.B) {
	benchEach(b, func(b *testing.B, db *sql.DB) {
		newStore(b, db)
		body := make([]byte, 2048)
		b.SetParallelism(16)
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				err := db.Write(context.Background(), func(ctx context.Context, tx sql.Tx) error {
					for range 3 {
						_, err := tx.Exec(ctx, `INSERT INTO outbox (id, sender, recipient, made, sealed, sig) VALUES (?, '', '', 0, ?, ?)`,
							newID(b), body, []byte{})
						if err != nil {
							return err
						}
					}
					return nil
				})
				if err != nil {
					b.Error(err)
				}
			}
		})
	})
}

func BenchmarkOpened(b *testing.B) {
	benchEach(b, func(b *testing.B, db *sql.DB) {
		s, _ := newStore(b, db)
		var locators []exchange.Locator
		for range 500 {
			in := ready(b)
			if _, err := s.File(b.Context(), in); err != nil {
				b.Fatal(err)
			}
			locators = append(locators, in.Grant.Locator)
		}
		b.ResetTimer()
		b.SetParallelism(8)
		b.RunParallel(func(pb *testing.PB) {
			for i := 0; pb.Next(); i++ {
				if _, err := s.Opened(context.Background(), locators[i%len(locators)]); err != nil {
					b.Error(err)
				}
			}
		})
	})
}
