package petition

// Rules is what is in force when something is decided: the tree of units, the legal
// profile of the case and the calendar. All of it is data.
type Rules struct {
	Units *Units
	Laws  Laws      // every profile; a case names the one in force when it was received
	Days  *Calendar // holidays and make-up working days (调休)
}
