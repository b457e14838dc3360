package main

import (
	"encoding/base64"
	"errors"
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

	queueTurns = 15
	queueTurn  = 60 // pages in one
)

// BenchmarkP4Queue is a page of a queue over HTTP, the first and the 500th by key, in an
// office of 1,000 and of 200,000 cases; and the store's query alone beside a bare
// query of the same columns of as many rows by the same index. All four take short
// turns, so that what else the machine does meets all of them.
func BenchmarkP4Queue(b *testing.B) {
	benchWorlds(b, func(b *testing.B, few, many *config) {
		for b.Loop() {
			t := newTable(b, "P4  queue page, "+b.Name())
			t.line("cases\tlist\tpage\tp50 ms\tp99 ms\tcpu ms\tstore p50 ms\tbare query p50 ms")
			all := append(start(b, few).queuePlaces(fewCases), start(b, many).queuePlaces(manyCases)...)
			for range queueTurns {
				for _, at := range all {
					at.turn()
				}
			}
			for _, at := range all {
				p := sorted(at.pages)
				t.line("%d\t%s %s\t%d\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f", at.cases, at.unit, at.queue, at.page,
					ms(p.at(.5)), ms(p.at(.99)), ms(median(at.used)), ms(sorted(at.store).at(.5)), ms(sorted(at.bare).at(.5)))
			}
			growth := func(at *queuePlace) float64 {
				return float64(sorted(at.pages).at(.99)) / float64(sorted(all[0].pages).at(.99))
			}
			first, deep := growth(all[2]), growth(all[3])
			t.atMost("P4 p99 of the first page, 200,000 ÷ 1,000", first, 2)
			t.atMost("P4 p99 of the deep page ÷ the first of 1,000", deep, 2)
			t.close()
			b.ReportMetric(first, "growth-first")
			b.ReportMetric(deep, "growth-deep")
		}
	})
}

// queuePlace is a page of a list, and what was measured of it.
type queuePlace struct {
	list
	r           *rig
	cases, page int
	after       string

	pages, store, bare, used []time.Duration
}

// list is the longest list of the office and somebody who may see it.
type list struct {
	unit   petition.UnitID
	queue  petition.Queue
	actor  petition.Actor
	cookie string
}

// queuePlaces are the first page of the longest list and a deep one.
func (r *rig) queuePlaces(cases int) []*queuePlace {
	l := r.longest()
	after, page := r.deep(l)
	return []*queuePlace{{list: l, r: r, cases: cases, page: 1}, {list: l, r: r, cases: cases, page: page, after: after}}
}

func (at *queuePlace) turn() {
	p := visits(at.r.b, at.r.officeAt, 1, queueTurn, func(v *visitor, _ int) error {
		a, err := v.get("/queue?queue="+string(at.queue)+"&after="+at.after, at.cookie)
		if err != nil {
			return err
		}
		return a.want(http.StatusOK, "/cases/")
	})
	at.pages, at.used = append(at.pages, p.took...), append(at.used, p.processor)
	at.store = append(at.store, at.r.storeQueue(at.list, at.after).took...)
	at.bare = append(at.bare, at.r.bareQueue(at.list, at.after).took...)
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
	return together(r.b, 1, queueTurn, func(int, int) error {
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
	return together(r.b, 1, queueTurn, func(int, int) error {
		var rows []bareLeg
		err := r.officeDB.Select(r.b.Context(), &rows, query, l.unit, l.queue, from, pageRows+1)
		if err == nil && len(rows) == 0 {
			err = errors.New("no rows")
		}
		return err
	})
}
