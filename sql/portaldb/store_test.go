package portaldb_test

import (
	"reflect"
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

func each(t *testing.T, run func(t *testing.T, db *sql.DB, s *portaldb.Store, c *clock)) {
	storetest.Each(t, func(t *testing.T, open func() *sql.DB) {
		db := open()
		s, c := newStore(t, db)
		run(t, db, s, c)
	})
}

func TestFileAndFollow(t *testing.T) {
	each(t, func(t *testing.T, db *sql.DB, s *portaldb.Store, _ *clock) {
		code := exchange.NewCode()
		in := filed(t, code, "body")
		got, err := s.File(t.Context(), in)
		if err != nil || got.Before || got.Changed || got.Sent || got.ID != in.Filing {
			t.Fatalf("%+v, %v", got, err)
		}
		o, err := s.Opened(t.Context(), code.Locator())
		if err != nil || o.Filing != in.Filing || !o.Received.Equal(today) || string(o.Copy) != "copy of body" ||
			len(o.Folder) != 0 || o.Waiting != 0 || !reflect.DeepEqual(o.Grant, in.Grant) {
			t.Fatalf("%+v, %v", o, err)
		}
		if _, err := o.Grant.Open(code); err != nil {
			t.Error(err)
		}
		d, err := s.Draft(t.Context(), in.Draft.ID)
		if err != nil || string(d.Sealed) != "only the code" {
			t.Errorf("%+v, %v", d, err)
		}
	})
}

// Fifty clicks on "submit" are one filing and fifty times the same receipt.
func TestFileFiftyTimesAtOnce(t *testing.T) {
	each(t, func(t *testing.T, db *sql.DB, s *portaldb.Store, _ *clock) {
		code := exchange.NewCode()
		first := filed(t, code, "body")
		var wg sync.WaitGroup
		out := make([]portal.Filing, 50)
		errs := make([]error, 50)
		for i := range out {
			in := filed(t, code, "body") // each request seals anew and has ids of its own
			in.Captcha, in.Draft.ID = first.Captcha, first.Draft.ID
			wg.Go(func() { out[i], errs[i] = s.File(t.Context(), in) })
		}
		wg.Wait()
		fresh := 0
		for i, f := range out {
			if errs[i] != nil {
				t.Fatal(errs[i])
			}
			if !f.Before {
				fresh++
			}
			if f.ID != out[0].ID || string(f.Receipt) != string(out[0].Receipt) || f.Changed {
				t.Errorf("%+v is not %+v", f, out[0])
			}
		}
		if n := count(t, db, `SELECT COUNT(*) FROM filing`); fresh != 1 || n != 1 {
			t.Errorf("%d first answers, %d filings", fresh, n)
		}
		if n := count(t, db, `SELECT COUNT(*) FROM outbox`); n != 1 {
			t.Errorf("%d items", n)
		}
	})
}

func TestFileAgain(t *testing.T) {
	each(t, func(t *testing.T, db *sql.DB, s *portaldb.Store, _ *clock) {
		code := exchange.NewCode()
		in := filed(t, code, "body")
		if _, err := s.File(t.Context(), in); err != nil {
			t.Fatal(err)
		}
		// The captcha is spent, and that does not matter any more.
		same := filed(t, code, "body")
		same.Captcha = in.Captcha
		got, err := s.File(t.Context(), same)
		if err != nil || !got.Before || got.Changed || got.ID != in.Filing || string(got.Receipt) != string(in.Receipt) {
			t.Errorf("the same again: %+v, %v", got, err)
		}
		wrong := filed(t, code, "body")
		wrong.Captcha = [16]byte{}
		if got, err = s.File(t.Context(), wrong); err != nil || !got.Before {
			t.Errorf("with a wrong captcha: %+v, %v", got, err)
		}
		other := filed(t, code, "another body")
		got, err = s.File(t.Context(), other)
		if err != nil || !got.Before || !got.Changed || got.ID != in.Filing {
			t.Errorf("with another body: %+v, %v", got, err)
		}
		if n := count(t, db, `SELECT COUNT(*) FROM captcha`); n != 1 {
			t.Errorf("%d captchas were spent", n)
		}
	})
}

func TestCaptchaIsSpentOnce(t *testing.T) {
	each(t, func(t *testing.T, db *sql.DB, s *portaldb.Store, _ *clock) {
		captcha := [16]byte(newID(t))
		var wg sync.WaitGroup
		errs := make([]error, 20)
		for i := range errs {
			in := filed(t, exchange.NewCode(), "body")
			in.Captcha = captcha
			wg.Go(func() { _, errs[i] = s.File(t.Context(), in) })
		}
		wg.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else if !petition.Is(err, petition.Invalid) {
				t.Error(err)
			}
		}
		if n := count(t, db, `SELECT COUNT(*) FROM filing`); won != 1 || n != 1 {
			t.Errorf("%d won, %d filings", won, n)
		}
		in := filed(t, exchange.NewCode(), "body")
		in.Captcha = [16]byte{}
		if _, err := s.File(t.Context(), in); !petition.Is(err, petition.Invalid) {
			t.Errorf("without a captcha: %v", err)
		}
		if _, err := s.Opened(t.Context(), in.Grant.Locator); !petition.Is(err, petition.NotFound) {
			t.Errorf("a refused filing left its grant: %v", err)
		}
	})
}

// A filing whose attachment is gone is not stored, and its captcha is not spent.
func TestFileIsAllOrNothing(t *testing.T) {
	each(t, func(t *testing.T, db *sql.DB, s *portaldb.Store, _ *clock) {
		in := filed(t, exchange.NewCode(), "body")
		in.Files = []petition.ID{newID(t)}
		if _, err := s.File(t.Context(), in); !petition.Is(err, petition.Invalid) {
			t.Fatalf("%v", err)
		}
		for _, table := range []string{"filing", "code_grant", "captcha", "outbox", "draft"} {
			if n := count(t, db, `SELECT COUNT(*) FROM `+table); n != 0 {
				t.Errorf("%d rows in %s", n, table)
			}
		}
		in.Files = nil
		if _, err := s.File(t.Context(), in); err != nil {
			t.Error(err)
		}
	})
}

func TestUnknownAndRevokedCodesAnswerAlike(t *testing.T) {
	each(t, func(t *testing.T, db *sql.DB, s *portaldb.Store, _ *clock) {
		code := exchange.NewCode()
		in := filed(t, code, "body")
		if _, err := s.File(t.Context(), in); err != nil {
			t.Fatal(err)
		}
		_, unknown := s.Opened(t.Context(), exchange.NewCode().Locator())
		revoke := exchange.Arrival{Item: newID(t), From: "office", Made: today,
			Grant: &exchange.GrantUpdate{Filing: in.Filing, Revoke: []exchange.Locator{code.Locator()}}}
		if err := s.Apply(t.Context(), []exchange.Arrival{revoke}, nil); err != nil {
			t.Fatal(err)
		}
		_, revoked := s.Opened(t.Context(), code.Locator())
		if !petition.Is(unknown, petition.NotFound) || unknown.Error() != revoked.Error() {
			t.Errorf("%v and %v", unknown, revoked)
		}
		// The draft that still holds the dead code does not file a second time.
		got, err := s.File(t.Context(), filed(t, code, "body"))
		if err != nil || !got.Before || got.ID != in.Filing {
			t.Errorf("%+v, %v", got, err)
		}
	})
}

func TestDraftVersions(t *testing.T) {
	each(t, func(t *testing.T, db *sql.DB, s *portaldb.Store, c *clock) {
		d := portal.Draft{ID: [32]byte{1}, Sealed: []byte("1"), Expires: today.Add(time.Hour)}
		if _, err := s.Draft(t.Context(), d.ID); !petition.Is(err, petition.NotFound) {
			t.Errorf("before it was: %v", err)
		}
		if err := s.SaveDraft(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		if err := s.SaveDraft(t.Context(), d); !petition.Is(err, petition.Conflict) {
			t.Errorf("made twice: %v", err)
		}
		got, err := s.Draft(t.Context(), d.ID)
		if err != nil || got.Version != 1 || !got.Expires.Equal(d.Expires) {
			t.Fatalf("%+v, %v", got, err)
		}
		two := got
		two.Sealed = []byte("2")
		if err := s.SaveDraft(t.Context(), two); err != nil {
			t.Fatal(err)
		}
		if err := s.SaveDraft(t.Context(), got); !petition.Is(err, petition.Conflict) {
			t.Errorf("a second window: %v", err)
		}
		got, err = s.Draft(t.Context(), d.ID)
		if err != nil || got.Version != 2 || string(got.Sealed) != "2" {
			t.Errorf("%+v, %v", got, err)
		}
		c.add(2 * time.Hour)
		if _, err := s.Draft(t.Context(), d.ID); !petition.Is(err, petition.NotFound) {
			t.Errorf("after it expired: %v", err)
		}
	})
}

func TestFilesBelongToTheirDraft(t *testing.T) {
	each(t, func(t *testing.T, db *sql.DB, s *portaldb.Store, _ *clock) {
		in := filed(t, exchange.NewCode(), "body")
		mine, thief := in.Draft.ID, [32]byte{9}
		file, other := newID(t), newID(t)
		chunk := portal.Chunk{Draft: mine, File: file, Sealed: []byte("0"), Expires: today.Add(time.Hour)}
		next := chunk
		next.N, next.Sealed = 1, []byte("1")
		if err := s.AddChunk(t.Context(), next); !petition.Is(err, petition.NotFound) {
			t.Errorf("the second chunk first: %v", err)
		}
		for _, c := range []portal.Chunk{chunk, next} {
			if err := s.AddChunk(t.Context(), c); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.AddChunk(t.Context(), next); !petition.Is(err, petition.Conflict) {
			t.Errorf("a chunk twice: %v", err)
		}
		stolen := next
		stolen.Draft, stolen.N = thief, 2
		if err := s.AddChunk(t.Context(), stolen); !petition.Is(err, petition.NotFound) {
			t.Errorf("a chunk of another's: %v", err)
		}
		if err := s.DropFile(t.Context(), thief, file); err != nil || count(t, db, `SELECT COUNT(*) FROM file`) != 1 {
			t.Errorf("another dropped it: %v", err)
		}
		chunk.File = other
		if err := s.AddChunk(t.Context(), chunk); err != nil {
			t.Fatal(err)
		}
		in.Files = []petition.ID{file}
		if _, err := s.File(t.Context(), in); err != nil {
			t.Fatal(err)
		}
		next.N = 2
		if err := s.AddChunk(t.Context(), next); !petition.Is(err, petition.NotFound) {
			t.Errorf("a chunk after filing: %v", err)
		}
		if err := s.DropDraft(t.Context(), mine); err != nil {
			t.Fatal(err)
		}
		if f, ch := count(t, db, `SELECT COUNT(*) FROM file`), count(t, db, `SELECT COUNT(*) FROM file_chunk`); f != 1 || ch != 2 {
			t.Errorf("%d files, %d chunks after the draft was dropped", f, ch)
		}
	})
}

func TestSayTwiceIsOnce(t *testing.T) {
	each(t, func(t *testing.T, db *sql.DB, s *portaldb.Store, _ *clock) {
		code := exchange.NewCode()
		in := filed(t, code, "body")
		if _, err := s.File(t.Context(), in); err != nil {
			t.Fatal(err)
		}
		m := portal.Said{ID: newID(t), Filing: in.Filing, At: today, Copy: []byte("more"),
			Item: exchange.Item{ID: newID(t), From: "portal", To: "office", Made: today}}
		for range 2 {
			if err := s.Say(t.Context(), m); err != nil {
				t.Fatal(err)
			}
			m.Item.ID = newID(t) // sealed anew
		}
		list, err := s.Said(t.Context(), in.Filing)
		if err != nil || len(list) != 1 || string(list[0].Copy) != "more" || !list[0].At.Equal(today) {
			t.Errorf("%+v, %v", list, err)
		}
		if o, err := s.Opened(t.Context(), code.Locator()); err != nil || o.Waiting != 1 {
			t.Errorf("%+v, %v", o, err)
		}
		if n := count(t, db, `SELECT COUNT(*) FROM outbox`); n != 2 {
			t.Errorf("%d items", n)
		}
		m.ID, m.Filing = newID(t), newID(t)
		if err := s.Say(t.Context(), m); !petition.Is(err, petition.NotFound) {
			t.Errorf("about no filing: %v", err)
		}
	})
}

func TestTriesAreCountedTogether(t *testing.T) {
	each(t, func(t *testing.T, db *sql.DB, s *portaldb.Store, _ *clock) {
		bucket, window := [32]byte{1}, 10*time.Minute
		at := today.Truncate(window)
		for want := 1; want <= 3; want++ {
			if n, err := s.Hit(t.Context(), bucket, window, at); err != nil || n != want {
				t.Fatalf("%d, %v", n, err)
			}
		}
		if n, err := s.Hit(t.Context(), [32]byte{2}, window, at); err != nil || n != 1 {
			t.Errorf("another bucket: %d, %v", n, err)
		}
		if err := s.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		// Another node, or this one after a restart, goes on counting.
		other, _ := newStore(t, db)
		if n, err := other.Hit(t.Context(), bucket, window, at); err != nil || n != 4 {
			t.Errorf("on another node: %d, %v", n, err)
		}
		if err := other.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		// The window slides: half of it later, half of the tries before still count.
		third, _ := newStore(t, db)
		if n, err := third.Hit(t.Context(), bucket, window, at.Add(window+window/2)); err != nil || n != 3 {
			t.Errorf("in the next window: %d, %v", n, err)
		}
		if n, err := third.Hit(t.Context(), bucket, window, at.Add(3*window)); err != nil || n != 1 {
			t.Errorf("much later: %d, %v", n, err)
		}
	})
}

func TestTriesAtOnceAreAllCounted(t *testing.T) {
	each(t, func(t *testing.T, db *sql.DB, s *portaldb.Store, _ *clock) {
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				for range 50 {
					if _, err := s.Hit(t.Context(), [32]byte{1}, time.Hour, today); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		if err := s.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := count(t, db, `SELECT SUM(n) FROM tries`); n != 400 {
			t.Errorf("%d of 400", n)
		}
	})
}

func TestDayKeysAreSharedAndDestroyed(t *testing.T) {
	each(t, func(t *testing.T, db *sql.DB, s *portaldb.Store, _ *clock) {
		other, _ := newStore(t, db)
		a, err := s.DayKey(t.Context(), "2026-11-22")
		if err != nil {
			t.Fatal(err)
		}
		b, err := other.DayKey(t.Context(), "2026-11-22")
		if err != nil || a != b || a == [32]byte{} {
			t.Errorf("%v", err)
		}
		if c, err := other.DayKey(t.Context(), "2026-11-23"); err != nil || c == a {
			t.Errorf("%v", err)
		}
		if _, err := s.DayKey(t.Context(), "today"); err == nil {
			t.Error("a key of no day")
		}
		if err := s.Sweep(t.Context(), time.Date(2026, 11, 25, 0, 0, 1, 0, time.UTC)); err != nil {
			t.Fatal(err)
		}
		if n := count(t, db, `SELECT COUNT(*) FROM day_key`); n != 1 {
			t.Errorf("%d keys are left", n)
		}
	})
}

func TestSweep(t *testing.T) {
	each(t, func(t *testing.T, db *sql.DB, s *portaldb.Store, _ *clock) {
		expired, live := today.Add(-time.Minute), today.Add(time.Hour)
		for i := range 250 {
			in := filed(t, exchange.NewCode(), "body")
			in.CaptchaExpires, in.Draft.Expires = expired, expired
			if i%5 == 0 {
				in.CaptchaExpires, in.Draft.Expires = live, live
			}
			file := portal.Chunk{Draft: in.Draft.ID, File: newID(t), Sealed: []byte("x"), Expires: expired}
			if err := s.AddChunk(t.Context(), file); err != nil {
				t.Fatal(err)
			}
			if i%2 == 0 {
				in.Files = []petition.ID{file.File}
			}
			if _, err := s.File(t.Context(), in); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Sweep(t.Context(), today); err != nil {
			t.Fatal(err)
		}
		for query, want := range map[string]int{
			`SELECT COUNT(*) FROM draft`:      50,
			`SELECT COUNT(*) FROM captcha`:    50,
			`SELECT COUNT(*) FROM file`:       125 + 25, // filed, or of a live draft
			`SELECT COUNT(*) FROM file_chunk`: 125 + 25,
			`SELECT COUNT(*) FROM filing`:     250,
			`SELECT COUNT(*) FROM outbox`:     250,
		} {
			if got := count(t, db, query); got != want {
				t.Errorf("%s: %d, not %d", query, got, want)
			}
		}
	})
}
