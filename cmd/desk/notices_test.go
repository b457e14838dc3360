package desk_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"huiyin/cmd/desk"
	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
	"huiyin/sql/storetest"
)

// An operator sees what did not go out by id, way and reason, and sends it again; whom it
// is for the list does not say.
func TestAnOperatorSendsNoticesAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database func() *sql.DB) {
		office, err := exchange.NewOfficeKeys("box")
		if err != nil {
			t.Fatal(err)
		}
		db := database()
		_, open := oneUnitWith(t, db, office)
		show := func() string {
			var out bytes.Buffer
			if err := (desk.NoticesList{}).Run(t.Context(), open, &out); err != nil {
				t.Fatal(err)
			}
			return out.String()
		}
		retry := func(r desk.NoticesRetry) (string, error) {
			var out bytes.Buffer
			err := r.Run(t.Context(), open, &out)
			return out.String(), err
		}
		if got := show(); !strings.Contains(got, "every notice went out") {
			t.Error(got)
		}
		id := failedNotice(t, db)
		if got := show(); !strings.Contains(got, id) || !strings.Contains(got, "sms") || !strings.Contains(got, "HTTP 401") {
			t.Errorf("%s", got)
		}
		for _, wrong := range []desk.NoticesRetry{{}, {ID: id, All: true}, {ID: "what?"}, {ID: petition.ID{9}.String()}} {
			if out, err := retry(wrong); err == nil {
				t.Errorf("%+v: %s", wrong, out)
			}
		}
		if out, err := retry(desk.NoticesRetry{ID: id}); err != nil || !strings.Contains(out, "asks for none any more") {
			t.Errorf("%q %v", out, err)
		}
		if out, err := retry(desk.NoticesRetry{All: true}); err != nil || !strings.Contains(out, "0 notices") {
			t.Errorf("%q %v", out, err)
		}
	})
}

// failedNotice puts a message into the database that was refused, of a matter that is none
// here any more.
func failedNotice(t *testing.T, db *sql.DB) string {
	t.Helper()
	id := petition.ID{7}
	err := db.Write(t.Context(), func(ctx context.Context, tx sql.Tx) error {
		_, err := tx.Exec(ctx, `
			INSERT INTO news (id, filing, way, day, item, sealed, gathered, state, tries, due_at, why, changed_at)
			VALUES (?, ?, 'sms', '2026-11-20', ?, ?, 1, 'refused', 1, 0, 'HTTP 401', 0)`, id, petition.ID{8}, petition.ID{9}, []byte{})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id.String()
}
