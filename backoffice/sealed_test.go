package backoffice_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"huiyin/petition"
)

// sealedWorld is a county with one report, opened by its cadre supervisor.
func sealedWorld(t *testing.T) (d *desk, one, two *browser, at string) {
	t.Helper()
	d = newDesk(t)
	r := aClaim("990102", "反映一名干部卖官")
	r.Purpose, r.Topic = petition.PurposeReport, "B1"
	r.Reported = []petition.Reported{{Name: "某人", Unit: "某局", Post: "局长"}}
	d.filed(r)
	one = d.as("990102", petition.CadreSupervisor)
	two = d.as("990102", petition.Leader)
	href, _ := one.page("/reports").Find("a.ttl").Attr("href")
	return d, one, two, href
}

// open looks at the report with a purpose.
func (b *browser) open(at string) string {
	b.d.t.Helper()
	w, doc := b.post(at, url.Values{"purpose": {"triage"}})
	if w.Code != http.StatusOK {
		b.d.t.Fatalf("%d %s", w.Code, text(doc))
	}
	return text(doc)
}

// The compartment registers, grades and puts up; the leader agrees to what was put up
// to him and sees nothing else; everything that is missing is said at its field.
func TestTheCompartmentWorksThroughItsPages(t *testing.T) {
	_, one, leader, at := sealedWorld(t)
	if w, _ := leader.get(at + "/cadre_agree"); w.Code != http.StatusNotFound {
		t.Errorf("the leader opens what was not put up to him: %d", w.Code)
	}
	doc := one.page(at + "/cadre_register")
	if got, _ := doc.Find("input[name='cadre.reported.0.name']").Attr("value"); got != "某人" {
		t.Errorf("who is reported: %q", got)
	}
	w, doc := one.post(at+"/cadre_register", url.Values{"cadre.reported.0.name": {"某人"}, "cadre.reported.0.manager": {""}})
	if w.Code != http.StatusUnprocessableEntity || doc.Find(".field--error").Length() == 0 {
		t.Errorf("without a manager: %d %s", w.Code, text(doc))
	}
	one.done(at+"/cadre_register", url.Values{"cadre.reported.0.name": {"某人"}, "cadre.reported.0.manager": {"990102"}})
	if got := one.open(at); !strings.Contains(got, "JB-") || !strings.Contains(got, "研判处置") {
		t.Errorf("registered: %s", got)
	}
	w, _ = one.post(at+"/dispose", url.Values{"cadre.grade": {"clear"}, "cadre.way": {"keep"}, "reason": {"x"}})
	if w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a clear clue is kept: %d", w.Code)
	}
	one.done(at+"/dispose", url.Values{"cadre.grade": {"vague"}, "cadre.way": {"inquire"}, "reason": {"线索笼统"}})
	if got := text(leader.page("/reports")); !strings.Contains(got, "等待同意") {
		t.Errorf("put up: %s", got)
	}
	if got := leader.open(at); !strings.Contains(got, "线索笼统") {
		t.Errorf("the leader reads: %s", got)
	}
	leader.done(at+"/cadre_agree", url.Values{})
	if w, _ := leader.post(at+"/cadre_agree", url.Values{}); w.Code == http.StatusSeeOther {
		t.Error("one person agreed twice")
	}
}

// Sealed up: below, the day is all that stays.
func TestWhatWasSentUpIsADayBelow(t *testing.T) {
	_, one, _, at := sealedWorld(t)
	one.done(at+"/send_up", url.Values{"reason": {"市管干部"}})
	if got := text(one.page("/reports")); strings.Contains(got, "卖官") || !strings.Contains(got, "已报上级") {
		t.Errorf("below: %s", got)
	}
	if w, _ := one.post(at, url.Values{"purpose": {"triage"}}); w.Code != http.StatusNotFound {
		t.Errorf("opened below: %d", w.Code)
	}
}

// Two at once: the second is told, and keeps what was typed.
func TestTwoInTheCompartment(t *testing.T) {
	_, one, _, at := sealedWorld(t)
	stale, _ := one.page(at + "/cadre_note").Find("input[name=version]").Attr("value")
	one.done(at+"/cadre_note", url.Values{"text": {"第一条"}, "version": {stale}})
	w, doc := one.post(at+"/cadre_note", url.Values{"text": {"第二条"}, "version": {stale}})
	if w.Code != http.StatusConflict || !strings.Contains(doc.Find("textarea").Text(), "第二条") {
		t.Errorf("%d %s", w.Code, text(doc))
	}
}

// Who does not agree says why; what was put up comes back to the compartment as it was.
func TestWhatIsNotAgreedToComesBack(t *testing.T) {
	_, one, leader, at := sealedWorld(t)
	one.done(at+"/cadre_register", url.Values{"cadre.reported.0.name": {"某人"}, "cadre.reported.0.manager": {"990102"}})
	if doc := one.page(at + "/dispose"); doc.Find(`.effect`).Length() != 1 {
		t.Errorf("nothing says who must agree: %s", text(doc))
	}
	one.done(at+"/dispose", url.Values{"cadre.grade": {"vague"}, "cadre.way": {"inquire"}, "reason": {"线索笼统"}})
	if w, _ := one.post(at+"/cadre_agree", url.Values{}); w.Code == http.StatusSeeOther {
		t.Error("who put it up agrees to it")
	}
	w, doc := leader.post(at+"/cadre_disagree", url.Values{"reason": {" "}})
	if w.Code != http.StatusUnprocessableEntity || doc.Find("#f-reason-error").Length() != 1 {
		t.Errorf("without a reason: %d %s", w.Code, text(doc))
	}
	leader.done(at+"/cadre_disagree", url.Values{"reason": {"先核实时间地点"}})
	if got := one.open(at); !strings.Contains(got, "先核实时间地点") {
		t.Errorf("the compartment does not learn why: %s", got)
	}
	one.page(at + "/dispose") // it can be put up anew
	if w, _ := leader.post(at, url.Values{"purpose": {"leader"}}); w.Code != http.StatusNotFound {
		t.Errorf("the leader opens what no longer waits for him: %d", w.Code)
	}
}

// An act that there is not, or not now, or not for this reader, opens no form.
func TestNoFormForWhatCannotBeDone(t *testing.T) {
	d, one, _, at := sealedWorld(t)
	if w, _ := one.get(at + "/nonsense"); w.Code != http.StatusNotFound {
		t.Errorf("an act that there is not: %d", w.Code)
	}
	for _, early := range []string{"find", "feed_back", "reopen", "clear_name"} {
		w, doc := one.get(at + "/" + early)
		if w.Code != http.StatusConflict && w.Code != http.StatusNotFound || doc.Find("main form").Length() != 0 {
			t.Errorf("%s before registration: %d %s", early, w.Code, text(doc))
		}
		if w, _ := one.post(at+"/"+early, url.Values{"text": {"x"}, "reason": {"x"}}); w.Code == http.StatusSeeOther {
			t.Errorf("%s was done before registration", early)
		}
	}
	for _, a := range []*browser{d.as("990100", petition.CadreSupervisor), d.as("990102", petition.OfficeHead)} {
		if w, _ := a.get(at + "/cadre_register"); w.Code != http.StatusNotFound {
			t.Errorf("outside the compartment: %d", w.Code)
		}
	}
}

// What was put up stands on the page of the leader to whom it was, and on nobody else's.
func TestTheLeadersPageShowsWhatWasPutUp(t *testing.T) {
	d, one, leader, at := sealedWorld(t)
	if doc := leader.page("/leader"); doc.Find(`.tile[href="/reports"]`).Length() != 0 {
		t.Errorf("before: %s", text(doc))
	}
	one.done(at+"/cadre_register", url.Values{"cadre.reported.0.name": {"某人"}, "cadre.reported.0.manager": {"990102"}})
	one.done(at+"/dispose", url.Values{"cadre.grade": {"vague"}, "cadre.way": {"inquire"}, "reason": {"线索笼统"}})
	if got := leader.page("/leader").Find(`.tile[href="/reports"] .v`).Text(); !strings.HasPrefix(got, "1") {
		t.Errorf("put up: %q", got)
	}
	for _, b := range []*browser{d.as("990102", petition.OfficeHead), d.as("990102", petition.Supervisor), d.as("990100", petition.Leader)} {
		if doc := b.page("/leader"); doc.Find(`.tile[href="/reports"]`).Length() != 0 {
			t.Error("somebody else sees that something was put up")
		}
	}
}
