package backoffice

import (
	"strings"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// reader is who is signed in, as the layout shows it (Frame.Who).
type reader struct {
	Name   string
	Unit   string
	Search bool // may look cases up by number
	Rail   []railGroup
	Switch string // this page in the other language
}

type railGroup struct {
	Key   string
	Items []railItem
}

// railItem is a link of the rail: only what the role may open is there.
type railItem struct {
	Key, Icon, To string
	Current       bool
	Count         int
	Danger        bool
}

// frame puts the session into every page.
func (w *Office) frame(c *gin.Context, f *web.Frame) {
	f.Name, f.Demo = w.name, w.demo
	s := who(c)
	f.Token = s.Form
	if s.Actor.Kind != petition.ByStaff {
		return
	}
	r := &reader{Name: s.Actor.Name, Unit: string(s.Actor.Unit), Switch: inLanguage(c, f.Other)}
	if rules, err := w.store.Rules(c.Request.Context()); err == nil {
		r.Unit = unitName(rules, s.Actor.Unit)
	}
	if unsettled(s) == "" {
		r.Search = s.Actor.Is(deskRoles...)
		r.Rail = rail(s.Actor, c.Request.URL.RequestURI(), pills(c))
	}
	f.Who = r
}

// inLanguage is the address of this page, its filters kept, in a language.
func inLanguage(c *gin.Context, lang string) string {
	q := c.Request.URL.Query()
	q.Set("lang", lang)
	return c.Request.URL.Path + "?" + q.Encode()
}

// pill is what a page learned about the lists while it was made; the rail shows it.
type pill struct{ todo, over, notices, requests, loose int }

func pills(c *gin.Context) pill {
	v, _ := c.Get(countsKey)
	p, _ := v.(pill)
	return p
}

func rail(a petition.Actor, at string, p pill) []railGroup {
	var all []railGroup
	add := func(key string, items ...railItem) {
		for i := range items {
			items[i].Current = isAt(at, items[i].To)
		}
		all = append(all, railGroup{key, items})
	}
	if a.Is(leaderRoles...) {
		add("rail.watch", railItem{Key: "rail.leader", Icon: "home", To: "/leader"},
			railItem{Key: "rail.backlog", Icon: "clock", To: "/backlog"},
			railItem{Key: "rail.loose", Icon: "link", To: "/loose", Count: p.loose, Danger: true})
	}
	if a.Is(deskRoles...) {
		add("rail.work",
			railItem{Key: "rail.todo", Icon: "check", To: "/queue?todo=yes", Count: p.todo},
			railItem{Key: "rail.queue", Icon: "inbox", To: "/queue"},
			railItem{Key: "rail.mine", Icon: "user", To: "/queue?mine=yes"},
			railItem{Key: "rail.over", Icon: "flag", To: "/queue?due=over", Count: p.over, Danger: true},
			railItem{Key: "rail.soon", Icon: "clock", To: "/queue?due=soon"},
			railItem{Key: "rail.duties", Icon: "flag", To: "/duties"},
			railItem{Key: "rail.reception", Icon: "users", To: "/reception"},
			railItem{Key: "rail.search", Icon: "search", To: "/search"})
		add("rail.policy",
			railItem{Key: "rail.policies", Icon: "scale", To: "/policies"}, railItem{Key: "rail.gaps", Icon: "flag", To: "/gaps"})
		add("rail.ledgers", books(a)...)
	}
	if a.Is(petition.Registrar) {
		add("rail.register",
			railItem{Key: "rail.letter", Icon: "letter", To: "/register/letter"},
			railItem{Key: "rail.batch", Icon: "plus", To: "/register/batch"},
			railItem{Key: "rail.visit", Icon: "users", To: "/register/visit"},
			railItem{Key: "rail.call", Icon: "phone", To: "/register/call"})
	}
	if a.Is(counterRoles...) {
		add("rail.desk", railItem{Key: "rail.visits", Icon: "users", To: "/visits"},
			railItem{Key: "rail.import", Icon: "down", To: "/import"})
		add("rail.told", railItem{Key: "rail.notices", Icon: "talk", To: "/notices", Count: p.notices})
	}
	if a.Is(petition.OfficeHead) {
		add("rail.unit", railItem{Key: "rail.papers", Icon: "pen", To: "/papers"})
	}
	if a.Is(cadreRoles...) {
		add("rail.sealed", railItem{Key: "rail.reports", Icon: "lock", To: "/reports"},
			railItem{Key: "rail.inspections", Icon: "eye", To: "/inspections"})
	} else if a.Is(sealedReaders...) {
		add("rail.sealed", railItem{Key: "rail.put_up", Icon: "lock", To: "/reports"})
	}
	railOfAdministrators(a, p, add)
	add("rail.own",
		railItem{Key: "rail.me", Icon: "key", To: "/me"},
		railItem{Key: "rail.about", Icon: "info", To: "/about"})
	return all
}

// books is what is kept beside the cases.
func books(a petition.Actor) []railItem {
	all := []railItem{{Key: "rail.ledger_list", Icon: "book", To: "/ledgers"}, {Key: "rail.firsts", Icon: "star", To: "/firsts"}}
	if a.Is(overseers...) {
		all = append(all, railItem{Key: "rail.indicators", Icon: "chart", To: "/indicators"},
			railItem{Key: "rail.analysis", Icon: "chart", To: "/analysis"})
	}
	if a.Is(accountRoles...) {
		all = append(all, railItem{Key: "rail.accountability", Icon: "scale", To: "/accountability"})
	}
	if a.Is(handoverRoles...) {
		all = append(all, railItem{Key: "rail.handover", Icon: "swap", To: "/handover"})
	}
	if a.Is(overseers...) {
		all = append(all, railItem{Key: "rail.issues", Icon: "link", To: "/issues"}, railItem{Key: "rail.annual", Icon: "book", To: "/annual"})
	}
	if a.Is(inspectionRoles...) {
		all = append(all, railItem{Key: "rail.inspections", Icon: "eye", To: "/inspections"})
	}
	all = append(all, railItem{Key: "rail.disputes", Icon: "flag", To: "/disputes"})
	if a.Is(incidentRoles...) {
		all = append(all, railItem{Key: "rail.incidents", Icon: "shield", To: "/incidents"})
	} else if a.Is(counterRoles...) {
		all = append(all, railItem{Key: "rail.incident_new", Icon: "shield", To: "/incidents/new"})
	}
	all = append(all, railItem{Key: "rail.team", Icon: "users", To: "/team"}, railItem{Key: "rail.directory", Icon: "building", To: "/directory"},
		railItem{Key: "rail.rules", Icon: "scale", To: "/rules"})
	return all
}

// railOfAdministrators is what each of the three has to do.
func railOfAdministrators(a petition.Actor, p pill, add func(key string, items ...railItem)) {
	if a.Is(keeperRoles...) {
		add("rail.accounts",
			railItem{Key: "rail.account_list", Icon: "users", To: "/accounts"},
			railItem{Key: "rail.requests", Icon: "check", To: "/requests", Count: p.requests})
	}
	if a.Is(systemRoles...) {
		add("rail.system", railItem{Key: "rail.units", Icon: "building", To: "/units"}, railItem{Key: "rail.mergers", Icon: "swap", To: "/mergers"},
			railItem{Key: "rail.limits", Icon: "clock", To: "/limits"})
	} else if a.Is(securityRoles...) {
		add("rail.system", railItem{Key: "rail.mergers", Icon: "swap", To: "/mergers"})
	}
	if a.Is(auditRoles...) {
		add("rail.auditing", railItem{Key: "rail.audit", Icon: "book", To: "/audit"},
			railItem{Key: "rail.touched", Icon: "lock", To: "/audit/sealed"},
			railItem{Key: "rail.view_requests", Icon: "eye", To: "/view-requests"})
	}
}

// isAt tells whether a link leads to the page shown: the same address, or a page
// below it.
func isAt(at, to string) bool {
	path, query, _ := strings.Cut(to, "?")
	atPath, atQuery, _ := strings.Cut(at, "?")
	if query != "" || path == "/queue" {
		narrowed := ""
		for _, q := range []string{"mine=yes", "todo=yes", "due=over", "due=soon"} {
			if strings.Contains("&"+atQuery+"&", "&"+q+"&") {
				narrowed = q
				break
			}
		}
		return atPath == path && narrowed == query
	}
	return atPath == path || strings.HasPrefix(atPath, path+"/")
}

// unitName is a unit's short name; its code where the directory lacks it.
func unitName(r petition.Rules, id petition.UnitID) string {
	if u, ok := r.Units.Unit(id); ok {
		return u.Short
	}
	return string(id)
}
