package portal_test

import (
	"bytes"
	"maps"
	"strings"
	"testing"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
)

// telling is a town whose office can tell people of news.
func telling(t *testing.T) *town {
	t.Helper()
	w := newTown(t)
	var err error
	if w.news, err = exchange.NewHolderKey(exchange.NewKey()); err != nil {
		t.Fatal(err)
	}
	w.direct(units, 2)
	return w
}

// addresses opens wishes as the notifier does.
func (w *town) addresses(wishes []petition.NewsWish) map[petition.NewsWay]string {
	w.t.Helper()
	all := map[petition.NewsWay]string{}
	for _, one := range wishes {
		if len(one.Sealed) == 0 {
			all[one.Way] = "as before"
			continue
		}
		a, err := exchange.OpenAddress(w.news, one)
		if err != nil {
			w.t.Fatal(err)
		}
		all[one.Way] = a.To + " " + a.Lang
	}
	return all
}

func (w *town) wished(wishes []petition.NewsWish, want map[petition.NewsWay]string) {
	w.t.Helper()
	if got := w.addresses(wishes); !maps.Equal(got, want) {
		w.t.Errorf("wishes %v, want %v", got, want)
	}
}

// wishing is a claim whose petitioner has ticked both ways.
func (w *town) wishing() *visitor {
	w.t.Helper()
	v := w.introduced("22").send("", map[string]string{"name": "周桂英", "mobile": "190 0000 0123", "region": "990102", "address": "青溪区",
		"news_sms": "yes", "news_mail": "yes", "mail": "zhou"})
	v.refused("mail", "邮箱")
	if v.attr(`input[name="mail"]`, "value") != "zhou" {
		w.t.Error("what was typed is gone")
	}
	return v.send("", map[string]string{"mail": "zhou@example.cn"}).at("/file/files")
}

func TestPeopleAreAskedWhetherToBeTold(t *testing.T) {
	w := telling(t)
	v := w.wishing().get("/file/check").sees(".sum", "发短信", "zhou@example.cn").submit().at("/file/done")
	f := firstOf(w).Filing
	w.wished(f.News, map[petition.NewsWay]string{petition.NewsByText: "19000000123 zh-CN", petition.NewsByMail: "zhou@example.cn zh-CN"})
	if given := w.store.all(); bytes.Contains(given, []byte("zhou@example.cn")) || bytes.Contains(given, []byte("19000000123")) {
		t.Error("the store was given an address in plain")
	}
	if strings.Contains(w.log.String(), "zhou@") || strings.Contains(w.log.String(), "19000000123") {
		t.Error("the log holds an address")
	}
	v.follow(v.text("#code")).get("/follow/news").sees(".note h2", "短信：已开通", "邮件：已开通")
	if v.attr(`input[name="mobile"]`, "value")+v.attr(`input[name="mail"]`, "value") != "" {
		t.Error("the page shows an address")
	}
}

func TestNobodyIsToldUnasked(t *testing.T) {
	w := telling(t)
	w.introduced("22").send("", map[string]string{"name": "周桂英", "mobile": "19000000123", "region": "990102", "address": "青溪区", "mail": "zhou@example.cn"}).
		at("/file/files").get("/file/check").submit()
	w.wished(firstOf(w).Filing.News, map[petition.NewsWay]string{})
	off := newTown(t)
	if v := off.introduced("22"); v.doc.Find(`#news, input[name="news_sms"]`).Length() != 0 {
		t.Error("offered where there is no way")
	}
	v, _ := off.followed()
	if v.links("/follow/news") != 0 {
		t.Error("offered on the follow page")
	}
	if v.get("/follow/news"); v.status != 409 {
		t.Errorf("opened all the same: %d", v.status)
	}
}

// Who stays anonymous is never asked to be told, whatever was ticked before.
func TestAnonymousPeopleAreNotTold(t *testing.T) {
	w := telling(t)
	v := w.introduced("1").send("", map[string]string{"named": "no", "name": "周桂英", "mobile": "19000000123",
		"news_sms": "yes", "news_mail": "yes", "mail": "zhou@example.cn"}).at("/file/files").get("/file/check").submit().at("/file/done")
	f := firstOf(w).Filing
	if !f.Anonymous || len(f.News) != 0 {
		t.Errorf("%v %v", f.Anonymous, f.News)
	}
	v.follow(v.text("#code"))
	if v.links("/follow/news") != 0 {
		t.Error("offered on the follow page")
	}
	if v.get("/follow/news"); v.status != 409 {
		t.Errorf("%d", v.status)
	}
	form := v.typed(v.get("/follow/case").doc.Find(`form[action="/follow/leave"]`))
	form.Set("message", w.id().String())
	form.Set("news_sms", "yes")
	form.Set("mobile", "19000000123")
	if v.post("/follow/news", form); v.status != 409 {
		t.Errorf("taken: %d", v.status)
	}
}

// On the follow page it is opened, changed for one way and ended for another, without the
// address that stays.
func TestBeingToldIsChangedOnTheFollowPage(t *testing.T) {
	w := telling(t)
	v, f := w.followed()
	v.get("/follow/case").get("/follow/news").sees(".note h2", "短信：没有开通")
	v.send("", map[string]string{"news_sms": "yes", "news_mail": "yes", "mobile": "123", "mail": "a@b"}).refused("mobile", "11位").refused("mail", "邮箱")
	if v.attr(`input[name="mobile"]`, "value") != "123" || v.doc.Find(`input[name="news_sms"][checked]`).Length() != 1 {
		t.Error("what was typed is gone")
	}
	v.send("", map[string]string{"mobile": "１９０00000124", "mail": "li@example.cn"}).at("/follow/case").sees(".flash", "已经按您的意思").sees(".ev .mine", "您改了消息提醒")
	_, messages, _ := w.mail()
	if len(messages) != 1 || messages[0].Act.Action != petition.AskNews {
		t.Fatalf("%+v", messages)
	}
	w.wished(messages[0].Act.News, map[petition.NewsWay]string{petition.NewsByText: "19000000124 zh-CN", petition.NewsByMail: "li@example.cn zh-CN"})
	v.get("/follow/news").sees(".note h2", "短信：已开通") // before the office has read it

	shown := standing(5, petition.ShownHandling)
	shown.News = petition.NewsWays
	w.release(f, shown)
	w.wait(time.Second)
	form := v.get("/follow/news").typed(v.form("/follow/news"))
	form.Del("news_mail")
	v.post("/follow/news", form).at("/follow/case")
	_, messages, _ = w.mail()
	last := messages[len(messages)-1]
	w.wished(last.Act.News, map[petition.NewsWay]string{petition.NewsByText: "as before"})
	w.wait(time.Second)
	form = v.get("/follow/news").typed(v.form("/follow/news"))
	form.Del("news_sms")
	form.Del("news_mail")
	v.post("/follow/news", form).at("/follow/case")
	_, messages, _ = w.mail()
	if last := messages[len(messages)-1]; last.Act.Action != petition.AskNews || len(last.Act.News) != 0 {
		t.Errorf("ended: %d wishes", len(last.Act.News))
	}
	if strings.Contains(string(w.store.all()), "li@example.cn") {
		t.Error("the store was given an address in plain")
	}
}

// The same submission again is the same filing, though its addresses are sealed anew.
func TestASubmissionWithWishesSentTwiceIsOne(t *testing.T) {
	w := telling(t)
	v := w.wishing().get("/file/check")
	form := v.typed(v.form("/file/submit"))
	form.Set("declare", "yes")
	form.Set("captcha", v.answer())
	v.post("/file/submit", form).at("/file/done")
	code := v.text("#code")
	if v.post("/file/submit", form).at("/file/done").text(".code") != code || strings.Contains(v.text("main"), "没有发出") {
		t.Errorf("again: %s", v.text("main"))
	}
}

// Representatives and agents ask for themselves: each on a page of one's own, where the
// others' wishes stand untouched.
func TestEachRepresentativeAsksToBeToldForHimself(t *testing.T) {
	w := telling(t)
	v := w.introduced("22").send("", map[string]string{"as": "joint", "name": "周桂英", "mobile": "19000000123", "region": "990102", "address": "青溪区"})
	v.at("/file/joint").send("", map[string]string{"count": "6", "p1_name": "李春梅", "p1_mobile": "19000000125"}).at("/file/files")
	v.get("/file/check").submit().at("/file/done")
	v.follow(v.text("#code")).get("/follow/news").sees("main nav", "本人", "第2位代表 李春梅")
	v.get("/follow/news?for=rep2").sees(".lead", "第2位代表李春梅").sees(".note h2", "短信：没有开通")
	if v.attr("form[method=post]", "action") != "/follow/news?for=rep2" {
		t.Errorf("the form goes to %s", v.attr("form[method=post]", "action"))
	}
	v.send("", map[string]string{"news_sms": "yes", "mobile": "19000000125"}).at("/follow/case")
	_, messages, _ := w.mail()
	if len(messages) != 1 || messages[0].Act.For != "rep2" {
		t.Fatalf("%+v", messages)
	}
	w.wished(messages[0].Act.News, map[petition.NewsWay]string{petition.NewsByText: "19000000125 zh-CN"})
	v.get("/follow/news?for=rep2").sees(".note h2", "短信：已开通")
	v.get("/follow/news").sees(".note h2", "短信：没有开通")
	if v.get("/follow/news?for=rep4"); v.status != 404 {
		t.Errorf("a page for nobody: %d", v.status)
	}
}
