package portal_test

import (
	"strings"
	"testing"

	"huiyin/exchange"
)

func TestAReportIsInterruptedAndGoesToTheCompartment(t *testing.T) {
	w := newTown(t)
	v := w.begun().send("", map[string]string{"area": "990102"}).send("", map[string]string{"purpose": "3"}).at("/file/report")
	v.sees("main", "干部监督机构", "检举控告的内容不会转给被反映的人或单位", "记错了", "12380")
	v.send("", nil).refused("head", "选一项")
	w.visitor().file(report)
	filings, _, holders := w.mail()
	if holders[0] != exchange.CadreHolder("990102") || filings[0].Filing.ConcernsHead || !filings[0].Filing.Anonymous {
		t.Errorf("a report went to %s: %+v", holders[0], filings[0].Filing)
	}
	if r := filings[0].Filing.Reported; len(r) != 1 || r[0].Post != "书记" {
		t.Errorf("reported: %+v", r)
	}
}

// Scenario 2.3, the portal's part: a report about the department's own head is sealed
// to the unit above, and looks like any other from outside.
func TestScenario2_3_AReportAboutTheHeadGoesUp(t *testing.T) {
	w := newTown(t)
	up := report
	up.head = "yes"
	v := w.visitor()
	v.write(up).sees(".sum", "江州市委组织部", "直接送到上一级").submit().at("/file/done").sees(".facts", "江州市委组织部")
	code := v.text("#code")
	w.visitor().file(report)
	filings, _, holders := w.mail()
	for i, f := range filings {
		if above := holders[i] == exchange.CadreHolder("990100"); above != f.Filing.ConcernsHead {
			t.Errorf("sealed to %s: %+v", holders[i], f.Filing)
		}
	}
	items := w.outbox()
	if len(items[0].Sealed) != len(items[1].Sealed) || items[0].To != items[1].To {
		t.Errorf("a sealed-up report can be told apart: %d, %d bytes", len(items[0].Sealed), len(items[1].Sealed))
	}
	v.follow(code).at("/follow/case").sees(".side", "江州市委组织部").seesNot("青溪区委组织部")
}

// Every page of a report says who opens it, and none that handlers do.
func TestEveryStepOfAReportSaysWhoOpensIt(t *testing.T) {
	v := newTown(t).visitor()
	v.write(report)
	for _, path := range []string{"/file/what", "/file/report", "/file/content", "/file/more", "/file/you", "/file/files", "/file/check", "/file/saved"} {
		v.get(path).at(path).sees(".tips", "只有干部监督机构的人能打开").seesNot("经办人和审批人")
	}
	c := newTown(t).visitor()
	c.write(claim)
	for _, path := range []string{"/file/content", "/file/check", "/file/saved"} {
		c.get(path).sees(".tips", "只有经办人和审批人能看").seesNot("干部监督机构")
	}
}

// Whoever cannot do the captcha rings the unit that would read it, by its name.
func TestTheHelpWithTheCaptchaIsTheUnitsOwn(t *testing.T) {
	up := report
	up.head = "yes"
	for _, one := range []struct {
		f           filed
		name, phone string
	}{{claim, "青溪区委组织部", "0000-1000102"}, {up, "江州市委组织部", "0000-1000100"}} {
		v := newTown(t).visitor()
		v.write(one.f)
		help := v.doc.Find(`form[action="/file/submit"] p:has(a[href^="tel:"])`).Text()
		if !strings.Contains(help, one.name) || !strings.Contains(help, one.phone) {
			t.Errorf("for %s: %q", one.name, help)
		}
	}
}

func TestWithoutAUnitAboveThePostIsNamedBeforeAnythingIsTyped(t *testing.T) {
	w := newTown(t)
	v := w.begun().send("", map[string]string{"area": "990000"}).send("", map[string]string{"purpose": "3"}).at("/file/report")
	v.sees("main", "请改为寄信给上一级")
	v.send("", map[string]string{"head": "yes"}).at("/file/report/post").sees("main", "寄给上一级党委组织部", "12380")
	v.get("/file/check").at("/file/report") // it cannot be sent by another way
	v.send("", map[string]string{"head": "no"}).at("/file/content")
	if n := len(w.outbox()); n != 0 {
		t.Errorf("%d items went out", n)
	}
}

func TestAReportShowsNothingButThatItWasReceived(t *testing.T) {
	w := newTown(t)
	v := w.visitor()
	v.follow(v.file(report)).at("/follow/case").sees(".now h2", "已收到").seesNot(report.title, report.facts, "某镇")
	if n := v.doc.Find(".tl > li").Length(); n != 1 {
		t.Errorf("%d steps", n)
	}
	if v.doc.Find(".clk").Length() != 0 || v.doc.Find(`a[href^="/follow/"]`).Length() > 2 {
		t.Error("a report shows a clock or offers acts")
	}
	for _, path := range []string{"/follow/add", "/follow/withdraw", "/follow/rate"} {
		if v.get(path); v.status != 409 {
			t.Errorf("%s: %d", path, v.status)
		}
	}
}
