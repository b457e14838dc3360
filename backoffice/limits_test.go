package backoffice_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"huiyin/petition"
)

// A city's own limits: refused with every word kept, shown with their effect, applied, and
// then on the case's page as the reason of its date.
func TestACityGetsItsOwnLimits(t *testing.T) {
	d := newDesk(t)
	id := d.filed(aClaim("990102", "组织关系转接没有办完"))
	admin := d.signIn(account(t, "990000", petition.SystemAdmin))
	admin.page("/limits/local")
	form := url.Values{"unit": {"990100"}, "name": {"云川市组织部门信访工作实施办法"}, "source": {"云组发〔2026〕5号"}, "from": {"2026-01-01"},
		"days.K2": {"5"}, "working.K2": {"yes"}, "article.K2": {"第七条"}, "days.K5": {"10"}, "article.K5": {"第十二条"}}
	w, doc := admin.post("/limits/local", clone(form))
	if s := text(doc); w.Code != http.StatusUnprocessableEntity || !strings.Contains(s, "不能短于全国规定的30天") ||
		doc.Find(`input[name="days.K2"]`).AttrOr("value", "") != "5" || doc.Find(`input[name="article.K5"]`).AttrOr("value", "") != "第十二条" {
		t.Fatalf("a shorter time for a review: %d %s", w.Code, s)
	}
	form.Set("days.K2", "five")
	if w, doc = admin.post("/limits/local", clone(form)); w.Code != http.StatusUnprocessableEntity || !strings.Contains(text(doc), "1到365") {
		t.Errorf("no number: %d", w.Code)
	}
	form.Del("days.K5")
	form.Set("days.K2", "5")
	doc = admin.done("/limits/local", clone(form))
	s := text(doc)
	if doc.Find("tbody tr").Length() != 1 || !strings.Contains(s, "2026年12月7日") || !strings.Contains(s, "2026年11月27日") ||
		!strings.Contains(s, "15天 → 5个工作日") || !strings.Contains(s, "什么都不会改") && !strings.Contains(s, "等您决定") {
		t.Fatalf("the preview: %s", s)
	}
	edit, _ := doc.Find(`form[action^="/limits/"]`).Attr("action")
	registrar := d.as("990102", petition.Registrar)
	if s := text(registrar.page("/cases/" + id.String())); strings.Contains(s, "云川市组织部门") {
		t.Error("a draft is in force")
	}
	if w, _ := admin.post(edit, url.Values{"do": {"burn"}}); w.Code != http.StatusNotFound {
		t.Errorf("an act that is none: %d", w.Code)
	}
	doc = admin.done(edit, url.Values{"do": {"apply"}})
	if s := text(doc); !strings.Contains(s, "起实行") || !strings.Contains(s, "已重新计算并记入1件") {
		t.Errorf("applied: %s", s)
	}
	if w, _ := admin.post(edit, url.Values{"do": {"apply"}}); w.Code != http.StatusConflict {
		t.Errorf("twice: %d", w.Code)
	}
	s = text(registrar.page("/cases/" + id.String()))
	if !strings.Contains(s, "按《云川市组织部门信访工作实施办法》第七条，5个工作日，到2026年11月27日") ||
		!strings.Contains(s, "期限重新计算") || !strings.Contains(s, "2026-12-07 → 2026-11-27") {
		t.Errorf("the case: %s", s)
	}
	if s := text(admin.page("/limits")); !strings.Contains(s, "云川市组织部门信访工作实施办法") || !strings.Contains(s, "已经实行") {
		t.Errorf("the list: %s", s)
	}
	if v := admin.page("/limits/local?id=990100-2026-01-01").Find(`input[name="days.K2"]`).AttrOr("value", ""); v != "5" {
		t.Errorf("to be changed it begins with %q", v)
	}
	if s := text(d.as("990000", petition.AuditAdmin).page("/audit")); !strings.Contains(s, "实行期限修改") {
		t.Error("not in the log")
	}
	if w, _ := admin.get("/limits/local?id=2022"); w.Code != http.StatusNotFound {
		t.Errorf("the national profile: %d", w.Code)
	}
}

// A schedule is typed, checked line by line, shown, and given up.
func TestAHolidayScheduleIsEntered(t *testing.T) {
	d := newDesk(t)
	admin := d.signIn(account(t, "990000", petition.SystemAdmin))
	if days := admin.page("/limits/calendar?year=2026").Find("textarea").Text(); !strings.Contains(days, "2026,年,") ||
		!strings.Contains(days, ",放假,") || strings.Contains(days, ",off,") || strings.Contains(days, "2025-") {
		t.Errorf("begins with %s", days)
	}
	bad := "2027，年，国办发明电〔2026〕7号\n2027-01-01，free，元旦\n"
	w, doc := admin.post("/limits/calendar", url.Values{"title": {"2027年放假安排"}, "days": {bad}})
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(text(doc), "2") || strings.TrimSpace(doc.Find("textarea").Text()) != strings.TrimSpace(bad) {
		t.Fatalf("a word that is none: %d %s", w.Code, text(doc))
	}
	short := strings.Replace(bad, "free", "放假", 1)
	w, doc = admin.post("/limits/calendar", url.Values{"title": {"2027年放假安排"}, "days": {short}})
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(doc.Find("#f-days-error").Text(), "春节、清明") ||
		strings.TrimSpace(doc.Find("textarea").Text()) != strings.TrimSpace(short) {
		t.Fatalf("days left out: %d %s", w.Code, text(doc))
	}
	whole := short + "2027-02-06,放假,春节\n2027-04-05,放假,清明节\n2027-06-09,放假,端午节\n2027-09-15,放假,中秋节\n" +
		"2027-10-01,放假,国庆节\n2027-10-02,放假,国庆节\n2027-10-03,放假,国庆节\n"
	doc = admin.done("/limits/calendar", url.Values{"title": {"2027年放假安排"}, "days": {whole}})
	if s := text(doc); !strings.Contains(s, "2027-01-01,放假,元旦") {
		t.Errorf("what was entered: %s", s)
	}
	edit, _ := doc.Find(`form[action^="/limits/"]`).Attr("action")
	doc = admin.done(edit, url.Values{"do": {"drop"}})
	if s := text(doc); !strings.Contains(s, "没有实行") {
		t.Errorf("given up: %s", s)
	}
	if s := text(admin.page("/limits")); strings.Contains(strings.Split(s, "期限规定")[0], "2027") {
		t.Errorf("in force all the same: %s", s)
	}
}

func clone(v url.Values) url.Values {
	all := url.Values{}
	for k, vs := range v {
		all[k] = append([]string{}, vs...)
	}
	return all
}

// The topmost unit sets a figure that no national rule fixes: shown before it is applied,
// then in force for the county.
func TestTheTopmostUnitSetsAFigure(t *testing.T) {
	d := newDesk(t)
	admin := d.signIn(account(t, "990000", petition.SystemAdmin))
	if s := text(admin.page("/limits/local")); !strings.Contains(s, "全国规定没有定的数") || !strings.Contains(s, "答复以后可以评价的时间") {
		t.Fatalf("%s", s)
	}
	form := url.Values{"unit": {"990100"}, "name": {"澜江省组织部门信访工作实施办法"}, "source": {"澜组发〔2026〕1号"}, "from": {"2026-11-20"},
		"figure.rate": {"10"}}
	w, doc := admin.post("/limits/local", clone(form))
	if s := text(doc); w.Code != http.StatusUnprocessableEntity || !strings.Contains(s, "请把单位选成最上级") || !strings.Contains(s, "写30到90的天数") ||
		doc.Find(`input[name="figure.rate"]`).AttrOr("value", "") != "10" {
		t.Fatalf("%d %s", w.Code, s)
	}
	form.Set("unit", "990000")
	form.Set("figure.rate", "45")
	doc = admin.done("/limits/local", clone(form))
	if s := text(doc); !strings.Contains(s, "答复以后可以评价的时间") || !strings.Contains(s, "30天 → 45天") || !strings.Contains(s, "以前收到的还按原来的") {
		t.Fatalf("the preview: %s", s)
	}
	edit, _ := doc.Find(`form[action^="/limits/"]`).Attr("action")
	admin.done(edit, url.Values{"do": {"apply"}})
	if s := text(admin.page("/limits")); !strings.Contains(s, "答复以后可以评价的时间 30天 → 45天") {
		t.Errorf("the list: %s", s)
	}
	if v := admin.page("/limits/local?id=990000-2026-11-20").Find(`input[name="figure.rate"]`).AttrOr("value", ""); v != "45" {
		t.Errorf("to be changed it begins with %q", v)
	}
	rules, err := d.store.Rules(t.Context())
	d.must(err)
	c := &petition.Case{Received: d.now}
	if got := rules.LawOf(c, "990102").RateDays; got != 45 {
		t.Errorf("the county: %d days", got)
	}
}
