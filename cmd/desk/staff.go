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
	"time"

	"huiyin/petition"
	"huiyin/sql/officedb"
	"huiyin/web"
)

// Staff keeps accounts.
type Staff struct {
	Add   StaffAdd   `cmd:"" help:"Make an account. The password is asked for on standard input, or made and printed if that is empty."`
	Reset StaffReset `cmd:"" help:"Give somebody a new password and end their sessions."`
	Off   StaffOff   `cmd:"" help:"Close an account and end its sessions."`
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
	password, made, err := readPassword(out)
	if err != nil {
		return err
	}
	in := officedb.NewStaff{Login: a.Login, Name: a.Person, Unit: petition.UnitID(a.Unit), Office: a.Inner,
		Password: password, Temp: true}
	for _, r := range a.Role {
		in.Roles = append(in.Roles, petition.Role(r))
	}
	if _, err := store.AddStaff(ctx, in, time.Now()); err != nil {
		return explained(err)
	}
	return told(out, "added "+a.Login, password, made)
}

// StaffReset gives an account a new password.
type StaffReset struct {
	Login string `arg:""`
}

// Run gives the account a password that must be changed at the next sign-in.
func (r StaffReset) Run(ctx context.Context, open Opener, out io.Writer) error {
	store, done, err := open(ctx)
	if err != nil {
		return err
	}
	defer done()
	password, made, err := readPassword(out)
	if err != nil {
		return err
	}
	if err := store.ResetPassword(ctx, r.Login, password, time.Now()); err != nil {
		return explained(err)
	}
	return told(out, "new password for "+r.Login, password, made)
}

// StaffOff closes an account.
type StaffOff struct {
	Login string `arg:""`
}

// Run closes the account.
func (o StaffOff) Run(ctx context.Context, open Opener) error {
	store, done, err := open(ctx)
	if err != nil {
		return err
	}
	defer done()
	return explained(store.DisableStaff(ctx, o.Login, time.Now()))
}

// readPassword reads one line of standard input; if there is none, it makes a
// password.
func readPassword(out io.Writer) (password string, made bool, err error) {
	fmt.Fprint(out, "password (empty: one is made): ")
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

// explained says in plain words what a rule refused at the command line.
func explained(err error) error {
	var known *petition.Error
	if !errors.As(err, &known) {
		return err
	}
	text, terr := web.NewCatalogue(web.Texts())
	if terr != nil {
		return errors.Join(err, terr)
	}
	var lines []string
	for _, p := range known.Problems {
		lines = append(lines, p.Field+": "+text.SayArgs("en", p.Key, p.Args))
	}
	if len(lines) == 0 {
		lines = []string{text.SayArgs("en", known.Key, known.Args)}
	}
	return errors.New(strings.Join(lines, "\n"))
}
