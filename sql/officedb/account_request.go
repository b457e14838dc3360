package officedb

import (
	"context"
	"strconv"
	"strings"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

const (
	requestWaits    = "waiting"
	requestApproved = "approved"
	requestRefused  = "refused"
)

type requestRow struct {
	ID        sql.ID     `db:"id"`
	Kind      string     `db:"kind"`
	Staff     sql.ID     `db:"staff"`
	Login     string     `db:"login"`
	Name      string     `db:"name"`
	Unit      string     `db:"unit"`
	Office    string     `db:"office"`
	Roles     string     `db:"roles"`
	Reason    []byte     `db:"reason"`
	Asker     string     `db:"asker"`
	Asked     sql.Moment `db:"asked_at"`
	State     string     `db:"state"`
	Decider   string     `db:"decider"`
	Decided   sql.Moment `db:"decided_at"`
	Answer    []byte     `db:"answer"`
	AskedByID sql.ID     `db:"asked_by"`
}

func requestPlace(id petition.ID, column string) []byte {
	return place("account_request", column, id[:])
}

// AskAccount puts a request of the system administrator before the security
// administrator. It fails with Invalid naming every mistake, with Conflict while an
// earlier request about the account waits, and with Forbidden about administrators.
func (s *Store) AskAccount(ctx context.Context, by petition.Actor, in backoffice.AccountRequest, now time.Time) (petition.ID, error) {
	sc, err := s.administrator(ctx, by, petition.SystemAdmin)
	if err != nil {
		return petition.ID{}, err
	}
	if in, err = s.completed(ctx, sc, in, now); err != nil {
		return petition.ID{}, err
	}
	if in.ID, err = newID(now); err != nil {
		return petition.ID{}, err
	}
	if in.Kind == backoffice.OpenAccount {
		if in.Account, err = newID(now); err != nil {
			return petition.ID{}, err
		}
	}
	return in.ID, s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		if err := noneWaits(ctx, tx, in); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `
			INSERT INTO account_request (id, kind, staff, login, name, unit, office, roles, reason,
				asked_by, asked_at, state, decided_by, decided_at, answer)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)`,
			in.ID, in.Kind, in.Account, in.Login, in.Name, in.Unit, in.Office, joinRoles(in.Roles),
			s.keys.master.Seal([]byte(in.Reason), requestPlace(in.ID, "reason")),
			sc.actor.Staff, now, requestWaits, sql.ID{}, []byte{})
		if err != nil {
			return err
		}
		return s.appendAudit(ctx, tx, s.entry(sc.act("asked_"+string(in.Kind), in.Account, s.inWords(in), now)))
	})
}

// noneWaits fails with Conflict while a request about the same account or login waits.
func noneWaits(ctx context.Context, tx sql.Tx, in backoffice.AccountRequest) error {
	var n int
	err := tx.Get(ctx, &n, `
		SELECT COUNT(*) FROM account_request WHERE state = ? AND (staff = ? OR login = ?)`, requestWaits, in.Account, in.Login)
	if err == nil && n > 0 {
		err = &petition.Error{Kind: petition.Conflict, Key: "error.request_waits"}
	}
	return err
}

// completed checks a request, and fills it from the account it is about.
func (s *Store) completed(ctx context.Context, sc scope, in backoffice.AccountRequest, now time.Time) (backoffice.AccountRequest, error) {
	in.Login, in.Reason = strings.ToLower(strings.TrimSpace(in.Login)), strings.TrimSpace(in.Reason)
	in.Name, in.Office = strings.TrimSpace(in.Name), strings.TrimSpace(in.Office)
	if in.Kind != backoffice.OpenAccount {
		acc, err := s.accountIn(ctx, sc, in.Account, now)
		if err != nil {
			return in, err
		}
		if isAdministrator(acc.Roles) {
			return in, &petition.Error{Kind: petition.Forbidden, Key: "error.admin_account"}
		}
		if acc.Active != (in.Kind == backoffice.ChangeAccount) {
			return in, &petition.Error{Kind: petition.Conflict, Key: "error.account_stands"}
		}
		in.Login = acc.Login
		if err := s.leavesNothing(ctx, in); err != nil {
			return in, err
		}
	}
	wrong, err := s.mistakes(ctx, NewStaff{Login: in.Login, Name: in.Name, Unit: in.Unit, Office: in.Office, Roles: in.Roles},
		in.Kind == backoffice.OpenAccount)
	if err != nil {
		return in, err
	}
	if isAdministrator(in.Roles) {
		wrong = append(wrong, petition.Problem{Field: "roles", Key: "problem.admin_role"})
	}
	if len(wrong) == 0 {
		if unit, err := s.unitBelow(ctx, sc, in.Unit); err != nil {
			return in, err
		} else if !unit {
			wrong = append(wrong, petition.Problem{Field: "unit", Key: "problem.unit_unknown"})
		}
	}
	if in.Reason == "" {
		wrong = append(wrong, petition.Problem{Field: "why", Key: "problem.account_why"})
	}
	return in, refused(wrong)
}

// leavesNothing fails with Invalid where somebody would go to another unit while legs of
// this one are in his hands: they are handed over first. What a merger took to the new
// unit goes with him.
func (s *Store) leavesNothing(ctx context.Context, in backoffice.AccountRequest) error {
	var n int
	err := s.db.Get(ctx, &n, `SELECT COUNT(*) FROM leg l WHERE`+heldLeg+`AND l.unit <> ?`, in.Account, in.Unit)
	if err != nil || n == 0 {
		return err
	}
	return &petition.Error{Kind: petition.Invalid, Key: "error.check_form", Problems: []petition.Problem{
		{Field: "unit", Key: "problem.account_holds", Args: map[string]string{"n": strconv.Itoa(n)}}}}
}

// unitBelow tells whether a unit lies in the subtree.
func (s *Store) unitBelow(ctx context.Context, sc scope, unit petition.UnitID) (bool, error) {
	low, high := subtree(sc.path)
	var n int
	err := s.db.Get(ctx, &n, `SELECT COUNT(*) FROM unit WHERE id = ? AND path >= ? AND path < ?`, unit, low, high)
	return n > 0, err
}

// inWords is what a request asks for, as the log keeps it.
func (s *Store) inWords(in backoffice.AccountRequest) string {
	return strings.Join([]string{in.Login, in.Name, string(in.Unit), in.Office, joinRoles(in.Roles), in.Reason}, " | ")
}

const requestColumns = `
	SELECT q.id, q.kind, q.staff, q.login, q.name, q.unit, q.office, q.roles, q.reason, q.asked_by, q.asked_at,
		q.state, q.decided_at, q.answer, COALESCE(a.name, '') AS asker, COALESCE(d.name, '') AS decider
	FROM account_request q
	JOIN unit u ON u.id = q.unit
	LEFT JOIN staff a ON a.id = q.asked_by
	LEFT JOIN staff d ON d.id = q.decided_by
	WHERE u.path >= ? AND u.path < ?`

// Requests lists what waits for a decision, or what was decided: newest first, from the
// one before the given id. NotFound for everybody but the system and the security
// administrator.
func (s *Store) Requests(ctx context.Context, by petition.Actor, waiting bool, before petition.ID) (backoffice.RequestPage, error) {
	var page backoffice.RequestPage
	sc, err := s.administrator(ctx, by, keepers...)
	if err != nil {
		return page, err
	}
	low, high := subtree(sc.path)
	var rows []requestRow
	err = s.db.Select(ctx, &rows, requestColumns+`
		AND ((? = 1 AND q.state = 'waiting') OR (? = 0 AND q.state <> 'waiting'))
		AND (? = 1 OR q.id < ?) ORDER BY q.id DESC LIMIT ?`,
		low, high, waiting, waiting, before.IsZero(), before, pageSize+1)
	if err != nil {
		return page, err
	}
	page.More = len(rows) > pageSize
	for _, r := range rows[:min(len(rows), pageSize)] {
		one, err := s.openRequest(r)
		if err != nil {
			return page, err
		}
		page.Rows = append(page.Rows, one)
	}
	return page, nil
}

// Request reads one; it fails like Requests.
func (s *Store) Request(ctx context.Context, by petition.Actor, id petition.ID) (backoffice.AccountRequest, error) {
	sc, err := s.administrator(ctx, by, keepers...)
	if err != nil {
		return backoffice.AccountRequest{}, err
	}
	return s.requestIn(ctx, sc, id)
}

func (s *Store) requestIn(ctx context.Context, sc scope, id petition.ID) (backoffice.AccountRequest, error) {
	low, high := subtree(sc.path)
	var row requestRow
	if err := s.db.Get(ctx, &row, requestColumns+` AND q.id = ?`, low, high, id); err != nil {
		return backoffice.AccountRequest{}, err
	}
	return s.openRequest(row)
}

func (s *Store) openRequest(r requestRow) (backoffice.AccountRequest, error) {
	id := petition.ID(r.ID)
	out := backoffice.AccountRequest{ID: id, Kind: backoffice.RequestKind(r.Kind), Account: petition.ID(r.Staff),
		Login: r.Login, Name: r.Name, Unit: petition.UnitID(r.Unit), Office: r.Office, Asker: r.Asker,
		Asked: r.Asked.Time, State: r.State, Decider: r.Decider}
	for _, role := range strings.Fields(r.Roles) {
		out.Roles = append(out.Roles, petition.Role(role))
	}
	reason, err := s.keys.master.Open(r.Reason, requestPlace(id, "reason"))
	if err != nil {
		return out, err
	}
	out.Reason = string(reason)
	if r.State == requestWaits {
		return out, nil
	}
	out.Decided = r.Decided.Time
	answer, err := s.keys.master.Open(r.Answer, requestPlace(id, "answer"))
	out.Answer = string(answer)
	return out, err
}

// DecideRequest approves or refuses what the system administrator asked; the security
// administrator does it, never about the own account. An account that comes into use
// gets a one-time password, which is returned and kept nowhere. It fails with Conflict
// if it was decided meanwhile, and like AskAccount if it cannot be done any more.
func (s *Store) DecideRequest(ctx context.Context, by petition.Actor, id petition.ID, approve bool, answer string, now time.Time) (string, error) {
	sc, err := s.administrator(ctx, by, petition.SecurityAdmin)
	if err != nil {
		return "", err
	}
	in, err := s.requestIn(ctx, sc, id)
	if err != nil {
		return "", err
	}
	if in.State != requestWaits {
		return "", &petition.Error{Kind: petition.Conflict, Key: "error.request_decided"}
	}
	if in.Account == sc.actor.Staff {
		return "", &petition.Error{Kind: petition.Forbidden, Key: "error.admin_account"}
	}
	d := decision{sc: sc, in: in, state: requestRefused, answer: strings.TrimSpace(answer), now: now}
	if !approve {
		if d.answer == "" {
			return "", invalid("answer", "problem.account_answer")
		}
		return "", s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error { return s.decideRequest(ctx, tx, d) })
	}
	if _, err := s.completed(ctx, sc, in, now); err != nil {
		return "", err
	}
	password, hash := "", ""
	if in.Kind != backoffice.ChangeAccount {
		password = oneTimePassword()
		if hash, err = s.hasher.hash(ctx, password); err != nil {
			return "", err
		}
	}
	d.state = requestApproved
	err = s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error {
		if err := s.decideRequest(ctx, tx, d); err != nil {
			return err
		}
		return s.carryOut(ctx, tx, in, hash, now)
	})
	if sql.Duplicate(err) {
		return "", invalid("login", "problem.login_taken")
	}
	return password, err
}

// decision is how a request ends.
type decision struct {
	sc     scope
	in     backoffice.AccountRequest
	state  string
	answer string
	now    time.Time
}

func (s *Store) decideRequest(ctx context.Context, tx sql.Tx, d decision) error {
	rows, err := tx.Exec(ctx, `
		UPDATE account_request SET state = ?, decided_by = ?, decided_at = ?, answer = ? WHERE id = ? AND state = ?`,
		d.state, d.sc.actor.Staff, d.now, s.keys.master.Seal([]byte(d.answer), requestPlace(d.in.ID, "answer")),
		d.in.ID, requestWaits)
	if err != nil {
		return err
	}
	if rows == 0 {
		return &petition.Error{Kind: petition.Conflict, Key: "error.request_decided"}
	}
	why := s.inWords(d.in)
	if d.answer != "" {
		why += " | " + d.answer
	}
	return s.appendAudit(ctx, tx, s.entry(d.sc.act(d.state+"_"+string(d.in.Kind), d.in.Account, why, d.now)))
}

// carryOut does what was approved.
func (s *Store) carryOut(ctx context.Context, tx sql.Tx, in backoffice.AccountRequest, hash string, now time.Time) error {
	if in.Kind == backoffice.OpenAccount {
		return insertStaff(ctx, tx, in.Account, NewStaff{Login: in.Login, Name: in.Name, Unit: in.Unit, Office: in.Office,
			Roles: in.Roles, Hash: hash, Temp: true}, now)
	}
	_, err := tx.Exec(ctx, `UPDATE staff SET name = ?, unit = ?, office = ? WHERE id = ?`, in.Name, in.Unit, in.Office, in.Account)
	if err != nil {
		return err
	}
	if in.Kind == backoffice.ReopenAccount { // with nothing of what it was opened with before
		_, err := tx.Exec(ctx, `
			UPDATE staff SET active = 1, password = ?, must_change = 1, totp = ?, totp_step = 0, changed_at = ? WHERE id = ?`,
			hash, []byte{}, now, in.Account)
		if err != nil {
			return err
		}
	}
	return replaceRoles(ctx, tx, in.Account, in.Roles)
}

func joinRoles(roles []petition.Role) string {
	words := make([]string, len(roles))
	for i, r := range roles {
		words[i] = string(r)
	}
	return strings.Join(words, " ")
}
