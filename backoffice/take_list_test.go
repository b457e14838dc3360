package backoffice_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/xuri/excelize/v2"

	"huiyin/petition"
)

// Every list of duties, old cases, gaps, files, sessions and requests leads to its
// spreadsheet, narrowed as it is, with a purpose that is asked for and recorded.
func TestListsBesideCasesAreTakenOut(t *testing.T) {
	d := newDesk(t)
	d.registered("组织关系转接没有办完")
	d.inspection("990102", "990102", false)
	day := petition.Day(d.now.AddDate(0, 0, 9))
	w, _ := d.as("990102", petition.Leader).post("/set-duty/instruction", url.Values{"owner": {"990102"}, "title": {"=抓紧办理"}, "due": {day},
		"values.instruction": {"请抓紧"}})
	if w.Code != http.StatusSeeOther {
		t.Fatalf("set: %d", w.Code)
	}
	_, err := d.store.ActPlan(t.Context(), actor(account(t, "990102", petition.OfficeHead)), 2026, 0, petition.PlanAct{Action: petition.EnterSession,
		Session: &petition.Session{Kind: petition.TopicalSession, Leader: "季春晖", Post: "部长", Portfolio: "全面工作", Day: day, From: "09:00",
			Until: "11:00", Place: "接访室", Subject: "组织关系"}}, d.now)
	d.must(err)
	d.now = d.now.AddDate(0, 0, 70)
	head := d.as("990102", petition.OfficeHead)
	for list, want := range map[string]string{"/duties": "'=抓紧办理", "/backlog": "组织关系转接没有办完", "/gaps": "", "/accountability": "",
		"/inspections": "市委第二巡察组", "/reception?year=2026": "季春晖"} {
		link := ""
		head.page(list).Find(`.page__h a[href^="/take/"]`).Each(func(_ int, a *goquery.Selection) { link = a.AttrOr("href", "") })
		if link == "" {
			t.Errorf("%s cannot be taken out", list)
			continue
		}
		form := head.page(link).Find("main form")
		path, _, _ := strings.Cut(link, "?")
		posted := url.Values{}
		form.Find("input[type=hidden]").Each(func(_ int, in *goquery.Selection) { posted.Set(in.AttrOr("name", ""), in.AttrOr("value", "")) })
		if w, doc := head.post(path, posted); w.Code != http.StatusUnprocessableEntity || doc.Find("#f-purpose-error").Length() != 1 {
			t.Errorf("%s without a purpose: %d", list, w.Code)
		}
		posted.Set("purpose", "季度检查")
		w, _ := head.post(path, posted)
		book, err := excelize.OpenReader(bytes.NewReader(w.Body.Bytes()))
		d.must(err)
		rows, err := book.GetRows("Sheet1")
		d.must(err)
		var all []string
		for _, r := range rows {
			all = append(all, strings.Join(r, " "))
		}
		if s := strings.Join(all, "\n"); len(rows) < 2 || !strings.Contains(rows[0][0], "季度检查") || !strings.Contains(s, want) || strings.ContainsAny(s, "⟨⟩") ||
			want != "" && len(rows) < 3 {
			t.Errorf("%s: %q", list, rows)
		}
	}
	for _, bad := range []string{"/take/names", "/take/duties?kind=x", "/take/gaps?status=x", "/take/reception?year=1"} {
		if w, _ := head.get(bad); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", bad, w.Code)
		}
	}
	if w, _ := d.as("990102", petition.Handler).get("/take/inspections"); w.Code != http.StatusNotFound {
		t.Errorf("a handler takes the inspections out: %d", w.Code)
	}
}
