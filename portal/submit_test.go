package portal_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"image/png"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/portal"
)

func TestAPetitionIsSealedToItsUnitAndSignedFor(t *testing.T) {
	w := newTown(t)
	v := w.visitor()
	code := v.file(claim)
	filings, _, holders := w.mail()
	f := filings[0]
	if len(filings) != 1 || holders[0] != exchange.UnitHolder("990102") {
		t.Fatalf("%d filings for %v", len(filings), holders)
	}
	if f.Filing.Title != claim.title || f.Filing.Facts != claim.facts || f.Filing.Person.Name != "周桂英" ||
		f.Filing.Person.IDNumber != "11010519491231002X" || f.Filing.Topic != "C3" || f.Filing.Channel != petition.ByWeb {
		t.Errorf("what arrives: %+v", f.Filing)
	}
	parsed, err := exchange.ParseCode(code)
	if err != nil || parsed.Locator() != f.Locator {
		t.Fatalf("the receipt's code %q: %v", code, err)
	}
	row, err := w.base.Opened(t.Context(), parsed.Locator())
	if err != nil {
		t.Fatal(err)
	}
	receipt, err := exchange.ReadReceipt(row.Receipt, w.keys.Signer.Public())
	if err != nil || !receipt.For(parsed.Locator()) || receipt.Filing != w.outbox()[0].Hash() {
		t.Errorf("the receipt does not vouch for the filing: %v", err)
	}
}

func TestThePetitionIsReviewedAndChangedBeforeItIsSent(t *testing.T) {
	w := newTown(t)
	v := w.visitor().write(claim)
	v.sees(".sum", claim.title, claim.facts, "周桂英", "青溪区委组织部", "反映问题，请求解决")
	if n := v.doc.Find(".sum__h a").Length(); n < 5 {
		t.Errorf("%d links to change something", n)
	}
	v.get("/file/content").send("", map[string]string{"title": "改过的一句话"}).at("/file/check").sees(".sum", "改过的一句话")
	v.get("/file/what").send("", map[string]string{"purpose": "3"}).at("/file/report") // what a report needs is asked now
	v.send("", map[string]string{"head": "no"}).at("/file/more").send("", map[string]string{"r1_name": "某某"}).at("/file/you")
	v.send("", map[string]string{"named": "yes"}).at("/file/check").submit().at("/file/done")
	if f := firstOf(w).Filing; f.Title != "改过的一句话" || f.Purpose != petition.PurposeReport {
		t.Errorf("sent: %q for %s", f.Title, f.Purpose)
	}
}

// What is pasted along with the captcha is no reason to turn anybody away.
func TestACaptchaIsTakenWithTheInvisibleMarksPastedWithIt(t *testing.T) {
	w := newTown(t)
	v := w.visitor().write(claim)
	wrong := map[string]string{"declare": "yes", "captcha": "\u200f00000\x07", "go": "submit"}
	if v.send("/file/submit", wrong).refused("captcha", "验证码"); v.status != http.StatusUnprocessableEntity {
		t.Errorf("a wrong one: %d", v.status)
	}
	v.send("/file/submit", map[string]string{"declare": "yes", "captcha": "\u202d" + v.answer() + "\x07", "go": "submit"}).at("/file/done")
}

func TestTheReviewIsNotReachedBeforeEverythingIsAnswered(t *testing.T) {
	w := newTown(t)
	v := w.writing("22").get("/file/check").at("/file/content")
	token := v.attr(`input[name="token"]`, "value")
	v.post("/file/submit", url.Values{"token": {token}, "declare": {"yes"}}).at("/file/content")
	v.get("/file/done").at("/file/content")
	if len(w.outbox()) != 0 {
		t.Error("something was sent")
	}
}

func TestAWrongCaptchaLosesNothingAndGivesANewOne(t *testing.T) {
	w := newTown(t)
	v := w.visitor().write(claim)
	first := v.attr(`input[name="captcha_token"]`, "value")
	v.send("/file/submit", map[string]string{"declare": "yes", "captcha": "000000x", "go": "submit"}).refused("captcha", "验证码不对")
	if v.attr(`input[name="captcha_token"]`, "value") == first {
		t.Error("the same captcha again")
	}
	if v.attr(`input[name="declare"]`, "checked") == "" && v.doc.Find(`input[name="declare"][checked]`).Length() != 1 {
		t.Error("the declaration is unticked")
	}
	v.sees(".sum", claim.facts)
	v.send("/file/submit", map[string]string{"captcha": v.answer(), "declare": "", "go": "submit"}).refused("declare", "确认内容属实")
	v.submit().at("/file/done")
}

func TestACaptchaIsSpokenForItsOwnDraftOnly(t *testing.T) {
	w := newTown(t)
	a, b := w.visitor().write(claim), w.visitor().write(claim)
	sound := a.attr("audio", "src")
	if b.get(sound); b.status != 404 {
		t.Errorf("another draft's %s: %d", sound, b.status)
	}
	if s := w.visitor().get(sound); s.path != "/file" || s.text(".flash") == "" {
		t.Errorf("a stranger at %s ends at %s", sound, s.path)
	}
	if a.get(sound); a.status != 200 {
		t.Errorf("its own %s: %d", sound, a.status)
	}
	if s := w.visitor().get("/captcha"); s.path != "/file" {
		t.Errorf("a stranger is given a captcha at %s", s.path)
	}
}

func TestACaptchaIsGoodForOnePetitionOnly(t *testing.T) {
	w := newTown(t)
	a, b := w.visitor().write(claim), w.visitor().write(claim)
	token, digits := a.attr(`input[name="captcha_token"]`, "value"), a.answer()
	a.submit().at("/file/done")
	b.send("/file/submit", map[string]string{"declare": "yes", "captcha_token": token, "captcha": digits, "go": "submit"}).refused("captcha", "验证码")
	b.submit().at("/file/done")
}

func TestACaptchaExpiresAndANewOneIsAsked(t *testing.T) {
	w := newTown(t)
	v := w.visitor().write(claim)
	digits := v.answer()
	w.wait(31 * time.Minute)
	v.send("/file/submit", map[string]string{"declare": "yes", "captcha": digits, "go": "submit"}).refused("captcha", "过期")
	v.send("/file/submit", map[string]string{"go": "captcha"}).at("/file/submit").sees("h1", "核对一遍")
	v.submit().at("/file/done")
}

func TestACaptchaIsSeenHeardAndFetchedAnew(t *testing.T) {
	w := newTown(t)
	v := w.visitor().write(claim)
	image, sound := v.attr("img.captcha__pic", "src"), v.attr("audio", "src")
	pictured(t, image)
	if v.send("/file/submit", map[string]string{"go": "captcha"}).at("/file/submit"); v.attr("img.captcha__pic", "src") == image {
		t.Error("the same picture again")
	}
	pictured(t, v.attr("img.captcha__pic", "src"))
	if v.get(sound); v.header.Get("Content-Type") != "audio/wav" || v.status != 200 {
		t.Errorf("sound: %d %s", v.status, v.header.Get("Content-Type"))
	}
	if v.get("/captcha"); v.header.Get("Cache-Control") != "no-store" {
		t.Errorf("a fresh one: %s", v.body)
	}
	var fresh struct{ Token, Image, Audio string }
	if err := json.Unmarshal([]byte(v.body), &fresh); err != nil || fresh.Token == "" || !strings.Contains(fresh.Audio, fresh.Token) {
		t.Errorf("a fresh one: %v %s", err, v.body)
	}
	pictured(t, fresh.Image)
	if v.get("/captcha/forged/sound.wav"); v.status != 404 {
		t.Errorf("a forged token: %d", v.status)
	}
}

// pictured fails unless the address holds a picture that the headers let a page show.
func pictured(t *testing.T, address string) {
	t.Helper()
	body, ok := strings.CutPrefix(address, "data:image/png;base64,")
	b, err := base64.StdEncoding.DecodeString(body)
	if _, bad := png.Decode(bytes.NewReader(b)); !ok || err != nil || bad != nil {
		t.Errorf("no picture: %.60s… (%v, %v)", address, err, bad)
	}
}

func TestSubmittingTwiceIsOncePetition(t *testing.T) {
	w := newTown(t)
	v := w.visitor().write(claim)
	form := v.typed(v.form("/file/submit"))
	form.Set("declare", "yes")
	form.Set("captcha", v.answer())
	form.Set("go", "submit")
	codes := map[string]bool{}
	for range 3 { // the second and third time the captcha is spent
		codes[v.post("/file/submit", form).at("/file/done").text("#code")] = true
	}
	if filings, _, _ := w.mail(); len(filings) != 1 || len(codes) != 1 {
		t.Errorf("%d filings, %d codes", len(filings), len(codes))
	}
}

func TestPressedTwiceAtOnceIsOnePetition(t *testing.T) {
	w := newTown(t)
	v := w.visitor().write(claim)
	form := v.typed(v.form("/file/submit"))
	form.Set("declare", "yes")
	form.Set("captcha", v.answer())
	form.Set("go", "submit")
	var wait sync.WaitGroup
	ends := make([]string, 8)
	for i := range ends {
		wait.Go(func() {
			r, err := http.NewRequest(http.MethodPost, w.server.URL+"/file/submit", strings.NewReader(form.Encode()))
			if err != nil {
				t.Error(err)
				return
			}
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			answer, err := v.client.Do(r)
			if err != nil {
				t.Error(err)
				return
			}
			answer.Body.Close()
			ends[i] = answer.Request.URL.Path
		})
	}
	wait.Wait()
	for _, end := range ends {
		if end != "/file/done" {
			t.Errorf("one press ended at %q", end)
		}
	}
	if filings, _, _ := w.mail(); len(filings) != 1 {
		t.Errorf("%d filings", len(filings))
	}
}

func TestTheReceiptComesAgainAfterARestart(t *testing.T) {
	w := newTown(t)
	v := w.visitor()
	code := v.file(claim)
	jar := v.client.Jar
	old, _ := url.Parse(w.server.URL)
	cookies := jar.Cookies(old)
	w.restart(portal.Limits{})
	fresh, _ := url.Parse(w.server.URL)
	jar.SetCookies(fresh, cookies)
	if again := v.get("/file/done").at("/file/done").text("#code"); again != code {
		t.Errorf("the receipt now says %q", again)
	}
	v.get("/file/check").at("/file/done")
}

func TestWhatIsChangedAfterwardsIsSentAsAnAdditionIfWished(t *testing.T) {
	w := newTown(t)
	v := w.visitor().write(claim)
	stale := w.visitor()
	stale.client = v.client // another page of the same browser
	stale.get("/file/content")
	v.submit().at("/file/done")
	stale.send("", map[string]string{"facts": claim.facts + "后来又想起来的一句。"}).at("/file/done")
	stale.sees(".note", "没有发出", "后来又想起来的一句").send("/file/done/later", nil).at("/file/done").sees(".flash", "补充的内容已经发出")
	if stale.doc.Find(".note--warn").Length() != 0 {
		t.Error("it is offered again")
	}
	_, messages, _ := w.mail()
	if len(messages) != 1 || messages[0].Act.Action != petition.AddInfo || !strings.Contains(messages[0].Act.Text, "后来又想起来的一句") {
		t.Errorf("messages: %+v", messages)
	}
	if strings.Contains(messages[0].Act.Text, claim.title) {
		t.Error("what was not changed is sent again")
	}
}

func TestAnotherPageOfTheSameBrowserIsLookedAtAgain(t *testing.T) {
	w := newTown(t)
	v := w.visitor().write(claim)
	other := w.visitor()
	other.client = v.client
	other.get("/file/content").send("", map[string]string{"title": "另一个页面改的"}).at("/file/check")
	v.submit()
	if v.status != http.StatusConflict {
		t.Fatalf("%d at %s", v.status, v.path)
	}
	v.sees(".errsum", "另一个页面").sees(".sum", "另一个页面改的").submit().at("/file/done")
	if f := firstOf(w).Filing; f.Title != "另一个页面改的" {
		t.Errorf("sent %q", f.Title)
	}
}

func TestAFaultGivesNoReceiptAndLosesNothing(t *testing.T) {
	w := newTown(t)
	v := w.visitor().write(claim)
	w.store.fail = &petition.Error{Kind: petition.Unavailable, Key: "error.unavailable"}
	digits := v.answer()
	form := v.typed(v.form("/file/submit"))
	form.Set("declare", "yes")
	form.Set("captcha", digits)
	if v.post("/file/submit", form); v.status != http.StatusServiceUnavailable || v.header.Get("Retry-After") == "" {
		t.Fatalf("%d", v.status)
	}
	v.sees("main", "您写的内容都还在")
	w.store.fail = nil
	v.post("/file/submit", form).at("/file/done") // the captcha was not used up
}

func TestTheDeviceIsClearedOnlyAfterTheCodeIsKept(t *testing.T) {
	w := newTown(t)
	v := w.visitor()
	code := v.file(claim)
	v.send("/file/clear", nil).at("/file/done").sees(".flash", "请先确认")
	v.get("/file").sees(".note", "回执还在这台设备上").get("/file/done")
	v.send("/file/clear", map[string]string{"kept": "yes"}).at("/follow")
	v.get("/file/done").at("/file")
	v.follow(code).at("/follow/case")
}
