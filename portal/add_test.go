package portal_test

import (
	"net/http"
	"strings"
	"testing"

	"huiyin/petition"
)

func TestSomethingIsAddedWithFilesOnce(t *testing.T) {
	w := newTown(t)
	v, f := w.followed()
	shown := folder(3, petition.ShownAsked)
	shown.Ask, shown.Can = &petition.Ask{What: "介绍信存根", Until: "2026-12-01"}, []petition.Action{petition.Supply}
	w.release(f, shown)
	v.get("/follow/case").sees(".note", "请您补充：介绍信存根", "12月1日").get("/follow/add").sees(".note", "介绍信存根")
	v.send("/follow/add", map[string]string{"text": strings.Repeat("长", 5001)}).refused("text", "不超过5000个字")
	v.send("/follow/add", map[string]string{"text": "存根找到了，见附件。"}).at("/follow/add/files").sees(".sum", "存根找到了")
	v.upload(map[string]string{"存根.txt": "存根的内容", "坏.exe": "MZ"})
	v.sees(".errsum", "坏.exe").sees(".files", "存根.txt")
	if v.get("/follow/add").text(`textarea[name="text"]`) != "存根找到了，见附件。" {
		t.Error("the text is gone after the upload")
	}
	token := v.get("/follow/add/files").attr(`input[name="token"]`, "value")
	v.leave("send", nil).at("/follow/case").sees(".flash", "已经发给办理单位").sees(".ev .mine", "存根找到了", "还没有读到")
	v.uploadTo("/follow/add/files?go=send", token, nil).at("/follow/case")
	_, messages, _ := w.mail()
	if len(messages) != 1 || messages[0].Act.Action != petition.Supply || len(messages[0].Act.Files) != 1 || len(messages[0].Act.Files[0].Key) != 32 {
		t.Fatalf("messages: %+v", messages)
	}
}

// Two windows on one addition: the older one neither writes over words that it never
// showed, nor sends them off unseen.
func TestAnOlderWindowNeverWritesOverAnAdditionUnseen(t *testing.T) {
	w := newTown(t)
	v, _ := w.followed()
	older := v.window().get("/follow/add")
	v.get("/follow/add").send("/follow/add", map[string]string{"text": "新窗口里补充的话"}).at("/follow/add/files")
	newest := v.window().get("/follow/add/files")
	older.send("/follow/add", map[string]string{"text": "旧窗口里补充的话"})
	if older.status != http.StatusConflict || older.path != "/follow/add" {
		t.Fatalf("%d at %s", older.status, older.path)
	}
	older.sees(".note--warn", "另一个窗口", "新窗口里补充的话")
	if got := older.text(`textarea[name="text"]`); got != "旧窗口里补充的话" {
		t.Errorf("typed: %q", got)
	}
	v.get("/follow/add/files").sees(".sum", "新窗口里补充的话")
	older.send("/follow/add", nil).at("/follow/add/files").sees(".sum", "旧窗口里补充的话")

	newest.leave("send", nil)
	if newest.status != http.StatusConflict {
		t.Errorf("sent unseen: %d at %s", newest.status, newest.path)
	}
	newest.sees(".errsum", "另一个页面改过").sees(".sum", "旧窗口里补充的话")
	if _, messages, _ := w.mail(); len(messages) != 0 {
		t.Fatalf("messages: %+v", messages)
	}
	newest.leave("send", nil).at("/follow/case")
	if _, messages, _ := w.mail(); len(messages) != 1 || messages[0].Act.Text != "旧窗口里补充的话" {
		t.Errorf("messages: %+v", messages)
	}
}

func TestAnAdditionSaysSomething(t *testing.T) {
	w := newTown(t)
	v, _ := w.followed()
	v.get("/follow/add").send("/follow/add", map[string]string{"text": "  "}).at("/follow/add/files")
	v.leave("send", nil).refused("text", "写几句")
	v.get("/follow/add/files").upload(map[string]string{"只有附件.txt": "内容"})
	v.send("/follow/add/remove", map[string]string{"file": v.attr(`form[action="/follow/add/remove"] button`, "value")})
	if v.doc.Find(".files li").Length() != 0 {
		t.Error("the file is still there")
	}
}

func TestTheMatterIsWithdrawnAfterAskingOnce(t *testing.T) {
	w := newTown(t)
	v, _ := w.followed()
	v.get("/follow/withdraw").sees("main", "不再办理，也不再答复")
	form := v.typed(v.form("/follow/withdraw"))
	form.Set("text", "问题已经解决了")
	v.post("/follow/withdraw", form).at("/follow/case").sees(".flash", "撤回的要求已经发出").sees(".ev .mine", "您要求撤回")
	if v.doc.Find(`a[href="/follow/withdraw"]`).Length() != 0 {
		t.Error("it can be withdrawn twice")
	}
	v.post("/follow/withdraw", form)
	if _, messages, _ := w.mail(); len(messages) != 1 || messages[0].Act.Action != petition.Withdraw || messages[0].Act.Text != "问题已经解决了" {
		t.Errorf("messages: %+v", messages)
	}
}

func TestBothObjectsAreRatedInThreeGrades(t *testing.T) {
	w := newTown(t)
	v, f := w.followed()
	if v.get("/follow/rate"); v.status != 409 {
		t.Errorf("rated before an answer: %d", v.status)
	}
	shown := folder(4, petition.ShownReplied)
	shown.Outcome, shown.Can = petition.Supported, []petition.Action{petition.Rate}
	w.release(f, shown)
	v.get("/follow/case").sees(".now", "评价").get("/follow/rate")
	if n := v.doc.Find(`input[type="radio"]`).Length(); n != 9 {
		t.Errorf("%d choices", n)
	}
	v.send("/follow/rate", map[string]string{"unit": "good", "words": "说得清楚"}).refused("office", "选一个满意程度")
	if v.doc.Find(`input[name="unit"][value="good"][checked]`).Length() != 1 || v.text(`textarea[name="words"]`) != "说得清楚" {
		t.Error("what was chosen is gone")
	}
	v.send("/follow/rate", map[string]string{"office": "fair", "solved": "partly"}).at("/follow/case").sees(".flash", "谢谢您")
	_, messages, _ := w.mail()
	r := messages[0].Act.Rating
	if r == nil || r.Unit != "good" || r.Office != "fair" || r.Solved != "partly" || r.Words != "说得清楚" {
		t.Errorf("rating: %+v", r)
	}
	v.get("/follow/rate")
	if says := v.doc.Text(); v.status != 409 || !strings.Contains(says, "评价已经收到") || !strings.Contains(says, "基本满意") || strings.Contains(says, "现在不能评价") {
		t.Errorf("asked to rate again: %d %s", v.status, v.text("main"))
	}
	v.get("/follow/case").sees(".now", "评价我们收到了")
	if strings.Contains(v.text(".now"), "请您评价") {
		t.Errorf("still asks: %s", v.text(".now"))
	}
	shown.Version, shown.Rating, shown.Can = 5, r, nil
	w.release(f, shown)
	v.get("/follow/case").sees(".side", "您的评价", "基本满意", "说得清楚")
}

// What a paste brought along is taken out and named at the field; the words stay.
func TestPastedWordsStayOnTheShorterForms(t *testing.T) {
	w := newTown(t)
	v, f := w.followed()
	v.get("/follow/add").send("/follow/add", map[string]string{"text": "补充\u202e说明"}).refused("text", "看不见的字符")
	v.get("/follow/withdraw").send("/follow/withdraw", map[string]string{"text": "已经\u202e解决\x00了"}).refused("text", "看不见的字符")
	if got := v.text(`textarea[name="text"]`); got != "已经解决了" {
		t.Errorf("the words came back as %q", got)
	}
	v.send("/follow/withdraw", map[string]string{"text": strings.Repeat("长", 501)}).refused("text", "不超过500个字")
	shown := folder(4, petition.ShownReplied)
	shown.Outcome, shown.Can = petition.Supported, []petition.Action{petition.Rate}
	w.release(f, shown)
	v.get("/follow/rate").send("/follow/rate", map[string]string{"unit": "good", "office": "good", "words": "\u2066清楚\u2069"}).refused("words", "看不见的字符")
	if got := v.text(`textarea[name="words"]`); got != "清楚" || v.doc.Find(`input[name="unit"][value="good"][checked]`).Length() != 1 {
		t.Errorf("what was chosen and said came back as %q", got)
	}
	if _, messages, _ := w.mail(); len(messages) != 0 {
		t.Errorf("sent: %+v", messages)
	}
}
