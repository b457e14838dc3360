package desk_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"huiyin/attachment"
	"huiyin/cmd/desk"
	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
	"huiyin/sql/officedb"
	"huiyin/sql/storetest"
)

// tray is a portal's mailbox with one item in it, which has one file.
type tray struct {
	item   exchange.Item
	file   petition.ID
	chunks [][]byte
}

func (m *tray) Waiting(_ context.Context, _ string, after petition.ID, _ int) ([]petition.ID, error) {
	if !after.IsZero() {
		return nil, nil
	}
	return []petition.ID{m.item.ID}, nil
}

func (m *tray) Fetch(context.Context, []petition.ID) ([]exchange.Item, error) {
	return []exchange.Item{m.item}, nil
}

func (m *tray) Files(context.Context, []petition.ID) (map[petition.ID][]petition.ID, error) {
	return map[petition.ID][]petition.ID{m.item.ID: {m.file}}, nil
}

func (m *tray) Chunks(context.Context, petition.ID) (ns []int, err error) {
	for n := range m.chunks {
		ns = append(ns, n)
	}
	return ns, nil
}

func (m *tray) Chunk(_ context.Context, _ petition.ID, n int) ([]byte, error) {
	return m.chunks[n], nil
}

func (m *tray) Deliver(context.Context, []exchange.Item) error { return nil }

// post puts a filing with a file into the tray.
func post(t *testing.T, store *officedb.Store, office *exchange.OfficeKeys, portal *exchange.PortalKeys) *tray {
	t.Helper()
	now := time.Now()
	unit := exchange.UnitHolder("990000")
	holder, err := store.HolderKey(t.Context(), unit)
	if err != nil {
		t.Fatal(err)
	}
	m := &tray{file: petition.ID{2}}
	key := exchange.NewKey()
	f := petition.File{ID: m.file, Name: "scan.txt", Type: "text/plain", Key: key[:]}
	keep := func(_ int, sealed []byte) error { m.chunks = append(m.chunks, bytes.Clone(sealed)); return nil }
	if f.Size, f.Chunks, err = attachment.Seal(t.Context(), strings.NewReader("proof"), key, f.ID, keep); err != nil {
		t.Fatal(err)
	}
	d := exchange.Directory{Installation: office.Installation, Intake: office.Intake.Public(),
		Units: []exchange.UnitEntry{{Unit: petition.Unit{ID: unit.Unit()}, Key: holder.Public()}}}
	sealed := exchange.SealedFiling{ID: petition.ID{1}, Received: now, Reading: exchange.NewKey(),
		Filing: petition.Filing{Purpose: petition.PurposeRequest, Topic: "C6", Unit: unit.Unit(), Title: "Party age",
			Facts: "It happened in the spring, and nobody has answered since.", Request: "Please look into it.",
			Person: petition.Person{Name: "周明华", IDType: "id", IDNumber: "11010519491231002X", Mobile: "13800138000",
				Region: "530102", Address: "Renmin Road 1"}, ConsentAt: now, Files: []petition.File{f}}}
	if m.item, err = exchange.SealFiling(portal.Signer, d, unit, sealed, now); err != nil {
		t.Fatal(err)
	}
	return m
}

// carry has a courier empty the tray that takes this for the portal's key.
func carry(t *testing.T, store *officedb.Store, office *exchange.OfficeKeys, m *tray, known exchange.PortalPublic) {
	t.Helper()
	c, err := exchange.NewCourier(exchange.CourierConfig{Office: store, Keys: office, Portal: known, Mailbox: m,
		Now: time.Now, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Pass(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s := c.Stats(); s.Quarantined != 1 {
		t.Fatalf("the courier says %+v", s)
	}
}

// A courier that knows an old key of its portal sets a filing aside; the operator lists
// it, tries in vain with the wrong key, and takes it in with the right one.
func TestAnOperatorTakesAnItemOutOfQuarantine(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database func() *sql.DB) {
		office, err := exchange.NewOfficeKeys("box")
		if err != nil {
			t.Fatal(err)
		}
		store, open := oneUnitWith(t, database(), office)
		portal, stranger := portalKeys(t), portalKeys(t)
		listed(t, open, "nothing is in quarantine")
		m := post(t, store, office, portal)
		carry(t, store, office, m, stranger.Public())
		id := m.item.ID.String()
		listed(t, open, id, "signature", "box")

		for _, c := range []struct {
			id   string
			from *exchange.PortalKeys
			want string
		}{
			{"what?", portal, "is no id"},
			{petition.ID{1}.String(), portal, "there is no item"},
			{id, stranger, "stays in quarantine: the item's signature"},
		} {
			if _, err := retry(t, open, c.id, c.from); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: %v, want %q", c.id, err, c.want)
			}
		}
		if out, err := retry(t, open, id, portal); err != nil || !strings.Contains(out, "was taken in") {
			t.Fatalf("%q %v", out, err)
		}
		if _, err := retry(t, open, id, portal); err == nil || !strings.Contains(err.Error(), "taken in before") {
			t.Errorf("once more: %v", err)
		}
		listed(t, open, "nothing is in quarantine")
		if err := store.Verify(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func portalKeys(t *testing.T) *exchange.PortalKeys {
	t.Helper()
	k, err := exchange.NewPortalKeys("box")
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func retry(t *testing.T, open desk.Opener, id string, from *exchange.PortalKeys) (string, error) {
	t.Helper()
	var out bytes.Buffer
	key := func() (exchange.PortalPublic, error) { return from.Public(), nil }
	err := desk.ItemsRetry{ID: id}.Run(t.Context(), open, key, &out)
	return out.String(), err
}

// listed looks at the list: these words stand on it, and never what an item says.
func listed(t *testing.T, open desk.Opener, words ...string) {
	t.Helper()
	var out bytes.Buffer
	if err := (desk.ItemsList{}).Run(t.Context(), open, &out); err != nil {
		t.Fatal(err)
	}
	for _, w := range words {
		if !strings.Contains(out.String(), w) {
			t.Errorf("no %q in:\n%s", w, out.String())
		}
	}
	if strings.Contains(out.String(), "Party age") || strings.Contains(out.String(), "scan.txt") {
		t.Errorf("the list tells what is inside:\n%s", out.String())
	}
}
