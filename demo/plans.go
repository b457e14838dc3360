package demo

import (
	"math/rand/v2"
	"slices"

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

	aSimple    kind = "simple"    // a claim that is plain enough for simplified handling
	contested  kind = "contested" // one whose answer somebody asks to have reviewed
	bargained  kind = "bargained" // one that both sides can settle
	aServant   kind = "servant"   // has a legal procedure: 公务员复核、申诉
	aMember    kind = "member"    // 党员申诉
	aLawsuit   kind = "lawsuit"   // 诉讼
	severalIn1 kind = "several"   // says two things in one
	together   kind = "together"  // five or more bring it
)

// kinds lists them all, in the order in which their shoes are filled.
var kinds = []kind{aClaim, aRich, anAnswer, anAdvice, anEnquiry, outside, inCourt, aReport,
	aSimple, contested, bargained, aServant, aMember, aLawsuit, severalIn1, together}

func (k kind) fits(m *matter) bool {
	if m.Divert != nil || m.Parts != nil {
		return k.special(m)
	}
	track, out := m.track(), m.Redirect != nil
	switch k {
	case aSimple:
		return aClaim.fits(m) && m.Joint[1] == 0 && m.Court != "yes"
	case contested:
		return aClaim.fits(m) && slices.ContainsFunc(m.Outcome, func(e ending) bool { return e.Review != nil })
	case bargained:
		return aClaim.fits(m) && slices.ContainsFunc(m.Outcome, ending.bargained)
	case together:
		return aClaim.fits(m) && m.Joint[0] >= petition.GroupVisit
	case aServant, aMember, aLawsuit, severalIn1:
		return false
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

// special matters are told by their own plans only.
func (k kind) special(m *matter) bool {
	switch k {
	case aServant:
		return m.Divert != nil && m.Divert.Procedure == petition.ServantReview
	case aMember:
		return m.Divert != nil && m.Divert.Procedure == petition.PartyAppeal
	case aLawsuit:
		return m.Divert != nil && m.Divert.Procedure == petition.JudicialWay
	case severalIn1:
		return m.Parts != nil
	}
	return false
}

// shoes are the matters of each kind, to be dealt evenly.
func shoes(rng *rand.Rand) map[kind]*shoe {
	all, once := map[kind]*shoe{}, map[*matter]bool{}
	for _, k := range kinds {
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
	named  bool   // never anonymous
	online bool   // filed on the portal
	exact  bool   // age in calendar days, holidays or not
	county string // code of the county, where the story needs an office with several handlers
	story  func(t *tale)
	second func(t *tale) // a second case about the same matter
	gap    [2]float64    // how many days after the first
}

// plans is the whole world: two hundred cases in every state, those to be shown around
// among them.
var plans = []plan{
	// just arrived
	{name: "submitted", times: 5, about: anAnswer, age: [2]float64{0.2, 2.2}, online: true, story: justSubmitted},
	{name: "submitted enquiry", times: 2, about: anEnquiry, age: [2]float64{0.2, 2.2}, online: true, story: justSubmitted},
	{name: "submitted outside", times: 2, about: outside, age: [2]float64{0.3, 2.5}, online: true, story: justSubmitted},
	{name: "submitted, overdue", times: 1, about: aClaim, age: [2]float64{19, 21}, online: true, story: justSubmitted},
	// whose is it
	{name: "registered", times: 5, about: anAnswer, age: [2]float64{3, 11}, story: registered},
	{name: "registered, due soon", times: 3, about: aClaim, age: [2]float64{12.6, 14.4}, exact: true, story: registered},
	{name: "registered, overdue", times: 2, about: aClaim, age: [2]float64{18, 24}, story: registered},
	{name: "distributed", times: 3, about: anAnswer, age: [2]float64{4, 12}, story: distributed},
	{name: "enquiry to answer", times: 2, about: anEnquiry, age: [2]float64{3, 9}, story: distributed},
	{name: "redirect proposed", times: 3, about: outside, age: [2]float64{3.5, 10}, story: redirectProposed},
	{name: "refusal proposed", times: 2, about: inCourt, age: [2]float64{4, 10}, named: true, story: litigationProposed},
	{name: "acceptance proposed", times: 2, about: aClaim, age: [2]float64{5, 11}, story: acceptanceProposed},
	{name: "asked", times: 3, about: aRich, age: [2]float64{5, 13}, story: asked},
	{name: "supplied", times: 2, about: aRich, age: [2]float64{9, 13}, story: supplied},
	// between units
	{name: "referred", times: 4, about: aClaim, age: [2]float64{5, 10}, story: referred},
	{name: "assigned", times: 4, about: aClaim, age: [2]float64{6, 11}, story: assigned},
	{name: "objected", times: 3, about: aClaim, age: [2]float64{9, 12}, story: objected},
	{name: "taken back", times: 2, about: aClaim, age: [2]float64{14, 24}, story: takenBack},
	{name: "overruled", times: 2, about: aClaim, age: [2]float64{22, 40}, story: overruled},
	// being handled
	{name: "accepted", times: 5, about: anAnswer, age: [2]float64{8, 15}, story: accepted},
	{name: "handling", times: 4, about: anAnswer, age: [2]float64{18, 45}, story: handling},
	{name: "came together", times: 1, about: together, age: [2]float64{5, 9}, named: true, county: "990102", story: cameTogether},
	{name: "came together, told why", times: 1, about: together, age: [2]float64{36, 48}, named: true, story: toldWhy},
	{name: "handling below", times: 3, about: aClaim, age: [2]float64{22, 48}, story: handlingBelow},
	{name: "handling, due soon", times: 3, about: aClaim, age: [2]float64{64, 67}, exact: true, story: handlingSoonDue},
	{name: "handling, overdue", times: 3, about: aClaim, age: [2]float64{70, 84}, story: handlingPromptly},
	{name: "extended", times: 4, about: aRich, age: [2]float64{62, 74}, story: extended},
	{name: "pending sign", times: 4, about: anAnswer, age: [2]float64{40, 55}, story: pendingSign},
	{name: "signed", times: 3, about: anAnswer, age: [2]float64{40, 55}, story: signed},
	{name: "replied", times: 5, about: anAnswer, age: [2]float64{50, 85}, story: replied},
	{name: "closing audit", times: 4, about: anAnswer, age: [2]float64{52, 85}, story: closingAudit},
	{name: "closing audit above", times: 2, about: aClaim, age: [2]float64{75, 100}, story: closingAuditAbove},
	{name: "returned by audit", times: 3, about: aClaim, age: [2]float64{60, 90}, story: returnedByAudit},
	// ended
	{name: "closed", times: 8, about: anAnswer, age: [2]float64{95, 540}, story: closed},
	{name: "closed below", times: 5, about: aClaim, age: [2]float64{120, 540}, story: closedBelow},
	{name: "closed after extension", times: 3, about: aRich, age: [2]float64{140, 540}, story: closedLate},
	{name: "closed after return", times: 2, about: aClaim, age: [2]float64{140, 500}, story: closedAfterReturn},
	{name: "enquiry answered", times: 6, about: anEnquiry, age: [2]float64{20, 530}, story: enquiryAnswered},
	{name: "redirected", times: 6, about: outside, age: [2]float64{12, 530}, story: redirected},
	{name: "skipped levels", times: 2, about: aClaim, age: [2]float64{20, 400}, named: true, story: skippedLevels},
	{name: "in hand", times: 2, about: aClaim, age: [2]float64{24, 44}, named: true, story: handling, second: inHand},
	{name: "in court", times: 2, about: inCourt, age: [2]float64{20, 400}, named: true, story: litigation},
	{name: "final", times: 1, about: aClaim, age: [2]float64{30, 400}, named: true, story: finalOpinion},
	{name: "legally ended", times: 1, about: inCourt, age: [2]float64{30, 400}, named: true, story: legallyEnded},
	{name: "withdrawn", times: 4, about: aClaim, age: [2]float64{25, 500}, story: withdrawn},
	// first or repeat, and what became of it
	{name: "first, to be signed for", times: 2, about: aClaim, age: [2]float64{2.5, 5}, story: firstJudged},
	{name: "asked, lapsed", times: 1, about: aRich, age: [2]float64{27, 36}, story: lapsed},
	{name: "came back", times: 1, about: aSimple, age: [2]float64{300, 480}, named: true, county: "990102", story: granted,
		second: cameBack, gap: [2]float64{170, 230}},
	{name: "came back lately", times: 1, about: aSimple, age: [2]float64{248, 262}, named: true, story: granted,
		second: cameBack, gap: [2]float64{212, 222}},
	{name: "came back jointly", times: 1, about: aSimple, age: [2]float64{260, 400}, named: true, county: "990102", story: granted,
		second: cameJointly, gap: [2]float64{170, 220}},
	{name: "came back in person", times: 1, about: aSimple, age: [2]float64{246, 260}, named: true, story: grantedByLetter,
		second: cameInPerson, gap: [2]float64{212, 220}},
	// elsewhere
	{name: "merged", times: 2, about: aSimple, age: [2]float64{24, 44}, named: true, county: "990102", story: handling, second: merged},
	{name: "no longer taken", times: 1, about: aClaim, age: [2]float64{20, 300}, named: true, story: noLonger},
	{name: "diverted, servant", times: 1, about: aServant, age: [2]float64{14, 200}, named: true, story: diverted},
	{name: "diverted, member", times: 1, about: aMember, age: [2]float64{14, 200}, named: true, story: diverted},
	{name: "diverted, court", times: 1, about: aLawsuit, age: [2]float64{14, 200}, named: true, story: diverted},
	{name: "divided", times: 2, about: severalIn1, age: [2]float64{34, 60}, named: true, story: divided},
	// fairly
	{name: "simplified", times: 1, about: aSimple, age: [2]float64{5, 8}, named: true, story: simplified},
	{name: "simply closed", times: 1, about: aSimple, age: [2]float64{90, 300}, named: true, story: simplyClosed},
	{name: "recusal asked", times: 1, about: aSimple, age: [2]float64{28, 40}, named: true, county: "990102", story: recusalAsked},
	{name: "recusal granted", times: 1, about: aSimple, age: [2]float64{34, 48}, named: true, county: "990102", story: recusalGranted},
	{name: "recusal declared", times: 1, about: aSimple, age: [2]float64{100, 300}, named: true, county: "990102", story: recusalDeclared},
	{name: "head recused", times: 1, about: aSimple, age: [2]float64{28, 44}, named: true, county: "990102", story: headRecused},
	{name: "in hearing", times: 1, about: aSimple, age: [2]float64{28, 40}, named: true, story: inHearing},
	{name: "heard", times: 1, about: aSimple, age: [2]float64{120, 400}, named: true, story: heard},
	{name: "settled", times: 2, about: bargained, age: [2]float64{60, 400}, named: true, story: settled},
	{name: "disputed", times: 1, about: aSimple, age: [2]float64{14, 18}, named: true, story: disputed},
	{name: "ruled", times: 1, about: aSimple, age: [2]float64{36, 60}, named: true, story: ruled},
	// after the answer
	{name: "review asked", times: 1, about: contested, age: [2]float64{58, 70}, named: true, story: reviewAsked},
	{name: "under review", times: 1, about: contested, age: [2]float64{60, 72}, named: true, story: underReview},
	{name: "review refused", times: 1, about: contested, age: [2]float64{66, 78}, named: true, story: reviewRefused},
	{name: "upheld", times: 1, about: contested, age: [2]float64{76, 88}, named: true, story: upheld},
	{name: "changed", times: 1, about: contested, age: [2]float64{76, 88}, named: true, story: changed},
	{name: "annulled", times: 1, about: contested, age: [2]float64{82, 94}, named: true, story: annulled},
	{name: "re-review", times: 1, about: contested, age: [2]float64{82, 94}, named: true, story: reReview},
	{name: "re-reviewed", times: 2, about: contested, age: [2]float64{180, 500}, named: true, story: final},
	{name: "supervised", times: 1, about: aSimple, age: [2]float64{130, 200}, named: true, story: supervised},
	{name: "archived", times: 2, about: anAnswer, age: [2]float64{330, 540}, story: archived},
	// in the compartment, where two others must agree
	{name: "report", times: 1, about: aReport, age: [2]float64{1, 4}, online: true, story: justSubmitted},
	{name: "report registered", times: 1, about: aReport, age: [2]float64{7, 12}, county: "990102", story: sealedRegistered},
	{name: "report put up", times: 1, about: aReport, age: [2]float64{8, 14}, county: "990102", story: sealedPutUp},
	{name: "report verified", times: 1, about: aReport, age: [2]float64{24, 50}, county: "990102", story: sealedVerifying},
	{name: "report inquired", times: 1, about: aReport, age: [2]float64{12, 20}, county: "990102", story: sealedInquiring},
	{name: "report kept", times: 1, about: aReport, age: [2]float64{60, 300}, county: "990102", story: sealedKept},
	{name: "report false", times: 1, about: aReport, age: [2]float64{90, 500}, county: "990102", story: sealedFalse},
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
