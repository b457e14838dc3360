package backoffice

import (
	"strings"
	"testing"
	"time"

	"huiyin/petition"
)

// sample is a matter in which everything is filled in.
func sample(kind petition.PaperKind, ground petition.Ground) matter {
	day := time.Date(2026, 11, 20, 10, 0, 0, 0, petition.Shanghai)
	law := petition.DefaultLaws().At("2026-11-20")
	unit := petition.Unit{ID: "990102", Name: "甲区委组织部", Area: "甲区", Phone: "0000-1", Address: "甲路1号", Hours: "工作日9:00—17:00"}
	return matter{Title: "组织关系转接没有办完", Number: "XF990102202611200001X", Received: day, Today: day, Track: petition.Claim,
		Law: law, Unit: unit, To: petition.Unit{Name: "乙县委组织部", Phone: "0000-2", Address: "乙路2号", Hours: "工作日"},
		Review: petition.Unit{Name: "云川市委组织部", Phone: "0000-3"}, Kind: kind, Until: day.AddDate(0, 0, 60),
		Act: petition.Act{Action: petition.Refer, Text: "第一段\n第二段", Reason: "内部理由", Ground: ground, Deadline: "2027-01-05", Days: 30,
			Body: &petition.Body{Name: "甲区人社局", Phone: "12333", Bring: "身份证"}, Link: &petition.Link{Number: "XF990102202610200001X"}},
		Facts: "查明的事实", Opinion: "决定", Request: "请求一\n请求二", Basis: []string{"《细则》第十二条"},
		Name: "周**", Higher: true, Sender: "甲区委组织部", Receiver: "乙县委组织部", Worker: "韩立新", Filed: []petition.Paper{{Title: "受理告知书", Day: "2026-11-21"}},
		Under: &challenge{Unit: petition.Unit{Name: "乙县委组织部"}, Asked: "没有查清", At: day,
			Paper: &petition.Paper{Title: "信访事项处理意见书", Number: "乙组信字〔2026〕3号", Day: "2026-10-01"}},
		Duty: &petition.Duty{Title: "按期告知", Values: map[string]string{"problem": "第一点\n第二点", "demand": "抓紧", "proposal": "建议", "basis": "细则"}},
		Annual: &annualWords{Year: 2026, Texts: map[string]string{"work": "一段"}, Figures: []string{"按期答复率95%"}, Fields: []string{"党员队伍：3件"},
			Adopted: []string{"XF990102202610200001X"}, Proposed: 1},
		Answers: []answer{{"请求一", "已经办好"}, {"请求二", "正在办"}}, Terms: func(k string) string { return k }}
}

// TestNoPaperOfTheTopmostUnitNamesItselfAsTheRemedy: nobody is sent to those who have just
// refused him.
func TestNoPaperOfTheTopmostUnitNamesItselfAsTheRemedy(t *testing.T) {
	all, err := readPapers(files)
	if err != nil {
		t.Fatal(err)
	}
	for kind := range all {
		for _, g := range petition.Grounds {
			m := sample(kind, g.Code)
			p, err := all.compose(m, "周**")
			if err != nil {
				t.Fatal(err)
			}
			names := strings.Contains(p.Remedy, m.Review.Name)
			m.Review, m.Higher = m.Unit, false
			if p, err = all.compose(m, "周**"); err != nil {
				t.Fatal(err)
			}
			if strings.Contains(p.Remedy, "向"+m.Unit.Name) {
				t.Errorf("%s: %s", kind, p.Remedy)
			}
			if names && p.Remedy == "" {
				t.Errorf("%s: no remedy at all", kind)
			}
		}
	}
}

func TestEveryPaperIsWholeAndPlain(t *testing.T) {
	all, err := readPapers(files)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []petition.PaperKind{petition.AcceptanceNotice, petition.RedirectNotice, petition.RefusalNotice,
		petition.WhereaboutsNotice, petition.ReferralLetter, petition.AssignmentLetter, petition.ObjectionLetter,
		petition.InfoRequest, petition.ExtensionNotice, petition.OpinionPaper, petition.ReplyLetter, petition.HandlingReport,
		petition.MergeNotice, petition.NoLongerNotice, petition.DiversionNotice, petition.RecusalDecision, petition.HearingNotice,
		petition.HearingRecord, petition.AgreementPaper, petition.DisputeLetter, petition.RulingLetter, petition.ReviewAcceptance,
		petition.ReviewRefusal, petition.ReviewOpinion, petition.ReReviewOpinion, petition.ArchiveList, petition.SupervisionLetter,
		petition.WorkAdviceLetter, petition.PolicyAdviceLetter, petition.BlameAdviceLetter, petition.AnnualPaper} {
		for _, g := range petition.Grounds {
			p, err := all.compose(sample(kind, g.Code), "周**")
			if err != nil {
				t.Fatalf("%s: %v", kind, err)
			}
			if p.Title == "" || len(p.Sections) == 0 || p.Kind != kind || p.To != "周**paper.colon" || p.UnitName == "" {
				t.Errorf("%s: %+v", kind, p)
			}
			whole := p.Title + p.Remedy + strings.Join(p.Basis, "")
			for _, s := range p.Sections {
				if s.Text == "" {
					t.Errorf("%s: section %q is empty", kind, s.Head)
				}
				whole += s.Head + s.Text
			}
			if word := petition.InternalWord(whole); word != "" {
				t.Errorf("%s: says %q to the petitioner", kind, word)
			}
			for _, bad := range []string{"<no value>", "{{", "，，", "。。", "《》", "电话，", "  ", "%!"} {
				if strings.Contains(whole, bad) {
					t.Errorf("%s: %q in %s", kind, bad, whole)
				}
			}
			if len(p.Basis) == 0 && kind != petition.ReplyLetter {
				t.Errorf("%s: no article", kind)
			}
		}
	}
}

func TestARefusalNamesGroundArticleAndWhereToGo(t *testing.T) {
	all, err := readPapers(files)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range []struct {
		ground petition.Ground
		says   []string
	}{
		{petition.SkipLevel, []string{"乙县委组织部", "0000-2"}},
		{petition.InHand, []string{"XF990102202610200001X"}},
		{petition.Litigation, []string{"甲区人社局", "12333"}},
		{petition.FinalOpinion, []string{"新的事实和理由"}},
	} {
		m := sample(petition.RefusalNotice, one.ground)
		p, err := all.compose(m, "周**")
		if err != nil {
			t.Fatal(err)
		}
		var whole string
		for _, s := range p.Sections {
			whole += s.Text
		}
		for _, want := range one.says {
			if !strings.Contains(whole, want) {
				t.Errorf("%s: does not say %s: %s", one.ground, want, whole)
			}
		}
		if want := m.Law.Grounds[one.ground]; !strings.Contains(p.Basis[0], want) {
			t.Errorf("%s: rests on %v, not %s", one.ground, p.Basis, want)
		}
		if !strings.Contains(p.Remedy, "云川市委组织部") {
			t.Errorf("%s: remedy %q", one.ground, p.Remedy)
		}
	}
}

// TestALetterThatSendsACaseOnHoldsASummaryAndTheListOfItsFiles: Art. 22; the unit that
// receives it can tell whether all came.
func TestALetterThatSendsACaseOnHoldsASummaryAndTheListOfItsFiles(t *testing.T) {
	all, err := readPapers(files)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []petition.PaperKind{petition.ReferralLetter, petition.AssignmentLetter} {
		m := sample(kind, petition.SkipLevel)
		for _, one := range []struct {
			files []petition.File
			says  string
		}{
			{nil, "没有随附材料。"},
			{[]petition.File{{Name: "介绍信.pdf"}, {Name: "回执.jpg"}}, "2件：介绍信.pdf、回执.jpg。"},
		} {
			m.Files = one.files
			p, err := all.compose(m, "")
			if err != nil {
				t.Fatal(err)
			}
			said := map[string]string{}
			for _, s := range p.Sections {
				said[s.Head] = s.Text
			}
			if said["请求的概要"] != "请求一\n请求二" || !strings.HasSuffix(said["随附材料"], one.says) {
				t.Errorf("%s: %v", kind, said)
			}
		}
	}
}

func TestAnExtensionSaysWhoApprovedIt(t *testing.T) {
	all, err := readPapers(files)
	if err != nil {
		t.Fatal(err)
	}
	p, err := all.compose(sample(petition.ExtensionNotice, petition.SkipLevel), "周**")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(p.Sections[0].Text, "经我们单位负责人批准，延长30天") {
		t.Errorf("%s", p.Sections[0].Text)
	}
}

func TestAnOpinionTellsTheRemedyOfTheLaw(t *testing.T) {
	all, err := readPapers(files)
	if err != nil {
		t.Fatal(err)
	}
	p, err := all.compose(sample(petition.OpinionPaper, ""), "周**")
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Sections) != 4 {
		t.Fatalf("%d sections", len(p.Sections))
	}
	if !strings.Contains(p.Remedy, "30日内") || !strings.Contains(p.Remedy, "第三十五条") || !strings.Contains(p.Remedy, "云川市委组织部") {
		t.Errorf("remedy: %s", p.Remedy)
	}
	if !strings.Contains(p.Sections[3].Text, "关于“请求二”：正在办") {
		t.Errorf("opinion: %s", p.Sections[3].Text)
	}
}

func TestRequestsAreDividedIntoPoints(t *testing.T) {
	for _, one := range []struct {
		text string
		want []string
	}{
		{"", nil},
		{"请尽快办理。", []string{"请尽快办理"}},
		{"1. 补发补贴\n2、书面答复\n（三）道歉\n四、公开", []string{"补发补贴", "书面答复", "道歉", "公开"}},
		{"2026年的补贴没有发", []string{"2026年的补贴没有发"}},
		{"一年了还没有结果", []string{"一年了还没有结果"}},
		{"a\nb\nc\nd\ne\nf\ng\nh\ni", []string{"a b c d e f g h i"}},
	} {
		got := requests(one.text)
		if strings.Join(got, "|") != strings.Join(one.want, "|") {
			t.Errorf("%q: %q", one.text, got)
		}
	}
}

func TestTheDirectoryNamesEveryBodyWithATelephone(t *testing.T) {
	all, err := readBodies(files)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]bool{}
	for _, b := range all {
		kinds[b.Kind] = true
		if b.ID == "" || b.Name == "" || (b.Phone == "" && b.ID != "other") {
			t.Errorf("%+v", b)
		}
	}
	for _, k := range petition.Redirects {
		if !kinds[k] {
			t.Errorf("no body for %s", k)
		}
	}
}

func TestTextsCannotBecomeFormulas(t *testing.T) {
	for _, s := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"} {
		if got := safeCell(s); !strings.HasPrefix(got, "'") {
			t.Errorf("%q stays %q", s, got)
		}
	}
	if got := safeCell("组织关系"); got != "组织关系" {
		t.Errorf("harmless text became %q", got)
	}
}

// The letter about a transfer names the unit and how to reach it; before a unit is
// chosen the draft says what will stand there.
func TestATransferLetterNamesTheUnitOrSaysWhatWillStandThere(t *testing.T) {
	all, err := readPapers(files)
	if err != nil {
		t.Fatal(err)
	}
	text := func(m matter) string {
		p, err := all.compose(m, "周**")
		if err != nil {
			t.Fatal(err)
		}
		return p.Sections[0].Text
	}
	m := sample(petition.WhereaboutsNotice, "")
	for _, action := range []petition.Action{petition.Refer, petition.Assign} {
		m.Act.Action = action
		for _, want := range []string{"由乙县委组织部来办", "电话0000-2", "地址：乙路2号", "接待时间：工作日", "15天以内"} {
			if got := text(m); !strings.Contains(got, want) || strings.Contains(got, "〔") {
				t.Errorf("%s: %q is not in %s", action, want, got)
			}
		}
	}
	m.To = petition.Unit{}
	if got := text(m); !strings.Contains(got, "由〔接收单位的名称〕来办") || !strings.Contains(got, "写明它的电话、地址和接待时间") {
		t.Errorf("before a unit is chosen: %s", got)
	}
	m.To = petition.Unit{Name: "乙县委组织部"}
	if got := text(m); strings.Contains(got, "地址") || strings.Contains(got, "直接找它") {
		t.Errorf("a unit without an address: %s", got)
	}
}

// TestAnAcceptanceNamesWhoHandlesTheMatterAndTheTelephone: Art. 23; without a handler yet
// it still says whom to call, and of a report nobody learns who looks into it.
func TestAnAcceptanceNamesWhoHandlesTheMatterAndTheTelephone(t *testing.T) {
	all, err := readPapers(files)
	if err != nil {
		t.Fatal(err)
	}
	for worker, want := range map[string]string{"韩立新": "经办人是韩立新，有不明白的，请打电话0000-1，", "": "也可以撤回。有不明白的，请打电话0000-1，"} {
		m := sample(petition.AcceptanceNotice, "")
		m.Worker = worker
		p, err := all.compose(m, "周**")
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(p.Sections[0].Text, want) {
			t.Errorf("%q: %s", worker, p.Sections[0].Text)
		}
	}
	one := &dossier{Case: &petition.Case{Track: petition.Claim}, by: petition.Actor{Name: "提出人", Roles: []petition.Role{petition.Handler}}}
	for _, step := range []struct {
		name string
		act  petition.Act
	}{{"提出人", petition.Act{}}, {"指定人", petition.Act{HandlerName: "指定人"}}} {
		if got := one.worker(step.act); got != step.name {
			t.Errorf("names %q, not %q", got, step.name)
		}
	}
	one.by.Roles = []petition.Role{petition.UnitHead}
	if got := one.worker(petition.Act{}); got != "" {
		t.Errorf("nobody has it, yet it names %q", got)
	}
	one.leg.Handler, one.leg.HandlerName = petition.ID{1}, "承办人"
	if got := one.worker(petition.Act{}); got != "承办人" {
		t.Errorf("names %q", got)
	}
	one.Track = petition.Report
	if got := one.worker(petition.Act{HandlerName: "指定人"}); got != "" {
		t.Errorf("a report names %q", got)
	}
}
