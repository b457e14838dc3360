package portal

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/attachment"
	"huiyin/exchange"
	"huiyin/petition"
	"huiyin/web"
)

// Options make a Portal. Store, Log, Secret and Signer are needed.
type Options struct {
	Store   Store
	Log     *slog.Logger
	Now     func() time.Time   // default time.Now
	Secret  [32]byte           // the same on every node: captcha tokens and sessions
	Signer  exchange.Signer    // signs items and receipts in the portal's name
	Scanner attachment.Scanner // asked about every attachment; nil: none
	Days    *petition.Calendar // default: the schedules that come with the program
	Limits  Limits             // of tries per client; zero fields are defaults
	TLS     bool               // reached over TLS
	Proxies []string           // whose X-Forwarded-For is believed; none by default
	Origin  string             // "https://xf.example.gov.cn", for the receipt's QR; "": as the visitor reached us
	Name    string             // of the deployment, until the office has sent its directory
}

// Portal is the citizen's face.
type Portal struct {
	store   Store
	log     *slog.Logger
	now     func() time.Time
	site    *web.Site
	public  *web.Public
	captcha *web.Captchas
	atlas   *atlas
	signer  exchange.Signer
	session exchange.Key // closes follow sessions
	laws    petition.Laws
	days    *petition.Calendar
	limits  Limits
	files   attachment.Limits
	uploads chan struct{} // how many files are looked at at once: each takes up to 60 MB
	origin  string
	name    string
	texts   texts
	routes  *web.Routes
	just    justFiled
}

// maxUploads bounds the memory that attachments being looked at take.
const maxUploads = 4

// New makes the portal. It fails if something needed is missing or a page does not
// parse.
func New(o Options) (*Portal, error) {
	if o.Store == nil || o.Log == nil || o.Secret == ([32]byte{}) || len(o.Signer.Key) == 0 {
		return nil, errors.New("portal: Store, Log, Secret and Signer are needed")
	}
	p := newPortal(o)
	if err := p.prepare(o); err != nil {
		return nil, fmt.Errorf("portal: %w", err)
	}
	return p, nil
}

func newPortal(o Options) *Portal {
	p := &Portal{
		store: o.Store, log: o.Log, now: o.Now, signer: o.Signer, origin: o.Origin, name: o.Name,
		atlas: &atlas{store: o.Store}, laws: petition.DefaultLaws(), days: o.Days,
		session: exchange.Key(o.Secret).Derive("portal follow session"),
		limits:  o.Limits.withDefaults(), files: attachment.Limits{Scanner: o.Scanner},
		uploads: make(chan struct{}, maxUploads), just: justFiled{all: map[[32]byte]filedDraft{}},
	}
	if p.now == nil {
		p.now = time.Now
	}
	if p.days == nil {
		p.days = petition.DefaultCalendar()
	}
	return p
}

// prepare reads pages and texts and lists the routes.
func (p *Portal) prepare(o Options) (err error) {
	if p.texts, err = readTexts(); err != nil {
		return err
	}
	captchaKey := exchange.Key(o.Secret).Derive("portal captcha")
	if p.captcha, err = web.NewCaptchas(captchaKey, p.now); err != nil {
		return err
	}
	pages, err := fs.Sub(pageFiles, "pages")
	if err != nil {
		return err
	}
	words, err := fs.Sub(textFiles, "text")
	if err != nil {
		return err
	}
	p.site, err = web.New(web.Options{Pages: pages, Texts: []fs.FS{words}, Log: o.Log, TLS: o.TLS, Now: p.now,
		Framer: p.frame, Funcs: pageFuncs})
	if err != nil {
		return err
	}
	p.public = web.NewPublic(p.site)
	p.routes, err = p.list(o.Proxies)
	return err
}

// Handler serves every address of the portal.
func (p *Portal) Handler() http.Handler { return p.routes.Engine }

// Routes lists the addresses with their guards.
func (p *Portal) Routes() []web.Route { return p.routes.List }

// Captchas lets tests and benchmarks act as a person who can see.
func (p *Portal) Captchas() *web.Captchas { return p.captcha }

// Ready tells whether the portal can take petitions in now.
func (p *Portal) Ready(ctx context.Context) error {
	if err := p.store.Ping(ctx); err != nil {
		return err
	}
	_, err := p.atlas.world(ctx)
	return err
}

// face is what the layout of every page shows of the deployment.
type face struct {
	Main   petition.Unit // whose address stands at the foot
	Foot   template.HTML
	Writer bool // a draft is open in this browser
}

// frame puts the deployment's name and the form token into each page.
func (p *Portal) frame(c *gin.Context, f *web.Frame) {
	w, err := p.atlas.world(c.Request.Context())
	if err != nil {
		w = p.atlas.known()
	}
	f.Name, f.Demo = w.name, w.demo
	if f.Name == "" {
		f.Name = p.name
	}
	if token, ok := c.Get(tokenKey); ok {
		f.Token, _ = token.(string)
	}
	f.Face = face{Main: w.main(), Foot: p.foot(w, f.Lang)}
}

// foot is the foot of every page, drawn once for a world and language.
func (p *Portal) foot(w *world, lang string) template.HTML {
	if kept, ok := w.feet.Load(lang); ok {
		return kept.(template.HTML)
	}
	foot, err := p.site.Part(lang, "foot", w.main())
	if err != nil { // the page without it is better than none
		p.log.Error("the foot of pages", "err", err)
		return ""
	}
	w.feet.Store(lang, foot)
	return foot
}

// rules are what dates and clocks on the portal are reckoned by, laid together once for
// a world.
func (p *Portal) rules(w *world) petition.Rules {
	w.ruled.Do(func() {
		w.rules = petition.Rules{Units: w.units, Laws: slices.Concat(p.laws, w.local), Days: p.days.With(w.days)}
	})
	return w.rules
}
