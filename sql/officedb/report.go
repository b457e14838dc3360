package officedb

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"time"

	"huiyin/backoffice"
	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// Reports about cadres (检举控告) lie in tables of their own, sealed under the key of a
// cadre-supervision compartment. Taking one in touches no other table but the inbox,
// the outbox and the files: no case, no leg, no count, no number, no token. Only a
// CadreSupervisor of the compartment's unit opens one, and each look stands in the
// compartment's own log.

// report is one report, opened.
type report struct {
	id       petition.ID
	unit     petition.UnitID
	received time.Time
	version  int // number of entries
	head     [32]byte
	key      exchange.Key
	secrets  secrets
	events   []petition.Event
}

// reportEntry is one entry of a report, as sealed: the secrets stand in the first.
type reportEntry struct {
	Secrets *secrets        `json:"secrets,omitempty"`
	Event   *petition.Event `json:"event,omitempty"`
}

func reportPlace(id petition.ID, n int) []byte {
	return place("report_entry", "sealed", id[:], binary.BigEndian.AppendUint32(nil, uint32(n)))
}

// sealedEntry is an entry as stored: its hash covers the one before.
type sealedEntry struct {
	N      int        `db:"n"`
	At     sql.Moment `db:"at"`
	Hash   sql.Hash   `db:"hash"`
	Sealed []byte     `db:"sealed"`
}

func (r *report) seal(e reportEntry, at time.Time) (sealedEntry, error) {
	plain, err := json.Marshal(e)
	if err != nil {
		return sealedEntry{}, err
	}
	out := sealedEntry{N: r.version + 1, At: sql.Moment{Time: at}}
	out.Sealed = r.key.Seal(exchange.Pad(plain, exchange.TextStep), reportPlace(r.id, out.N))
	r.head = entryHash(r.head, out)
	r.version, out.Hash = out.N, r.head
	return out, nil
}

func entryHash(previous [32]byte, e sealedEntry) [32]byte {
	sum := sha256.Sum256(e.Sealed)
	at := binary.BigEndian.AppendUint64(nil, uint64(sql.Instant(e.At.Time)))
	return sha256.Sum256(exchange.Bind("report entry", previous[:], at, sum[:]))
}

func (r *report) open(e sealedEntry) error {
	padded, err := r.key.Open(e.Sealed, reportPlace(r.id, e.N))
	if err != nil {
		return err
	}
	plain, err := exchange.Unpad(padded)
	if err != nil {
		return err
	}
	var entry reportEntry
	if err := json.Unmarshal(plain, &entry); err != nil {
		return err
	}
	if entry.Secrets != nil {
		r.secrets = *entry.Secrets
	}
	if entry.Event != nil {
		r.events = append(r.events, *entry.Event)
	}
	return nil
}

// filing is what was reported.
func (r *report) filing() petition.Filing {
	for _, e := range r.events {
		if e.Act.Filing != nil {
			return *e.Act.Filing
		}
	}
	return petition.Filing{}
}

// openReport reads a report for the program itself.
func (s *Store) openReport(ctx context.Context, id petition.ID) (*report, error) {
	var row struct {
		Unit     string     `db:"unit"`
		Received sql.Moment `db:"received"`
		Wrapped  []byte     `db:"wrapped"`
		MovedTo  sql.ID     `db:"moved_to"`
	}
	if err := s.db.Get(ctx, &row, `SELECT unit, received, wrapped, moved_to FROM report WHERE id = ?`, id); err != nil {
		return nil, err
	}
	if to := petition.ID(row.MovedTo); !to.IsZero() {
		return s.openReport(ctx, to)
	}
	unit := petition.UnitID(row.Unit)
	key, err := s.unwrap(ctx, id, []wrapped{{Holder: exchange.CadreHolder(unit), Key: row.Wrapped}})
	if err != nil {
		return nil, err
	}
	r := &report{id: id, unit: unit, received: row.Received.Time, key: key}
	var entries []sealedEntry
	err = s.db.Select(ctx, &entries, `SELECT n, at, hash, sealed FROM report_entry WHERE report = ? ORDER BY n`, id)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if err := r.open(e); err != nil {
			return nil, err
		}
		r.version, r.head = e.N, e.Hash
	}
	return r, nil
}

// takeReport stores a report that the portal sealed to a compartment.
func (s *Store) takeReport(ctx context.Context, t exchange.Taking, f exchange.SealedFiling) error {
	to, err := s.compartment(ctx, t.Holder, f.Filing)
	if err != nil {
		return err
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return err
	}
	act := petition.Act{Action: petition.Submit, Filing: &f.Filing, Unit: to.Unit(), At: f.Received}
	events, err := petition.Decide(nil, petition.Petitioner, act, petition.Facts{}, rules, f.Received)
	if err != nil {
		return err
	}
	c, err := petition.Fold(f.ID, events)
	if err != nil {
		return err
	}
	sec := secrets{Reading: f.Reading, Locators: []exchange.Locator{f.Locator}, Portal: t.From, Receipt: f.Receipt}
	folder, err := s.folderItems(&held{c: c, secrets: sec}, petition.Project(c, rules, t.Now), t.Now)
	if err != nil {
		return err
	}
	moved, err := s.newReport(ctx, to, f.ID, f.Received, sec, events)
	if err != nil {
		return err
	}
	return s.taking(ctx, t, func(ctx context.Context, tx sql.Tx) error {
		if err := moved.insert(ctx, tx); err != nil {
			return err
		}
		if err := claim(ctx, tx, filingFiles(f.Filing)); err != nil {
			return err
		}
		return putItems(ctx, tx, folder)
	})
}

// compartment is where a report belongs: where the portal sealed it to, or, if it was
// sealed to a unit, that unit's compartment, or the one above if it concerns the
// unit's own head; after a merger, its successor's.
func (s *Store) compartment(ctx context.Context, sealedTo exchange.Holder, f petition.Filing) (exchange.Holder, error) {
	rules, err := s.Rules(ctx)
	if err != nil {
		return "", err
	}
	unit := rules.Units.Acting(sealedTo.Unit())
	if sealedTo.Cadre() {
		return exchange.CadreHolder(unit), nil
	}
	if f.GoesUp() {
		above := rules.Units.Above(unit)
		if len(above) == 0 || above[0].Installation != s.signer.Installation {
			return "", &petition.Error{Kind: petition.Invalid, Key: "problem.no_unit_above",
				Problems: []petition.Problem{{Field: "concerns_head", Key: "problem.no_unit_above"}}}
		}
		unit = above[0].ID
	}
	return exchange.CadreHolder(unit), nil
}

// movedReport is a report ready to be stored.
type movedReport struct {
	id       petition.ID
	unit     petition.UnitID
	received time.Time
	waits    bool // for somebody's agreement
	wrapped  []byte
	entries  []sealedEntry
}

// newReport seals events under a new data key that only the compartment can unwrap.
func (s *Store) newReport(ctx context.Context, to exchange.Holder, id petition.ID, received time.Time, sec secrets, events []petition.Event) (*movedReport, error) {
	r := &report{id: id, unit: to.Unit(), key: exchange.NewKey()}
	w, err := s.wrapFor(ctx, id, r.key, to)
	if err != nil {
		return nil, err
	}
	out := &movedReport{id: id, unit: to.Unit(), received: received, wrapped: w.Key}
	for i := range events {
		entry := reportEntry{Event: &events[i]}
		if i == 0 {
			entry.Secrets = &sec
		}
		sealed, err := r.seal(entry, events[i].At)
		if err != nil {
			return nil, err
		}
		out.entries = append(out.entries, sealed)
	}
	return out, nil
}

func (m *movedReport) insert(ctx context.Context, tx sql.Tx) error {
	_, err := tx.Exec(ctx, `INSERT INTO report (id, unit, received, version, waits, wrapped) VALUES (?, ?, ?, ?, ?, ?)`,
		m.id, m.unit, m.received, len(m.entries), m.waits, m.wrapped)
	if err != nil {
		return err
	}
	for _, e := range m.entries {
		if err := insertEntry(ctx, tx, m.id, e); err != nil {
			return err
		}
	}
	return nil
}

func insertEntry(ctx context.Context, tx sql.Tx, id petition.ID, e sealedEntry) error {
	_, err := tx.Exec(ctx, `INSERT INTO report_entry (report, n, at, hash, sealed) VALUES (?, ?, ?, ?, ?)`,
		id, e.N, e.At, e.Hash, e.Sealed)
	if err != nil {
		return err
	}
	return enqueue(ctx, tx, e.At.Time, e.Hash)
}

// takeReportMessage adds what a petitioner wrote to a report. Nothing is decided about
// it here: the compartment reads it.
func (s *Store) takeReportMessage(ctx context.Context, t exchange.Taking, m exchange.Message) error {
	r, err := s.openReport(ctx, m.Filing)
	if err != nil {
		return err
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return err
	}
	file, err := r.fold()
	if err != nil {
		return err
	}
	if parts := file.Extracts(); m.Matter > 0 && m.Matter <= len(parts) {
		h, err := s.holdAny(ctx, parts[m.Matter-1].Case)
		if err == nil {
			m.Matter = 0
			return s.takeHeldMessage(ctx, t, h, m)
		}
		if !petition.Is(err, petition.NotFound) {
			return err
		}
	}
	act := m.Act
	act.At = m.At
	e := petition.Event{N: len(r.events) + 1, At: t.Now.UTC().Truncate(time.Microsecond), By: petition.Petitioner, Act: act}
	step, err := s.stepReport(ctx, r, []petition.Event{e}, rules, t.Now)
	if err != nil {
		return err
	}
	// The view goes out whether it changed or not: the portal shows the message as
	// waiting until it has a newer one.
	if len(step.items) == 0 {
		if file, err = r.fold(); err != nil {
			return err
		}
		if step.items, err = s.reportFolder(ctx, r, file, nil, rules, t.Now); err != nil {
			return err
		}
	}
	return s.taking(ctx, t, func(ctx context.Context, tx sql.Tx) error {
		err := s.writeStep(ctx, tx, step)
		if errors.Is(err, errStale) { // another step of the same report: the courier tries again
			return &petition.Error{Kind: petition.Unavailable, Key: "error.busy", Err: errStale}
		}
		return err
	})
}

// mayReport fails with NotFound for everybody but the compartment's readers: its cadre
// supervisors, and leaders for what was put up to them (呈批).
func (sc scope) mayReport() error {
	if !sc.actor.Is(petition.CadreSupervisor, petition.Leader) {
		return notFound()
	}
	return nil
}

// putUp tells whether only what waits for agreement is open to the reader.
func (sc scope) putUp() bool { return !sc.actor.Is(petition.CadreSupervisor) }

// Reports lists what is in the actor's compartment, newest first, from the one before
// the given id.
func (s *Store) Reports(ctx context.Context, by petition.Actor, after petition.ID) ([]backoffice.ReportRow, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return nil, err
	}
	if err := sc.mayReport(); err != nil {
		return nil, err
	}
	var rows []struct {
		ID       sql.ID     `db:"id"`
		Received sql.Moment `db:"received"`
		Moved    int64      `db:"moved_at"`
		To       string     `db:"to_unit"`
	}
	err = s.db.Select(ctx, &rows, `
		SELECT r.id, r.received, r.moved_at, COALESCE(m.unit, '') AS to_unit
		FROM report r LEFT JOIN report m ON m.id = r.moved_to
		WHERE r.unit = ? AND (? = 0 OR r.waits = 1) AND (? = 1 OR r.id < ?) ORDER BY r.id DESC LIMIT ?`,
		sc.actor.Unit, sc.putUp(), after.IsZero(), after, pageSize)
	if err != nil {
		return nil, err
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]backoffice.ReportRow, 0, len(rows))
	for _, row := range rows {
		if row.Moved > 0 { // of what was sealed up, the day is all that stays
			gone := backoffice.ReportRow{ID: petition.ID(row.ID), Received: row.Received.Time, Unit: sc.actor.Unit,
				State: petition.CadreSentUp}
			if rules.Units.Acting(sc.actor.Unit) == petition.UnitID(row.To) {
				gone.State = petition.CadreHanded
			}
			out = append(out, gone)
			continue
		}
		r, err := s.openReport(ctx, petition.ID(row.ID))
		if err != nil {
			return nil, err
		}
		file, err := r.fold()
		if err != nil {
			return nil, err
		}
		if !file.HiddenFrom(sc.actor) {
			out = append(out, r.row(file, rules))
		}
	}
	return out, nil
}

func (r *report) row(file *petition.CadreReport, rules petition.Rules) backoffice.ReportRow {
	row := backoffice.ReportRow{ID: r.id, Received: r.received, Title: r.filing().Title, Unit: r.unit,
		Number: file.Number, State: file.State, Waits: file.Pending != nil}
	for _, k := range file.CadreClocks(rules) {
		if k.Running() && (row.Due.IsZero() || k.Due.Before(row.Due)) {
			row.Due, row.Clock = k.Due, k.Kind
		}
	}
	return row
}

// Report opens one. It checks: the reader is a cadre supervisor; of the compartment's
// unit (both NotFound); a purpose is stated (Invalid). The entry in the compartment's
// log is stored first.
func (s *Store) Report(ctx context.Context, by petition.Actor, id petition.ID, purpose string, now time.Time) (backoffice.ReportFile, error) {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return backoffice.ReportFile{}, err
	}
	r, err := s.reportFor(ctx, sc, id)
	if err != nil {
		return backoffice.ReportFile{}, err
	}
	if err := s.logReport(ctx, sc, r, viewedReport, petition.ID{}, purpose, now); err != nil {
		return backoffice.ReportFile{}, err
	}
	file, err := r.fold()
	if err != nil {
		return backoffice.ReportFile{}, err
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return backoffice.ReportFile{}, err
	}
	news, err := s.newsLines(ctx, r.filingID())
	if err != nil {
		return backoffice.ReportFile{}, err
	}
	f := r.filing()
	f.Files = veil{}.files(f.Files)
	return backoffice.ReportFile{ReportRow: r.row(file, rules), Filing: f, Later: r.later(), Version: r.version, Cadre: file,
		Wishes: petition.NewsWaysOf(petition.NewsWishes(r.events), ""), News: news}, nil
}

// later is what followed the filing, without keys of files.
func (r *report) later() []petition.Event {
	var out []petition.Event
	for _, e := range r.events {
		if e.Act.Filing == nil {
			e.Act.Files = veil{}.files(e.Act.Files)
			out = append(out, e)
		}
	}
	return out
}

// HasReport tells whether the reader may open the report; that is no look at it. It
// fails with NotFound, whether there is none, it is another's, or it is about the reader.
func (s *Store) HasReport(ctx context.Context, by petition.Actor, id petition.ID) error {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return err
	}
	_, err = s.reportFor(ctx, sc, id)
	return err
}

func (s *Store) reportFor(ctx context.Context, sc scope, id petition.ID) (*report, error) {
	if err := sc.mayReport(); err != nil {
		return nil, err
	}
	var n int
	err := s.db.Get(ctx, &n, `SELECT 1 FROM report WHERE id = ? AND unit = ? AND moved_at = 0 AND (? = 0 OR waits = 1)`,
		id, sc.actor.Unit, sc.putUp())
	if err != nil {
		return nil, err
	}
	r, err := s.openReport(ctx, id)
	if err != nil {
		return nil, err
	}
	file, err := r.fold()
	if err != nil {
		return nil, err
	}
	if file.HiddenFrom(sc.actor) {
		return nil, notFound()
	}
	return r, nil
}

// logReport writes to the compartment's own log.
func (s *Store) logReport(ctx context.Context, sc scope, r *report, action string, file petition.ID, purpose string, now time.Time) error {
	seen, err := s.looked(sc, r.id, action, purpose, now)
	if err != nil {
		return err
	}
	seen.chain, seen.file = string(exchange.CadreHolder(r.unit)), file
	return s.log(ctx, seen)
}

// openReportFile streams an attachment of a report to a reader of its compartment.
func (s *Store) openReportFile(ctx context.Context, sc scope, id, file petition.ID, original bool, purpose string, now time.Time, w io.Writer) (petition.File, error) {
	r, err := s.reportFor(ctx, sc, id)
	if err != nil {
		return petition.File{}, err
	}
	f, _, ok := findFile(r.events, file)
	if !ok {
		return petition.File{}, notFound()
	}
	if err := s.logReport(ctx, sc, r, viewedFile, file, purpose, now); err != nil {
		return petition.File{}, err
	}
	return s.stream(ctx, f, original, w)
}
