package portal_test

import (
	"testing"

	"huiyin/exchange"
	"huiyin/petition"
)

// complain goes from the notice to the receipt.
func (v *visitor) complain(number string, head string) *visitor {
	v.t.Helper()
	fields := map[string]string{"consent": "yes"}
	if number != "" {
		fields["number"] = number
	}
	v.send("/file", fields).at("/file/where")
	for step := 0; v.path != "/file/check" && step < 9; step++ {
		switch v.path {
		case "/file/report":
			if head != "" {
				v.send("", map[string]string{"head": head})
			} else {
				v.send("", nil)
			}
		case "/file/content":
			v.send("", map[string]string{"facts": "上访以后被停发了补贴，时间是十一月。"})
		case "/file/more":
			v.send("", map[string]string{"r1_name": "某某", "r1_post": "科长"})
		case "/file/you":
			v.send("", map[string]string{"named": "no"})
		case "/file/files":
			v.get("/file/check")
		default:
			v.send("", nil)
		}
	}
	return v.at("/file/check").submit().at("/file/done")
}

// complaint is the report on its way to the office, and who can open it.
func (w *town) complaint() (petition.Filing, exchange.Holder) {
	w.t.Helper()
	filings, _, holders := w.mail()
	for i, f := range filings {
		if f.Filing.Track() == petition.Report {
			return f.Filing, holders[i]
		}
	}
	w.t.Fatal("no report was sent")
	return petition.Filing{}, ""
}

// A complaint of retaliation is sealed to the unit above the one complained of, whatever
// is answered, and nothing ties it to the case it came from.
func TestRetaliationIsReportedAboveTheUnitComplainedOf(t *testing.T) {
	w := newTown(t)
	v, f := w.followed()
	w.release(f, folder(2, petition.ShownHandling))
	if v.get("/follow/case"); v.links("/file?for=retaliation") != 1 {
		t.Fatalf("not offered: %s", v.text(".side"))
	}
	v.get("/file?for=retaliation").sees("main", "加密送到江州市委组织部的干部监督机构，青溪区委组织部打不开", "地方先替您选了青溪区")
	v.send("/file", nil).refused("consent", "打勾")
	v.sees("main", "青溪区委组织部打不开")
	v.complain("", "").sees(".facts", "江州市委组织部")
	got, holder := w.complaint()
	if holder != exchange.CadreHolder("990100") || !got.Up || got.ConcernsHead || got.Topic != "B8" || got.Unit != "990102" {
		t.Errorf("sealed to %s: %+v", holder, got)
	}
	if got.EarlierNumber != "" || got.Title != "因为信访受到打击报复" {
		t.Errorf("it names the case: %+v", got)
	}
	v.follow(v.text("#code")).at("/follow/case").sees(".side", "江州市委组织部").seesNot("青溪区委组织部")
}

// The number of the case goes along only if the writer ticked it.
func TestTheCaseIsNamedOnlyIfTheWriterWishes(t *testing.T) {
	w := newTown(t)
	v, f := w.followed()
	w.release(f, folder(2, petition.ShownHandling))
	v.get("/file?for=conduct").sees("main", "加密送到青溪区委组织部的干部监督机构").complain("yes", "no")
	got, holder := w.complaint()
	if holder != exchange.CadreHolder("990102") || got.Topic != "G2" || got.EarlierNumber != "XF9901022026112200017" || got.Reported[0].Unit != "青溪区委组织部" {
		t.Errorf("sealed to %s: %+v", holder, got)
	}
	v, f = newTown(t).followed()
	w = v.town
	w.release(f, folder(2, petition.ShownHandling))
	v.get("/follow/case").get("/file?for=conduct").complain("", "yes")
	if _, holder = w.complaint(); holder != exchange.CadreHolder("990100") {
		t.Errorf("about the head: sealed to %s", holder)
	}
}

// From the guide anybody can; and where nothing can be sealed above, the unit's own
// people are complained of by post.
func TestComplaintsBeginAtTheGuideToo(t *testing.T) {
	w := newTown(t)
	v := w.visitor().get("/guide")
	if v.links("/file?for=retaliation") != 1 || v.links("/file?for=conduct") != 1 {
		t.Fatal("the guide does not lead there")
	}
	v.get("/file?for=retaliation").sees("main", "您所选地方的上一级").send("/file", map[string]string{"consent": "yes"}).at("/file/where").sees(".lead", "打击报复您的人所在的地方")
	v.send("", map[string]string{"area": "990000"}).at("/file/what").send("", nil).at("/file/report")
	v.send("", nil).refused("own", "选一项")
	v.send("", map[string]string{"own": "yes"}).at("/file/report/post").sees("main", "云川省委组织部的人打击报复")
	v.get("/file/check").at("/file/report").send("", map[string]string{"own": "no"}).at("/file/content")
	// Another place after that answer: what was said of the province counts no more.
	v.get("/file/where").send("", map[string]string{"area": "990102"}).get("/file/what").send("", nil).at("/file/report").sees("main", "直接送到江州市委组织部")
	v.send("", nil).at("/file/content").send("", map[string]string{"facts": report.facts}).send("", report.more).send("", report.you).get("/file/check").submit().at("/file/done")
	if _, _, holders := w.mail(); holders[0] != exchange.CadreHolder("990100") {
		t.Errorf("sealed to %s", holders[0])
	}
	v.get("/file?for=nothing").at("/file").sees("h1", "提交前")
}

// The unit agreed to instead of one that takes no filings is already the level above.
func TestRetaliationWhereTheUnitTakesNoFilings(t *testing.T) {
	w := newTown(t)
	v := w.visitor().get("/file?for=retaliation").send("/file", map[string]string{"consent": "yes"})
	v.send("", map[string]string{"area": "990103"}).at("/file/where/990103").send("/file/where", nil).at("/file/what").send("", nil).at("/file/report")
	v.send("", map[string]string{"head": "no"}).at("/file/content").send("", map[string]string{"facts": report.facts}).send("", report.more).send("", report.you).get("/file/check").submit().at("/file/done")
	if _, _, holders := w.mail(); holders[0] != exchange.CadreHolder("990100") {
		t.Errorf("sealed to %s", holders[0])
	}
}
