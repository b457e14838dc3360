package portaldb_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/portal"
	"huiyin/sql"
	"huiyin/sql/portaldb"
	"huiyin/sql/storetest"
)

// line is a portal, its offices and the mail line between them.
type line struct {
	t       testing.TB
	db      *sql.DB
	store   *portaldb.Store
	clock   *clock
	portal  *exchange.PortalKeys
	offices []*office
}

func newLine(t testing.TB, db *sql.DB, offices ...string) *line {
	t.Helper()
	l := &line{t: t, db: db}
	l.store, l.clock = newStore(t, db)
	var err error
	if l.portal, err = exchange.NewPortalKeys("portal"); err != nil {
		t.Fatal(err)
	}
	for _, name := range offices {
		l.offices = append(l.offices, newOffice(t, name))
	}
	return l
}

func eachLine(t *testing.T, run func(t *testing.T, l *line)) {
	storetest.Each(t, func(t *testing.T, open func() *sql.DB) { run(t, newLine(t, open(), "office")) })
}

func (l *line) courier(o exchange.Office, keys *exchange.OfficeKeys, box exchange.Mailbox) *exchange.Courier {
	l.t.Helper()
	c, err := exchange.NewCourier(exchange.CourierConfig{Office: o, Keys: keys,
		Portal: l.portal.Public(), Mailbox: box, Now: l.clock.now, Log: quiet()})
	if err != nil {
		l.t.Fatal(err)
	}
	return c
}

func (l *line) receiver(in exchange.Inbox) *exchange.Receiver {
	l.t.Helper()
	var known []exchange.OfficePublic
	for _, o := range l.offices {
		known = append(known, o.keys.Public())
	}
	r, err := exchange.NewReceiver(in, l.portal, known, l.clock.now, quiet())
	if err != nil {
		l.t.Fatal(err)
	}
	return r
}

// settle runs all ends, as after a restart, until nothing moves.
func (l *line) settle() {
	l.t.Helper()
	r := l.receiver(l.store)
	var couriers []*exchange.Courier
	for i, o := range l.offices {
		couriers = append(couriers, l.courier(o.as(100+i), o.keys, &sql.Mailbox{DB: l.db}))
	}
	l.clock.add(time.Minute) // older leases are over
	for round := 0; ; round++ {
		moved := 0
		for _, c := range couriers {
			n, err := c.Pass(l.t.Context())
			if err != nil {
				l.t.Fatal(err)
			}
			moved += n
		}
		n, err := r.Pass(l.t.Context())
		if err != nil {
			l.t.Fatal(err)
		}
		if moved+n == 0 {
			return
		}
		if round > 50 {
			l.t.Fatal("the line does not come to rest")
		}
	}
}

// sent is a filing under way.
type sent struct {
	code  exchange.Code
	in    portal.Filed
	files []petition.ID
	key   exchange.Key
}

// file files a petition for an office, with attachments of so many chunks each.
func (l *line) file(o *office, title string, chunks ...int) sent {
	l.t.Helper()
	code, key := exchange.NewCode(), exchange.NewKey()
	in := filed(l.t, code, title)
	in.Grant = code.Grant(in.Filing, key, exchange.MayAdd)
	f := petition.Filing{Unit: "530100", Title: title, Purpose: petition.PurposeAdvice}
	for _, n := range chunks {
		if n == 0 {
			continue
		}
		file := petition.File{ID: newID(l.t), Chunks: n}
		for i := range n {
			err := l.store.AddChunk(l.t.Context(), portal.Chunk{Draft: in.Draft.ID, File: file.ID, N: i,
				Sealed: fmt.Append(nil, title, i), Expires: today.Add(time.Hour)})
			if err != nil {
				l.t.Fatal(err)
			}
		}
		f.Files, in.Files = append(f.Files, file), append(in.Files, file.ID)
	}
	d := o.directory()
	to, err := d.Route(f)
	if err != nil {
		l.t.Fatal(err)
	}
	in.Item, err = exchange.SealFiling(l.portal.Signer, d, to, exchange.SealedFiling{ID: in.Filing,
		Received: today, Filing: f, Reading: key, Locator: code.Locator()}, today)
	if err != nil {
		l.t.Fatal(err)
	}
	if _, err := l.store.File(l.t.Context(), in); err != nil {
		l.t.Fatal(err)
	}
	return sent{code: code, in: in, files: in.Files, key: key}
}

// say sends a message after a filing.
func (l *line) say(o *office, s sent, text string) petition.ID {
	l.t.Helper()
	m := exchange.Message{ID: newID(l.t), Filing: s.in.Filing, At: today,
		Act: petition.Act{Action: petition.AddInfo, Text: text}}
	it, err := exchange.SealMessage(l.portal.Signer, o.directory(), s.key, m, today)
	if err != nil {
		l.t.Fatal(err)
	}
	err = l.store.Say(l.t.Context(), portal.Said{ID: m.ID, Filing: m.Filing, At: today, Item: it, Copy: []byte("c")})
	if err != nil {
		l.t.Fatal(err)
	}
	return m.ID
}

// shown is the title of the folder that the code opens.
func (l *line) shown(s sent) string {
	l.t.Helper()
	o, err := l.store.Opened(l.t.Context(), s.code.Locator())
	if err != nil {
		l.t.Fatal(err)
	}
	if len(o.Folder) == 0 {
		return ""
	}
	f, err := exchange.OpenFolder(s.key, s.in.Filing, o.Folder)
	if err != nil {
		l.t.Fatal(err)
	}
	return f.Title
}

// atRest checks that nothing is under way and that each effect was had once.
func (l *line) atRest() {
	l.t.Helper()
	for _, table := range []string{"outbox", "inbox", "file", "file_chunk", "refused"} {
		if n := count(l.t, l.db, `SELECT COUNT(*) FROM `+table); n != 0 {
			l.t.Errorf("%d rows left in %s", n, table)
		}
	}
	for _, o := range l.offices {
		if len(o.outgoing) != 0 {
			l.t.Errorf("%d items of %s not acknowledged", len(o.outgoing), o.keys.Installation)
		}
		for id, n := range o.times {
			if n != 1 {
				l.t.Errorf("%s had its effect %d times", id, n)
			}
		}
	}
}

func TestThereAndBack(t *testing.T) {
	eachLine(t, func(t *testing.T, l *line) {
		o := l.offices[0]
		d, err := o.keys.PackDirectory("portal", o.directory(), today)
		if err != nil {
			t.Fatal(err)
		}
		o.outgoing[d.ID] = d
		a := l.file(o, "甲", 3, 1)
		b := l.file(o, "乙")
		l.settle()
		m := l.say(o, b, "补充材料")
		if n, _ := l.store.Said(t.Context(), b.in.Filing); len(n) != 1 {
			t.Error("the message is not shown while it waits")
		}
		l.settle()
		l.atRest()
		if len(o.filings) != 2 || o.messages[m].Act.Text != "补充材料" {
			t.Errorf("%d filings, message %q", len(o.filings), o.messages[m].Act.Text)
		}
		if l.shown(a) != "甲" || l.shown(b) != "补充材料" {
			t.Errorf("shown: %q, %q", l.shown(a), l.shown(b))
		}
		if n, _ := l.store.Said(t.Context(), b.in.Filing); len(n) != 0 {
			t.Error("the message is still shown beside the folder")
		}
		hash := a.in.Item.Hash()
		if string(o.filings[a.in.Filing].Receipt) != string(hash[:]) {
			t.Error("the office does not have the hash that the receipt is signed over")
		}
		if got := o.chunks[a.files[0]]; len(got) != 3 || got[2] != "甲2" {
			t.Errorf("file: %v", got)
		}
		l.clock.add(2 * time.Second)
		if list, err := l.store.Directories(t.Context()); err != nil || len(list) != 1 {
			t.Errorf("%v, %v", list, err)
		}
	})
}

// A transaction that began first and commits last is not passed over.
func TestOlderItemCommitsLater(t *testing.T) {
	eachLine(t, func(t *testing.T, l *line) {
		o := l.offices[0]
		older := exchange.NewCode()
		old := filed(t, older, "older") // its id is made now, its row comes later
		l.file(o, "younger")
		l.settle()
		key := exchange.NewKey()
		old.Grant = older.Grant(old.Filing, key)
		it, err := exchange.SealFiling(l.portal.Signer, o.directory(), exchange.UnitHolder("530100"),
			exchange.SealedFiling{ID: old.Filing, Filing: petition.Filing{Title: "older"}, Reading: key},
			today.Add(-time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		old.Item = it
		if _, err := l.store.File(t.Context(), old); err != nil {
			t.Fatal(err)
		}
		l.settle()
		l.atRest()
		if len(o.filings) != 2 {
			t.Errorf("%d filings", len(o.filings))
		}
	})
}

// The item lies in the outbox again, as after the portal's backup was restored.
func TestSameItemTwice(t *testing.T) {
	eachLine(t, func(t *testing.T, l *line) {
		o := l.offices[0]
		s := l.file(o, "甲")
		l.settle()
		err := l.db.Write(t.Context(), func(ctx context.Context, tx sql.Tx) error {
			it := s.in.Item
			_, err := tx.Exec(ctx, `INSERT INTO outbox (id, sender, recipient, made, sealed, sig) VALUES (?, ?, ?, ?, ?, ?)`,
				it.ID, it.From, it.To, it.Made, it.Sealed, it.Sig)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		l.settle()
		l.atRest()
	})
}

// Two couriers that both believe they have the lease, and one that waits.
func TestTwoCouriersAtOnce(t *testing.T) {
	eachLine(t, func(t *testing.T, l *line) {
		o := l.offices[0]
		for i := range 40 {
			l.file(o, fmt.Sprint(i), i%3)
		}
		box := &sql.Mailbox{DB: l.db}
		var wg sync.WaitGroup
		for i := range 3 {
			c := l.courier(o.as(i/2), o.keys, box) // two share a lease holder's name
			wg.Go(func() {
				for range 4 {
					if _, err := c.Pass(t.Context()); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		l.settle()
		l.atRest()
		if len(o.filings) != 40 {
			t.Errorf("%d filings", len(o.filings))
		}
	})
}

func TestLateCourierIsFencedOff(t *testing.T) {
	eachLine(t, func(t *testing.T, l *line) {
		o := l.offices[0]
		late := &pausing{Mailbox: &sql.Mailbox{DB: l.db}}
		slow := l.courier(o.as(1), o.keys, late)
		l.file(o, "甲")
		late.then = func() { // while it reads, its lease ends and another takes it
			l.clock.add(time.Minute)
			if _, ok, err := o.as(2).Lease(t.Context(), l.clock.now()); !ok || err != nil {
				t.Fatal(ok, err)
			}
		}
		if _, err := slow.Pass(t.Context()); err != nil {
			t.Logf("the late courier stopped: %v", err)
		}
		if len(o.filings) != 0 {
			t.Error("it took an item under an old fence")
		}
		late.then = nil
		l.settle()
		l.atRest()
	})
}

// A courier that is stopped leaves nothing for its successor to wait for.
func TestStoppedCourierGivesItsLeaseUp(t *testing.T) {
	eachLine(t, func(t *testing.T, l *line) {
		o := l.offices[0]
		stopped, stop := context.WithCancel(t.Context())
		l.file(o, "甲")
		first := &pausing{Mailbox: &sql.Mailbox{DB: l.db}, then: stop}
		l.courier(o.as(1), o.keys, first).Run(stopped)
		if _, ok, err := o.as(2).Lease(t.Context(), l.clock.now()); !ok || err != nil {
			t.Fatal("the next courier must wait:", ok, err)
		}
	})
}

type pausing struct {
	exchange.Mailbox
	then func()
}

func (p *pausing) Fetch(ctx context.Context, ids []petition.ID) ([]exchange.Item, error) {
	if p.then != nil {
		p.then()
	}
	return p.Mailbox.Fetch(ctx, ids)
}

func TestOnePortalTwoOffices(t *testing.T) {
	storetest.Each(t, func(t *testing.T, open func() *sql.DB) {
		l := newLine(t, open(), "east", "west")
		var all []sent
		for i := range 10 {
			all = append(all, l.file(l.offices[i%2], fmt.Sprint(i), i%2))
		}
		l.settle()
		l.atRest()
		for i, s := range all {
			mine, other := l.offices[i%2], l.offices[1-i%2]
			if mine.times[s.in.Filing] != 1 || other.times[s.in.Filing] != 0 {
				t.Errorf("filing %d is at the wrong office", i)
			}
			if l.shown(s) != fmt.Sprint(i) {
				t.Errorf("filing %d shows %q", i, l.shown(s))
			}
		}
	})
}

// An item that cannot be opened goes to quarantine whole, and the others pass.
func TestQuarantineHoldsUpNothing(t *testing.T) {
	eachLine(t, func(t *testing.T, l *line) {
		o := l.offices[0]
		bad := filed(t, exchange.NewCode(), "cannot be opened")
		if _, err := l.store.File(t.Context(), bad); err != nil {
			t.Fatal(err)
		}
		good := l.file(o, "甲")
		orphan := l.say(o, sent{in: good.in, key: exchange.NewKey()}, "under a wrong key")
		l.settle()
		l.atRest()
		if len(o.quarantine) != 2 || o.quarantine[bad.Item.ID] == "" || o.times[orphan] != 0 {
			t.Errorf("in quarantine: %v", o.quarantine)
		}
		if l.shown(good) != "甲" {
			t.Error("the good filing was held up")
		}
	})
}

// A message whose filing is not there yet waits for it, and holds up nothing.
func TestMessageWaitsForItsFiling(t *testing.T) {
	eachLine(t, func(t *testing.T, l *line) {
		o := l.offices[0]
		first := l.file(o, "甲")
		l.settle()
		held := o.filings[first.in.Filing]
		delete(o.filings, first.in.Filing) // as if it were still under way
		m := l.say(o, first, "补充")
		l.file(o, "乙")
		l.settle()
		if o.times[m] != 0 || len(o.filings) != 1 {
			t.Fatalf("%d times, %d filings", o.times[m], len(o.filings))
		}
		o.filings[first.in.Filing] = held
		l.settle()
		l.atRest()
		if o.times[m] != 1 {
			t.Error("the message was lost")
		}
		delete(o.filings, first.in.Filing)
		lost := l.say(o, first, "再补充")
		l.clock.add(25 * time.Hour)
		l.settle()
		if o.times[lost] != 0 || len(o.quarantine) != 1 {
			t.Errorf("after a day it is not in quarantine: %v", o.quarantine)
		}
	})
}

// What an office did not sign is set aside by the portal, and nobody is answered.
func TestPortalBelievesItsOfficesOnly(t *testing.T) {
	eachLine(t, func(t *testing.T, l *line) {
		o := l.offices[0]
		s := l.file(o, "甲")
		l.settle()
		stranger, err := exchange.NewOfficeKeys("office")
		if err != nil {
			t.Fatal(err)
		}
		u, err := exchange.SealFolder(s.key, s.in.Filing, petition.Folder{Version: 99, Title: "forged"})
		if err != nil {
			t.Fatal(err)
		}
		forged, err := stranger.PackFolder("portal", u, today)
		if err != nil {
			t.Fatal(err)
		}
		elsewhere, err := o.keys.PackFolder("another portal", u, today)
		if err != nil {
			t.Fatal(err)
		}
		box := &sql.Mailbox{DB: l.db}
		if err := box.Deliver(t.Context(), []exchange.Item{forged, elsewhere}); err != nil {
			t.Fatal(err)
		}
		if _, err := l.receiver(l.store).Pass(t.Context()); err != nil {
			t.Fatal(err)
		}
		if l.shown(s) != "甲" {
			t.Errorf("shown: %q", l.shown(s))
		}
		if n := count(t, l.db, `SELECT COUNT(*) FROM refused`); n != 2 {
			t.Errorf("%d set aside", n)
		}
		if n := count(t, l.db, `SELECT COUNT(*) FROM outbox`); n != 0 {
			t.Errorf("%d answers", n)
		}
	})
}

// Both ends run as they do in one process: what is filed is at the office, and its
// folder back at the portal, well within a second, while more is filed.
func TestLineRuns(t *testing.T) {
	eachLine(t, func(t *testing.T, l *line) {
		o := l.offices[0]
		r := l.receiver(l.store)
		c := l.courier(o.as(1), o.keys, &sql.Mailbox{DB: l.db, Delivered: r.Wake})
		ctx, stop := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		wg.Go(func() { c.Run(ctx) })
		wg.Go(func() { r.Run(ctx) })
		defer wg.Wait()
		defer stop()
		var worst time.Duration
		for i := range 20 {
			s := l.file(o, fmt.Sprint(i), i%3)
			filed := time.Now()
			c.Wake()
			for l.shown(s) == "" {
				if time.Since(filed) > 20*time.Second {
					t.Fatal("it does not arrive")
				}
				time.Sleep(5 * time.Millisecond)
			}
			worst = max(worst, time.Since(filed))
		}
		t.Logf("there and back at worst: %v", worst)
		if got := c.Stats(); got.Taken < 20 || got.Quarantined != 0 {
			t.Errorf("%+v", got)
		}
	})
}
