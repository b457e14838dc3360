package portaldb

import (
	"context"
	"crypto/rand"
	"fmt"
	"sync"
	"time"

	"huiyin/petition"
	"huiyin/sql"
)

// keyLife is when a day's key is destroyed, counted from the day's beginning.
const keyLife = 3 * 24 * time.Hour

// days keeps the key of the day last asked for.
type days struct {
	mu  sync.Mutex
	day string
	key [32]byte
}

// DayKey is the key for hashing clients on that day (2006-01-02); made when first
// asked for, the same on all nodes, destroyed two days later.
func (s *Store) DayKey(ctx context.Context, day string) ([32]byte, error) {
	s.days.mu.Lock()
	defer s.days.mu.Unlock()
	if s.days.day == day {
		return s.days.key, nil
	}
	begins, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return [32]byte{}, fmt.Errorf("the day of a key: %w", err)
	}
	key, err := s.storedKey(ctx, day)
	if petition.Is(err, petition.NotFound) {
		key, err = s.makeKey(ctx, day, begins.Add(keyLife))
	}
	if err != nil {
		return [32]byte{}, err
	}
	s.days.day, s.days.key = day, key
	return key, nil
}

func (s *Store) storedKey(ctx context.Context, day string) ([32]byte, error) {
	var key sql.Hash
	err := s.db.Get(ctx, &key, `SELECT secret FROM day_key WHERE day = ?`, day)
	return key, err
}

func (s *Store) makeKey(ctx context.Context, day string, expires time.Time) ([32]byte, error) {
	var key [32]byte
	_, _ = rand.Read(key[:]) // never fails
	err := s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO day_key (day, secret, expires) VALUES (?, ?, ?)`,
			day, key, expires)
		return err
	})
	if sql.Duplicate(err) { // another node was first
		return s.storedKey(ctx, day)
	}
	return key, err
}
