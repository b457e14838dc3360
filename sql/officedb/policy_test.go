package officedb

import (
	"strings"
	"testing"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

// aPolicy binds a unit and all below it, and is in force.
func aPolicy(unit petition.UnitID, number string) petition.Policy {
	return petition.Policy{Title: "村干部补助办法", Number: number, Body: "省委组织部", Level: petition.Province,
		From: "2024-01-01", Unit: unit, Articles: []petition.Article{{Number: "第三条", Text: "补助按月发放。"}, {Number: "第四条", Text: "由县级财政承担。"}}}
}

// saved is a policy that a unit's head has put in the library.
func (w *world) saved(p petition.Policy) petition.Policy {
	w.t.Helper()
	id, err := w.s.SavePolicy(w.t.Context(), w.who(p.Unit, petition.OfficeHead), p, 0, w.now)
	w.must(err)
	p.ID, p.Version = id, 1
	return p
}

// cites is an article of a policy of the province, which every unit may cite.
func (w *world) cites() []petition.Citation {
	w.t.Helper()
	if w.rule.ID.IsZero() {
		w.rule = w.saved(aPolicy(prov, "省组发〔2024〕1号"))
	}
	c, ok := w.rule.Cite("第三条")
	if !ok {
		w.t.Fatal("no such article")
	}
	return []petition.Citation{c}
}

func TestALibraryKeepsEveryVersion(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		head := w.who(city, petition.OfficeHead)
		p := w.saved(aPolicy(city, "市组发〔2024〕5号"))
		p.Until, p.Articles[0].Text = "2026-06-30", "补助按季发放。𠮷"
		_, err := w.s.SavePolicy(ctx, head, p, 1, w.now.AddDate(0, 0, 1))
		w.must(err)
		_, err = w.s.SavePolicy(ctx, head, p, 1, w.now)
		w.want(err, petition.Conflict)
		file, err := w.s.Policy(ctx, w.who(county, petition.Handler), p.ID)
		w.must(err)
		if len(file.History) != 2 || file.Version != 2 || file.Until != "2026-06-30" || file.Articles[0].Text != "补助按季发放。𠮷" || file.Mine {
			t.Errorf("%+v", file)
		}
		if first := file.History[1]; first.Until != "" || first.Articles[0].Text != "补助按月发放。" || first.Name != head.Name {
			t.Errorf("the first version: %+v", first)
		}
	})
}

// Who keeps a policy: the head of the unit that it binds, or of one above it.
func TestAPolicyIsKeptByTheHeadOfTheUnitAndAbove(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		p := w.saved(aPolicy(county, "县组发〔2024〕5号"))
		for unit, kind := range map[petition.UnitID]petition.Kind{county2: petition.NotFound, city: "", county: ""} {
			file, err := w.s.Policy(ctx, w.who(city, petition.OfficeHead), p.ID)
			w.must(err)
			_, err = w.s.SavePolicy(ctx, w.who(unit, petition.OfficeHead), p, file.Version, w.now)
			if kind == "" {
				w.must(err)
			} else {
				w.want(err, kind)
			}
		}
		for _, role := range []petition.Role{petition.Registrar, petition.Handler, petition.Leader, petition.SystemAdmin} {
			_, err := w.s.SavePolicy(ctx, w.who(county, role), aPolicy(county, "x"), 0, w.now)
			w.want(err, petition.NotFound)
		}
		up := aPolicy(city, "市组发〔2024〕6号")
		_, err := w.s.SavePolicy(ctx, w.who(county, petition.OfficeHead), up, 0, w.now)
		w.want(err, petition.Invalid)
		up.Title, up.Unit = "", county
		_, err = w.s.SavePolicy(ctx, w.who(county, petition.OfficeHead), up, 0, w.now)
		w.want(err, petition.Invalid)
	})
}

func TestTheLibraryShowsWhatBindsTheReader(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.saved(aPolicy(prov, "省1号"))
		old := aPolicy(city, "市1号")
		old.From, old.Until, old.Title = "2010-01-01", "2020-12-31", "旧办法"
		w.saved(old)
		coming := aPolicy(county, "县1号")
		coming.From, coming.Level = "2027-01-01", petition.County
		coming = w.saved(coming)
		for _, c := range []struct {
			who  petition.Actor
			q    backoffice.PolicyQuery
			want string
		}{
			{w.who(county, petition.Handler), backoffice.PolicyQuery{}, "县1号 省1号 市1号"},
			{w.who(county2, petition.Handler), backoffice.PolicyQuery{}, "省1号 市1号"},
			{w.who(prov, petition.Registrar), backoffice.PolicyQuery{}, "县1号 省1号 市1号"},
			{w.who(prov, petition.Handler), backoffice.PolicyQuery{}, "省1号"},
			{w.who(county, petition.Handler), backoffice.PolicyQuery{State: backoffice.PolicyInForce}, "省1号"},
			{w.who(county, petition.Handler), backoffice.PolicyQuery{State: backoffice.PolicyEnded}, "市1号"},
			{w.who(county, petition.Handler), backoffice.PolicyQuery{State: backoffice.PolicyComing}, "县1号"},
			{w.who(county, petition.Handler), backoffice.PolicyQuery{Words: "旧办"}, "市1号"},
			{w.who(county, petition.Handler), backoffice.PolicyQuery{Words: "县级财政", Level: petition.County}, "县1号"},
			{w.who(county, petition.Handler), backoffice.PolicyQuery{Words: "%"}, ""},
			{w.who(county, petition.Handler), backoffice.PolicyQuery{AfterDay: "2027-01-01", AfterID: coming.ID}, "省1号 市1号"},
		} {
			c.q.Now = w.now
			page, err := w.s.Policies(ctx, c.who, c.q)
			w.must(err)
			var got []string
			for _, p := range page.Rows {
				got = append(got, p.Number)
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("%s of %s, %+v: %v, want %s", c.who.Name, c.who.Unit, c.q, got, c.want)
			}
		}
		_, err := w.s.Policies(ctx, w.who(county, petition.SecurityAdmin), backoffice.PolicyQuery{Now: w.now})
		w.want(err, petition.NotFound)
		_, err = w.s.Policy(ctx, w.who(county2, petition.OfficeHead), coming.ID)
		w.want(err, petition.NotFound)
	})
}

func TestArticlesAreFoundByWordsAndByNumber(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.saved(aPolicy(prov, "省组发〔2024〕1号"))
		w.saved(aPolicy(county2, "县二〔2024〕1号"))
		ended := aPolicy(prov, "省组发〔2020〕9号")
		ended.From, ended.Until = "2020-01-01", "2025-12-31"
		w.saved(ended)
		by := w.who(county, petition.Handler)
		found, err := w.s.FindArticles(ctx, by, "补助办法 县级财政", w.now)
		w.must(err)
		if len(found) != 1 || found[0].Number != "第四条" || found[0].Policy.Number != "省组发〔2024〕1号" {
			t.Errorf("%+v", found)
		}
		if found, err = w.s.FindArticles(ctx, by, "  ", w.now); err != nil || found != nil {
			t.Errorf("blank: %v %v", found, err)
		}
		for written, want := range map[string]string{"省组发〔2024〕1号第三条": "第三条", " 省组发〔2024〕1号 第四条 ": "第四条",
			"省组发〔2024〕1号第九条": "", "省组发〔2024〕1号": "", "省组发〔2020〕9号第三条": "", "县二〔2024〕1号第三条": "", "": ""} {
			one, err := w.s.ArticleByNumber(ctx, by, written, w.now)
			if want == "" {
				w.want(err, petition.NotFound)
				continue
			}
			if w.must(err); one.Number != want {
				t.Errorf("%q: %+v", written, one)
			}
		}
		_, err = w.s.FindArticles(ctx, w.who(county, petition.AuditAdmin), "补助", w.now)
		w.want(err, petition.NotFound)
	})
}

func TestAnImportMakesNewVersionsOfWhatIsKnown(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.must(w.s.ImportPolicies(ctx, []petition.Policy{aPolicy(prov, "省1号"), aPolicy(city, "市1号")}, w.now))
		again := aPolicy(prov, "省1号")
		again.Title = "新办法"
		w.must(w.s.ImportPolicies(ctx, []petition.Policy{again}, w.now))
		page, err := w.s.Policies(ctx, w.who(county, petition.Handler), backoffice.PolicyQuery{Now: w.now, Words: "新办法"})
		w.must(err)
		if len(page.Rows) != 1 || page.Rows[0].Version != 2 {
			t.Errorf("%+v", page.Rows)
		}
		bad := aPolicy(prov, "省2号")
		bad.From = ""
		w.want(w.s.ImportPolicies(ctx, []petition.Policy{aPolicy(prov, "省3号"), bad}, w.now), petition.Invalid)
		if page, err = w.s.Policies(ctx, w.who(county, petition.Handler), backoffice.PolicyQuery{Now: w.now}); err != nil || len(page.Rows) != 2 {
			t.Errorf("half of a bad list was kept: %+v %v", page.Rows, err)
		}
	})
}

// ruled is a claim of the county that was signed with an outcome.
func (w *world) ruled(unit petition.UnitID, f petition.Filing, o petition.Outcome) petition.ID {
	w.t.Helper()
	id := w.filed(f)
	w.do(w.who(unit, petition.Registrar), id, registerAct())
	w.do(w.who(unit, petition.Registrar), id, petition.Act{Action: petition.Distribute, Office: "org", Handler: w.who(unit, petition.Handler).Staff})
	w.do(w.who(unit, petition.UnitHead), id, acceptAct())
	w.drafted(unit, id, o)
	w.do(w.who(unit, petition.UnitHead), id, petition.Act{Action: petition.Sign, Reason: "as the facts are"})
	return id
}

// drafted brings an accepted case to be signed.
func (w *world) drafted(unit petition.UnitID, id petition.ID, o petition.Outcome) {
	w.t.Helper()
	w.do(w.who(unit, petition.Handler), id, petition.Act{Action: petition.Start})
	w.do(w.who(unit, petition.Handler), id, w.opinion(o))
}

// opinion is a draft that the rules take; a refusal cites nothing of the library.
func (w *world) opinion(o petition.Outcome) petition.Act {
	paper := aPaper(petition.OpinionPaper)
	paper.Sections = append(paper.Sections, petition.Section{Text: "The facts."}, petition.Section{Text: "The decision."})
	act := petition.Act{Action: petition.Draft, Outcome: o, Paper: paper}
	if o.Supports() {
		act.Cites = w.cites()
		paper.Basis = append(paper.Basis, act.Cites[0].Printed)
		act.Execution = &petition.Execution{What: "pay", Due: petition.Day(w.now.AddDate(0, 0, 20))}
	} else {
		act.Explained = &petition.Explanation{Day: petition.Day(w.now), Text: "told face to face"}
	}
	return act
}

const (
	yearsOwed = "我一九九二年到二零零四年在村里任支部书记，离任以后一直没有领到离任村干部生活补助，多次到乡镇询问都说名单里没有我。"
	duesPaid  = "党费从今年三月起每月多收了二十元，支部没有解释计算依据，也没有给收据，请核对基数。"
)

func said(unit petition.UnitID, title, facts string) petition.Filing {
	f := aFiling(unit, title)
	f.Facts, f.Request = facts, "请按规定办理。"
	return f
}

// A policy's page names the decided cases that rest on it, and of those only what the
// reader may see; the help on a case page names articles and no case.
func TestAPolicysCasesAreThoseThatTheReaderMaySee(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		one := w.ruled(county, said(county, "补助没有发", yearsOwed), petition.Supported)
		w.ruled(county2, said(county2, "党费多收了", duesPaid), petition.PartSupported)
		count := func(by petition.Actor) int {
			file, err := w.s.Policy(ctx, by, w.rule.ID)
			w.must(err)
			return len(file.Cases)
		}
		if a, b, c := count(w.who(county, petition.Handler)), count(w.who(city, petition.Leader)), count(w.who(city, petition.Handler)); a != 1 || b != 2 || c != 0 {
			t.Errorf("the county reads %d, the city's leader %d, the city's handler %d", a, b, c)
		}
		file, err := w.s.Policy(ctx, w.who(county, petition.Handler), w.rule.ID)
		w.must(err)
		if got := file.Cases[0]; got.Case != one || got.Article != "第三条" || got.Outcome != petition.Supported || got.Title != "补助没有发" {
			t.Errorf("%+v", got)
		}
		used, err := w.s.UsedArticles(ctx, w.who(city, petition.Handler), "C6", w.now)
		w.must(err)
		if len(used) != 1 || used[0].Number != "第三条" {
			t.Errorf("%+v", used)
		}
		if used, err = w.s.UsedArticles(ctx, w.who(city, petition.Handler), "C4", w.now); err != nil || len(used) != 0 {
			t.Errorf("another code: %+v %v", used, err)
		}
		w.must(w.s.Exclude(ctx, one, w.who(county, petition.Handler).Staff, w.now))
		if n := count(w.who(county, petition.Handler)); n != 0 {
			t.Errorf("who is excluded reads %d", n)
		}
	})
}

// What was signed is asked for as it stands: drawn up anew and signed, it is one decision
// with its newest outcome and citations.
func TestADecisionIsTheNewestSigned(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.ruled(county, said(county, "补助没有发", yearsOwed), petition.NotSupported)
		var outcomes []string
		read := func() string {
			outcomes = nil
			w.must(w.db.Select(t.Context(), &outcomes, `SELECT outcome FROM decision WHERE case_id = ?`, id))
			return strings.Join(outcomes, " ")
		}
		if got := read(); got != "not_supported" {
			t.Errorf("first %q", got)
		}
		w.exec(`DELETE FROM decision WHERE case_id = ?`, id)
		w.exec(`INSERT INTO setting (name, value, changed_at) VALUES ('derive_again', 'all', 0)`)
		w.must(w.s.SystemTick(t.Context(), w.now))
		if got := read(); got != "not_supported" {
			t.Errorf("derived anew %q", got)
		}
		var seals []sql.ID
		w.must(w.db.Select(t.Context(), &seals, `SELECT case_id FROM citation WHERE case_id = ?`, id))
		if len(seals) != 0 {
			t.Errorf("a refusal cites %d", len(seals))
		}
	})
}
