package desk_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"huiyin/cmd/desk"
	"huiyin/exchange"
	"huiyin/sql/officedb"
	"huiyin/sql/storetest"
)

// The demonstration is sequenced and exported; verify says so, and names a head that
// the database has not.
func TestVerifySaysWhatIsSequenced(t *testing.T) {
	file := filepath.Join(t.TempDir(), "heads")
	keys, err := exchange.NewOfficeKeys("box")
	if err != nil {
		t.Fatal(err)
	}
	url := storetest.SQLiteURL(t)
	open := func(ctx context.Context) (*officedb.Store, func(), error) {
		s, err := officedb.Open(ctx, officedb.Config{DB: storetest.Open(t, url), Keys: keys, Portals: []string{"box"}, Heads: file})
		return s, func() {}, err
	}
	store, _, err := open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := desk.LoadDemo(t.Context(), store, "box", io.Discard); err != nil {
		t.Fatal(err)
	}
	says(t, open, "holds 0 entries", "0 exported heads")
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Second)
	defer stop()
	store.RunSequencer(ctx, slog.New(slog.DiscardHandler))
	says(t, open, " 0 entries are not yet sequenced", "1 exported heads")

	line, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	later := strings.Replace(string(line), "box 1 ", "box 2 ", 1)
	if err := os.WriteFile(file, []byte(later), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := (desk.Verify{}).Run(t.Context(), open, io.Discard); err == nil || !strings.Contains(err.Error(), "exported head, entry 1") {
		t.Errorf("a changed head: %v", err)
	}
}

func says(t *testing.T, open desk.Opener, words ...string) {
	t.Helper()
	var out bytes.Buffer
	if err := (desk.Verify{}).Run(t.Context(), open, &out); err != nil {
		t.Fatal(err)
	}
	for _, w := range words {
		if !strings.Contains(out.String(), w) {
			t.Errorf("no %q in:\n%s", w, out.String())
		}
	}
}
