package officedb

import (
	"slices"
	"strings"
	"testing"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
)

// audited is the whole log as an audit administrator sees it, page by page.
func (w *world) audited(by petition.Actor, q backoffice.AuditQuery) []backoffice.AuditRow {
	w.t.Helper()
	var all []backoffice.AuditRow
	for {
		page, err := w.s.AuditLog(w.t.Context(), by, q)
		w.must(err)
		all = append(all, page.Rows...)
		if q.After = page.Next; page.Next == "" {
			return all
		}
	}
}

func TestTheAuditLogIsFiltered(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, by := t.Context(), w.who(prov, petition.AuditAdmin)
		id := w.registered(county, "Party age")
		c, err := w.s.Case(ctx, w.who(county, petition.Registrar), id)
		w.must(err)
		_, err = w.s.Reveal(ctx, w.who(county, petition.Registrar), id, "to telephone about the neighbour", w.now)
		w.must(err)
		w.now = w.now.AddDate(0, 0, 2)
		w.signIn("530102.handler")
		w.must(w.s.CloseAccount(ctx, w.who(prov, petition.SystemAdmin), w.who(county, petition.Handler).Staff, "moved away", w.now))

		all := w.audited(by, backoffice.AuditQuery{})
		if len(all) != 4*len(petition.Roles)+3 || !slices.IsSortedFunc(all, func(a, b backoffice.AuditRow) int { return b.At.Compare(a.At) }) {
			t.Errorf("%d entries", len(all))
		}
		if all[0].Action != "account_disabled" || all[0].Login != "530000.system-admin" || all[0].About != "530102.handler" || all[0].Note != "moved away" {
			t.Errorf("the newest is %+v", all[0])
		}
		for name, c := range map[string]struct {
			q    backoffice.AuditQuery
			want []string
		}{
			"person": {backoffice.AuditQuery{Login: " 530102.Handler "}, []string{"account_disabled", "sign_in", "account_added"}},
			"act":    {backoffice.AuditQuery{Action: "sign_in"}, []string{"sign_in"}},
			"case":   {backoffice.AuditQuery{Number: c.Number}, []string{"identity"}},
			"from":   {backoffice.AuditQuery{From: "2026-03-04"}, []string{"account_disabled", "sign_in"}},
			"to":     {backoffice.AuditQuery{To: "2026-03-03", Action: "identity"}, []string{"identity"}},
			"nobody": {backoffice.AuditQuery{Login: "nobody"}, nil},
			"none":   {backoffice.AuditQuery{Number: "XF000000000000000000X"}, nil},
		} {
			var got []string
			for _, r := range w.audited(by, c.q) {
				got = append(got, r.Action)
				if strings.Contains(r.Note, "neighbour") {
					t.Errorf("%s: what an officer wrote about a case is shown", name)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%s: %v, want %v", name, got, c.want)
			}
		}
		_, err = w.s.AuditLog(ctx, by, backoffice.AuditQuery{After: "made-up"})
		w.want(err, petition.Invalid)
		_, err = w.s.AuditLog(ctx, by, backoffice.AuditQuery{From: "yesterday"})
		w.want(err, petition.Invalid)
		if got := w.audited(w.who(county2, petition.AuditAdmin), backoffice.AuditQuery{}); len(got) != len(petition.Roles) {
			t.Errorf("another county sees %d entries", len(got))
		}
	})
}

// A case that the audit administrator must not know of, or that was sealed up, leaves
// the log as if it had never been: rows, numbers and pages.
func TestTheAuditLogKeepsFromTheAccused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, by := t.Context(), w.who(county, petition.AuditAdmin)
		before := w.audited(by, backoffice.AuditQuery{})
		id := w.registered(county, "Party age")
		registrar := w.who(county, petition.Registrar)
		c, err := w.s.Case(ctx, registrar, id)
		w.must(err)
		_, err = w.s.Reveal(ctx, registrar, id, "call", w.now)
		w.must(err)
		if n := len(w.audited(by, backoffice.AuditQuery{})); n != len(before)+1 {
			t.Fatalf("%d entries, before %d", n, len(before))
		}
		w.must(w.s.Exclude(ctx, id, by.Staff, w.now))
		if got := w.audited(by, backoffice.AuditQuery{}); !slices.Equal(got, before) {
			t.Errorf("the barred reader sees %d entries, before %d", len(got), len(before))
		}
		if got := w.audited(by, backoffice.AuditQuery{Number: c.Number}); len(got) != 0 {
			t.Errorf("by number: %+v", got)
		}
		w.exec(`DELETE FROM exclusion`)
		w.exec(`UPDATE cases SET sealed_up = 1`)
		if got := w.audited(by, backoffice.AuditQuery{}); !slices.Equal(got, before) {
			t.Errorf("of a case sealed up %d entries, before %d", len(got), len(before))
		}
	})
}

func TestTakingTheLogOutIsOnIt(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		by := w.who(prov, petition.AuditAdmin)
		page, err := w.s.ExportAudit(t.Context(), by, backoffice.AuditQuery{Login: "530102.handler"}, "季度检查", 10, w.now)
		w.must(err)
		if len(page.Rows) != 1 || page.Next != "" {
			t.Errorf("%+v", page)
		}
		newest := w.audited(by, backoffice.AuditQuery{Action: "audit_exported"})
		if len(newest) != 1 || newest[0].Login != "530000.audit-admin" || !strings.HasPrefix(newest[0].Note, "530102.handler") || !strings.HasSuffix(newest[0].Note, "季度检查") {
			t.Errorf("%+v", newest)
		}
		if copies := w.audited(by, backoffice.AuditQuery{Action: "book_copies"}); len(copies) != 1 || copies[0].Action != "audit_exported" {
			t.Errorf("the ledger of copies: %+v", copies)
		}
		for _, seen := range w.audited(by, backoffice.AuditQuery{Action: "book_access"}) {
			if !slices.Contains(backoffice.AuditBooks["book_access"], seen.Action) {
				t.Errorf("in the ledger of looks: %+v", seen)
			}
		}
		_, err = w.s.ExportAudit(t.Context(), by, backoffice.AuditQuery{}, "  ", 10, w.now)
		w.want(err, petition.Invalid)
		for left := backoffice.ExportsADay - 1; left > 0; left-- {
			_, err := w.s.ExportAudit(t.Context(), by, backoffice.AuditQuery{}, "季度检查", 10, w.now)
			w.must(err)
		}
		page, err = w.s.ExportAudit(t.Context(), by, backoffice.AuditQuery{}, "季度检查", 10, w.now)
		if w.want(err, petition.Throttled); len(page.Rows) != 0 {
			t.Errorf("beyond the quota: %d entries", len(page.Rows))
		}
		if n := len(w.audited(by, backoffice.AuditQuery{Action: "audit_exported"})); n != backoffice.ExportsADay {
			t.Errorf("%d on record", n)
		}
	})
}

func TestTheAuditAdministratorSeesThatTheRecordIsWhole(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, by := t.Context(), w.who(prov, petition.AuditAdmin)
		id := w.registered(county, "Party age")
		state, err := w.s.LogState(ctx, by)
		w.must(err)
		if state.Number != 0 || state.Waiting == 0 {
			t.Errorf("before the first head: %+v", state)
		}
		w.sequence()
		if state, err = w.s.LogState(ctx, by); err != nil || state.Number != 1 || state.Waiting != 0 || state.Size == 0 {
			t.Errorf("%+v %v", state, err)
		}
		found, err := w.s.CheckLog(ctx, by, w.now)
		w.must(err)
		if found.Broken != "" || found.Entries != state.Size {
			t.Errorf("%+v", found)
		}
		w.exec(`UPDATE event SET at = at + 1 WHERE case_id = ? AND n = 1`, id)
		if found, err = w.s.CheckLog(ctx, by, w.now); err != nil || found.Broken != "record" || found.N != 0 {
			t.Errorf("an event was changed: %+v %v", found, err)
		}
		w.exec(`UPDATE event SET at = at - 1 WHERE case_id = ? AND n = 1`, id)
		w.exec(`UPDATE audit SET at = at + 1 WHERE n = 3`)
		if found, err = w.s.CheckLog(ctx, by, w.now); err != nil || found.Broken != "office" || found.N != 3 {
			t.Errorf("an entry was changed: %+v %v", found, err)
		}
	})
}

// Tries that go too far are recorded once, of known names and of others.
func TestThrottledTriesAreRecorded(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, login := range []string{"530102.leader", "nobody"} {
			for range triesAllowed + 3 {
				_, _ = w.s.SignIn(t.Context(), login, "wrong password", "", w.now)
			}
		}
		got := w.audited(w.who(prov, petition.AuditAdmin), backoffice.AuditQuery{Action: "sign_in_throttled"})
		var about []string
		for _, r := range got {
			about = append(about, r.About)
		}
		slices.Sort(about)
		if !slices.Equal(about, []string{"", "530102.leader"}) {
			t.Errorf("recorded about %q", about)
		}
		w.now = w.now.Add(time.Hour)
	})
}
