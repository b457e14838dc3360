package backoffice_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"huiyin/backoffice"
	"huiyin/demo"
	"huiyin/petition"
)

// mayCome is who passes each guard; an empty list means everybody who is signed in.
var mayCome = map[string][]petition.Role{
	"register": {petition.Registrar},
	"account":  {},
	"staff":    {},
	"desk": {petition.Registrar, petition.OfficeHead, petition.Handler, petition.UnitHead, petition.Leader,
		petition.ClosingAuditor, petition.Supervisor},
	"head":     {petition.OfficeHead},
	"reveal":   {petition.Registrar, petition.OfficeHead, petition.Handler, petition.UnitHead, petition.ClosingAuditor},
	"recorder": {petition.Registrar, petition.OfficeHead, petition.Handler, petition.UnitHead}, "incidents": {petition.OfficeHead, petition.Leader},
	"handover": {petition.OfficeHead, petition.UnitHead}, "supervising": {petition.Supervisor},
	"accounting": {petition.Supervisor, petition.Leader, petition.OfficeHead},
	"counter":    {petition.Registrar, petition.OfficeHead},
	"overseer":   {petition.Registrar, petition.OfficeHead, petition.Leader, petition.Supervisor},
	"leader":     {petition.Leader, petition.OfficeHead, petition.Supervisor},
	"cadre":      {petition.CadreSupervisor, petition.Leader},
	"keeper":     {petition.SystemAdmin, petition.SecurityAdmin}, "system": {petition.SystemAdmin},
	"planner":     {petition.OfficeHead, petition.Leader},
	"inspection":  {petition.Registrar, petition.OfficeHead, petition.Leader, petition.Supervisor, petition.CadreSupervisor},
	"compartment": {petition.CadreSupervisor},
	"security":    {petition.SecurityAdmin}, "audit": {petition.AuditAdmin},
}

// aClaim is a claim as the portal sends it in.
func aClaim(unit petition.UnitID, title string) petition.Filing {
	return petition.Filing{Purpose: petition.PurposeRequest, Topic: "C3", Unit: unit, Area: "990102", Title: title,
		Facts:   "五月把组织关系材料交上去，三个月没有办完，问过三次都说在等回函。",
		Request: "1. 明确由谁负责\n2. 书面告诉我什么时候办完", Channel: petition.ByWeb,
		Person: petition.Person{Name: "周明华", IDType: "resident", IDNumber: "11010519491231002X", Mobile: "13800138000",
			Region: "990102", Address: "桥头街道1号"},
		ConsentAt: worldDay}
}

// filled is a route's path with its places filled: a case, its first event, a file, a
// report, an account, a request about one.
func filled(path string, id, file, report petition.ID) string {
	path = strings.Replace(path, ":channel", "letter", 1)
	path = strings.Replace(path, "/papers/:kind", "/papers/acceptance", 1)
	path = strings.Replace(path, ":ledger", "incoming", 1)
	path = strings.Replace(path, ":list", "duties", 1)
	path = strings.Replace(path, "/reports/:id/:action", "/reports/:id/cadre_note", 1)
	path = strings.Replace(path, "/duties/:id/:action", "/duties/:id/progress", 1)
	path = strings.Replace(path, ":action", "note", 1)
	path = strings.Replace(path, ":file", file.String(), 1)
	path = strings.Replace(strings.Replace(path, "letters/:n", "letters/2", 1), ":form", "docx", 1)
	switch {
	case strings.HasPrefix(path, "/reports"):
		return strings.Replace(path, ":id", report.String(), 1)
	case strings.HasPrefix(path, "/view-requests"):
		return strings.Replace(path, ":id", id.String(), 1)
	case strings.HasPrefix(path, "/accounts"):
		return strings.Replace(path, ":id", aHandler.String(), 1)
	case strings.HasPrefix(path, "/visits"):
		return strings.Replace(path, ":id", aVisitID.String(), 1)
	case strings.HasPrefix(path, "/policies"):
		return strings.Replace(path, ":id", policyNamed("青组发〔2026〕3号").ID.String(), 1)
	case strings.HasPrefix(path, "/gaps"):
		return strings.Replace(path, ":id", aGap.String(), 1)
	case strings.HasPrefix(path, "/issues"):
		return strings.Replace(path, ":id", anIssue.String(), 1)
	case strings.HasPrefix(path, "/inspections"):
		return strings.Replace(path, ":id", anInspection.String(), 1)
	case strings.HasPrefix(path, "/annual"):
		return strings.Replace(strings.Replace(path, ":unit", "990102", 1), ":year", "2026", 1)
	case strings.HasPrefix(path, "/team"):
		return strings.Replace(strings.Replace(path, ":kind", "duty", 1), ":n", "1", 1)
	case strings.HasPrefix(path, "/disputes"):
		return strings.Replace(path, ":id", aDispute.String(), 1)
	case strings.HasPrefix(path, "/duties"):
		return strings.Replace(path, ":id", aDuty.String(), 1)
	case strings.HasPrefix(path, "/reception"):
		return strings.Replace(path, ":id", aSession.String(), 1)
	case strings.HasPrefix(path, "/rules"):
		return strings.Replace(path, ":id", aRule.String(), 1)
	case strings.HasPrefix(path, "/limits"):
		return strings.Replace(path, ":id", aLimit.String(), 1)
	case strings.HasPrefix(path, "/mergers"):
		return strings.Replace(path, ":id", aMerger.String(), 1)
	case strings.HasPrefix(path, "/requests"):
		return strings.Replace(path, ":id", aRequest.String(), 1)
	}
	return strings.Replace(strings.Replace(path, ":id", id.String(), 1), "*file", "nothing.css", 1)
}

// aHandler and aRequest are what matrixWorld has of accounts, aLimit of
// edits of limits, aMerger of mergers, aDispute
// of early signs, aDuty of duties, aRule of local rules, aVisitID
// of the desk's register, aGap a case with a gap in policy, aSession of a plan of reception,
// anIssue a common issue, anInspection a request of an inspection team.
var aHandler, aRequest, aLimit, aMerger, aDispute, aDuty, aRule, aVisitID, aGap, aSession, anIssue, anInspection petition.ID

// world of the matrix: a claim with a file and a paper, a report, and a request about
// the handler's account, at one county.
func matrixWorld(t *testing.T) (d *desk, id, file, report petition.ID) {
	d = newDesk(t)
	f := aClaim("990102", "组织关系转接没有办完")
	file, err := petition.MakeID(d.now, strings.NewReader("0123456789"))
	d.must(err)
	f.Files = []petition.File{{ID: file, Name: "照片.jpg", Type: "image/jpeg", Size: 1}}
	id = d.filed(f)
	registrar := account(t, "990102", petition.Registrar)
	d.do(registrar, id, petition.Act{Action: petition.Register, Topic: "C3"})
	d.said(id, petition.Act{Action: petition.AskViews, Text: "x"})
	r := aClaim("990102", "反映一名干部")
	r.Purpose = petition.PurposeReport
	d.filed(r)
	found, err := d.store.Reports(t.Context(), actor(account(t, "990102", petition.CadreSupervisor)), petition.ID{})
	d.must(err)
	if len(found) != 1 {
		t.Fatalf("%d reports", len(found))
	}
	h := account(t, "990102", petition.Handler)
	aHandler = h.ID
	aRequest, err = d.store.AskAccount(t.Context(), actor(account(t, "990000", petition.SystemAdmin)), backoffice.AccountRequest{
		Kind: backoffice.ChangeAccount, Account: h.ID, Name: h.Name, Unit: h.Unit, Roles: []petition.Role{petition.Handler}, Reason: "x"}, d.now)
	d.must(err)
	aMerger, err = d.store.AskMerger(t.Context(), actor(account(t, "990000", petition.SystemAdmin)), backoffice.Merger{
		Unit: "990121", Successor: "990102", Document: "x"}, d.now)
	d.must(err)
	aDispute, err = d.store.AddDispute(t.Context(), actor(account(t, "990102", petition.Registrar)), petition.DisputeEntry{Kind: "other",
		Place: "x", People: 1, Asked: "x", Measures: "x", Next: petition.Day(d.now)}, d.now)
	d.must(err)
	d.must(d.store.AddTeamEntry(t.Context(), actor(account(t, "990102", petition.OfficeHead)), 0,
		petition.TeamEntry{Kind: petition.TeamPost, Name: "x", Day: petition.Day(d.now)}, d.now))
	duty, err := d.store.SetDuty(t.Context(), actor(account(t, "990102", petition.Leader)), petition.DutyAct{Action: petition.SetDuty,
		Kind: petition.Supervision, Form: petition.LetterForm, Owner: "990102", Title: "x", Due: petition.Day(d.now),
		Values: map[string]string{"problem": "x", "demand": "x"}}, d.now)
	d.must(err)
	aDuty = duty.ID
	texts := make(map[string]string)
	for _, name := range petition.AnnualSections {
		texts[name] = "x"
	}
	d.must(d.store.StepAnnual(t.Context(), actor(account(t, "990102", petition.OfficeHead)), "990102", 2026, 0,
		petition.AnnualStep{Status: petition.AnnualFiled, Texts: texts}, d.now.AddDate(0, 2, 0)))
	anInspection = d.inspection("990102", "990102", false)
	aRule, err = d.store.SaveLocalRule(t.Context(), actor(account(t, "990102", petition.OfficeHead)),
		petition.LocalRule{Title: "x", Text: "x", From: "2026-01-01"}, d.now)
	d.must(err)
	aLimit, err = d.store.DraftCalendar(t.Context(), actor(account(t, "990000", petition.SystemAdmin)), "x", strings.ReplaceAll(petition.DefaultCalendar().CSV("2026"), "2026", "2037"), d.now)
	d.must(err)
	aVisitID, err = d.store.AddVisit(t.Context(), actor(account(t, "990102", petition.Registrar)), "", petition.Day(d.now),
		petition.VisitEntry{People: 1, Arrived: "09:00", Room: "x", Officer: h.ID}, d.now)
	d.must(err)
	aSession, err = d.store.ActPlan(t.Context(), actor(account(t, "990102", petition.OfficeHead)), 2026, 0, petition.PlanAct{Action: petition.EnterSession,
		Session: &petition.Session{Kind: petition.TopicalSession, Leader: "x", Post: "x", Portfolio: "x", Day: petition.Day(d.now), From: "09:00",
			Until: "10:00", Place: "x", Subject: "x"}}, d.now)
	d.must(err)
	aGap = d.gapped("租用活动室的补助没有规定", "2026-12-31")
	anIssue = d.issue(2)
	return d, id, file, found[0].ID
}

func TestEveryRouteOpensToItsRolesOnly(t *testing.T) {
	d, id, file, report := matrixWorld(t)
	for _, role := range petition.Roles {
		a := account(t, unitOf(role), role)
		b := d.signIn(a)
		for _, r := range d.face.Routes() {
			if r.Guard == "anybody" || r.Method != http.MethodGet || strings.Contains(r.Path, "letters") || strings.Contains(r.Path, "/notices/") ||
				strings.HasPrefix(r.Path, "/reports/:id/") || strings.HasPrefix(r.Path, "/set-duty/") || // each kind has its roles: duty_test.go
				(role == petition.Leader && (r.Path == "/reports/:id" || r.Path == "/reports/digest")) ||
				r.Path == "/accountability/:id" { // in sight of its own readers: accountability_test.go // a leader opens what was put up to him only: sealed_test.go
				continue
			}
			allowed, known := mayCome[r.Guard]
			if !known {
				t.Fatalf("%s %s has a guard that nobody described: %q", r.Method, r.Path, r.Guard)
			}
			may := len(allowed) == 0 || a.Is(allowed...)
			w, doc := b.get(filled(r.Path, id, file, report))
			if hidden := w.Code == http.StatusNotFound; hidden == may {
				t.Errorf("%s at %s: %d %s", role, r.Path, w.Code, text(doc))
			}
			if w.Code >= http.StatusInternalServerError {
				t.Errorf("%s at %s: %d", role, r.Path, w.Code)
			}
		}
	}
}

// unitOf is where a role is held in the demonstration.
func unitOf(role petition.Role) petition.UnitID {
	switch role {
	case petition.SystemAdmin, petition.SecurityAdmin, petition.AuditAdmin:
		return "990000"
	}
	return "990102"
}

func TestNobodyComesInWithoutSigningIn(t *testing.T) {
	d, id, file, report := matrixWorld(t)
	b := d.browser()
	for _, r := range d.face.Routes() {
		if r.Guard == "anybody" {
			continue
		}
		w, _ := b.send(httptest.NewRequest(r.Method, filled(r.Path, id, file, report), nil))
		if w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), "/sign-in") {
			t.Errorf("%s %s: %d to %q", r.Method, r.Path, w.Code, w.Header().Get("Location"))
		}
	}
}

func TestEveryRouteStandsInTheList(t *testing.T) {
	d := newDesk(t)
	engine, ok := d.face.Handler().(*gin.Engine)
	if !ok {
		t.Fatalf("%T", d.face.Handler())
	}
	listed := map[string]bool{}
	for _, r := range d.face.Routes() {
		listed[r.Method+" "+r.Path] = true
	}
	for _, r := range engine.Routes() {
		if !listed[r.Method+" "+r.Path] {
			t.Errorf("%s %s was not registered through a guard", r.Method, r.Path)
		}
	}
}

// posts are the routes that do something.
func posts(f *backoffice.Office) []string {
	var all []string
	for _, r := range f.Routes() {
		if r.Method == http.MethodPost {
			all = append(all, r.Path)
		}
	}
	return all
}

func TestEveryPostRefusesOtherSitesAndAMissingToken(t *testing.T) {
	d, id, file, report := matrixWorld(t)
	people := map[petition.Role]*browser{}
	as := func(role petition.Role) *browser {
		if people[role] == nil {
			people[role] = d.as(unitOf(role), role)
		}
		return people[role]
	}
	before, err := d.store.Case(t.Context(), actor(account(t, "990102", petition.Registrar)), id)
	d.must(err)
	guards := map[string]string{}
	for _, r := range d.face.Routes() {
		if r.Method == http.MethodPost {
			guards[r.Path] = r.Guard
		}
	}
	for _, path := range posts(d.face) {
		if path == "/import" { // takes a form with a file only: import_test.go
			continue
		}
		b := as(petition.Registrar)
		if roles := mayCome[guards[path]]; len(roles) > 0 && !slices.Contains(roles, petition.Registrar) {
			b = as(roles[0])
		}
		full := filled(path, id, file, report)
		r := httptest.NewRequest(http.MethodPost, full, strings.NewReader(url.Values{"token": {b.token}}.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		if w, _ := b.send(r); w.Code != http.StatusForbidden {
			t.Errorf("%s from another site: %d", path, w.Code)
		}
		for _, token := range []string{"", "wrong"} {
			if w, _ := b.post(full, url.Values{"token": {token}, "text": {"x"}, "step": {"do"}}); w.Code != http.StatusForbidden {
				t.Errorf("%s with token %q: %d", path, token, w.Code)
			}
		}
	}
	after, err := d.store.Case(t.Context(), actor(account(t, "990102", petition.Registrar)), id)
	d.must(err)
	if before.Version() != after.Version() {
		t.Errorf("something was done: version %d became %d", before.Version(), after.Version())
	}
}

func TestErrorsCarryTheHeadersOfEveryPage(t *testing.T) {
	d := newDesk(t)
	b := d.as("990102", petition.Handler)
	for _, path := range []string{"/nothing", "/cases/nonsense", "/reports", "/queue", "/me"} {
		w, _ := b.get(path)
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
			"Cache-Control": "no-store"} {
			if got := w.Header().Get(name); got != want {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		if !strings.Contains(w.Header().Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s: no policy", path)
		}
	}
}

func TestTheRailShowsOnlyWhatTheRoleMayOpen(t *testing.T) {
	d := newDesk(t)
	for _, a := range demo.Staff()[:12] {
		b := d.signIn(a)
		var links []string
		doc := b.page("/me")
		for _, n := range doc.Find(".rail a").Nodes {
			for _, attr := range n.Attr {
				if attr.Key == "href" {
					links = append(links, attr.Val)
				}
			}
		}
		if len(links) < 2 {
			t.Errorf("%s: rail %v", a.Login, links)
		}
		for _, to := range links {
			if w, _ := b.get(to); w.Code != http.StatusOK {
				t.Errorf("%s: the rail's %s answers %d", a.Login, to, w.Code)
			}
		}
		if slices.Contains(links, "/reports") != a.Is(petition.CadreSupervisor, petition.Leader) {
			t.Errorf("%s: reports in the rail: %v", a.Login, links)
		}
	}
}
