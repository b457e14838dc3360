package officedb

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/sql"
)

// ActReport does something to a report about a cadre. It checks: the actor reads the
// compartment (NotFound for everybody else, and for whoever is reported); the report is
// as he saw it (Conflict); the rules. What happened is stored with the reporter's view.
func (s *Store) ActReport(ctx context.Context, by petition.Actor, id petition.ID, version int, act petition.Act, now time.Time) error {
	sc, err := s.scopeOf(ctx, by)
	if err != nil {
		return err
	}
	r, err := s.reportFor(ctx, sc, id)
	if err != nil {
		return err
	}
	if r.version != version {
		return overtaken()
	}
	err = s.actReport(ctx, sc, r, act, now)
	if errors.Is(err, errStale) {
		return overtaken()
	}
	return err
}

func (s *Store) actReport(ctx context.Context, sc scope, r *report, act petition.Act, now time.Time) error {
	rules, err := s.Rules(ctx)
	if err != nil {
		return err
	}
	if act.Action == petition.CadreRegister && act.Cadre != nil {
		act.Cadre.Number = sealedNumber()
	}
	file, err := r.fold()
	if err != nil {
		return err
	}
	if act.Files, err = s.pendingFiles(ctx, r.id, act.Files); err != nil {
		return err
	}
	events, err := petition.DecideCadre(file, sc.actor, act, rules, now)
	if err != nil {
		return err
	}
	step, err := s.stepReport(ctx, r, events, rules, now)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(ctx context.Context, tx sql.Tx) error { return s.writeStep(ctx, tx, step) })
}

// sealedNumber is the number of a report: random, with no unit and no day in it
// (domain §4.3).
func sealedNumber() string {
	var b [5]byte
	rand.Read(b[:]) // never fails
	return "JB-" + base32.StdEncoding.EncodeToString(b[:])
}

// fold makes of the entries what the rules know of the report.
func (r *report) fold() (*petition.CadreReport, error) {
	return petition.FoldCadre(r.id, r.unit, r.events)
}

// reportStep is what an act leaves of a report, ready to be written.
type reportStep struct {
	id      petition.ID
	before  int
	version int
	waits   bool
	entries []sealedEntry
	claimed []petition.ID
	items   []exchange.Item
	up      *movedReport // sealed up to the compartment above
	matters []*change    // ordinary matters taken out of it
	news    *newsChange
	at      time.Time
}

// stepReport seals events and makes the reporter's new view, if it changed.
func (s *Store) stepReport(ctx context.Context, r *report, events []petition.Event, rules petition.Rules, now time.Time) (*reportStep, error) {
	step := &reportStep{id: r.id, before: r.version, at: now}
	was, err := r.fold()
	if err != nil {
		return nil, err
	}
	before := folderBytes(petition.ProjectCadre(was, rules))
	for i := range events {
		if events[i].Act.Action == petition.ExtractMatter {
			if err := s.extract(ctx, r, &events[i], step, rules, now); err != nil {
				return nil, err
			}
		}
		entry, err := r.seal(reportEntry{Event: &events[i]}, events[i].At)
		if err != nil {
			return nil, err
		}
		step.entries = append(step.entries, entry)
		step.claimed = append(step.claimed, fileIDs(events[i].Act)...)
		r.events = append(r.events, events[i])
	}
	step.version = r.version
	is, err := r.fold()
	if err != nil {
		return nil, err
	}
	step.waits = is.Pending != nil
	if is.State == petition.CadreSentUp {
		return step, s.sendUp(ctx, r, step, rules)
	}
	step.news = &newsChange{filing: r.filingID(), wishes: petition.NewsWishes(r.events)}
	step.news.asked = asksNews(events)
	if len(step.matters) == 0 && string(before) == string(folderBytes(petition.ProjectCadre(is, rules))) {
		return step, nil
	}
	step.items, err = s.reportFolder(ctx, r, is, step.matters, rules, now)
	step.news.tell(events, step.items)
	return step, err
}

// reportFolder is the reporter's view: three words and their days, and the ordinary
// matters that were taken out of the report.
func (s *Store) reportFolder(ctx context.Context, r *report, file *petition.CadreReport, fresh []*change, rules petition.Rules, now time.Time) ([]exchange.Item, error) {
	f := petition.ProjectCadre(file, rules)
	f.Version = r.version
	for _, p := range file.Extracts() {
		c, err := s.extracted(ctx, p.Case, fresh)
		if err != nil {
			return nil, err
		}
		f.Enclose(p, c, rules, now)
	}
	return s.folderItems(&held{c: &petition.Case{ID: r.filingID()}, secrets: r.secrets}, f, now)
}

// extracted is a matter as it is, or as it is about to be stored; nil where it is no
// longer in the ordinary procedure.
func (s *Store) extracted(ctx context.Context, id petition.ID, fresh []*change) (*petition.Case, error) {
	for _, ch := range fresh {
		if ch.id == id {
			return ch.made, nil
		}
	}
	h, err := s.holdAny(ctx, id)
	if petition.Is(err, petition.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return h.c, nil
}

// extract makes cases of the ordinary matters that an act takes out. They arrive like
// any filing: nothing in them says where they were found but the secret of the store
// that leads their news to the reporter.
func (s *Store) extract(ctx context.Context, r *report, e *petition.Event, step *reportStep, rules petition.Rules, now time.Time) error {
	parts := e.Act.Parts
	for i := range parts {
		var err error
		if parts[i].Case, err = newID(now); err != nil {
			return err
		}
		filing := parts[i].Filing(r.filing())
		filing.Files = nil
		act := petition.Act{Action: petition.Submit, Filing: &filing, Unit: r.unit, At: r.received}
		first, err := petition.Decide(nil, petition.Petitioner, act, petition.Facts{}, rules, now)
		if err != nil {
			return err
		}
		h := s.fresh(parts[i].Case, exchange.Key{}, r.secrets.Portal)
		h.quiet, h.secrets.Whole = true, r.id
		ch, err := s.record(ctx, h, first, now)
		if err != nil {
			return err
		}
		ch.made = h.c
		step.matters = append(step.matters, ch)
	}
	return nil
}

// sendUp seals the report anew for the compartment above and takes the key away here.
func (s *Store) sendUp(ctx context.Context, r *report, step *reportStep, rules petition.Rules) error {
	above := rules.Units.Above(r.unit)
	if len(above) == 0 || above[0].Installation != s.signer.Installation {
		return &petition.Error{Kind: petition.Conflict, Key: "error.no_unit_above"}
	}
	id, err := newID(step.at)
	if err != nil {
		return err
	}
	sec := r.secrets
	sec.Filing = r.filingID()
	// What was done below stays below: above, it begins anew with what was reported.
	step.up, err = s.newReport(ctx, exchange.CadreHolder(above[0].ID), id, r.received, sec, r.reporterEvents())
	return err
}

// reporterEvents is what came from the reporter.
func (r *report) reporterEvents() []petition.Event {
	var out []petition.Event
	for _, e := range r.events {
		if e.Act.Filing != nil || e.By.Kind == petition.ByPetitioner {
			e.N = len(out) + 1
			out = append(out, e)
		}
	}
	return out
}

// filingID is what the portal calls the report.
func (r *report) filingID() petition.ID {
	if !r.secrets.Filing.IsZero() {
		return r.secrets.Filing
	}
	return r.id
}

func (s *Store) writeStep(ctx context.Context, tx sql.Tx, step *reportStep) error {
	rows, err := tx.Exec(ctx, `UPDATE report SET version = ?, waits = ? WHERE id = ? AND version = ?`,
		step.version, step.waits, step.id, step.before)
	if err != nil {
		return err
	}
	if rows == 0 {
		return errStale
	}
	for _, e := range step.entries {
		if err := insertEntry(ctx, tx, step.id, e); err != nil {
			return err
		}
	}
	for _, f := range step.claimed {
		if _, err := tx.Exec(ctx, `DELETE FROM file_pending WHERE file = ?`, f); err != nil {
			return err
		}
	}
	for _, ch := range step.matters {
		if err := s.write(ctx, tx, ch); err != nil {
			return err
		}
	}
	if step.up != nil {
		if err := step.up.insert(ctx, tx); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `UPDATE report SET wrapped = ?, moved_at = ?, moved_to = ?, waits = 0 WHERE id = ?`,
			[]byte{}, step.at, step.up.id, step.id)
		if err != nil {
			return err
		}
	}
	if err := putItems(ctx, tx, step.items); err != nil {
		return err
	}
	return s.queueNews(ctx, tx, step.news, step.at)
}

// tellReporter brings the news of a matter that was taken out of a report to whoever
// made the report.
func (s *Store) tellReporter(ctx context.Context, part *held, ch *change, rules petition.Rules, now time.Time) error {
	r, err := s.openReport(ctx, part.secrets.Whole)
	if petition.Is(err, petition.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	file, err := r.fold()
	if err != nil {
		return err
	}
	if len(petition.NewsWishes(part.c.Events)) == 0 { // none recorded for the matter itself
		ch.news = &newsChange{filing: r.filingID(), wishes: petition.NewsWishes(r.events)}
	}
	items, err := s.reportFolder(ctx, r, file, []*change{{id: part.c.ID, made: part.c}}, rules, now)
	ch.items = append(ch.items, items...)
	return err
}
