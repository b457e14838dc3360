package backoffice_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/pquerna/otp/totp"
	"github.com/xuri/excelize/v2"

	"huiyin/backoffice"
	"huiyin/demo"
	"huiyin/petition"
	"huiyin/sql/officedb"
)

// three are the administrators' browsers.
func (d *desk) three() (system, security, audit *browser) {
	d.t.Helper()
	return d.as("990000", petition.SystemAdmin), d.as("990000", petition.SecurityAdmin), d.as("990000", petition.AuditAdmin)
}

// signInWith signs in past the demonstration's password.
func (d *desk) signInWith(login, password, code string) (*browser, int, string) {
	d.t.Helper()
	b := d.browser()
	b.get("/sign-in")
	w, _ := b.post("/sign-in", url.Values{"login": {login}, "password": {password}, "otp": {code}})
	return b, w.Code, w.Header().Get("Location")
}

// A new officer: asked for by one administrator, approved by another, seen by the third;
// the first sign-in asks for a password of one's own.
func TestANewOfficerComesIn(t *testing.T) {
	d := newDesk(t)
	system, security, audit := d.three()
	doc := system.page("/accounts/new")
	if doc.Find(`input[name=roles]`).Length() != len(petition.Roles)-3 {
		t.Errorf("roles offered: %s", text(doc))
	}
	form := url.Values{"login": {"New.One"}, "name": {"新来的人"}, "unit": {"990102"}, "office": {"petition"},
		"roles": {"handler", "registrar"}, "why": {"新到岗"}}
	for _, field := range []string{"login", "name", "unit", "roles", "why"} {
		lacking := url.Values{}
		for k, v := range form {
			if k != field {
				lacking[k] = v
			}
		}
		w, doc := system.post("/accounts/new", lacking)
		if w.Code != http.StatusUnprocessableEntity || doc.Find("#f-"+field+"-error").Length() != 1 {
			t.Errorf("without %s: %d %s", field, w.Code, text(doc))
		}
		if field != "name" && doc.Find("#f-name").AttrOr("value", "") != "新来的人" {
			t.Errorf("without %s the name typed is gone", field)
		}
	}
	w, doc := system.post("/accounts/new", url.Values{"login": {"x1"}, "name": {"X"}, "unit": {"990102"}, "roles": {"audit_admin"}, "why": {"x"}})
	if w.Code != http.StatusUnprocessableEntity || doc.Find("#f-roles-error").Length() != 1 {
		t.Errorf("an administrator by a form: %d %s", w.Code, text(doc))
	}
	doc = system.done("/accounts/new", form)
	if h := doc.Find("h1").Text(); !strings.Contains(h, "新来的人") || doc.Find(`form[action^="/requests/"]`).Length() != 0 {
		t.Errorf("the asker sees %q: %s", h, text(doc))
	}

	list := security.page("/requests")
	to := list.Find("a.ttl").First().AttrOr("href", "")
	whole(t, to, "", security.page(to))
	for field, v := range map[string]url.Values{"decision": {}, "answer": {"decision": {"refuse"}}} {
		if w, doc := security.post(to, v); w.Code != http.StatusUnprocessableEntity || doc.Find("#f-"+field+"-error").Length() != 1 {
			t.Errorf("without %s: %d %s", field, w.Code, text(doc))
		}
	}
	w, doc = security.post(to, url.Values{"decision": {"approve"}})
	password := strings.TrimSpace(doc.Find("#password").Text())
	if w.Code != http.StatusOK || password == "" || !strings.Contains(text(doc), "新来的人") || w.Header().Get("Cache-Control") != "no-store" {
		t.Fatalf("%d %s", w.Code, text(doc))
	}
	if again := security.page(to); strings.Contains(text(again), password) || again.Find("form.panel__b").Length() != 0 {
		t.Error("the request still shows the password or a form")
	}
	if w, _ := security.post(to, url.Values{"decision": {"approve"}}); w.Code != http.StatusConflict {
		t.Errorf("approved twice: %d", w.Code)
	}

	b, code, next := d.signInWith("new.one", password, "")
	if code != http.StatusSeeOther || next != "/me" {
		t.Fatalf("the first sign-in: %d to %q", code, next)
	}
	b.page("/me")
	b.done("/me/password", url.Values{"old": {password}, "new": {"a word of my own"}, "again": {"a word of my own"}})
	if _, _, next := d.signInWith("new.one", "a word of my own", ""); next != "/queue" {
		t.Errorf("then to %q", next)
	}
	said := text(audit.page("/audit?login=new.one"))
	for _, want := range []string{"申请新账号", "核准新账号", "登录", "改自己的密码", "承办人、登记员", "新到岗"} {
		if !strings.Contains(said, want) {
			t.Errorf("the audit log has no %s: %s", want, said)
		}
	}
	if strings.Contains(said, password) {
		t.Error("the password is in the audit log")
	}
}

func TestAnAccountIsKeptFromItsPage(t *testing.T) {
	d := newDesk(t)
	system, security, _ := d.three()
	a := account(t, "990102", petition.Handler)
	at := "/accounts/" + a.ID.String()
	links := func(doc *goquery.Document) string {
		var all []string
		doc.Find(`main .panel a[href^="` + at + `/"]`).Each(func(_ int, s *goquery.Selection) {
			all = append(all, strings.TrimPrefix(s.AttrOr("href", ""), at+"/"))
		})
		return strings.Join(all, " ")
	}
	if got := links(system.page(at)); got != "change sessions close" {
		t.Errorf("the system administrator is offered %q", got)
	}
	if doc := security.page(at); links(doc) != "" || !strings.Contains(text(doc), "没有绑定动态验证码") {
		t.Errorf("without a second factor the security administrator is offered %q", links(doc))
	}
	if w, _ := security.post(at+"/password", url.Values{"why": {"忘记密码"}}); w.Code != http.StatusConflict {
		t.Errorf("reset without a second factor: %d", w.Code)
	}
	link, err := d.store.SetTOTP(t.Context(), a.Login, "Huiyin", d.now)
	d.must(err)
	_, rest, _ := strings.Cut(link, "secret=")
	secret, _, _ := strings.Cut(rest, "&")
	code, err := totp.GenerateCode(secret, d.now)
	d.must(err)
	if got := links(security.page(at)); got != "password unbind" {
		t.Errorf("the security administrator is offered %q", got)
	}
	officer, _, _ := d.signInWith(a.Login, demo.Password, code)
	doc := system.page(at + "/sessions")
	if !strings.Contains(text(doc), a.Name) {
		t.Errorf("whose sessions: %s", text(doc))
	}
	if w, doc := system.post(at+"/sessions", url.Values{}); w.Code != http.StatusUnprocessableEntity || doc.Find("#f-why-error").Length() != 1 {
		t.Errorf("without a reason: %d", w.Code)
	}
	system.done(at+"/sessions", url.Values{"why": {"电脑丢了"}})
	if w, _ := officer.get("/queue"); w.Code != http.StatusSeeOther {
		t.Errorf("still signed in: %d", w.Code)
	}
	security.page(at + "/password")
	_, doc = security.post(at+"/password", url.Values{"why": {"忘记密码"}})
	password := strings.TrimSpace(doc.Find("#password").Text())
	if w, doc := security.post(at+"/unbind", url.Values{"why": {"手机丢了"}}); w.Code != http.StatusConflict || links(security.page(at)) != "password" {
		t.Errorf("who saw the password takes the factor away: %d %s", w.Code, text(doc))
	}
	if _, status, _ := d.signInWith(a.Login, password, ""); status != http.StatusForbidden {
		t.Errorf("the password alone: %d", status)
	}
	d.now = d.now.Add(time.Minute)
	fresh, err := totp.GenerateCode(secret, d.now)
	d.must(err)
	if _, status, next := d.signInWith(a.Login, password, fresh); status != http.StatusSeeOther || next != "/me" {
		t.Errorf("with %q: %d to %q", password, status, next)
	}
	if done := system.done(at+"/close", url.Values{"why": {"调走"}}); links(done) != "change" {
		t.Errorf("a closed account offers the system administrator %q", links(done))
	}
	if got := links(security.page(at)); got != "" {
		t.Errorf("a closed account offers the security administrator %q", got)
	}
	d.now = d.now.Add(time.Minute)
	fresh, err = totp.GenerateCode(secret, d.now)
	d.must(err)
	if _, status, _ := d.signInWith(a.Login, password, fresh); status != http.StatusForbidden {
		t.Errorf("a closed account signs in: %d", status)
	}
	for _, b := range []*browser{system, security} {
		doc := b.page("/accounts/" + account(t, "990000", petition.AuditAdmin).ID.String())
		if !strings.Contains(text(doc), "命令行") || doc.Find(`main .files a`).Length() != 0 {
			t.Errorf("an administrator's account: %s", text(doc))
		}
	}
	own := "/accounts/" + account(t, "990000", petition.SystemAdmin).ID.String()
	if w, _ := system.post(own+"/change", url.Values{"name": {"X"}, "unit": {"990000"}, "roles": {"handler"}, "why": {"x"}}); w.Code != http.StatusForbidden {
		t.Errorf("the own roles: %d", w.Code)
	}
}

func TestAccountsAreFound(t *testing.T) {
	d := newDesk(t)
	system, _, _ := d.three()
	a := account(t, "990102", petition.Handler)
	for query, want := range map[string]int{"q=" + url.QueryEscape(a.Name): 1, "q=" + a.Login: -1, "state=closed": 0, "unit=990102&role=handler": -1} {
		got := system.page("/accounts?" + query).Find("tbody tr").Length()
		if got != want && (want >= 0 || got == 0) {
			t.Errorf("%s: %d accounts", query, got)
		}
	}
	if doc := system.page("/accounts?role=emperor"); doc.Find(".errsum").Length() != 1 || doc.Find("tbody tr").Length() == 0 {
		t.Errorf("an unknown role: %s", text(doc))
	}
	first := system.page("/accounts")
	next := system.page(first.Find(`a[rel=next]`).AttrOr("href", ""))
	if first.Find("tbody a").First().Text() == next.Find("tbody a").First().Text() {
		t.Error("the second page begins like the first")
	}
}

// The administrators see nothing of a case: what an officer opens is not found.
func TestNoAdministratorSeesACase(t *testing.T) {
	d, id, file, report := matrixWorld(t)
	system, security, audit := d.three()
	for name, b := range map[string]*browser{"system": system, "security": security, "audit": audit} {
		for _, r := range d.face.Routes() {
			switch r.Guard {
			case "desk", "reveal", "counter", "leader", "cadre":
			default:
				continue
			}
			if r.Method != http.MethodGet {
				continue
			}
			if w, _ := b.get(filled(r.Path, id, file, report)); w.Code != http.StatusNotFound {
				t.Errorf("%s administrator at %s: %d", name, r.Path, w.Code)
			}
		}
	}
	registrar := account(t, "990102", petition.Registrar)
	_, err := d.store.Reveal(t.Context(), actor(registrar), id, "打电话核对周明华的地址", d.now)
	d.must(err)
	for _, path := range []string{"/audit", "/audit?action=identity", "/audit?action=book_access"} {
		said := text(audit.page(path))
		if !strings.Contains(said, "看信访人身份") || strings.Contains(said, "周明华") || strings.Contains(said, "组织关系") {
			t.Errorf("%s: %s", path, said)
		}
	}
}

func TestTheAuditLogIsTakenOut(t *testing.T) {
	d := newDesk(t)
	_, _, audit := d.three()
	d.signIn(account(t, "990102", petition.Handler))
	audit.page("/audit?action=sign_in")
	if w, doc := audit.post("/audit/out", url.Values{"action": {"sign_in"}}); w.Code != http.StatusUnprocessableEntity ||
		doc.Find(`main form[action="/audit/out"] input[name="action"][value="sign_in"]`).Length() != 1 || doc.Find("#f-purpose-error").Length() != 1 {
		t.Errorf("without a purpose: %d %s", w.Code, text(doc))
	}
	w, _ := audit.post("/audit/out", url.Values{"action": {"sign_in"}, "purpose": {"季度检查"}})
	if w.Code != http.StatusOK {
		t.Fatal(w.Code)
	}
	book, err := excelize.OpenReader(bytes.NewReader(w.Body.Bytes()))
	d.must(err)
	rows, err := book.GetRows("Sheet1")
	d.must(err)
	if len(rows) != 2+4 || !strings.Contains(rows[0][0], "季度检查") || rows[2][1] != account(t, "990102", petition.Handler).Login {
		t.Errorf("%v", rows)
	}
	if said := text(audit.page("/audit?action=audit_exported")); !strings.Contains(said, "导出审计记录") {
		t.Errorf("not on record: %s", said)
	}
	if said := text(audit.page("/audit?action=book_copies")); !strings.Contains(said, "季度检查") || strings.Contains(said, "登录，") {
		t.Errorf("the ledger of copies: %s", said)
	}
	if w, _ := audit.post("/audit/out", url.Values{"action": {"nonsense"}, "purpose": {"季度检查"}}); w.Code != http.StatusBadRequest && w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a filter that is none: %d", w.Code)
	}
	if w, _ := audit.get("/audit?after=made-up"); w.Code >= http.StatusInternalServerError || w.Code == http.StatusOK {
		t.Errorf("a cursor that is none: %d", w.Code)
	}
	if doc := audit.page("/audit?from=yesterday"); doc.Find(".errsum").Length() != 1 {
		t.Error("a day that is none is not said")
	}
}

func TestTheRecordIsVerifiedFromThePage(t *testing.T) {
	d := newDesk(t)
	_, _, audit := d.three()
	audit.page("/audit")
	w, doc := audit.post("/audit", url.Values{})
	if w.Code != http.StatusOK || doc.Find(".flash[role=status]").Length() != 1 || !strings.Contains(text(doc), "没有改动") {
		t.Errorf("%d %s", w.Code, text(doc))
	}
}

// TestASecondFactorIsBound is by everybody for the own account: QR and typed secret, a
// code before it is stored, and from then on at the sign-in.
func TestASecondFactorIsBound(t *testing.T) {
	d := newDesk(t)
	a := account(t, "990102", petition.Handler)
	b := d.signIn(a)
	doc := b.page("/me/code")
	secret := strings.ReplaceAll(doc.Find("#secret").Text(), " ", "")
	sealed := doc.Find("input[name=sealed]").AttrOr("value", "")
	if doc.Find("svg.qr").Length() != 1 || secret == "" {
		t.Fatalf("%s", text(doc))
	}
	code, err := totp.GenerateCode(secret, d.now)
	d.must(err)
	for field, v := range map[string]url.Values{
		"code":     {"password": {demo.Password}, "code": {"000000"}, "sealed": {sealed}},
		"password": {"password": {"wrong"}, "code": {code}, "sealed": {sealed}},
	} {
		w, doc := b.post("/me/code", v)
		if w.Code != http.StatusUnprocessableEntity || doc.Find("#f-"+field+"-error").Length() != 1 {
			t.Errorf("wrong %s: %d %s", field, w.Code, text(doc))
		}
		if again := strings.ReplaceAll(doc.Find("#secret").Text(), " ", ""); again != secret {
			t.Errorf("after a wrong %s another secret is shown", field)
		}
		if doc.Find(`input[type=password][value!=""]`).Length() != 0 {
			t.Error("the password came back")
		}
	}
	if done := b.done("/me/code", url.Values{"password": {demo.Password}, "code": {code}, "sealed": {sealed}}); !strings.Contains(text(done), "已经绑定") {
		t.Errorf("%s", text(done))
	}
	if doc := b.page("/me/code"); doc.Find("#f-old").Length() != 1 {
		t.Error("another one is bound without the first")
	}
	d.now = d.now.Add(60e9)
	if _, status, _ := d.signInWith(a.Login, demo.Password, ""); status != http.StatusForbidden {
		t.Errorf("without a code: %d", status)
	}
	fresh, err := totp.GenerateCode(secret, d.now)
	d.must(err)
	if _, status, _ := d.signInWith(a.Login, demo.Password, fresh); status != http.StatusSeeOther {
		t.Errorf("with a code: %d", status)
	}
	_, security, _ := d.three()
	at := "/accounts/" + a.ID.String()
	security.page(at + "/unbind")
	security.done(at+"/unbind", url.Values{"why": {"手机丢了"}})
	if _, status, _ := d.signInWith(a.Login, demo.Password, ""); status != http.StatusSeeOther {
		t.Errorf("after it was unbound: %d", status)
	}
}

// Where everybody must bind a second factor, nothing else opens before.
func TestASecondFactorComesFirst(t *testing.T) {
	d := newDesk(t)
	d.must(d.store.SetFactorPolicy(t.Context(), officedb.FactorForAll, d.now))
	a := account(t, "990102", petition.Handler)
	b, _, next := d.signInWith(a.Login, demo.Password, "")
	if next != "/me/code" {
		t.Errorf("the sign-in leads to %q", next)
	}
	for _, path := range []string{"/", "/queue", "/about"} {
		if w, _ := b.get(path); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/me/code" {
			t.Errorf("%s: %d to %q", path, w.Code, w.Header().Get("Location"))
		}
	}
	doc := b.page("/me/code")
	if doc.Find(".note--warn").Length() != 1 || doc.Find(".rail a").Length() != 0 {
		t.Errorf("%s", text(doc))
	}
	code, err := totp.GenerateCode(strings.ReplaceAll(doc.Find("#secret").Text(), " ", ""), d.now)
	d.must(err)
	b.done("/me/code", url.Values{"password": {demo.Password}, "code": {code}, "sealed": {doc.Find("input[name=sealed]").AttrOr("value", "")}})
	if w, _ := b.get("/queue"); w.Code != http.StatusOK {
		t.Errorf("then the list: %d", w.Code)
	}
}

// Units as they stand: a post that nobody holds is said.
func TestUnitsSayWhatIsMissing(t *testing.T) {
	d := newDesk(t)
	system, _, _ := d.three()
	before := system.page("/units").Find("tbody tr").Length()
	if before != len(demo.Units()) {
		t.Errorf("%d units", before)
	}
	for _, a := range demo.Staff() {
		if a.Unit == "990102" && (petition.Actor{Roles: a.Roles}).Is(petition.ClosingAuditor) {
			d.must(d.store.DisableStaff(t.Context(), a.Login, d.now))
		}
	}
	row := system.page("/units").Find(`tbody tr:has(a[href="/accounts?unit=990102"])`).Text()
	if !strings.Contains(row, "还缺") || !strings.Contains(row, "结案审核员") {
		t.Errorf("the row says %q", row)
	}
}

// Every act that the log can hold has its words.
func TestEveryActOfTheAuditLogHasItsWords(t *testing.T) {
	d := newDesk(t)
	_, _, audit := d.three()
	doc := audit.page("/audit")
	if n := doc.Find("#f-action option").Length(); n != 1+len(backoffice.AuditBooks)+len(backoffice.AuditActions) || strings.Contains(doc.Find("#f-action").Text(), "⟪") {
		t.Errorf("%d acts: %s", n, doc.Find("#f-action").Text())
	}
}
