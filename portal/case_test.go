package portal_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
)

// followed is a visitor on the follow page of a claim just sent.
func (w *town) followed() (*visitor, exchange.SealedFiling) {
	w.t.Helper()
	v := w.visitor()
	v.follow(v.file(claim)).at("/follow/case")
	return v, firstOf(w)
}

// folder is what the office shows of the claim at a status.
func folder(version int, status petition.PublicStatus) petition.Folder {
	return petition.Folder{Version: version, Number: "XF9901022026112200017", Title: claim.title, Track: petition.Claim,
		Received: today, Status: status, Unit: petition.Contact{ID: "990102", Name: "青溪区委组织部", Phone: "0000-1000102"},
		Steps: []petition.Step{{Key: "step.submitted", At: today, Mine: true}, {Key: "step.registered", At: today.Add(time.Hour), Unit: "青溪区委组织部"}},
		Can:   []petition.Action{petition.AddInfo, petition.Withdraw}}
}

func clock(kind petition.ClockKind, start, due string, days int) *petition.PublicClock {
	return &petition.PublicClock{Kind: kind, Start: start, Due: due, Days: days}
}

func TestScenario10_2_AReceiptCodeShowsEveryDate(t *testing.T) {
	w := newTown(t)
	v, f := w.followed()
	v.sees(".now h2", "已经收到，最迟 12月7日 告诉您是否受理").sees(".tl", "已提交", "11月22日", "书面答复")
	shown := folder(2, petition.ShownHandling)
	shown.Clock = clock(petition.HandlingClock, "2026-11-24", "2027-01-23", 60)
	shown.Steps = append(shown.Steps, petition.Step{Key: "step.passed", At: today.Add(24 * time.Hour), Unit: "江州市委组织部", To: "青溪区委组织部", Letter: 1},
		petition.Step{Key: "step.accepted", At: today.Add(48 * time.Hour), Unit: "青溪区委组织部", Letter: 2})
	shown.Letters = []petition.Paper{{Title: "去向告知书", UnitName: "中共江州市委组织部", Day: "2026-11-23", Sections: []petition.Section{{Text: "已转青溪区。"}}},
		{Title: "受理告知书", Number: "青组信受〔2026〕3号", To: "周桂英同志：", UnitName: "中共青溪区委组织部", Day: "2026-11-24", Sections: []petition.Section{{Head: "一、受理", Text: "第一段。\n第二段。"}}}}
	w.release(f, shown)
	w.wait(5 * 24 * time.Hour)
	v.follow(v.code)
	v.at("/follow/case").sees(".case-h", "XF9901022026112200017").sees(".now h2", "正在办理，最迟 1月23日 书面答复您")
	v.sees(".tl", "已登记", "已转给青溪区委组织部", "查看去向告知书", "已受理", "11月24日", "查看受理告知书")
	v.get("/follow/letters/2").sees(".doc h1", "受理告知书").sees(".doc", "青组信受〔2026〕3号", "第一段。", "2026年11月24日")
	if v.doc.Find(".doc p").Length() < 5 || v.attr("body", "class") != "portal print-doc" {
		t.Error("the letter is not laid out for printing")
	}
	for _, path := range []string{"/follow/letters/0", "/follow/letters/3", "/follow/letters/x"} {
		if v.get(path); v.status != 404 {
			t.Errorf("%s: %d", path, v.status)
		}
	}
}

// A hearing is on its day and a promise was kept on its day: only what is asked has
// time until then.
func TestADayIsSaidAsWhatItIs(t *testing.T) {
	w := newTown(t)
	v, f := w.followed()
	shown := folder(2, petition.ShownHandling)
	shown.Steps = append(shown.Steps, petition.Step{Key: "step.asked", At: today, Text: "页码", Day: "2026-12-01"},
		petition.Step{Key: "step.hearing", At: today, Text: "三楼会议室", Day: "2026-12-08"},
		petition.Step{Key: "step.executed", At: today, Text: "已经补上", Day: "2026-12-15"})
	w.release(f, shown)
	v.follow(v.code)
	v.at("/follow/case").sees(".tl", "（12月1日前）", "举行听证（12月8日）", "答应的事已经办好（12月15日）")
}

func TestTheClockIsSaidInWordsAndDrawn(t *testing.T) {
	w := newTown(t)
	v, _ := w.followed()
	w.wait(3 * 24 * time.Hour)
	v.follow(v.code)
	v.at("/follow/case")
	if label := v.attr("svg.clk", "aria-label"); label != "期限15天，今天是第3天，还有12天" {
		t.Errorf("the clock says %q", label)
	}
	if width := v.attr("svg.clk .fill", "width"); width != "20%" {
		t.Errorf("drawn to %s", width)
	}
	w.wait(11 * 24 * time.Hour) // one day is left
	if v.follow(v.code); v.doc.Find(".clk--soon").Length() != 1 {
		t.Error("a near end is not marked")
	}
	w.wait(3 * 24 * time.Hour)
	v.follow(v.code)
	if v.doc.Find(".clk--over").Length() != 1 {
		t.Error("an end that has passed is not marked")
	}
	v.sees(".now", "我们晚了2天，很抱歉")
}

func TestEveryStatusIsOneSentence(t *testing.T) {
	w := newTown(t)
	v, f := w.followed()
	for i, c := range []struct {
		status petition.PublicStatus
		change func(*petition.Folder)
		want   string
	}{
		{petition.ShownChecking, func(f *petition.Folder) { f.Clock = clock(petition.NoticeClock, "2026-11-22", "2026-12-07", 15) }, "正在看归谁管，最迟 12月7日 告诉您"},
		{petition.ShownAsked, func(f *petition.Folder) {
			f.Clock = clock(petition.NoticeClock, "2026-11-22", "2026-12-07", 15)
			f.Ask = &petition.Ask{What: "介绍信存根", Until: "2026-12-01"}
		}, "请您在 12月1日 前补充情况"},
		{petition.ShownPassed, func(f *petition.Folder) {
			f.Clock = clock(petition.NoticeClock, "2026-11-23", "2026-12-08", 15)
			f.Steps = append(f.Steps, petition.Step{Key: "step.passed", At: today, To: "望溪县委组织部"})
		}, "已转给望溪县委组织部，由它在 12月8日 前告诉您是否受理"},
		{petition.ShownExtended, func(f *petition.Folder) { f.Clock = clock(petition.HandlingClock, "2026-11-24", "2027-02-22", 90) }, "延长到 2月22日"},
		{petition.ShownAccepted, func(f *petition.Folder) {
			f.Clock = clock(petition.PromiseClock, "2026-11-22", "2027-01-21", 60)
			f.Clock.House = true
		}, "我们承诺最迟 1月21日 答复您"},
		{petition.ShownReplied, func(f *petition.Folder) {
			f.Clock = clock(petition.ReviewClock, "2026-11-25", "2026-12-25", 30)
			f.Outcome = petition.PartSupported
		}, "已经答复：部分支持。不服可以在 12月25日 前请求复查"},
		{petition.ShownRedirected, func(f *petition.Folder) {
			f.Steps = append(f.Steps, petition.Step{Key: "step.redirected", At: today, To: "人力资源社会保障局"})
		}, "请向人力资源社会保障局提出"},
		{petition.ShownRefused, func(*petition.Folder) {}, "不予受理"},
		{petition.ShownWithdrawn, func(*petition.Folder) {}, "您撤回了这件事"},
		{petition.ShownClosed, func(f *petition.Folder) { f.Outcome = petition.Supported }, "已经办结"},
		{petition.ShownMerged, func(*petition.Folder) {}, "已经并到那一件里"},
		{petition.ShownNoLonger, func(*petition.Folder) {}, "不再受理"},
		{petition.ShownDiverted, func(f *petition.Folder) {
			f.Steps = append(f.Steps, petition.Step{Key: "step.diverted", At: today, To: "江州市中级人民法院"})
		}, "请向江州市中级人民法院提出"},
		{petition.ShownReview, func(f *petition.Folder) {
			f.Clock, f.Unit.Name = clock(petition.ReviewOpinionClock, "2026-12-01", "2026-12-31", 30), "江州市委组织部"
		}, "正在复查，江州市委组织部最迟 12月31日 告诉您结果"},
		{petition.ShownReview, func(f *petition.Folder) { f.Clock = clock(petition.ReviewTakenClock, "2026-12-01", "2026-12-04", 3) }, "12月4日 告诉您是否受理"},
		{petition.ShownReviewed, func(f *petition.Folder) {
			f.Clock, f.Outcome = clock(petition.ReReviewClock, "2026-12-20", "2027-01-19", 30), petition.Changed
		}, "已经复查：变更。不服可以在 1月19日 前请求复核"},
		{petition.ShownReReview, func(f *petition.Folder) {
			f.Clock = clock(petition.ReReviewOpinionClock, "2027-01-10", "2027-02-09", 30)
		}, "正在复核"},
		{petition.ShownFinal, func(f *petition.Folder) { f.Outcome = petition.Upheld }, "已经复核：维持。这是最后的意见"},
		{petition.ShownHandling, func(f *petition.Folder) { f.Clock = clock(petition.SimpleClock, "2026-11-24", "2026-12-08", 10) }, "最迟 12月8日 书面答复您"},
	} {
		shown := folder(10+i, c.status)
		c.change(&shown)
		w.release(f, shown)
		v.get("/follow/case").at("/follow/case").sees(".now h2", c.want)
		v.get("/follow/case?lang=en").at("/follow/case")
		v.get("/follow/case?lang=zh-CN")
		if over := v.doc.Find(".tl .todo").Length() == 0; over != slices.Contains([]petition.PublicStatus{petition.ShownRedirected, petition.ShownRefused, petition.ShownWithdrawn, petition.ShownClosed,
			petition.ShownMerged, petition.ShownNoLonger, petition.ShownDiverted, petition.ShownReviewed, petition.ShownFinal}, c.status) {
			t.Errorf("%s: still to come: %v", c.status, !over)
		}
	}
}

func TestOnlyWhatIsAllowedIsOffered(t *testing.T) {
	w := newTown(t)
	v, f := w.followed()
	if v.doc.Find(`a[href="/follow/add"]`).Length() == 0 || v.doc.Find(`a[href="/follow/withdraw"]`).Length() == 0 || v.doc.Find(`a[href="/follow/rate"]`).Length() != 0 {
		t.Errorf("offered: %s", v.text(".acts"))
	}
	closed := folder(9, petition.ShownRefused)
	closed.Can = nil
	w.release(f, closed)
	v.get("/follow/case")
	if v.doc.Find(`a[href="/follow/add"], a[href="/follow/withdraw"], a[href="/follow/rate"]`).Length() != 0 {
		t.Errorf("offered: %s", v.text(".acts"))
	}
	reader := exchange.NewCode() // a code that may only read
	grant := reader.Grant(f.ID, f.Reading)
	w.arrive(exchange.Arrival{Grant: &exchange.GrantUpdate{Filing: f.ID, Give: &grant}})
	w.release(f, folder(10, petition.ShownHandling))
	r := w.visitor().follow(reader.String()).at("/follow/case")
	if r.doc.Find(`a[href="/follow/add"], a[href="/follow/withdraw"]`).Length() != 0 {
		t.Error("a code that may only read is offered more")
	}
}

func TestWhatWasWrittenIsShownBackExactly(t *testing.T) {
	w := newTown(t)
	v := w.visitor()
	f := claim
	f.facts = "第一段<b>不是粗体</b>。\n第二段，𠮷野。"
	v.follow(v.file(f)).at("/follow/case").sees(".side details", "第一段<b>不是粗体</b>。", "第二段，𠮷野。", claim.request)
	if strings.Contains(v.body, "<b>不是粗体") {
		t.Error("what was written became markup")
	}
}
