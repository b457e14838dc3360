package portal

import (
	"sync"
	"time"
)

const (
	justFiledFor  = time.Minute
	justFiledMost = 1000
)

// justFiled keeps what was filed a moment ago for the request that the browser sends
// next, which asks for the receipt: what this node has just stored is not read back.
// Each is given out once. Whatever is not here (on another node, later, after a restart)
// is read from the database.
type justFiled struct {
	mu  sync.Mutex
	all map[[32]byte]filedDraft
}

// filedDraft is what is left of a draft, with the petition that it became.
type filedDraft struct {
	openDraft
	until time.Time
}

// keep takes a draft in, unless there are too many.
func (j *justFiled) keep(d openDraft, now time.Time) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.all) >= justFiledMost {
		for id, one := range j.all {
			if now.After(one.until) {
				delete(j.all, id)
			}
		}
	}
	if len(j.all) < justFiledMost {
		j.all[d.id] = filedDraft{d, now.Add(justFiledFor)}
	}
}

// take gives a draft out, and forgets it.
func (j *justFiled) take(id [32]byte, now time.Time) (*openDraft, bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	one, ok := j.all[id]
	if !ok {
		return nil, false
	}
	delete(j.all, id)
	return &one.openDraft, now.Before(one.until)
}
