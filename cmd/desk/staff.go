package desk

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql/officedb"
	"huiyin/web"
)

// Staff keeps accounts. Those of officers can be kept from the pages too, by two of the
// three administrators; those of the three only here.
type Staff struct {
	Add          StaffAdd      `cmd:"" help:"Make an account. The password is asked for on standard input, or made and printed if that is empty."`
	List         StaffList     `cmd:"" help:"List the accounts: login, name, unit, roles, state."`
	Roles        StaffRoles    `cmd:"" help:"Appoint somebody anew."`
	Password     StaffPassword `cmd:"" aliases:"reset" help:"Give somebody a new password and end their sessions."`
	TOTPReset    StaffTOTP     `cmd:"" name:"totp-reset" help:"Unbind somebody's second factor and end their sessions."`
	Disable      StaffDisable  `cmd:"" aliases:"off" help:"Close an account and end its sessions."`
	SecondFactor StaffFactor   `cmd:"" name:"second-factor" help:"Say who must bind a second factor before anything else: all (as it is outside a demonstration), administrators or nobody."`
}

// StaffAdd makes an account.
type StaffAdd struct {
	Login  string   `required:"" help:"2-40 of a-z 0-9 . _ -"`
	Person string   `required:"" help:"Full name."`
	Unit   string   `required:"" help:"Code of the unit."`
	Inner  string   `name:"inner-office" help:"Inner office (内设机构)."`
	Role   []string `required:"" help:"One or more of: registrar, office_head, handler, unit_head, leader, cadre, auditor, supervisor; or one alone of: system_admin, security_admin, audit_admin."`
}

// Run makes the account; its password must be changed at the first sign-in.
func (a StaffAdd) Run(ctx context.Context, open Opener, out io.Writer) error {
	store, done, err := open(ctx)
	if err != nil {
		return err
	}
	defer done()
	in := officedb.NewStaff{Login: a.Login, Name: a.Person, Unit: petition.UnitID(a.Unit), Office: a.Inner,
		Temp: true, Roles: roles(a.Role)}
	if err := store.CheckStaff(ctx, in); err != nil {
		return explained(err)
	}
	password, made, err := readPassword(out)
	if err != nil {
		return err
	}
	in.Password = password
	if _, err := store.AddStaff(ctx, in, time.Now()); err != nil {
		return explained(err)
	}
	return told(out, "added "+a.Login, password, made)
}

// StaffPassword gives an account a new password.
type StaffPassword struct {
	Login string `arg:""`
}

// Run gives the account a password that must be changed at the next sign-in.
func (r StaffPassword) Run(ctx context.Context, open Opener, out io.Writer) error {
	store, done, err := open(ctx)
	if err != nil {
		return err
	}
	defer done()
	if err := store.CheckLogin(ctx, r.Login); err != nil {
		return explained(err)
	}
	password, made, err := readPassword(out)
	if err != nil {
		return err
	}
	if err := store.ResetPassword(ctx, r.Login, password, time.Now()); err != nil {
		return explained(err)
	}
	return told(out, "new password for "+r.Login, password, made)
}

// StaffDisable closes an account.
type StaffDisable struct {
	Login string `arg:""`
}

// Run closes the account.
func (o StaffDisable) Run(ctx context.Context, open Opener, out io.Writer) error {
	return change(ctx, open, out, "closed "+o.Login, func(s *officedb.Store) error {
		return s.DisableStaff(ctx, o.Login, time.Now())
	})
}

// StaffTOTP unbinds a second factor.
type StaffTOTP struct {
	Login string `arg:""`
}

// Run unbinds it.
func (o StaffTOTP) Run(ctx context.Context, open Opener, out io.Writer) error {
	return change(ctx, open, out, "no second factor is bound to "+o.Login+" now", func(s *officedb.Store) error {
		return s.UnbindTOTP(ctx, o.Login, time.Now())
	})
}

// StaffRoles appoints somebody anew.
type StaffRoles struct {
	Login string   `arg:""`
	Role  []string `required:"" help:"All that the account is to hold from now on; see add."`
}

// Run appoints them.
func (o StaffRoles) Run(ctx context.Context, open Opener, out io.Writer) error {
	return change(ctx, open, out, o.Login+" holds: "+strings.Join(o.Role, ", "), func(s *officedb.Store) error {
		return s.SetRoles(ctx, o.Login, roles(o.Role), time.Now())
	})
}

// StaffFactor says who must bind a second factor.
type StaffFactor struct {
	For string `arg:"" help:"all, administrators or nobody."`
}

// Run says it.
func (o StaffFactor) Run(ctx context.Context, open Opener, out io.Writer) error {
	return change(ctx, open, out, "a second factor must be bound by: "+o.For, func(s *officedb.Store) error {
		return s.SetFactorPolicy(ctx, officedb.FactorPolicy(o.For), time.Now())
	})
}

// StaffList lists the accounts.
type StaffList struct{}

// Run prints a line for each account.
func (StaffList) Run(ctx context.Context, open Opener, out io.Writer) error {
	store, closeIt, err := open(ctx)
	if err != nil {
		return err
	}
	defer closeIt()
	all, err := store.AllStaff(ctx, time.Now())
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "LOGIN\tUNIT\tROLES\tSTATE\tSECOND FACTOR\tNAME")
	for _, a := range all {
		state, factor, held := "in use", "none", make([]string, len(a.Roles))
		switch {
		case !a.Active:
			state = "closed"
		case a.Temporary:
			state = "password to be changed"
		}
		if a.Bound {
			factor = "bound"
		}
		for i, r := range a.Roles {
			held[i] = string(r)
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n", a.Login, a.Unit, strings.Join(held, ","), state, factor, a.Name)
	}
	return table.Flush()
}

// change does something to an account and says so.
func change(ctx context.Context, open Opener, out io.Writer, what string, do func(s *officedb.Store) error) error {
	store, closeIt, err := open(ctx)
	if err != nil {
		return err
	}
	defer closeIt()
	if err := do(store); err != nil {
		return explained(err)
	}
	_, err = fmt.Fprintln(out, what)
	return err
}

func roles(words []string) []petition.Role {
	all := make([]petition.Role, len(words))
	for i, r := range words {
		all[i] = petition.Role(strings.TrimSpace(r))
	}
	return all
}

// readPassword reads one line of standard input; if there is none, it makes a
// password.
func readPassword(out io.Writer) (password string, made bool, err error) {
	fmt.Fprintln(out, "password (empty: one is made):")
	line, err := bufio.NewReader(os.Stdin).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", false, fmt.Errorf("read the password: %w", err)
	}
	if line = strings.TrimRight(line, "\r\n"); line != "" {
		return line, false, nil
	}
	return rand.Text(), true, nil
}

// told says what was done, and once the password that was made for it.
func told(out io.Writer, what, password string, made bool) error {
	if made {
		what += "\nthe password is " + password + " (write it down; it is not shown again)"
	}
	_, err := fmt.Fprintln(out, what)
	return err
}

// flags are what a field of an account is called at the command line.
var flags = map[string]string{"login": "--login", "name": "--person", "unit": "--unit", "office": "--inner-office",
	"roles": "--role", "password": "password", "for": "FOR"}

// explained says in plain words, Chinese first, everything that a rule refused at the
// command line.
func explained(err error) error {
	var known *petition.Error
	if !errors.As(err, &known) {
		return err
	}
	text, terr := web.NewCatalogue(web.Texts(), backoffice.Texts())
	if terr != nil {
		return errors.Join(err, terr)
	}
	say := func(key string, args map[string]string) string {
		said := make([]string, len(web.Languages))
		for i, lang := range web.Languages {
			said[i] = text.SayArgs(lang, key, args)
		}
		return strings.Join(said, " / ")
	}
	if known.Kind == petition.NotFound {
		return errors.New(say("desk.no_account", nil))
	}
	var lines []string
	for _, p := range known.Problems {
		field := flags[p.Field]
		if field == "" {
			field = p.Field
		}
		lines = append(lines, field+": "+say(p.Key, p.Args))
	}
	if len(lines) == 0 {
		lines = []string{say(known.Key, known.Args)}
	}
	return errors.New(strings.Join(lines, "\n"))
}
