package backoffice

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// incidentsPage is the view of pages/incidents.html: events at the reception (Art. 26),
// opened with a purpose.
type incidentsPage struct {
	*web.Form
	Rows   []petition.Incident
	Opened bool
	Mark   string // who looked, when
	Writes bool
}

// newIncidentPage is the view of pages/incident_new.html.
type newIncidentPage struct {
	*web.Form
	Kinds  []web.Option
	Months []web.Option
}

// showIncidents asks for the purpose before anything is opened.
func (w *Office) showIncidents(c *gin.Context) error {
	return w.site.Show(c, http.StatusOK, "incidents", incidentsPage{Form: web.NewForm("incidents", nil),
		Writes: who(c).Actor.Is(counterRoles...)})
}

func (w *Office) openIncidents(c *gin.Context) error {
	f, err := w.posted(c, "incidents")
	if err != nil {
		return err
	}
	by, now := who(c).Actor, w.site.Now()
	v := incidentsPage{Form: f, Writes: by.Is(counterRoles...)}
	v.Rows, err = w.store.Incidents(c.Request.Context(), by, f.Get("purpose"), now)
	if f.Refused(err) {
		return w.site.Show(c, http.StatusUnprocessableEntity, "incidents", v)
	}
	if err != nil {
		return err
	}
	if f.Get("form") == "xlsx" {
		return w.sendTable(c, "title.incidents", "incidents", "huiyin-incidents", f.Get("purpose"), incidentColumns, w.incidentRows(c, v.Rows))
	}
	v.Opened, v.Mark = true, by.Name+" "+now.In(petition.Shanghai).Format("2006-01-02 15:04")
	return w.site.Show(c, http.StatusOK, "incidents", v)
}

// incidentColumns are the heads of the spreadsheet; who wrote an event down is not among them.
var incidentColumns = []string{"day", "hour", "kind", "place", "people", "measures", "expires"}

func (w *Office) incidentRows(c *gin.Context, all []petition.Incident) [][]any {
	rows := make([][]any, 0, len(all))
	for _, i := range all {
		row := []any{i.Day, i.Hour, w.say(c, "incident.kind."+string(i.Kind)), safeCell(i.Place), i.People, safeCell(i.Measures), i.Expires}
		if i.Expired { // day and kind are left
			row = []any{i.Day, "", row[2], "", "", w.say(c, "incident.expired"), ""}
		}
		rows = append(rows, row)
	}
	return rows
}

func (w *Office) showNewIncident(c *gin.Context) error {
	f := web.NewForm("incident", nil)
	f.Set("day", petition.Day(w.site.Now()))
	f.Set("months", strconv.Itoa(petition.IncidentMonths[0]))
	return w.newIncident(c, http.StatusOK, f)
}

func (w *Office) newIncident(c *gin.Context, status int, f *web.Form) error {
	v := newIncidentPage{Form: f}
	for _, k := range petition.Behaviours {
		v.Kinds = append(v.Kinds, web.Option{Value: string(k), Label: w.say(c, "incident.kind."+string(k))})
	}
	for _, m := range petition.IncidentMonths {
		v.Months = append(v.Months, web.Option{Value: strconv.Itoa(m), Label: w.say(c, "incident.months.n", "n", m)})
	}
	return w.site.Show(c, status, "incident_new", v)
}

func (w *Office) addIncident(c *gin.Context) error {
	f, err := w.posted(c, "incident")
	if err != nil {
		return err
	}
	people, _ := strconv.Atoi(f.Get("people")) // nothing or nonsense is none, which the rules refuse
	months, _ := strconv.Atoi(f.Get("months"))
	err = w.store.AddIncident(c.Request.Context(), who(c).Actor, petition.Incident{Day: f.Get("day"), Hour: f.Get("hour"),
		Kind: petition.Behaviour(f.Get("kind")), Place: f.Get("place"), People: people, Measures: f.Get("measures")}, months, w.site.Now())
	if f.Refused(err) {
		return w.newIncident(c, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	w.site.Flash(c, "flash.incident")
	return w.site.Go(c, "/incidents/new")
}
