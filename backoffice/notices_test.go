package backoffice_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"huiyin/petition"
)

// guided is a visit at the province that was guided down to the county.
func (d *desk) guided(title string) petition.ID {
	d.t.Helper()
	f := aClaim("990000", title)
	f.Channel = petition.ByVisit
	id, _, err := d.store.RegisterFor(d.t.Context(), actor(account(d.t, "990000", petition.Registrar)), "",
		petition.Act{Channel: petition.ByVisit, Topic: "C3", Filing: &f, Unit: "990000"}, d.now)
	d.must(err)
	d.do(account(d.t, "990000", petition.OfficeHead), id, petition.Act{Action: petition.Refuse, Ground: petition.SkipLevel, To: "990102",
		Text: "这件事由区里管。", Reason: "党员组织关系由区里管理",
		Paper: &petition.Paper{Kind: petition.RefusalNotice, Title: "不予受理告知书", To: "周明华：",
			Sections: []petition.Section{{Text: "请到区里提出。"}}, Basis: []string{"《信访工作条例》第二十条"}, Remedy: "有疑问请打电话。"}})
	return id
}

func TestTheUnitBelowReadsThatAVisitorWasGuidedToIt(t *testing.T) {
	d := newDesk(t)
	id := d.guided("组织关系转接没有办完")
	b := d.as("990102", petition.Registrar)
	if got := b.page("/queue").Find(`.rail a[href="/notices"] .pill`).Text(); got != "1" {
		t.Errorf("the rail says %q", got)
	}
	doc := b.page("/notices")
	link := doc.Find("a.ttl")
	if link.Length() != 1 || !strings.Contains(text(doc), "未阅") || strings.Contains(doc.Text(), "周明华") {
		t.Fatalf("%s", text(doc))
	}
	to := link.AttrOr("href", "")
	doc = b.page(to)
	for _, want := range []string{"党员组织关系由区里管理", "五月把组织关系材料交上去", "信访人可能会来"} {
		if !strings.Contains(text(doc), want) {
			t.Errorf("%q is not said: %s", want, text(doc))
		}
	}
	if strings.Contains(doc.Text(), "周明华") || strings.Contains(doc.Text(), "13800138000") {
		t.Error("it says who")
	}
	if w, _ := b.get("/cases/" + id.String()); w.Code != http.StatusNotFound {
		t.Errorf("the case is open to the unit below: %d", w.Code)
	}
	doc = b.done(to, url.Values{})
	if !strings.Contains(text(doc), account(t, "990102", petition.Registrar).Name+"已阅") || doc.Find(`.rail a[href="/notices"] .pill`).Length() != 0 {
		t.Errorf("%s", text(doc))
	}
	if seen := text(d.as("990000", petition.Registrar).page("/cases/" + id.String())); !strings.Contains(seen, "已阅来函告知") {
		t.Errorf("the sender does not see it: %s", seen)
	}
	for _, one := range []struct {
		unit petition.UnitID
		role petition.Role
	}{{"990121", petition.Registrar}, {"990102", petition.Handler}, {"990102", petition.Leader}, {"990102", petition.CadreSupervisor}} {
		o := d.as(one.unit, one.role)
		if w, _ := o.get(to); w.Code != http.StatusNotFound {
			t.Errorf("%s of %s reads it: %d", one.role, one.unit, w.Code)
		}
		if w, _ := o.post(to, url.Values{}); w.Code != http.StatusNotFound {
			t.Errorf("%s of %s takes note: %d", one.role, one.unit, w.Code)
		}
	}
	for _, path := range []string{"/notices?before=x", "/notices?before=5&case=x", "/notices/nonsense/2", to + "9", "/notices/" + id.String() + "/x"} {
		if w, _ := b.get(path); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

// A letter that reports a cadre is registered and gone: the registrar has a slip and
// nothing else, and no page of anybody outside the compartment changes.
func TestALetterThatReportsACadreIsSealedWithASlip(t *testing.T) {
	d := newDesk(t)
	d.registered("组织关系转接没有办完")
	look := func() map[string]string {
		seen := map[string]string{}
		for _, unit := range []petition.UnitID{"990102", "990100"} {
			for _, role := range []petition.Role{petition.Registrar, petition.OfficeHead, petition.Leader, petition.Handler, petition.Supervisor} {
				b := d.as(unit, role)
				for _, path := range []string{"/queue", "/queue?todo=yes", "/queue?below=yes", "/queue?topic=B", "/leader", "/find?q=x", "/notices"} {
					w, _ := b.get(path)
					seen[string(unit)+string(role)+path] = strings.ReplaceAll(w.Body.String(), b.token, "")
				}
			}
		}
		return seen
	}
	before := look()
	b := d.as("990102", petition.Registrar)
	nonce := hidden(b.page("/register/letter"), "/register/letter").Get("nonce")
	for name, head := range map[string]string{"990102": "", "990100": "yes"} {
		v := aLetter(nonce + head)
		v.Set("filing.purpose", "3")
		v.Set("topic", "B1")
		v.Set("filing.title", "反映一名干部拉票")
		v.Set("reported.name", "丁某某")
		v.Set("reported.post", "局长")
		v.Set("concerns_head", head)
		w, doc := b.post("/register/letter", v)
		if w.Code != http.StatusOK || doc.Find("body.print-slip .slip #code").Length() != 1 || doc.Find(`a[href^="/cases/"]`).Length() != 0 {
			t.Fatalf("%d %s", w.Code, text(doc))
		}
		for _, secret := range []string{"丁某某", "吴桂兰", "反映一名干部拉票", "XF99"} {
			if strings.Contains(doc.Find(".slip").Text(), secret) {
				t.Errorf("the slip says %q", secret)
			}
		}
		if w, _ := b.post("/register/letter", v); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/queue" {
			t.Errorf("sent twice: %d to %q", w.Code, w.Header().Get("Location"))
		}
		b.page("/queue") // the flash is read
		list := d.as(petition.UnitID(name), petition.CadreSupervisor).page("/reports")
		if list.Find("a.ttl").Length() != 1 || !strings.Contains(text(list), "反映一名干部拉票") {
			t.Errorf("%s: %s", name, text(list))
		}
	}
	for at, page := range look() {
		if page != before[at] {
			t.Errorf("%s changed", at)
		}
	}
}
