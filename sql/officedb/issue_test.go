package officedb

import (
	"bytes"
	"fmt"
	"testing"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

// march is so many matters about C6 at a unit, in March.
func (w *world) march(unit petition.UnitID, n int) (all []petition.ID) {
	w.t.Helper()
	for i := range n {
		all = append(all, w.registered(unit, fmt.Sprintf("matter %d", i)))
	}
	return all
}

func (w *world) issuesOf(by petition.Actor) []backoffice.Issue {
	w.t.Helper()
	all, err := w.s.Issues(w.t.Context(), by, 2026)
	w.must(err)
	return all
}

func issueStep(s petition.IssueStatus) petition.IssueStep {
	return petition.IssueStep{Status: s, Text: "租用活动室没有规定𠮷", To: "the Civil Affairs Bureau", Due: "2026-05-01"}
}

// When a month has ended, what came together in one area is proposed once, however often
// the job runs and on however many nodes; never before.
func TestScenario11_1_WhatComesTogetherIsProposedOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		w.march(county, 4)
		w.march(county2, 3)
		w.now = noon(t, "2026-03-31")
		w.must(w.s.SystemTick(ctx, w.now))
		if got := w.issuesOf(w.who(prov, petition.Leader)); len(got) != 0 {
			t.Fatalf("before the month has ended: %+v", got)
		}
		w.now = noon(t, "2026-04-01")
		other := w.open()
		for range 2 {
			w.must(w.s.SystemTick(ctx, w.now))
			w.must(w.s.FindIssues(ctx, w.now))
			w.must(other.FindIssues(ctx, w.now))
		}
		found := w.issuesOf(w.who(prov, petition.Leader))
		if len(found) != 1 || found[0].Unit != city || found[0].Topic != "C6" || found[0].Month != "2026-03" || found[0].Count != 7 ||
			found[0].Status() != petition.IssueFound {
			t.Fatalf("proposed: %+v", found)
		}
		if got := w.issuesOf(w.who(county, petition.OfficeHead)); len(got) != 0 {
			t.Errorf("a county reads what is the city's: %+v", got)
		}
		for _, role := range []petition.Role{petition.Handler, petition.SystemAdmin, petition.AuditAdmin, petition.CadreSupervisor} {
			_, err := w.s.Issues(ctx, w.who(city, role), 2026)
			w.want(err, petition.NotFound)
			_, err = w.s.Issue(ctx, w.who(city, role), found[0].ID)
			w.want(err, petition.NotFound)
		}
	})
}

// A matter that lies further down is counted there; a unit's own number holds for its area
// and those below, and each is proposed in the smallest area.
func TestScenario11_1_TheNumberIsTheUnits(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, head := t.Context(), w.who(city, petition.OfficeHead)
		for _, n := range []int{0, 1, 101} {
			w.want(w.s.SetIssueLeast(ctx, head, n, w.now), petition.Invalid)
		}
		w.want(w.s.SetIssueLeast(ctx, w.who(city, petition.Leader), 3, w.now), petition.NotFound)
		w.must(w.s.SetIssueLeast(ctx, head, 4, w.now))
		w.must(w.s.SetIssueLeast(ctx, head, 3, w.now))
		for unit, want := range map[petition.UnitID]int{prov: petition.IssueLeast, city: 3, county: 3} {
			if n, err := w.s.IssueLeast(ctx, w.who(unit, petition.OfficeHead)); err != nil || n != want {
				t.Errorf("%s: %d, %v", unit, n, err)
			}
		}
		w.march(county, 2)
		id := w.registered(city, "passed on")
		w.do(head, id, referAct(county))
		w.march(county2, 1)
		w.now = noon(t, "2026-04-01")
		w.must(w.s.FindIssues(ctx, w.now))
		if got := w.issuesOf(w.who(prov, petition.OfficeHead)); len(got) != 1 || got[0].Unit != county || got[0].Count != 3 || got[0].Least != 3 {
			t.Errorf("%+v", got)
		}
	})
}

// Reports about cadres, what is sealed up, and what somebody must not know of are not in any
// figure; a proposal that is left with too little is none any more.
func TestScenario11_1_NothingSealedIsCounted(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, head := t.Context(), w.who(county, petition.OfficeHead)
		w.must(w.s.SetIssueLeast(ctx, head, 3, w.now))
		ids := w.march(county, 3)
		for range 3 {
			report := aFiling(county, "about somebody")
			report.Purpose = petition.PurposeReport
			report.Topic = "B1"
			w.filed(report)
		}
		w.now = noon(t, "2026-04-01")
		w.must(w.s.FindIssues(ctx, w.now))
		found := w.issuesOf(head)
		if len(found) != 1 || found[0].Topic != "C6" || found[0].Count != 3 {
			t.Fatalf("%+v", found)
		}
		w.do(w.who(county, petition.Registrar), ids[0], petition.Act{Action: petition.SealUp, Reason: "a report"})
		if got := w.issuesOf(head); len(got) != 0 {
			t.Errorf("with one sealed up: %+v", got)
		}
		_, err := w.s.Issue(ctx, head, found[0].ID)
		w.want(err, petition.NotFound)
	})
}

// A person judges; advice goes out with a day, and what became of it is kept.
func TestScenario11_1_AnIssueIsJudgedAndAdvised(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, head := t.Context(), w.who(county, petition.OfficeHead)
		ids := w.march(county, petition.IssueLeast)
		w.now = noon(t, "2026-04-01")
		w.must(w.s.FindIssues(ctx, w.now))
		id := w.issuesOf(head)[0].ID
		for _, by := range []petition.Actor{w.who(county, petition.Registrar), w.who(county, petition.Leader), w.who(city, petition.OfficeHead),
			w.who(county2, petition.OfficeHead)} {
			w.want(w.s.StepIssue(ctx, by, id, 0, issueStep(petition.IssueConfirmed), w.now), petition.NotFound)
		}
		w.want(w.s.StepIssue(ctx, head, id, 0, petition.IssueStep{Status: petition.IssueSetAside}, w.now), petition.Invalid)
		w.want(w.s.StepIssue(ctx, head, id, 0, issueStep(petition.IssueAdvised), w.now), petition.Invalid)
		for n, s := range []petition.IssueStatus{petition.IssueSetAside, petition.IssueConfirmed, petition.IssueAdvised, petition.IssuePartly} {
			w.must(w.s.StepIssue(ctx, head, id, n, issueStep(s), w.now))
			w.want(w.s.StepIssue(ctx, head, id, n, issueStep(s), w.now), petition.Conflict)
		}
		file, err := w.s.Issue(ctx, w.who(city, petition.Leader), id)
		w.must(err)
		if file.Mine || file.Status() != petition.IssuePartly || len(file.Steps) != 4 || len(file.Cases) != len(ids) ||
			file.Steps[2].Due != "2026-05-01" || file.Steps[3].Text != "租用活动室没有规定𠮷" || file.Steps[0].Officer != head.Name {
			t.Errorf("%+v", file)
		}
		if file, err = w.s.Issue(ctx, head, id); err != nil || !file.Mine || file.Cases[0].Number == "" {
			t.Errorf("%+v %v", file, err)
		}
		var sealed [][]byte
		w.must(w.db.Select(ctx, &sealed, `SELECT sealed FROM issue_entry`))
		for _, b := range sealed {
			if bytes.Contains(b, []byte("租用活动室")) {
				t.Error("words lie in the database as they were typed")
			}
		}
	})
}

// What units chose before the choices had a table of their own is kept by the upgrade.
func TestAnUpgradeKeepsTheNumberOfIssues(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.exec(`CREATE TABLE issue_least (unit VARCHAR(12) NOT NULL, n INT NOT NULL, least INT NOT NULL, at BIGINT NOT NULL,
			staff ` + map[sql.Engine]string{sql.SQLite: "BLOB", sql.MySQL: "BINARY(16)"}[w.db.Engine()] + ` NOT NULL, PRIMARY KEY (unit, n))`)
		head := w.who(city, petition.OfficeHead)
		for n, least := range []int{9, 7} {
			w.exec(`INSERT INTO issue_least (unit, n, least, at, staff) VALUES (?, ?, ?, ?, ?)`, city, n+1, least, w.now, head.Staff)
		}
		w.exec(`DELETE FROM schema_version WHERE version_id = 76`)
		w.must(sql.Migrate(t.Context(), w.db, Migrations()))
		for _, by := range []petition.Actor{head, w.who(county, petition.OfficeHead)} {
			if n, err := w.s.IssueLeast(t.Context(), by); err != nil || n != 7 {
				t.Errorf("%s: %d, %v", by.Unit, n, err)
			}
		}
	})
}
