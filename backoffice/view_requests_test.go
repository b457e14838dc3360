package backoffice_test

import (
	"crypto/rand"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"huiyin/exchange"
	"huiyin/petition"
)

// said brings in what a petitioner does on the follow page, as the courier does.
func (d *desk) said(id petition.ID, act petition.Act) {
	d.t.Helper()
	item, err := petition.MakeID(d.now, rand.Reader)
	d.must(err)
	message, err := petition.MakeID(d.now, rand.Reader)
	d.must(err)
	d.must(d.store.TakeMessage(d.t.Context(), exchange.Taking{Item: item, From: "portal", Fence: d.fence, Now: d.now},
		exchange.Message{ID: message, Filing: id, At: d.now, Act: act}))
}

// Who asked who had looked is answered from the log: units, posts, times and purposes; no
// officer's name; a purpose that tells of somebody else can be left out; once.
func TestTheAuditorAnswersWhoHasLooked(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系转接没有办完")
	handler := account(t, "990102", petition.Handler)
	for _, why := range []string{"核对身份", "与李某某的件比对"} {
		_, err := d.store.Reveal(t.Context(), actor(handler), id, why, d.now)
		d.must(err)
	}
	b := d.as("990000", petition.AuditAdmin)
	if doc := b.page("/view-requests"); doc.Find(".empty").Length() != 1 {
		t.Errorf("before anybody asked: %s", text(doc))
	}
	d.said(id, petition.Act{Action: petition.AskViews, Text: "我想知道谁看过我的身份证"})
	to, _ := b.page("/view-requests").Find("a.ttl").Attr("href")
	doc := b.page(to)
	if got := text(doc); !strings.Contains(got, "谁看过我的身份证") || !strings.Contains(got, handler.Name) || strings.Contains(got, "组织关系转接") {
		t.Errorf("the auditor reads %s", got)
	}
	version := doc.Find("input[name=version]").AttrOr("value", "")
	form := url.Values{"version": {version}, "hide": {"1"}, "text": {"有疑问请再问我们。"}}
	d.do(handler, id, petition.Act{Action: petition.Note, Text: "又一条"})
	if w, doc := b.post(to, form); w.Code != http.StatusConflict || doc.Find("textarea").Text() != "有疑问请再问我们。" || doc.Find("input[name=hide][checked]").Length() != 1 {
		t.Errorf("an older page: %d %s", w.Code, text(doc))
	}
	form.Set("version", b.page(to).Find("input[name=version]").AttrOr("value", ""))
	if doc := b.done(to, form); doc.Find(".empty").Length() != 1 {
		t.Errorf("still waits: %s", text(doc))
	}
	c, err := d.store.Case(t.Context(), actor(handler), id)
	d.must(err)
	rules, err := d.store.Rules(t.Context())
	d.must(err)
	steps := petition.Project(c, rules, d.now).Steps
	answer := steps[len(steps)-1]
	for _, want := range []string{"2次", "青溪区委组织部", "承办人", "核对身份", "涉及他人", "有疑问请再问我们"} {
		if answer.Key != "step.views_answered" || !strings.Contains(answer.Text, want) {
			t.Errorf("the answer lacks %q: %q", want, answer.Text)
		}
	}
	if strings.Contains(answer.Text, handler.Name) || strings.Contains(answer.Text, "李某某") {
		t.Errorf("the answer names somebody: %q", answer.Text)
	}
	if w, _ := b.post(to, form); w.Code != http.StatusNotFound {
		t.Errorf("answered twice: %d", w.Code)
	}
}

// Nobody but the audit administrator answers; one of another place has nothing to answer.
func TestNobodyElseAnswersWhoHasLooked(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系转接没有办完")
	d.said(id, petition.Act{Action: petition.AskViews, Text: "谁看过"})
	to := "/view-requests/" + id.String()
	for _, r := range []petition.Role{petition.Handler, petition.Registrar, petition.OfficeHead, petition.ClosingAuditor, petition.CadreSupervisor} {
		b := d.as("990102", r)
		if w, _ := b.get(to); w.Code != http.StatusNotFound {
			t.Errorf("%s reads it: %d", r, w.Code)
		}
		if w, _ := b.post(to, url.Values{"version": {"3"}}); w.Code != http.StatusNotFound {
			t.Errorf("%s answers: %d", r, w.Code)
		}
	}
	b := d.as("990000", petition.AuditAdmin)
	if w, _ := b.get("/view-requests/" + d.registered("没有人问").String()); w.Code != http.StatusNotFound {
		t.Errorf("one that nobody asked about: %d", w.Code)
	}
}

// Who asks to have data put right is answered from the page that shows who he is; the
// case page says that he asks and shows none of it.
func TestDataArePutRightBehindTheIdentity(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系转接没有办完")
	d.said(id, petition.Act{Action: petition.Correct, Text: "手机写错了，应当是13911112222"})
	reg, path := d.as("990102", petition.Registrar), "/cases/"+id.String()
	if s := text(reg.page(path)); !strings.Contains(s, "信访人请求更正个人信息") || strings.Contains(s, "13911112222") {
		t.Errorf("the case says %s", s)
	}
	reg.page(path + "/identity")
	_, doc := reg.post(path+"/identity", url.Values{"purpose": {"verify"}})
	if s := text(doc); !strings.Contains(s, "应当是13911112222") || doc.Find(`input[name="person.mobile"]`).AttrOr("value", "") != "13800138000" {
		t.Fatalf("the identity says %s", s)
	}
	v := url.Values{}
	doc.Find(`form[action$="/amend"] input[type=hidden], form[action$="/amend"] input:not([type])`).Each(func(_ int, s *goquery.Selection) {
		v.Set(s.AttrOr("name", ""), s.AttrOr("value", ""))
	})
	v.Set("person.name", "周明华")
	v.Set("person.id_type", "resident")
	v.Set("person.id_number", "11010519491231002X")
	v.Set("person.address", "桥头街道1号")
	v.Set("person.mobile", "139")
	if w, doc := reg.post(path+"/amend", v); w.Code != http.StatusUnprocessableEntity || doc.Find("#f-granted-error, .field--error").Length() == 0 {
		t.Errorf("without an answer: %d", w.Code)
	}
	v.Set("granted", "yes")
	if w, doc := reg.post(path+"/amend", v); w.Code != http.StatusUnprocessableEntity || doc.Find(`input[name="person.mobile"]`).AttrOr("value", "") != "139" {
		t.Errorf("a wrong number: %d %s", w.Code, text(doc))
	}
	v.Set("person.mobile", "13911112222")
	if w, _ := d.as("990102", petition.Handler).post(path+"/amend", v); w.Code != http.StatusNotFound && w.Code != http.StatusForbidden {
		t.Errorf("a handler: %d", w.Code)
	}
	if s := text(reg.done(path+"/amend", v)); strings.Contains(s, "信访人请求更正个人信息") || !strings.Contains(s, "答复：更正") || strings.Contains(s, "13911112222") {
		t.Errorf("after it: %s", s)
	}
	reg.page(path + "/identity")
	_, doc = reg.post(path+"/identity", url.Values{"purpose": {"verify"}})
	if s := text(doc); !strings.Contains(s, "13911112222") || !strings.Contains(s, "更正以前的信息") || !strings.Contains(s, "13800138000") || doc.Find(`form[action$="/amend"]`).Length() != 0 {
		t.Errorf("afterwards the identity says %s", s)
	}
}
