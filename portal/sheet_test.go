package portal_test

import (
	"net/http"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// window is another window of the same browser.
func (v *visitor) window() *visitor { return &visitor{t: v.t, town: v.town, client: v.client} }

func TestAnOlderWindowNeverWritesOverANewerUnseen(t *testing.T) {
	w := newTown(t)
	v := w.visitor()
	v.write(claim)
	older, newer := v.window(), v.window()
	older.get("/file/content")
	newer.get("/file/content").send("", map[string]string{"facts": "新窗口里写的经过，一共十几个字。", "request": "新窗口里的请求"})
	older.send("", map[string]string{"facts": "旧窗口里写的经过，也有十几个字。"})
	if older.status != http.StatusConflict || older.path != "/file/content" {
		t.Fatalf("%d at %s", older.status, older.path)
	}
	older.sees(".note--warn", "另一个窗口", "新窗口里写的经过", "新窗口里的请求").sees("#f-facts", "旧窗口里写的经过")
	if older.doc.Find(`.note--warn dt`).Length() != 2 {
		t.Errorf("the title, which is the same, is compared too: %s", older.text(".note--warn"))
	}
	v.get("/file/check").sees("main", "新窗口里写的经过").seesNot("旧窗口里写的经过")

	older.send("", map[string]string{}).at("/file/check").sees("main", "旧窗口里写的经过").seesNot("新窗口里写的经过")
	newer.get("/file/content").send("", map[string]string{}).at("/file/check")
}

func TestAnOlderWindowIsShownTheChoicesInWords(t *testing.T) {
	v := newTown(t).visitor()
	v.write(claim)
	older := v.window().get("/file/what")
	v.get("/file/what").send("", map[string]string{"purpose": "1", "topic": "D1"})
	older.send("", map[string]string{"topic": "C4"})
	if older.status != http.StatusConflict || older.text(".note--warn dd") == "" {
		t.Fatalf("%d %s", older.status, older.text("main"))
	}
	for _, code := range []string{"1", "D1"} {
		older.doc.Find(".note--warn dd").Each(func(_ int, s *goquery.Selection) {
			if s.Text() == code {
				t.Errorf("the code %s is shown", code)
			}
		})
	}
}

// A window saves its own step again and again, and from its history, without notice.
func TestAWindowIsNotItsOwnRival(t *testing.T) {
	v := newTown(t).visitor()
	v.write(claim)
	v.get("/file/content")
	form := v.typed(v.form(""))
	for _, facts := range []string{"写到一半的经过，还没有写完呢。", "写完了的经过，一共十几个字呢。"} {
		form.Set("facts", facts)
		if s := v.window().post("/file/draft", form).status; s != http.StatusNoContent {
			t.Fatalf("saving %q: %d", facts, s)
		}
	}
	form.Set("facts", "提交时又改了一点的经过，也够长。")
	v.post("/file/content", form).at("/file/check").sees("main", "又改了一点")

	other := v.window().get("/file/content")
	other.send("", map[string]string{"facts": "另一个窗口改成了这样的一段经过。"}).at("/file/check")
	form.Set("facts", "旧页的脚本还想保存这样的一段话。")
	if s := v.window().post("/file/draft", form).status; s != http.StatusConflict {
		t.Errorf("an older window's script writes over a newer's: %d", s)
	}
	v.get("/file/check").sees("main", "另一个窗口改成了")
}
