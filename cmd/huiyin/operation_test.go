package main

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"huiyin/backoffice"
	"huiyin/demo"
	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// Health and figures are on the operator's own address, and nowhere else.
func TestHealthIsOnTheOperatorsAddressOnly(t *testing.T) {
	p := startProcess(t, processConfig(t))
	for path, want := range map[string]string{"/livez": "ok", "/readyz": "ok", "/metrics": "go_goroutines "} {
		if code, body := status(t, p.admin, path); code != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%s answers %d %.200s", path, code, body)
		}
		for name, at := range map[string]string{"the portal": p.portal, "the back office": p.office} {
			if code, body := status(t, at, path); code == http.StatusOK && strings.Contains(body, want) {
				t.Errorf("%s tells %s", name, path)
			}
		}
	}
	p.terminate(t)
	p.wait(t)
}

// Somebody is just submitting when the operator stops the program: nobody new is let
// in, the load balancer is told, and the filing is taken and acknowledged.
func TestAFilingUnderWayIsFinishedOnSIGTERM(t *testing.T) {
	c := processConfig(t)
	p := startProcess(t, c)
	v := visit(t, p.portal)
	defer v.close()
	sheet, err := write(v, 0, openUnit(t))
	must(t, err)
	form, err := v.check(sheet, captchaReader(t, c))
	must(t, err)
	body := form.Encode()
	_, err = fmt.Fprintf(v.line, "POST /file/submit HTTP/1.1\r\nHost: bench\r\n%sExpect: 100-continue\r\n"+
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n", sheet.headers, len(body))
	must(t, err)
	goOn, err := v.read() // the program is at work on it and waits for the body
	if err != nil || goOn.status != http.StatusContinue {
		t.Fatalf("%d %v", goOn.status, err)
	}
	p.terminate(t)
	untilClosed(t, p.portal)
	if code, _ := status(t, p.admin, "/readyz"); code != http.StatusServiceUnavailable {
		t.Errorf("ready for more while it stops: %d", code)
	}
	_, err = v.line.Write([]byte(body))
	must(t, err)
	sent, err := v.read()
	must(t, err)
	must(t, sent.acknowledged())
	p.wait(t)

	again := startProcess(t, c)
	back := visit(t, again.portal)
	defer back.close()
	code, err := back.codeOf(sheet)
	must(t, err)
	must(t, back.finds(code, 0))
	again.terminate(t)
	again.wait(t)
}

// The power goes while people submit. Afterwards everybody who was shown to the receipt
// has one and can follow the case; the others press again; and the office has each
// petition once.
func TestNothingAcknowledgedIsLostWhenThePowerGoes(t *testing.T) {
	const people, before = 24, 9
	c := processConfig(t)
	p := startProcess(t, c)
	answer := captchaReader(t, c)
	unit := openUnit(t)
	papers := make([]paper, people)
	visits(t, p.portal, 4, people, func(v *visitor, i int) (err error) {
		papers[i], err = write(v, i, unit)
		return err
	})
	acknowledged := submitUntilKilled(t, p, papers, before, answer)

	p = startProcess(t, c)
	again := 0
	visits(t, p.portal, 1, people, func(v *visitor, i int) error {
		code, err := v.codeOf(papers[i])
		if err != nil && acknowledged[i] {
			return fmt.Errorf("receipt %d was acknowledged and is lost: %w", i, err)
		}
		if err != nil {
			again++
			form, err := v.check(papers[i], answer)
			if err != nil {
				return err
			}
			if err := v.send(papers[i], form); err != nil {
				return err
			}
			if code, err = v.codeOf(papers[i]); err != nil {
				return err
			}
		}
		return v.finds(code, i)
	})
	if again == 0 || again > people-before {
		t.Errorf("%d of %d had to press again: the power did not go in the middle", again, people)
	}
	p.terminate(t)
	p.wait(t)
	onceEach(t, c, unit.ID, people)
}

// submitUntilKilled has four people at a time submit, and kills the program once so
// many are acknowledged. It tells which were.
func submitUntilKilled(t *testing.T, p *process, papers []paper, n int, answer func(string) (string, error)) []bool {
	t.Helper()
	acknowledged := make([]bool, len(papers))
	var next, done atomic.Int64
	enough := make(chan struct{})
	var all sync.WaitGroup
	for range 4 {
		v := visit(t, p.portal)
		defer v.close()
		all.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(papers)); i = next.Add(1) - 1 {
				form, err := v.check(papers[i], answer)
				if err != nil || v.send(papers[i], form) != nil {
					return // the program is gone
				}
				acknowledged[i] = true
				if done.Add(1) == int64(n) {
					close(enough)
				}
			}
		})
	}
	select {
	case <-enough:
	case <-time.After(30 * time.Second):
		t.Fatalf("only %d were acknowledged", done.Load())
	}
	p.kill(t)
	all.Wait()
	return acknowledged
}

// codeOf reads the receipt code of a paper that was submitted.
func (v *visitor) codeOf(p paper) (string, error) {
	text, err := v.get("/file/done/receipt.txt", p.headers)
	if err != nil {
		return "", err
	}
	if err := text.want(http.StatusOK, ""); err != nil {
		return "", err
	}
	return codeIn(text)
}

// finds follows the i-th paper by its code.
func (v *visitor) finds(code string, i int) error {
	cookie, err := v.openCase(code, i)
	if err != nil {
		return err
	}
	page, err := v.get("/follow/case", cookie)
	if err != nil {
		return err
	}
	return page.want(http.StatusOK, paperTitle(i))
}

// onceEach lets the mail line come to rest and looks for each petition in the unit's
// queue.
func onceEach(t *testing.T, c *config, unit petition.UnitID, n int) {
	t.Helper()
	b, err := openBox(t.Context(), c)
	must(t, err)
	defer b.close()
	// The lease of the program that was killed, or stopped, runs out within a minute.
	courier, err := exchange.NewCourier(exchange.CourierConfig{Office: b.cases, Keys: b.officeKeys, Portal: b.portalKeys.Public(),
		Mailbox: &sql.Mailbox{DB: b.portalDB}, Now: func() time.Time { return time.Now().Add(time.Minute) }, Log: b.log})
	must(t, err)
	for moved := 1; moved > 0; {
		out, err := courier.Pass(t.Context())
		must(t, err)
		in, err := b.receiver.Pass(t.Context())
		must(t, err)
		moved = out + in
	}
	seen := map[string]int{}
	q := backoffice.QueueQuery{Queue: petition.ToRegister, Limit: 100, Now: time.Now()}
	for {
		page, err := b.cases.Queue(t.Context(), registrarOf(t, unit), q)
		must(t, err)
		for _, row := range page.Rows {
			seen[row.Title]++
		}
		if q.After = page.Next; q.After == "" {
			break
		}
	}
	for i := range n {
		if got := seen[paperTitle(i)]; got != 1 {
			t.Errorf("the office has petition %d %d times", i, got)
		}
	}
	must(t, b.cases.Verify(t.Context()))
}

func registrarOf(t *testing.T, unit petition.UnitID) petition.Actor {
	t.Helper()
	for _, a := range demo.Staff() {
		if a.Unit == unit && a.Is(petition.Registrar) {
			return a.Actor()
		}
	}
	t.Fatalf("no registrar at %s", unit)
	return petition.Actor{}
}
