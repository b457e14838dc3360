package demo

import (
	"math/rand/v2"

	"huiyin/petition"
)

// kind is what a plan's petition may be about.
type kind string

const (
	aClaim    kind = "claim"   // 申诉求决 that counties decide
	aRich     kind = "rich"    // one with something to ask for and a reason to extend
	anAnswer  kind = "answer"  // claim or advice
	anAdvice  kind = "advice"  // 建议意见
	anEnquiry kind = "enquiry" // 咨询、感谢
	outside   kind = "outside" // Z: belongs to somebody else
	inCourt   kind = "court"   // belongs before a court
	aReport   kind = "report"  // 检举控告
)

func (k kind) fits(m *matter) bool {
	track, out := m.track(), m.Redirect != nil
	switch k {
	case outside:
		return out
	case inCourt:
		return m.Court == "yes"
	case aReport:
		return track == petition.Report
	case aRich:
		return !out && track == petition.Claim && len(m.Ask.pieces) > 0
	case aClaim:
		return !out && track == petition.Claim && m.Level == "county"
	case anAdvice:
		return !out && track == petition.Advice
	case anEnquiry:
		return !out && track == petition.Enquiry
	}
	return !out && (track == petition.Claim || track == petition.Advice)
}

// shoes are the matters of each kind, to be dealt evenly.
func shoes(rng *rand.Rand) map[kind]*shoe {
	all, once := map[kind]*shoe{}, map[*matter]bool{}
	for _, k := range []kind{aClaim, aRich, anAnswer, anAdvice, anEnquiry, outside, inCourt, aReport} {
		s := &shoe{rng: rand.New(rand.NewPCG(rng.Uint64(), 1)), once: once}
		for _, m := range matters {
			if k.fits(m) {
				s.cards = append(s.cards, m)
			}
		}
		all[k] = s
	}
	return all
}

// plan is a story that many cases share: how often it is told, what it is about, how
// many days before the present it begins, and how it goes.
type plan struct {
	name   string
	times  int // in two hundred
	about  kind
	age    [2]float64
	named  bool // never anonymous
	online bool // filed on the portal
	exact  bool // age in calendar days, holidays or not
	story  func(t *tale)
	second func(t *tale) // a second case about the same matter
}

// plans is the whole world: two hundred cases in every state.
var plans = []plan{
	// just arrived
	{name: "submitted", times: 7, about: anAnswer, age: [2]float64{0.2, 2.2}, online: true, story: justSubmitted},
	{name: "submitted enquiry", times: 2, about: anEnquiry, age: [2]float64{0.2, 2.2}, online: true, story: justSubmitted},
	{name: "submitted outside", times: 2, about: outside, age: [2]float64{0.3, 2.5}, online: true, story: justSubmitted},
	{name: "submitted, overdue", times: 1, about: aClaim, age: [2]float64{19, 21}, online: true, story: justSubmitted},
	// whose is it
	{name: "registered", times: 7, about: anAnswer, age: [2]float64{3, 11}, story: registered},
	{name: "registered, due soon", times: 3, about: aClaim, age: [2]float64{12.6, 14.4}, exact: true, story: registered},
	{name: "registered, overdue", times: 2, about: aClaim, age: [2]float64{18, 24}, story: registered},
	{name: "distributed", times: 3, about: anAnswer, age: [2]float64{4, 12}, story: distributed},
	{name: "enquiry to answer", times: 2, about: anEnquiry, age: [2]float64{3, 9}, story: distributed},
	{name: "redirect proposed", times: 3, about: outside, age: [2]float64{3.5, 10}, story: redirectProposed},
	{name: "refusal proposed", times: 2, about: inCourt, age: [2]float64{4, 10}, named: true, story: litigationProposed},
	{name: "acceptance proposed", times: 2, about: aClaim, age: [2]float64{5, 11}, story: acceptanceProposed},
	{name: "asked", times: 5, about: aRich, age: [2]float64{5, 13}, story: asked},
	{name: "supplied", times: 2, about: aRich, age: [2]float64{9, 13}, story: supplied},
	// between units
	{name: "referred", times: 5, about: aClaim, age: [2]float64{5, 10}, story: referred},
	{name: "assigned", times: 4, about: aClaim, age: [2]float64{6, 11}, story: assigned},
	{name: "objected", times: 3, about: aClaim, age: [2]float64{9, 12}, story: objected},
	{name: "taken back", times: 2, about: aClaim, age: [2]float64{14, 24}, story: takenBack},
	{name: "overruled", times: 2, about: aClaim, age: [2]float64{22, 40}, story: overruled},
	// being handled
	{name: "accepted", times: 6, about: anAnswer, age: [2]float64{8, 15}, story: accepted},
	{name: "handling", times: 12, about: anAnswer, age: [2]float64{18, 45}, story: handling},
	{name: "handling below", times: 5, about: aClaim, age: [2]float64{22, 48}, story: handlingBelow},
	{name: "handling, due soon", times: 4, about: aClaim, age: [2]float64{64, 67}, exact: true, story: handlingSoonDue},
	{name: "handling, overdue", times: 4, about: aClaim, age: [2]float64{70, 84}, story: handlingPromptly},
	{name: "extended", times: 6, about: aRich, age: [2]float64{62, 74}, story: extended},
	{name: "pending sign", times: 6, about: anAnswer, age: [2]float64{40, 55}, story: pendingSign},
	{name: "signed", times: 4, about: anAnswer, age: [2]float64{40, 55}, story: signed},
	{name: "replied", times: 10, about: anAnswer, age: [2]float64{50, 85}, story: replied},
	{name: "closing audit", times: 6, about: anAnswer, age: [2]float64{52, 85}, story: closingAudit},
	{name: "closing audit above", times: 2, about: aClaim, age: [2]float64{75, 100}, story: closingAuditAbove},
	{name: "returned by audit", times: 3, about: aClaim, age: [2]float64{60, 90}, story: returnedByAudit},
	// ended
	{name: "closed", times: 28, about: anAnswer, age: [2]float64{95, 540}, story: closed},
	{name: "closed below", times: 6, about: aClaim, age: [2]float64{120, 540}, story: closedBelow},
	{name: "closed after extension", times: 4, about: aRich, age: [2]float64{140, 540}, story: closedLate},
	{name: "closed after return", times: 3, about: aClaim, age: [2]float64{140, 500}, story: closedAfterReturn},
	{name: "enquiry answered", times: 8, about: anEnquiry, age: [2]float64{20, 530}, story: enquiryAnswered},
	{name: "redirected", times: 12, about: outside, age: [2]float64{12, 530}, story: redirected},
	{name: "skipped levels", times: 2, about: aClaim, age: [2]float64{20, 400}, named: true, story: skippedLevels},
	{name: "in hand", times: 2, about: aClaim, age: [2]float64{24, 44}, named: true, story: handling, second: inHand},
	{name: "in court", times: 2, about: inCourt, age: [2]float64{20, 400}, named: true, story: litigation},
	{name: "final", times: 1, about: aClaim, age: [2]float64{30, 400}, named: true, story: finalOpinion},
	{name: "legally ended", times: 1, about: inCourt, age: [2]float64{30, 400}, named: true, story: legallyEnded},
	{name: "withdrawn", times: 5, about: aClaim, age: [2]float64{25, 500}, story: withdrawn},
	{name: "report", times: 8, about: aReport, age: [2]float64{1, 520}, online: true, story: justSubmitted},
}

// planDeck is every plan as often as its number says, shuffled.
func planDeck(rng *rand.Rand) []*plan {
	var deck []*plan
	for i := range plans {
		for range plans[i].times {
			deck = append(deck, &plans[i])
		}
	}
	rng.Shuffle(len(deck), func(i, j int) { deck[i], deck[j] = deck[j], deck[i] })
	return deck
}
