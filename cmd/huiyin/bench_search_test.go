package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"huiyin/backoffice"
	"huiyin/exchange"
	"huiyin/petition"
)

const (
	searchTurns = 300 // searches of each kind
	lagRate     = 100 // submissions a second
	lagSeconds  = 20
)

// searchWords are what people look for in the demonstration's stories, from what stands in
// almost every one of them to what stands in none.
var searchWords = []string{"档案", "工龄", "党费", "组织关系", "教师", "答复", "待遇 档案", "移交清单", "选调生 补贴", "不动产", "XF99"}

// searchCases is how many cases the office has; HUIYIN_BENCH_CASES sets another number.
func searchCases(b *testing.B) int {
	if set := os.Getenv("HUIYIN_BENCH_CASES"); set != "" {
		n, err := strconv.Atoi(set)
		must(b, err)
		return n
	}
	return manyCases
}

// BenchmarkP6Search is the newest 20 hits that somebody may see, as the store finds them:
// index, access check, decrypted text, the entry in the log of searches. The widest scope
// reads a whole province, the narrowest one county. Then how long a filing takes from its
// commit to being found, at 100 submissions a second.
func BenchmarkP6Search(b *testing.B) {
	cases := searchCases(b)
	c := copied(b, keptWorld(b, "sqlite", "", cases))
	for b.Loop() {
		r := start(b, c)
		t := newTable(b, fmt.Sprintf("P6  search, %d cases", cases))
		file := filepath.Join(b.TempDir(), "search.db")
		began := time.Now()
		index, err := r.cases.OpenIndex(b.Context(), file)
		must(b, err)
		must(b, index.Feed(b.Context()))
		info, err := os.Stat(file)
		must(b, err)
		t.line("index of %d cases built in %.0f s, %.0f MB", cases, time.Since(began).Seconds(), float64(info.Size())/(1<<20))
		t.line("scope\tsearches\twith hits\tp50 ms\tp99 ms")
		worst := 0.0
		for _, who := range []struct {
			scope string
			unit  petition.UnitID
			role  petition.Role
		}{{"province", "990000", petition.Registrar}, {"county", "990102", petition.Handler}} {
			took, hits := r.searches(r.account(who.unit, who.role).Actor())
			p := sorted(took)
			t.line("%s\t%d\t%d\t%.2f\t%.2f", who.scope, len(took), hits, ms(p.at(.5)), ms(p.at(.99)))
			worst = max(worst, ms(p.at(.99)))
		}
		must(b, index.Close())
		lag := r.indexLag(file)
		p := sorted(lag)
		t.line("found after, %d filings at %d a second: p50 %.2f s, p99 %.2f s", lagRate*lagSeconds, lagRate,
			p.at(.5).Seconds(), p.at(.99).Seconds())
		t.atMost("P6 p99 ms, the wider of both", worst, 20)
		t.atMost("P6 index lag, seconds, p99", p.at(.99).Seconds(), 2)
		t.close()
		b.ReportMetric(worst, "p99-ms")
	}
}

// copied is a kept office of which this benchmark may make what it likes.
func copied(b *testing.B, kept *config) *config {
	c := benchConfig(b.TempDir())
	must(b, os.CopyFS(c.Data, os.DirFS(kept.Data)))
	c.Keys = kept.Keys
	return c
}

// searches looks for each word in turn.
func (r *rig) searches(by petition.Actor) (took []time.Duration, hits int) {
	r.b.Helper()
	for i := range searchTurns {
		began := time.Now()
		page, err := r.cases.Search(r.b.Context(), by, backoffice.SearchQuery{Words: searchWords[i%len(searchWords)]}, began)
		took = append(took, time.Since(began))
		must(r.b, err)
		if len(page.Rows) > 0 {
			hits++
		}
	}
	return took, hits
}

// indexLag takes filings in at the rate while the index is fed as the program feeds it, and
// tells how long every twentieth took from its commit to being found by its own word.
func (r *rig) indexLag(file string) []time.Duration {
	ctx, stop := context.WithCancel(r.b.Context())
	done := make(chan struct{})
	go func() { defer close(done); r.cases.RunIndex(ctx, r.log, file) }()
	defer func() { stop(); <-done }()
	by := r.account("990102", petition.Registrar).Actor()
	for { // the index is open
		if _, err := r.cases.Search(r.b.Context(), by, backoffice.SearchQuery{Words: "档案"}, time.Now()); err == nil {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	fence, ok, err := r.cases.Lease(r.b.Context(), time.Now())
	if err != nil || !ok {
		r.b.Fatalf("lease: %v %v", ok, err)
	}
	found := make(chan time.Duration, lagRate*lagSeconds)
	watched := 0
	tick := time.NewTicker(time.Second / lagRate)
	defer tick.Stop()
	for i := range lagRate * lagSeconds {
		<-tick.C
		word := fmt.Sprintf("lag%dx%d", time.Now().UnixNano(), i)
		r.fileAt("990102", word, fence)
		if i%20 == 0 {
			watched++
			go r.seek(by, word, time.Now(), found)
		}
	}
	var all []time.Duration
	for range watched {
		all = append(all, <-found)
	}
	return all
}

// seek searches until the word is found, or a minute has passed.
func (r *rig) seek(by petition.Actor, word string, since time.Time, found chan<- time.Duration) {
	for time.Since(since) < time.Minute {
		page, err := r.cases.Search(r.b.Context(), by, backoffice.SearchQuery{Words: word}, time.Now())
		if err == nil && len(page.Rows) == 1 {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	found <- time.Since(since)
}

// fileAt brings a filing in as the courier does.
func (r *rig) fileAt(unit petition.UnitID, word string, fence int64) {
	r.b.Helper()
	now := time.Now()
	f := petition.Filing{Purpose: petition.PurposeRequest, Topic: "C3", Unit: unit, Title: "请求核实 " + word, Facts: benchFacts,
		Request: "请核实情况，依规补办，并书面答复。", Channel: petition.ByWeb, ConsentAt: now, Notice: "zh-CN-bench",
		Person: petition.Person{Name: "周测试", Mobile: "13800000000", Address: "解放路1号"}}
	id, err := petition.MakeID(now, rand.Reader)
	must(r.b, err)
	item, err := petition.MakeID(now, rand.Reader)
	must(r.b, err)
	must(r.b, r.cases.TakeFiling(r.b.Context(), exchange.Taking{Item: item, From: "portal", Fence: fence, Holder: exchange.UnitHolder(unit), Now: now},
		exchange.SealedFiling{ID: id, Received: now, Filing: f, Reading: exchange.NewKey(), Locator: exchange.NewCode().Locator()}))
}
