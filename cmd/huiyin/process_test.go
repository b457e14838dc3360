package main

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"huiyin/exchange"
	"huiyin/web"
)

// beTheProgram, set in the environment, makes this test binary the program itself.
const beTheProgram = "HUIYIN_TEST_PROGRAM"

// process is the program at work in a process of its own, with the demonstration world
// on SQLite.
type process struct {
	cmd                   *exec.Cmd
	portal, office, admin string // host and port
	ended                 chan error
}

func processConfig(t *testing.T) *config {
	t.Helper()
	return benchConfig(filepath.Join(t.TempDir(), "box"))
}

// startProcess starts the program and waits for the addresses that it prints.
func startProcess(t *testing.T, c *config) *process {
	t.Helper()
	p := &process{cmd: exec.Command(os.Args[0], "--demo", "--data", c.Data, "--keys", c.Keys, "--proxies", "127.0.0.1",
		"--portal", "127.0.0.1:0", "--office", "127.0.0.1:0", "--admin", "127.0.0.1:0"), ended: make(chan error, 1)}
	p.cmd.Env = append(os.Environ(), beTheProgram+"=yes")
	p.cmd.Stderr = t.Output()
	out, err := p.cmd.StdoutPipe()
	must(t, err)
	must(t, p.cmd.Start())
	t.Cleanup(func() { _ = p.cmd.Process.Kill() })
	lines := bufio.NewScanner(out)
	for p.admin == "" && lines.Scan() {
		name, at, found := strings.Cut(lines.Text(), "http://")
		switch name = strings.TrimSpace(name); {
		case !found:
		case name == "portal":
			p.portal = at
		case name == "back office":
			p.office = at
		case name == "health":
			p.admin = strings.TrimSuffix(at, "/readyz")
		}
	}
	if p.admin == "" {
		t.Fatalf("it ended without addresses: %v", p.cmd.Wait())
	}
	go func() {
		_, _ = io.Copy(io.Discard, out)
		p.ended <- p.cmd.Wait()
	}()
	p.untilItKnowsItsUnits(t)
	return p
}

// untilItKnowsItsUnits waits until the portal has the office's directory.
func (p *process) untilItKnowsItsUnits(t *testing.T) {
	t.Helper()
	for range 200 {
		if _, page := status(t, p.portal, "/offices"); strings.Contains(page, openUnit(t).Name) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("the portal has no directory")
}

// terminate asks the program to stop, as an operator does.
func (p *process) terminate(t *testing.T) {
	t.Helper()
	must(t, p.cmd.Process.Signal(syscall.SIGTERM))
}

// wait fails unless the program ends by itself, and well.
func (p *process) wait(t *testing.T) {
	t.Helper()
	select {
	case err := <-p.ended:
		must(t, err)
	case <-time.After(20 * time.Second):
		t.Fatal("it has not ended after 20 s")
	}
}

// kill ends the program as a power cut does.
func (p *process) kill(t *testing.T) {
	t.Helper()
	must(t, p.cmd.Process.Kill())
	<-p.ended
}

// status asks an address for a page.
func status(t *testing.T, at, path string) (int, string) {
	t.Helper()
	r, err := http.Get("http://" + at + path)
	must(t, err)
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	must(t, err)
	return r.StatusCode, string(b)
}

// untilClosed waits until nobody new is let in at the address.
func untilClosed(t *testing.T, at string) {
	t.Helper()
	for range 500 {
		line, err := net.Dial("tcp", at)
		if err != nil {
			return
		}
		_ = line.Close()
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("%s still lets people in", at)
}

// captchaReader reads the captchas of the program with these keys.
func captchaReader(t *testing.T, c *config) func(captcha string) (string, error) {
	t.Helper()
	keys, err := exchange.EnsurePortalKeys(c.Keys, installation)
	must(t, err)
	captchas, err := web.NewCaptchas(exchange.Key(keys.Secret()).Derive("portal captcha"), time.Now)
	must(t, err)
	return captchas.Answer
}
