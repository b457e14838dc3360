package backoffice

import (
	"context"
	"io"
	"net/url"
	"time"

	"huiyin/attachment"
	"huiyin/exchange"
	"huiyin/petition"
)

// Store is all that the staff face may ask of a database. Every read is guarded in
// SQL by who asks: role ∩ unit subtree ∩ assignment, deny by default. What a reader
// may not see answers like what does not exist: NotFound.
type Store interface {
	// SignIn checks login, password and, where the account has one, the one-time
	// code. Wrong and unknown answer alike (Forbidden, error.sign_in).
	SignIn(ctx context.Context, login, password, otp string, now time.Time) (Session, error)
	// Session finds a live session and touches it; NotFound when idle or absolute
	// expiry passed, or it was revoked.
	Session(ctx context.Context, token string, now time.Time) (Session, error)
	SignOut(ctx context.Context, token string, now time.Time) error
	// FormWriter is the account in whose session a form was made, which may be over; ok is
	// false for a token that no form of ours had.
	FormWriter(formToken string) (staff petition.ID, ok bool)
	// KeepForm seals what was sent without a live session to the form's writer; NotFound
	// for a token that no form of ours had. KeptForm opens it for the same account within
	// some hours; NotFound for everybody else.
	KeepForm(formToken string, form KeptForm, now time.Time) (string, error)
	KeptForm(ctx context.Context, by petition.Actor, sealed string, now time.Time) (KeptForm, error)
	ChangePassword(ctx context.Context, by petition.Actor, old, new string, now time.Time) error
	// Sessions lists where the actor is signed in, newest first; EndSession ends one.
	Sessions(ctx context.Context, by petition.Actor, now time.Time) ([]SignedIn, error)
	EndSession(ctx context.Context, by petition.Actor, id string, now time.Time) error

	// Page is the context of one page that changes nothing: what must be known about its
	// reader is read once for all of it.
	Page(ctx context.Context) context.Context
	Rules(ctx context.Context) (petition.Rules, error)
	// Colleagues lists the active staff of a unit with their roles.
	Colleagues(ctx context.Context, by petition.Actor, unit petition.UnitID) ([]Colleague, error)

	// Queue is one page of legs that wait for something, nearest due first.
	Queue(ctx context.Context, by petition.Actor, q QueueQuery) (QueuePage, error)
	// Counts tells how many legs wait in each queue of the actor's unit.
	Counts(ctx context.Context, by petition.Actor, now time.Time) (Counts, error)
	// Dues tells how many open legs of a unit ("" for the actor's own) are due when.
	Dues(ctx context.Context, by petition.Actor, unit petition.UnitID, now time.Time) (DueCounts, error)
	// Find looks a case up by its number.
	Find(ctx context.Context, by petition.Actor, number string) (petition.ID, error)
	// InHand tells of a case outside what the actor may see who has it in hand, and nothing
	// else; NotFound where nobody has, and for what the actor must not know of.
	InHand(ctx context.Context, by petition.Actor, number string, now time.Time) (petition.Link, error)
	// SameElsewhere tells the same of open cases that share an identity or mobile number
	// with one that the actor may see.
	SameElsewhere(ctx context.Context, by petition.Actor, id petition.ID) ([]petition.Link, error)
	// OpenCases is the leader's view of a unit ("" for the actor's own) and those below it:
	// counts by unit, stage, age and due date; no identities.
	OpenCases(ctx context.Context, by petition.Actor, unit petition.UnitID, now time.Time) ([]OpenCount, error)

	// Case opens a case; the identities in it are masked.
	Case(ctx context.Context, by petition.Actor, id petition.ID) (*petition.Case, error)
	// Act does something to a case that the caller saw at version; Conflict if it
	// changed since. It returns the case as it is now.
	Act(ctx context.Context, by petition.Actor, id petition.ID, version int, act petition.Act, now time.Time) (*petition.Case, error)
	// RegisterFor registers a letter, visit or call and gives its code slip. A form
	// registers once; again: Conflict, and FormUsed tells what came of it. A report
	// about a cadre is sealed into its compartment, and has no id for the registrar.
	RegisterFor(ctx context.Context, by petition.Actor, form string, act petition.Act, now time.Time) (petition.ID, exchange.Code, error)
	// AddScan takes in a scan for a form that is being filled in; it is forgotten within a
	// day unless a Filing of that form names it. Scans are those that a form has: Invalid
	// for one that it has not.
	AddScan(ctx context.Context, by petition.Actor, form, name string, limits attachment.Limits, r io.Reader, now time.Time) (petition.File, error)
	Scans(ctx context.Context, by petition.Actor, form string, files []petition.ID) ([]petition.File, error)
	// OpenScan writes the original to w.
	OpenScan(ctx context.Context, by petition.Actor, form string, file petition.ID, w io.Writer) (petition.File, error)
	FormUsed(ctx context.Context, by petition.Actor, form string) (petition.ID, bool, error)
	// ReplaceCode gives a new code; the old ones die, and if one was stolen the reading
	// key with them. Anonymous filings: Forbidden.
	ReplaceCode(ctx context.Context, by petition.Actor, id petition.ID, purpose string, stolen bool, now time.Time) (exchange.Code, error)
	// Reveal shows the identity, with a purpose, and logs it.
	Reveal(ctx context.Context, by petition.Actor, id petition.ID, purpose string, now time.Time) (Identity, error)
	// OpenFile streams an attachment (the clean copy where there is one), with a
	// purpose, and logs it.
	OpenFile(ctx context.Context, by petition.Actor, id, file petition.ID, original bool, purpose string, now time.Time, w io.Writer) (petition.File, error)
	// AddFile stores an internal document and returns it for an act's Files.
	AddFile(ctx context.Context, by petition.Actor, id petition.ID, name, mediaType string, r io.Reader, now time.Time) (petition.File, error)
	// Views lists who looked at identity or attachments of a case.
	Views(ctx context.Context, by petition.Actor, id petition.ID) ([]Viewed, error)
	// SameMatter suggests cases that may be the same matter and still open, within
	// what the actor may see; a person decides.
	SameMatter(ctx context.Context, by petition.Actor, id petition.ID) ([]QueueRow, error)
	// AlikeFilings suggests the same for a letter, visit or call that is about to be
	// registered.
	AlikeFilings(ctx context.Context, by petition.Actor, f petition.Filing) ([]QueueRow, error)
	// FilingElsewhere tells of it what SameElsewhere tells of a case, to those who work at a
	// desk; what it told is in the log of searches.
	FilingElsewhere(ctx context.Context, by petition.Actor, f petition.Filing, now time.Time) ([]petition.Link, error)

	// Notices lists what other units told the actor's; Notice opens one; TakeNote
	// records that it was read. NotFound for all but registrars and office heads.
	Notices(ctx context.Context, by petition.Actor, q NoticeQuery) (NoticePage, error)
	Notice(ctx context.Context, by petition.Actor, id petition.ID, n int) (Notice, error)
	TakeNote(ctx context.Context, by petition.Actor, id petition.ID, n int, now time.Time) error

	// News is what became of the messages that told the petitioner of news; NotFound where
	// the case is none of the actor's.
	News(ctx context.Context, by petition.Actor, id petition.ID) ([]NewsLine, error)

	// Reports lists what is in the actor's cadre-supervision compartment; NotFound
	// for everybody else.
	Reports(ctx context.Context, by petition.Actor, after petition.ID) ([]ReportRow, error)
	// HasReport fails with NotFound where the actor's compartment has no such report:
	// one of another's and one that never was are the same.
	HasReport(ctx context.Context, by petition.Actor, id petition.ID) error
	// Report opens one, and logs it.
	Report(ctx context.Context, by petition.Actor, id petition.ID, purpose string, now time.Time) (ReportFile, error)
	// SearchReports finds reports of the actor's compartment that he may open by words that
	// stand in them, newest first, from where the page before ended; NotFound for everybody
	// but its cadre supervisors.
	SearchReports(ctx context.Context, by petition.Actor, words string, before int64, now time.Time) (ReportPage, error)
	// Digest counts a month of the compartment's reports. Its cadre supervisors read any
	// month, a leader of the unit those put to him with PutDigest, which PutDigests lists,
	// the newest first; for everybody else NotFound.
	Digest(ctx context.Context, by petition.Actor, month string, now time.Time) (petition.Digest, error)
	PutDigest(ctx context.Context, by petition.Actor, month string, leader petition.ID, now time.Time) error
	PutDigests(ctx context.Context, by petition.Actor) ([]PutDigest, error)
	// Search finds cases that the actor may see, newest first.
	Search(ctx context.Context, by petition.Actor, q SearchQuery, now time.Time) (SearchPage, error)
	// TouchedSealed lists, for the audit administrator, searches for words that stand in any
	// sealed report, without saying in which.
	TouchedSealed(ctx context.Context, by petition.Actor, since time.Time) ([]TouchingSearch, error)
	// Touched lists searches for words that stand in the compartment's reports.
	Touched(ctx context.Context, by petition.Actor, since time.Time) ([]TouchingSearch, error)
	// ActReport does something to a report: NotFound for whoever does not read it, Conflict
	// if it is not as the caller saw it, else what the rules say.
	ActReport(ctx context.Context, by petition.Actor, id petition.ID, version int, act petition.Act, now time.Time) error

	// PaperText is what a unit wrote in place of the shipped draft of a kind of paper, as
	// it was at an instant; "" where the shipped one holds.
	PaperText(ctx context.Context, unit petition.UnitID, kind petition.PaperKind, at time.Time) (string, error)
	// PaperTexts are all versions that the actor's unit wrote, newest first; SavePaperText
	// adds one to what was seen ("" goes back to the shipped draft), Conflict if another
	// came first. NotFound for all but office heads.
	PaperTexts(ctx context.Context, by petition.Actor) ([]PaperText, error)
	SavePaperText(ctx context.Context, by petition.Actor, kind petition.PaperKind, seen int, text string, now time.Time) error

	LedgerStore
	DutyStore
	LooseStore
	ReceptionStore
	PolicyStore
	UnitStore
	DisputeStore
	TeamStore
	IndicatorStore
	IssueStore
	AnnualStore
	InspectionStore
	AnalysisStore
	RuleStore
	LimitStore
	IncidentStore
	DeskStore
	AccountStore
	RightsStore
	AccountabilityStore

	Ping(ctx context.Context) error
}

// PaperText is a version of a unit's own draft.
type PaperText struct {
	Kind    petition.PaperKind
	Version int
	Text    string // "" where the unit went back to the shipped draft
	At      time.Time
	Name    string // who wrote it
}

// KeptForm is what was written on a page whose session ended meanwhile.
type KeptForm struct {
	Path   string
	Values url.Values
}

// Session is a signed-in member of staff.
type Session struct {
	Token   string // given once, at sign-in; the store keeps its hash
	ID      string // names it to EndSession; not the token
	Actor   petition.Actor
	Form    string // token that every POST must carry
	Login   string
	Changed bool // the password must be changed first
	Bound   bool // has a second factor
	Bare    bool // a second factor must be bound first
}

// SignedIn is a session as its owner sees it.
type SignedIn struct {
	ID    string // names it to EndSession; not the token
	Since time.Time
	Seen  time.Time
}

// Counts are the kept figures of a unit's queues: all that waits there, and what of it
// is the reader's own to do.
type Counts struct {
	All, Mine map[petition.Queue]int
	Notices   int // told by other units, and not read yet; for those who read them
}

// DueCounts tells how many open legs are due when: overdue, within three days, within
// seven (those of three among them), and all. Each is as long as the list that Queue
// gives for the same word as Due.
type DueCounts struct{ Over, Soon, Week, Open int }

// Colleague is somebody a case can be given to.
type Colleague struct {
	ID     petition.ID
	Name   string
	Office string // 内设机构
	Roles  []petition.Role
}

// QueueQuery asks for one page of a queue.
type QueueQuery struct {
	Queue   petition.Queue  // "" for all open
	Unit    petition.UnitID // a unit of the actor's subtree; "" for the actor's own
	Mine    bool            // only legs that the actor handles
	Todo    bool            // only what is the actor's own to do now, at his own unit
	Below   bool            // the unit and every unit below it, in one list
	Due     string          // "", over, soon, week
	Topic   string          // code or its first letter
	Track   petition.Track
	Channel petition.Channel
	State   petition.State
	Stage   string // petition.Stage, or Active
	From    string // day received, inclusive
	To      string
	After   string // cursor of the page before; "" for the first
	Limit   int
	Now     time.Time
}

// Active, as a Stage, is every stage but "passed on": each open case of a subtree is
// there once, at the unit where it lies.
const Active = "active"

// QueuePage is a page of a queue.
type QueuePage struct {
	Rows []QueueRow
	Next string // cursor; "" on the last page
}

// QueueRow is a leg in a list. The name is masked (周**).
type QueueRow struct {
	Case     petition.ID
	Leg      int
	Number   string
	Title    string
	Name     string
	Track    petition.Track
	Topic    petition.Topic
	Channel  petition.Channel
	State    petition.State
	Queue    petition.Queue
	Unit     petition.UnitID
	Handler  string
	Received time.Time
	Due      time.Time // zero if no clock runs
	Warn     time.Time
	Clock    petition.ClockKind
	Changed  time.Time
}

// OpenCount is one cell of the leader's table.
type OpenCount struct {
	Unit  petition.UnitID
	Stage string // petition.Stage
	Count int
	Over  int
	Soon  int // due within three days
	Old30 int // open for more than 30 days
	Old60 int
}

// Viewed is one logged view.
type Viewed struct {
	At      time.Time
	Name    string
	Unit    petition.UnitID
	What    string // identity, file, code
	Purpose string
}

// NoticeQuery asks for one page of notices: those before an instant and case.
type NoticeQuery struct {
	Before     time.Time
	BeforeCase petition.ID
}

// NoticePage is a page of notices, and how many nobody has taken note of, as kept.
type NoticePage struct {
	Rows   []Notice
	More   bool
	Unread int
}

// Notice is what another unit told ours about a matter that may come to us (来函告知).
// The case stays the other unit's: only what is needed to be prepared is here.
type Notice struct {
	Case     petition.ID
	N        int // the event
	At       time.Time
	From     petition.UnitID
	Number   string
	Channel  petition.Channel
	Received time.Time
	Title    string
	Name     string // masked
	Facts    string
	Request  string
	Why      string    // the sender's reasons
	Read     time.Time // zero until somebody has taken note of it
	Reader   string
}

// SearchQuery is what somebody looks for; empty fields ask for nothing.
type SearchQuery struct {
	Words   string // words of the text, all of which must stand in it
	About   string // words of the unit concerned (被反映单位)
	Name    string // of a petitioner, whole; needs a purpose
	Purpose string
	Unit    petition.UnitID // the unit and those below
	Topic   petition.Topic
	Track   petition.Track
	State   petition.State
	From    string // day of receipt
	To      string
	Before  int64 // where the next page begins, as given by the page before
}

// SearchPage is one page of hits, newest first.
type SearchPage struct {
	Rows   []QueueRow
	Next   int64 // 0 where there is no more
	Narrow bool  // many candidates were looked at: the words are too common
}

// TouchingSearch is a search for words that stand in a report.
type TouchingSearch struct {
	At     time.Time
	Name   string // who searched
	Unit   petition.UnitID
	Report petition.ID
}

// ReportRow is a report about a cadre in the compartment's list.
type ReportRow struct {
	ID       petition.ID
	Received time.Time
	Title    string
	Unit     petition.UnitID
	Number   string // random; "" before registration
	State    petition.CadreState
	Waits    bool               // for somebody's agreement
	Due      time.Time          // of the clock that ends first; zero where none runs
	Clock    petition.ClockKind // which
}

// ReportPage is one page of reports found, newest first.
type ReportPage struct {
	Rows   []ReportRow
	Next   int64 // 0 where there is no more
	Narrow bool  // many candidates were looked at: the words are too common
}

// PutDigest is a month's digest put to a leader.
type PutDigest struct {
	Month  string
	At     time.Time
	Leader string // name
}

// ReportFile is a report opened.
type ReportFile struct {
	ReportRow
	Version int // number of entries: what an act must have seen
	Cadre   *petition.CadreReport
	Filing  petition.Filing
	Later   []petition.Event // what followed: what the reporter added, or the case was before it was sealed up
	Wishes  []petition.NewsWay
	News    []NewsLine
}

// NewsLine is a message that told a petitioner of news. Where it went stands nowhere.
type NewsLine struct {
	For      string // "" the petitioner; else as in petition.NewsParty
	Way      petition.NewsWay
	State    petition.NewsState
	Gathered int // pieces of news that it told of
	Tries    int
	Due      time.Time // of the next try, while it waits
	Changed  time.Time
}
