package main

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"testing"

	"huiyin/demo"
	"huiyin/petition"
)

// paper is a petition written to its end and not yet looked over: every step was
// posted as a browser posts it, the check page was never drawn.
type paper struct {
	headers string // the draft's cookie, and a client of its own
	token   string
}

// begun is one who writes on an open connection.
type begun struct {
	*visitor
	paper
}

// writePapers has n people write, 8 at a time.
func (r *rig) writePapers(n int) []paper {
	r.b.Helper()
	unit := openUnit(r.b)
	papers := make([]paper, n)
	visits(r.b, r.portalAt, 8, n, func(v *visitor, i int) (err error) {
		papers[i], err = write(v, i, unit)
		return err
	})
	return papers
}

func write(v *visitor, i int, unit petition.Unit) (paper, error) {
	w := &begun{visitor: v, paper: paper{headers: from(i)}}
	if err := w.begin(); err != nil {
		return paper{}, err
	}
	for _, step := range []struct {
		name string
		form url.Values
	}{
		{"where", url.Values{"area": {string(unit.ID)}}},
		{"what", url.Values{"purpose": {string(petition.PurposeRequest)}, "topic": {"C3"}}},
		{"content", url.Values{"title": {paperTitle(i)}, "facts": {benchFacts}, "request": {"请核实情况，依规补办，并书面答复。"}}},
		{"more", url.Values{"place": {unit.Area}, "when": {"2026年3月"}, "about": {"县档案馆"}, "earlier": {"none"}, "court": {"no"}}},
		{"you", url.Values{"as": {"self"}, "name": {"周测试"}, "mobile": {"13800000000"}, "region": {"000000"}, "address": {"解放路1号"}}},
	} {
		if err := w.step(step.name, step.form); err != nil {
			return paper{}, err
		}
	}
	return w.paper, nil
}

// paperTitle is what the i-th petition is called.
func paperTitle(i int) string {
	return fmt.Sprintf("请求核实并补办干部档案材料（%d）", i)
}

// begin agrees to the notice and reads the token of the forms.
func (w *begun) begin() error {
	a, err := w.post("/file", w.headers, url.Values{"consent": {"yes"}})
	if err != nil {
		return err
	}
	cookie, err := a.cookie("draft")
	if err != nil {
		return err
	}
	w.headers += cookie
	if a, err = w.get("/file/where", w.headers); err != nil {
		return err
	}
	w.token, err = a.between(`name="token" value="`)
	return err
}

func (w *begun) step(name string, form url.Values) error {
	form.Set("token", w.token)
	form.Set("go", "next")
	a, err := w.post("/file/"+name, w.headers, form)
	if err == nil {
		err = a.want(http.StatusSeeOther, "")
	}
	if err != nil {
		return fmt.Errorf("step %s: %w", name, err)
	}
	return nil
}

// from is a header line that makes the i-th visitor a client of its own.
func from(i int) string {
	return fmt.Sprintf("X-Forwarded-For: 10.%d.%d.%d\r\n", i>>16&255, i>>8&255, i&255)
}

// openUnit is a county of the demonstration that takes filings online.
func openUnit(b testing.TB) petition.Unit {
	for _, u := range demo.Units() {
		if u.Pilot && u.Level == petition.County {
			return u
		}
	}
	b.Fatal("no unit takes filings online")
	return petition.Unit{}
}

// benchFacts is as long as most people write: some 300 characters.
const benchFacts = `本人于一九九八年七月从师范学校毕业，同年八月由县教育局分配到乡中心小学任教，二〇〇五年经考核转为正式干部身份，` +
	`二〇一一年调入县图书馆工作至今。今年三月，单位在办理职称晋升时通知我，个人档案中缺少一九九八年的派遣证和二〇〇五年的转正审批表，` +
	`因此工龄只能从二〇一一年起算。我先后到县教育局人事股和县档案馆查询，教育局答复当年的材料已于二〇一二年随整体移交档案馆，` +
	`档案馆答复移交清单上有我的名字，但在库内没有找到实物。我手中留有派遣证复印件、当年的工资变动表和三位同事的书面证明。` +
	`几个月来我往返两个单位七次，至今没有一个单位答复由谁负责补办，眼看今年职称申报就要截止，影响的是我十三年的工龄和退休待遇。`

// codeIn finds the receipt code in a receipt.
func codeIn(a answer) (string, error) {
	found := codeForm.Find(a.body)
	if found == nil {
		return "", fmt.Errorf("no receipt code in %.500s", a.body)
	}
	return string(found), nil
}

var codeForm = regexp.MustCompile(`[0-9A-Z]{4}(-[0-9A-Z]{4}){6}`)
