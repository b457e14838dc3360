package portaldb_test

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
)

// office is an office's database in memory: it behaves as exchange.Office says, each
// method under one lock as in one transaction.
type office struct {
	t       testing.TB
	keys    *exchange.OfficeKeys
	portal  string
	holders map[exchange.Holder]*exchange.HolderKey

	mu         sync.Mutex
	holder     int // of the lease
	fence      int64
	expires    time.Time
	seen       map[petition.ID]bool
	chunks     map[petition.ID]map[int]string
	filings    map[petition.ID]exchange.SealedFiling
	times      map[petition.ID]int // how often each filing or message had an effect
	messages   map[petition.ID]exchange.Message
	quarantine map[petition.ID]string
	outgoing   map[petition.ID]exchange.Item
	versions   map[petition.ID]int
}

func newOffice(t testing.TB, name string) *office {
	t.Helper()
	keys, err := exchange.NewOfficeKeys(name)
	if err != nil {
		t.Fatal(err)
	}
	o := &office{t: t, keys: keys, portal: "portal", holders: map[exchange.Holder]*exchange.HolderKey{},
		seen: map[petition.ID]bool{}, chunks: map[petition.ID]map[int]string{},
		filings: map[petition.ID]exchange.SealedFiling{}, times: map[petition.ID]int{},
		messages: map[petition.ID]exchange.Message{}, quarantine: map[petition.ID]string{},
		outgoing: map[petition.ID]exchange.Item{}, versions: map[petition.ID]int{}}
	for _, h := range []exchange.Holder{exchange.UnitHolder("530100"), exchange.CadreHolder("530100")} {
		if o.holders[h], err = exchange.NewHolderKey(exchange.NewKey()); err != nil {
			t.Fatal(err)
		}
	}
	return o
}

func (o *office) directory() exchange.Directory {
	return exchange.Directory{Installation: o.keys.Installation, Version: 1, Intake: o.keys.Intake.Public(),
		Units: []exchange.UnitEntry{{Unit: petition.Unit{ID: "530100"},
			Key:   o.holders[exchange.UnitHolder("530100")].Public(),
			Cadre: o.holders[exchange.CadreHolder("530100")].Public()}}}
}

// as is the office for one of several couriers, each with a lease holder of its own.
func (o *office) as(holder int) exchange.Office { return officeFor{o, holder} }

type officeFor struct {
	*office
	me int
}

func (o officeFor) Lease(_ context.Context, now time.Time) (int64, bool, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.holder != o.me {
		if now.Before(o.expires) {
			return 0, false, nil
		}
		o.holder = o.me
		o.fence++
	}
	o.expires = now.Add(30 * time.Second)
	return o.fence, true, nil
}

func (o officeFor) GiveLease(context.Context) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.holder == o.me {
		o.expires = time.Time{}
	}
	return nil
}

func (o *office) HolderKey(_ context.Context, h exchange.Holder) (*exchange.HolderKey, error) {
	if k := o.holders[h]; k != nil {
		return k, nil
	}
	return nil, &petition.Error{Kind: petition.NotFound}
}

func (o *office) ReadingKey(_ context.Context, filing petition.ID) (exchange.Key, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if f, ok := o.filings[filing]; ok {
		return f.Reading, nil
	}
	return exchange.Key{}, &petition.Error{Kind: petition.NotFound}
}

func (o *office) Unseen(_ context.Context, items []petition.ID) ([]petition.ID, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(items), func(id petition.ID) bool { return o.seen[id] }), nil
}

func (o *office) KeepChunk(_ context.Context, t exchange.Taking, file petition.ID, n int, sealed []byte) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if t.Fence != o.fence {
		return &petition.Error{Kind: petition.Conflict}
	}
	if o.chunks[file] == nil {
		o.chunks[file] = map[int]string{}
	}
	o.chunks[file][n] = string(sealed)
	return nil
}

// once does something unless the item was taken before.
func (o *office) once(t exchange.Taking, do func() error) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if t.Fence != o.fence {
		return &petition.Error{Kind: petition.Conflict}
	}
	if o.seen[t.Item] {
		return nil
	}
	if err := do(); err != nil {
		return err
	}
	o.seen[t.Item] = true
	return nil
}

func (o *office) TakeFiling(_ context.Context, t exchange.Taking, f exchange.SealedFiling) error {
	return o.once(t, func() error {
		for _, file := range f.Filing.Files {
			if len(o.chunks[file.ID]) != file.Chunks {
				o.t.Errorf("filing %s came before its files", f.ID)
			}
		}
		o.filings[f.ID] = f
		o.times[f.ID]++
		o.show(f.ID, f.Reading, f.Filing.Title)
		return nil
	})
}

func (o *office) TakeMessage(_ context.Context, t exchange.Taking, m exchange.Message) error {
	return o.once(t, func() error {
		o.messages[m.ID] = m
		o.times[m.ID]++
		o.show(m.Filing, o.filings[m.Filing].Reading, m.Act.Text)
		return nil
	})
}

func (o *office) TakeAck(_ context.Context, t exchange.Taking, a exchange.Ack) error {
	return o.once(t, func() error {
		for _, id := range a.Items {
			delete(o.outgoing, id)
		}
		return nil
	})
}

func (o *office) Quarantine(_ context.Context, t exchange.Taking, it exchange.Item, _ []petition.ID, reason string) error {
	return o.once(t, func() error {
		o.quarantine[it.ID] = reason
		return nil
	})
}

func (o *office) Outgoing(_ context.Context, after petition.ID, limit int) ([]exchange.Item, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	items := slices.SortedFunc(maps.Values(o.outgoing), func(a, b exchange.Item) int {
		return cmp.Compare(string(a.ID[:]), string(b.ID[:]))
	})
	items = slices.DeleteFunc(items, func(it exchange.Item) bool { return string(it.ID[:]) <= string(after[:]) })
	return items[:min(limit, len(items))], nil
}

// show puts a newer folder into the outgoing items; the lock is held.
func (o *office) show(filing petition.ID, reading exchange.Key, title string) {
	o.versions[filing]++
	u, err := exchange.SealFolder(reading, filing, petition.Folder{Version: o.versions[filing], Title: title})
	if err != nil {
		o.t.Error(err)
	}
	it, err := o.keys.PackFolder(o.portal, u, today)
	if err != nil {
		o.t.Error(err)
	}
	o.outgoing[it.ID] = it
}
