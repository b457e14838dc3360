package portal_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"huiyin/exchange"
	"huiyin/portal"
)

func TestACodeIsReadAsPeopleTypeIt(t *testing.T) {
	w := newTown(t)
	code := w.visitor().file(claim)
	for _, typed := range []string{code, strings.ToLower(code), strings.ReplaceAll(code, "-", ""), " " + strings.ReplaceAll(code, "-", " ") + " ", strings.ReplaceAll(code, "0", "O"), "\u202a" + code + "\u202c"} {
		w.visitor().follow(typed).at("/follow/case").sees("h1", claim.title)
	}
}

func TestUnknownRevokedAndBadCodesAnswerAlike(t *testing.T) {
	w := newTown(t)
	code := w.visitor().file(claim)
	parsed, err := exchange.ParseCode(code)
	if err != nil {
		t.Fatal(err)
	}
	other := exchange.NewCode()
	answers := map[string]bool{}
	look := func(typed string) {
		v := w.visitor().follow(typed).refused("code", "回执码对不上")
		if v.attr(`input[name="code"]`, "value") != typed {
			t.Error("what was typed is gone")
		}
		answers[strings.ReplaceAll(v.body, typed, "")] = true
	}
	look(other.String())
	look("1234-5678")
	look(strings.Replace(other.String(), other.String()[:1], "Z", 1))
	grant := other.Grant(firstOf(w).ID, firstOf(w).Reading)
	w.arrive(exchange.Arrival{Grant: &exchange.GrantUpdate{Filing: firstOf(w).ID, Give: &grant, Revoke: []exchange.Locator{parsed.Locator()}}})
	look(code)
	if len(answers) != 1 {
		t.Errorf("%d different answers", len(answers))
	}
	w.visitor().follow(other.String()).at("/follow/case") // the new code opens it
	w.visitor().follow("").refused("code", "填写回执码")
}

func TestARevokedCodeShutsThePageThatIsOpen(t *testing.T) {
	w := newTown(t)
	v := w.visitor()
	code := v.file(claim)
	v.follow(code).at("/follow/case")
	parsed, _ := exchange.ParseCode(code)
	w.arrive(exchange.Arrival{Grant: &exchange.GrantUpdate{Filing: firstOf(w).ID, Revoke: []exchange.Locator{parsed.Locator()}}})
	v.get("/follow/case").at("/follow").sees(".flash", "再填一次回执码")
}

func TestLookingUpIsSlowedDownPerClientAndPerCode(t *testing.T) {
	w := newTownWith(t, portal.Limits{LookUps: 6, Code: 3})
	code := w.visitor().file(claim)
	for range 3 {
		w.visitor().follow(code).at("/follow/case")
	}
	v := w.visitor().follow(code)
	if v.status != http.StatusTooManyRequests || v.header.Get("Retry-After") != "900" {
		t.Fatalf("a fourth look at one code: %d, again after %s", v.status, v.header.Get("Retry-After"))
	}
	v.sees("#f-code-error", "15分钟", "0000-1000000", "浏览器")
	if v.attr(`input[name="code"]`, "value") != code {
		t.Error("what was typed is gone")
	}
	w.visitor().follow(exchange.NewCode().String()).refused("code", "对不上")
	w.visitor().follow(exchange.NewCode().String()).refused("code", "对不上")
	if v := w.visitor().follow(exchange.NewCode().String()); v.status != http.StatusTooManyRequests {
		t.Errorf("a seventh try: %d", v.status)
	}
	w.wait(31 * time.Minute)
	w.visitor().follow(code).at("/follow/case")
}

func TestSlipsOfTheFingerShutNobodyOut(t *testing.T) {
	w := newTownWith(t, portal.Limits{LookUps: 3})
	code := w.visitor().file(claim)
	for range 10 {
		w.visitor().follow(code[:len(code)-1]).refused("code", "对不上")
	}
	w.visitor().follow(code).at("/follow/case")
}

func TestWhoHoldsACodeIsNotTakenForAGuesser(t *testing.T) {
	w := newTownWith(t, portal.Limits{LookUps: 3, Code: 3})
	wrote, read := w.visitor(), w.visitor()
	code := wrote.file(claim)
	read.follow(code).at("/follow/case")
	for range 5 {
		w.visitor().follow(exchange.NewCode().String())
	}
	if v := w.visitor().follow(code); v.status != http.StatusTooManyRequests {
		t.Fatalf("somebody new from where guesses came: %d", v.status)
	}
	for range 5 {
		wrote.follow(code).at("/follow/case")
		read.follow(code).at("/follow/case")
	}
	if v := read.follow(exchange.NewCode().String()); v.status != http.StatusTooManyRequests {
		t.Errorf("holding one code lets guess others: %d", v.status)
	}
	w.wait(3 * time.Hour) // its session is over
	read.get("/follow/case").at("/follow")
	for range 5 {
		w.visitor().follow(exchange.NewCode().String())
	}
	read.follow(code).at("/follow/case")
	read.send("/follow/leave", nil).at("/follow")
	if v := read.follow(code); v.status != http.StatusTooManyRequests {
		t.Errorf("after leaving: %d", v.status)
	}
}

func TestBeginningAndSubmittingAreSlowedDownToo(t *testing.T) {
	w := newTownWith(t, portal.Limits{Drafts: 2, Submits: 1, Files: 1})
	v := w.visitor()
	v.write(claim).submit().at("/file/done")
	if v = w.visitor(); v.write(claim).submit().status != http.StatusTooManyRequests {
		t.Errorf("a second petition at once: %d", v.status)
	}
	if v.get("/file").send("/file", map[string]string{"consent": "yes"}).status != http.StatusTooManyRequests {
		t.Errorf("a third draft: %d", v.status)
	}
}

func TestTheSessionEndsByItselfAndOnLeaving(t *testing.T) {
	w := newTown(t)
	v := w.visitor()
	code := v.file(claim)
	v.follow(code).at("/follow/case")
	w.wait(90 * time.Minute)
	v.get("/follow/case").at("/follow/case") // looked at in time: renewed
	w.wait(90 * time.Minute)
	v.get("/follow/case").at("/follow/case")
	w.wait(3 * time.Hour)
	v.get("/follow/case").at("/follow")
	v.follow(code).send("/follow/leave", nil).at("/follow").sees(".flash", "已经退出")
	v.get("/follow/case").at("/follow")
}

func TestTheCodeIsInNoCookieAddressOrLog(t *testing.T) {
	w := newTown(t)
	v := w.visitor()
	code := strings.ReplaceAll(v.file(claim), "-", "")
	v.follow(code).at("/follow/case")
	r, _ := http.NewRequest(http.MethodGet, w.server.URL, nil)
	for _, k := range v.client.Jar.Cookies(r.URL) {
		if strings.Contains(k.Value, code) {
			t.Errorf("cookie %s holds the code", k.Name)
		}
	}
	if strings.Contains(w.log.String(), code) || strings.Contains(v.body, code) {
		t.Error("the code is in the log or on the page")
	}
	if v.doc.Find("input[data-fragment]").Length() != 0 {
		t.Error("the case page reads the fragment")
	}
	if v.get("/follow").doc.Find("input[data-fragment][data-nosave]").Length() != 1 {
		t.Error("the look-up form does not take the code of a scanned receipt")
	}
}
