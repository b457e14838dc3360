package backoffice

import (
	"sync"
	"time"
)

// spent remembers for an hour which forms have made something that must not be made
// twice (a registration), so that a reload or a second press leads to the first one.
type spent struct {
	mu    sync.Mutex
	forms map[string]spentForm
}

type spentForm struct {
	to string // the page of what was made; "" while it is being made
	at time.Time
}

func newSpent() *spent { return &spent{forms: map[string]spentForm{}} }

// take claims a form's number; false if it is taken.
func (s *spent) take(form string, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for k, f := range s.forms {
		if now.Sub(f.at) > spentLife {
			delete(s.forms, k)
		}
	}
	if _, used := s.forms[form]; used {
		return false
	}
	s.forms[form] = spentForm{at: now}
	return true
}

// found is the page of what a form made; "" if nothing yet.
func (s *spent) found(form string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.forms[form].to
}

// made notes what came of it; an empty page gives the number back.
func (s *spent) made(form, to string, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if to == "" {
		delete(s.forms, form)
		return
	}
	s.forms[form] = spentForm{to, now}
}

// spentLife is how long a form's number is remembered.
const spentLife = time.Hour
