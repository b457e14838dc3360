package petition

import (
	"slices"
	"time"
)

// Project makes the petitioner's view of the case: status, clock, steps, letters and
// what he may do. No internal state, note, reason, proposal, objection, audit or name
// of staff is in it. Of a report about a cadre it says that it was received, and
// nothing else (domain §2.5).
func Project(c *Case, r Rules, now time.Time) Folder {
	if c.Track == Report {
		return projectReport(c, r)
	}
	letters, steps := tell(c, r)
	at := c.current()
	f := Folder{
		Version: c.Version(), Number: c.Number, Title: c.Filing.Title, Track: c.Track,
		Received: c.Received, Status: c.PublicStatus(), Steps: steps, Letters: letters,
		Can: c.petitionerCan(r, now), Rating: c.Rating, Filing: c.walkIn(),
		News: NewsWaysOf(NewsWishes(c.Events), ""), NewsOf: newsOfOthers(c.Filing, NewsWishes(c.Events)),
	}
	if at == nil {
		return f
	}
	f.Unit = contact(r, at.Unit)
	f.Clock = c.publicClock(at, r, now)
	if at.State == AwaitingInfo {
		f.Ask = &Ask{What: at.Asked, Until: at.AskedUntil}
	}
	if !at.RepliedAt.IsZero() {
		f.Outcome = servedOutcome(c, at.N)
	}
	return f
}

// projectReport knows the unit that the reporter himself chose, and no other.
func projectReport(c *Case, r Rules) Folder {
	f := Folder{Version: c.Version(), Number: c.Number, Title: c.Filing.Title, Track: Report,
		Received: c.Received, Status: ShownReceived, News: NewsWaysOf(NewsWishes(c.Events), ""),
		Steps: []Step{{Key: "step.received", At: c.Received, Mine: true}}}
	if c.Filing.Unit != "" {
		f.Unit = contact(r, r.Units.Acting(c.Filing.Unit))
	}
	return f
}

// PublicStatus is the word for where the case stands (公开状态).
func (c *Case) PublicStatus() PublicStatus {
	at := c.current()
	switch {
	case c.Track == Report:
		return ShownReceived
	case at == nil:
		return ShownSubmitted
	case at.Kind == ReReview && at.State.Open():
		return ShownReReview
	case at.Kind == Review && at.State.Open():
		return ShownReview
	case at.State.Open() && !at.RepliedAt.IsZero():
		return ShownReplied // answered, and sent back by an audit: that is ours, not his
	case at.State == Registered && at.From > 0:
		return ShownPassed
	case at.ExtendedBy > 0 && at.State.Open():
		return ShownExtended
	}
	return publicStatus[at.State]
}

var publicStatus = map[State]PublicStatus{
	Submitted:    ShownSubmitted,
	Registered:   ShownChecking,
	AwaitingInfo: ShownAsked,
	Redirected:   ShownRedirected,
	NotAccepted:  ShownRefused,
	Passed:       ShownPassed,
	Referred:     ShownPassed,
	Assigned:     ShownPassed,
	Objected:     ShownPassed,
	Returned:     ShownPassed,
	Accepted:     ShownAccepted,
	Handling:     ShownHandling,
	Extended:     ShownExtended,
	PendingSign:  ShownHandling,
	Signed:       ShownHandling,
	Replied:      ShownReplied,
	ClosingAudit: ShownReplied,
	Closed:       ShownClosed,
	Withdrawn:    ShownWithdrawn,
	SealedUp:     ShownReceived,

	Merged:      ShownMerged,
	NoLonger:    ShownNoLonger,
	Diverted:    ShownDiverted,
	Divided:     ShownDivided,
	InHearing:   ShownHandling,
	Disputed:    ShownPassed,
	Deciding:    ShownPassed,
	Decided:     ShownPassed,
	Challenged:  ShownReview,
	ReviewAsked: ShownReview,
	NotReviewed: ShownReplied,
	UnderReview: ShownReview,
	Reviewed:    ShownReviewed,
	Annulled:    ShownHandling,
	Final:       ShownFinal,
	ClosedFinal: ShownClosed,
	Supervised:  ShownClosed,
	Archived:    ShownClosed,
}

// publicClock is the one clock that means something to the petitioner now: until when
// he hears, or until when he can ask for a review. While units settle whose it is, the
// day that he was told stands: it does not move on with every day of an objection.
func (c *Case) publicClock(l *Leg, r Rules, now time.Time) *PublicClock {
	nearest := c.shownClock(l, r, now)
	if nearest == nil {
		return nil
	}
	return &PublicClock{Kind: nearest.Kind, Start: Day(nearest.Start), Due: Day(nearest.Due),
		Days: nearest.Days, House: nearest.House, Working: nearest.Working, Explain: nearest.Explain}
}

// shownClock is the clock that publicClock tells of.
func (c *Case) shownClock(l *Leg, r Rules, now time.Time) *Clock {
	if l.State == Objected {
		now = l.ObjectedAt
	}
	var nearest *Clock
	for _, k := range c.legClocks(l, r, now) {
		if !k.Running() || k.Kind == ObjectionClock || k.Kind == ReportClock || k.Kind == ExecutionClock {
			continue
		}
		if k.Kind.Right() && now.After(k.Due) {
			continue
		}
		if nearest == nil || k.Due.Before(nearest.Due) {
			nearest = &k
		}
	}
	return nearest
}

// petitionerCan lists what the follow page offers.
func (c *Case) petitionerCan(r Rules, now time.Time) []Action {
	var can []Action
	for _, offer := range c.Available(Petitioner, r, now) {
		if !slices.Contains(can, offer.Action) {
			can = append(can, offer.Action)
		}
	}
	return can
}

// walkIn is what was recorded of a letter, visit or call, for the person to read; a
// filing from the portal is there already. The keys of its files stay here.
func (c *Case) walkIn() *Filing {
	if len(c.Events) == 0 || c.Events[0].Act.Action != Register {
		return nil
	}
	recorded := c.Filing
	recorded.News, recorded.Cover = nil, Cover{}
	recorded.Files = slices.Clone(recorded.Files)
	for i := range recorded.Files {
		recorded.Files[i].Key, recorded.Files[i].Clean = nil, nil
	}
	return &recorded
}

// servedOutcome is the outcome of the newest opinion that was served: one that is
// being corrected is not out yet.
func servedOutcome(c *Case, leg int) Outcome {
	var drafted, served Outcome
	for _, e := range c.Events {
		switch {
		case e.Act.Leg != leg:
		case e.Act.Action == Draft:
			drafted = e.Act.Outcome
		case e.Act.Action == Serve:
			served = drafted
		}
	}
	return served
}

func contact(r Rules, id UnitID) Contact {
	if r.Units == nil {
		return Contact{ID: id}
	}
	u, ok := r.Units.Unit(id)
	if !ok {
		return Contact{ID: id}
	}
	return Contact{ID: u.ID, Name: u.Name, Phone: u.Phone, Address: u.Address, Hours: u.Hours, HoursEn: u.HoursEn}
}
