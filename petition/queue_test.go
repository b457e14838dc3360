package petition

import "testing"

// Each queue holds what its name says: by state, by whose approval a proposal waits
// for, and by track.
func TestEachQueueHoldsWhatItsNameSays(t *testing.T) {
	want := map[State]Queue{Submitted: ToRegister, Registered: ToTriage, AwaitingInfo: Waiting, Referred: ToAccept,
		Assigned: ToAccept, Objected: Waiting, Accepted: ToHandle, Handling: ToHandle, Extended: ToHandle,
		PendingSign: ToSign, Signed: ToServe, Replied: ToClose, ClosingAudit: ToAudit, Closed: Done, Withdrawn: Done,
		Redirected: Done, NotAccepted: Done, Returned: Done, SealedUp: Done}
	for state, queue := range want {
		s := reach[state](t)
		if got := s.c.Queue(s.c.Legs[len(s.c.Legs)-1]); got != queue {
			t.Errorf("%s stands in %s, want %s", state, got, queue)
		}
	}
	for by, one := range map[string]struct {
		s     func() *story
		queue Queue
	}{
		"refuse": {func() *story { return reach[Registered](t).do(atDesk(town), Act{Action: Refuse}) }, ToApprove},
		"assign": {func() *story { return reach[Registered](t).do(atDesk(town), Act{Action: Assign, To: county}) }, ToApproveLeader},
		"accept": {func() *story { return reach[Registered](t).do(handlerAt(town), Act{Action: Accept}) }, ToApproveUnit},
		"extend": {func() *story { return reach[Handling](t).do(handlerAt(town), Act{Action: Extend}) }, ToApproveUnit},
	} {
		if got := one.s().c.Leg(1).Queue(); got != one.queue {
			t.Errorf("a proposal to %s stands in %s, want %s", by, got, one.queue)
		}
	}
	if objected := reach[Objected](t); objected.c.Leg(1).Queue() != ToDecide {
		t.Errorf("an objection stands in %s", objected.c.Leg(1).Queue())
	}
	enquiry := Case{Track: Enquiry}
	if got := enquiry.Queue(Leg{State: Registered, Handler: ID{1}}); got != ToHandle {
		t.Errorf("an enquiry in somebody's hands stands in %s", got)
	}
}

// A colleague's case is nobody else's to do; what waits for others is nobody's.
func TestWhatIsMineToDo(t *testing.T) {
	me, other := ID{1}, ID{2}
	as := func(r Role) Actor { return Actor{Kind: ByStaff, Staff: me, Roles: []Role{r}} }
	for _, one := range []struct {
		queue   Queue
		by      Role
		handler ID
		want    bool
	}{
		{ToHandle, Handler, me, true}, {ToHandle, Handler, other, false}, {ToHandle, Handler, ID{}, true},
		{ToHandle, Registrar, me, false}, {ToHandle, UnitHead, other, false}, {ToHandle, UnitHead, ID{}, true},
		{ToAccept, Registrar, ID{}, true}, {ToAccept, Registrar, other, false}, {ToAccept, UnitHead, other, true},
		{ToClose, Handler, me, true}, {ToClose, Handler, other, false}, {ToServe, Handler, other, false},
		{ToRegister, Registrar, ID{}, true}, {ToRegister, OfficeHead, ID{}, false}, {ToApprove, OfficeHead, other, true},
		{ToApprove, Leader, ID{}, false}, {ToApproveLeader, Leader, ID{}, true}, {ToApproveUnit, UnitHead, other, true},
		{ToSign, Leader, other, true}, {ToAudit, ClosingAuditor, other, true}, {ToAudit, Handler, me, false},
		{ToDecide, OfficeHead, ID{}, true}, {ToDecide, Handler, me, false},
	} {
		if got := one.queue.For(as(one.by), one.handler); got != one.want {
			t.Errorf("%s, given to %v, for a %s: %v", one.queue, one.handler[0], one.by, got)
		}
	}
	for _, r := range Roles {
		if Waiting.For(as(r), me) || Done.For(as(r), me) {
			t.Errorf("%s has to do what waits for others", r)
		}
	}
}

// What waits to be ruled on is offered to those who may rule, and to nobody else: whose
// the matter is to the registrar of the common superior, a recusal to those who sign, the
// head's above, and where nothing is above to the leader.
func TestARulingIsOfferedToWhoeverMayDecide(t *testing.T) {
	ask := Act{Action: AskRecusal, Text: "he is my brother-in-law"}
	alone := reach[Handling](t)
	alone.r.Units = nil
	for name, one := range map[string]struct {
		s     *story
		leg   int
		queue Queue
		act   Action
	}{
		"a dispute":               {reach[Disputed](t), 3, ToRule, RuleReceiver},
		"a handler's recusal":     {reach[Handling](t).do(Petitioner, ask), 1, ToRecuse, DecideRecusal},
		"a head's recusal":        {reach[Handling](t).do(unitHeadOf(town), Act{Action: DeclareRecusal, Leg: 1}), 2, ToRecuse, DecideRecusal},
		"a head's, nothing above": {alone.do(unitHeadOf(town), Act{Action: DeclareRecusal, Leg: 1}), 1, ToApproveLeader, DecideRecusal},
	} {
		l := one.s.c.Leg(one.leg)
		queue := one.s.c.Queue(*l)
		if queue != one.queue {
			t.Errorf("%s waits in %s, want %s", name, queue, one.queue)
		}
		on := one.leg
		if l.State == Deciding {
			on = l.From
		}
		var offered int
		for _, by := range everybody() {
			if by.Unit != l.Unit || !queue.For(by, l.Handler) {
				continue
			}
			offered++
			_, err := Decide(one.s.c, by, Act{Action: one.act, Leg: on}, Facts{}, one.s.r, one.s.now)
			if err != nil && !Is(err, Invalid) {
				t.Errorf("%s is offered to %s, who gets %v", name, by.Roles, err)
			}
		}
		if offered == 0 {
			t.Errorf("%s is offered to nobody", name)
		}
	}
}
