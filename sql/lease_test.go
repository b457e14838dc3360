package sql_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"huiyin/petition"
	"huiyin/sql"
	"huiyin/sql/storetest"
)

func TestLeaseChangesHands(t *testing.T) {
	storetest.Each(t, func(t *testing.T, open func() *sql.DB) {
		db := migrated(t, open())
		a := sql.Lease{DB: db, Name: "courier", Holder: petition.ID{1}, Length: time.Minute}
		b := a
		b.Holder = petition.ID{2}
		now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
		take := func(l sql.Lease, at time.Time, fence int64, has bool) {
			t.Helper()
			got, ok, err := l.Take(t.Context(), at)
			if err != nil || ok != has || has && got != fence {
				t.Fatalf("%d, %v, %v; not %d, %v", got, ok, err, fence, has)
			}
		}
		check := func(l sql.Lease, fence int64) error {
			return db.Write(t.Context(), func(ctx context.Context, tx sql.Tx) error { return l.Check(ctx, tx, fence) })
		}
		take(a, now, 1, true)
		take(b, now, 0, false)
		take(a, now.Add(50*time.Second), 1, true) // renewed
		take(b, now.Add(70*time.Second), 0, false)
		if err := check(a, 1); err != nil {
			t.Error(err)
		}
		take(b, now.Add(111*time.Second), 2, true)
		if err := check(a, 1); !petition.Is(err, petition.Conflict) {
			t.Errorf("under an old fence: %v", err)
		}
		take(a, now.Add(112*time.Second), 0, false)
		if err := b.Free(t.Context()); err != nil {
			t.Fatal(err)
		}
		take(a, now.Add(113*time.Second), 3, true)
	})
}

func TestLeaseHasOneWinner(t *testing.T) {
	storetest.Each(t, func(t *testing.T, open func() *sql.DB) {
		db := migrated(t, open())
		now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
		for round := range 5 {
			at := now.Add(time.Duration(round) * time.Hour)
			var wg sync.WaitGroup
			won := make(chan int64, 10)
			for i := range 10 {
				l := sql.Lease{DB: db, Name: "courier", Holder: petition.ID{byte(round), byte(i)}, Length: time.Minute}
				wg.Go(func() {
					fence, ok, err := l.Take(t.Context(), at)
					if err != nil && !petition.Is(err, petition.Conflict) {
						t.Error(err)
					}
					if ok {
						won <- fence
					}
				})
			}
			wg.Wait()
			if len(won) != 1 || <-won != int64(round+1) {
				t.Errorf("round %d: %d winners", round, len(won)+1)
			}
		}
	})
}
