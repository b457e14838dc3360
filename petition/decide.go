package petition

import "time"

// Decide turns what somebody wants to do into the events that record it, or refuses.
// The case may be nil (or empty) for Submit and for Register of a letter, visit or
// call. Events come numbered and dated, ready to be applied and stored together.
func Decide(c *Case, by Actor, act Act, facts Facts, r Rules, now time.Time) ([]Event, error) {
	return nil, &Error{Kind: Conflict, Key: "error.move_not_possible"}
}
