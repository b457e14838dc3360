package officedb

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"huiyin/petition"
)

// sequence runs the sequencer until nothing waits.
func (w *world) sequence() (n int) {
	w.t.Helper()
	for {
		done, err := w.s.Sequence(w.t.Context(), w.now)
		w.must(err)
		if n += done; done == 0 {
			return n
		}
	}
}

func (w *world) inspect() Tally {
	w.t.Helper()
	tally, err := w.s.Inspect(w.t.Context())
	w.must(err)
	return tally
}

// Every entry of every kind gets a position, and only once; the office is told how
// many wait.
func TestEveryEntryIsSequenced(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.accepted(county, "Party age")
		report := w.filed(aReport(county, "About somebody"))
		w.said(report, petition.Act{Action: petition.AddInfo, Text: "One thing more."})
		_, err := w.s.Report(t.Context(), w.who(county, petition.CadreSupervisor), report, "to read it", w.now)
		w.must(err)
		_, err = w.s.Reveal(t.Context(), w.who(county, petition.Registrar), id, "to call", w.now)
		w.must(err)
		all := w.entries()
		if got := w.inspect(); got != (Tally{Waiting: all}) {
			t.Errorf("before: %+v, %d entries", got, all)
		}
		_, err = w.s.Head(t.Context())
		w.want(err, petition.NotFound)
		if n := w.sequence(); int64(n) != all {
			t.Errorf("%d of %d were sequenced", n, all)
		}
		if got := w.inspect(); got != (Tally{Sequenced: all, Heads: 1}) {
			t.Errorf("after: %+v, %d entries", got, all)
		}
		w.do(w.who(county, petition.Handler), id, petition.Act{Action: petition.Note, Text: "x"})
		if got := w.inspect(); got != (Tally{Sequenced: all, Waiting: 1, Heads: 1}) {
			t.Errorf("with a note: %+v", got)
		}
		w.sequence()
		w.sequence()
		if got := w.inspect(); got != (Tally{Sequenced: all + 1, Heads: 2}) {
			t.Errorf("in the end: %+v", got)
		}
		head, err := w.s.Head(t.Context())
		w.must(err)
		if head.Number != 2 || head.Size != all+1 || !head.At.Equal(w.now) || !head.signedBy(w.s.signer) {
			t.Errorf("head %+v", head)
		}
	})
}

// entries counts what must be in the log.
func (w *world) entries() int64 {
	w.t.Helper()
	var n int64
	w.must(w.db.Get(w.t.Context(), &n, `SELECT (SELECT COUNT(*) FROM event)
		+ (SELECT COUNT(*) FROM audit) + (SELECT COUNT(*) FROM report_entry)`))
	return n
}

// What the queue and the log hold of a sealed matter is as long as of any other, and
// is nothing but the hash.
func TestSealedEntriesLookLikeOthers(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.sequence()
		sizes := func(what petition.Filing) string {
			w.filed(what)
			var row struct {
				N  int `db:"n"`
				ID int `db:"id"`
				H  int `db:"h"`
			}
			w.must(w.db.Get(t.Context(), &row, `SELECT COUNT(*) AS n, MAX(LENGTH(id)) AS id, MAX(LENGTH(hash)) AS h FROM unsequenced`))
			w.sequence()
			return fmt.Sprint(row)
		}
		if a, b := sizes(aFiling(county, "Party age")), sizes(aReport(county, "About somebody")); a != b {
			t.Errorf("a claim queues %s, a report %s", a, b)
		}
	})
}

// Many rows of the log, in batches of every awkward length.
func TestLogGrowsOverRows(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, n := range []int{1, 2, 250, 3, 256, 513, 1} {
			for i := range n {
				w.must(w.s.log(t.Context(), view{chain: officeChain, at: w.now.Add(time.Duration(i) * time.Millisecond), action: "test"}))
			}
			w.sequence()
			if got, all := w.inspect(), w.entries(); got.Sequenced != all || got.Waiting != 0 {
				t.Fatalf("%+v of %d", got, all)
			}
		}
	})
}

// Whoever writes meanwhile, Verify raises no false alarm, and two sequencers leave one
// log without gaps or doubles.
func TestSequencersRaceWithWritersAndVerify(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		nodes := []*Store{w.s, w.open(), w.open()}
		id := w.accepted(county, "Party age")
		stop := make(chan struct{})
		var work, write sync.WaitGroup
		for i, node := range nodes {
			work.Go(func() {
				for at := w.now; ; at = at.Add(6 * time.Second) { // the lease changes hands
					select {
					case <-stop:
						return
					default:
					}
					if _, err := node.Sequence(t.Context(), at); err != nil && !petition.Is(err, petition.Unavailable) {
						t.Errorf("node %d: %v", i, err)
						return
					}
				}
			})
		}
		work.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if err := w.s.Verify(t.Context()); err != nil {
					t.Errorf("false alarm: %v", err)
					return
				}
			}
		})
		for i := range 3 {
			write.Go(func() {
				for n := range 40 {
					v := view{chain: officeChain, at: w.now, action: fmt.Sprint(i, n)}
					if err := w.s.log(t.Context(), v); err != nil {
						t.Error(err)
					}
				}
			})
		}
		write.Go(func() {
			for range 20 {
				w.do(w.who(county, petition.Handler), id, petition.Act{Action: petition.Note, Text: "x"})
			}
		})
		write.Wait()
		close(stop)
		work.Wait()
		w.now = w.now.Add(24 * time.Hour)
		w.sequence()
		if got, all := w.inspect(), w.entries(); got.Sequenced != all || got.Waiting != 0 {
			t.Errorf("%+v of %d", got, all)
		}
	})
}

// batch prepares what is next.
func (w *world) batch() batch {
	w.t.Helper()
	head, err := w.s.lastHead(w.t.Context())
	w.must(err)
	b, err := w.s.nextBatch(w.t.Context(), head, w.now)
	w.must(err)
	return b
}

// A sequencer that slept beyond its lease stores nothing.
func TestSleeperIsRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		other := w.open()
		fence, mine, err := w.s.sequencer().Take(t.Context(), w.now)
		if err != nil || !mine {
			t.Fatal(mine, err)
		}
		if n, err := other.Sequence(t.Context(), w.now); n != 0 || err != nil {
			t.Fatalf("without the lease %d were sequenced, %v", n, err)
		}
		prepared := w.batch()
		n, err := other.Sequence(t.Context(), w.now.Add(time.Minute))
		w.must(err)
		if n != len(prepared.ids) {
			t.Errorf("the other took %d of %d", n, len(prepared.ids))
		}
		w.want(w.s.storeBatch(t.Context(), prepared, fence), petition.Conflict)
		if got := w.inspect(); got.Heads != 1 || got.Waiting != 0 {
			t.Errorf("%+v", got)
		}
		if n, err := w.s.sequenceBatch(t.Context(), fence, w.now); n != 0 || err != nil {
			t.Errorf("the sleeper: %d, %v", n, err)
		}
	})
}

// A stop after any statement of the batch's transaction leaves all or nothing.
func TestCrashBetweenStepsOfABatch(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.sequence()
		w.must(w.s.log(t.Context(), view{chain: officeChain, at: w.now, action: "test"}))
		before := w.inspect()
		fence, _, err := w.s.sequencer().Take(t.Context(), w.now)
		w.must(err)
		for name, spoil := range map[string]func(b *batch){
			"after the head":     func(b *batch) { b.tiles[0].Level, b.grown[0] = 99, true },
			"after the rows":     func(b *batch) { b.ids = append(b.ids, b.ids[0]) },
			"before all of it":   func(b *batch) { b.head.Number-- },
			"with a stale fence": func(*batch) { fence-- },
		} {
			b := w.batch()
			kept := fence
			spoil(&b)
			if err := w.s.storeBatch(t.Context(), b, fence); err == nil {
				t.Errorf("%s: stored", name)
			}
			fence = kept
			if got := w.inspect(); got != before {
				t.Errorf("%s: %+v, before %+v", name, got, before)
			}
		}
		if n := w.sequence(); n != 1 {
			t.Errorf("%d were sequenced afterwards", n)
		}
		w.sound()
	})
}

// exporting gives the world's store a file for its heads.
func (w *world) exporting() string {
	w.s.heads = filepath.Join(w.t.TempDir(), "heads")
	return w.s.heads
}

func (w *world) exportNow(x *headExport) error {
	w.t.Helper()
	_, err := w.s.sequenceAndExport(w.t.Context(), x, w.now)
	return err
}

func (w *world) export() *headExport {
	return &headExport{file: w.s.heads, installation: w.s.signer.Installation}
}

func (w *world) seen(action string) {
	w.t.Helper()
	w.must(w.s.log(w.t.Context(), view{chain: officeChain, at: w.now, action: action}))
}

// Each head is written once, whatever was cut off when: between signing and writing,
// or within a line.
func TestHeadsAreExported(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		file := w.exporting()
		w.must(w.exportNow(w.export()))
		w.seen("one")
		w.sequence() // and stopped before the export
		w.seen("two")
		w.must(w.exportNow(w.export()))
		whole, err := os.ReadFile(file)
		w.must(err)
		if n := strings.Count(string(whole), "\n"); n != 3 {
			t.Fatalf("%d lines:\n%s", n, whole)
		}
		x := w.export()
		w.must(x.catchUp(t.Context(), w.s))
		for cut := range len(whole) {
			w.must(os.WriteFile(file, whole[:cut], 0o600))
			w.must(w.export().catchUp(t.Context(), w.s))
			heads, torn, err := readHeads(file)
			if err != nil || torn || len(heads) < 3 {
				t.Fatalf("cut at %d: %d heads, torn %v, %v", cut, len(heads), torn, err)
			}
			if cut%97 == 0 {
				w.must(w.s.Verify(t.Context()))
			}
		}
		if got := w.inspect(); got.Exported != 3 || got.Waiting != 0 {
			t.Errorf("%+v", got)
		}
	})
}

// A database that was set back, or rewritten by somebody with the key, is found by the
// exported heads, and nothing more is signed.
func TestForkIsFoundByExportedHeads(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.exporting()
		x := w.export()
		w.must(w.exportNow(x))
		w.keepCopies()
		w.seen("what shall not have been")
		w.must(w.exportNow(x))
		w.restore(recordTables...)
		w.broken("the database was set back", headChain, 2)
		w.seen("another history")
		for _, x := range []*headExport{x, w.export()} {
			if err := w.exportNow(x); err == nil || !strings.Contains(err.Error(), errForked.Error()) {
				t.Errorf("a fork: %v", err)
			}
		}
		w.sequence() // by a node that does not export
		w.broken("the history was rewritten", exportedChain, 2)
	})
}

// A line of the file that was changed is named; so is a foreign one.
func TestChangedExportIsNamed(t *testing.T) {
	w := newWorldSQLite(t)
	file := w.exporting()
	w.must(w.exportNow(w.export()))
	w.seen("one")
	w.must(w.exportNow(w.export()))
	whole, err := os.ReadFile(file)
	w.must(err)
	lines := strings.SplitAfter(string(whole), "\n")
	for name, text := range map[string]string{
		"another size":         lines[0] + strings.Replace(lines[1], " 2 ", " 2 1", 1),
		"not a line":           lines[0] + "x\n",
		"another installation": lines[0] + "x" + lines[1],
	} {
		w.must(os.WriteFile(file, []byte(text), 0o600))
		w.broken(name, exportedChain, 2)
	}
	w.must(os.WriteFile(file, []byte(lines[1]), 0o600)) // one that begins later is good
	w.must(w.s.Verify(t.Context()))
	w.must(os.Remove(file))
	w.must(w.s.Verify(t.Context()))
}

// Within a second a new entry has its position and its head is in the file.
func TestRunSequencer(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		file := w.exporting()
		ctx, stop := contextWithStop(t)
		var done sync.WaitGroup
		done.Go(func() { w.s.RunSequencer(ctx, slog.New(slog.DiscardHandler)) })
		defer func() { stop(); done.Wait() }()
		for i := range 3 {
			w.seen(fmt.Sprint(i))
			want := w.entries()
			began := time.Now()
			for {
				heads, _, _ := readHeads(file)
				if len(heads) > 0 && heads[len(heads)-1].head.Size == want {
					break
				}
				if time.Since(began) > 5*time.Second {
					t.Fatalf("%d entries, heads %v", want, heads)
				}
				time.Sleep(5 * time.Millisecond)
			}
			if took := time.Since(began); took > time.Second {
				t.Logf("it took %v on a busy machine", took)
			}
		}
	})
}
