package petition

import (
	"errors"
	"fmt"
)

// Kind is the small set of ways in which something can be refused.
type Kind string

const (
	Invalid     Kind = "invalid"     // what was typed cannot be taken; Problems say where
	NotFound    Kind = "not_found"   // it does not exist, or this reader may not know that it does
	Forbidden   Kind = "forbidden"   // this reader may not do this here
	Conflict    Kind = "conflict"    // somebody else was first
	Throttled   Kind = "throttled"   // too many tries
	Unavailable Kind = "unavailable" // shed or out of order; try again
)

// Error is what every package returns for a refusal that a reader can understand.
// Key names a sentence in the text catalogues; Args fill its places. Err is for the
// log, never for the reader.
type Error struct {
	Kind     Kind
	Key      string
	Args     map[string]string
	Problems []Problem
	Err      error
}

// Problem is one thing wrong at one field of a form.
type Problem struct {
	Field string            // the form's field name
	Key   string            // sentence in the catalogues
	Args  map[string]string // its places
}

func (e *Error) Error() string {
	s := fmt.Sprintf("%s: %s", e.Kind, e.Key)
	for _, p := range e.Problems {
		s += " " + p.Field + "=" + p.Key
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

func (e *Error) Unwrap() error { return e.Err }

// Is tells whether an error is a refusal of this kind.
func Is(err error, kind Kind) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Kind == kind
}
