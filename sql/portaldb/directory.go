package portaldb

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"huiyin/exchange"
	"huiyin/sql"
)

// directoryAge is how old the directory may be that pages are made with.
const directoryAge = time.Second

// directories keeps what was read last. Pages must not change it.
type directories struct {
	mu   sync.Mutex
	at   time.Time
	list []exchange.Directory
}

// Directories is the newest directory of each installation, at most a second old.
func (s *Store) Directories(ctx context.Context) ([]exchange.Directory, error) {
	d := &s.directories
	d.mu.Lock()
	defer d.mu.Unlock()
	if age := s.now().Sub(d.at); d.list != nil && age >= 0 && age < directoryAge {
		return d.list, nil
	}
	var rows [][]byte
	err := s.db.Select(ctx, &rows, `SELECT content FROM directory ORDER BY installation`)
	if err != nil {
		return nil, err
	}
	list := make([]exchange.Directory, len(rows))
	for i, row := range rows {
		if err := json.Unmarshal(row, &list[i]); err != nil {
			return nil, fmt.Errorf("a stored directory: %w", err)
		}
	}
	d.at, d.list = s.now(), list
	return list, nil
}

// putDirectory stores a directory unless a newer one is there.
func putDirectory(ctx context.Context, tx sql.Tx, d exchange.Directory) error {
	content, err := json.Marshal(d)
	if err != nil {
		return err
	}
	n, err := tx.Exec(ctx, `
		UPDATE directory SET version = ?, content = ? WHERE installation = ? AND version < ?`,
		d.Version, content, d.Installation, d.Version)
	if err != nil || n > 0 {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO directory (installation, version, content) VALUES (?, ?, ?)`,
		d.Installation, d.Version, content)
	if sql.Duplicate(err) { // this version or a newer one
		return nil
	}
	return err
}
