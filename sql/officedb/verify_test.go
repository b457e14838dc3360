package officedb

import (
	"errors"
	"testing"

	"huiyin/petition"
)

// Whatever is edited, deleted, reordered or cut off behind the store's back is found
// and named.
func TestVerifyNamesWhatWasTouched(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.accepted(county, "Party age")
		_, err := w.s.Reveal(t.Context(), w.who(county, petition.Registrar), id, "to call", w.now)
		w.must(err)
		report := w.filed(aReport(county, "About somebody"))
		w.sound()
		for _, c := range []struct {
			name, do, undo string
			args, back     []any
			chain          string
			n              int64
		}{
			{"an actor is changed", `UPDATE event SET unit = '530103' WHERE case_id = ? AND n = 3`,
				`UPDATE event SET unit = '530102' WHERE case_id = ? AND n = 3`, []any{id}, []any{id}, caseChain(id), 3},
			{"an instant is changed", `UPDATE event SET at = at + 1 WHERE case_id = ? AND n = 2`,
				`UPDATE event SET at = at - 1 WHERE case_id = ? AND n = 2`, []any{id}, []any{id}, caseChain(id), 2},
			{"a ground is put in", `UPDATE event SET ground = 'R1' WHERE case_id = ? AND n = 4`,
				`UPDATE event SET ground = '' WHERE case_id = ? AND n = 4`, []any{id}, []any{id}, caseChain(id), 4},
			{"the last is cut off", `UPDATE cases SET version = version - 1 WHERE id = ?`,
				`UPDATE cases SET version = version + 1 WHERE id = ?`, []any{id}, []any{id}, caseChain(id), 3},
			{"more is claimed", `UPDATE cases SET version = version + 1 WHERE id = ?`,
				`UPDATE cases SET version = version - 1 WHERE id = ?`, []any{id}, []any{id}, caseChain(id), 5},
			{"one is renumbered", `UPDATE event SET n = 9 WHERE case_id = ? AND n = 2`,
				`UPDATE event SET n = 2 WHERE case_id = ? AND n = 9`, []any{id}, []any{id}, caseChain(id), 2},
			{"a view is moved to another", `UPDATE audit SET action = 'file' WHERE case_id = ?`,
				`UPDATE audit SET action = 'identity' WHERE case_id = ?`, []any{id}, []any{id}, officeChain, -1},
			{"views are cut off", `UPDATE chain SET n = n + 1 WHERE name = ?`,
				`UPDATE chain SET n = n - 1 WHERE name = ?`, []any{officeChain}, []any{officeChain}, officeChain, -1},
			{"a report's date is changed", `UPDATE report_entry SET at = at + 1 WHERE report = ?`,
				`UPDATE report_entry SET at = at - 1 WHERE report = ?`, []any{report}, []any{report}, "report " + report.String(), 1},
		} {
			w.exec(c.do, c.args...)
			w.broken(c.name, c.chain, c.n)
			w.exec(c.undo, c.back...)
			w.must(w.s.Verify(t.Context()))
		}
		w.exec(`UPDATE event SET body = ? WHERE case_id = ? AND n = 1`, []byte("other"), id)
		w.broken("a body is exchanged", caseChain(id), 1)
		w.exec(`DELETE FROM event WHERE case_id = ? AND n = 1`, id)
		w.broken("one is deleted", caseChain(id), 1)
	})
}

// broken expects Verify to name the entry; n -1 takes any of the chain.
func (w *world) broken(name, chain string, n int64) {
	w.t.Helper()
	err := w.s.Verify(w.t.Context())
	b, ok := errors.AsType[*Broken](err)
	if !ok || b.Chain != chain || n >= 0 && b.N != n {
		w.t.Errorf("%s: got %v, want %s entry %d", name, err, chain, n)
	}
}

// A case that is gone leaves its events behind, and that is found too.
func TestVerifyFindsEventsWithoutTheirCase(t *testing.T) {
	w := newWorldSQLite(t)
	id := w.registered(county, "Party age")
	w.exec(`DELETE FROM cases WHERE id = ?`, id)
	w.broken("a case is deleted", caseChain(id), 1)
}
