package main

import (
	"fmt"
	"net/http"
	"testing"

	"huiyin/petition"
)

const leaderPages = 200

// BenchmarkP5Leader is the leader's desk of a whole province over HTTP, as it opens (this
// month), for the year, and the page of indicators of the year.
func BenchmarkP5Leader(b *testing.B) {
	cases := searchCases(b)
	c := copied(b, keptWorld(b, "sqlite", "", cases))
	for b.Loop() {
		r := start(b, c)
		cookie := r.signIn("990000", petition.Leader)
		t := newTable(b, fmt.Sprintf("P5  leader's desk, %d cases", cases))
		t.line("page\tp50 ms\tp99 ms\tcpu ms\tbytes")
		worst := 0.0
		for _, path := range []string{"/leader", "/leader?period=2026", "/indicators"} {
			size := 0
			p := visits(b, r.officeAt, 1, leaderPages, func(v *visitor, _ int) error {
				a, err := v.get(path, cookie)
				if err != nil {
					return err
				}
				size = len(a.body)
				return a.want(http.StatusOK, "990100")
			})
			t.line("%s\t%.1f\t%.1f\t%.2f\t%d", path, ms(p.at(.5)), ms(p.at(.99)), ms(p.processor), size)
			if path == "/leader" {
				worst = ms(p.at(.99))
			}
		}
		t.atMost("P5 p99 ms of the desk", worst, 50)
		t.close()
		b.ReportMetric(worst, "p99-ms")
	}
}
