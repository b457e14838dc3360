package officedb

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"huiyin/petition"
	"huiyin/sql"
)

func contextWithStop(t *testing.T) (context.Context, func()) {
	ctx, stop := context.WithCancel(t.Context())
	return ctx, stop
}

// recordTables is all that a record consists of.
var recordTables = []string{"event", "audit", "report_entry", "cases", "chain", "report", "case_key", "unsequenced", "log_tile", "log_head"}

// keepCopies sets the record aside.
func (w *world) keepCopies() {
	w.t.Helper()
	for _, table := range recordTables {
		w.exec(`DROP TABLE IF EXISTS kept_` + table)
		w.exec(`CREATE TABLE kept_` + table + ` AS SELECT * FROM ` + table)
	}
}

// restore brings tables back as they were set aside.
func (w *world) restore(tables ...string) {
	w.t.Helper()
	w.must(w.db.Write(context.Background(), func(ctx context.Context, tx sql.Tx) error {
		for _, table := range tables {
			if _, err := tx.Exec(ctx, `DELETE FROM `+table); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, `INSERT INTO `+table+` SELECT * FROM kept_`+table); err != nil {
				return err
			}
		}
		return nil
	}))
}

// Ten thousand changes behind the store's back: edits, deletions, exchanges and cuts of
// events, views, entries of reports and rows of the log, clumsy ones and such that mend
// the chain behind them. Each is named; nothing else ever is. A usual run tries some
// hundreds, HUIYIN_TEST_LONG=1 all.
func TestMutationsAreNamed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		count := 250
		if os.Getenv("HUIYIN_TEST_LONG") != "" {
			count = 10_000
		}
		w.busyLife()
		w.keepCopies()
		seed := uint64(time.Now().UnixNano())
		m := &mutator{w: w, r: rand.New(rand.NewPCG(seed, 0)), tried: make(map[string]int)}
		m.read()
		for i := range count {
			mu := m.any()
			err := w.s.Verify(t.Context())
			if why := mu.missed(err); why != "" {
				t.Errorf("seed %d, mutation %d, %s: %s; Verify says %v", seed, i, mu.name, why, err)
			}
			w.restore(mu.tables...)
			if i%25 == 0 {
				if err := w.s.Verify(t.Context()); err != nil {
					t.Fatalf("seed %d, false alarm after %s was undone: %v", seed, mu.name, err)
				}
			}
		}
		w.must(w.s.Verify(t.Context()))
		var names []string
		for name, n := range m.tried {
			names = append(names, fmt.Sprintf("%d %s", n, name))
		}
		slices.Sort(names)
		t.Logf("%d mutations, all named: %s", count, strings.Join(names, "; "))
	})
}

// busyLife makes a record with every kind of entry, sequenced under several heads, and
// some that wait.
func (w *world) busyLife() {
	w.t.Helper()
	ctx := w.t.Context()
	registrar, reader := w.who(county, petition.Registrar), w.who(county, petition.CadreSupervisor)
	for i := range 4 {
		id := w.accepted(county, fmt.Sprintf("case %d", i))
		_, err := w.s.Reveal(ctx, registrar, id, "to call", w.now)
		w.must(err)
		report := w.filed(aReport(county, fmt.Sprintf("report %d", i)))
		w.said(report, petition.Act{Action: petition.AddInfo, Text: "One thing more."})
		_, err = w.s.Report(ctx, reader, report, "to read it", w.now)
		w.must(err)
		w.now = w.now.Add(time.Minute)
		if i < 3 {
			w.sequence()
		}
		if i == 1 {
			for n := range 180 { // more than one row of the log
				w.seen(fmt.Sprint(n))
			}
		}
	}
	sealed := w.registered(county, "Not what it seemed")
	w.do(registrar, sealed, petition.Act{Action: petition.SealUp, Reason: "it is about a cadre"})
	w.must(w.s.Verify(ctx))
}

// mutation is one change and what counts as naming it: one of these.
type mutation struct {
	name   string
	tables []string // touched
	names  []named
}

// named is what Broken must say: the chain, and an entry between from and to.
type named struct {
	chain    string
	from, to int64
}

func (m mutation) missed(err error) string {
	b, ok := errors.AsType[*Broken](err)
	if !ok {
		return "not found"
	}
	for _, n := range m.names {
		if b.Chain == n.chain && b.N <= n.to && max(b.N, b.Last) >= n.from {
			return ""
		}
	}
	return fmt.Sprintf("not named as any of %v", m.names)
}

// entry is a row of the record as the test found it.
type entry struct {
	chain string
	n     int64
	table string
	id    any    // of the case, report or chain
	key   string // its column
	hash  sql.Hash
	place int64 // in the log, from 1; 0 if it waits
	last  bool  // of its chain
}

func (e entry) where() string { return ` WHERE ` + e.key + ` = ? AND n = ?` }

// lost is how an entry may be named that is gone or no more what it was: by itself, by
// what follows it in its chain, or, if its chain was mended, by its place in the log.
func (e entry) lost() []named {
	out := []named{{e.chain, e.n, e.n}}
	if e.place > 0 {
		return append(out, named{logChain, e.place, e.place})
	}
	return append(out, named{queueChain, 1, 1 << 40})
}

// mutator chooses mutations.
type mutator struct {
	w       *world
	r       *rand.Rand
	entries []entry
	heads   []LogHead
	tiles   []tileRow
	waiting []sql.ID
	tried   map[string]int
}

// read learns what there is.
func (m *mutator) read() {
	ctx, w := m.w.t.Context(), m.w
	places := make(map[tlog.Hash]int64)
	last, err := w.s.Head(ctx)
	w.must(err)
	w.must(w.s.eachTile(ctx, 0, last.Size, func(n int64, hashes []tlog.Hash) error {
		for i, h := range hashes {
			places[h] = n*tileWidth + int64(i) + 1
		}
		return nil
	}))
	w.must(w.s.eachEntry(ctx, func(ref entryRef, hash []byte) {
		e := entry{chain: ref.broken("").Chain, n: ref.n, hash: sql.Hash(hash), place: places[tlog.RecordHash(hash)]}
		switch ref.kind {
		case "case":
			e.table, e.id, e.key = "event", ref.id, "case_id"
		case "report":
			e.table, e.id, e.key = "report_entry", ref.id, "report"
		default:
			e.table, e.id, e.key = "audit", ref.name, "chain"
		}
		if n := len(m.entries); n > 0 && m.entries[n-1].chain != e.chain {
			m.entries[n-1].last = true
		}
		m.entries = append(m.entries, e)
	}))
	m.entries[len(m.entries)-1].last = true
	m.heads, err = w.s.headsFrom(ctx, 0, last.Number)
	w.must(err)
	w.must(w.db.Select(ctx, &m.tiles, `SELECT level, n, hashes FROM log_tile ORDER BY level, n`))
	w.must(w.db.Select(ctx, &m.waiting, `SELECT id FROM unsequenced ORDER BY id`))
}

// any does one mutation.
func (m *mutator) any() mutation {
	kinds := []func() mutation{m.edit, m.edit, m.edit, m.remove, m.swap, m.cut, m.cutMended, m.rewrite, m.unmakeChain,
		m.editTile, m.cutTile, m.swapLeaves, m.editHead, m.removeHead, m.removeAllHeads, m.cutLog, m.editWaiting, m.removeWaiting, m.addWaiting}
	mu := kinds[m.r.IntN(len(kinds))]()
	m.tried[mu.name]++
	return mu
}

// pick takes an entry: of the three kinds alike, though there are more views.
func (m *mutator) pick(good func(entry) bool) entry {
	table := []string{"event", "audit", "report_entry"}[m.r.IntN(3)]
	var some []entry
	for _, e := range m.entries {
		if e.table == table && good(e) {
			some = append(some, e)
		}
	}
	if len(some) == 0 {
		return m.pick(good)
	}
	return some[m.r.IntN(len(some))]
}

func anyEntry(entry) bool { return true }

// columns of each table, with how a value of theirs is made another.
var columns = map[string]map[string]string{
	"event": {"at": "number", "action": "text", "leg": "number", "by_kind": "text", "staff": "id", "unit": "text",
		"to_unit": "text", "topic": "text", "ground": "text", "outcome": "text", "is_sealed": "truth", "promise": "hash",
		"hash": "hash", "body": "bytes"},
	"audit": {"at": "number", "staff": "id", "unit": "text", "action": "text", "case_id": "id", "file": "id",
		"digest": "hash", "hash": "hash", "purpose": "bytes"},
	"report_entry": {"at": "number", "hash": "hash", "sealed": "bytes"},
}

func (m *mutator) random(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(m.r.Uint32())
	}
	return b
}

// length is now and then too short, so that the row cannot even be read.
func (m *mutator) length(n int) int {
	if m.r.IntN(4) == 0 {
		return 1 + m.r.IntN(n-1)
	}
	return n
}

// another is an expression for another value of a column.
func (m *mutator) another(column, kind string) (expr string, arg []any) {
	switch kind {
	case "number":
		return column + ` + ?`, []any{1 + m.r.IntN(5)}
	case "truth":
		return `1 - ` + column, nil
	case "text":
		return `?`, []any{fmt.Sprintf("x%d", m.r.IntN(1e6))}
	case "id":
		return `?`, []any{m.random(m.length(16))}
	case "hash":
		return `?`, []any{m.random(m.length(32))}
	}
	return `?`, []any{m.random(1 + m.r.IntN(199))} // never empty: what is empty already would stay as it was
}

func (m *mutator) edit() mutation {
	e := m.pick(anyEntry)
	var names []string
	for c := range columns[e.table] {
		names = append(names, c)
	}
	slices.Sort(names)
	column := names[m.r.IntN(len(names))]
	expr, args := m.another(column, columns[e.table][column])
	m.w.exec(`UPDATE `+e.table+` SET `+column+` = `+expr+e.where(), append(args, e.id, e.n)...)
	return mutation{"edit of " + e.table, []string{e.table}, []named{{e.chain, e.n, e.n}}}
}

func (m *mutator) remove() mutation {
	e := m.pick(anyEntry)
	m.w.exec(`DELETE FROM `+e.table+e.where(), e.id, e.n)
	return mutation{"deletion of " + e.table, []string{e.table}, []named{{e.chain, e.n, e.n}}}
}

// swap exchanges two neighbours of a chain.
func (m *mutator) swap() mutation {
	e := m.pick(func(e entry) bool { return !e.last })
	for _, step := range [][2]int64{{e.n, 1 << 30}, {e.n + 1, e.n}, {1 << 30, e.n + 1}} {
		m.w.exec(`UPDATE `+e.table+` SET n = ?`+e.where(), step[1], e.id, step[0])
	}
	return mutation{"exchange in " + e.table, []string{e.table}, []named{{e.chain, e.n, e.n}}}
}

// cut takes the end of a chain away.
func (m *mutator) cut() mutation {
	e := m.pick(anyEntry)
	m.w.exec(`DELETE FROM `+e.table+` WHERE `+e.key+` = ? AND n >= ?`, e.id, e.n)
	return mutation{"cut of " + e.table, []string{e.table}, []named{{e.chain, e.n, e.n}}}
}

// head is where a table keeps the end of its chains.
func (e entry) setHead(w *world, n int64, hash sql.Hash) string {
	switch e.table {
	case "event":
		w.exec(`UPDATE cases SET version = ?, head = ? WHERE id = ?`, n, hash, e.id)
		return "cases"
	case "audit":
		w.exec(`UPDATE chain SET n = ?, hash = ? WHERE name = ?`, n, hash, e.id)
		return "chain"
	}
	w.exec(`UPDATE report SET version = ? WHERE id = ?`, n, e.id)
	return "report"
}

// from is the entries of a chain from one on.
func (m *mutator) from(e entry) (out []entry) {
	for _, o := range m.entries {
		if o.chain == e.chain && o.n >= e.n {
			out = append(out, o)
		}
	}
	return out
}

// cutMended takes the end of a chain away and makes the rest look whole: only the log
// knows.
func (m *mutator) cutMended() mutation {
	e := m.pick(func(e entry) bool { return e.n > 1 })
	m.w.exec(`DELETE FROM `+e.table+` WHERE `+e.key+` = ? AND n >= ?`, e.id, e.n)
	var before sql.Hash
	for _, o := range m.entries {
		if o.chain == e.chain && o.n == e.n-1 {
			before = o.hash
		}
	}
	mu := mutation{name: "mended cut of " + e.table, tables: []string{e.table, e.setHead(m.w, e.n-1, before)}}
	for _, o := range m.from(e) {
		mu.names = append(mu.names, o.lost()...)
	}
	return mu
}

// rewrite changes an event or a view and computes the chain anew from there on. Only
// the log knows.
func (m *mutator) rewrite() mutation {
	e := m.pick(func(e entry) bool { return e.table != "report_entry" })
	head, n := m.rewriteViews, int64(0)
	if e.table == "event" {
		head = m.rewriteEvents
	}
	for _, o := range m.from(e) {
		n = o.n
	}
	return mutation{"mended edit of " + e.table, []string{e.table, e.setHead(m.w, n, head(e))}, e.lost()}
}

func (m *mutator) rewriteViews(e entry) (head sql.Hash) {
	w := m.w
	var rows []link
	w.must(w.db.Select(w.t.Context(), &rows, `
		SELECT n, at, staff, unit, action, case_id, file, digest, hash, purpose FROM audit
		WHERE chain = ? AND n >= ? ORDER BY n`, e.id, e.n-1))
	if e.n > 1 {
		head, rows = rows[0].Hash, rows[1:]
	}
	rows[0].Staff = sql.ID(m.random(16))
	for _, l := range rows {
		head = l.hash(e.chain, head)
		w.exec(`UPDATE audit SET staff = ?, hash = ? WHERE chain = ? AND n = ?`, l.Staff, head, e.chain, l.N)
	}
	return head
}

func (m *mutator) rewriteEvents(e entry) (head sql.Hash) {
	w, id := m.w, e.id.(petition.ID)
	rows, err := eventsOf(w.t.Context(), w.db, id, 1<<20)
	w.must(err)
	for _, r := range rows {
		if int64(r.N) < e.n {
			head = r.Hash
			continue
		}
		if int64(r.N) == e.n {
			r.Staff = sql.ID(m.random(16))
		}
		head = r.envelope(id).Hash(r.Promise, head)
		w.exec(`UPDATE event SET staff = ?, hash = ? WHERE case_id = ? AND n = ?`, r.Staff, head, id, r.N)
	}
	return head
}

// unmakeChain takes a whole case, report or chain of views away.
func (m *mutator) unmakeChain() mutation {
	e := m.pick(anyEntry)
	head := map[string][2]string{"event": {"cases", "id"}, "audit": {"chain", "name"}, "report_entry": {"report", "id"}}[e.table]
	m.w.exec(`DELETE FROM `+e.table+` WHERE `+e.key+` = ?`, e.id)
	m.w.exec(`DELETE FROM `+head[0]+` WHERE `+head[1]+` = ?`, e.id)
	mu := mutation{name: "whole chain of " + e.table, tables: []string{e.table, head[0]}}
	e.n = 0
	for _, o := range m.from(e) {
		mu.names = append(mu.names, o.lost()...)
	}
	return mu
}

// leafNames is how a leaf may be named: its place, or the row above the leaves.
func (t tileRow) names(i int) []named {
	if t.Level > 0 {
		return []named{{tileChain(t.Level), t.N + 1, t.N + 1}}
	}
	at := t.N*tileWidth + int64(i) + 1
	return []named{{logChain, at, at}}
}

func (m *mutator) tile() (tileRow, int) {
	t := m.tiles[m.r.IntN(len(m.tiles))]
	return t, m.r.IntN(len(t.Hashes) / tlog.HashSize)
}

func (m *mutator) putTile(t tileRow, hashes []byte) {
	m.w.exec(`UPDATE log_tile SET hashes = ? WHERE level = ? AND n = ?`, hashes, t.Level, t.N)
}

func (m *mutator) editTile() mutation {
	t, i := m.tile()
	hashes := slices.Clone(t.Hashes)
	hashes[i*tlog.HashSize+m.r.IntN(tlog.HashSize)] ^= byte(1 + m.r.IntN(255))
	m.putTile(t, hashes)
	return mutation{"edit of the log", []string{"log_tile"}, t.names(i)}
}

// cutTile takes away hashes at the end of a row, or the row.
func (m *mutator) cutTile() mutation {
	t, i := m.tile()
	if i == 0 {
		m.w.exec(`DELETE FROM log_tile WHERE level = ? AND n = ?`, t.Level, t.N)
	} else {
		m.putTile(t, t.Hashes[:i*tlog.HashSize])
	}
	return mutation{"cut of the log", []string{"log_tile"}, t.names(i)}
}

func (m *mutator) swapLeaves() mutation {
	var leaves []tileRow
	for _, t := range m.tiles {
		if t.Level == 0 {
			leaves = append(leaves, t)
		}
	}
	t := leaves[m.r.IntN(len(leaves))]
	i := m.r.IntN(len(t.Hashes)/tlog.HashSize - 1)
	hashes, at := slices.Clone(t.Hashes), i*tlog.HashSize
	copy(hashes[at:], t.Hashes[at+tlog.HashSize:at+2*tlog.HashSize])
	copy(hashes[at+tlog.HashSize:], t.Hashes[at:at+tlog.HashSize])
	m.putTile(t, hashes)
	return mutation{"exchange in the log", []string{"log_tile"}, append(t.names(i), t.names(i+1)...)}
}

func (m *mutator) editHead() mutation {
	h := m.heads[m.r.IntN(len(m.heads))]
	set := map[string]any{"size": h.Size - 1, "at": sql.Instant(h.At) + 1, "root": m.random(32), "sig": m.random(64)}
	column := []string{"size", "at", "root", "sig"}[m.r.IntN(4)]
	m.w.exec(`UPDATE log_head SET `+column+` = ? WHERE number = ?`, set[column], h.Number)
	return mutation{"edit of a head", []string{"log_head"}, []named{{headChain, h.Number, h.Number}}}
}

func (m *mutator) removeHead() mutation {
	h := m.heads[m.r.IntN(len(m.heads))]
	m.w.exec(`DELETE FROM log_head WHERE number = ?`, h.Number)
	return mutation{"deletion of a head", []string{"log_head"}, []named{{headChain, h.Number, h.Number}}}
}

func (m *mutator) removeAllHeads() mutation {
	m.w.exec(`DELETE FROM log_head`)
	return mutation{"deletion of all heads", []string{"log_head"}, []named{{headChain, 1, 1}}}
}

// cutLog sets the whole log back to an earlier head, as if the rest had never been
// sequenced: the entries behind it neither stand there nor wait.
func (m *mutator) cutLog() mutation {
	h := m.heads[m.r.IntN(len(m.heads)-1)]
	m.w.exec(`DELETE FROM log_head WHERE number > ?`, h.Number)
	for _, t := range m.tiles {
		keep := levelCount(h.Size, t.Level) - t.N*tileWidth
		switch {
		case keep <= 0:
			m.w.exec(`DELETE FROM log_tile WHERE level = ? AND n = ?`, t.Level, t.N)
		case keep*tlog.HashSize < int64(len(t.Hashes)):
			m.putTile(t, t.Hashes[:keep*tlog.HashSize])
		}
	}
	mu := mutation{name: "log set back", tables: []string{"log_head", "log_tile"}}
	for _, e := range m.entries {
		if e.place > h.Size {
			mu.names = append(mu.names, named{e.chain, e.n, e.n})
		}
	}
	return mu
}

// waitingNames is every entry that waits: which one a hash in the queue was of is not
// known to the test.
func (m *mutator) waitingNames() []named {
	out := []named{{queueChain, 1, 1 << 40}}
	for _, e := range m.entries {
		if e.place == 0 {
			out = append(out, named{e.chain, e.n, e.n})
		}
	}
	return out
}

func (m *mutator) editWaiting() mutation {
	id := m.waiting[m.r.IntN(len(m.waiting))]
	m.w.exec(`UPDATE unsequenced SET hash = ? WHERE id = ?`, m.random(32), id)
	return mutation{"edit of the queue", []string{"unsequenced"}, m.waitingNames()}
}

func (m *mutator) removeWaiting() mutation {
	id := m.waiting[m.r.IntN(len(m.waiting))]
	m.w.exec(`DELETE FROM unsequenced WHERE id = ?`, id)
	return mutation{"deletion from the queue", []string{"unsequenced"}, m.waitingNames()}
}

// addWaiting puts something that is no entry, or an entry again, into the queue.
func (m *mutator) addWaiting() mutation {
	hash := sql.Hash(m.random(32))
	if m.r.IntN(2) == 0 {
		hash = m.pick(anyEntry).hash
	}
	m.w.exec(`INSERT INTO unsequenced (id, hash) VALUES (?, ?)`, m.random(16), hash)
	return mutation{"addition to the queue", []string{"unsequenced"}, []named{{queueChain, 1, 1 << 40}}}
}
