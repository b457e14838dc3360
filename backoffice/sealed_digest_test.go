package backoffice_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"huiyin/petition"
)

// The digest counts without naming anybody; a leader reads the month that was put to him,
// and the copy for units below gives no small count.
func TestTheMonthlyDigest(t *testing.T) {
	d, one, leader, _ := sealedWorld(t)
	to := "/reports/digest?month=2026-11"
	doc := one.page(to)
	got := text(doc)
	for _, name := range []string{"某人", "卖官", "周明华"} {
		if strings.Contains(got, name) {
			t.Errorf("the digest names %q", name)
		}
	}
	if n := doc.Find("#kinds td.num").First().Text(); n != "1" || !strings.Contains(doc.Find("#areas th[scope=row]").Text(), "青溪") {
		t.Errorf("%q: %s", n, got)
	}
	if n := one.page(to + "&below=yes").Find("#kinds td.num").First().Text(); n != "不列" {
		t.Errorf("the copy for units below gives %q", n)
	}
	if w, _ := leader.get(to); w.Code != http.StatusNotFound {
		t.Errorf("not put to him: %d", w.Code)
	}
	w, doc := one.post("/reports/digest", url.Values{"month": {"2026-11"}})
	if w.Code != http.StatusUnprocessableEntity || doc.Find("#put .field--error").Length() == 0 {
		t.Errorf("to nobody: %d %s", w.Code, text(doc))
	}
	doc = one.done("/reports/digest", url.Values{"month": {"2026-11"}, "leader": {account(t, "990102", petition.Leader).ID.String()}})
	if !strings.Contains(text(doc), "已于") {
		t.Errorf("put: %s", text(doc))
	}
	if got := text(leader.page("/reports/digest")); !strings.Contains(got, "2026-11") || strings.Contains(got, "呈送部领导") {
		t.Errorf("the leader reads %s", got)
	}
	if leader.page("/reports").Find(`a[href="/reports/digest"]`).Length() != 1 {
		t.Error("nothing leads the leader to it")
	}
	if w, _ := d.as("990102", petition.OfficeHead).get(to); w.Code != http.StatusNotFound {
		t.Errorf("the head of the petition office: %d", w.Code)
	}
	w, doc = one.get("/reports/digest?month=11")
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(text(doc), "2026-11这样") {
		t.Errorf("no month: %d %s", w.Code, text(doc))
	}
}
