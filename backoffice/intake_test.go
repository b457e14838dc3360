package backoffice_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"huiyin/exchange"
	"huiyin/petition"
)

// aLetter is the form of a letter, filled in.
func aLetter(nonce string) url.Values {
	return url.Values{"nonce": {nonce}, "channel": {"1"}, "arrival": {"direct"}, "day": {"2026-11-19"}, "hour": {"15:00"},
		"postmark": {"2026-11-17"}, "person.name": {"吴桂兰"}, "person.mobile": {"13900139000"}, "person.id_type": {"resident"},
		"person.id_number": {"11010519491231002x"}, "person.address": {"云麓街道2号"}, "filing.purpose": {"22"}, "topic": {"C7"},
		"filing.title": {"困难党员补助没有发"}, "filing.facts": {"去年申请的补助，到现在没有发。"}, "request": {"请查一查\n书面答复"}}
}

func TestALetterIsRegisteredWithASlip(t *testing.T) {
	d := newDesk(t)
	b := d.as("990102", petition.Registrar)
	nonce := hidden(b.page("/register/letter"), "/register/letter").Get("nonce")
	w, doc := b.post("/register/letter", aLetter(nonce))
	if w.Code != http.StatusOK {
		t.Fatalf("%d %s", w.Code, text(doc))
	}
	code, err := exchange.ParseCode(doc.Find("#code").Text())
	if err != nil {
		t.Errorf("the slip's code %q: %v", doc.Find("#code").Text(), err)
	}
	if doc.Find("svg.qr path").AttrOr("d", "") == "" || !strings.Contains(text(doc), "https://xf.example.cn/follow") {
		t.Error("no QR code or address")
	}
	if w.Header().Get("Cache-Control") != "no-store" {
		t.Error("the slip may be stored")
	}
	to := doc.Find(`a.btn[href^="/cases/"]`).AttrOr("href", "")
	doc = b.page(to)
	if state(doc) != "已登记" || !strings.Contains(doc.Find(".chead .no").Text(), "XF990102") || strings.Contains(doc.Text(), "吴桂兰") {
		t.Errorf("the case: %s", text(doc))
	}
	if got := doc.Find(".cclock p span").First().Text(); !strings.Contains(got, "11月19日") {
		t.Errorf("the clock runs from %q, not from the day it arrived", got)
	}
	if strings.Contains(doc.Text(), code.String()) {
		t.Error("the code is shown again")
	}
	// The same form sent again leads to the case and registers nothing.
	w, _ = b.post("/register/letter", aLetter(nonce))
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != to {
		t.Errorf("sent twice: %d to %q", w.Code, w.Header().Get("Location"))
	}
}

// At the desk too others may speak: representatives, an agent with the relation, a guardian
// for a minor; what is wrong with them is said at their fields, and nothing is lost.
func TestOthersWhoSpeakAreRegisteredAtTheDesk(t *testing.T) {
	d := newDesk(t)
	b := d.as("990102", petition.Registrar)
	v := aLetter(hidden(b.page("/register/letter"), "/register/letter").Get("nonce"))
	v.Set("cosigners", "6")
	v.Set("representatives", "李大川 13800138000\n王")
	v.Set("agent.name", "周小明")
	v.Set("guardian", "yes")
	w, doc := b.post("/register/letter", v)
	for _, field := range []string{"representatives", "agent_relation", "person.id_number"} {
		if w.Code != http.StatusUnprocessableEntity || doc.Find(`[name="`+field+`"][aria-invalid=true]`).Length() != 1 {
			t.Errorf("%s: %d %s", field, w.Code, text(doc))
		}
	}
	if doc.Find("details[open] textarea[name=representatives]").Text() != "李大川 13800138000\n王" {
		t.Error("what was typed is lost, or folded away")
	}
	v.Del("guardian")
	v.Set("representatives", "李大川 13800138000\n王小河，13900139001\n")
	v.Set("agent_relation", "儿子")
	w, doc = b.post("/register/letter", v)
	if w.Code != http.StatusOK {
		t.Fatalf("%d %s", w.Code, text(doc))
	}
	id := strings.TrimPrefix(doc.Find(`a.btn[href^="/cases/"]`).AttrOr("href", ""), "/cases/")
	_, doc = b.post("/cases/"+id+"/identity", url.Values{"purpose": {"contact"}})
	shown := text(doc)
	for _, want := range []string{"李大川", "王小河", "13900139001", "周小明", "儿子"} {
		if !strings.Contains(shown, want) {
			t.Errorf("%s is not on record: %s", want, shown)
		}
	}
}

// TestADayLongPastIsAskedAgain: a slip of the pen in a date starts no clock of 1990.
func TestADayLongPastIsAskedAgain(t *testing.T) {
	d := newDesk(t)
	b := d.as("990102", petition.Registrar)
	v := aLetter(hidden(b.page("/register/letter"), "/register/letter").Get("nonce"))
	v.Set("postmark", "")
	try := func(day string) (int, *goquery.Document) {
		v.Set("day", day)
		w, doc := b.post("/register/letter", v)
		return w.Code, doc
	}
	for _, absurd := range []string{"1990-01-01", "2005-04-30", "0001-01-01"} {
		code, doc := try(absurd)
		if code != http.StatusUnprocessableEntity || !strings.Contains(doc.Find("#f-day-error").Text(), "2005") || doc.Find("#f-sure").Length() != 0 {
			t.Errorf("%s: %d %s", absurd, code, text(doc))
		}
	}
	code, doc := try("2026-01-05")
	if code != http.StatusUnprocessableEntity || !strings.Contains(doc.Find("#f-sure-error").Text(), "319天以前") ||
		doc.Find("input[name=asked]").AttrOr("value", "") != "2026-01-05" {
		t.Fatalf("not asked: %d %s", code, text(doc))
	}
	v.Set("asked", "2026-01-05")
	v.Set("sure", "yes")
	if code, doc = try("2025-12-31"); code != http.StatusUnprocessableEntity || doc.Find("input[name=sure][checked]").Length() != 0 {
		t.Errorf("the tick for one day stands for another: %d", code)
	}
	if code, doc = try("2026-01-05"); code != http.StatusOK || doc.Find("#code").Length() != 1 {
		t.Errorf("ticked: %d %s", code, text(doc))
	}
}

func TestAnAlikeMatterIsShownBeforeItIsRegistered(t *testing.T) {
	d := newDesk(t)
	b := d.as("990102", petition.Registrar)
	b.page("/register/letter")
	b.post("/register/letter", aLetter("one"))
	w, doc := b.post("/register/letter", aLetter("two"))
	if w.Code != http.StatusOK || doc.Find("input[name=anyway]").Length() != 1 || doc.Find(`.files a[href^="/cases/"]`).Length() == 0 {
		t.Fatalf("%d %s", w.Code, text(doc))
	}
	if got := doc.Find("input[name='person.name']").AttrOr("value", ""); got != "吴桂兰" {
		t.Errorf("the words were lost: %q", got)
	}
	v := aLetter("two")
	v.Set("anyway", "yes")
	if _, doc = b.post("/register/letter", v); doc.Find("#code").Length() != 1 {
		t.Errorf("not registered all the same: %s", text(doc))
	}
}

func TestAnEmptyRegistrationSaysWhatIsMissingAndKeepsTheRest(t *testing.T) {
	d := newDesk(t)
	b := d.as("990102", petition.Registrar)
	b.page("/register/visit")
	for _, one := range []struct {
		change url.Values
		field  string
	}{
		{url.Values{"person.name": {""}}, "person.name"},
		{url.Values{"person.id_number": {"110105194912310021"}}, "person.id_number"},
		{url.Values{"person.mobile": {"123"}}, "person.mobile"},
		{url.Values{"filing.title": {""}}, "filing.title"},
		{url.Values{"filing.title": {strings.Repeat("长", 51)}}, "filing.title"},
		{url.Values{"filing.facts": {""}}, "filing.facts"},
		{url.Values{"filing.purpose": {""}}, "filing.purpose"},
		{url.Values{"filing.purpose": {"7"}}, "filing.purpose"},
		{url.Values{"topic": {""}}, "topic"},
		{url.Values{"channel": {"31"}}, "channel"},
		{url.Values{"day": {"2027-01-01"}}, "day"},
		{url.Values{"day": {"soon"}}, "day"},
		{url.Values{"anonymous": {"yes"}}, "anonymous"},
		{url.Values{"cosigners": {"1"}}, "cosigners"},
	} {
		v := aLetter("x")
		v.Set("channel", "21")
		for k, all := range one.change {
			v[k] = all
		}
		w, doc := b.post("/register/visit", v)
		if w.Code != http.StatusUnprocessableEntity || doc.Find(`.errsum a[href="#f-`+one.field+`"]`).Length() == 0 {
			t.Errorf("%v: %d %s", one.change, w.Code, doc.Find(".errsum").Text())
		}
		if doc.Find(`[id="f-`+one.field+`"]`).Length() == 0 {
			t.Errorf("%v: the summary leads nowhere", one.change)
		}
		if one.field != "filing.facts" && !strings.Contains(doc.Find("textarea[name='filing.facts']").Text(), "去年申请的补助") {
			t.Errorf("%v: the words were lost", one.change)
		}
	}
	if w, _ := b.get("/register/pigeon"); w.Code != http.StatusNotFound {
		t.Errorf("no such way: %d", w.Code)
	}
}

func TestAnonymousAdviceIsTakenByTelephone(t *testing.T) {
	d := newDesk(t)
	b := d.as("990102", petition.Registrar)
	b.page("/register/call")
	v := aLetter("call")
	for _, name := range []string{"person.name", "person.mobile", "person.id_number", "person.address"} {
		v.Del(name)
	}
	v.Set("channel", "4")
	v.Set("anonymous", "yes")
	v.Set("filing.purpose", "1")
	v.Set("topic", "G1")
	w, doc := b.post("/register/call", v)
	if w.Code != http.StatusOK || doc.Find("#code").Length() != 1 {
		t.Fatalf("%d %s", w.Code, text(doc))
	}
	to := doc.Find(`a.btn[href^="/cases/"]`).AttrOr("href", "")
	if w, doc := b.get(to + "/code"); w.Code != http.StatusForbidden || !strings.Contains(text(doc), "匿名") {
		t.Errorf("an anonymous code is replaced: %d %s", w.Code, text(doc))
	}
}

func TestALostCodeIsReplacedAfterACheck(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系转接没有办完")
	b := d.as("990102", petition.Registrar)
	path := "/cases/" + id.String() + "/code"
	b.page(path)
	w, doc := b.post(path, url.Values{"how": {"card"}})
	if w.Code != http.StatusUnprocessableEntity || doc.Find(".errsum li").Length() != 3 {
		t.Errorf("%d %s", w.Code, doc.Find(".errsum").Text())
	}
	w, doc = b.post(path, url.Values{"why": {"stolen"}, "how": {"card"}, "words": {"身份证与登记一致"}, "sure": {"yes"}})
	if w.Code != http.StatusOK || doc.Find("body.print-slip .slip #code").Length() != 1 {
		t.Fatalf("%d %s", w.Code, text(doc))
	}
	if _, err := exchange.ParseCode(doc.Find("#code").Text()); err != nil {
		t.Errorf("code %q: %v", doc.Find("#code").Text(), err)
	}
	if seen := text(b.page("/cases/" + id.String())); !strings.Contains(seen, "补发了回执码") || !strings.Contains(seen, "身份证与登记一致") {
		t.Errorf("it is not on record: %s", seen)
	}
}

// A wrong day of receipt is corrected with the head's agreement, and both days are read in
// the log; what was filed online has no such button.
func TestAWrongDayOfReceiptIsCorrectedOnThePage(t *testing.T) {
	d := newDesk(t)
	reg, head := d.as("990102", petition.Registrar), d.as("990102", petition.OfficeHead)
	nonce := hidden(reg.page("/register/letter"), "/register/letter").Get("nonce")
	_, doc := reg.post("/register/letter", aLetter(nonce))
	at := doc.Find(`a.btn[href^="/cases/"]`).AttrOr("href", "")
	id, err := petition.ParseID(strings.TrimPrefix(at, "/cases/"))
	d.must(err)
	form := reg.page(at + "/redate")
	if got := form.Find("#f-at").AttrOr("value", ""); got != "2026-11-19" {
		t.Errorf("the form begins with %q", got)
	}
	v := hidden(form, at+"/redate")
	v.Set("at", "2026-11-23")
	v.Set("reason", "照邮戳")
	if w, doc := reg.post(at+"/redate", v); w.Code != http.StatusUnprocessableEntity ||
		!strings.Contains(doc.Find("#f-at-error").Text(), "不能晚于登记") || doc.Find("#f-reason").Text() != "照邮戳" {
		t.Errorf("after the registration: %d %s", w.Code, text(doc))
	}
	v.Set("at", "2026-11-17")
	v.Set("step", "preview")
	if _, doc := reg.post(at+"/redate", v); !strings.Contains(text(doc), "收到日期由2026年11月19日更正为2026年11月17日") {
		t.Errorf("the preview says %s", text(doc))
	}
	reg.act(id, "redate", url.Values{"at": {"2026-11-17"}, "reason": {"照邮戳"}})
	head.act(id, "approve", url.Values{})
	if s := text(head.page(at)); !strings.Contains(s, "收到日期更正为：2026-11-17") || !strings.Contains(s, "照邮戳") {
		t.Errorf("the case says %s", s)
	}
	online := d.filed(aClaim("990102", "网上来的"))
	if w, _ := reg.get("/cases/" + online.String() + "/redate"); w.Code == http.StatusOK {
		t.Error("an online filing can be redated")
	}
}
