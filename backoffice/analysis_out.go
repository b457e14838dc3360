package backoffice

import (
	"bytes"
	"net/http"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// takeAnalysis gives the analysis as a document or a spreadsheet, with what the analyst
// wrote, after it was counted and recorded. The words are not kept here.
func (w *Office) takeAnalysis(c *gin.Context) error {
	f, err := w.posted(c, "analysis")
	if err != nil {
		return err
	}
	if f.Get("purpose") == "" {
		f.Refuse("purpose", "problem.purpose_words")
		return w.analysis(c, http.StatusUnprocessableEntity, f)
	}
	v, err := w.analysisView(c, f)
	if err != nil {
		return err
	}
	ctx, by, now := c.Request.Context(), who(c).Actor, w.site.Now()
	if err := w.store.CountExport(ctx, by, v.Title, f.Get("purpose"), now); err != nil {
		return err
	}
	name := "huiyin-analysis-" + string(v.Period) + "-" + now.In(petition.Shanghai).Format("20060102-1504")
	var b bytes.Buffer
	if f.Get("form") == "docx" {
		if err := writeDOCX(&b, w.analysisSet(v, f), now); err != nil {
			return err
		}
		return sendFile(c, name+".docx", docxType, b.Bytes())
	}
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	mark := v.Title + " · " + w.say(c, "ledger.mark", "name", by.Name, "unit", unitName(rules, by.Unit),
		"at", now.In(petition.Shanghai).Format("2006-01-02 15:04"), "n", len(v.Tables), "purpose", f.Get("purpose"))
	words := table{Title: w.say(c, "analysis.words"), Heads: []tableHead{{Said: v.Title}}, Rows: [][]string{{v.Summary}}}
	for _, line := range lines(f.Get("words")) {
		words.row(line)
	}
	if err := writeBook(&b, sheetsOf(w.sayer(c), append([]table{words}, v.Tables...), mark)...); err != nil {
		return err
	}
	return sendSheet(c, name+".xlsx", b.Bytes())
}

// analysisSet is the analysis as it is set: the summary, what the analyst wrote, the
// tables.
func (w *Office) analysisSet(v analysisPage, f *web.Form) typeset {
	t := typeset{Title: v.Title}
	if day, err := writeDay(petition.Day(w.site.Now()), w.site.Text.Say("zh-CN", "paper.day_form")); err == nil {
		t.Number = day
	}
	if w.demo {
		t.Note = w.site.Text.Say("zh-CN", "paper.demo")
	}
	t.add(v.Summary)
	t.add(lines(f.Get("words"))...)
	for i := range v.Tables {
		if len(v.Tables[i].Rows) > 0 {
			t.Body = append(t.Body, setLine{Head: true, Text: v.Tables[i].Title}, setLine{Table: &v.Tables[i]})
		}
	}
	return t
}
