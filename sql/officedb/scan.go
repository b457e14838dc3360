package officedb

import (
	"context"
	"crypto/rand"
	"io"
	"time"

	"huiyin/attachment"
	"huiyin/petition"
)

// Scans of a letter are taken in before there is a case: each is bound to the form that
// it belongs to and to whoever fills it in, and waits as a pending file.

// scansOf is what the scans of somebody's form are bound to in place of a case.
func scansOf(by petition.Actor, form string) petition.ID {
	var id petition.ID
	copy(id[:], formHash(by.Staff, form))
	return id
}

// AddScan takes in one file as the portal takes attachments: its type is found by its
// content, and the original and a working copy without metadata are sealed in chunks. It
// fails with NotFound for all but registrars and office
// heads, and Invalid for what is not taken; the File
// returned has no keys.
func (s *Store) AddScan(ctx context.Context, by petition.Actor, form, name string, limits attachment.Limits, r io.Reader, now time.Time) (petition.File, error) {
	if _, err := s.receptionist(ctx, by); err != nil {
		return petition.File{}, err
	}
	if form == "" {
		return petition.File{}, notFound()
	}
	keep := func(file petition.ID, n int, sealed []byte) error { return s.addChunk(ctx, file, n, sealed, now) }
	f, err := attachment.Take(ctx, name, r, limits, rand.Reader, now, keep)
	if err != nil {
		return petition.File{}, err
	}
	err = s.describePending(ctx, scansOf(by, form), f)
	return veil{}.files([]petition.File{f})[0], err
}

// Scans names the scans of the actor's form. It fails with Invalid for one that the form
// has not, or that was forgotten.
func (s *Store) Scans(ctx context.Context, by petition.Actor, form string, files []petition.ID) ([]petition.File, error) {
	named := make([]petition.File, len(files))
	for i, id := range files {
		named[i].ID = id
	}
	found, err := s.pendingFiles(ctx, scansOf(by, form), named)
	return veil{}.files(found), err
}

// OpenScan writes the original of a scan of the actor's form to w: nobody else has seen it
// yet, and no case holds it.
func (s *Store) OpenScan(ctx context.Context, by petition.Actor, form string, file petition.ID, w io.Writer) (petition.File, error) {
	found, err := s.pendingFiles(ctx, scansOf(by, form), []petition.File{{ID: file}})
	if err != nil {
		return petition.File{}, err
	}
	return s.stream(ctx, found[0], true, w)
}
