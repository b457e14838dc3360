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
	w.routes, err = w.site.NewRoutes(o.Proxies, "/cases/:id/note", "/register/:channel", "/import")
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

// list is every route, grouped by who may come.
func (w *Office) list(r *web.Routes) {
	anybody := r.Guard("anybody")
	anybody.GET("/static/*file", w.showStatic)
	anybody.GET("/sign-in", w.showSignIn)
	anybody.POST("/sign-in", w.signIn)

	// Whoever has an account, also one whose password must be changed or whose second
	// factor must be bound first.
	account := r.Guard("account", w.signedIn)
	account.GET("/me", w.showMe)
	account.GET("/me/password", w.showMe)
	account.POST("/me/password", w.changePassword)
	account.POST("/me/session", w.endSession)
	account.GET("/me/code", w.askBind)
	account.POST("/me/code", w.bind)
	account.POST("/sign-out", w.signOut)

	staff := r.Guard("staff", w.signedIn, w.settled)
	staff.GET("/", w.showHome)
	staff.GET("/about", w.showAbout)

	desk := r.Guard("desk", w.signedIn, w.settled, w.only(deskRoles...))
	desk.GET("/queue", w.showQueue)
	desk.GET("/queue/export", w.askExport)
	desk.POST("/queue/export", w.exportQueue)
	desk.GET("/find", w.showFind)
	desk.GET("/cases/:id", w.showCase)
	desk.GET("/cases/:id/letters/:n", w.showLetter)
	desk.GET("/cases/:id/letters/:n/:form", w.takeLetter)
	desk.GET("/cases/:id/check", w.showCheck)
	desk.POST("/cases/:id/check", w.check)
	desk.POST("/cases/:id/note", w.note)
	desk.GET("/cases/:id/:action", w.showTask)
	desk.POST("/cases/:id/:action", w.doTask)

	desk.GET("/search", w.showSearch)
	desk.POST("/search", w.search)

	desk.GET("/ledgers", w.showLedgers)
	desk.GET("/ledgers/:ledger", w.showLedger)
	desk.POST("/ledgers/:ledger", w.takeLedger)
	desk.GET("/firsts", w.showFirsts)

	desk.GET("/duties", w.showDuties)
	desk.GET("/set-duty/:kind", w.showSetDuty)
	desk.POST("/set-duty/:kind", w.doSetDuty)
	desk.GET("/duties/:id", w.showDuty)
	desk.GET("/duties/:id/:action", w.askDutyAct)
	desk.POST("/duties/:id/:action", w.doDutyAct)
	desk.GET("/policies", w.showPolicies)
	desk.GET("/policies/:id", w.showPolicy)
	desk.GET("/gaps", w.showGaps)
	desk.GET("/gaps/:id", w.showGap)
	desk.POST("/gaps/:id", w.stepGap)
	desk.GET("/directory", w.showDirectory)
	desk.GET("/rules", w.showRules)
	desk.GET("/rules/:id", w.showRule)
	desk.GET("/reception", w.showReception)
	desk.GET("/reception/:id", w.showSession)
	desk.GET("/disputes", w.showDisputes)
	desk.POST("/disputes", w.takeDisputes)
	desk.GET("/disputes/:id", w.showDispute)

	accounting := r.Guard("accounting", w.signedIn, w.settled, w.only(accountRoles...))
	accounting.GET("/accountability", w.showAccountabilities)
	accounting.GET("/accountability/:id", w.showAccountability)
	accounting.POST("/accountability/:id", w.stepAccountability)

	supervising := r.Guard("supervising", w.signedIn, w.settled, w.only(petition.Supervisor))
	supervising.GET("/accountability/new", w.showNewAccountability)
	supervising.POST("/accountability/new", w.openAccountability)

	handover := r.Guard("handover", w.signedIn, w.settled, w.only(handoverRoles...))
	handover.GET("/handover", w.showHandover)
	handover.POST("/handover", w.handOver)

	planner := r.Guard("planner", w.signedIn, w.settled, w.only(plannerRoles...))
	planner.POST("/reception", w.actPlan)
	planner.GET("/reception/:id/instruct", w.showInstruct)
	planner.POST("/reception/:id/instruct", w.instruct)

	recorder := r.Guard("recorder", w.signedIn, w.settled, w.only(recorderRoles...))
	recorder.GET("/disputes/new", w.showNewDispute)
	recorder.POST("/disputes/new", w.addDispute)
	recorder.POST("/disputes/:id", w.stepDispute)

	incidents := r.Guard("incidents", w.signedIn, w.settled, w.only(incidentRoles...))
	incidents.GET("/incidents", w.showIncidents)
	incidents.POST("/incidents", w.openIncidents)

	reveal := r.Guard("reveal", w.signedIn, w.settled, w.only(revealers...))
	reveal.GET("/cases/:id/identity", w.askIdentity)
	reveal.POST("/cases/:id/identity", w.reveal)
	reveal.POST("/cases/:id/letters/:n/:form", w.takeNamedLetter)
	reveal.GET("/cases/:id/files/:file", w.askFile)
	reveal.POST("/cases/:id/files/:file", w.openFile)

	counter := r.Guard("counter", w.signedIn, w.settled, w.only(counterRoles...))
	counter.GET("/cases/:id/code", w.askCode)
	counter.POST("/cases/:id/code", w.replaceCode)
	counter.GET("/reception/:id/seat", w.showSeat)
	counter.POST("/reception/:id/seat", w.keepSeat)
	counter.GET("/incidents/new", w.showNewIncident)
	counter.POST("/incidents/new", w.addIncident)
	counter.GET("/import", w.showImport)
	counter.POST("/import", w.uploadLedger)
	counter.GET("/import/sample.xlsx", w.sampleLedger)
	counter.GET("/import/:form/:file", w.mapLedger)
	counter.GET("/import/:form/:file/check", w.checkLedger)
	counter.GET("/import/:form/:file/report.xlsx", w.ledgerReport)
	counter.POST("/import/:form/:file", w.importLedger)
	counter.GET("/visits", w.showVisits)
	counter.POST("/visits", w.addVisit)
	counter.POST("/visits/out", w.takeVisits)
	counter.GET("/visits/:id", w.showVisit)
	counter.POST("/visits/:id", w.stepVisit)
	counter.GET("/notices", w.showNotices)
	counter.GET("/notices/:id/:n", w.showNotice)
	counter.POST("/notices/:id/:n", w.takeNote)

	register := r.Guard("register", w.signedIn, w.settled, w.only(petition.Registrar))
	register.GET("/register/batch", w.showBatch)
	register.POST("/register/batch", w.batch)
	register.POST("/register/batch/slips", w.batchSlips)
	register.GET("/register/:channel", w.showIntake)
	register.POST("/register/:channel", w.intake)

	head := r.Guard("head", w.signedIn, w.settled, w.only(petition.OfficeHead))
	head.GET("/rules/new", w.showNewRule)
	head.POST("/rules/new", w.saveNewRule)
	head.GET("/rules/:id/edit", w.showEditRule)
	head.POST("/rules/:id/edit", w.saveEditRule)
	head.GET("/reception/new", w.showNewSession)
	head.POST("/reception/new", w.saveNewSession)
	head.GET("/reception/:id/edit", w.showEditSession)
	head.POST("/reception/:id/edit", w.saveEditSession)
	head.POST("/reception/:id/off", w.callOff)
	head.GET("/directory/edit", w.showCard)
	head.POST("/directory/edit", w.saveCard)
	head.GET("/papers", w.showOwnList)
	head.GET("/papers/:kind", w.showOwn)
	head.POST("/papers/:kind", w.saveOwn)
	head.GET("/policies/new", w.askPolicy)
	head.POST("/policies/new", w.savePolicy)
	head.GET("/policies/:id/edit", w.askPolicy)
	head.POST("/policies/:id/edit", w.savePolicy)

	leader := r.Guard("leader", w.signedIn, w.settled, w.only(leaderRoles...))
	leader.GET("/leader", w.showLeader)
	leader.GET("/backlog", w.showBacklog)

	cadre := r.Guard("cadre", w.signedIn, w.settled, w.only(sealedReaders...))
	cadre.GET("/reports", w.showReports)
	cadre.GET("/reports/digest", w.showDigest)
	cadre.GET("/reports/:id", w.askReport)
	cadre.POST("/reports/:id", w.openReport)
	cadre.GET("/reports/:id/files/:file", w.askSealedFile)
	cadre.POST("/reports/:id/files/:file", w.openSealedFile)
	cadre.GET("/reports/:id/:action", w.showSealed)
	cadre.POST("/reports/:id/:action", w.doSealed)

	compartment := r.Guard("compartment", w.signedIn, w.settled, w.only(cadreRoles...))
	compartment.POST("/compartment", w.handOverCompartment)
	compartment.GET("/reports/search", w.showSealedSearch)
	compartment.POST("/reports/search", w.searchSealed)
	compartment.POST("/reports/digest", w.putDigest)

	w.listAdministration(r)
}

// listAdministration is the routes of the three administrators.
func (w *Office) listAdministration(r *web.Routes) {
	keeper := r.Guard("keeper", w.signedIn, w.settled, w.only(keeperRoles...))
	keeper.GET("/accounts", w.showAccounts)
	keeper.GET("/accounts/:id", w.showAccount)
	keeper.GET("/requests", w.showRequests)
	keeper.GET("/requests/:id", w.showRequest)
	keeper.GET("/mergers", w.showMergers)
	keeper.GET("/mergers/:id", w.showMerger)

	system := r.Guard("system", w.signedIn, w.settled, w.only(systemRoles...))
	system.GET("/units", w.showUnits)
	system.GET("/limits", w.showLimits)
	system.GET("/limits/calendar", w.showCalendar)
	system.POST("/limits/calendar", w.draftCalendar)
	system.GET("/limits/local", w.showLocalLaw)
	system.POST("/limits/local", w.draftLocalLaw)
	system.GET("/limits/:id", w.showLimit)
	system.POST("/limits/:id", w.applyLimit)
	system.GET("/mergers/new", w.showMerge)
	system.POST("/mergers/new", w.askMerge)
	system.POST("/mergers/:id/close", w.closeUnit)
	system.GET("/accounts/new", w.askNew)
	system.POST("/accounts/new", w.postNew)
	system.GET("/accounts/:id/change", w.askChange)
	system.POST("/accounts/:id/change", w.postChange)
	system.GET("/accounts/:id/close", w.askAct("close"))
	system.POST("/accounts/:id/close", w.doAct("close"))
	system.GET("/accounts/:id/sessions", w.askAct("sessions"))
	system.POST("/accounts/:id/sessions", w.doAct("sessions"))

	security := r.Guard("security", w.signedIn, w.settled, w.only(securityRoles...))
	security.POST("/requests/:id", w.decideRequest)
	security.POST("/mergers/:id", w.decideMerger)
	security.GET("/accounts/:id/password", w.askAct("password"))
	security.POST("/accounts/:id/password", w.doAct("password"))
	security.GET("/accounts/:id/unbind", w.askAct("unbind"))
	security.POST("/accounts/:id/unbind", w.doAct("unbind"))

	audit := r.Guard("audit", w.signedIn, w.settled, w.only(auditRoles...))
	audit.GET("/audit", w.showAudit)
	audit.POST("/audit", w.checkLog)
	audit.GET("/audit/sealed", w.showTouched)
	audit.GET("/audit.xlsx", w.exportAudit)
	audit.GET("/view-requests", w.showViewRequests)
	audit.GET("/view-requests/:id", w.showViewRequest)
	audit.POST("/view-requests/:id", w.answerViews)
}

func (w *Office) showStatic(c *gin.Context) error {
	static.Handler().ServeHTTP(c.Writer, c.Request)
	return nil
}
