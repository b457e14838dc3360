package backoffice

import (
	"context"
	"crypto/rand"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/attachment"
	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/static"
	"huiyin/web"
)

//go:embed pages/*.html text/*.toml papers/*.tmpl data/*.toml
var files embed.FS

// Texts is the face's own sentences; web.Texts has those that both faces share.
func Texts() fs.FS {
	sub, err := fs.Sub(files, "text")
	if err != nil { // the folder is embedded
		panic(err)
	}
	return sub
}

// Options make an Office. Store and Log are needed.
type Options struct {
	Store     Store
	Log       *slog.Logger
	Now       func() time.Time // time.Now if nil
	Random    io.Reader        // the system's if nil
	TLS       bool             // reached over TLS
	Proxies   []string         // whose X-Forwarded-For is believed
	Name      string           // of the deployment
	Demo      bool             // every page says that it is a demonstration
	PublicURL string           // of the portal, printed on code slips: "https://xf.example.cn"

	Scanner attachment.Scanner // asked about internal documents; nil: none
	News    exchange.NewsOffer // how petitioners can be told of news; empty: they cannot
	Font    string             // TrueType file for PDF; Debian's fonts-lxgw-wenkai if empty
}

// Office is the staff face.
type Office struct {
	store  Store
	site   *web.Site
	routes *web.Routes
	papers papers
	bodies []body
	words  ledgerWords
	random io.Reader
	public string
	name   string
	demo   bool

	scanner attachment.Scanner
	press   press
	news    exchange.NewsOffer
}

// New makes the face. It fails if something is missing or a page, text or paper does
// not parse.
func New(o Options) (*Office, error) {
	if o.Store == nil || o.Log == nil {
		return nil, errors.New("back office: store and log are needed")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	w := &Office{store: o.Store, random: o.Random, public: o.PublicURL, name: o.Name, demo: o.Demo,
		scanner: o.Scanner, press: press{path: o.Font}, news: o.News}
	var err error
	if w.papers, err = readPapers(files); err != nil {
		return nil, err
	}
	if w.bodies, err = readBodies(files); err != nil {
		return nil, err
	}
	if w.words, err = readLedgerWords(files); err != nil {
		return nil, err
	}
	pages, err := fs.Sub(files, "pages")
	if err != nil {
		return nil, fmt.Errorf("pages: %w", err)
	}
	w.site, err = web.New(web.Options{Pages: pages, Texts: []fs.FS{Texts()}, Log: o.Log, TLS: o.TLS,
		Now: o.Now, Funcs: w.funcs, Framer: w.frame})
	if err != nil {
		return nil, err
	}
	w.routes, err = w.site.NewRoutes(o.Proxies, "/cases/:id/note", "/register/:channel", "/register/batch", "/import")
	if err != nil {
		return nil, err
	}
	w.list(w.routes)
	return w, nil
}

// Handler serves every page.
func (w *Office) Handler() http.Handler { return w.routes.Engine }

// Routes is the list of routes with their guards.
func (w *Office) Routes() []web.Route { return w.routes.List }

// Ready tells whether the database answers.
func (w *Office) Ready(ctx context.Context) error { return w.store.Ping(ctx) }

// Who may come where. What a guard keeps out of sight answers 404; what a case offers
// to whom is decided by petition and, row by row, by the store.
var (
	deskRoles = []petition.Role{petition.Registrar, petition.OfficeHead, petition.Handler, petition.UnitHead,
		petition.Leader, petition.ClosingAuditor, petition.Supervisor}
	counterRoles = []petition.Role{petition.Registrar, petition.OfficeHead}
	// accountRoles answer for first petitions, or have them answered for.
	accountRoles = []petition.Role{petition.Supervisor, petition.Leader, petition.OfficeHead}
	// handoverRoles give what a leaver has in hand to a colleague.
	handoverRoles = []petition.Role{petition.OfficeHead, petition.UnitHead}
	// recorderRoles write down what a unit notes besides its cases.
	recorderRoles = []petition.Role{petition.Registrar, petition.OfficeHead, petition.Handler, petition.UnitHead}
	// plannerRoles draw up and approve the plan of leaders' reception.
	plannerRoles = []petition.Role{petition.OfficeHead, petition.Leader}
	// incidentRoles read what happened at the reception, with a purpose.
	incidentRoles = []petition.Role{petition.OfficeHead, petition.Leader}
	leaderRoles   = []petition.Role{petition.Leader, petition.OfficeHead, petition.Supervisor}
	cadreRoles    = []petition.Role{petition.CadreSupervisor}
	// The three administrators. What one of them may do, no other may.
	systemRoles   = []petition.Role{petition.SystemAdmin}
	securityRoles = []petition.Role{petition.SecurityAdmin}
	auditRoles    = []petition.Role{petition.AuditAdmin}
	keeperRoles   = []petition.Role{petition.SystemAdmin, petition.SecurityAdmin}
	// sealedReaders open reports about cadres: the compartment's own people, and leaders
	// what was put up to them.
	sealedReaders = []petition.Role{petition.CadreSupervisor, petition.Leader}
	// revealers may see who a petitioner is, with a purpose. Leaders and supervisors
	// decide on the matter, not on the person.
	revealers = []petition.Role{petition.Registrar, petition.OfficeHead, petition.Handler,
		petition.UnitHead, petition.ClosingAuditor}
)

func (w *Office) showStatic(c *gin.Context) error {
	static.Handler().ServeHTTP(c.Writer, c.Request)
	return nil
}
