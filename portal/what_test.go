package portal_test

import "testing"

func TestAPurposeMustBeChosenAndATopicMayBe(t *testing.T) {
	v := newTown(t).begun().send("", map[string]string{"area": "990102"}).at("/file/what")
	if n := v.doc.Find(`input[name="purpose"]`).Length(); n != 6 {
		t.Errorf("%d purposes", n)
	}
	if n := v.doc.Find(`select[name="topic"] optgroup`).Length(); n != 7 {
		t.Errorf("%d groups of topics", n)
	}
	v.send("", map[string]string{"topic": "C3"}).refused("purpose", "选一项")
	if v.attr("option[selected]", "value") != "C3" {
		t.Error("the topic chosen is gone")
	}
	v.send("", map[string]string{"purpose": "77"}).refused("purpose", "选一项")
	v.send("", map[string]string{"purpose": "4", "topic": "Q9"}).refused("topic", "列出的类别")
	v.send("", map[string]string{"purpose": "4", "topic": ""}).at("/file/content")
}

func TestEachPurposeAsksOnlyWhatItNeeds(t *testing.T) {
	for purpose, want := range map[string]string{"22": "/file/more", "21": "/file/more", "3": "/file/more", "1": "/file/you", "4": "/file/you", "9": "/file/you"} {
		v := newTown(t).begun().send("", map[string]string{"area": "990102"}).send("", map[string]string{"purpose": purpose})
		if purpose == "3" {
			v.at("/file/report").send("", map[string]string{"head": "no"})
		}
		v.at("/file/content").send("", map[string]string{"title": "一句话", "facts": "经过经过经过经过经过", "request": "请求"})
		if v.path != want {
			t.Errorf("purpose %s leads from content to %s", purpose, v.path)
		}
	}
}
