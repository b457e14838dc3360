package main

import (
	"net/http"
	"net/url"
	"testing"

	"huiyin/exchange"
)

// follower is somebody whose code is known, with the cookie that it gave.
type follower struct{ code, headers string }

// BenchmarkP2 is following a case by its receipt code. A browser posts the code once
// (look-up, decrypt, cookie) and then reads the case page, which looks up and decrypts
// anew each time it is shown; the bar is held to the page, beside a bare page of as
// many bytes after one select of as many.
func BenchmarkP2Follow(b *testing.B) {
	benchEach(b, func(b *testing.B, c *config) {
		for b.Loop() {
			r := start(b, c)
			r.populate()
			r.carry()
			all := r.followers(400)
			size, row := r.caseSize(all[0])
			l := newBare(b, r.portalDB.Engine(), size, row)
			t := newTable(b, "P2  follow/s, "+b.Name())
			t.line("connections\tcase page/s\tcode posted/s\tboth/s\tbare page + select/s\tratio\tcpu ms\tbare cpu ms\tp50 ms\tp99 ms")
			var ratio float64
			for _, conns := range []int{1, 8, 32} {
				ratio = r.follow(t, l, all, conns)
			}
			t.line("the page has %d bytes, the row %d", size, row)
			t.atLeast("P2 at 32 connections", ratio, 0.8)
			t.close()
			b.ReportMetric(ratio, "×limit")
		}
	})
}

func (r *rig) follow(t *table, l *bare, all []follower, conns int) float64 {
	n := 400 + 50*conns
	var page, code, both, bare, ratio, used, bareUsed, p50, p99 []float64
	posted := 10_000 * conns // nobody posts more often than the limits allow
	for range rounds {
		of := l.ask("/pageselect", conns, n)
		p := visits(r.b, r.portalAt, conns, n, func(v *visitor, i int) error { return v.readCase(all[i%len(all)]) })
		posts := visits(r.b, r.portalAt, conns, n/4, func(v *visitor, i int) error {
			_, err := v.openCase(all[(posted+i)%len(all)].code, posted+i)
			return err
		})
		posted += n / 4
		page, code, bare = append(page, p.perSecond), append(code, posts.perSecond), append(bare, of.perSecond)
		both = append(both, 1/(1/p.perSecond+1/posts.perSecond))
		ratio = append(ratio, p.perSecond/of.perSecond)
		used, bareUsed = append(used, ms(p.processor)), append(bareUsed, ms(of.processor))
		p50, p99 = append(p50, ms(p.at(.5))), append(p99, ms(p.at(.99)))
	}
	t.line("%d\t%.0f\t%.0f\t%.0f\t%.0f\t%.2f\t%.2f\t%.2f\t%.1f\t%.1f", conns, median(page), median(code), median(both), median(bare),
		median(ratio), median(used), median(bareUsed), median(p50), median(p99))
	return median(ratio)
}

// followers files n petitions, lets the office answer that they are in, and opens each.
func (r *rig) followers(n int) []follower {
	r.b.Helper()
	papers := r.writePapers(n)
	codes := make([]string, n)
	visits(r.b, r.portalAt, 8, n, func(v *visitor, i int) error {
		if _, err := r.submit(v, papers[i]); err != nil {
			return err
		}
		text, err := v.get("/file/done/receipt.txt", papers[i].headers)
		if err != nil {
			return err
		}
		codes[i], err = codeIn(text)
		return err
	})
	r.carry()
	all := make([]follower, n)
	visits(r.b, r.portalAt, 8, n, func(v *visitor, i int) (err error) {
		all[i].code = codes[i]
		all[i].headers, err = v.openCase(codes[i], i)
		return err
	})
	return all
}

// openCase posts a code and returns the cookie that it gives.
func (v *visitor) openCase(code string, i int) (headers string, err error) {
	a, err := v.post("/follow", from(1<<20+i), url.Values{"code": {code}})
	if err != nil {
		return "", err
	}
	if err := a.want(http.StatusSeeOther, ""); err != nil {
		return "", err
	}
	return a.cookie("follow")
}

func (v *visitor) readCase(f follower) error {
	a, err := v.get("/follow/case", f.headers)
	if err != nil {
		return err
	}
	return a.want(http.StatusOK, "请求核实并补办干部档案材料")
}

// caseSize is how many bytes the case page has, and how many the row behind it.
func (r *rig) caseSize(f follower) (page, row int) {
	r.b.Helper()
	v := visit(r.b, r.portalAt)
	defer v.close()
	must(r.b, v.readCase(f))
	code, err := exchange.ParseCode(f.code)
	must(r.b, err)
	o, err := r.filings.Opened(r.b.Context(), code.Locator())
	must(r.b, err)
	if len(o.Folder) == 0 {
		r.b.Fatal("the office has not answered")
	}
	return len(v.body), len(o.Copy) + len(o.Folder) + len(o.Receipt)
}
