package backoffice

import (
	"context"
	"time"

	"huiyin/petition"
)

// AccountStore is what the three administrators (三员) and each officer, for the own
// account, may ask of the database. To everybody else it answers NotFound. None of it
// shows anything of a case but, to the audit administrator, its number.
type AccountStore interface {
	// OfferCode makes the secret of a second factor, or opens again one that was offered
	// to the actor within the half hour; nothing is stored. BindCode stores it once a
	// code made from it, the password and, where one is bound already, its code were
	// given. Every other session of the account ends.
	OfferCode(ctx context.Context, by petition.Actor, issuer, sealed string, now time.Time) (CodeOffer, error)
	BindCode(ctx context.Context, s Session, b CodeBinding, now time.Time) error

	// For the system and the security administrator.
	Accounts(ctx context.Context, by petition.Actor, q AccountQuery) (AccountPage, error)
	Account(ctx context.Context, by petition.Actor, id petition.ID, now time.Time) (Account, error)
	Requests(ctx context.Context, by petition.Actor, waiting bool, before petition.ID) (RequestPage, error)
	Request(ctx context.Context, by petition.Actor, id petition.ID) (AccountRequest, error)

	// For the system administrator. UnitStaff counts active accounts by role and, under
	// the empty role, all of them.
	UnitStaff(ctx context.Context, by petition.Actor) (map[petition.UnitID]map[petition.Role]int, error)
	AskAccount(ctx context.Context, by petition.Actor, in AccountRequest, now time.Time) (petition.ID, error)
	CloseAccount(ctx context.Context, by petition.Actor, id petition.ID, why string, now time.Time) error
	EndAccountSessions(ctx context.Context, by petition.Actor, id petition.ID, why string, now time.Time) error

	// For the security administrator. A one-time password is returned, and kept nowhere.
	DecideRequest(ctx context.Context, by petition.Actor, id petition.ID, approve bool, answer string, now time.Time) (password string, err error)
	ResetAccount(ctx context.Context, by petition.Actor, id petition.ID, why string, now time.Time) (password string, err error)
	UnbindAccount(ctx context.Context, by petition.Actor, id petition.ID, why string, now time.Time) error

	// For the audit administrator. ExportAudit counts it as a list that
	// is taken out, and records it with its purpose.
	AuditLog(ctx context.Context, by petition.Actor, q AuditQuery) (AuditPage, error)
	ExportAudit(ctx context.Context, by petition.Actor, q AuditQuery, purpose string, most int, now time.Time) (AuditPage, error)
	LogState(ctx context.Context, by petition.Actor) (LogState, error)
	// CheckLog verifies the whole record; Unavailable if that takes too long or is
	// already under way.
	CheckLog(ctx context.Context, by petition.Actor, now time.Time) (LogCheck, error)
}

// CodeOffer is a second factor that is not bound yet.
type CodeOffer struct {
	URL    string // otpauth://…, for the QR code
	Secret string // to be typed instead, base 32
	Sealed string // names the offer to OfferCode and BindCode
	Bound  bool   // there is one already, which this one would replace
}

// CodeBinding is what is given to bind a second factor.
type CodeBinding struct {
	Sealed   string
	Code     string // made from the offered secret
	Old      string // of the factor bound now; "" if there is none
	Password string
}

// AccountQuery asks for one page of accounts.
type AccountQuery struct {
	Text  string // part of a login or name
	Unit  petition.UnitID
	Role  petition.Role
	State string // "", active, closed, temporary (one-time password not changed yet), bare (no second factor)
	After string // login; "" for the first page
	Now   time.Time
}

// AccountPage is a page of accounts.
type AccountPage struct {
	Rows []Account
	Next string // login to go on from; "" on the last page
}

// Account is somebody's account as an administrator sees it.
type Account struct {
	ID        petition.ID
	Login     string
	Name      string
	Unit      petition.UnitID
	Office    string
	Roles     []petition.Role
	Active    bool
	Temporary bool // its password must be changed at the next sign-in
	Bound     bool // has a second factor
	Made      time.Time
	Changed   time.Time
	Sessions  int         // signed in now
	Request   petition.ID // that waits about it; zero if none
	Holds     int         // legs in hand, which must be handed over before it is closed
}

// RequestKind is what the system administrator asks for.
type RequestKind string

const (
	OpenAccount   RequestKind = "open"   // 开户
	ChangeAccount RequestKind = "change" // 调整岗位或者单位
	ReopenAccount RequestKind = "reopen" // 恢复使用
)

// AccountRequest is asked by the system administrator and decided by the security
// administrator.
type AccountRequest struct {
	ID      petition.ID
	Kind    RequestKind
	Account petition.ID
	Login   string
	Name    string
	Unit    petition.UnitID
	Office  string
	Roles   []petition.Role
	Reason  string

	Asker   string
	Asked   time.Time
	State   string // waiting, approved, refused
	Decider string
	Decided time.Time
	Answer  string
}

// RequestPage is a page of requests, newest first.
type RequestPage struct {
	Rows []AccountRequest
	More bool
}

// AuditQuery asks for one page of the audit log.
type AuditQuery struct {
	Login  string // who did it, or whose account it was done to
	Action string // one of AuditActions, or the name of one of AuditBooks
	Number string // of a case
	From   string // day, inclusive
	To     string
	After  string // cursor; "" for the first page
}

// AuditPage is a page of the log, newest first.
type AuditPage struct {
	Rows []AuditRow
	Next string // cursor; "" on the last page
}

// AuditRow is one entry. What officers wrote down when they looked into a case is not
// in it: that may speak of the case.
type AuditRow struct {
	At     time.Time
	Action string
	Login  string // "" at the command line
	Name   string
	Unit   petition.UnitID
	About  string // login of the account it was done to
	Number string // of the case
	Note   string // of acts on accounts: what was asked for, and why
}

// LogState is the newest signed head of the log of record.
type LogState struct {
	Number  int64 // 0: none yet
	Size    int64
	At      time.Time
	Waiting int64 // entries without a position
}

// LogCheck is what verifying the whole record gave.
type LogCheck struct {
	At      time.Time
	Took    time.Duration
	Entries int64
	Heads   int64
	Waiting int64
	Broken  string // "": whole; else office, log or record: where the first entry is that was changed
	N       int64  // that entry, in the office's audit log
}

// AuditBooks are the ledgers that the office's log holds (domain §5.2): who looked at what
// (查看记录), and what was copied out (拷贝记录): a file that somebody opens is a copy too.
var AuditBooks = map[string][]string{
	"book_access": {"identity", "file", "code", "asked", "incidents_read"},
	"book_copies": {"file", "ledger_exported", "audit_exported"},
}

// AuditActions are what the office's log can hold, as the filter lists them.
var AuditActions = []string{"sign_in", "sign_in_throttled", "sign_out", "session_ended", "password_changed", "second_factor",
	"identity", "file", "code", "notice", "asked",
	"asked_open", "asked_change", "asked_reopen", "approved_open", "approved_change", "approved_reopen",
	"refused_open", "refused_change", "refused_reopen", "account_added", "account_roles", "account_disabled",
	"sessions_ended", "password_reset", "factor_unbound", "factor_policy", "audit_exported", "log_checked", "ledger_exported", "ledger_imported",
	"merger_asked", "merger_approved", "merger_refused", "unit_closed", "unit_card", "limits_applied", "limits_dropped", "incidents_read",
	"inspection_ask", "inspection_head", "inspection_leader", "inspection_names", "inspection_no_names", "inspection_refuse", "inspection_take"}
