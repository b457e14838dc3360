package portal_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// TestEveryPathOfTheScopeCheckEndsSomewhere walks all choices from the first question:
// each ends in the right form or at a named body, and a person may always still file.
func TestEveryPathOfTheScopeCheckEndsSomewhere(t *testing.T) {
	w := newTown(t)
	v := w.visitor()
	seen := map[string]bool{}
	forms, bodies := 0, 0
	var walk func(node string)
	walk = func(node string) {
		if seen[node] {
			return
		}
		seen[node] = true
		path := "/guide/check/" + node
		v.get(path).at(path)
		if v.doc.Find(`a[href^="/file"]`).Length() == 0 {
			t.Errorf("%s is a dead end", path)
		}
		choices := v.doc.Find(`input[name="choice"]`).Map(func(_ int, s *goquery.Selection) string { return s.AttrOr("value", "") })
		switch {
		case len(choices) > 0:
			for _, c := range choices {
				if v.get(path).send("/guide/check", map[string]string{"choice": c}); v.path != checkedPath(node, c) {
					t.Errorf("%s leads from %s to %s", c, node, v.path)
				}
				if back := v.attr("a.back", "href"); back != strings.TrimSuffix(path, "/start") {
					t.Errorf("the way back from %s is %s, not %s", v.path, back, path)
				}
				walk(c)
			}
		case v.doc.Find(`a[href^="/file?topic="]`).Length() > 0:
			forms++
		case node == "unsure":
			v.sees(`.btns a[href="/file"]`, "").sees(".lead", "归谁管由我们来分")
		default:
			bodies++
			v.sees("h1", "办理").sees(".todo-n", "").sees("main", "带上：", "仍然提交")
			if v.doc.Find(".todo-n li").Length() < 2 {
				t.Errorf("%s says too little of what to do", path)
			}
			if tel := v.attr(`.btns a[href^="tel:"]`, "href"); tel == "" && node != "sanction" {
				t.Errorf("%s gives no telephone", path)
			}
		}
	}
	walk("start")
	if forms < 15 || bodies < 10 {
		t.Errorf("%d forms, %d bodies", forms, bodies)
	}
}

func checkedPath(asked, choice string) string {
	if asked == "start" {
		return "/guide/check/" + choice
	}
	return "/guide/check/" + asked + "/" + choice
}

func TestTheScopeCheckKeepsTheTopicForTheForm(t *testing.T) {
	w := newTown(t)
	v := w.visitor().get("/guide/check/transfer")
	href := v.attr(`.btns a[href^="/file"]`, "href")
	v.get(href).send("/file", map[string]string{"consent": "yes"})
	v.send("", map[string]string{"area": "990102"}).at("/file/what")
	if got := v.attr(`select[name="topic"] option[selected]`, "value"); got != "C3" {
		t.Errorf("topic %q after %s", got, href)
	}
}

// A number to call says whose it is.
func TestANumberToCallNamesItsUnit(t *testing.T) {
	v := newTown(t).visitor().get("/guide/check")
	v.sees("aside", "有疑问请打云川省委组织部的电话 0000-1000000")
}

func TestNothingChosenIsSaidAtTheChoice(t *testing.T) {
	v := newTown(t).visitor().get("/guide/check").send("/guide/check", nil)
	v.refused("choice", "选一项最接近的")
	if !strings.Contains(v.text("h1"), "哪一项最接近") {
		t.Errorf("asked again: %q", v.text("h1"))
	}
}
