package petition

import "slices"

// Adopted tells whether the matter is a suggestion (意见建议) that was adopted, in whole or
// in part, and the petitioner was answered (2022 Art. 29; scenario 2.6).
func (c *Case) Adopted() bool {
	return c.Track == Advice && slices.ContainsFunc(c.Legs, func(l Leg) bool {
		return !l.RepliedAt.IsZero() && (l.Outcome == Adopted || l.Outcome == PartAdopted)
	})
}

// AdoptedAdvice is such a suggestion, as an annual report lists it: by number and
// topic, with nobody's name.
type AdoptedAdvice struct {
	Number  string  `json:"number"`
	Topic   Topic   `json:"topic"`
	Outcome Outcome `json:"outcome"`
	Reward  string  `json:"reward,omitempty"` // "proposed", or how the proposal ended; "" for none
}
