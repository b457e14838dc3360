package backoffice

import (
	"context"
	"time"

	"huiyin/petition"
)

// PolicyStore is the policy library and what follows from it (clause 5).
type PolicyStore interface {
	// Policies is a page of the library; Policy opens one with its history and the cases
	// that cite it, of those only what the actor may see. NotFound for who reads no cases.
	Policies(ctx context.Context, by petition.Actor, q PolicyQuery) (PolicyPage, error)
	Policy(ctx context.Context, by petition.Actor, id petition.ID) (PolicyFile, error)
	// SavePolicy adds a version after the one that was seen, 0 for a new policy. NotFound
	// for all but the heads of petition offices, each for the own unit and those below.
	SavePolicy(ctx context.Context, by petition.Actor, p petition.Policy, seen int, now time.Time) (petition.ID, error)

	// FindArticles offers articles that the actor's unit may cite today; ArticleByNumber
	// finds one that was written down by its number, or NotFound; UsedArticles are those
	// that decided claims of a content code rest on.
	FindArticles(ctx context.Context, by petition.Actor, words string, now time.Time) ([]PolicyArticle, error)
	ArticleByNumber(ctx context.Context, by petition.Actor, written string, now time.Time) (PolicyArticle, error)
	UsedArticles(ctx context.Context, by petition.Actor, topic petition.Topic, now time.Time) ([]PolicyArticle, error)
	// CitedPolicies are the policies that citations name, as they are now.
	CitedPolicies(ctx context.Context, cites []petition.Citation) ([]petition.Policy, error)
	// Contrary finds decided claims like this one that ended the other way; of those that
	// the actor may not see, only the unit is told.
	Contrary(ctx context.Context, by petition.Actor, id petition.ID, leg int) ([]Contrary, error)

	// Gaps is a page of the gaps in policy found in cases that the actor may see; Gap
	// opens that of a case; StepGap records what became of it, after the steps seen.
	Gaps(ctx context.Context, by petition.Actor, q GapQuery) (GapPage, error)
	Gap(ctx context.Context, by petition.Actor, id petition.ID) (GapFile, error)
	StepGap(ctx context.Context, by petition.Actor, id petition.ID, seen int, step petition.GapStep, now time.Time) error
	// GiveGap gives it to another member of the unit's staff, for a reason.
	GiveGap(ctx context.Context, by petition.Actor, id petition.ID, seen int, owner petition.ID, reason string, now time.Time) error
}

// PolicyRows is how many rows a page of policies or of gaps has.
const PolicyRows = 30

// PolicyState narrows the library by validity.
type PolicyState string

// The states of a policy on a day.
const (
	PolicyInForce PolicyState = "force"  // 有效
	PolicyEnded   PolicyState = "ended"  // 已失效
	PolicyComing  PolicyState = "coming" // 尚未施行
)

// PolicyStates lists every state.
var PolicyStates = []PolicyState{PolicyInForce, PolicyEnded, PolicyComing}

// PolicyQuery asks for one page of the library.
type PolicyQuery struct {
	Words    string // in title, number or articles; "" for all
	Level    petition.Level
	State    PolicyState
	AfterDay string // where the page begins: day of effect and id of the last one before; "" for the first
	AfterID  petition.ID
	Now      time.Time
}

// PolicyPage is a page of the library.
type PolicyPage struct {
	Rows []petition.Policy // without their articles
	More bool
}

// PolicyFile is a policy with all that is known of it.
type PolicyFile struct {
	petition.Policy
	Mine    bool            // the actor may edit it
	History []PolicyVersion // newest first; the first is the policy itself
	Cases   []CitingCase
}

// PolicyVersion is a policy as it stood.
type PolicyVersion struct {
	petition.Policy
	At   time.Time
	Name string // who wrote it; "" for what was brought in from a file
}

// CitingCase is a decided case that rests on a policy.
type CitingCase struct {
	Case    petition.ID
	Leg     int
	Number  string
	Title   string
	Unit    petition.UnitID
	Outcome petition.Outcome
	At      time.Time // signed
	Article string
}

// PolicyArticle is an article that may be cited; Policy is without its articles.
type PolicyArticle struct {
	Policy petition.Policy
	petition.Article
}

// Contrary is a decided claim like another that ended the other way.
type Contrary struct {
	Link    petition.Link // only the unit where the actor may not see the case
	Leg     int
	Title   string
	Outcome petition.Outcome
	At      time.Time
	Shared  bool // both rest on the same article
}

// GapQuery asks for one page of gaps.
type GapQuery struct {
	Status petition.GapStatus // "" for all
	Mine   bool               // only those that the actor has in hand

	// Where the page begins: the last one of the page before.
	AfterSettled bool
	AfterDue     string
	After        petition.ID // zero for the first page
}

// GapPage is a page of gaps.
type GapPage struct {
	Rows []Gap
	More bool
}

// Gap is a gap in policy and where the proposal stands (政策空白).
type Gap struct {
	Case      petition.ID // names it: a case shows one
	Number    string
	Title     string
	Topic     petition.Topic
	Unit      petition.UnitID
	What      string
	Owner     petition.ID
	OwnerName string
	Due       string // day
	Status    petition.GapStatus
	Version   int // steps so far
	At        time.Time
	By        string
}

// GapFile is a gap with all that was done about it, newest first.
type GapFile struct {
	Gap
	Mine  bool // the actor may record what became of it
	Leads bool // the actor may give it to somebody else
	Steps []GapStep
}

// GapStep is what somebody recorded.
type GapStep struct {
	petition.GapStep
	At   time.Time
	Name string
}
