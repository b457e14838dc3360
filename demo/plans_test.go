package demo

import (
	"slices"
	"testing"

	"huiyin/petition"
)

// TestTwoHundredAreEveryPlan: no plan is left out, whatever chance deals.
func TestTwoHundredAreEveryPlan(t *testing.T) {
	n := len(knownCases)
	for _, pl := range plans {
		each := 1
		if pl.second != nil {
			each++
		}
		if pl.about == severalIn1 {
			each += 2
		}
		n += pl.times * each
	}
	if n != 200 {
		t.Errorf("the plans make %d cases", n)
	}
}

// TestWhatCameBackIsRecordedOnBothSides: a repeat names the case before it, and that
// one what became of it.
func TestWhatCameBackIsRecordedOnBothSides(t *testing.T) {
	_, cases := folded(t, 200, 1, today)
	byNumber := map[string]*petition.Case{}
	var signed, repeats int
	for _, c := range cases {
		byNumber[c.Number] = c
		if c.Repeat != nil && c.Repeat.First && !c.Legs[len(c.Legs)-1].SignedFor.IsZero() {
			signed++
		}
		if c.Repeat != nil && !c.Repeat.First {
			repeats++
		}
	}
	turns := map[petition.TurnKind]int{}
	for _, c := range cases {
		for _, turn := range c.Turns {
			turns[turn.Kind]++
			later := byNumber[turn.Link.Number]
			if later == nil || later.Repeat == nil || later.Repeat.Link.Number != c.Number {
				t.Errorf("%s was turned by %s, which does not say so", c.Number, turn.Link.Number)
			}
			if turn.Kind == petition.TurnJoint && later.Filing.Cosigners < 2 ||
				turn.Kind == petition.TurnVisit && !later.Channel.Visit() {
				t.Errorf("%s is no %s", later.Number, turn.Kind)
			}
		}
	}
	if signed < 20 || repeats != 4 || turns[petition.TurnRepeat] != 2 || turns[petition.TurnJoint] != 1 || turns[petition.TurnVisit] != 1 {
		t.Errorf("%d signed for, %d repeats, turns %v", signed, repeats, turns)
	}
}

// TestPartsAreCasesOfTheirOwn as the store makes them: with the whole's number, under
// its code, each on its own track.
func TestPartsAreCasesOfTheirOwn(t *testing.T) {
	told, cases := folded(t, 200, 1, today)
	byID := map[petition.ID]int{}
	for i, c := range cases {
		byID[c.ID] = i
	}
	wholes := 0
	for i, c := range cases {
		if c.Legs[0].State != petition.Divided {
			continue
		}
		wholes++
		var tracks []petition.Track
		for j, act := range petition.Children(c) {
			at, there := byID[c.Parts[j].Case]
			if !there {
				t.Fatalf("%s: part %d is no case", c.Number, j+1)
			}
			p := cases[at]
			if p.Number != act.Number || p.Parent == nil || p.Parent.Case != c.ID || !p.Received.Equal(c.Received) {
				t.Errorf("%s: part %s of %+v", c.Number, p.Number, p.Parent)
			}
			if told[at].Reading != [32]byte{} || told[i].Reading == [32]byte{} {
				t.Errorf("%s: a part is followed with the whole", p.Number)
			}
			tracks = append(tracks, p.Track)
		}
		if !slices.Equal(tracks, []petition.Track{petition.Claim, petition.Advice}) {
			t.Errorf("%s: tracks %v", c.Number, tracks)
		}
	}
	if wholes != 2 {
		t.Errorf("%d divided petitions", wholes)
	}
}

// TestFairnessIsShown: who keeps away, who is heard, what is settled and reviewed.
func TestFairnessIsShown(t *testing.T) {
	_, cases := folded(t, 200, 1, today)
	seen := map[string]int{}
	for _, c := range cases {
		for _, l := range c.Legs {
			seen["queue "+string(l.Queue())]++
			seen["agreement "+string(l.Agreement)]++
			seen["recused"] += len(l.Recused)
			if l.Simple {
				seen["simple"]++
			}
			if l.Kind.Reviews() {
				seen[string(l.Kind)+" "+string(l.Outcome)]++
			}
		}
		for _, e := range c.Events {
			seen["procedure "+string(e.Act.Procedure)]++
			seen[string(e.Act.Action)]++
		}
	}
	for _, what := range []string{"queue review", "queue rule", "agreement mediated", "agreement settled", "recused", "simple",
		"review upheld", "review changed", "review annulled", "rereview upheld", "procedure servant", "procedure 31_1", "procedure 31_3",
		"ask_recusal", "declare_recusal", "open_hearing", "close_hearing", "rule_receiver", "merge", "no_longer",
		"refuse_review", "lapse", "conclude", "execute", "chase_execution", "archive"} {
		if seen[what] == 0 {
			t.Errorf("nobody sees %s", what)
		}
	}
}

// TestEveryLetterOfTheNewMovesGoesOut looks at the papers that petitioners read.
func TestEveryLetterOfTheNewMovesGoesOut(t *testing.T) {
	_, cases := folded(t, 200, 1, today)
	kinds := map[petition.PaperKind]int{}
	for _, c := range cases {
		for _, letter := range petition.Project(c, Rules(), today).Letters {
			kinds[letter.Kind]++
		}
	}
	for _, k := range []petition.PaperKind{petition.MergeNotice, petition.NoLongerNotice, petition.DiversionNotice,
		petition.RecusalDecision, petition.HearingNotice, petition.ReviewAcceptance, petition.ReviewRefusal,
		petition.ReviewOpinion, petition.ReReviewOpinion} {
		if kinds[k] == 0 {
			t.Errorf("nobody received a paper of kind %s", k)
		}
	}
}
