package backoffice

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/attachment"
	"huiyin/petition"
	"huiyin/web"
)

// importPage is the view of pages/import.html: an old ledger is chosen, its columns are
// told apart, its rows are tried, and taken over.
type importPage struct {
	*web.Form
	Nonce    string       // of the form that takes the file
	File     string       // name of the file; "" before there is one
	At       string       // address of the file's pages
	Sheets   []web.Option // to be chosen from; none where the file has only one
	Columns  []web.Option
	Fields   []importField
	Choices  []importField // what holds where a cell says nothing
	Tried    bool
	Rows     []ImportRow
	Wrong    []wrongCell
	Shown    []wrongCell // the first of them
	Before   int         // rows of this file that are here already
	Query    []hidden
	Download string
}

type importField struct {
	Name    string
	Need    bool
	Options []web.Option
}

// wrongShown is how many wrong cells the page lists; the report has all.
const wrongShown = 100

// importTime is how long one request may take rows over.
const importTime = 3 * time.Minute

func (w *Office) showImport(c *gin.Context) error {
	return w.importForm(c, http.StatusOK, web.NewForm("import", nil))
}

func (w *Office) importForm(c *gin.Context, status int, f *web.Form) error {
	id, err := petition.MakeID(w.site.Now(), w.random)
	if err != nil {
		return err
	}
	return w.site.Show(c, status, "import", importPage{Form: f, Nonce: id.String()})
}

// uploadLedger takes the file in, sealed like a scan; it is forgotten within a day.
func (w *Office) uploadLedger(c *gin.Context) error {
	u := upload{office: w, c: c, at: "ledger", most: 1}
	u.keep = func(name string, r io.Reader) (petition.File, error) {
		return w.store.AddScan(c.Request.Context(), who(c).Actor, u.values.Get("nonce"), name,
			attachment.Limits{Scanner: w.scanner}, r, w.site.Now())
	}
	if err := u.receive(); err != nil {
		return err
	}
	f := u.form("import")
	switch {
	case !f.OK():
	case len(u.files) == 0 || u.files[0].Type != string(attachment.XLSX):
		f.Refuse("ledger", "error.import_sheet")
	default:
		return w.site.Go(c, "/import/"+url.PathEscape(f.Get("nonce"))+"/"+u.files[0].ID.String())
	}
	return w.importForm(c, http.StatusUnprocessableEntity, f)
}

// mapLedger asks which column says what, beginning with what their heads tell.
func (w *Office) mapLedger(c *gin.Context) error {
	f := web.NewForm("import", c.Request.URL.Query())
	l, err := w.ledgerOf(c, f.Get("sheet"))
	if err != nil {
		return err
	}
	if !f.Values.Has("channel_else") {
		for _, field := range importFields {
			if at := w.words.guess(field, l.rows[0]); at > 0 {
				f.Set(field, strconv.Itoa(at))
			}
		}
		f.Set("channel_else", string(petition.ByLetter))
	}
	return w.site.Show(c, http.StatusOK, "import", w.mapping(c, f, l))
}

func (w *Office) mapping(c *gin.Context, f *web.Form, l *oldLedger) importPage {
	v := importPage{Form: f, File: l.name, At: "/import/" + url.PathEscape(c.Param("form")) + "/" + c.Param("file")}
	if len(l.sheets) > 1 {
		f.Set("sheet", strconv.Itoa(l.at))
		for i, name := range l.sheets {
			v.Sheets = append(v.Sheets, web.Option{Value: strconv.Itoa(i + 1), Label: name})
		}
	}
	for i, head := range l.rows[0] {
		v.Columns = append(v.Columns, web.Option{Value: strconv.Itoa(i + 1), Label: columnName(i+1) + " " + head})
	}
	for i, field := range importFields {
		v.Fields = append(v.Fields, importField{Name: field, Need: i < importNeeded})
	}
	channels, purposes := []web.Option{}, []web.Option{}
	for _, ch := range petition.Channels {
		channels = append(channels, web.Option{Value: string(ch), Label: w.say(c, "channel."+string(ch))})
	}
	for _, p := range petition.Purposes {
		if p.Track() != petition.Report {
			purposes = append(purposes, web.Option{Value: string(p), Label: w.say(c, "purpose."+string(p))})
		}
	}
	v.Choices = []importField{{Name: "channel_else", Options: channels}, {Name: "purpose_else", Options: purposes},
		{Name: "topic_else", Options: w.topicOptions(c, false)}}
	return v
}

// checked reads the file by the mapping of the form and asks the rules of every row.
func (w *Office) checked(c *gin.Context, f *web.Form) (importPage, error) {
	l, err := w.ledgerOf(c, f.Get("sheet"))
	if err != nil {
		return importPage{}, err
	}
	ctx, by := c.Request.Context(), who(c).Actor
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return importPage{}, err
	}
	v := w.mapping(c, f, l)
	m := w.mapOf(f, len(l.rows[0]))
	m.from04 = l.from04
	for _, field := range v.Fields {
		if field.Need && m.columns[field.Name] == 0 {
			f.Refuse(field.Name, "problem.import_column")
		}
	}
	if !f.OK() {
		return v, nil
	}
	v.Tried = true
	v.Rows, v.Wrong = m.read(l.rows, by, rules, w.site.Now())
	known, err := w.store.KnownRows(ctx, by, l.hash, v.Rows)
	if err != nil {
		return v, err
	}
	for _, line := range known {
		one := &importLine{m: m, line: line}
		one.refuse("number", "problem.import_known", nil)
		v.Wrong = append(v.Wrong, one.wrong...)
	}
	v.Shown = v.Wrong[:min(len(v.Wrong), wrongShown)]
	for _, name := range append(slices.Clone(importFields), "sheet", "channel_else", "purpose_else", "topic_else") {
		v.Query = append(v.Query, hidden{name, f.Get(name)})
	}
	v.Download = v.At + "/report.xlsx?" + v.query().Encode()
	v.Before, err = w.store.Imported(ctx, by, l.hash)
	return v, err
}

// query is the mapping as an address carries it.
func (v importPage) query() url.Values {
	q := url.Values{}
	for _, one := range v.Query {
		q.Set(one.Name, one.Value)
	}
	return q
}

func (w *Office) mapOf(f *web.Form, width int) *ledgerMap {
	m := &ledgerMap{columns: map[string]int{}, defaults: map[string]string{}, words: w.words,
		say: func(key string) string { return w.site.Text.Say("zh-CN", key) }}
	for _, field := range importFields {
		if at, err := strconv.Atoi(f.Get(field)); err == nil && at >= 1 && at <= width {
			m.columns[field] = at
		}
	}
	for _, field := range []string{"channel", "purpose", "topic"} {
		m.defaults[field] = f.Get(field + "_else")
	}
	return m
}

// checkLedger tries every row and changes nothing.
func (w *Office) checkLedger(c *gin.Context) error {
	f := web.NewForm("import", c.Request.URL.Query())
	v, err := w.checked(c, f)
	if err != nil {
		return err
	}
	return w.site.Show(c, statusOf(f), "import", v)
}

// importLedger takes all rows over, unless one of them cannot be.
func (w *Office) importLedger(c *gin.Context) error {
	f, err := w.posted(c, "import")
	if err != nil {
		return err
	}
	v, err := w.checked(c, f)
	if err != nil {
		return err
	}
	if !f.OK() || len(v.Wrong) > 0 {
		return w.site.Show(c, http.StatusUnprocessableEntity, "import", v)
	}
	if err := web.Patient(c, importTime); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	l, err := w.ledgerOf(c, f.Get("sheet"))
	if err != nil {
		return err
	}
	_, err = w.store.Import(c.Request.Context(), who(c).Actor, l.hash, l.name, v.Rows, w.site.Now())
	if err != nil {
		return err
	}
	w.site.Flash(c, "flash.imported")
	return w.site.Go(c, v.At+"/check?"+v.query().Encode())
}
