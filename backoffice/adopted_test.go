package backoffice_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"huiyin/petition"
)

// suggested is a suggestion of the county that was adopted, and answered through the pages.
func (d *desk) suggested(title string) petition.ID {
	d.t.Helper()
	f := aClaim("990102", title)
	f.Purpose, f.Topic = petition.PurposeAdvice, "G1"
	id := d.filed(f)
	d.do(account(d.t, "990102", petition.Registrar), id, petition.Act{Action: petition.Register, Topic: "G1"})
	d.as("990102", petition.UnitHead).act(id, "accept", url.Values{"reason": {"属于本区"}})
	d.as("990102", petition.Handler).act(id, "start", url.Values{})
	d.answered("990102", id, url.Values{"outcome": {"adopted"}, "facts": {"看了窗口一周的排队情况。"}, "answer.0": {"中午开放。"}, "answer.1": {"下月起。"}, "opinion": {"采纳。"}})
	return id
}

// On the page of a suggestion that was adopted, and on no other, a reward is proposed to a
// leader; what is wrong comes back with its words, and the decision stands on the duty.
func TestScenario2_6_ARewardIsProposedAndDecided(t *testing.T) {
	d := newDesk(t)
	id := d.suggested("窗口中午也开放")
	claim := d.handled("组织关系没有转")
	head, lead := d.as("990102", petition.OfficeHead), account(t, "990102", petition.Leader)
	way := `a[href^="/set-duty/reward"]`
	if head.page("/cases/"+claim.String()).Find(way).Length() != 0 {
		t.Error("a claim is to be rewarded")
	}
	to, ok := head.page("/cases/" + id.String()).Find(way).Attr("href")
	if !ok {
		t.Fatal("no way to propose a reward")
	}
	if s := text(head.page("/set-duty/reward")); !strings.Contains(s, "在被采纳的意见建议页面上提出") {
		t.Errorf("without a case: %s", s)
	}
	head.page(to)
	v := url.Values{"case": {id.String()}, "owner": {"990102"}, "title": {"中午开放窗口"}, "due": {petition.Day(d.now.AddDate(0, 0, 20))}, "person": {lead.ID.String()},
		"values.contribution": {"少跑一趟"}, "values.reward": {""}}
	w, doc := head.post("/set-duty/reward", v)
	if w.Code != http.StatusUnprocessableEntity || doc.Find(`[name="values.contribution"]`).Text() != "少跑一趟" {
		t.Errorf("without what is proposed: %d", w.Code)
	}
	v.Set("values.reward", "发感谢信")
	w, _ = head.post("/set-duty/reward", v)
	at := w.Header().Get("Location")
	boss := d.as("990102", petition.Leader)
	boss.done(at+"/answer", url.Values{"version": {"1"}, "values.ruling": {"同意，确有帮助"}})
	doc = head.done(at+"/close", url.Values{"version": {"2"}, "outcome": {"granted"}, "text": {"感谢信已经寄出"}})
	if s := text(doc); !strings.Contains(s, "给予奖励") || !strings.Contains(s, "同意，确有帮助") || strings.Contains(s, "周明华") {
		t.Errorf("%s", s)
	}
	v.Set("case", claim.String())
	if w, _ := head.post("/set-duty/reward", v); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a claim is rewarded: %d", w.Code)
	}
}
