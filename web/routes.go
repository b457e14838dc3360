package web

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

// Routes is the list of a face's routes, grouped by who may come. Every route is
// registered through a guard; a test compares the list with the engine's own.
type Routes struct {
	Engine *gin.Engine
	List   []Route
	site   *Site
}

// Route is one line of the list.
type Route struct{ Method, Path, Guard string }

// Group is the routes behind one guard.
type Group struct {
	routes *Routes
	name   string
	guards []gin.HandlerFunc
}

// NewRoutes makes an engine with the manners of every page. proxies are the
// addresses whose X-Forwarded-For is believed; none by default.
func (s *Site) NewRoutes(proxies []string, uploads ...string) (*Routes, error) {
	gin.SetMode(gin.ReleaseMode)
	e := gin.New()
	if err := e.SetTrustedProxies(proxies); err != nil {
		return nil, err
	}
	e.HandleMethodNotAllowed = true
	e.Use(s.Headers, s.Recover, s.CrossOrigin(), s.Limit(uploads...), s.Switches)
	lost := func(c *gin.Context) { s.Fail(c, NotFound()) }
	e.NoRoute(lost)
	e.NoMethod(lost)
	return &Routes{Engine: e, site: s}, nil
}

// Guard starts a group: name says who may come, guards keep the others out.
func (r *Routes) Guard(name string, guards ...gin.HandlerFunc) *Group {
	return &Group{r, name, guards}
}

func (g *Group) add(method, path string, h Handler) {
	g.routes.List = append(g.routes.List, Route{method, path, g.name})
	g.routes.Engine.Handle(method, path, append(append([]gin.HandlerFunc{}, g.guards...), g.routes.site.Handle(h))...)
}

// GET registers a page; HEAD answers alike.
func (g *Group) GET(path string, h Handler) {
	g.add(http.MethodGet, path, h)
	g.add(http.MethodHead, path, h)
}

// POST registers an act.
func (g *Group) POST(path string, h Handler) { g.add(http.MethodPost, path, h) }
