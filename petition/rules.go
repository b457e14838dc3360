package petition

// Rules is what is in force when something is decided: the tree of units, the legal
// profile of the case and the calendar. All of it is data.
type Rules struct {
	Units *Units
	Laws  Laws      // every profile; a case names the one in force when it was received
	Days  *Calendar // holidays and make-up working days (调休)
}

// Facts is what a rule must know beyond the case itself, looked up beforehand.
type Facts struct {
	// Linked is the case that Act.Link points at (Refuse because it is in hand).
	Linked *Case
	// HandlerRoles are the roles that Act.Handler holds in the leg's unit now;
	// empty when he is not on its active staff.
	HandlerRoles []Role
	// Contrary are decided cases like this one that ended the other way (Sign). One that
	// the signer may not see has nothing but its unit.
	Contrary []Link
	// Policies are those that Act.Cites names, or, for Sign, the draft's own citations.
	Policies []Policy
	// GapOwner tells that Act.Gap's owner is on the active staff of the leg's unit.
	GapOwner bool
}
