package portal_test

import (
	"strings"
	"testing"
)

func TestTheLawIsPublishedWordForWord(t *testing.T) {
	v := newTown(t).visitor()
	v.get("/law/2022").sees("h1", "信访工作条例").sees("#第二十三条", "应当告知信访人向有权处理的机关、单位提出")
	if n := v.doc.Find(`p[id^="第"]`).Length(); n != 50 {
		t.Errorf("%d articles of 50", n)
	}
	v.get("/law/2005").sees("#第二十一条", "15日内")
	v.get("/law/opinion").sees("main", "事事有着落、件件有回音", "探索实行网上信访")
	v.get("/law/2022?lang=en").sees(".flash", "Chinese only")
}

func TestTheGuideTakesItsNumbersFromTheLaw(t *testing.T) {
	v := newTown(t).visitor().get("/guide")
	v.sees("table", "15天", "第二十三条", "60天", "最多30天", "我们的承诺")
	for _, id := range []string{"#scope", "#limits", "#rights", "#duties", "#write", "#law"} {
		if v.doc.Find("h2"+id).Length() != 1 {
			t.Errorf("the guide has no %s", id)
		}
	}
}

func TestTheDirectoryTellsHowToReachEveryOffice(t *testing.T) {
	v := newTown(t).visitor().get("/offices")
	if n := v.doc.Find(".place").Length(); n != len(units) {
		t.Errorf("%d offices of %d", n, len(units))
	}
	v.sees("#u990103", "请来信、来电或来访", "0000-1000103", "望溪县城关镇3号").sees("#u990102", "可以网上提交")
	v.sees("#u990000", "有专人登记、办理", "省信访接待大厅1号室", "工作日9:00至17:00") // scenario 7.1
	if strings.Contains(v.text("#u990103"), "有专人") {
		t.Error("an office is said to have what it has not")
	}
}

func TestTheSiteIsHonestAboutItself(t *testing.T) {
	v := newTown(t).visitor()
	v.get("/about").sees("main", "不得存储、处理、传输国家秘密", "装在一台机器上")
	v.get("/privacy").sees("main", "日志里没有您的网络地址")
	v.get("/accessibility").sees("main", "WCAG 2.2 AA")
}
