package backoffice_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"huiyin/petition"
)

// Given a missed first notice, the supervisor opens a file with facts and a measure, a
// leader decides, the supervisor notes what was done; the unit concerned reads the decision.
func TestScenario3_4_AMissedFirstNoticeIsAnsweredFor(t *testing.T) {
	d := newDesk(t)
	id := d.judged("组织关系转接没有办完")
	s := d.as("990102", petition.Supervisor)
	found, err := d.store.Case(t.Context(), actor(account(t, "990102", petition.Supervisor)), id)
	d.must(err)
	if w, doc := s.get("/accountability/new?number=" + found.Number); w.Code != http.StatusUnprocessableEntity || doc.Find("#f-number-error").Length() != 1 {
		t.Errorf("nothing is late yet: %d %s", w.Code, text(doc))
	}
	d.now = d.now.AddDate(0, 0, 30)
	s, leader := d.as("990102", petition.Supervisor), d.as("990102", petition.Leader)
	if got := text(s.page("/accountability/new?number=" + found.Number)); !strings.Contains(got, "首次告知") {
		t.Errorf("the record: %s", got)
	}
	form := url.Values{"number": {found.Number}, "text": {"逾期未告知，信访人两次来电。"}}
	w, doc := s.post("/accountability/new", form)
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(doc.Find("textarea").Text(), "两次来电") {
		t.Errorf("without a measure: %d %s", w.Code, text(doc))
	}
	form.Set("measure", "remind")
	w, _ = s.post("/accountability/new", form)
	to := w.Header().Get("Location")
	if w.Code != http.StatusSeeOther || s.page(to).Find("main form").Length() != 0 {
		t.Fatalf("whoever proposes decides: %d %s", w.Code, to)
	}
	head := d.as("990102", petition.OfficeHead)
	if w, _ := head.get(to); w.Code != http.StatusNotFound {
		t.Errorf("the head reads what is not decided: %d", w.Code)
	}
	if w, _ := s.post(to, url.Values{"seen": {"1"}, "step": {"pursue"}, "text": {"x"}, "measure": {"remind"}}); w.Code == http.StatusSeeOther {
		t.Error("the supervisor decides")
	}
	leader.page(to)
	if w, doc := leader.post(to, url.Values{"seen": {"1"}, "step": {"pursue"}, "measure": {"correct"}}); w.Code != http.StatusUnprocessableEntity || doc.Find("#f-text-error").Length() != 1 {
		t.Errorf("without reasons: %d", w.Code)
	}
	leader.done(to, url.Values{"seen": {"1"}, "step": {"pursue"}, "text": {"情况属实"}, "measure": {"correct"}})
	if got := text(head.page(to)); !strings.Contains(got, "情况属实") || !strings.Contains(got, "责令改正") {
		t.Errorf("the head reads %s", got)
	}
	if got := text(s.done(to, url.Values{"seen": {"2"}, "step": {"feedback"}, "text": {"已补发告知书"}})); !strings.Contains(got, "已补发告知书") {
		t.Errorf("the feedback: %s", got)
	}
	if got := text(s.page("/accountability")); !strings.Contains(got, "已结") {
		t.Errorf("the list: %s", got)
	}
	for _, b := range []*browser{d.as("990100", petition.Supervisor), d.as("990102", petition.Handler)} {
		if w, _ := b.get(to); w.Code != http.StatusNotFound {
			t.Errorf("somebody else reads it: %d", w.Code)
		}
	}
}
