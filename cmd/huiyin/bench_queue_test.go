package main

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
	"huiyin/sql"
)

const (
	fewCases  = 1_000
	manyCases = 200_000
	deepPage  = 500
	pageRows  = 25
)

// BenchmarkP4 is a page of a queue over HTTP, the first and the 500th by key, in an
// office of 1,000 and of 200,000 cases; and the store's query alone beside a bare
// query of as many rows by the same index.
func BenchmarkP4Queue(b *testing.B) {
	benchWorlds(b, func(b *testing.B, few, many *config) {
		for b.Loop() {
			t := newTable(b, "P4  queue page, "+b.Name())
			t.line("cases\tlist\tpage\tp50 ms\tp99 ms\tstore p50 ms\tbare query p50 ms")
			small := start(b, few).queuePages(t, fewCases)
			large := start(b, many).queuePages(t, manyCases)
			first := float64(large.first.at(.99)) / float64(small.first.at(.99))
			deep := float64(large.deep.at(.99)) / float64(small.first.at(.99))
			t.atMost("P4 p99 of the first page, 200,000 ÷ 1,000", first, 2)
			t.atMost("P4 p99 of the deep page ÷ the first of 1,000", deep, 2)
			t.close()
			b.ReportMetric(first, "growth-first")
			b.ReportMetric(deep, "growth-deep")
		}
	})
}

// queueTimes is what was measured of one office.
type queueTimes struct{ first, deep pace }

// list is the longest list of the office and somebody who may see it.
type list struct {
	unit   petition.UnitID
	queue  petition.Queue
	actor  petition.Actor
	cookie string
}

func (r *rig) queuePages(t *table, cases int) queueTimes {
	l := r.longest()
	after, page := r.deep(l)
	address := "/queue?queue=" + string(l.queue)
	var out queueTimes
	for _, at := range []struct {
		name, after string
		to          *pace
	}{{"first", "", &out.first}, {fmt.Sprint(page), after, &out.deep}} {
		var pages, store, bare []time.Duration
		for range rounds {
			pages = append(pages, visits(r.b, r.officeAt, 1, 200, func(v *visitor, _ int) error {
				a, err := v.get(address+"&after="+at.after, l.cookie)
				if err != nil {
					return err
				}
				return a.want(http.StatusOK, "/cases/")
			}).took...)
			store = append(store, r.storeQueue(l, at.after).took...)
			bare = append(bare, r.bareQueue(l, at.after).took...)
		}
		*at.to = sorted(pages)
		t.line("%d\t%s %s\t%s\t%.2f\t%.2f\t%.2f\t%.2f", cases, l.unit, l.queue, at.name, ms(at.to.at(.5)), ms(at.to.at(.99)),
			ms(sorted(store).at(.5)), ms(sorted(bare).at(.5)))
	}
	return out
}

// longest finds the longest list of open legs.
func (r *rig) longest() list {
	r.b.Helper()
	var row struct {
		Unit  string `db:"unit"`
		Queue string `db:"queue"`
	}
	must(r.b, r.officeDB.Get(r.b.Context(), &row, `
		SELECT unit, queue FROM queue_count WHERE queue NOT IN (?, 'notice')
		GROUP BY unit, queue ORDER BY SUM(n) DESC LIMIT 1`, petition.Done))
	l := list{unit: petition.UnitID(row.Unit), queue: petition.Queue(row.Queue)}
	a := r.account(l.unit, petition.Registrar)
	l.actor, l.cookie = a.Actor(), r.signIn(l.unit, petition.Registrar)
	return l
}

// deep is the cursor of page 500 of a list, or of its last page.
func (r *rig) deep(l list) (after string, page int) {
	r.b.Helper()
	page = 1
	for page < deepPage {
		next, err := r.cases.Queue(r.b.Context(), l.actor, backoffice.QueueQuery{Queue: l.queue, After: after, Limit: pageRows, Now: time.Now()})
		must(r.b, err)
		if next.Next == "" {
			break
		}
		after = next.Next
		page++
	}
	return after, page
}

func (r *rig) storeQueue(l list, after string) pace {
	return together(r.b, 1, 200, func(int, int) error {
		_, err := r.cases.Queue(r.b.Context(), l.actor, backoffice.QueueQuery{Queue: l.queue, After: after, Limit: pageRows, Now: time.Now()})
		return err
	})
}

// bareLeg is what a list shows of a leg, as the bare query reads it.
type bareLeg struct {
	Case     []byte `db:"case_id"`
	N        int    `db:"n"`
	Unit     string `db:"unit"`
	Queue    string `db:"queue"`
	State    string `db:"state"`
	Sort     []byte `db:"sort"`
	Number   string `db:"number"`
	Track    string `db:"track"`
	Topic    string `db:"topic"`
	Channel  string `db:"channel"`
	Received int64  `db:"received"`
	Due      int64  `db:"due_at"`
	Warn     int64  `db:"warn_at"`
	Clock    string `db:"clock"`
	Changed  int64  `db:"changed_at"`
	Line     []byte `db:"line"`
}

// bareQueue reads the same columns of as many rows from the same place by the same
// index, and no more: no filters, no access check, nothing decrypted.
func (r *rig) bareQueue(l list, after string) pace {
	from, err := base64.RawURLEncoding.DecodeString(after)
	must(r.b, err)
	query := `SELECT case_id, n, unit, queue, state, sort, number, track, topic, channel, received,
		due_at, warn_at, clock, changed_at, line FROM leg WHERE unit = ? AND queue = ? AND sort > ? ORDER BY sort LIMIT ?`
	if r.officeDB.Engine() == sql.MySQL {
		query = strings.Replace(query, "FROM leg", "FROM leg FORCE INDEX (leg_queue)", 1)
	}
	return together(r.b, 1, 200, func(int, int) error {
		var rows []bareLeg
		err := r.officeDB.Select(r.b.Context(), &rows, query, l.unit, l.queue, from, pageRows+1)
		if err == nil && len(rows) == 0 {
			err = errors.New("no rows")
		}
		return err
	})
}
