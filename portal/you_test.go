package portal_test

import (
	"strings"
	"testing"

	"huiyin/petition"
)

// introduced is a visitor at the page of identity.
func (w *town) introduced(purpose string) *visitor {
	w.t.Helper()
	v := w.writing(purpose).send("", map[string]string{"title": claim.title, "facts": claim.facts, "request": claim.request})
	if v.path == "/file/more" {
		v.send("", map[string]string{"r1_post": "书记"})
	}
	return v.at("/file/you")
}

func TestAClaimNeedsSomebodyToAnswer(t *testing.T) {
	v := newTown(t).introduced("22")
	if v.doc.Find(`input[name="named"]`).Length() != 0 {
		t.Error("a claim offers to stay anonymous")
	}
	v.send("", nil).refused("name", "填写姓名").refused("mobile", "11位").refused("address", "住址")
	v.send("", map[string]string{"name": "周桂英", "mobile": "12345", "region": "990102", "address": "青溪区"}).refused("mobile", "11位")
	v.send("", map[string]string{"mobile": "１９０ ００００-０１２３", "id_number": "11010519491231002x"}).at("/file/files")
}

// What the rule of filings demands is asked at its field, before the review.
func TestThePortalAsksWhatTheRuleOfFilingsDemands(t *testing.T) {
	w := newTown(t)
	v := w.introduced("22").send("", map[string]string{"name": "周桂英", "mobile": "19000000123", "address": "外省某市"}).refused("region", "选您住的地方")
	v.get("/file/check").at("/file/you")
	v.send("", map[string]string{"region": "000000"}).at("/file/files").get("/file/check").sees(".sum", "外省某市").submit().at("/file/done")
	f := firstOf(w).Filing
	if problems := petition.CheckFiling(f, petition.Rules{}); len(problems) > 0 || f.Person.Region != "000000" {
		t.Errorf("sealed in spite of %+v: %+v", problems, f.Person)
	}
	w.introduced("1").send("", map[string]string{"named": "yes", "name": "周桂英", "mobile": "19000000123"}).at("/file/files")
}

// A change after the review that the rule does not take is named when the page opens.
func TestAPageLedBackToSaysWhatItLacks(t *testing.T) {
	v := newTown(t).visitor().write(claim)
	v.get("/file/you").send("", map[string]string{"address": ""}).refused("address", "住址")
	v.get("/file/check").at("/file/you").sees("#f-address-error", "住址").sees(".errsum", "住址")
	v.send("", map[string]string{"address": "桥头街道1号", "as": "agent"}).at("/file/agent")
	if v.doc.Find(".errsum, .error").Length() != 0 {
		t.Errorf("a page that nobody has answered yet complains: %s", v.text(".errsum"))
	}
}

func TestAnIdentityNumberIsCheckedAndNeverDemanded(t *testing.T) {
	for number, words := range map[string]string{"110105194912310021": "最后一位", "11010519491331002X": "出生日期", "1101051949": "位数"} {
		v := newTown(t).introduced("22").send("", map[string]string{"name": "周桂英", "mobile": "19000000123", "region": "990102", "address": "青溪区", "id_type": "resident", "id_number": number})
		v.refused("id_number", words)
		if v.attr(`input[name="id_number"]`, "value") != number {
			t.Error("the number typed is gone")
		}
	}
}

func TestAdviceMayStayAnonymousAndThenNothingOfTheirsIsSent(t *testing.T) {
	w := newTown(t)
	v := w.introduced("1").send("", nil).refused("named", "选一项")
	v.send("", map[string]string{"named": "no", "name": "写了又不想留", "mobile": "19000000999", "address": "某处"}).at("/file/files")
	v.get("/file/check").seesNot("写了又不想留", "19000000999").submit().at("/file/done").sees("main", "丢了没有办法补")
	f := firstOf(w).Filing
	if !f.Anonymous || f.Person.Name != "" || f.Person.Mobile != "" || f.Person.Address != "" {
		t.Errorf("an anonymous filing carries %+v", f.Person)
	}
}

// TestAllThatIsMissingIsSaidAtOnce: nobody is sent back twice for one page.
func TestAllThatIsMissingIsSaidAtOnce(t *testing.T) {
	w := newTown(t)
	v := w.introduced("22").send("", nil)
	for field, says := range map[string]string{"name": "姓名", "mobile": "11位", "address": "住址", "region": "住的地方"} {
		v.refused(field, says)
	}
	if n := v.doc.Find("#errors li").Length(); n != 4 {
		t.Errorf("%d lines: %s", n, v.text("#errors"))
	}
}

// TestTwoFaultsOfATitleStandAtIt: the field says what the summary says.
func TestTwoFaultsOfATitleStandAtIt(t *testing.T) {
	w := newTown(t)
	v := w.introduced("22").get("/file/content")
	v.send("", map[string]string{"title": "\u202e" + strings.Repeat("长", 60), "facts": "五月把材料交上去，三个月没有办完。", "request": "书面告诉我"})
	v.refused("title", "50").refused("title", "看不见的字符")
}

func TestSeveralPeopleNameTheirRepresentatives(t *testing.T) {
	w := newTown(t)
	v := w.introduced("22").send("", map[string]string{"as": "joint", "name": "周桂英", "mobile": "19000000123", "region": "990102", "address": "青溪区"}).at("/file/joint")
	v.send("", map[string]string{"count": "一"}).refused("count", "至少2人")
	for _, slip := range []string{"-3", "－3", "+3", "1", "0", "3人", ""} {
		v.send("", map[string]string{"count": slip}).refused("count", "至少2人")
	}
	v.send("", map[string]string{"count": "100001"}).refused("count", "最多填100000人")
	v.send("", map[string]string{"count": "99999999999999999999"}).refused("count", "最多填100000人")
	v.send("", map[string]string{"count": "1001"}).refused("really", "1001人")
	v.send("", map[string]string{"really": "yes", "count": "1 100"}).refused("really", "1100人")
	if v.doc.Find(`input[name="really"][checked]`).Length() != 0 {
		t.Error("the tick for 1001 stands for 1100")
	}
	v.send("", map[string]string{"really": "yes"}).at("/file/files").get("/file/joint")
	if v.doc.Find(`input[name="really"][checked]`).Length() != 1 {
		t.Error("the tick for the number that stands there is gone")
	}
	v.get("/file/joint").send("", map[string]string{"count": "１ ２", "p1_name": "李长根"}).refused("p1_mobile", "11位")
	v.send("", map[string]string{"p1_mobile": "19000000124"}).at("/file/check").sees(".sum", "12", "李长根").submit().at("/file/done")
	f := firstOf(w).Filing
	if f.Cosigners != 12 || len(f.Representatives) != 2 || f.Representatives[0].Name != "周桂英" {
		t.Errorf("%d people, %+v", f.Cosigners, f.Representatives)
	}
}

func TestAnAgentNamesHimselfAndTheRelation(t *testing.T) {
	w := newTown(t)
	v := w.introduced("22").send("", map[string]string{"as": "agent", "name": "周桂英", "mobile": "19000000123", "region": "990102", "address": "青溪区"}).at("/file/agent")
	v.send("", nil).refused("name", "姓名").refused("relation", "关系")
	v.send("", map[string]string{"name": "周小军", "mobile": "19000000125", "relation": "儿子"}).at("/file/files").get("/file/check").sees(".sum", "周小军", "儿子").submit()
	f := firstOf(w).Filing
	if f.Agent == nil || f.Agent.Name != "周小军" || f.AgentRelation != "儿子" || f.Person.Name != "周桂英" {
		t.Errorf("agent %+v of %+v", f.Agent, f.Person)
	}
}

func TestMorePointsAreOptionalButAReportSaysOfWhom(t *testing.T) {
	w := newTown(t)
	v := w.writing("3").send("", map[string]string{"title": "题目", "facts": report.facts}).at("/file/more")
	v.send("", nil).refused("r1_name", "写明被反映的人")
	v.send("", map[string]string{"r2_unit": "某局", "r2_post": "局长"}).at("/file/you")
	v = w.writing("22").send("", map[string]string{"title": "题目", "facts": claim.facts, "request": "请办"}).at("/file/more")
	v.send("", map[string]string{"earlier": "sometimes"}).refused("earlier", "选一项")
	v.send("", map[string]string{"earlier": "open", "earlier_number": "XF990102202601010001X", "court": "yes", "court_note": "仲裁委，等开庭"}).at("/file/you")
	v.send("", claim.you).get("/file/check").sees(".sum", "还在办", "XF990102202601010001X", "仲裁委").submit().at("/file/done")
	if f := firstOf(w).Filing; f.Earlier != "open" || f.Court != "yes" || f.CourtNote == "" {
		t.Errorf("earlier %q, court %q", f.Earlier, f.Court)
	}
}
