package main

import (
	"net/http"
	"net/url"
	"runtime"
	"testing"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/web"
)

// submit is the whole path of one submission, as a browser goes it: the check page
// with a fresh captcha and its picture, the form, the receipt. It tells how long the form
// alone took.
func (r *rig) submit(v *visitor, p paper) (time.Duration, error) {
	form, err := v.check(p, r.citizens.Captchas().Answer)
	if err != nil {
		return 0, err
	}
	began := time.Now()
	if err := v.send(p, form); err != nil {
		return 0, err
	}
	took := time.Since(began)
	receipt, err := v.get("/file/done", p.headers)
	if err != nil {
		return 0, err
	}
	return took, receipt.want(http.StatusOK, `id="code"`)
}

// check looks a paper over and fills in the form that submits it. answer reads the
// captcha's picture.
func (v *visitor) check(p paper, answer func(captcha string) (string, error)) (url.Values, error) {
	page, err := v.get("/file/check", p.headers)
	if err != nil {
		return nil, err
	}
	if err := page.want(http.StatusOK, `src="data:image/png;base64,iVBORw0KGgo`); err != nil { // its signature
		return nil, err
	}
	captcha, err := page.between(`name="captcha_token" value="`)
	if err != nil {
		return nil, err
	}
	seen, err := page.between(`name="seen" value="`)
	if err != nil {
		return nil, err
	}
	typed, err := answer(captcha)
	return url.Values{"token": {p.token}, "seen": {seen}, "declare": {"yes"},
		"captcha_token": {captcha}, "captcha": {typed}, "go": {"submit"}}, err
}

// send submits a paper; without an error the filing is acknowledged.
func (v *visitor) send(p paper, form url.Values) error {
	sent, err := v.post("/file/submit", p.headers, form)
	if err != nil {
		return err
	}
	return sent.acknowledged()
}

// acknowledged fails unless the answer leads to the receipt.
func (a answer) acknowledged() error {
	if at := a.header("Location"); a.status != http.StatusSeeOther || at != "/file/done" {
		return a.want(http.StatusSeeOther, "a receipt")
	}
	return nil
}

// parts are what a submission is made of, each alone, measured in the same round.
type parts struct {
	tx, page      float64 // per second, at the same number of connections
	seal, captcha float64 // per second on all cores that the connections can use: both seals of a filing; a picture
}

// limit is how many submissions per second those parts allow if nothing else cost
// anything. On a quiet machine 1/seal is the time of one on one core, divided by the
// cores; measured as a rate it has the same share of a busy machine as the rest.
func (p parts) limit() float64 {
	return 1 / (1/p.tx + 1/p.page + 1/p.seal + 1/p.captcha)
}

// cores is how many cores so many connections can use.
func cores(conns int) int { return min(conns, runtime.NumCPU()) }

const pageBytes = 8 << 10

// BenchmarkP1 is submissions per second over HTTP. The drafts are written before the
// clock starts, through the same pages. Within it: the check page (drawn the first
// time), the captcha picture, both seals, the durable transaction and the receipt.
// Durable rows of ours, in one transaction: grant, spent captcha, filing, outbox item,
// what is left of the draft. Looking at the check page writes nothing.
func BenchmarkP1Submissions(b *testing.B) {
	benchEach(b, func(b *testing.B, c *config) {
		for b.Loop() {
			r := start(b, c)
			r.populate()
			r.carry()
			l := newBare(b, r.portalDB.Engine(), pageBytes, 0)
			t := newTable(b, "P1  submissions/s, "+b.Name())
			t.line("connections\tours\t3-row tx\tpage/s\tboth seals/s\tpictures/s\tlimit\tratio\tours ÷ tx\tcpu ms\tp50 ms\tp99 ms\tform p99 ms")
			var ratio float64
			for _, conns := range []int{1, 8, 32} {
				ratio = r.submissions(t, l, conns)
			}
			t.atLeast("P1 at 32 connections", ratio, 0.7)
			t.close()
			b.ReportMetric(ratio, "×limit")
		}
	})
}

// submissions measures one line of the table and returns the ratio to the limit.
func (r *rig) submissions(t *table, l *bare, conns int) float64 {
	n := min(100+30*conns, 800)
	papers := r.writePapers(n * rounds)
	var ours, txs, pages, seal, captcha, limit, ratio, used, p50, p99, form []float64
	for i := range rounds {
		tx, page := l.transact(conns, 200+60*conns), l.ask("/page", conns, 500+60*conns)
		of := parts{tx.perSecond, page.perSecond, r.seals(conns), r.pictures(conns)}
		took := make([]time.Duration, n)
		p := visits(r.b, r.portalAt, conns, n, func(v *visitor, k int) (err error) {
			took[k], err = r.submit(v, papers[i*n+k])
			return err
		})
		ours, txs, pages = append(ours, p.perSecond), append(txs, of.tx), append(pages, of.page)
		used = append(used, ms(p.processor))
		seal, captcha = append(seal, of.seal), append(captcha, of.captcha)
		limit, ratio = append(limit, of.limit()), append(ratio, p.perSecond/of.limit())
		p50, p99, form = append(p50, ms(p.at(.5))), append(p99, ms(p.at(.99))), append(form, ms(sorted(took).at(.99)))
	}
	t.line("%d\t%.0f\t%.0f\t%.0f\t%.0f\t%.0f\t%.0f\t%.2f\t%.2f\t%.2f\t%.1f\t%.1f\t%.1f", conns, median(ours), median(txs), median(pages),
		median(seal), median(captcha), median(limit), median(ratio), median(ours)/median(txs), median(used), median(p50), median(p99), median(form))
	return median(ratio)
}

// seals is how often per second both seals of such a filing are made.
func (r *rig) seals(conns int) float64 {
	dirs, err := r.filings.Directories(r.b.Context())
	must(r.b, err)
	unit := openUnit(r.b)
	now := time.Now()
	f := exchange.SealedFiling{ID: newID(), Received: now, Reading: exchange.NewKey(),
		Filing: petition.Filing{Purpose: petition.PurposeRequest, Topic: "C3", Unit: unit.ID, Facts: benchFacts, Channel: petition.ByWeb,
			Title: "请求核实并补办干部档案材料", Person: petition.Person{Name: "周测试", Mobile: "13800000000"}}}
	return together(r.b, cores(conns), 300, func(int, int) error {
		_, err := exchange.SealFiling(r.portalKeys.Signer, dirs[0], exchange.UnitHolder(unit.ID), f, now)
		return err
	}).perSecond
}

// pictures is how many captchas per second are drawn.
func (r *rig) pictures(conns int) float64 {
	k := r.citizens.Captchas()
	return together(r.b, cores(conns), 300, func(int, int) error {
		token, err := k.New(web.Holder{})
		if err == nil {
			_, err = k.Image(token, web.Holder{})
		}
		return err
	}).perSecond
}
