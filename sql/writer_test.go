package sql

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"huiyin/petition"
)

func lite(t testing.TB) *DB {
	t.Helper()
	db, err := Open(context.Background(), "sqlite:"+filepath.Join(t.TempDir(), "w.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	err = db.Write(context.Background(), func(ctx context.Context, tx Tx) error {
		_, err := tx.Exec(ctx, `CREATE TABLE n (n INTEGER PRIMARY KEY, body BLOB) STRICT`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func put(n int) Job {
	return func(ctx context.Context, tx Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO n (n, body) VALUES (?, ?)`, n, []byte("x"))
		return err
	}
}

func stored(t testing.TB, db *DB) map[int]bool {
	t.Helper()
	var ns []int
	if err := db.Select(context.Background(), &ns, `SELECT n FROM n`); err != nil {
		t.Fatal(err)
	}
	set := make(map[int]bool)
	for _, n := range ns {
		set[n] = true
	}
	return set
}

// batch makes the writer find all jobs waiting at once, and returns their answers.
func batch(db *DB, jobs ...Job) []error {
	hold, held := make(chan struct{}), make(chan struct{})
	var once sync.Once
	var wg sync.WaitGroup
	wg.Go(func() {
		_ = db.Write(context.Background(), func(context.Context, Tx) error {
			once.Do(func() { close(held) })
			<-hold
			return nil
		})
	})
	<-held
	errs := make([]error, len(jobs))
	for i, j := range jobs {
		wg.Go(func() { errs[i] = db.Write(context.Background(), j) })
		for len(db.writer.jobs) <= i {
			time.Sleep(100 * time.Microsecond)
		}
	}
	close(hold)
	wg.Wait()
	return errs
}

func TestJobsShareACommit(t *testing.T) {
	db := lite(t)
	var commits atomic.Int32
	db.writer.fault = func(point string) error {
		if point == "commit" {
			commits.Add(1)
		}
		return nil
	}
	var jobs []Job
	for n := range 100 {
		jobs = append(jobs, put(n))
	}
	for _, err := range batch(db, jobs...) {
		if err != nil {
			t.Fatal(err)
		}
	}
	if got := stored(t, db); len(got) != 100 {
		t.Errorf("%d rows", len(got))
	}
	if n := commits.Load(); n != 2 { // the job that held the door, and the hundred
		t.Errorf("%d commits", n)
	}
}

// An error, a panic or a refusal of one job harms none beside it.
func TestOneJobFailsAlone(t *testing.T) {
	db := lite(t)
	sorry := errors.New("sorry")
	errs := batch(db, put(1),
		func(ctx context.Context, tx Tx) error { _ = put(2)(ctx, tx); return sorry },
		func(ctx context.Context, tx Tx) error { _ = put(3)(ctx, tx); panic("oh") },
		put(1),
		put(4),
		func(ctx context.Context, tx Tx) error { _, err := tx.Exec(ctx, `nonsense`); return err },
		func(ctx context.Context, tx Tx) error { // a refused statement may be lived with
			if err := put(1)(ctx, tx); !Duplicate(err) {
				return fmt.Errorf("not a duplicate: %w", err)
			}
			return put(5)(ctx, tx)
		})
	for i, want := range []bool{true, false, false, false, true, false, true} {
		if (errs[i] == nil) != want {
			t.Errorf("job %d: %v", i, errs[i])
		}
	}
	if !errors.Is(errs[1], sorry) || !Duplicate(errs[3]) {
		t.Errorf("%v, %v", errs[1], errs[3])
	}
	got := stored(t, db)
	if len(got) != 3 || !got[1] || !got[4] || !got[5] {
		t.Errorf("stored: %v", got)
	}
}

// At each point of the writer a failure is met: whoever is told "stored" finds the row,
// whoever is told "no" does not, and the next job is served.
func TestFaultAtEachPoint(t *testing.T) {
	for _, point := range []string{"begin", "savepoint", "rollback", "release", "commit"} {
		for nth := 1; nth <= 4; nth++ {
			t.Run(fmt.Sprintf("%s %d", point, nth), func(t *testing.T) {
				db := lite(t)
				var seen atomic.Int32
				db.writer.fault = func(p string) error {
					if p == point && int(seen.Add(1)) == nth+1 { // the first is the job that holds the door
						return errors.New("broken")
					}
					return nil
				}
				bad := func(ctx context.Context, tx Tx) error { _ = put(9)(ctx, tx); return errors.New("sorry") }
				errs := batch(db, put(0), bad, put(1), bad, put(2))
				got := stored(t, db)
				for n, err := range []error{errs[0], errs[2], errs[4]} {
					if got[n] != (err == nil) {
						t.Errorf("row %d: stored %v, answer %v", n, got[n], err)
					}
				}
				if got[9] || errs[1] == nil || errs[3] == nil {
					t.Errorf("a refused job: stored %v, %v, %v", got[9], errs[1], errs[3])
				}
				if point == "commit" && nth == 1 && len(got) != 0 {
					t.Errorf("COMMIT failed and %v is stored", got)
				}
				for n := 10; int(seen.Load()) <= nth && n < 20; n++ {
					_ = db.Write(t.Context(), put(n)) // it may be this one that meets the fault
				}
				if err := db.Write(t.Context(), put(8)); err != nil {
					t.Errorf("afterwards: %v", err)
				}
			})
		}
	}
}

// SQLite ends the whole transaction by itself, as on a full disk: the job that did it
// is refused, the others are run again, and nothing of it commits on its own.
func TestTransactionEndsByItself(t *testing.T) {
	db := lite(t)
	ends := func(ctx context.Context, tx Tx) error {
		if err := put(5)(ctx, tx); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `ROLLBACK`); err != nil {
			return err
		}
		return nil
	}
	errs := batch(db, put(1), ends, put(2))
	if errs[0] != nil || errs[1] == nil || errs[2] != nil {
		t.Errorf("%v", errs)
	}
	if got := stored(t, db); len(got) != 2 || !got[1] || !got[2] {
		t.Errorf("stored: %v", got)
	}
}

// A disk that is full refuses what does not fit and takes what comes once there is room.
func TestDiskFull(t *testing.T) {
	db := lite(t)
	pages := func(n int) Job {
		return func(ctx context.Context, tx Tx) error {
			var now int
			return tx.Get(ctx, &now, fmt.Sprintf(`PRAGMA max_page_count = %d`, n))
		}
	}
	if err := db.Write(t.Context(), pages(40)); err != nil {
		t.Fatal(err)
	}
	big := func(n int) Job {
		return func(ctx context.Context, tx Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO n (n, body) VALUES (?, zeroblob(60000))`, n)
			if err != nil {
				_ = put(100+n)(ctx, tx) // a job that goes on after the end stores nothing
			}
			return err
		}
	}
	errs := batch(db, put(1), big(2), big(3), big(4), put(5))
	got := stored(t, db)
	full := 0
	for i, n := range []int{1, 2, 3, 4, 5} {
		if got[n] != (errs[i] == nil) {
			t.Errorf("row %d: stored %v, answer %v", n, got[n], errs[i])
		}
		if petition.Is(errs[i], petition.Unavailable) {
			full++
		}
	}
	if full == 0 || errs[0] != nil || errs[4] != nil || got[102] || got[103] || got[104] {
		t.Errorf("answers %v, stored %v", errs, got)
	}
	if err := db.Write(t.Context(), pages(100000)); err != nil {
		t.Fatal(err)
	}
	if err := db.Write(t.Context(), big(6)); err != nil {
		t.Errorf("with room again: %v", err)
	}
}

// Who goes away while the job waits takes it back; who goes away later gets the truth.
func TestCallerGoesAway(t *testing.T) {
	db := lite(t)
	hold, held := make(chan struct{}), make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	var running, waiting error
	wg.Go(func() {
		running = db.Write(ctx, func(ctx context.Context, tx Tx) error {
			close(held)
			<-hold
			return put(1)(ctx, tx)
		})
	})
	<-held
	gone := make(chan struct{})
	wg.Go(func() { waiting = db.Write(ctx, put(2)); close(gone) })
	for len(db.writer.jobs) == 0 {
		time.Sleep(time.Millisecond)
	}
	cancel()
	<-gone
	close(hold)
	wg.Wait()
	got := stored(t, db)
	if running != nil || !got[1] {
		t.Errorf("the job that ran: %v", running)
	}
	if !errors.Is(waiting, context.Canceled) || got[2] {
		t.Errorf("the job that waited: %v, stored %v", waiting, got[2])
	}
	if err := db.Write(ctx, put(3)); err == nil {
		t.Error("a job was begun for somebody who is gone")
	}
}

func TestTooManyAreShed(t *testing.T) {
	db := lite(t)
	hold, held := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		_ = db.Write(context.Background(), func(context.Context, Tx) error { close(held); <-hold; return nil })
	})
	<-held
	var no atomic.Int32
	for n := range maxWaiting + 50 {
		wg.Go(func() {
			if err := db.Write(context.Background(), put(n)); petition.Is(err, petition.Unavailable) {
				no.Add(1)
			}
		})
	}
	for no.Load() < 50 {
		time.Sleep(time.Millisecond)
	}
	close(hold)
	wg.Wait()
	if got := stored(t, db); no.Load() != 50 || len(got) != maxWaiting {
		t.Errorf("%d shed, %d stored", no.Load(), len(got))
	}
}

func TestCloseAnswersAll(t *testing.T) {
	db := lite(t)
	var wg sync.WaitGroup
	var yes, no atomic.Int32
	for n := range 200 {
		wg.Go(func() {
			if db.Write(context.Background(), put(n)) == nil {
				yes.Add(1)
			} else {
				no.Add(1)
			}
		})
	}
	time.Sleep(2 * time.Millisecond)
	db.writer.close()
	wg.Wait()
	if got := stored(t, db); len(got) != int(yes.Load()) || yes.Load()+no.Load() != 200 {
		t.Errorf("%d told yes, %d no, %d stored", yes.Load(), no.Load(), len(got))
	}
	if err := db.Write(t.Context(), put(1000)); !petition.Is(err, petition.Unavailable) {
		t.Errorf("after the end: %v", err)
	}
}

func BenchmarkWrite(b *testing.B) {
	db := lite(b)
	body := make([]byte, 2048)
	var n atomic.Int64
	b.SetParallelism(16)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			err := db.Write(context.Background(), func(ctx context.Context, tx Tx) error {
				for range 3 {
					if _, err := tx.Exec(ctx, `INSERT INTO n (n, body) VALUES (?, ?)`, n.Add(1), body); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				b.Error(err)
			}
		}
	})
}
