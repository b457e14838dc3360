package backoffice_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"huiyin/petition"
)

func TestAWithdrawalIsRecordedForSomebodyAtTheCounter(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系转接没有办完")
	b := d.as("990102", petition.Registrar)
	path := "/cases/" + id.String()
	to := b.page(path).Find(`.do details a[href$="/withdraw"]`).AttrOr("href", "")
	if to != path+"/withdraw" {
		t.Fatalf("no way to record it: %q", to)
	}
	form := hidden(b.page(to), to)
	w, doc := b.post(to, form)
	if w.Code != http.StatusUnprocessableEntity || doc.Find(".errsum li").Length() != 3 {
		t.Errorf("%d %s", w.Code, doc.Find(".errsum").Text())
	}
	form.Set("asked.who", "self")
	form.Set("asked.how", "card")
	form.Set("asked.words", "本人十一月二十日到接待室，身份证与登记一致")
	w, doc = b.post(to, form)
	if w.Code != http.StatusOK || !strings.Contains(doc.Find(".doc").Text(), "核对身份以后已经代为记录") || strings.Contains(doc.Text(), "周明华") {
		t.Fatalf("%d %s", w.Code, text(doc))
	}
	form.Set("step", "do")
	doc = b.done(to, form)
	seen := text(doc)
	for _, want := range []string{"已撤回", "信访人本人", "当面看证件", "身份证与登记一致", "代信访人记录"} {
		if !strings.Contains(seen, want) {
			t.Errorf("%q is not on record: %s", want, seen)
		}
	}
	found, err := d.store.Case(t.Context(), actor(account(t, "990102", petition.Registrar)), id)
	d.must(err)
	rules, err := d.store.Rules(t.Context())
	d.must(err)
	folder := petition.Project(found, rules, d.now)
	last := folder.Steps[len(folder.Steps)-1]
	if last.Key != "step.withdrawn" || last.Letter == 0 {
		t.Fatalf("the petitioner is shown %+v", last)
	}
	if paper := folder.Letters[last.Letter-1]; paper.Kind != petition.WithdrawalNotice || paper.Number == "" || !strings.Contains(paper.Sections[0].Text, "组织关系转接没有办完") {
		t.Errorf("the paper: %+v", paper)
	}
}

func TestWhatSomebodyAddsAtTheCounterIsRecorded(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系转接没有办完")
	registrar := account(t, "990102", petition.Registrar)
	d.do(registrar, id, petition.Act{Action: petition.AskInfo, Text: "请补充介绍信。", Deadline: "2026-12-01",
		Paper: &petition.Paper{Kind: petition.InfoRequest, Title: "补充材料通知", To: "周明华：", Sections: []petition.Section{{Text: "请补充介绍信。"}},
			Basis: []string{"《信访工作条例》第二十三条"}, Remedy: "没有也没关系。"}})
	b := d.signIn(registrar)
	path := "/cases/" + id.String() + "/supply"
	form := hidden(b.page(path), path)
	for k, v := range map[string]string{"text": "介绍信在九月已经交给村里。", "asked.who": "agent", "asked.how": "phone", "asked.words": "打登记的手机，女儿接的，有委托书", "step": "do"} {
		form.Set(k, v)
	}
	doc := b.done(path, form)
	if state(doc) != "已登记" || !strings.Contains(text(doc), "介绍信在九月已经交给村里") || !strings.Contains(text(doc), "代理人") {
		t.Errorf("%s", text(doc))
	}
	for _, one := range []struct {
		unit petition.UnitID
		role petition.Role
		want int
	}{{"990102", petition.Leader, 403}, {"990100", petition.Registrar, 403}, {"990121", petition.Registrar, 404}} {
		o := d.as(one.unit, one.role)
		if w, _ := o.get("/cases/" + id.String() + "/withdraw"); w.Code != one.want {
			t.Errorf("%s of %s withdraws for him: %d", one.role, one.unit, w.Code)
		}
		if w, _ := o.post("/cases/"+id.String()+"/withdraw", url.Values{"step": {"do"}}); w.Code != one.want {
			t.Errorf("%s of %s withdraws for him: %d", one.role, one.unit, w.Code)
		}
	}
	anonymous := aClaim("990102", "建议公开栏同步到村民群")
	anonymous.Purpose, anonymous.Anonymous, anonymous.Person = petition.PurposeAdvice, true, petition.Person{}
	other := d.filed(anonymous)
	if w, doc := b.get("/cases/" + other.String() + "/withdraw"); w.Code != http.StatusForbidden || !strings.Contains(text(doc), "没法核对") {
		t.Errorf("for nobody: %d %s", w.Code, text(doc))
	}
}
