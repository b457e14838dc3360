package officedb

import (
	"testing"

	"huiyin/backoffice"
	"huiyin/petition"
)

// loose is what the list says, by why: titles.
func (w *world) loose(by petition.Actor) map[backoffice.LooseWhy]string {
	w.t.Helper()
	all, more, err := w.s.LooseEnds(w.t.Context(), by, w.now)
	w.must(err)
	if more {
		w.t.Error("more than fit, of a handful")
	}
	found := make(map[backoffice.LooseWhy]string)
	for _, e := range all {
		found[e.Why] += e.Title + ";"
	}
	return found
}

// Everything that goes its way has somebody and a day; each way of lacking them is found
// where it lies and above it, and nowhere else (clause 8, 事事有着落).
func TestScenario8_NothingOpenIsWithoutOwnerAndDate(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		lead, handler := w.who(city, petition.Leader), w.who(county, petition.Handler)
		id := w.accepted(county, "accepted")
		w.registered(county, "registered")
		w.filed(aFiling(county, "filed"))
		d, err := w.s.SetDuty(t.Context(), lead, petition.DutyAct{Action: petition.SetDuty, Kind: petition.Instruction, Owner: county,
			Title: "duty", Due: petition.Day(w.now.AddDate(0, 0, 3)), Values: map[string]string{"instruction": "x"}}, w.now)
		w.must(err)
		w.must(w.s.ActDuty(t.Context(), w.who(county, petition.OfficeHead), d.ID, 1, petition.DutyAct{Action: petition.GiveDuty, Person: handler.Staff}, w.now))
		if got := w.loose(lead); len(got) != 0 {
			t.Fatalf("of what goes its way: %v", got)
		}
		for _, one := range []struct {
			spoil string
			mend  string
			args  []any
			why   backoffice.LooseWhy
			want  string
		}{
			{`UPDATE leg SET handler = ? WHERE case_id = ?`, `UPDATE leg SET handler = ? WHERE case_id = ?`, []any{petition.ID{}, id}, backoffice.NoPerson, "accepted;"},
			{`UPDATE leg SET due_at = 0 WHERE case_id = ?`, `UPDATE leg SET due_at = 9000000000000000 WHERE case_id = ?`, []any{id}, backoffice.NoDay, "accepted;"},
			{`UPDATE leg SET clock = 'KX', due_at = 1 WHERE case_id = ?`, `UPDATE leg SET clock = 'K4', due_at = 9000000000000000 WHERE case_id = ?`, []any{id}, backoffice.PromiseLapsed, "accepted;"},
			{`UPDATE staff SET active = 0 WHERE id = ?`, `UPDATE staff SET active = 1 WHERE id = ?`, []any{handler.Staff}, backoffice.PersonGone, "accepted;duty;"},
			{`UPDATE duty SET due_day = '' WHERE id = ?`, `UPDATE duty SET due_day = '2026-12-01' WHERE id = ?`, []any{d.ID}, backoffice.NoDay, "duty;"},
		} {
			w.exec(one.spoil, one.args...)
			if got := w.loose(lead); len(got) != 1 || got[one.why] != one.want {
				t.Errorf("%s: %v, not %s", one.spoil, got, one.want)
			}
			if got := w.loose(w.who(county2, petition.OfficeHead)); len(got) != 0 {
				t.Errorf("%s: another county sees %v", one.spoil, got)
			}
			if one.why == backoffice.NoPerson {
				one.args = []any{handler.Staff, id}
			}
			w.exec(one.mend, one.args...)
		}
		if got := w.loose(lead); len(got) != 0 {
			t.Errorf("mended: %v", got)
		}
	})
}

// Who must not know of a case does not find it here; who oversees nothing finds no list;
// what was sealed up is in nobody's.
func TestLooseEndsKeepTheirSecrets(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		lead, id := w.who(city, petition.Leader), w.accepted(county, "accepted")
		w.exec(`UPDATE leg SET handler = ? WHERE case_id = ?`, petition.ID{}, id)
		for _, by := range []petition.Actor{w.who(county, petition.Handler), w.who(county, petition.ClosingAuditor),
			w.who(county, petition.SystemAdmin), w.who(county, petition.CadreSupervisor), petition.Petitioner} {
			_, _, err := w.s.LooseEnds(t.Context(), by, w.now)
			w.want(err, petition.NotFound)
		}
		if got := w.loose(lead); got[backoffice.NoPerson] != "accepted;" {
			t.Errorf("the leader: %v", got)
		}
		w.must(w.s.Exclude(t.Context(), id, lead.Staff, w.now))
		if got := w.loose(lead); len(got) != 0 {
			t.Errorf("an excluded leader: %v", got)
		}
		w.exec(`UPDATE leg SET state = 'sealed_up' WHERE case_id = ?`, id)
		if got := w.loose(w.who(city, petition.OfficeHead)); len(got) != 0 {
			t.Errorf("sealed up: %v", got)
		}
	})
}
