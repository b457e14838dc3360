package backoffice

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// teamPage is the view of pages/team.html: who carries a unit's petition work (clauses
// 12, 14).
type teamPage struct {
	Unit   petition.Unit
	Parts  []teamPart
	Lacks  []petition.TeamLack
	Year   int
	Writes bool
	Above  bool // the reader sees more units than this one
}

// teamPart is the lines of one kind: those that hold, or the newest; and those before.
type teamPart struct {
	Kind  petition.TeamKind
	Holds bool
	Rows  []petition.TeamEntry
	Past  []teamPast
}

// teamPast is a line that held until another ended it.
type teamPast struct {
	petition.TeamEntry
	End petition.TeamEntry
}

// teamAddPage is the view of pages/team_add.html; Of is the line that it ends, or nil.
type teamAddPage struct {
	*web.Form
	Kind  petition.TeamKind
	Of    *petition.TeamEntry
	To    string
	Seen  int
	Roles []web.Option
	Staff []string // who is at the posts, to be chosen from
}

func (w *Office) showTeam(c *gin.Context) error {
	ctx, by := c.Request.Context(), who(c).Actor
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	inSight := unitsInSight(rules, by)
	id := unitOr(petition.UnitID(c.Query("unit")), by.Unit)
	at := slices.IndexFunc(inSight, func(u petition.Unit) bool { return u.ID == id })
	if at < 0 {
		return web.NotFound()
	}
	books, err := w.store.Teams(ctx, by)
	if err != nil {
		return err
	}
	now := w.site.Now().In(petition.Shanghai)
	v := teamPage{Unit: inSight[at], Year: now.Year(), Writes: id == by.Unit && by.Is(petition.OfficeHead), Above: len(inSight) > 1}
	book := books[id]
	v.Lacks = book.Lacks(v.Unit, v.Year, now)
	for _, kind := range petition.TeamKinds {
		v.Parts = append(v.Parts, partOf(book, kind))
	}
	return w.site.Show(c, http.StatusOK, "team", v)
}

func partOf(book petition.Team, kind petition.TeamKind) teamPart {
	p := teamPart{Kind: kind, Holds: kind.Holds(), Rows: book.Standing(kind)}
	if !p.Holds { // the newest of what happened first
		slices.Reverse(p.Rows)
	}
	for _, e := range book.Of(kind) {
		if end, ok := book.EndOf(e.N); ok {
			p.Past = append(p.Past, teamPast{e, end})
		}
	}
	slices.Reverse(p.Past)
	return p
}

func (w *Office) showTeamAdd(c *gin.Context) error {
	f := web.NewForm("team", nil)
	f.Set("day", petition.Day(w.site.Now()))
	return w.teamAdd(c, http.StatusOK, f)
}

// teamAdd shows the form for a new line, or for the end of the line in the address.
func (w *Office) teamAdd(c *gin.Context, status int, f *web.Form) error {
	by := who(c).Actor
	books, err := w.store.Teams(c.Request.Context(), by)
	if err != nil {
		return err
	}
	book := books[by.Unit]
	v := teamAddPage{Form: f, To: c.Request.URL.Path, Seen: len(book.Entries)}
	if v.Kind, v.Of, err = teamLine(c, book); err != nil {
		return err
	}
	for _, role := range petition.TeamRoles {
		v.Roles = append(v.Roles, web.Option{Value: string(role), Label: w.say(c, "team.role."+string(role))})
	}
	for _, e := range book.Standing(petition.TeamPost) {
		v.Staff = append(v.Staff, e.Name)
	}
	return w.site.Show(c, status, "team_add", v)
}

// teamLine is the kind that the address names, or the line that it ends. It fails with
// NotFound for what there is not.
func teamLine(c *gin.Context, book petition.Team) (petition.TeamKind, *petition.TeamEntry, error) {
	if kind := petition.TeamKind(c.Param("kind")); kind != "" {
		if !slices.Contains(petition.TeamKinds, kind) {
			return "", nil, web.NotFound()
		}
		return kind, nil, nil
	}
	n, err := strconv.Atoi(c.Param("n"))
	if err != nil || n < 1 || n > len(book.Entries) {
		return "", nil, web.NotFound()
	}
	e := book.Entries[n-1]
	if !e.Kind.Holds() || !slices.ContainsFunc(book.Standing(e.Kind), func(s petition.TeamEntry) bool { return s.N == n }) {
		return "", nil, web.NotFound()
	}
	return e.Kind, &e, nil
}

func (w *Office) addTeam(c *gin.Context) error {
	f, err := w.posted(c, "team")
	if err != nil {
		return err
	}
	seen, err := strconv.Atoi(f.Get("seen"))
	if err != nil {
		return web.NotFound()
	}
	ctx, by := c.Request.Context(), who(c).Actor
	books, err := w.store.Teams(ctx, by)
	if err != nil {
		return err
	}
	kind, ended, err := teamLine(c, books[by.Unit])
	if err != nil {
		return err
	}
	e := petition.TeamEntry{Kind: kind, Day: f.Get("day"), Text: f.Get("text")}
	if ended != nil {
		e.Ends = ended.N
	} else {
		e.Name, e.Post, e.Role, e.Full = f.Get("name"), f.Get("post"), petition.TeamRole(f.Get("role")), f.Get("full") == "yes"
		e.Hours, _ = strconv.Atoi(f.Get("hours")) // nonsense is none, which the rules refuse
	}
	err = w.store.AddTeamEntry(ctx, by, seen, e, w.site.Now())
	if f.Refused(err) {
		return w.teamAdd(c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	w.site.Flash(c, "flash.team")
	return w.site.Go(c, "/team")
}
