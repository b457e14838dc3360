package portal_test

import (
	"strings"
	"testing"
)

// writing is a visitor at the content page.
func (w *town) writing(purpose string) *visitor {
	w.t.Helper()
	v := w.begun().send("", map[string]string{"area": "990102"}).send("", map[string]string{"purpose": purpose})
	if purpose == "3" {
		v.send("", map[string]string{"head": "no"})
	}
	return v.at("/file/content")
}

func TestWordsThatCannotBeTakenComeBackWithAReason(t *testing.T) {
	w := newTown(t)
	v := w.writing("22")
	v.send("", nil).refused("title", "写一句话概括").refused("facts", "写一写事情的经过").refused("request", "写明您希望怎么解决")
	v.send("", map[string]string{"title": "一", "facts": "太短", "request": "请"}).refused("facts", "至少10个字")
	long := strings.Repeat("长", 52)
	v.send("", map[string]string{"title": long, "facts": "经过经过经过经过经过"}).refused("title", "不超过50个字（现在是52个字）")
	if v.text(`textarea[name="title"]`) != long || v.text(`textarea[name="facts"]`) != "经过经过经过经过经过" {
		t.Error("the words are not kept")
	}
	v.send("", map[string]string{"title": "一句话", "facts": strings.Repeat("字", 5001)}).refused("facts", "现在是5001个字")
	v.send("", map[string]string{"facts": "今年五月，在桥头街道，找过社区。"}).at("/file/more")
}

func TestWordsComeBackExactly(t *testing.T) {
	w := newTown(t)
	for _, words := range []string{"<script>alert(1)</script>经过经过", "“引号”&amp;\"'`经过经过", "第一行\n\n  第二行  ", "𠮷野家和𠮶字，生僻字", "e\u0301 组合字符，十个字以上", `{{.Secret}} {date} {n}`} {
		v := w.writing("1").send("", map[string]string{"title": "<b>题</b>", "facts": words}).at("/file/you")
		if got := v.get("/file/content").typed(v.form("")).Get("facts"); strings.TrimSpace(got) != strings.TrimSpace(strings.ReplaceAll(words, "e\u0301", "é")) {
			t.Errorf("%q came back as %q", words, got)
		}
		if v.doc.Find("script").Length() != 1 {
			t.Errorf("%q became a script", words)
		}
	}
}

func TestBadBytesAreRefusedAndNeverCut(t *testing.T) {
	w := newTown(t)
	bad := w.writing("1").send("", map[string]string{"title": "题", "facts": "坏的\xff\xfe编码经过经过经过"})
	if bad.status != 400 {
		t.Errorf("not UTF-8: %d", bad.status)
	}
	for _, words := range []string{"空字节\x00后面还有", "反向\u202e覆盖字符"} {
		v := w.writing("1").send("", map[string]string{"title": "题", "facts": words + "经过经过经过"})
		if v.status != 422 || !strings.Contains(v.doc.Find("#f-facts-error").Text(), "看不见的字符") {
			t.Errorf("%q: %d, %q at the field", words, v.status, v.doc.Find("#f-facts-error").Text())
		}
		kept := strings.NewReplacer("\x00", "", "\u202e", "").Replace(words)
		if got := v.doc.Find("#f-facts").Text(); !strings.Contains(got, kept) {
			t.Errorf("%q came back as %q", words, got)
		}
	}
	v := w.writing("1")
	v.post("/file/content", v.typed(v.form("")))
	big := v.typed(v.form(""))
	big.Set("facts", strings.Repeat("很", 200_000))
	if v.post("/file/content", big); v.status != 400 {
		t.Errorf("600 KB: %d", v.status)
	}
}

func TestTheTitleSaysWhatOneIsDoing(t *testing.T) {
	v := newTown(t).writing("22").sees("title", "说说是什么事 · 回音").sees(".steps", "第3步，共6步")
	if n := v.doc.Find(".steps .on").Length(); n != 3 {
		t.Errorf("%d parts of the bar are done", n)
	}
	if v.doc.Find(".nav, .menu").Length() != 0 {
		t.Error("the menu distracts while filing")
	}
	if v.attr(".back", "href") != "/file/what" {
		t.Errorf("back leads to %s", v.attr(".back", "href"))
	}
}
