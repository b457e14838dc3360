package main

import (
	"fmt"
	"os"
	"slices"
	"testing"
	"text/tabwriter"
	"time"
)

// rounds is how often everything is measured, limit and work in turn, because the
// machine is never quiet: medians of what was measured side by side count.
const rounds = 3

// table is what a benchmark prints.
type table struct {
	b    *testing.B
	rows *tabwriter.Writer
}

func newTable(b *testing.B, head string) *table {
	t := &table{b, tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)}
	t.line("\n%s", head)
	return t
}

func (t *table) line(form string, args ...any) { fmt.Fprintf(t.rows, form+"\n", args...) }

// atLeast and atMost print a bar and whether it is met, and hand the figure to the
// benchmark's own line.
func (t *table) atLeast(bar string, got, want float64) { t.bar(bar, got, want, "≥", got >= want) }

func (t *table) atMost(bar string, got, want float64) { t.bar(bar, got, want, "≤", got <= want) }

func (t *table) bar(bar string, got, want float64, sign string, met bool) {
	word := "met"
	if !met {
		word = "NOT MET"
	}
	t.line("%s\t%.2f\tbar %s %.2f\t%s", bar, got, sign, want, word)
}

func (t *table) close() {
	if err := t.rows.Flush(); err != nil {
		t.b.Error(err)
	}
}

func median[N ~int64 | ~float64](all []N) N {
	if len(all) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(all))
	return sorted[len(sorted)/2]
}

// ms is a time in milliseconds.
func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
