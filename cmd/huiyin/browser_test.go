package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// chromium is started once for all stories and ends with the test program.
var chromium = sync.OnceValues(func() (context.Context, error) {
	path, err := exec.LookPath("chromium")
	if err != nil {
		return nil, fmt.Errorf("no chromium on this machine; `make prepare` installs it: %w", err)
	}
	home, err := os.MkdirTemp("", "huiyin-chromium")
	if err != nil {
		return nil, err
	}
	atExit = append(atExit, func() { _ = os.RemoveAll(home) })
	ctx, cancel := chromedp.NewExecAllocator(context.Background(),
		chromedp.ExecPath(path), chromedp.UserDataDir(home), chromedp.NoSandbox,
		chromedp.Flag("headless", true), chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-quic", true),
		chromedp.Flag("no-first-run", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("lang", "zh-CN"))
	atExit = append(atExit, cancel)
	browser, stop := chromedp.NewContext(ctx)
	atExit = append(atExit, stop)
	return browser, chromedp.Do(browser, chromedp.Navigate("about:blank"))
})

// atExit is what TestMain undoes, last first.
var atExit []func()

func TestMain(m *testing.M) {
	if os.Getenv(beTheProgram) != "" {
		main()
		os.Exit(0)
	}
	code := m.Run()
	for i := len(atExit) - 1; i >= 0; i-- {
		atExit[i]()
	}
	os.Exit(code)
}

// person is somebody at a browser of their own, with their own cookies.
type person struct {
	t    *testing.T
	ctx  context.Context
	base string
}

const (
	phone = 390
	wide  = 1280
)

// newPerson opens a browser window of the width on the address.
func newPerson(t *testing.T, base string, width int64) *person {
	t.Helper()
	browser, err := chromium()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	ctx, stop := context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(stop)
	// The first run makes the window, which lives as long as that run's context.
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	p := &person{t, ctx, base}
	p.do(chromedp.EmulateViewport(width, 900))
	return p
}

// withoutScript turns JavaScript off in this person's browser.
func (p *person) withoutScript() *person {
	p.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	}))
	return p
}

func (p *person) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 20*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.t.Fatalf("at %s: %v\n%s", p.at(), err, p.words())
	}
}

func ask[T any](p *person, script string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 20*time.Second)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script))
	if err != nil {
		p.t.Fatalf("at %s: %s: %v", p.at(), script, err)
	}
	return v
}

// at is the path of the page.
func (p *person) at() string {
	ctx, cancel := context.WithTimeout(p.ctx, 5*time.Second)
	defer cancel()
	s, err := chromedp.Run(ctx, chromedp.Location())
	if err != nil {
		return "?"
	}
	u, err := url.Parse(s)
	if err != nil {
		return s
	}
	return u.Path
}

// words is all the text of the page.
func (p *person) words() string {
	ctx, cancel := context.WithTimeout(p.ctx, 5*time.Second)
	defer cancel()
	s, _ := chromedp.Run(ctx, chromedp.Evaluate[string](`document.body ? document.body.innerText : ""`))
	return s
}

func (p *person) visit(path string) {
	p.t.Helper()
	p.do(chromedp.Navigate(p.base + path))
}

func quote(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

// click clicks the first element of the selector and waits for the next page.
func (p *person) click(selector string) {
	p.t.Helper()
	p.clickWhere("document.querySelector("+quote(selector)+")", selector)
}

func (p *person) clickWhere(find, name string) {
	p.t.Helper()
	if !ask[bool](p, "!!("+find+")") {
		p.t.Fatalf("at %s there is no %q:\n%s", p.at(), name, p.words())
	}
	// The mark is gone when a new document stands here.
	ask[bool](p, "(() => { window.leaving = true; const e = "+find+"; e.scrollIntoView(); e.click(); return true })()")
	for range 150 {
		ctx, cancel := context.WithTimeout(p.ctx, 5*time.Second)
		arrived, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`!window.leaving && document.readyState === 'complete'`))
		cancel()
		if err == nil && arrived {
			return
		}
		time.Sleep(40 * time.Millisecond)
	}
	p.t.Fatalf("at %s pressing %q led nowhere:\n%s", p.at(), name, p.words())
}

// fill types into the field of this name.
func (p *person) fill(field, value string) {
	p.t.Helper()
	found := ask[bool](p, fmt.Sprintf(`(() => { const e = document.querySelector('main [name=%s]:not([type=hidden]):not([type=radio]):not([type=checkbox])');
		if (!e) return false; e.value = %s; e.dispatchEvent(new Event('input', {bubbles: true})); e.dispatchEvent(new Event('change', {bubbles: true})); return true })()`,
		quote(field), quote(value)))
	if !found {
		p.t.Fatalf("at %s there is no field %q:\n%s", p.at(), field, p.words())
	}
}

// choose ticks the radio or checkbox of this name and value.
func (p *person) choose(field, value string) {
	p.t.Helper()
	found := ask[bool](p, fmt.Sprintf(`(() => { const e = document.querySelector('main input[name=%s][value=%s]');
		if (!e) return false; if (!e.checked) e.click(); return e.checked })()`, quote(field), quote(value)))
	if !found {
		p.t.Fatalf("at %s there is no choice %s=%s:\n%s", p.at(), field, value, p.words())
	}
}

// sees fails unless the words stand on the page.
func (p *person) sees(words ...string) {
	p.t.Helper()
	text := strings.Join(strings.Fields(p.words()), "")
	for _, w := range words {
		if !strings.Contains(text, strings.Join(strings.Fields(w), "")) {
			p.t.Fatalf("at %s %q is not there:\n%s", p.at(), w, p.words())
		}
	}
}

// seesNot fails if the words stand on the page.
func (p *person) seesNot(words ...string) {
	p.t.Helper()
	for _, w := range words {
		if strings.Contains(p.words(), w) {
			p.t.Fatalf("at %s %q is there:\n%s", p.at(), w, p.words())
		}
	}
}

// value is the value of a field.
func (p *person) value(field string) string {
	p.t.Helper()
	return ask[string](p, `(document.querySelector('[name=`+quote(field)+`]')||{}).value || ''`)
}

// violation is what axe-core finds wrong.
type violation struct {
	ID    string   `json:"id"`
	Help  string   `json:"help"`
	Where []string `json:"where"`
}

var axe = sync.OnceValues(func() (string, error) {
	b, err := os.ReadFile(filepath.Join("..", "..", "build", "axe.min.js"))
	if err != nil {
		return "", fmt.Errorf("axe-core is missing; `make prepare` fetches it: %w", err)
	}
	return string(b), nil
})

// accessible fails for whatever axe-core finds wrong with its own choice of rules: WCAG A and
// AA, and good practice.
func (p *person) accessible() {
	p.t.Helper()
	script, err := axe()
	if err != nil {
		p.t.Fatal(err)
	}
	ask[bool](p, "(() => {"+script+"\n;return true})()")
	ctx, cancel := context.WithTimeout(p.ctx, 60*time.Second)
	defer cancel()
	found, err := chromedp.Run(ctx, chromedp.Evaluate[[]violation](
		`axe.run(document).then(r =>
			r.violations.map(v => ({id: v.id, help: v.help, where: v.nodes.map(n => n.target.join(' ') + ' ' + (n.failureSummary||'')) })))`,
		chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("axe at %s: %v", p.at(), err)
	}
	for _, v := range found {
		p.t.Errorf("at %s: %s (%s): %s", p.at(), v.ID, v.Help, strings.Join(v.Where, "\n  "))
	}
	if wide := ask[int](p, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); wide > 0 {
		p.t.Errorf("at %s the page scrolls sideways by %d px", p.at(), wide)
	}
}
