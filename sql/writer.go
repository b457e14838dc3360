package sql

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/jmoiron/sqlx"
)

// maxBatch is how many jobs share a commit at most.
const maxBatch = 128

// writer gives SQLite's one writer to many: it gathers the jobs that wait into one
// transaction, each in a savepoint, and answers them after COMMIT. While one commit
// waits for the disk the next batch gathers by itself.
type writer struct {
	jobs    chan *job
	pool    *sqlx.DB
	session *session // made when first needed, made anew when it broke
	quit    chan struct{}
	stopped chan struct{}
	once    sync.Once

	// fault lets a test fail a point before it is reached.
	fault func(point string) error
}

// job is one caller's transaction.
type job struct {
	run   Job
	state atomic.Int32
	err   error
	done  chan struct{} // closed when err is final
}

const (
	queued    int32 = iota
	taken           // by the writer: the answer is the writer's
	withdrawn       // by the caller, who went away in time
)

func newWriter(pool *sqlx.DB) *writer {
	w := &writer{
		jobs:    make(chan *job, maxWaiting),
		pool:    pool,
		quit:    make(chan struct{}),
		stopped: make(chan struct{}),
	}
	go w.loop()
	return w
}

// write hands a job over and waits for its answer. A caller whose context ends while
// the job still waits takes it back; once it runs, the answer is waited for, so that
// nobody is told "no" about something that was stored.
func (w *writer) write(ctx context.Context, run Job) error {
	j := &job{run: run, done: make(chan struct{})}
	select {
	case <-w.quit:
		return shed("the database is closing")
	default:
	}
	select {
	case w.jobs <- j:
	default:
		return shed("too many writers wait")
	}
	select {
	case <-j.done:
		return j.err
	case <-ctx.Done():
		if j.state.CompareAndSwap(queued, withdrawn) {
			return ctx.Err()
		}
	case <-w.stopped:
		if j.state.CompareAndSwap(queued, withdrawn) {
			return shed("the database is closing")
		}
	}
	<-j.done
	return j.err
}

// close answers the jobs that wait, then closes the connection.
func (w *writer) close() {
	w.once.Do(func() { close(w.quit) })
	<-w.stopped
}

func (w *writer) loop() {
	defer close(w.stopped)
	defer w.pool.Close()
	defer w.drop()
	for {
		select {
		case j := <-w.jobs:
			// Who is about to hand over a job, while the processors are busy, comes
			// before the commit that it can then share.
			runtime.Gosched()
			w.commit(w.gather(j))
		case <-w.quit:
			if len(w.jobs) == 0 {
				return
			}
			w.commit(w.gather(<-w.jobs))
		}
	}
}

// gather takes the jobs that wait now, and waits for none.
func (w *writer) gather(first *job) []*job {
	batch := make([]*job, 0, 16)
	for j := first; ; {
		if j.state.CompareAndSwap(queued, taken) {
			batch = append(batch, j)
		}
		if len(batch) == maxBatch {
			return batch
		}
		select {
		case j = <-w.jobs:
		default:
			return batch
		}
	}
}

// commit runs jobs until each has its answer. Each round answers at least one.
func (w *writer) commit(batch []*job) {
	for len(batch) > 0 {
		batch = w.round(batch)
	}
}

// round runs the batch in one transaction and returns the jobs to be run again: all
// others, if one of them brought the transaction down.
func (w *writer) round(batch []*job) (again []*job) {
	ctx := context.Background()
	s, err := w.begin(ctx)
	if err != nil {
		return answer(batch, err)
	}
	for i, j := range batch {
		if stands := w.runOne(ctx, s, j); !stands {
			w.abandon(ctx, s)
			answer(batch[i:i+1], j.err)
			return append(append(again, batch[:i]...), batch[i+1:]...)
		}
	}
	if err := w.step(ctx, s, "commit", `COMMIT`); err != nil {
		w.abandon(ctx, s)
		return answer(batch, err)
	}
	// An error of a job is told only now: it may rest on what a neighbour wrote.
	for _, j := range batch {
		close(j.done)
	}
	return nil
}

// runOne runs a job in a savepoint and sets its error. It tells whether the
// transaction still stands: SQLite ends it by itself on a full disk and the like,
// and then the savepoint is gone too.
func (w *writer) runOne(ctx context.Context, s *session, j *job) (stands bool) {
	if err := w.step(ctx, s, "savepoint", `SAVEPOINT job`); err != nil {
		j.err = err
		return false
	}
	tx := &liteTx{session: s}
	j.err = protect(ctx, j.run, tx)
	if j.err == nil {
		j.err = tx.broken // a job must not pass over that in silence
	}
	if j.err != nil {
		if err := w.step(ctx, s, "rollback", `ROLLBACK TO job`); err != nil {
			return false
		}
	}
	if err := w.step(ctx, s, "release", `RELEASE job`); err != nil {
		if j.err == nil {
			j.err = err
		}
		return false
	}
	return true
}

// begin opens the transaction, on a new connection if the old one broke.
func (w *writer) begin(ctx context.Context) (*session, error) {
	if w.session == nil {
		s, err := newSession(ctx, w.pool)
		if err != nil {
			return nil, err
		}
		w.session = s
	}
	if err := w.step(ctx, w.session, "begin", `BEGIN IMMEDIATE`); err != nil {
		w.drop() // a transaction left open would block all that follow
		return nil, err
	}
	return w.session, nil
}

func (w *writer) step(ctx context.Context, s *session, point, query string) error {
	if w.fault != nil {
		if err := w.fault(point); err != nil {
			return err
		}
	}
	return s.exec(ctx, query)
}

// abandon ends a transaction that may be gone already.
func (w *writer) abandon(ctx context.Context, s *session) {
	// The error only says that there is no transaction any more; a connection in any
	// other state is not kept.
	_ = s.exec(ctx, `ROLLBACK`)
	w.drop()
}

func (w *writer) drop() {
	if w.session != nil {
		w.session.close()
		w.session = nil
	}
}

// answer gives all the same error.
func answer(batch []*job, err error) (again []*job) {
	for _, j := range batch {
		j.err = err
		close(j.done)
	}
	return nil
}
