package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestEveryCommandLineParses(t *testing.T) {
	keys := filepath.Join(t.TempDir(), "keys")
	for _, args := range [][]string{{"version"}, {"config", "--keys", keys, "--office-database", "mysql:u:hush@tcp(h)/d"}} {
		var out bytes.Buffer
		if err := run(t.Context(), args, &out); err != nil {
			t.Fatalf("%v: %v", args, err)
		}
		if strings.Contains(out.String(), "hush") || out.Len() == 0 {
			t.Errorf("%v printed %q", args, out.String())
		}
	}
}

// in are the folders of an installation.
func in(top string) []string {
	return []string{"--data", filepath.Join(top, "data"), "--keys", filepath.Join(top, "keys")}
}

// beginAt begins an installation that has its units.
func beginAt(t *testing.T, top string) {
	t.Helper()
	args := append([]string{"units", "import", filepath.Join("..", "..", "docs", "units.example.toml")}, in(top)...)
	if err := run(t.Context(), args, new(bytes.Buffer)); err != nil {
		t.Fatal(err)
	}
}

// What an operator's command needs is bound only when it runs.
func TestAnItemThatIsNotInQuarantineIsNamed(t *testing.T) {
	top := t.TempDir()
	beginAt(t, top)
	id := "06h0cgy02parzfkryyr766k25c"
	args := append([]string{"items", "retry", id}, in(top)...)
	if err := run(t.Context(), args, new(bytes.Buffer)); err == nil || !strings.Contains(err.Error(), "no item "+id) {
		t.Errorf("got %v", err)
	}
}

// A folder whose name was mistyped is told of and not made.
func TestAMistypedFolderIsNotFilled(t *testing.T) {
	top := t.TempDir()
	beginAt(t, top)
	data, keys := filepath.Join(top, "data"), filepath.Join(top, "keys")
	if err := run(t.Context(), append([]string{"staff", "list"}, in(top)...), new(bytes.Buffer)); err != nil {
		t.Fatalf("the right folders: %v", err)
	}
	for wrong, args := range map[string][]string{
		filepath.Join(top, "dta"): {"staff", "list", "--data", filepath.Join(top, "dta"), "--keys", keys},
		filepath.Join(top, "kys"): {"staff", "list", "--data", data, "--keys", filepath.Join(top, "kys")},
	} {
		err := run(t.Context(), args, new(bytes.Buffer))
		if err == nil || !strings.Contains(err.Error(), wrong) {
			t.Errorf("%v: %v", args, err)
		}
		if _, err := os.Stat(wrong); err == nil {
			t.Errorf("%s was made", wrong)
		}
	}
}

func TestKeysInsideTheDataFolderAreRefused(t *testing.T) {
	data := t.TempDir()
	err := run(t.Context(), []string{"verify", "--data", data, "--keys", filepath.Join(data, "keys")}, new(bytes.Buffer))
	if err == nil || !strings.Contains(err.Error(), "keys") {
		t.Errorf("got %v", err)
	}
}

func TestADemonstrationNeverBecomesReal(t *testing.T) {
	top := t.TempDir()
	demo := &config{Data: filepath.Join(top, "data"), Demo: true}
	if err := checkDemo(demo); err != nil {
		t.Fatal(err)
	}
	if err := checkDemo(&config{Data: demo.Data}); err == nil {
		t.Error("a demonstration's folder was taken for a real one")
	}
	if err := checkDemo(demo); err != nil {
		t.Errorf("the demonstration itself: %v", err)
	}
	beginAt(t, top)
	args := append([]string{"verify"}, in(top)...)
	if err := run(t.Context(), args, new(bytes.Buffer)); err != nil {
		t.Errorf("a command that only looks: %v", err)
	}
}

// What keeps a box from starting is named, whatever it is.
func TestWhatKeepsABoxFromStartingIsNamed(t *testing.T) {
	for want, spoil := range map[string]func(t *testing.T, keys string) []string{
		"office.key": func(t *testing.T, keys string) []string {
			if err := os.Chmod(filepath.Join(keys, "office.key"), 0o644); err != nil {
				t.Fatal(err)
			}
			return nil
		},
		"is missing": func(t *testing.T, keys string) []string {
			if err := os.Remove(filepath.Join(keys, "office.key")); err != nil {
				t.Fatal(err)
			}
			return nil
		},
		"office database": func(*testing.T, string) []string {
			return []string{"--office-database", "mysql:u:p@tcp(127.0.0.1:1)/x"}
		},
	} {
		top := t.TempDir()
		keys := filepath.Join(top, "keys")
		beginAt(t, top)
		args := append([]string{"verify"}, in(top)...)
		err := run(t.Context(), append(args, spoil(t, keys)...), new(bytes.Buffer))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v", want, err)
		}
		if _, err := os.Stat(filepath.Join(keys, "office.key")); want == "is missing" && err == nil {
			t.Error("a new key was written in place of the one that is missing")
		}
	}
}
