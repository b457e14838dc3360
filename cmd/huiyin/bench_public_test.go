package main

import (
	"net/http"
	"testing"
)

// BenchmarkP3 is the pages that are the same for everybody, as a browser asks for
// them: compressed, and again with the ETag that it has.
func BenchmarkP3Public(b *testing.B) {
	r := start(b, benchConfig(b.TempDir()))
	r.populate()
	r.carry()
	l := newBare(b, r.portalDB.Engine(), pageBytes, 0)
	for b.Loop() {
		t := newTable(b, "P3  public pages/s at 32 connections")
		t.line("page\tper second\tgin hello/s\tratio\tbytes\tcpu ms\thello cpu ms\tp99 ms")
		least := 1e9
		for _, path := range []string{"/", "/guide", "/offices"} {
			etag, size := r.publicPage(path)
			least = min(least, r.public(t, l, path, "", size))
			least = min(least, r.public(t, l, path, "If-None-Match: "+etag+"\r\n", 0))
		}
		t.atLeast("P3 the slowest of them", least, 0.6)
		t.close()
		b.ReportMetric(least, "×limit")
	}
}

const gzipped = "Accept-Encoding: gzip\r\n"

func (r *rig) public(t *table, l *bare, path, etag string, size int) float64 {
	const conns, n = 32, 6000
	status, name := http.StatusOK, path
	if etag != "" {
		status, name = http.StatusNotModified, path+" (has it)"
	}
	var ours, hello, ratio, used, helloUsed, p99 []float64
	for range rounds {
		of := l.ask("/hello", conns, n)
		p := visits(r.b, r.portalAt, conns, n, func(v *visitor, _ int) error {
			a, err := v.get(path, gzipped+etag)
			if err != nil {
				return err
			}
			return a.want(status, "")
		})
		ours, hello, ratio = append(ours, p.perSecond), append(hello, of.perSecond), append(ratio, p.perSecond/of.perSecond)
		used, helloUsed, p99 = append(used, ms(p.processor)), append(helloUsed, ms(of.processor)), append(p99, ms(p.at(.99)))
	}
	t.line("%s\t%.0f\t%.0f\t%.2f\t%d\t%.3f\t%.3f\t%.1f", name, median(ours), median(hello), median(ratio), size,
		median(used), median(helloUsed), median(p99))
	return median(ratio)
}

// publicPage is the ETag of a page and its size on the line.
func (r *rig) publicPage(path string) (etag string, size int) {
	r.b.Helper()
	v := visit(r.b, r.portalAt)
	defer v.close()
	a, err := v.get(path, gzipped)
	must(r.b, err)
	must(r.b, a.want(http.StatusOK, ""))
	if etag = a.header("Etag"); etag == "" || a.header("Content-Encoding") != "gzip" {
		r.b.Fatalf("%s has no ETag or is not compressed: %s", path, a.head)
	}
	return etag, len(a.body)
}
