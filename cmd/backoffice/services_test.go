package main

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"huiyin/sql/storetest"
)

// service is one of the two binaries at work.
type service struct {
	cmd *exec.Cmd
	at  string
}

func build(t *testing.T, folder string) {
	t.Helper()
	out, err := exec.Command("go", "build", "-o", folder+string(filepath.Separator), "huiyin/cmd/portal", "huiyin/cmd/backoffice").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// start runs a binary until the end of the test and waits for the address it prints.
func start(t *testing.T, binary string, args ...string) *service {
	t.Helper()
	s := &service{cmd: exec.Command(binary, args...)}
	s.cmd.Stderr = os.Stderr
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, at, found := strings.Cut(lines.Text(), "http://"); found {
			s.at = "http://" + at
			break
		}
	}
	if s.at == "" {
		t.Fatalf("%s ended without an address: %v", binary, s.cmd.Wait())
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	t.Cleanup(func() { _ = s.cmd.Process.Kill() })
	return s
}

// end asks the service to stop as an operator does and fails unless it drains.
func (s *service) end(t *testing.T) {
	t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- s.cmd.Wait() }()
	select {
	case err := <-done:
		if err != nil {
			t.Errorf("after SIGTERM: %v", err)
		}
	case <-time.After(15 * time.Second):
		t.Error("not drained within 15 s")
	}
}

func TestTwoServicesReachEachOtherThroughTheirDatabases(t *testing.T) {
	folder := t.TempDir()
	build(t, folder)
	engines := map[string]func(t *testing.T) string{
		"sqlite": func(t *testing.T) string { return storetest.SQLiteURL(t) },
		"mysql":  func(t *testing.T) string { return storetest.MySQLURL(t, storetest.Server(t)) },
	}
	for name, url := range engines {
		t.Run(name, func(t *testing.T) {
			keys, outside, inside := t.TempDir(), url(t), url(t)
			migrate := exec.Command(filepath.Join(folder, "portal"), "migrate", "--database", outside, "--keys", keys)
			if out, err := migrate.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			office := start(t, filepath.Join(folder, "backoffice"), "--demo", "--database", inside, "--mailbox", outside,
				"--keys", keys, "--portal-key", filepath.Join(keys, "portal.pub"), "--address", "127.0.0.1:0", "--admin", "127.0.0.1:0",
				"--index", filepath.Join(folder, "search.db"))
			portal := start(t, filepath.Join(folder, "portal"), "--database", outside, "--keys", keys,
				"--office-key", filepath.Join(keys, "office.pub"), "--address", "127.0.0.1:0", "--admin", "127.0.0.1:0")
			waitFor(t, portal.at+"/offices", "青溪区委组织部")
			waitFor(t, office.at+"/sign-in", "password")
			portal.end(t)
			office.end(t)
		})
	}
}

// waitFor asks for a page until the words stand on it.
func waitFor(t *testing.T, url, words string) {
	t.Helper()
	var last string
	for range 100 {
		r, err := http.Get(url)
		if err == nil {
			b, _ := io.ReadAll(r.Body)
			_ = r.Body.Close()
			if last = string(b); strings.Contains(last, words) {
				return
			}
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("%q never stood at %s:\n%s", words, url, last)
}
