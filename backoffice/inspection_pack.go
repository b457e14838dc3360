package backoffice

import (
	"bytes"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// packagePage is the view of pages/inspection_package.html: what goes to an inspection team
// (2022 Art. 41), as it stands now. Nothing of it is kept: it would be a second file of
// everything.
type packagePage struct {
	*web.Form
	inspectionLine
	Tables []table
	Takes  bool // the reader may take it out
	Left   int  // how many lists may still be taken out today
}

func (w *Office) showPackage(c *gin.Context) error {
	return w.inspectionPackage(c, http.StatusOK, web.NewForm("package", nil))
}

func (w *Office) inspectionPackage(c *gin.Context, status int, f *web.Form) error {
	line, err := w.inspected(c)
	if err != nil {
		return err
	}
	v := packagePage{Form: f, inspectionLine: line, Takes: who(c).Actor.Is(petition.OfficeHead)}
	if v.Tables, err = w.packageTables(c, line.Inspection, false); err != nil {
		return err
	}
	if v.Left, err = w.store.ExportsLeft(c.Request.Context(), who(c).Actor, w.site.Now()); err != nil {
		return err
	}
	return w.site.Show(c, status, "inspection_package", v)
}

// takePackage gives the package as a spreadsheet, after it was counted and recorded.
func (w *Office) takePackage(c *gin.Context) error {
	f, err := w.posted(c, "package")
	if err != nil {
		return err
	}
	line, err := w.inspected(c)
	if err != nil {
		return err
	}
	if f.Get("text") == "" {
		f.Refuse("text", "problem.package_to")
		return w.inspectionPackage(c, http.StatusUnprocessableEntity, f)
	}
	ctx, by, now := c.Request.Context(), who(c).Actor, w.site.Now()
	step := petition.InspectionStep{Act: petition.InspectionTake, Text: f.Get("text"), Names: f.Get("names") == "yes" && line.WithNames()}
	if err := petition.CheckInspectionStep(line.Inspection, by, step); f.Refused(err) {
		return w.inspectionPackage(c, http.StatusUnprocessableEntity, f)
	} else if err != nil {
		return err
	}
	tables, err := w.packageTables(c, line.Inspection, step.Names)
	if err != nil {
		return err
	}
	if err := w.store.CountExport(ctx, by, w.site.Text.Say("zh-CN", "title.inspections"), line.Ask().Team+" "+line.Ask().Document, now); err != nil {
		return err
	}
	if err := w.store.StepInspection(ctx, by, line.ID, len(line.Steps), step, now); err != nil {
		return err
	}
	mark := w.say(c, "package.mark", "team", line.Ask().Team, "document", line.Ask().Document, "about", line.AboutName,
		"from", line.Ask().From, "to", line.Ask().To, "name", by.Name, "at", now.In(petition.Shanghai).Format("2006-01-02 15:04"))
	var b bytes.Buffer
	if err := writeBook(&b, sheetsOf(w.sayer(c), tables, mark)...); err != nil {
		return err
	}
	return sendSheet(c, "huiyin-inspection-"+now.In(petition.Shanghai).Format("20060102-1504")+".xlsx", b.Bytes())
}

// packageTables are the parts of a package, as Art. 41 lists them: how the leadership
// carries petition work, what grows into a problem, what is outstanding.
func (w *Office) packageTables(c *gin.Context, i petition.Inspection, names bool) ([]table, error) {
	rules, err := w.store.Rules(c.Request.Context())
	if err != nil {
		return nil, err
	}
	about, _ := rules.Units.Unit(i.About)
	p := packer{w: w, c: c, by: who(c).Actor, rules: rules, about: about, ask: i.Ask()}
	for _, add := range []func() error{p.duty, p.figures, p.issues, p.signs, p.supervisions} {
		if err := add(); err != nil {
			return nil, err
		}
	}
	return p.tables, p.matters(i.ID, names)
}

// packer gathers the tables of one package.
type packer struct {
	w      *Office
	c      *gin.Context
	by     petition.Actor
	rules  petition.Rules
	about  petition.Unit
	ask    petition.InspectionStep
	tables []table
}

// inside tells whether a unit is the one inspected or below it.
func (p *packer) inside(id petition.UnitID) bool {
	u, ok := p.rules.Units.Unit(id)
	return ok && u.Within(p.about)
}

// add opens a table.
func (p *packer) add(key string, columns ...string) *table {
	p.tables = append(p.tables, newTable(p.say, "package", key, columns...))
	return &p.tables[len(p.tables)-1]
}

func (p *packer) say(key string, pairs ...any) string { return p.w.say(p.c, key, pairs...) }

// duty is who of the leadership answers for petition work, and what is still owed.
func (p *packer) duty() error {
	books, err := p.w.store.Teams(p.c.Request.Context(), p.by)
	if err != nil {
		return err
	}
	year, err := strconv.Atoi(p.ask.To[:4])
	if err != nil {
		return err
	}
	units, err := p.w.teamLines(p.c, year)
	if err != nil {
		return err
	}
	t := p.add("duty", "unit", "who", "owes")
	for _, u := range units {
		if !p.inside(u.ID) {
			continue
		}
		people := ""
		for _, e := range books[u.ID].Standing(petition.TeamDuty) {
			if people != "" {
				people += p.say("site.comma")
			}
			people += p.say("team.role."+string(e.Role)) + " " + e.Name
		}
		t.row(u.Short, people, p.w.teamOwes(p.c, u))
	}
	return nil
}

// figures are the indicators of the period.
func (p *packer) figures() error {
	rows, err := p.w.store.Indicators(p.c.Request.Context(), p.by,
		IndicatorQuery{Unit: p.about.ID, From: p.ask.From, To: p.ask.To, Now: p.w.site.Now()})
	if err != nil {
		return err
	}
	t := p.add("figures", "what", "figure", "of")
	for _, l := range p.w.indicatorLines(p.c, Sum(rows), nil) {
		figure := l.Figure
		if l.Of && l.Den > 0 {
			figure += p.say("package.parts", "num", l.Num, "den", l.Den)
		}
		t.row(p.say("indicator."+string(l.What)), figure, p.say("indicator."+string(l.What)+".of"))
	}
	return nil
}

// issues are the common issues that somebody found to be some, of the years asked about.
func (p *packer) issues() error {
	found, err := p.w.confirmedIssues(p.c, p.rules, p.about.ID, "", p.ask.From, p.ask.To)
	t := p.add("issues", "month", "unit", "topic", "count", "status", "text")
	for _, i := range found {
		t.row(i.Month, i.UnitName, p.say("topic."+string(i.Topic)), strconv.Itoa(i.Count), p.say("issue.status."+string(i.Status())),
			i.Last(petition.IssueConfirmed).Text)
	}
	return err
}

// signs are the early signs of disputes that are open.
func (p *packer) signs() error {
	open, err := p.w.store.Disputes(p.c.Request.Context(), p.by, true, petition.ID{})
	if err != nil {
		return err
	}
	t := p.add("signs", "unit", "kind", "place", "people", "asked", "measures")
	for _, d := range open.Rows {
		if is := d.Now(); p.inside(d.Unit) {
			t.row(unitName(p.rules, d.Unit), p.say("dispute.kind."+string(is.Kind)), is.Place, strconv.Itoa(is.People), is.Asked, is.Measures)
		}
	}
	t.More = open.More
	return nil
}

// supervisions are those that units there answer for or answered.
func (p *packer) supervisions() error {
	t := p.add("supervisions", "number", "title", "owner", "due", "state", "outcome")
	for _, list := range []DutyList{DutiesLive, DutiesToSee, DutiesEnded} {
		q := DutyQuery{List: list, Side: DutiesBelow, Kind: petition.Supervision, Now: p.w.site.Now(), Limit: pageRows}
		for {
			page, err := p.w.store.Duties(p.c.Request.Context(), p.by, q)
			if err != nil {
				return err
			}
			for _, d := range page.Rows {
				if p.inside(d.Owner) {
					t.row(d.Number, d.Title, unitName(p.rules, d.Owner), d.Due, p.say("duty.state."+string(d.State)), p.outcome(d))
				}
			}
			if q.After = page.Next; q.After == "" {
				break
			}
		}
	}
	return nil
}

func (p *packer) outcome(d DutyRow) string {
	if d.Outcome == "" {
		return ""
	}
	return p.say("duty.outcome." + d.Outcome)
}

// matters are what is outstanding; with names, whose.
func (p *packer) matters(id petition.ID, names bool) error {
	now := p.w.site.Now()
	all, more, err := p.w.store.InspectionMatters(p.c.Request.Context(), p.by, id, names, now)
	if err != nil {
		return err
	}
	columns := []string{"number", "title", "topic", "channel", "people", "unit", "received", "state", "due"}
	if names {
		columns = append(columns, "person")
	}
	t := p.add("matters", columns...)
	t.More = more
	for _, m := range all {
		limit, people, topic := "", "", ""
		if at := dueOf(m.Clock, m.Warn, m.QueueRow.Due, now); !at.None {
			limit = petition.Day(at.At)
		}
		if m.People > 0 {
			people = strconv.Itoa(m.People)
		}
		if m.Topic != "" {
			topic = p.say("topic." + string(m.Topic))
		}
		cells := []string{m.Number, m.Title, topic, p.say("channel." + string(m.Channel)), people, unitName(p.rules, m.Unit),
			petition.Day(m.Received), p.say("state." + string(m.State)), limit}
		if names {
			cells = append(cells, m.Person)
		}
		t.row(cells...)
	}
	return nil
}
