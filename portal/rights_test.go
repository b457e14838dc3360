package portal_test

import (
	"strings"
	"testing"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
)

// standing is what the office shows of the claim, with what may be done.
func standing(version int, status petition.PublicStatus, can ...petition.Action) petition.Folder {
	f := folder(version, status)
	f.Can = can
	return f
}

// links are the addresses of the buttons on the follow page.
func (v *visitor) links(href string) int { return v.doc.Find(`main a[href="` + href + `"]`).Length() }

func TestAReviewIsAskedForWithPapersOnce(t *testing.T) {
	w := newTown(t)
	v, f := w.followed()
	if v.get("/follow/review"); v.status != 409 {
		t.Errorf("a review of no answer: %d", v.status)
	}
	shown := standing(4, petition.ShownReplied, petition.AskReview)
	shown.Outcome, shown.Clock = petition.NotSupported, clock(petition.ReviewClock, "2026-11-25", "2026-12-25", 30)
	w.release(f, shown)
	v.get("/follow/case").sees(".now", "不服，请求复查").get("/follow/review").sees("main", "最迟 12月25日 提出", "30天以内")
	v.send("", nil).refused("text", "您不同意哪里")
	v.send("", map[string]string{"text": strings.Repeat("长", 5001)}).refused("text", "不超过5000个字")
	if got := len([]rune(v.text(`textarea[name="text"]`))); got != 5001 {
		t.Errorf("%d characters are left", got)
	}
	v.send("", map[string]string{"text": "第二条没有算2019年。"}).at("/follow/review/files").sees(".sum", "第二条没有算2019年")
	v.upload(map[string]string{"工资单.txt": "2019年"}).sees(".files", "工资单.txt")
	v.leave("send", nil).at("/follow/case").
		sees(".flash", "申请已经发出").sees(".ev .mine", "您请求复查", "第二条没有算2019年")
	if v.links("/follow/review") != 0 {
		t.Error("it can be asked for twice")
	}
	v.post("/follow/review/send", v.typed(v.doc.Find(`form[action="/follow/leave"]`))).at("/follow/case")
	_, messages, _ := w.mail()
	if len(messages) != 1 || messages[0].Act.Action != petition.AskReview || len(messages[0].Act.Files) != 1 || messages[0].Act.Text != "第二条没有算2019年。" {
		t.Fatalf("messages: %+v", messages)
	}
}

func TestTheRightToAReviewEndsOnThePageToo(t *testing.T) {
	w := newTown(t)
	v, f := w.followed()
	shown := standing(4, petition.ShownReviewed, petition.AskReview)
	shown.Outcome, shown.Clock = petition.Upheld, clock(petition.ReReviewClock, "2026-11-22", "2026-12-22", 30)
	w.release(f, shown)
	v.get("/follow/case").sees(".now h2", "已经复查：维持。不服可以在 12月22日 前请求复核").sees(".now", "不服，请求复核")
	v.get("/follow/review").sees("h1", "请求复核")
	w.wait(31 * 24 * time.Hour)
	v.follow(v.code)
	if v.get("/follow/case").sees(".now h2", "已经复查：维持"); v.links("/follow/review") != 0 || strings.Contains(v.text(".now"), "12月22日") {
		t.Errorf("still offered: %s", v.text(".now"))
	}
	if v.get("/follow/review"); v.status != 409 {
		t.Errorf("asked too late: %d", v.status)
	}
}

func TestUrgingIsKindAndOnceInSomeDays(t *testing.T) {
	w := newTown(t)
	v, f := w.followed()
	shown := standing(4, petition.ShownHandling, petition.AddInfo, petition.Urge)
	shown.Clock = clock(petition.HandlingClock, "2026-11-24", "2027-01-23", 60)
	w.release(f, shown)
	v.get("/follow/case").get("/follow/urge").sees(".note", "青溪区委组织部最迟 1月23日 书面答复您", "7天以内只能催一次", "0000-1000102")
	v.send("", map[string]string{"text": strings.Repeat("长", 501)}).refused("text", "不超过500个字")
	form := v.typed(v.form("/follow/urge"))
	form.Set("text", "请快一点")
	v.post("/follow/urge", form).at("/follow/case").sees(".flash", "已经催办").sees(".ev .mine", "您催办了").sees(".side", "您催过了，11月29日起可以再催")
	v.post("/follow/urge", form).at("/follow/case")
	if v.get("/follow/urge"); v.status != 409 {
		t.Errorf("urged again at once: %d", v.status)
	}
	if _, messages, _ := w.mail(); len(messages) != 1 || messages[0].Act.Action != petition.Urge {
		t.Fatalf("messages: %+v", messages)
	}
	shown.Version, shown.Steps = 5, append(shown.Steps, petition.Step{Key: "step.urged", At: w.clock(), Mine: true})
	w.release(f, shown)
	if v.get("/follow/case").sees(".tl", "您催办了"); v.links("/follow/urge") != 0 {
		t.Error("urged again after the office has read it")
	}
	w.wait(7 * 24 * time.Hour)
	if v.follow(v.code); v.links("/follow/urge") != 1 {
		t.Error("cannot be urged after a week")
	}
	w.wait(70 * 24 * time.Hour)
	v.follow(v.code).get("/follow/urge").sees(".note h2", "我们晚了")
}

func TestRecusalIsAskedForWithAReason(t *testing.T) {
	w := newTown(t)
	v, f := w.followed()
	w.release(f, standing(4, petition.ShownHandling, petition.AskRecusal))
	v.get("/follow/case").get("/follow/recusal").sees("main", "由上一级决定")
	v.send("", nil).refused("text", "为什么").refused("whom", "选一项")
	v.send("", map[string]string{"whom": "handler", "text": "他是\u202e对方的弟弟"}).refused("text", "看不见的字符")
	if v.text("textarea") != "他是对方的弟弟" || v.doc.Find(`input[value="handler"][checked]`).Length() != 1 {
		t.Error("what was chosen and said is gone")
	}
	v.send("", map[string]string{"whom": "head"}).at("/follow/case").sees(".flash", "回避的申请已经发出").sees(".ev .mine", "您申请回避")
	_, messages, _ := w.mail()
	if len(messages) != 1 || messages[0].Act.Action != petition.AskRecusal || !messages[0].Act.Head || messages[0].Act.Text != "他是对方的弟弟" {
		t.Fatalf("messages: %+v", messages)
	}
	if v.links("/follow/recusal") != 0 {
		t.Error("it can be asked for twice")
	}
}

func TestOwnDataIsCorrectedAndAskedAboutInEveryState(t *testing.T) {
	w := newTown(t)
	v, f := w.followed()
	for i, status := range []petition.PublicStatus{petition.ShownAsked, petition.ShownRefused, petition.ShownFinal} {
		w.release(f, standing(4+i, status))
		v.get("/follow/case")
		if v.links("/follow/correct") != 1 || v.links("/follow/views") != 1 {
			t.Errorf("%s: not offered", status)
		}
	}
	v.get("/follow/correct").send("", map[string]string{"wrong": "手机号"}).refused("right", "应当是什么")
	if v.text(`textarea[name="wrong"]`) != "手机号" {
		t.Error("the words are gone")
	}
	v.send("", map[string]string{"right": "19000000999"}).at("/follow/case").sees(".ev .mine", "您更正了个人信息", "19000000999")
	w.wait(time.Second)
	v.get("/follow/views").sees("main", "安全审计员").send("", map[string]string{"text": "上个月"}).at("/follow/case").sees(".flash", "安全审计员")
	_, messages, _ := w.mail()
	if len(messages) != 2 || messages[0].Act.Action != petition.Correct || messages[0].Act.Text != "不对的：手机号\n应当是：19000000999" || messages[1].Act.Action != petition.AskViews {
		t.Fatalf("messages: %+v", messages)
	}
	reader := exchange.NewCode() // a code that may only read
	grant := reader.Grant(f.ID, f.Reading)
	w.arrive(exchange.Arrival{Grant: &exchange.GrantUpdate{Filing: f.ID, Give: &grant}})
	r := w.visitor().follow(reader.String()).at("/follow/case")
	if r.links("/follow/correct")+r.links("/follow/views")+r.links("/file?for=retaliation") != 0 {
		t.Error("a code that may only read is offered more")
	}
}

// Scenario 1.4, the portal's part: every matter of a divided petition stands under the
// one code with its own status, clock, letters and buttons.
func TestScenario1_4_EveryMatterIsFollowedUnderOneCode(t *testing.T) {
	w := newTown(t)
	v, f := w.followed()
	whole := standing(4, petition.ShownDivided)
	whole.Steps = append(whole.Steps, petition.Step{Key: "step.divided", At: today.Add(2 * time.Hour), Days: 2})
	one := standing(0, petition.ShownReplied, petition.AskReview, petition.Rate)
	one.Title, one.Number, one.Outcome = "党龄认定", whole.Number+"-1", petition.NotSupported
	one.Clock = clock(petition.ReviewClock, "2026-11-25", "2026-12-25", 30)
	one.Letters = []petition.Paper{{Title: "党龄处理意见书", Day: "2026-11-25", Sections: []petition.Section{{Text: "不予支持。"}}}}
	one.Steps = append(one.Steps, petition.Step{Key: "step.replied", At: today.Add(50 * time.Hour), Letter: 1})
	two := standing(0, petition.ShownAccepted, petition.AddInfo, petition.Urge, petition.Withdraw)
	two.Title, two.Number, two.Track, two.Unit.Name = "办事窗口建议", whole.Number+"-2", petition.Advice, "江州市委组织部"
	two.Clock = clock(petition.PromiseClock, "2026-11-22", "2027-01-21", 60)
	two.Clock.House = true
	three := petition.Folder{Title: "一件别的事", Received: today, Status: petition.ShownReceived}
	whole.Matters = []petition.Folder{one, two, three}
	w.release(f, whole)

	v.get("/follow/case").sees("#now-h", "已经分开办理").sees("#m1", "党龄认定", whole.Number+"-1", "已经答复：不予支持。不服可以在 12月25日 前请求复查", "党龄处理意见书")
	v.sees("#m2", "办事窗口建议", "由江州市委组织部办理", "我们承诺最迟 1月21日 答复您", "催办").sees("#m3", "已收到").sees(".tl", "分成2件办理")
	if v.doc.Find("#m1 .clk").Length() != 1 || v.doc.Find("#m3 a, #m3 .clk").Length() != 0 || v.doc.Find("#m1 .tl > li").Length() < 3 {
		t.Error("the matters do not have each their own clock, steps and buttons")
	}
	v.get("/follow/letters/1?m=1").sees(".doc", "不予支持。")
	v.get("/follow/letters/1?m=1&lang=en")
	if sign := v.text(".doc .sign"); !strings.Contains(sign, "日") || strings.Contains(sign, "November") {
		t.Errorf("with an English page the paper is dated %q", sign)
	}
	v.get("/follow/letters/1?m=1&lang=zh-CN")
	for _, path := range []string{"/follow/letters/1", "/follow/letters/1?m=2", "/follow/letters/1?m=9", "/follow/urge?m=x"} {
		if v.get(path); v.status != 404 {
			t.Errorf("%s: %d", path, v.status)
		}
	}
	v.get("/follow/case").get("/follow/withdraw?m=2").sees(".lead", "办事窗口建议").send("", nil).at("/follow/case")
	v.sees("#m2 .mine", "您要求撤回")
	if v.doc.Find("#m1 .mine").Length() > 1 || v.links("/follow/withdraw?m=2") != 0 {
		t.Error("the message stands with another matter")
	}
	w.wait(time.Second)
	v.get("/follow/review?m=1").send("", map[string]string{"text": "算错了"}).at("/follow/review/files").upload(map[string]string{"a.txt": "b"})
	v.send("/follow/review/remove?m=1", map[string]string{"file": v.attr(`form[action="/follow/review/remove?m=1"] button`, "value")})
	v.leave("send", nil).at("/follow/case").sees("#m1 .mine", "算错了")
	_, messages, _ := w.mail()
	if len(messages) != 2 || messages[0].Matter != 2 || messages[1].Matter != 1 || messages[1].Act.Action != petition.AskReview {
		t.Fatalf("messages: %+v", messages)
	}
	v.get("/follow/case?lang=en").at("/follow/case")
}

// What the auditor and the office answer about one's own data stands on the follow page.
func TestAnswersAboutOwnDataAreRead(t *testing.T) {
	w := newTown(t)
	v, f := w.followed()
	folder := standing(4, petition.ShownHandling)
	folder.Steps = append(folder.Steps, petition.Step{Key: "step.views_answered", At: w.now, Unit: "云川市委组织部", Text: "11月2日，登记岗位，核对身份"},
		petition.Step{Key: "step.correct_declined", At: w.now, Unit: "云川市委组织部", Text: "证件上的姓名和登记的相同"},
		petition.Step{Key: "step.correct_made", At: w.now, Unit: "云川市委组织部"},
		petition.Step{Key: "step.redated", At: w.now, Unit: "云川市委组织部", Was: "2026-11-10", Day: "2026-11-06"})
	w.release(f, folder)
	v.get("/follow/case").sees("main", "11月2日，登记岗位，核对身份", "没有更正，原因是", "证件上的姓名和登记的相同", "个人信息已经更正",
		"收到日期由11月10日更正为11月6日")
}
