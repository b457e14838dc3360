package backoffice

import (
	"bytes"
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// exportMost bounds a staff export.
const exportMost = 5000

// exportColumns are the keys of the column heads. No name stands among them: a file
// that leaves the office says nothing about persons.
var exportColumns = []string{"number", "title", "track", "topic", "channel", "state", "unit", "handler",
	"received", "clock", "due", "left"}

// takePage is the view of pages/take.html: the list of a queue is taken out.
type takePage struct {
	Title string // of the list: catalogue key
	What  string // whose list, and what it is narrowed to
	Back  string
	Take  *taking
}

// askExport asks what the list that is shown is for.
func (w *Office) askExport(c *gin.Context) error {
	return w.exportPage(c, http.StatusOK, web.NewForm("queue", c.Request.URL.Query()), nil)
}

// exportQuery reads which list it is. It fails with Invalid for a filter that says
// nothing we know: a wider list than was asked for is not what anybody wants to take out.
func (w *Office) exportQuery(f *web.Form) (QueueQuery, error) {
	q, err := readQuery(f, w.site.Now())
	if err == nil && !f.OK() {
		err = &petition.Error{Kind: petition.Invalid, Key: "error.bad_filter"}
	}
	q.After = ""
	return q, err
}

func (w *Office) exportPage(c *gin.Context, status int, f, take *web.Form) error {
	q, err := w.exportQuery(f)
	if err != nil {
		return err
	}
	rules, err := w.store.Rules(c.Request.Context())
	if err != nil {
		return err
	}
	kept := kept1(f.Values, queueFilters...)
	v := takePage{Title: queueTitle(q), What: w.exportWhat(w.sayIn(web.Lang(c)), who(c).Actor, f, q, rules), Back: queueAddress(kept, "after", "")}
	if v.Take, err = w.taking(c, take, "/queue/export", queueFilters, kept); err != nil {
		return err
	}
	return w.site.Show(c, status, "take", v)
}

// exportWhat says which list it is, for its reader and for the log.
func (w *Office) exportWhat(say sayer, by petition.Actor, f *web.Form, q QueueQuery, r petition.Rules) string {
	what := w.listUnit(say, r, q, by)
	if q.Queue != "" {
		what += " · " + say("queue."+string(q.Queue))
	}
	for _, one := range w.chips(say, f, r) {
		what += " · " + one.Label
	}
	return what
}

// exportQueue gives the list as a spreadsheet with a line that says who took it out,
// when and what for, after it was counted and recorded.
func (w *Office) exportQueue(c *gin.Context) error {
	f, err := w.posted(c, "queue")
	if err != nil {
		return err
	}
	take := purposeOfTaking(f)
	if !take.OK() {
		return w.exportPage(c, http.StatusUnprocessableEntity, f, take)
	}
	q, err := w.exportQuery(f)
	if err != nil {
		return err
	}
	ctx, by := c.Request.Context(), who(c).Actor
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	rows, cut, err := w.exported(ctx, by, q)
	if err != nil { // nothing is counted that is not given
		return err
	}
	say := w.sayIn("zh-CN")
	what := say(queueTitle(q)) + " | " + w.exportWhat(say, by, f, q, rules)
	if err := w.store.CountExport(ctx, by, what, take.Get("purpose"), q.Now); err != nil {
		return err
	}
	var b bytes.Buffer
	if err := w.writeSheet(c, &b, sheet{rows, rules, by, q.Now, take.Get("purpose"), cut}); err != nil {
		return err
	}
	return sendSheet(c, "huiyin-"+q.Now.In(petition.Shanghai).Format("20060102-1504")+".xlsx", b.Bytes())
}

// exported is a whole list, up to exportMost; cut tells that there is more.
func (w *Office) exported(ctx context.Context, by petition.Actor, q QueueQuery) (rows []QueueRow, cut bool, err error) {
	for len(rows) < exportMost {
		q.Limit = min(200, exportMost-len(rows))
		page, err := w.store.Queue(ctx, by, q)
		if err != nil {
			return nil, false, err
		}
		rows = append(rows, page.Rows...)
		if q.After = page.Next; q.After == "" {
			break
		}
	}
	return rows, q.After != "", nil
}

func sendSheet(c *gin.Context, name string, b []byte) error {
	return sendFile(c, name, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b)
}

// sendFile gives a file to be kept under a name.
func sendFile(c *gin.Context, name, media string, b []byte) error {
	c.Header("Cache-Control", "no-store")
	c.Header("Content-Disposition", `attachment; filename="`+name+`"`)
	c.Data(http.StatusOK, media, b)
	return nil
}

type sheet struct {
	rows  []QueueRow
	rules petition.Rules
	by    petition.Actor
	now   time.Time
	why   string // what it is for
	cut   bool   // there was more
}

// writeSheet streams the rows.
func (w *Office) writeSheet(c *gin.Context, b *bytes.Buffer, s sheet) error {
	return writeRows(b, func(put func([]any) error) error { return w.fillSheet(c, s, put) })
}

func (w *Office) fillSheet(c *gin.Context, s sheet, put func([]any) error) error {
	mark := w.say(c, "ledger.mark", "name", s.by.Name, "unit", unitName(s.rules, s.by.Unit),
		"at", s.now.In(petition.Shanghai).Format("2006-01-02 15:04"), "n", len(s.rows), "purpose", s.why)
	if s.cut {
		mark += w.say(c, "export.cut", "n", exportMost)
	}
	if err := put([]any{safeCell(mark)}); err != nil {
		return err
	}
	heads := make([]any, len(exportColumns))
	for i, col := range exportColumns {
		heads[i] = w.say(c, "export."+col)
	}
	if err := put(heads); err != nil {
		return err
	}
	for _, r := range s.rows {
		if err := put(w.exportRow(c, s, r)); err != nil {
			return err
		}
	}
	return nil
}

func (w *Office) exportRow(c *gin.Context, s sheet, r QueueRow) []any {
	d := dueOf(r.Clock, r.Warn, r.Due, s.now)
	clock, left := "", ""
	if !d.None {
		clock, left = w.say(c, "clock."+string(r.Clock)), w.say(c, "due."+string(d.Urgency), "n", d.Days)
	}
	topic := ""
	if r.Topic != "" {
		topic = string(r.Topic) + " " + w.say(c, "topic."+string(r.Topic))
	}
	texts := []string{r.Number, r.Title, w.say(c, "track."+string(r.Track)), topic,
		w.say(c, "channel."+string(r.Channel)), w.say(c, "state."+string(r.State)), unitName(s.rules, r.Unit),
		r.Handler, petition.Day(r.Received), clock, petition.Day(d.At), left}
	cells := make([]any, len(texts))
	for i, t := range texts {
		cells[i] = safeCell(t)
	}
	return cells
}

// safeCell keeps a text from being taken for a formula also when the sheet is saved
// as CSV and opened again.
func safeCell(s string) string {
	if s != "" && (s[0] == '=' || s[0] == '+' || s[0] == '-' || s[0] == '@' || s[0] == '\t' || s[0] == '\r') {
		return "'" + s
	}
	return s
}
