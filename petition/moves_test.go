package petition

import (
	"slices"
	"sort"
	"strings"
	"testing"
)

// reach takes a claim into each state by the ordinary way. The last leg is the one
// meant, except for Passed.
var reach map[State]func(t tester) *story

func init() {
	reach = map[State]func(t tester) *story{
		Submitted: func(t tester) *story {
			return begin(t, "2026-03-02").do(Petitioner, Act{Action: Submit, Filing: file(PurposeRequest), Unit: town})
		},
		Registered: func(t tester) *story { return filed(t, town, PurposeRequest, "2026-03-02") },
		AwaitingInfo: func(t tester) *story {
			return reach[Registered](t).do(atDesk(town), Act{Action: AskInfo, Deadline: "2026-03-10"})
		},
		Redirected:  func(t tester) *story { return reach[Registered](t).do(headOf(town), Act{Action: Redirect}) },
		NotAccepted: func(t tester) *story { return reach[Registered](t).do(headOf(town), Act{Action: Refuse}) },
		Passed:      func(t tester) *story { return reach[Referred](t) },
		Referred: func(t tester) *story {
			return reach[Registered](t).do(headOf(town), Act{Action: Refer, To: county})
		},
		Assigned: func(t tester) *story {
			return reach[Registered](t).do(leaderOf(town), Act{Action: Assign, To: county})
		},
		Objected: func(t tester) *story { return reach[Referred](t).do(unitHeadOf(county), Act{Action: Object}) },
		Returned: func(t tester) *story {
			return reach[Objected](t).do(headOf(town), Act{Action: AgreeBack, Leg: 2})
		},
		Accepted: func(t tester) *story { return reach[Registered](t).do(unitHeadOf(town), Act{Action: Accept}) },
		Handling: func(t tester) *story { return reach[Accepted](t).do(handlerAt(town), Act{Action: Start}) },
		Extended: func(t tester) *story { return reach[Handling](t).do(unitHeadOf(town), Act{Action: Extend}) },
		PendingSign: func(t tester) *story {
			return reach[Handling](t).do(handlerAt(town), Act{Action: Draft})
		},
		Signed:  func(t tester) *story { return reach[PendingSign](t).do(unitHeadOf(town), Act{Action: Sign}) },
		Replied: func(t tester) *story { return reach[Signed](t).do(handlerAt(town), Act{Action: Serve}) },
		ClosingAudit: func(t tester) *story {
			return reach[Replied](t).do(handlerAt(town), Act{Action: AskClosing})
		},
		Closed:    func(t tester) *story { return reach[ClosingAudit](t).do(auditorAt(town), Act{Action: AuditPass}) },
		Withdrawn: func(t tester) *story { return reach[Registered](t).do(Petitioner, Act{Action: Withdraw}) },
		SealedUp:  func(t tester) *story { return reach[Registered](t).do(headOf(town), Act{Action: SealUp}) },
		Merged:    func(t tester) *story { return reach[Registered](t).do(headOf(town), Act{Action: Merge}) },
		NoLonger:  func(t tester) *story { return reach[Registered](t).do(headOf(town), Act{Action: NoLongerTake}) },
		Diverted:  func(t tester) *story { return reach[Registered](t).do(headOf(town), Act{Action: Divert}) },
		Divided:   func(t tester) *story { return reach[Registered](t).do(headOf(town), Act{Action: Divide}) },
		InHearing: func(t tester) *story { return reach[Handling](t).do(unitHeadOf(town), Act{Action: OpenHearing}) },
		Disputed: func(t tester) *story {
			return reach[Objected](t).do(headOf(town), Act{Action: Overrule, Leg: 2}).
				do(unitHeadOf(county), Act{Action: Dispute})
		},
		Deciding: func(t tester) *story { return reach[Disputed](t) },
		Decided: func(t tester) *story {
			return reach[Disputed](t).do(headOf(prov), Act{Action: RuleReceiver})
		},
		ReviewAsked: func(t tester) *story { return reach[Replied](t).do(Petitioner, Act{Action: AskReview}) },
		Challenged:  func(t tester) *story { return reach[ReviewAsked](t) },
		NotReviewed: func(t tester) *story {
			return reach[ReviewAsked](t).do(headOf(prov), Act{Action: RefuseReview})
		},
		UnderReview: func(t tester) *story { return reach[ReviewAsked](t).do(atDesk(prov), Act{Action: TakeReview}) },
		Reviewed:    func(t tester) *story { return decideReview(reach[UnderReview](t), prov, Upheld) },
		Annulled:    func(t tester) *story { return decideReview(reach[UnderReview](t), prov, SentBack) },
		Final: func(t tester) *story {
			s := answer(filed(t, county, PurposeRequest, "2026-03-02"), county).do(Petitioner, Act{Action: AskReview})
			s.do(atDesk(town), Act{Action: TakeReview})
			decideReview(s, town, Upheld).do(Petitioner, Act{Action: AskReview})
			return decideReview(s, prov, Changed)
		},
		ClosedFinal: func(t tester) *story { return reach[Closed](t).on("2026-06-02").do(System, Act{Action: Conclude}) },
		Supervised: func(t tester) *story {
			return reach[Closed](t).on("2026-05-20").do(System, Act{Action: ChaseExecution})
		},
		Archived: func(t tester) *story {
			s := reach[Closed](t).do(handlerAt(town), Act{Action: Execute, Leg: 1})
			return s.on("2026-06-02").do(atDesk(town), Act{Action: Archive})
		},
	}
}

// answer takes a registered case to its served answer at a unit.
func answer(s *story, unit UnitID) *story {
	s.t.Helper()
	s.do(unitHeadOf(unit), Act{Action: Accept}).do(handlerAt(unit), Act{Action: Start})
	return decideReview(s, unit, "")
}

// decideReview drafts, signs and serves the opinion of the leg where the case lies.
func decideReview(s *story, unit UnitID, o Outcome) *story {
	s.t.Helper()
	s.do(handlerAt(unit), Act{Action: Draft, Outcome: o})
	return s.do(unitHeadOf(unit), Act{Action: Sign}).do(handlerAt(unit), Act{Action: Serve})
}

// allowed is the table of domain §2.4 written a second time, for a claim at the city
// (Referred, Assigned, Objected: at its county). Each line: action, who, state
// reached; "?" after the person means by way of a proposal.
const allowed = `
submitted:     register reg registered; seal_up reg,head,hand,uhead,cadre sealed_up; @open
registered:    merge reg?,head merged; no_longer reg?,head no_longer; divert reg?,head diverted; divide reg?,head divided; judge reg,head *; renew reg?,head *; @recusal; accept hand?,uhead accepted; redirect reg?,head redirected; refuse reg?,head not_accepted; refer reg?,head passed; assign reg?,lead passed; ask_info reg awaiting_info; distribute reg,head,uhead registered; seal_up reg,head,hand,uhead,cadre sealed_up; @open
awaiting_info: distribute reg,head,uhead *; correct petitioner *; ask_views petitioner *; ask_news petitioner,reg,head,hand *; supply petitioner,reg,head,hand registered; add_info petitioner registered; lapse system registered; seal_up reg,head,hand,uhead,cadre sealed_up; note reg,head,hand,uhead,aud awaiting_info; replace_code reg,head awaiting_info; withdraw petitioner,reg,head,hand withdrawn
redirected:    @ended
not_accepted:  @ended
withdrawn:     @ended
passed:        note reg,head,hand,uhead,aud passed; replace_code reg,head passed
referred:      register reg registered; accept hand?,uhead accepted; distribute reg,head,uhead referred; object uhead objected; seal_up reg,head,hand,uhead,cadre sealed_up; @open
assigned:      register reg registered; accept hand?,uhead accepted; distribute reg,head,uhead assigned; object uhead objected; seal_up reg,head,hand,uhead,cadre sealed_up; @open
objected:      distribute reg,head,uhead *; agree_back >reg?,>head returned; overrule >reg?,>head referred; @open
returned:
accepted:      start hand handling; simplify uhead handling; judge reg,head *; @recusal; distribute reg,head,uhead accepted; seal_up reg,head,hand,uhead,cadre sealed_up; @open
handling:      record_gap hand,head *; open_hearing uhead,lead hearing; settle hand *; judge reg,head *; @recusal; extend hand?,uhead,lead extended; draft hand pending_sign; distribute reg,head,uhead handling; seal_up reg,head,hand,uhead,cadre sealed_up; @open
extended:      record_gap hand,head *; open_hearing uhead,lead hearing; settle hand *; @recusal; draft hand pending_sign; distribute reg,head,uhead extended; seal_up reg,head,hand,uhead,cadre sealed_up; @open
hearing:       close_hearing reg,head,hand,uhead,aud handling; distribute reg,head,uhead *; @recusal; @open
pending_sign:  record_gap hand,head *; @recusal; return_draft uhead,lead handling; sign uhead,lead signed; distribute reg,head,uhead pending_sign; seal_up reg,head,hand,uhead,cadre sealed_up; @open
signed:        record_gap hand,head *; serve hand replied; distribute reg,head,uhead signed; @open
replied:       record_gap hand,head *; ask_review petitioner,reg,head,hand challenged; execute hand *; turn reg,head *; ask_closing hand closing_audit; distribute reg,head,uhead replied; @answered
closing_audit: record_gap hand,head *; distribute reg,head,uhead *; ask_review petitioner,reg,head,hand challenged; execute hand *; turn reg,head *; audit_return aud handling; audit_pass aud closed; @answered
closed:        record_gap hand,head *; ask_review petitioner,reg,head,hand challenged; execute hand *; turn reg,head *; rate petitioner closed; @ended
merged:        @ended
no_longer:     @ended
diverted:      @ended
divided:       @ended
disputed:      distribute reg,head,uhead *; rule_sender >>reg?,>>head returned; rule_receiver >>reg?,>>head referred; @open
deciding:
decided:
challenged:    distribute reg,head,uhead *; execute hand *; note reg,head,hand,uhead,aud *; replace_code reg,head *
review_asked:  take_review reg under_review; refuse_review reg?,head not_reviewed; distribute reg,head,uhead *; @asks
under_review:  draft hand pending_sign; distribute reg,head,uhead *; open_hearing uhead,lead hearing; @recusal; @asks
reviewed:      record_gap hand,head *; distribute reg,head,uhead *; correct petitioner *; ask_views petitioner *; ask_news petitioner,reg,head,hand *; turn reg,head *; add_info petitioner,reg,head,hand *; supply petitioner *; note reg,head,hand,uhead,aud *; replace_code reg,head *
not_reviewed:
annulled:
final:         record_gap hand,head *; turn reg,head *; rate petitioner *; @ended
closed_final:  record_gap hand,head *; chase_execution system supervised; execute hand *; turn reg,head *; @ended
supervised:    record_gap hand,head *; distribute reg,head,uhead *; correct petitioner *; ask_views petitioner *; ask_news petitioner,reg,head,hand *; execute hand closed; turn reg,head *; note reg,head,hand,uhead,aud *; add_info petitioner,reg,head,hand *; supply petitioner *; replace_code reg,head *
archived:      turn reg,head *; @ended
sealed_up:
`

var shorthand = map[string]string{
	"@open":     "correct petitioner *; ask_views petitioner *; ask_news petitioner,reg,head,hand *; withdraw petitioner,reg,head,hand withdrawn; add_info petitioner,reg,head,hand *; supply petitioner *; urge petitioner,reg,head,hand *; note reg,head,hand,uhead,aud *; replace_code reg,head *",
	"@asks":     "correct petitioner *; ask_views petitioner *; ask_news petitioner,reg,head,hand *; add_info petitioner,reg,head,hand *; supply petitioner *; urge petitioner,reg,head,hand *; note reg,head,hand,uhead,aud *; replace_code reg,head *",
	"@recusal":  "ask_recusal petitioner,reg,head,hand *; declare_recusal reg,head,hand,uhead,cadre *",
	"@answered": "correct petitioner *; ask_views petitioner *; ask_news petitioner,reg,head,hand *; rate petitioner *; add_info petitioner,reg,head,hand *; supply petitioner *; note reg,head,hand,uhead,aud *; replace_code reg,head *",
	"@ended":    "correct petitioner *; ask_views petitioner *; ask_news petitioner,reg,head,hand *; add_info petitioner *; supply petitioner *; replace_code reg,head *",
}

// readAllowed gives, for each state, "action person" → state reached.
func readAllowed(t *testing.T) map[State]map[string]State {
	t.Helper()
	all := map[State]map[string]State{}
	for line := range strings.Lines(allowed) {
		state, rest, found := strings.Cut(strings.TrimSpace(line), ":")
		if !found {
			continue
		}
		for short, long := range shorthand {
			rest = strings.ReplaceAll(rest, short, long)
		}
		rows := map[string]State{}
		for row := range strings.SplitSeq(rest, ";") {
			f := strings.Fields(row)
			if len(f) == 0 {
				continue
			}
			if f[2] == "*" {
				f[2] = state
			}
			for who := range strings.SplitSeq(f[1], ",") {
				rows[f[0]+" "+who] = State(f[2])
			}
		}
		all[State(state)] = rows
	}
	return all
}

// nameOf is how the table calls an actor: units other than the leg's get a mark.
func nameOf(by Actor, at, sender UnitID) string {
	switch {
	case by.Kind == ByPetitioner:
		return "petitioner"
	case by.Kind == BySystem:
		return "system"
	case by.Unit == at:
		return by.Name
	case by.Unit == sender:
		return ">" + by.Name
	case by.Unit == prov && at == county:
		return ">>" + by.Name
	}
	return string(by.Unit) + "/" + by.Name
}

// Every action by everybody in every state: what the table allows happens and leads
// where it says; everything else is refused.
func TestEveryStateEveryActionEverybody(t *testing.T) {
	want := readAllowed(t)
	for _, state := range States {
		rows, listed := want[state]
		if !listed {
			t.Errorf("%s is not in the table of this test", state)
			continue
		}
		got := map[string]State{}
		s := reach[state](t)
		leg := len(s.c.Legs)
		if state == Passed || state == Challenged {
			leg = 1
		}
		if state == Disputed {
			leg = 2
		}
		s.state(leg, state)
		if state == AwaitingInfo {
			s.on("2026-03-11") // so that the time given has passed
		}
		tryAll(t, s, leg, got)
		if !sameRows(got, rows) {
			t.Errorf("%s:\n got %s\nwant %s", state, listRows(got), listRows(rows))
		}
	}
}

// tryAll does every action by everybody on the leg, each from the same history.
func tryAll(t *testing.T, s *story, leg int, got map[string]State) {
	t.Helper()
	at, sender := s.c.Leg(leg).Unit, UnitID("")
	if from := s.c.Leg(s.c.Leg(leg).From); from != nil {
		sender = from.Unit
	}
	for _, action := range Actions {
		for _, by := range everybody() {
			if by.Kind != ByStaff && s.c.current().N != leg {
				continue // they speak of the case as it lies now
			}
			es, err := s.try(by, Act{Action: action, Leg: leg})
			if err != nil {
				continue
			}
			name := string(action) + " " + nameOf(by, at, sender)
			if es[0].Act.Action == Propose {
				name += "?"
				es = agree(t, s, es)
			}
			got[name] = after(t, s, es, leg)
		}
	}
}

// agree lets the first who may approve what was proposed.
func agree(t *testing.T, s *story, proposal []Event) []Event {
	t.Helper()
	then := *s
	then.c = replay(t, s.c, proposal)
	for _, by := range everybody() {
		if es, err := then.try(by, Act{Action: Approve, Leg: proposal[0].Act.Leg}); err == nil {
			return append(proposal, es...)
		}
	}
	t.Fatalf("nobody may approve %s", proposal[0].Act.Proposed.Action)
	return proposal
}

// replay is the case with events added, made from nothing.
func replay(t tester, c *Case, es []Event) *Case {
	t.Helper()
	again, err := Fold(c.ID, append(slices.Clone(c.Events), es...))
	if err != nil {
		t.Fatal(err)
	}
	return again
}

func after(t *testing.T, s *story, es []Event, leg int) State {
	t.Helper()
	return replay(t, s.c, es).Leg(leg).State
}

func sameRows(a, b map[string]State) bool { return listRows(a) == listRows(b) }

func listRows(rows map[string]State) string {
	var all []string
	for name, to := range rows {
		all = append(all, name+" "+string(to))
	}
	sort.Strings(all)
	return strings.Join(all, "; ")
}

// Every row names states, roles, papers and effects that exist, and every state has a
// queue, a stage and a public word.
func TestTableIsWhole(t *testing.T) {
	for state, rows := range moves {
		if state != "" && !slices.Contains(States, state) {
			t.Errorf("%q is no state", state)
		}
		for action, m := range rows {
			if !slices.Contains(Actions, action) {
				t.Errorf("%s: %q is no action", state, action)
			}
			if m.To != "" && !slices.Contains(States, m.To) {
				t.Errorf("%s %s leads to %q", state, action, m.To)
			}
			if (m.Who == "") == (m.By == nil) {
				t.Errorf("%s %s: staff with roles, or somebody else", state, action)
			}
		}
	}
	for _, state := range States {
		if _, ok := moves[state]; !ok {
			t.Errorf("%s is not in the table", state)
		}
		if publicStatus[state] == "" || StageOf(state) == "" || (Leg{State: state}).Queue() == "" {
			t.Errorf("%s has no public word, stage or queue", state)
		}
		if state.Over() && (state.Open() || StageOf(state) != StageEnded) {
			t.Errorf("%s is over and is not", state)
		}
	}
}

// Nothing but registering or submitting opens a case, and the parts that only Decide
// writes cannot be asked for.
func TestNothingBeforeTheFirstRow(t *testing.T) {
	for _, action := range Actions {
		for _, by := range everybody() {
			s := begin(t, "2026-03-02")
			_, err := s.try(by, Act{Action: action, Unit: by.Unit})
			fine := action == Register && by.Is(Registrar)
			fine = fine || (action == Submit && by.Kind != ByStaff)
			if action == Submit && by.Kind != ByStaff {
				_, err = s.try(by, Act{Action: action, Unit: town})
			}
			if (err == nil) != fine {
				t.Errorf("%s by %s: %v", action, by.Name, err)
			}
		}
	}
	s := reach[Registered](t)
	for _, action := range []Action{Propose, Receive, Tell, "", "fly"} {
		for _, by := range everybody() {
			if _, err := s.try(by, Act{Action: action, Leg: 1, Unit: county, Proposed: &Act{Action: Refer}}); err == nil {
				t.Errorf("%q was taken", action)
			}
		}
	}
}

// Reports about cadres stand still: nothing moves them here.
func TestReportsDoNotMove(t *testing.T) {
	for _, s := range []*story{
		begin(t, "2026-03-02").do(Petitioner, Act{Action: Submit, Filing: file(PurposeReport), Unit: town}),
		reach[SealedUp](t),
	} {
		for _, action := range Actions {
			for _, by := range everybody() {
				if _, err := s.try(by, Act{Action: action, Leg: 1}); err == nil {
					t.Errorf("%s by %s moved a report", action, by.Name)
				}
			}
		}
		if n := len(s.c.Clocks(s.r, s.now)); n != 0 {
			t.Errorf("%d clocks", n)
		}
	}
}
