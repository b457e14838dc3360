package petition

// Suggestion is where a decision path leads: a proposal for a person to decide on.
// No rule refuses anything by itself (PIPL 24).
type Suggestion struct {
	Action Action
	Ground Ground // of a Refuse
	Key    string // catalogue key of the sentence that says why
}

// Suggest follows the recorded answers of the jurisdiction check (管辖审查) in its
// order: a report about a cadre goes to the compartment; what is in hand at the same
// unit is merged there, what is in hand elsewhere or final is not taken twice; what has
// a legal procedure of its own is shown to it; what is not ours is redirected
// (advice of ours never); what belongs to a unit below is passed down, whatever level
// it was sent to, and only a visit is sent to the right door; the rest is accepted.
// An empty Action means that an answer is still missing.
func (p Jurisdiction) Suggest(c *Case) Suggestion {
	switch {
	case p.CadreReport == "yes":
		return Suggestion{Action: SealUp, Key: "suggest.cadre_report"}
	case p.InHand == "here":
		return Suggestion{Action: Merge, Key: "suggest.merge"}
	case p.InHand == "yes":
		return Suggestion{Action: Refuse, Ground: InHand, Key: "suggest.in_hand"}
	case p.Final == "yes" && c.Track == Claim:
		return Suggestion{Action: NoLongerTake, Key: "suggest.final"}
	case p.Legal == "yes" && c.Track == Claim:
		return Suggestion{Action: Divert, Key: "suggest.legal"}
	case p.InScope == "no", p.InScope == "yes" && p.Level == "above":
		return Suggestion{Action: Redirect, Key: "suggest.redirect"}
	case p.InScope == "yes" && p.Level == "below":
		return Suggestion{Action: Refer, Key: "suggest.below"}
	case p.InScope == "yes" && p.Level == "own" && c.Track == Enquiry:
		return Suggestion{Action: Draft, Key: "suggest.answer"}
	case p.InScope == "yes" && p.Level == "own":
		return Suggestion{Action: Accept, Key: "suggest.accept"}
	}
	return Suggestion{Key: "suggest.go_on"}
}
