package officedb

import (
	"bytes"
	"sync"
	"testing"

	"huiyin/petition"
)

func aPost(name, day string) petition.TeamEntry {
	return petition.TeamEntry{Kind: petition.TeamPost, Name: name, Full: true, Day: day}
}

// The head of the office writes the book; it is read there and above, never beside, and
// nothing in it can be changed or read from the database's files.
func TestTheBookOfATeamIsReadUpward(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, head := t.Context(), w.who(county, petition.OfficeHead)
		for _, role := range []petition.Role{petition.Registrar, petition.Leader, petition.SystemAdmin, petition.CadreSupervisor} {
			w.want(w.s.AddTeamEntry(ctx, w.who(county, role), 0, aPost("Zheng", "2026-01-05"), w.now), petition.NotFound)
		}
		w.want(w.s.AddTeamEntry(ctx, head, 0, aPost("", "2026-01-05"), w.now), petition.Invalid)
		w.must(w.s.AddTeamEntry(ctx, head, 0, aPost("Zheng", "2026-01-05"), w.now))
		w.want(w.s.AddTeamEntry(ctx, head, 0, aPost("Wu", "2026-01-05"), w.now), petition.Conflict)
		w.must(w.s.AddTeamEntry(ctx, head, 1, petition.TeamEntry{Kind: petition.TeamPost, Ends: 1, Day: "2026-02-01"}, w.now))
		w.must(w.s.AddTeamEntry(ctx, w.who(city, petition.OfficeHead), 0, aPost("Feng", "2026-01-05"), w.now))

		for _, one := range []struct {
			by   petition.Actor
			want int
		}{{w.who(county, petition.Handler), 1}, {w.who(city, petition.Handler), 1}, {w.who(city, petition.Supervisor), 2},
			{w.who(prov, petition.Leader), 2}, {w.who(county2, petition.OfficeHead), 0}} {
			if books, err := w.s.Teams(ctx, one.by); err != nil || len(books) != one.want {
				t.Errorf("%s %v reads %d books, %v", one.by.Unit, one.by.Roles, len(books), err)
			}
		}
		_, err := w.s.Teams(ctx, w.who(county, petition.AuditAdmin))
		w.want(err, petition.NotFound)

		books, err := w.s.Teams(ctx, head)
		w.must(err)
		book := books[county]
		if len(book.Entries) != 2 || book.Entries[0].Name != "Zheng" || !book.Entries[0].Full || book.Entries[0].Officer != head.Name || book.Full() != 0 {
			t.Errorf("%+v", book)
		}
		var sealed [][]byte
		w.must(w.db.Select(ctx, &sealed, `SELECT sealed FROM team_entry`))
		for _, b := range sealed {
			if bytes.Contains(b, []byte("Zheng")) {
				t.Error("a name lies in the database as it was typed")
			}
		}
	})
}

// Of two who write the next line at once one is told that another came first.
func TestTwoWriteTheNextLineAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		head := w.who(county, petition.OfficeHead)
		errs := make([]error, 4)
		var wg sync.WaitGroup
		for i := range errs {
			wg.Go(func() { errs[i] = w.s.AddTeamEntry(t.Context(), head, 0, aPost("Zheng", "2026-01-05"), w.now) })
		}
		wg.Wait()
		taken := 0
		for _, err := range errs {
			if err == nil {
				taken++
			} else {
				w.want(err, petition.Conflict)
			}
		}
		if taken != 1 {
			t.Errorf("%d were taken", taken)
		}
	})
}
