package desk_test

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"huiyin/cmd/desk"
	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
	"huiyin/sql/officedb"
	"huiyin/sql/storetest"
)

// typed makes what a person types at the password's question.
func typed(t *testing.T, line string) {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := write.WriteString(line + "\n"); err != nil {
		t.Fatal(err)
	}
	write.Close()
	before := os.Stdin
	os.Stdin = read
	t.Cleanup(func() { os.Stdin = before; read.Close() })
}

// oneUnit is an office with one unit and nobody in it.
func oneUnit(t *testing.T, db *sql.DB) (*officedb.Store, desk.Opener) {
	t.Helper()
	keys, err := exchange.NewOfficeKeys("box")
	if err != nil {
		t.Fatal(err)
	}
	return oneUnitWith(t, db, keys)
}

func oneUnitWith(t *testing.T, db *sql.DB, keys *exchange.OfficeKeys) (*officedb.Store, desk.Opener) {
	t.Helper()
	store, err := officedb.Open(t.Context(), officedb.Config{DB: db, Keys: keys, Portals: []string{"box"},
		Cost: officedb.Cost{Passes: 1, KiB: 64}})
	if err != nil {
		t.Fatal(err)
	}
	err = store.SaveUnits(t.Context(), []petition.Unit{{ID: "990000", Level: petition.Province, Name: "Department", Short: "D", Sign: "D"}}, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return store, func(context.Context) (*officedb.Store, func(), error) { return store, func() {}, nil }
}

// Everything wrong with a new account is said at once, in words and in both languages,
// and before anybody is asked for a password.
func TestEveryMistakeOfANewAccountIsNamed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, open func() *sql.DB) {
		_, opener := oneUnit(t, open())
		typed(t, "short")
		var out bytes.Buffer
		err := desk.StaffAdd{Login: "Ü!", Unit: "123456", Role: []string{"audit_admin", "handler"}}.Run(t.Context(), opener, &out)
		if err == nil {
			t.Fatal("an account was made")
		}
		if out.Len() > 0 {
			t.Errorf("asked before it was refused: %q", out.String())
		}
		weak := desk.StaffAdd{Login: "wang", Person: "王某", Unit: "990000", Role: []string{"handler"}}.Run(t.Context(), opener, &out)
		if weak == nil || !strings.HasSuffix(out.String(), ":\n") {
			t.Fatalf("%v after %q", weak, out.String())
		}
		said := err.Error() + "\n" + weak.Error()
		for _, want := range []string{"--login: ", "--person: ", "--unit: ", "--role: ", "password: ",
			"密码至少10个字符", "at least 10 characters", "没有这个单位", "管理员不能兼任其他岗位"} {
			if !strings.Contains(said, want) {
				t.Errorf("no %q in:\n%s", want, said)
			}
		}
		if strings.Contains(said, "problem.") || strings.Contains(said, "⟪") {
			t.Errorf("keys instead of words:\n%s", said)
		}
	})
}

// An unknown login is refused before anybody is asked for a password.
func TestNoPasswordIsAskedForAnUnknownLogin(t *testing.T) {
	storetest.Each(t, func(t *testing.T, open func() *sql.DB) {
		_, opener := oneUnit(t, open())
		typed(t, "a test needs no secret")
		var out bytes.Buffer
		err := desk.StaffPassword{Login: "nobody"}.Run(t.Context(), opener, &out)
		if err == nil || !strings.Contains(err.Error(), "没有这个账号") {
			t.Errorf("said: %v", err)
		}
		if out.Len() > 0 {
			t.Errorf("asked before it was refused: %q", out.String())
		}
	})
}

func TestAnOperatorKeepsAccounts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, open func() *sql.DB) {
		ctx := t.Context()
		store, opener := oneUnit(t, open())
		var out bytes.Buffer
		run := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		typed(t, "a test needs no secret")
		run(desk.StaffAdd{Login: "wang", Person: "王某", Unit: "990000", Role: []string{"system_admin"}}.Run(ctx, opener, &out))
		typed(t, "")
		run(desk.StaffPassword{Login: "wang"}.Run(ctx, opener, &out))
		_, password, _ := strings.Cut(out.String(), "the password is ")
		password, _, _ = strings.Cut(password, " ")
		if s, err := store.SignIn(ctx, "wang", password, "", time.Now()); err != nil || !s.Changed || !s.Bare {
			t.Errorf("with the new password: %+v %v", s, err)
		}
		if _, err := store.SetTOTP(ctx, "wang", "Huiyin", time.Now()); err != nil {
			t.Fatal(err)
		}
		run(desk.StaffTOTP{Login: "wang"}.Run(ctx, opener, &out))
		run(desk.StaffFactor{For: "nobody"}.Run(ctx, opener, &out))
		if s, err := store.SignIn(ctx, "wang", password, "", time.Now()); err != nil || s.Bare {
			t.Errorf("without a second factor: %+v %v", s, err)
		}
		run(desk.StaffRoles{Login: "wang", Role: []string{"handler", "registrar"}}.Run(ctx, opener, &out))
		out.Reset()
		run(desk.StaffList{}.Run(ctx, opener, &out))
		if got := out.String(); !strings.Contains(got, "wang") || !strings.Contains(got, "registrar,handler") || !strings.Contains(got, "to be changed") {
			t.Errorf("listed:\n%s", got)
		}
		run(desk.StaffDisable{Login: "wang"}.Run(ctx, opener, &out))
		if _, err := store.SignIn(ctx, "wang", password, "", time.Now()); !petition.Is(err, petition.Forbidden) {
			t.Errorf("a closed account: %v", err)
		}
		for _, err := range []error{desk.StaffDisable{Login: "nobody"}.Run(ctx, opener, &out), desk.StaffTOTP{Login: "nobody"}.Run(ctx, opener, &out)} {
			if err == nil || !strings.Contains(err.Error(), "没有这个账号") {
				t.Errorf("an unknown login: %v", err)
			}
		}
		if err := (desk.StaffFactor{For: "some"}).Run(ctx, opener, &out); err == nil || !strings.Contains(err.Error(), "administrators") {
			t.Errorf("an unknown policy: %v", err)
		}
	})
}
