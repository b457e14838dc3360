package portal_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/portal"
	"huiyin/sql"
	"huiyin/sql/portaldb"
	"huiyin/sql/storetest"
)

// today is a Sunday; the notice clock then ends on Monday, 7 December.
var today = time.Date(2026, 11, 22, 1, 30, 0, 0, time.UTC)

// town is a portal with a real database and an office's keys beside it, so that tests
// can also look into what was sealed.
type town struct {
	t      testing.TB
	db     *sql.DB
	store  *recorder
	base   *portaldb.Store
	portal *portal.Portal
	server *httptest.Server
	keys   *exchange.PortalKeys
	office *exchange.OfficeKeys
	holder map[exchange.Holder]*exchange.HolderKey
	news   *exchange.HolderKey // the notifier's; nil where nobody is told of news
	log    *lockedBuffer
	secret [32]byte

	mu  sync.Mutex
	now time.Time
}

// lockedBuffer is a log that several requests write.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// recorder keeps every byte that a store is given.
type recorder struct {
	portal.Store
	mu    sync.Mutex
	given [][]byte
	fail  error // of the next writes
}

func (r *recorder) keep(bs ...[]byte) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.given = append(r.given, bs...)
	return r.fail
}

func (r *recorder) all() []byte {
	r.mu.Lock()
	defer r.mu.Unlock()
	return bytes.Join(r.given, []byte{'\n'})
}

func (r *recorder) SaveDraft(ctx context.Context, d portal.Draft) error {
	if err := r.keep(d.ID[:], d.Sealed); err != nil {
		return err
	}
	return r.Store.SaveDraft(ctx, d)
}

func (r *recorder) AddChunk(ctx context.Context, c portal.Chunk) error {
	if err := r.keep(c.Sealed); err != nil {
		return err
	}
	return r.Store.AddChunk(ctx, c)
}

func (r *recorder) File(ctx context.Context, f portal.Filed) (portal.Filing, error) {
	if err := r.keep(f.Copy, f.Grant.Wrapped, f.Grant.Locator[:], f.Item.Sealed, f.Receipt, f.Draft.Sealed, f.BodyHash[:],
		[]byte(fmt.Sprint(f.Grant.Rights, f.Item.To, f.Item.From))); err != nil {
		return portal.Filing{}, err
	}
	return r.Store.File(ctx, f)
}

func (r *recorder) Say(ctx context.Context, m portal.Said) error {
	if err := r.keep(m.Copy, m.Item.Sealed); err != nil {
		return err
	}
	return r.Store.Say(ctx, m)
}

func (r *recorder) Hit(ctx context.Context, bucket [32]byte, window time.Duration, now time.Time) (int, error) {
	if err := r.keep(bucket[:]); err != nil {
		return 0, err
	}
	return r.Store.Hit(ctx, bucket, window, now)
}

func newTown(t testing.TB) *town { return newTownWith(t, portal.Limits{}) }

func newTownWith(t testing.TB, limits portal.Limits) *town {
	t.Helper()
	w := &town{t: t, now: today, log: &lockedBuffer{}, holder: map[exchange.Holder]*exchange.HolderKey{}, secret: exchange.NewKey()}
	w.db = storetest.Open(t, storetest.SQLiteURL(t))
	if err := sql.Migrate(context.Background(), w.db, portaldb.Migrations()); err != nil {
		t.Fatal(err)
	}
	var err error
	if w.base, err = portaldb.New(portaldb.Config{DB: w.db, Now: w.clock}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.base.Close(context.Background()) })
	w.store = &recorder{Store: w.base}
	if w.keys, err = exchange.NewPortalKeys("portal"); err != nil {
		t.Fatal(err)
	}
	if w.office, err = exchange.NewOfficeKeys("office"); err != nil {
		t.Fatal(err)
	}
	w.direct(units, 1)
	w.restart(limits)
	return w
}

// restart makes a new portal over the same database and secret: another node, or the
// same one after a restart.
func (w *town) restart(limits portal.Limits) {
	w.t.Helper()
	p, err := portal.New(portal.Options{Store: w.store, Log: slog.New(slog.NewJSONHandler(w.log, nil)), Now: w.clock,
		Secret: w.secret, Signer: w.keys.Signer, Limits: limits, Name: "云川省网上信访"})
	if err != nil {
		w.t.Fatal(err)
	}
	w.portal = p
	w.server = httptest.NewServer(p.Handler())
	w.t.Cleanup(w.server.Close)
}

func (w *town) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *town) wait(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

func (w *town) id() petition.ID {
	w.t.Helper()
	id, err := petition.MakeID(w.clock(), rand.Reader)
	if err != nil {
		w.t.Fatal(err)
	}
	return id
}

func (w *town) arrive(a exchange.Arrival) {
	w.t.Helper()
	a.Item, a.From, a.Made = w.id(), "office", w.clock()
	if err := w.base.Apply(context.Background(), []exchange.Arrival{a}, nil); err != nil {
		w.t.Fatal(err)
	}
}

// direct sends a directory of the units, with keys for those that are hosted.
func (w *town) direct(list []petition.Unit, version int64) {
	w.t.Helper()
	d := exchange.Directory{Installation: "office", Name: "云川省网上信访", Version: version, Demo: true, Intake: w.office.Intake.Public()}
	if w.news != nil {
		d.News = exchange.NewsOffer{Key: w.news.Public(), Ways: petition.NewsWays}
	}
	for _, u := range list {
		e := exchange.UnitEntry{Unit: u}
		if u.Installation != "" {
			e.Key, e.Cadre = w.public(exchange.UnitHolder(u.ID)), w.public(exchange.CadreHolder(u.ID))
		}
		d.Units = append(d.Units, e)
	}
	w.arrive(exchange.Arrival{Directory: &d})
	w.wait(2 * time.Second) // the store may answer a second late
}

func (w *town) public(h exchange.Holder) []byte {
	w.t.Helper()
	if w.holder[h] == nil {
		k, err := exchange.NewHolderKey(exchange.NewKey())
		if err != nil {
			w.t.Fatal(err)
		}
		w.holder[h] = k
	}
	return w.holder[h].Public()
}

// units are one province, two cities and three counties; not all take filings online,
// and the province's own parent is hosted nowhere.
var units = []petition.Unit{
	{ID: "990000", Path: "/990000/", Level: petition.Province, Name: "云川省委组织部", Short: "省委组织部", Region: "990000", Area: "云川省",
		Pilot: true, Installation: "office", Address: "江州市中山路1号", Postcode: "650000", Phone: "0000-1000000", Hours: "工作日9:00至17:00", HoursEn: "Working days 9:00–17:00", Room: "省信访接待大厅1号室", LettersHandler: true},
	{ID: "990100", Parent: "990000", Path: "/990000/990100/", Level: petition.City, Name: "江州市委组织部", Short: "市委组织部", Region: "990100", Area: "江州市",
		Pilot: true, Installation: "office", Address: "江州市望江路1号", Postcode: "650001", Phone: "0000-1000100", Hours: "工作日9:00至17:00", Room: "市信访接待大厅2号室"},
	{ID: "990102", Parent: "990100", Path: "/990000/990100/990102/", Level: petition.County, Name: "青溪区委组织部", Short: "区委组织部", Region: "990102", Area: "青溪区",
		Pilot: true, Installation: "office", Address: "青溪区桥头街道8号", Postcode: "650002", Phone: "0000-1000102", Hours: "工作日9:00至17:00"},
	{ID: "990103", Parent: "990100", Path: "/990000/990100/990103/", Level: petition.County, Name: "望溪县委组织部", Short: "县委组织部", Region: "990103", Area: "望溪县",
		Installation: "office", Address: "望溪县城关镇3号", Postcode: "650003", Phone: "0000-1000103", Hours: "工作日9:00至17:00"},
	{ID: "990200", Parent: "990000", Path: "/990000/990200/", Level: petition.City, Name: "松岭市委组织部", Short: "市委组织部", Region: "990200", Area: "松岭市",
		Installation: "office", Address: "松岭市人民路5号", Postcode: "651000", Phone: "0000-1000200", Hours: "工作日9:00至17:00"},
	{ID: "990201", Parent: "990200", Path: "/990000/990200/990201/", Level: petition.County, Name: "临河县委组织部", Short: "县委组织部", Region: "990201", Area: "临河县",
		Installation: "office", Address: "临河县河滨路2号", Postcode: "651001", Phone: "0000-1000201", Hours: "工作日9:00至17:00"},
}

// HolderKey and ReadingKey let the town open what the portal sealed, as an office does.
func (w *town) HolderKey(_ context.Context, h exchange.Holder) (*exchange.HolderKey, error) {
	k := w.holder[h]
	if k == nil {
		return nil, &petition.Error{Kind: petition.NotFound}
	}
	return k, nil
}

// ReadingKey finds the key of a filing by opening all filings in the outbox.
func (w *town) ReadingKey(ctx context.Context, filing petition.ID) (exchange.Key, error) {
	for _, it := range w.outbox() {
		if o, err := w.opens(ctx, it, holdersOnly{w}); err == nil && o.Filing != nil && o.Filing.ID == filing {
			return o.Filing.Reading, nil
		}
	}
	return exchange.Key{}, &petition.Error{Kind: petition.NotFound}
}

// holdersOnly knows no reading keys, so that only filings open.
type holdersOnly struct{ *town }

func (holdersOnly) ReadingKey(context.Context, petition.ID) (exchange.Key, error) {
	return exchange.Key{}, &petition.Error{Kind: petition.NotFound}
}

func (w *town) opens(ctx context.Context, it exchange.Item, keys exchange.Keyring) (exchange.Opened, error) {
	return exchange.Open(ctx, it, exchange.Opener{Installation: "office", Intake: w.office.Intake,
		Portals: exchange.Trusted{"portal": w.keys.Signer.Public()}, Keys: keys})
}

// outbox is every item on its way to the office.
func (w *town) outbox() []exchange.Item {
	w.t.Helper()
	var rows []struct {
		ID     sql.ID     `db:"id"`
		From   string     `db:"sender"`
		To     string     `db:"recipient"`
		Made   sql.Moment `db:"made"`
		Sealed []byte     `db:"sealed"`
		Sig    []byte     `db:"sig"`
	}
	if err := w.db.Select(context.Background(), &rows, `SELECT id, sender, recipient, made, sealed, sig FROM outbox ORDER BY id`); err != nil {
		w.t.Fatal(err)
	}
	all := make([]exchange.Item, 0, len(rows))
	for _, r := range rows {
		all = append(all, exchange.Item{ID: petition.ID(r.ID), From: r.From, To: r.To, Made: r.Made.Time, Sealed: r.Sealed, Sig: r.Sig})
	}
	return all
}

// filings and messages are what the office would read.
func (w *town) mail() (filings []exchange.SealedFiling, messages []exchange.Message, holders []exchange.Holder) {
	w.t.Helper()
	for _, it := range w.outbox() {
		o, err := w.opens(context.Background(), it, w)
		switch {
		case err != nil:
			w.t.Fatalf("the office cannot open an item: %v", err)
		case o.Filing != nil:
			filings, holders = append(filings, *o.Filing), append(holders, o.Holder)
		case o.Message != nil:
			messages = append(messages, *o.Message)
		}
	}
	return filings, messages, holders
}

// release sends the folder of a filing.
func (w *town) release(f exchange.SealedFiling, folder petition.Folder) {
	w.t.Helper()
	u, err := exchange.SealFolder(f.Reading, f.ID, folder)
	if err != nil {
		w.t.Fatal(err)
	}
	w.arrive(exchange.Arrival{Folder: &u})
}

// firstOf is the first filing on its way.
func firstOf(w *town) exchange.SealedFiling {
	w.t.Helper()
	filings, _, _ := w.mail()
	if len(filings) == 0 {
		w.t.Fatal("nothing was filed")
	}
	return filings[0]
}
