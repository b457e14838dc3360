package backoffice_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"huiyin/exchange"
	"huiyin/notifier"
	"huiyin/petition"
)

// told opens what the notifier is handed tomorrow morning.
func (d *desk) told() map[string]notifier.Message {
	d.t.Helper()
	out, err := d.store.Outgoing(d.t.Context(), petition.ID{}, 1000)
	d.must(err)
	var ids []petition.ID
	for _, it := range out {
		ids = append(ids, it.ID)
	}
	item, err := petition.MakeID(d.now, strings.NewReader(strings.Repeat("x", 64)))
	d.must(err)
	d.must(d.store.TakeAck(d.t.Context(), exchange.Taking{Item: item, From: "portal", Fence: d.fence, Now: d.now}, exchange.Ack{Items: ids}))
	all, err := d.store.DueNews(d.t.Context(), d.now.Add(24*time.Hour), 10)
	d.must(err)
	to := map[string]notifier.Message{}
	for _, m := range all {
		a, err := exchange.OpenAddress(d.news, m.Wish)
		d.must(err)
		to[a.To] = m
	}
	return to
}

// Who writes a letter may wish to be told; staff see what became of it, and no address.
func TestALettersWishIsRecordedAndItsMessagesAreShown(t *testing.T) {
	d := newDesk(t)
	b := d.as("990102", petition.Registrar)
	form := aLetter("news")
	b.page("/register/letter")
	form.Set("news_sms", "yes")
	form.Set("news_mail", "wu")
	w, doc := b.post("/register/letter", form)
	if w.Code != http.StatusUnprocessableEntity || doc.Find(`input[name="news_mail"]`).AttrOr("value", "") != "wu" ||
		doc.Find(`input[name="news_sms"][checked]`).Length() != 1 {
		t.Fatalf("%d %s", w.Code, text(doc))
	}
	form.Set("news_mail", "wu@example.cn")
	_, doc = b.post("/register/letter", form)
	to := doc.Find(`a.btn[href^="/cases/"]`).AttrOr("href", "")
	if got := text(b.page(to)); !strings.Contains(got, "本人愿意收：短信、电子邮件") || strings.Contains(got, "wu@example.cn") || strings.Contains(got, "13900139000") {
		t.Errorf("the case: %s", got)
	}
	id, err := petition.ParseID(strings.TrimPrefix(to, "/cases/"))
	d.must(err)
	d.do(account(t, "990102", petition.Registrar), id, petition.Act{Action: petition.AskInfo, Text: "哪一年？", Deadline: "2026-11-27", Paper: aPaper()})
	if got := b.page(to).Find("#news").Text(); strings.Count(got, "等着发送") != 2 {
		t.Errorf("queued: %s", got)
	}
	messages := d.told()
	if len(messages) != 2 {
		t.Fatalf("%d messages", len(messages))
	}
	d.must(d.store.NewsTried(t.Context(), messages["13900139000"], notifier.Result{State: petition.NewsSent}, d.now))
	d.must(d.store.NewsTried(t.Context(), messages["wu@example.cn"], notifier.Result{State: petition.NewsRefused, Why: "SMTP 550"}, d.now))
	got := b.page(to).Find("#news").Text()
	for _, want := range []string{"短信 · 已发出", "电子邮件 · 没发成：号码或者邮箱收不了"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in %s", want, got)
		}
	}
	if strings.Contains(got, "wu@") {
		t.Error("the address is shown")
	}
}

func aPaper() *petition.Paper {
	return &petition.Paper{Kind: petition.InfoRequest, Title: "补正通知", To: "吴**", Basis: []string{"第二十三条"}, Remedy: "问我们。",
		Sections: []petition.Section{{Text: "请补充。"}}}
}

func TestAnAnonymousLetterHasNoWish(t *testing.T) {
	d := newDesk(t)
	b := d.as("990102", petition.Registrar)
	b.page("/register/letter")
	form := aLetter("nobody")
	form.Set("filing.purpose", "1")
	form.Set("topic", "A1")
	form.Set("anonymous", "yes")
	form.Set("news_mail", "wu@example.cn")
	w, doc := b.post("/register/letter", form)
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(text(doc), "匿名信访不发消息提醒") {
		t.Errorf("%d %s", w.Code, text(doc))
	}
}

// Somebody rings up: told by text from now on, and no more a day later. An address that
// stays need not be said again.
func TestAWishIsRecordedForWhoRings(t *testing.T) {
	d := newDesk(t)
	id := d.registered("报销的事")
	at := "/cases/" + id.String()
	registrar := d.as("990102", petition.Registrar)
	d.as("990102", petition.Leader).refused(id, "ask_news", http.StatusForbidden)
	if got := registrar.wrong(id, "ask_news", asked(url.Values{"on_sms": {"yes"}, "news_mobile": {"123"}})); !strings.Contains(got, "11位") {
		t.Errorf("a number that is none: %s", got)
	}
	registrar.act(id, "ask_news", asked(url.Values{"on_sms": {"yes"}, "news_mobile": {"13900000001"}}))
	if got := registrar.page(at).Find("#news").Text(); !strings.Contains(got, "本人愿意收：短信") {
		t.Errorf("%s", got)
	}
	registrar.act(id, "ask_news", asked(url.Values{"on_sms": {"yes"}, "on_mail": {"yes"}, "news_mail": {"li@example.cn"}}))
	d.do(account(t, "990102", petition.Registrar), id, petition.Act{Action: petition.AskInfo, Text: "哪一年？", Deadline: "2026-11-27", Paper: aPaper()})
	if to := d.told(); len(to) != 2 || to["13900000001"].Wish.Way != petition.NewsByText {
		t.Errorf("told: %d", len(to))
	}
	doc := registrar.act(id, "ask_news", asked(url.Values{"on_sms": nil, "on_mail": nil}))
	if got := text(registrar.page(at)); strings.Contains(got, "本人愿意收") || !strings.Contains(got, "本人没有开通，或者已经关闭") {
		t.Errorf("%s %s", text(doc), got)
	}
}

// The wish of somebody who takes part is recorded for him alone, and the file says whose.
func TestAWishIsRecordedForARepresentative(t *testing.T) {
	d := newDesk(t)
	f := aClaim("990102", "集体反映的事")
	f.Cosigners, f.Representatives = 6, []petition.Person{f.Person, {Name: "李春梅", Mobile: "13900139001"}}
	id := d.filed(f)
	registrar := d.as("990102", petition.Registrar)
	registrar.act(id, "register", url.Values{"topic": {"C3"}})
	registrar.act(id, "ask_news", asked(url.Values{"for": {"rep2"}, "on_sms": {"yes"}, "news_mobile": {"13900139001"}}))
	page := registrar.page("/cases/" + id.String())
	if got := page.Find("#news").Text(); !strings.Contains(got, "第2位代表 李**：短信") || !strings.Contains(got, "本人没有开通") {
		t.Errorf("%s", got)
	}
	if got := page.Find(".log").Text(); !strings.Contains(got, "消息提醒：第2位代表") || strings.Contains(got, "13900139001") {
		t.Errorf("%s", got)
	}
}
