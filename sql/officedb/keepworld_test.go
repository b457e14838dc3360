package officedb

import "testing"

// A database stays what it was on its first start, on every node.
func TestADemonstrationNeverBecomesReal(t *testing.T) {
	for _, first := range []bool{true, false} {
		each(t, func(t *testing.T, w *world) {
			w.must(w.s.KeepWorld(t.Context(), first))
			w.must(w.open().KeepWorld(t.Context(), first))
			if err := w.open().KeepWorld(t.Context(), !first); err == nil {
				t.Errorf("demonstration %v became %v", first, !first)
			}
			w.must(w.s.KeepWorld(t.Context(), first))
		})
	}
}
