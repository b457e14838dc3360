package backoffice

import (
	"bytes"
	"fmt"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/xuri/excelize/v2"

	"huiyin/petition"
	"huiyin/web"
)

// exportMost bounds a staff export.
const exportMost = 5000

// exportColumns are the keys of the column heads. No name stands among them: a file
// that leaves the office says nothing about persons.
var exportColumns = []string{"number", "title", "track", "topic", "channel", "state", "unit", "handler",
	"received", "clock", "due", "left"}

// exportQueue is the list that is shown, as a spreadsheet with a line that says who
// took it out and when.
func (w *Office) exportQueue(c *gin.Context) error {
	ctx, by, now := c.Request.Context(), who(c).Actor, w.site.Now()
	f := web.NewForm("queue", c.Request.URL.Query())
	q, err := readQuery(f, now)
	if err != nil {
		return err
	}
	if !f.OK() { // a wider list than was asked for is not what anybody wants to take out
		return &petition.Error{Kind: petition.Invalid, Key: "error.bad_filter"}
	}
	q.After = ""
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	var rows []QueueRow
	for len(rows) < exportMost {
		q.Limit = min(200, exportMost-len(rows))
		page, err := w.store.Queue(ctx, by, q)
		if err != nil {
			return err
		}
		rows = append(rows, page.Rows...)
		if q.After = page.Next; q.After == "" {
			break
		}
	}
	var b bytes.Buffer
	if err := w.writeSheet(c, &b, sheet{rows, rules, by, now, q.After != ""}); err != nil {
		return err
	}
	c.Header("Cache-Control", "no-store")
	c.Header("Content-Disposition", `attachment; filename="huiyin-`+now.In(petition.Shanghai).Format("20060102-1504")+`.xlsx"`)
	c.Data(http.StatusOK, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b.Bytes())
	return nil
}

type sheet struct {
	rows  []QueueRow
	rules petition.Rules
	by    petition.Actor
	now   time.Time
	cut   bool // there was more
}

// writeSheet streams the rows. Every text cell is stored as text, so that no
// program takes it for a formula.
func (w *Office) writeSheet(c *gin.Context, b *bytes.Buffer, s sheet) error {
	book := excelize.NewFile()
	defer func() { _ = book.Close() }()
	out, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		return fmt.Errorf("spreadsheet: %w", err)
	}
	line := 0
	put := func(cells []any) error {
		line++
		at, err := excelize.CoordinatesToCellName(1, line)
		if err == nil {
			err = out.SetRow(at, cells)
		}
		if err != nil {
			return fmt.Errorf("spreadsheet row %d: %w", line, err)
		}
		return nil
	}
	if err := w.fillSheet(c, s, put); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("spreadsheet: %w", err)
	}
	if _, err := book.WriteTo(b); err != nil {
		return fmt.Errorf("spreadsheet: %w", err)
	}
	return nil
}

func (w *Office) fillSheet(c *gin.Context, s sheet, put func([]any) error) error {
	mark := w.say(c, "export.mark", "name", s.by.Name, "unit", unitName(s.rules, s.by.Unit),
		"at", s.now.In(petition.Shanghai).Format("2006-01-02 15:04"), "n", len(s.rows))
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
