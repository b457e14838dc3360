package portal_test

import (
	"strings"
	"testing"
	"time"
)

func TestNobodyWritesBeforeAgreeingToTheNotice(t *testing.T) {
	w := newTown(t)
	v := w.visitor().get("/file")
	v.sees("main", "不要写国家秘密", "谁会收到", "不许打击报复").send("/file", nil).refused("consent", "打勾")
	v.send("/file", map[string]string{"consent": "yes"}).at("/file/where")
}

func TestTheConsentIsKeptWithItsDateAndWording(t *testing.T) {
	w := newTown(t)
	v := w.visitor()
	v.file(claim)
	f := firstOf(w).Filing
	if !f.ConsentAt.Equal(w.clock()) || len(f.Notice) != len("zh-CN-")+12 || f.Lang != "zh-CN" {
		t.Errorf("consent %v to %q in %q", f.ConsentAt, f.Notice, f.Lang)
	}
}

func TestADraftWaitsForItsBrowserOnly(t *testing.T) {
	w := newTown(t)
	v := w.visitor()
	v.get("/file").send("/file", map[string]string{"consent": "yes"})
	v.send("", map[string]string{"area": "990102"}).send("", map[string]string{"purpose": "22"}).at("/file/content")
	v.send("", map[string]string{"title": "只写了一半", "go": "save"}).at("/file/saved").sees("main", "24小时")
	if got := v.attr(`main a.btn[href^="/file/"]`, "href"); got != "/file/content" {
		t.Errorf("one goes on at %s", got)
	}
	v.get("/file").sees(".note", "没写完的草稿")
	if v.get("/file/content").text(`textarea[name="title"]`) != "只写了一半" {
		t.Error("the words are gone")
	}
	w.visitor().get("/file/content").at("/file").sees(".flash", "没有找到您的草稿")
	w.wait(25 * time.Hour)
	v.get("/file/content").at("/file")
}

func TestADraftCanBeClearedAndBegunAgain(t *testing.T) {
	w := newTown(t)
	v := w.visitor()
	v.get("/file").send("/file", map[string]string{"consent": "yes"})
	v.send("", map[string]string{"area": "990102"}).get("/file/saved").send("/file/clear", nil).at("/").sees(".flash", "已经清掉")
	v.get("/file/what").at("/file")
	v.send("/file", map[string]string{"consent": "yes"}).at("/file/where")
	if v.attr(`option[selected]`, "value") != "" {
		t.Error("the new draft knows the old one's answers")
	}
}

func TestWhatIsTypedIsSavedByTheScript(t *testing.T) {
	w := newTown(t)
	v := w.visitor()
	v.get("/file").send("/file", map[string]string{"consent": "yes"}).send("", map[string]string{"area": "990102"})
	v.send("", map[string]string{"purpose": "1"}).at("/file/content")
	values := v.typed(v.form(""))
	values.Set("title", "草稿里的一句话")
	if v.post("/file/draft", values); v.status != 204 {
		t.Fatalf("autosave: %d", v.status)
	}
	if v.get("/file/content").text(`textarea[name="title"]`) != "草稿里的一句话" {
		t.Error("it was not kept")
	}
	values.Set("title", "粘贴\u202e来的\x07一句话")
	if v.post("/file/draft", values); v.status != 200 || !strings.Contains(v.body, "看不见的字符") {
		t.Errorf("autosave of pasted text: %d %q", v.status, v.body)
	}
	if v.get("/file/content").text(`textarea[name="title"]`) != "粘贴来的一句话" {
		t.Error("what was pasted was not kept")
	}
	if v.doc.Find(`form[data-autosave="/file/draft"] input[name="step"][value="content"]`).Length() != 1 {
		t.Error("the form does not say which step it saves")
	}
}

func TestTheLanguageMayChangeInTheMiddle(t *testing.T) {
	w := newTown(t)
	v := w.visitor()
	v.get("/file").send("/file", map[string]string{"consent": "yes"}).send("", map[string]string{"area": "990102"})
	v.get("/file/what?lang=en").at("/file/what").sees("h1", "What would you like to do?")
	v.send("", map[string]string{"purpose": "1"}).sees("h1", "Tell us what happened")
	v.send("", map[string]string{"title": ""}).sees("title", "Error: ")
}

// Nobody loses what was being written when the draft ran out.
func TestWhatWasTypedIsGivenBackWhenTheDraftIsGone(t *testing.T) {
	w := newTown(t)
	v := w.writing("22")
	form := v.typed(v.form(""))
	form.Set("title", "过期的题目")
	form.Set("facts", "过期的草稿里\n写的<b>经过</b>")
	w.wait(25 * time.Hour)
	if err := w.store.Sweep(t.Context(), w.clock()); err != nil {
		t.Fatal(err)
	}
	if v.post("/file/content", form); v.status != 410 || v.text("#w0") != "过期的题目" || !strings.Contains(v.doc.Find("#w1").Text(), "写的<b>经过</b>") {
		t.Errorf("%d:\n%s", v.status, v.text("main"))
	}
	v.get("/file").seesNot("过期的题目")
	form.Set("title", "")
	form.Set("facts", "")
	v.post("/file/content", form).at("/file").sees(".flash", "没有找到您的草稿")
}
