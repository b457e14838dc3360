package demo

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"time"

	"github.com/pelletier/go-toml/v2"

	"huiyin/petition"
)

//go:embed data/*.toml data/scans/*.jpg texts/*.toml
var files embed.FS

// matter is something that people write about, with all that is said on the way to
// its answer.
type matter struct {
	Key, Topic, Purpose, Level string

	Age       [2]int
	Sex       string // "" either
	Agent     string // who files it for the person: "child"
	Joint     [2]int // signatures of a joint petition
	Anonymous bool   // may be filed without a name
	Once      bool   // told once only: a second time it would ring false
	Court     string
	Titles    []text
	Facts     text
	Request   text
	Reasons   text
	Place     text
	When      text
	About     text
	Vars      map[string][]text

	Ask, Supply text
	Notes       []text
	Basis       []text
	Extend      text
	Gap         text // the rule that is missing
	Outcome     []ending
	Redirect    *redirect
	Divert      *redirect // a legal procedure takes it
	Parts       []*matter `toml:"part"` // it says several things: each a matter of its own

	AgentRelation string `toml:"agent_relation"`
	ReportedUnit  text   `toml:"reported_unit"`
	ReportedPost  text   `toml:"reported_post"`
	ConcernsHead  bool   `toml:"concerns_head"`

	vars []string // names of Vars, sorted
}

func (m *matter) track() petition.Track { return petition.Purpose(m.Purpose).Track() }

// ending is one way in which a matter is answered.
type ending struct {
	Code           petition.Outcome
	Found, Opinion text
	Todo, Done     text // of one that grants: what is to be done, and that it was
	Agreement      text // of one that was bargained: what both sides signed
	Review         *review
}

// bargained tells whether both sides must have agreed first.
func (e ending) bargained() bool { return len(e.Agreement.pieces) > 0 }

// review is what follows where the petitioner does not accept an ending: his reasons,
// and what the level above looked at and may say; then the same once more.
type review struct {
	Ask, Looked, Upheld, Changed, Annulled text
	Again, Final                           text
}

// redirect is who is competent instead, and why (告知).
type redirect struct {
	Name, Where, Bring, Why, Explain text
	Phone                            string
	Procedure                        petition.Procedure // of a legal procedure
}

// refusal is how one ground is explained to the petitioner.
type refusal struct {
	Ground                 petition.Ground
	Reason, Next, Internal text
}

// phrases are the words that staff and petitioners use in any matter.
type phrases struct {
	Good, Fair, Poor  []text
	AuditReturn       []text `toml:"audit_return"`
	AuditPass         []text `toml:"audit_pass"`
	Extend, Objection []text
	AgreeBack         []text `toml:"agree_back"`
	Overrule          []text
	AskIntro          []text `toml:"ask_intro"`
	NotePublic        []text `toml:"note_public"`
	NoteInternal      []text `toml:"note_internal"`
	Withdraw          []text
	Relation          []text
	AskViews          []text `toml:"ask_views"`
	First, Repeat     []text
	Again             []text
	AgainNote         []text `toml:"again_note"`
	AgainVisit        []text `toml:"again_visit"`
	AgainJoint        []text `toml:"again_joint"`
	AgainTitle        text   `toml:"again_title"`
	JointTitle        text   `toml:"joint_title"`
	MergeAgain        []text `toml:"merge_again"`
	MergeReason       []text `toml:"merge_reason"`
	TurnLate          []text `toml:"turn_late"`
	TurnPoor          []text `toml:"turn_poor"`
	TurnOther         []text `toml:"turn_other"`
	PriorNumber       text   `toml:"prior_number"`
	NoLongerReason    text   `toml:"no_longer_reason"`
	DivideReason      []text `toml:"divide_reason"`
	RecusalAsk        []text `toml:"recusal_ask"`
	RecusalGrant      []text `toml:"recusal_grant"`
	RecusalDeclare    []text `toml:"recusal_declare"`
	RecusalHead       []text `toml:"recusal_head"`
	HearingReason     []text `toml:"hearing_reason"`
	Hearing, Heard    []text
	Dispute           []text
	RuleReceiver      []text `toml:"rule_receiver"`
	ReviewRefuse      []text `toml:"review_refuse"`
	ReviewRefuseAsk   []text `toml:"review_refuse_ask"`
	EnquiryNote       []text `toml:"enquiry_note"`
	ExplainedHow      text   `toml:"explained_how"`
	GapTo             text   `toml:"gap_to"`
	GapSent           text   `toml:"gap_sent"`
	GapAdopted        text   `toml:"gap_adopted"`
	Guidance          []guided
	GuidanceGroup     []guided `toml:"guidance_group"`
	AgainAnswer       ending   `toml:"again_answer"`
	JointAnswer       ending   `toml:"joint_answer"`
	VisitAnswer       ending   `toml:"visit_answer"`
	Dates             dates    `toml:"-"`
}

// guided is how a matter was explained, and what came of it.
type guided struct {
	Way, Result string
	Text        text
}

// forms are the fixed words of papers.
type forms struct {
	Acceptance, Extension, Whereabouts []text
	RedirectIntro                      []text `toml:"redirect_intro"`
	RedirectBody                       []text `toml:"redirect_body"`
	RefusalIntro                       []text `toml:"refusal_intro"`
	InfoRequest                        []text `toml:"info_request"`
	OpinionIntro                       []text `toml:"opinion_intro"`
	ReplyIntro                         []text `toml:"reply_intro"`
	RemedyClaim                        text   `toml:"remedy_claim"`
	RemedyNone                         text   `toml:"remedy_none"`
	RemedyReview                       text   `toml:"remedy_review"`
	RemedyFinal                        text   `toml:"remedy_final"`
	RemedyRedone                       text   `toml:"remedy_redone"`
	Merge, Diversion, Recusal          []text
	NoLonger                           []text `toml:"no_longer"`
	NoLongerWhy                        []text `toml:"no_longer_why"`
	NoLongerNext                       []text `toml:"no_longer_next"`
	ReviewAccepted                     []text `toml:"review_accepted"`
	ReviewRefused                      []text `toml:"review_refused"`
	ReviewIntro                        []text `toml:"review_intro"`
	FinalIntro                         []text `toml:"final_intro"`

	Titles  map[petition.PaperKind]string
	Heads   map[string]string
	Phrases map[string]text
}

// dates is how a day, an address and an office are said.
type dates struct {
	ThisYear           string `toml:"this_year"`
	LastYear           string `toml:"last_year"`
	OtherYear          string `toml:"other_year"`
	Day, Full          string
	House, Block, Flat string // what follows the numbers of an address
	Party              string // what a unit's full name begins with
	Number             string // a paper's number from sign, year and sequence

	Street      string // how the name of a town that is a street ends
	StreetParty string `toml:"street_party"` // and what the Party calls itself there
	TownParty   string `toml:"town_party"`
}

func (d dates) month(thisYear int, t time.Time) string {
	switch t.Year() {
	case thisYear:
		return fmt.Sprintf(d.ThisYear, int(t.Month()))
	case thisYear - 1:
		return fmt.Sprintf(d.LastYear, int(t.Month()))
	}
	return fmt.Sprintf(d.OtherYear, t.Year(), int(t.Month()))
}

func (d dates) day(t time.Time) string { return fmt.Sprintf(d.Day, int(t.Month()), t.Day()) }

func (d dates) full(t time.Time) string {
	t = t.In(petition.Shanghai)
	return fmt.Sprintf(d.Full, t.Year(), int(t.Month()), t.Day())
}

// What the embedded files say. They are our own data: a fault in them stops the
// program at once, and a test reads them all.
var (
	words    = loadWords()
	papers   = load[forms]("texts/papers.toml")
	refusals = load[struct{ Refusal []refusal }]("texts/refusals.toml").Refusal
	matters  = loadMatters()
)

func load[T any](name string) T {
	var v T
	b, err := files.ReadFile(name)
	if err == nil {
		err = toml.NewDecoder(bytes.NewReader(b)).DisallowUnknownFields().Decode(&v)
	}
	if err != nil {
		panic(fmt.Sprintf("demonstration data %s: %v", name, err))
	}
	return v
}

func loadWords() phrases {
	w := load[phrases]("texts/words.toml")
	w.Dates = load[dates]("data/dates.toml")
	return w
}

// loadMatters reads every file of petitions, in the order of their names.
func loadMatters() []*matter {
	names, err := fs.Glob(files, "texts/*.toml")
	if err != nil {
		panic(err) // the pattern is fixed
	}
	sort.Strings(names)
	var all []*matter
	for _, name := range names {
		switch path.Base(name) {
		case "words.toml", "papers.toml", "refusals.toml", "sealed.toml":
			continue
		}
		for _, m := range load[struct{ Petition []*matter }](name).Petition {
			for _, x := range append([]*matter{m}, m.Parts...) {
				x.sortVars()
			}
			all = append(all, m)
		}
	}
	return all
}

// sortVars fixes the order in which the places of a matter are filled.
func (m *matter) sortVars() {
	for v := range m.Vars {
		m.vars = append(m.vars, v)
	}
	sort.Strings(m.vars)
}
