package backoffice_test

import (
	"crypto/rand"
	"net/http"
	"net/url"
	"strings"
	"testing"

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
