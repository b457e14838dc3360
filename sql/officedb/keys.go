package officedb

import (
	"context"
	"fmt"
	"sync"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// ring holds the keys of this installation while the program runs. In the database
// they lie wrapped under the master key, which itself is only in the key file.
//
//	master key ─ wraps ─▶ holder secret, one for each unit and one for each unit's
//	                      cadre compartment
//	holder secret ─ gives ─▶ KEK: wraps the data key of each case or report
//	                         list key: titles and masked names in lists
//	                         search key: words in a compartment's own index
//	                         the private half of the public key in the directory
//	data key ─ seals ─▶ event bodies, reading key and grants of one case
type ring struct {
	master   exchange.Key // seals holder secrets, second factors, purposes
	throttle exchange.Key // hashes names tried at sign-in
	forms    exchange.Key // says whose form a token belongs to
	ledgers  exchange.Key // hashes numbers of earlier ledgers
	index    exchange.Key // hashes identifiers
	search   exchange.Key // hashes words for the search index

	mu      sync.RWMutex
	holders map[exchange.Holder]*holder
}

// holder is a unit or a compartment with its keys.
type holder struct {
	*exchange.HolderKey
	id   exchange.Holder
	kek  exchange.Key
	list exchange.ReadyKey

	search exchange.Key // of a compartment: hashes the words of its own index
}

func newRing(master exchange.Key) *ring {
	return &ring{
		master:   master.Derive("office master"),
		throttle: master.Derive("office throttle"), forms: master.Derive("office forms"), ledgers: master.Derive("office ledgers"),
		index:   master.Derive("office blind index"),
		search:  master.Derive("office search index"),
		holders: make(map[exchange.Holder]*holder),
	}
}

func newHolder(id exchange.Holder, secret exchange.Key) (*holder, error) {
	k, err := exchange.NewHolderKey(secret)
	if err != nil {
		return nil, err
	}
	return &holder{HolderKey: k, id: id, kek: k.KEK(), list: secret.Derive("office list").Ready(),
		search: secret.Derive("office search index")}, nil
}

// place is what every value sealed at rest is bound to: ciphertext moved to another
// table, column or row opens nowhere. The figure is the version of keys.
func place(table, column string, row ...[]byte) []byte {
	return exchange.Bind("office "+table+"."+column+" 1", row...)
}

// known is a holder's keys if they are in memory.
func (r *ring) known(id exchange.Holder) *holder {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.holders[id]
}

// holder finds a holder's keys; another node may have made them since.
func (s *Store) holder(ctx context.Context, id exchange.Holder) (*holder, error) {
	if h := s.keys.known(id); h != nil {
		return h, nil
	}
	if err := s.loadHolders(ctx); err != nil {
		return nil, err
	}
	if h := s.keys.known(id); h != nil {
		return h, nil
	}
	return nil, fmt.Errorf("no key holder %s in this installation", id)
}

// loadHolders unwraps every holder's secret. It fails if the master key is not the
// one they were wrapped under.
func (s *Store) loadHolders(ctx context.Context) error {
	var rows []struct {
		ID      string `db:"id"`
		Wrapped []byte `db:"wrapped"`
	}
	if err := s.db.Select(ctx, &rows, `SELECT id, wrapped FROM holder`); err != nil {
		return err
	}
	for _, row := range rows {
		id := exchange.Holder(row.ID)
		if s.keys.known(id) != nil {
			continue
		}
		secret, err := s.keys.master.Open(row.Wrapped, place("holder", "wrapped", []byte(row.ID)))
		if err != nil || len(secret) != len(exchange.Key{}) {
			return fmt.Errorf("the master key is not the one of this database: %w", err)
		}
		h, err := newHolder(id, exchange.Key(secret))
		if err != nil {
			return err
		}
		s.keys.mu.Lock()
		s.keys.holders[id] = h
		s.keys.mu.Unlock()
	}
	return nil
}

// makeHolders makes the keys of hosted units that have none.
func (s *Store) makeHolders(ctx context.Context, units []petition.Unit, now time.Time) error {
	if err := s.loadHolders(ctx); err != nil {
		return err
	}
	for _, u := range units {
		if u.Installation != s.signer.Installation {
			continue
		}
		for _, id := range []exchange.Holder{exchange.UnitHolder(u.ID), exchange.CadreHolder(u.ID)} {
			if err := s.makeHolder(ctx, id, now); err != nil {
				return err
			}
		}
	}
	return s.loadHolders(ctx)
}

// makeHolder stores a new holder unless there is one; a second maker at the same
// time leaves the first one's.
func (s *Store) makeHolder(ctx context.Context, id exchange.Holder, now time.Time) error {
	if s.keys.known(id) != nil {
		return nil
	}
	secret := exchange.NewKey()
	h, err := newHolder(id, secret)
	if err != nil {
		return err
	}
	wrapped := s.keys.master.Seal(secret[:], place("holder", "wrapped", []byte(id)))
	err = s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		_, err := tx.Exec(ctx, `
			INSERT INTO holder (id, unit, public, wrapped, key_version, made_at) VALUES (?, ?, ?, ?, 1, ?)`,
			id, id.Unit(), h.Public(), wrapped, now)
		return err
	})
	if sql.Duplicate(err) {
		return nil
	}
	return err
}

// wrapped is a data key under one holder's KEK.
type wrapped struct {
	Holder exchange.Holder `db:"holder"`
	Key    []byte          `db:"wrapped"`
}

// wrapFor wraps a case's data key for a holder.
func (s *Store) wrapFor(ctx context.Context, id petition.ID, key exchange.Key, to exchange.Holder) (wrapped, error) {
	h, err := s.holder(ctx, to)
	if err != nil {
		return wrapped{}, err
	}
	return wrapped{Holder: to, Key: h.kek.Seal(key[:], keyPlace(id, to))}, nil
}

// unwrap opens a data key with the first of its holders that is hosted here. It
// fails if none is: the key was destroyed.
func (s *Store) unwrap(ctx context.Context, id petition.ID, keys []wrapped) (exchange.Key, error) {
	for _, w := range keys {
		h, err := s.holder(ctx, w.Holder)
		if err != nil {
			continue
		}
		k, err := h.kek.Open(w.Key, keyPlace(id, w.Holder))
		if err != nil || len(k) != len(exchange.Key{}) {
			return exchange.Key{}, fmt.Errorf("data key of %s under %s: %w", id, w.Holder, err)
		}
		return exchange.Key(k), nil
	}
	return exchange.Key{}, fmt.Errorf("no holder here opens the data key of %s", id)
}

func keyPlace(id petition.ID, to exchange.Holder) []byte {
	return place("case_key", "wrapped", id[:], []byte(to))
}
