package backoffice_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"huiyin/petition"
)

// act goes through an action's pages as a person does: form, preview, done. It answers
// the page that comes after.
func (b *browser) act(id petition.ID, action string, fields url.Values) *goquery.Document {
	b.d.t.Helper()
	path := "/cases/" + id.String() + "/" + action
	v := hidden(b.page(path), path)
	for k, all := range fields {
		v[k] = all
	}
	v.Set("step", "preview")
	w, doc := b.post(path, v)
	if w.Code == http.StatusOK {
		v = hidden(doc, path)
		v.Set("step", "do")
		w, doc = b.post(path, v)
	}
	if w.Code != http.StatusSeeOther {
		b.d.t.Fatalf("%s: %d %s", path, w.Code, text(doc))
	}
	return b.page(w.Header().Get("Location"))
}

// state is the badge of the case page.
func state(doc *goquery.Document) string { return doc.Find(".chead .badge--info").Text() }

// TestAClaimGoesAllTheWayThroughThePages registers, checks, accepts, handles, drafts,
// returns, signs, serves, audits, returns again (7.2) and closes a claim.
func TestAClaimGoesAllTheWayThroughThePages(t *testing.T) {
	d := newDesk(t)
	id := d.filed(aClaim("990102", "组织关系转接没有办完"))
	registrar, handler := d.as("990102", petition.Registrar), d.as("990102", petition.Handler)
	head, auditor := d.as("990102", petition.UnitHead), d.as("990102", petition.ClosingAuditor)
	path := "/cases/" + id.String()

	registrar.act(id, "register", url.Values{"topic": {"C3"}})
	registrar.act(id, "distribute", url.Values{"handler": {account(t, "990102", petition.Handler).ID.String()}})
	doc := handler.act(id, "accept", url.Values{"reason": {"属于组织关系转接"}})
	if !strings.Contains(text(doc), "等待审批") {
		t.Errorf("the acceptance does not wait: %s", state(doc))
	}
	doc = head.page(path + "/approve")
	if doc.Find("article.doc").Length() != 1 || !strings.Contains(text(doc), "属于组织关系转接") {
		t.Errorf("the proposal is not shown: %s", text(doc))
	}
	doc = head.act(id, "approve", url.Values{})
	if state(doc) != "已受理" {
		t.Errorf("after approval: %s", state(doc))
	}
	handler.act(id, "start", url.Values{})
	handler.act(id, "extend", url.Values{"days": {"20"}, "reason": {"要向两地调取档案"}})
	doc = head.act(id, "approve", url.Values{})
	if state(doc) != "办理中（已延期）" {
		t.Errorf("after the extension: %s", state(doc))
	}
	opinion := url.Values{"outcome": {"supported"}, "facts": {"介绍信途中遗失，两地已改用线上转接。"},
		"answer.0": {"由本区委组织部负责。"}, "answer.1": {"11月30日前办完。"}, "basis": {"《中国共产党党员教育管理工作条例》第二十五条"}, "cite.number": {dues},
		"execution.what": {"开出组织关系介绍信"}, "execution.due": {"2026-11-30"}}
	doc = handler.act(id, "draft", opinion)
	if state(doc) != "待签发" {
		t.Errorf("after the draft: %s", state(doc))
	}
	doc = head.act(id, "return_draft", url.Values{"reason": {"写明联系人"}})
	if !strings.Contains(doc.Find(".note--warn").Text(), "写明联系人") {
		t.Errorf("the remark is not pinned: %s", text(doc))
	}
	doc = handler.page(path + "/draft")
	if got := strings.TrimSpace(doc.Find(`textarea[name="answer.1"]`).Text()); got != "11月30日前办完。" {
		t.Errorf("the old words did not come back: %q", got)
	}
	if got := strings.TrimSpace(doc.Find(`textarea[name="facts"]`).Text()); got != "介绍信途中遗失，两地已改用线上转接。" {
		t.Errorf("the facts did not come back: %q", got)
	}
	if got := strings.TrimSpace(doc.Find(`textarea[name="execution.what"]`).Text()); got != "开出组织关系介绍信" ||
		strings.TrimSpace(doc.Find(`textarea[name="opinion"]`).Text()) != "" {
		t.Errorf("what is to be done came back as %q", got)
	}
	opinion.Set("answer.0", "由本区委组织部组织科许澜负责。")
	handler.act(id, "draft", opinion)
	doc = head.act(id, "sign", url.Values{})
	if state(doc) != "已签发，待送达" {
		t.Errorf("after signing: %s", state(doc))
	}
	doc = handler.act(id, "serve", url.Values{"service.method": {"hand"}, "service.day": {petition.Day(d.now)},
		"service.receiver": {"本人"}, "service.proof": {"送达回证1号"}})
	if state(doc) != "已答复" {
		t.Errorf("after service: %s", state(doc))
	}
	handler.act(id, "ask_closing", url.Values{"text": {"已经办完。"}})

	nothing := hidden(auditor.page(path+"/audit_pass"), path+"/audit_pass")
	_, doc = auditor.post(path+"/audit_pass", nothing)
	said := map[string]bool{}
	doc.Find("#errors li").Each(func(_ int, li *goquery.Selection) { said[li.Text()] = true })
	if len(said) != len(petition.Checklist) || strings.Contains(doc.Find("#errors").Text(), "{what}") {
		t.Errorf("nothing ticked: %d different lines: %s", len(said), doc.Find("#errors").Text())
	}
	faulty := hidden(auditor.page(path+"/audit_pass"), path+"/audit_pass")
	faulty.Set("fault", "procedure")
	if _, doc = auditor.post(path+"/audit_pass", faulty); doc.Find("#f-fault-error").Length() != 1 {
		t.Errorf("passed although it is to be supervised: %s", doc.Find("#errors").Text())
	}
	doc = auditor.act2(id, "audit_pass", "audit_return", url.Values{"reason": {"缺送达回证扫描件"}, "audit.answered": {"yes"}, "fault": {"procedure"}})
	if state(doc) != "办理中（已延期）" && state(doc) != "办理中" {
		t.Errorf("after the return: %s", state(doc))
	}
	handler.act(id, "ask_closing", url.Values{"text": {"已经补上。"}})
	all := url.Values{}
	for _, item := range petition.Checklist {
		all.Set("audit."+item, "yes")
	}
	doc = auditor.act(id, "audit_pass", all)
	if state(doc) != "已办结" {
		t.Errorf("after the audit: %s", state(doc))
	}
	if n := doc.Find(".stages li.done").Length(); n != 6 {
		t.Errorf("%d stages are behind it", n)
	}
}

// act2 presses the second button of a form.
func (b *browser) act2(id petition.ID, page, twin string, fields url.Values) *goquery.Document {
	b.d.t.Helper()
	doc := b.page("/cases/" + id.String() + "/" + page)
	to := doc.Find(`button[formaction]`).AttrOr("formaction", "")
	if !strings.HasSuffix(to, "/"+twin) {
		b.d.t.Fatalf("%s: the second button leads to %q", page, to)
	}
	v := hidden(doc, "/cases/"+id.String())
	for k, all := range fields {
		v[k] = all
	}
	v.Set("step", "do")
	return b.done(to, v)
}

func TestScenario7_3_NobodyAuditsTheirOwnCase(t *testing.T) {
	d := newDesk(t)
	// In the small county one person registers and handles; give him the audit too.
	office := account(t, "990121", petition.Handler)
	id := d.filed(aClaim("990121", "党费收据没有给"))
	b := d.signIn(office)
	b.act(id, "register", url.Values{"topic": {"C4"}})
	b.act(id, "accept", url.Values{"reason": {"归我们管"}})
	d.as("990121", petition.UnitHead).act(id, "approve", url.Values{})
	b.act(id, "start", url.Values{})
	b.act(id, "draft", url.Values{"outcome": {"supported"}, "facts": {"属实"}, "answer.0": {"组织科"}, "answer.1": {"本周"},
		"basis": {"《关于中国共产党党费收缴、使用和管理的规定》第十条"}, "cite.number": {dues}, "execution.what": {"补开收据"}, "execution.due": {"2026-11-30"}})
	d.as("990121", petition.UnitHead).act(id, "sign", url.Values{})
	b.act(id, "serve", url.Values{"service.method": {"online"}, "service.day": {petition.Day(d.now)}})
	doc := b.act(id, "ask_closing", url.Values{"text": {"已办"}})
	if strings.Contains(strings.Join(labels(doc, ".do .btn"), "|"), "准予结案") {
		t.Error("the handler is offered the audit of his own case")
	}
	w, doc := b.get("/cases/" + id.String() + "/audit_pass")
	if w.Code != http.StatusForbidden {
		t.Errorf("%d %s", w.Code, text(doc))
	}
	all := url.Values{"step": {"do"}, "version": {"99"}}
	for _, item := range petition.Checklist {
		all.Set("audit."+item, "yes")
	}
	if w, _ := b.post("/cases/"+id.String()+"/audit_pass", all); w.Code != http.StatusForbidden {
		t.Errorf("posted all the same: %d", w.Code)
	}
}

func TestAnAuditPassesOnlyWhenEveryLineHolds(t *testing.T) {
	d := newDesk(t)
	d.fill(200)
	auditor := account(t, "990100", petition.ClosingAuditor)
	q := queueAll(d)
	q.Queue = petition.ToAudit
	page, err := d.store.Queue(t.Context(), actor(auditor), q)
	d.must(err)
	if len(page.Rows) == 0 {
		t.Fatal("nothing to audit in this world")
	}
	id := page.Rows[0].Case
	b := d.signIn(auditor)
	path := "/cases/" + id.String() + "/audit_pass"
	v := hidden(b.page(path), "/cases/"+id.String())
	v.Set("step", "do")
	v.Set("audit.facts", "yes")
	w, doc := b.post(path, v)
	if w.Code != http.StatusUnprocessableEntity || doc.Find(".tickline.field--error").Length() != len(petition.Checklist)-1 {
		t.Errorf("%d, %d lines are marked", w.Code, doc.Find(".tickline.field--error").Length())
	}
	if doc.Find(`input[name="audit.facts"][checked]`).Length() != 1 {
		t.Error("the tick was lost")
	}
}

func TestAReplyWithAnOpenRequestIsNotSent(t *testing.T) {
	d := newDesk(t)
	f := aClaim("990102", "请问转接要什么材料")
	f.Purpose = petition.PurposeAsk
	id := d.filed(f)
	d.do(account(t, "990102", petition.Registrar), id, petition.Act{Action: petition.Register, Topic: "C3"})
	b := d.as("990102", petition.Handler)
	path := "/cases/" + id.String() + "/draft"
	v := hidden(b.page(path), path)
	v.Set("step", "preview")
	v.Set("answer.0", "由区委组织部负责。")
	v.Set("outcome", "answered")
	w, doc := b.post(path, v)
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(doc.Find(".errsum").Text(), "第2条请求还没有答复") {
		t.Fatalf("%d %s", w.Code, doc.Find(".errsum").Text())
	}
	if got := strings.TrimSpace(doc.Find(`textarea[name="answer.0"]`).Text()); got != "由区委组织部负责。" {
		t.Errorf("what was typed: %q", got)
	}
}

func TestThePreviewIsTheLetterThatGoesOut(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系转接没有办完")
	b := d.as("990102", petition.Registrar)
	path := "/cases/" + id.String() + "/ask_info"
	v := hidden(b.page(path), path)
	v.Set("text", "介绍信存根\n接收单位的名称")
	v.Set("deadline", "2026-12-05")
	v.Set("step", "preview")
	_, doc := b.post(path, v)
	shown := strings.Join(labels(doc, "article.doc p"), "\n")
	if !strings.Contains(shown, "介绍信存根") || !strings.Contains(shown, "2026年12月5日") || !strings.Contains(shown, "周**：") {
		t.Fatalf("preview: %s", shown)
	}
	if told := doc.Find(".log li.pub").Text(); !strings.Contains(told, "2026年12月5日") {
		t.Errorf("what the petitioner will see: %q", told)
	}
	// The officer changes a word in the preview and sends it.
	v = hidden(doc, path)
	doc.Find("textarea[name^='paper.']").Each(func(_ int, s *goquery.Selection) {
		v.Set(s.AttrOr("name", ""), strings.Replace(strings.TrimPrefix(s.Text(), "\n"), "介绍信存根", "介绍信存根的照片", 1))
	})
	v.Set("step", "do")
	b.done(path, v)
	after, err := d.store.Case(t.Context(), actor(account(t, "990102", petition.Registrar)), id)
	d.must(err)
	sent := after.Events[len(after.Events)-1].Act.Paper
	if sent == nil || !strings.Contains(sent.Sections[0].Text, "介绍信存根的照片") {
		t.Fatalf("sent: %+v", sent)
	}
	letter := b.page("/cases/" + id.String() + "/letters/" + itoa(after.Version()))
	if !strings.Contains(text(letter), "介绍信存根的照片") {
		t.Errorf("letter: %s", text(letter))
	}
}

func TestAPaperWithAnInternalWordGoesBackToItsWords(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系转接没有办完")
	b := d.as("990102", petition.Registrar)
	path := "/cases/" + id.String() + "/ask_info"
	v := hidden(b.page(path), path)
	v.Set("text", "请补充材料")
	v.Set("deadline", "2026-12-05")
	v.Set("step", "preview")
	_, doc := b.post(path, v)
	v = hidden(doc, path)
	v.Set("paper.sections.0", "您这是缠访，请补充材料。")
	v.Set("step", "do")
	w, doc := b.post(path, v)
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(doc.Find(".errsum").Text(), "缠访") {
		t.Fatalf("%d %s", w.Code, text(doc))
	}
	if got := strings.TrimSpace(doc.Find(`textarea[name="paper.sections.0"]`).Text()); got != "您这是缠访，请补充材料。" {
		t.Errorf("the words were lost: %q", got)
	}
}

func TestADeclinedProposalComesBackWithItsReason(t *testing.T) {
	d := newDesk(t)
	id := d.registered("农民工欠薪")
	b := d.as("990102", petition.Registrar)
	b.act(id, "redirect", url.Values{"text": {"欠薪由人社部门处理。"}, "body": {"labour"}, "reason": {"劳动关系"}})
	head := d.as("990102", petition.OfficeHead)
	doc := head.act2(id, "approve", "decline", url.Values{"reason": {"先问清楚是不是村干部"}})
	if !strings.Contains(doc.Find(".note--warn").Text(), "先问清楚是不是村干部") {
		t.Errorf("not pinned: %s", text(doc))
	}
	w, doc := head.get("/cases/" + id.String() + "/approve")
	if w.Code != http.StatusConflict || !strings.Contains(text(doc), "没有等待审批") {
		t.Errorf("nothing waits: %d %s", w.Code, text(doc))
	}
}

// TestARegisteredTransferStillOffersTheObjection: the pages say so, and give no number to
// what has one.
func TestARegisteredTransferStillOffersTheObjection(t *testing.T) {
	d := newDesk(t)
	f := aClaim("990100", "组织关系转接没有办完")
	id := d.filed(f)
	d.do(account(t, "990100", petition.Registrar), id, petition.Act{Action: petition.Register, Topic: "C3"})
	d.as("990100", petition.OfficeHead).act(id, "refer", url.Values{"to": {"990102"}, "reason": {"由区里办理"}})
	registrar := d.as("990102", petition.Registrar)
	path := "/cases/" + id.String()
	if says := text(registrar.page(path + "/register")); !strings.Contains(says, "已经有编号") || strings.Contains(says, "登记以后给编号") {
		t.Errorf("the form says: %s", says)
	}
	doc := registrar.act(id, "register", url.Values{"topic": {"C3"}})
	if flash := doc.Find(".flash").Text(); !strings.Contains(flash, "5个工作日以内仍然可以提出异议") {
		t.Errorf("after it: %s", flash)
	}
	doc = d.as("990102", petition.UnitHead).act(id, "object", url.Values{"reason": {"人在市里"}})
	if state(doc) != "已提异议" {
		t.Errorf("after the objection: %s", state(doc))
	}
}
