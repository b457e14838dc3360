package backoffice

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// teamUnitsPage is the view of pages/team_units.html: what clauses 7, 12 and 14 still ask
// of the own unit and of those below it. It compares no numbers of petitions.
type teamUnitsPage struct {
	*web.Form
	Rows  []teamUnit
	Lacks int // units that owe something
	Year  int
	Years []int
	Take  *taking
}

// teamUnit is one unit's line.
type teamUnit struct {
	petition.Unit
	Full    int
	Least   int
	Trained int // people at posts who were trained in the year
	Posts   int
	Hours   int
	Lacks   []petition.TeamLack
	Clause7 []petition.Lack
}

func (u teamUnit) whole() bool { return len(u.Lacks) == 0 && len(u.Clause7) == 0 }

func (w *Office) showTeamUnits(c *gin.Context) error {
	return w.teamUnits(c, http.StatusOK, web.NewForm("team_units", c.Request.URL.Query()), nil)
}

// teamUnits shows the units; take is the form that takes the list out as it was posted, or
// nil.
func (w *Office) teamUnits(c *gin.Context, status int, f, take *web.Form) error {
	v := teamUnitsPage{Form: f}
	var err error
	if v.Year, v.Years, err = w.teamYear(f); err != nil {
		return err
	}
	if v.Rows, err = w.teamLines(c, v.Year); err != nil {
		return err
	}
	for _, u := range v.Rows {
		if !u.whole() {
			v.Lacks++
		}
	}
	kept := url.Values{"year": {strconv.Itoa(v.Year)}}
	if v.Take, err = w.taking(c, take, "/team/units", []string{"year"}, kept); err != nil {
		return err
	}
	if take != nil {
		f.Problems = take.Problems
	}
	return w.site.Show(c, status, "team_units", v)
}

// teamYear is the year that is asked for, this one unless said, and those to choose from.
func (w *Office) teamYear(f *web.Form) (year int, years []int, err error) {
	this := w.site.Now().In(petition.Shanghai).Year()
	years = []int{this, this - 1, this - 2}
	if f.Get("year") == "" {
		return this, years, nil
	}
	if year, err = strconv.Atoi(f.Get("year")); err != nil || year > this || year < years[len(years)-1] {
		return 0, nil, web.NotFound()
	}
	return year, years, nil
}

func (w *Office) teamLines(c *gin.Context, year int) ([]teamUnit, error) {
	ctx, by := c.Request.Context(), who(c).Actor
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return nil, err
	}
	books, err := w.store.Teams(ctx, by)
	if err != nil {
		return nil, err
	}
	now := w.site.Now()
	var all []teamUnit
	for _, u := range unitsInSight(rules, by) {
		book := books[u.ID]
		line := teamUnit{Unit: u, Full: book.Full(), Least: petition.TeamLeast(u.Level), Lacks: book.Lacks(u, year, now), Clause7: u.Lacks()}
		for _, e := range book.Standing(petition.TeamPost) {
			line.Posts++
			if hours := book.Hours(e.Name, strconv.Itoa(year)); hours > 0 {
				line.Trained++
				line.Hours += hours
			}
		}
		all = append(all, line)
	}
	return all, nil
}

// takeTeamUnits is the list as a spreadsheet, after it was counted and recorded.
func (w *Office) takeTeamUnits(c *gin.Context) error {
	f, err := w.posted(c, "team_units")
	if err != nil {
		return err
	}
	take := purposeOfTaking(f)
	if !take.OK() {
		return w.teamUnits(c, http.StatusUnprocessableEntity, f, take)
	}
	year, _, err := w.teamYear(f)
	if err != nil {
		return err
	}
	units, err := w.teamLines(c, year)
	if err != nil {
		return err
	}
	var rows [][]any
	for _, u := range units {
		rows = append(rows, []any{safeCell(u.Short), u.Full, u.Least, u.Posts, u.Trained, u.Hours, safeCell(w.teamOwes(c, u))})
	}
	heads := []string{"unit", "full", "least", "posts", "trained", "hours", "owes"}
	return w.sendTable(c, "title.team_units", "team_units", "huiyin-team", f.Get("purpose"), heads, rows)
}

// teamOwes is what a unit still owes, in words that name nobody.
func (w *Office) teamOwes(c *gin.Context, u teamUnit) string {
	var said []string
	people := map[string]int{}
	for _, l := range u.Lacks {
		if l.Name != "" {
			people[l.Key]++
			continue
		}
		said = append(said, w.say(c, "team.lack."+l.Key, "n", l.N, "have", l.Have))
	}
	for _, key := range []string{"training", "rotation"} {
		if n := people[key]; n > 0 {
			said = append(said, w.say(c, "team_units.n_"+key, "n", n))
		}
	}
	for _, l := range u.Clause7 {
		said = append(said, w.say(c, "directory.lack."+string(l)))
	}
	return strings.Join(said, w.say(c, "team_units.and"))
}
