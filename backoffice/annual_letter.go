package backoffice

import (
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// annualLetterPage is the view of pages/annual_letter.html: an annual report as it is read,
// printed and sent.
type annualLetterPage struct {
	AnnualFile
	UnitName string
	Step     petition.AnnualStep // the version that is shown
	N        int                 // its number among the entries; 0 for a draft
	Paper    *petition.Paper
	At       time.Time
}

// annualWords is what the draft of the paper may say of a report, in Chinese.
type annualWords struct {
	Year     int
	Texts    map[string]string
	Figures  []string // a line for each
	Fields   []string
	Duties   petition.AnnualDuties
	Adopted  []string
	Proposed int // suggestions for which a reward was proposed
}

func (w *Office) showAnnualLetter(c *gin.Context) error {
	v, err := w.annualLetter(c)
	if err != nil {
		return err
	}
	return w.site.Show(c, http.StatusOK, "annual_letter", v)
}

// takeAnnualLetter gives the report as a file.
func (w *Office) takeAnnualLetter(c *gin.Context) error {
	form, ok := w.letterForm(c.Param("form"))
	if !ok {
		return web.NotFound()
	}
	v, err := w.annualLetter(c)
	if err != nil {
		return err
	}
	return w.giveLetter(c, form, v.Paper, "annual-"+string(v.Unit)+"-"+strconv.Itoa(v.Year), v.At)
}

// annualLetter composes the version that an address names, or else the newest: of who writes
// the report, the draft. NotFound where there is none, or where figures are not for the reader.
func (w *Office) annualLetter(c *gin.Context) (v annualLetterPage, err error) {
	file, rules, err := w.annualFile(c)
	if err != nil {
		return v, err
	}
	v = annualLetterPage{AnnualFile: file, UnitName: unitName(rules, file.Unit), At: w.site.Now()}
	for i, s := range file.Steps {
		if s.Status == petition.AnnualFiled && (c.Query("n") == "" || c.Query("n") == strconv.Itoa(i+1)) {
			v.Step, v.N, v.At = s, i+1, s.At
		}
	}
	if file.Writes && c.Query("n") == "" && file.Live != nil {
		v.Step, v.N, v.At = file.Last(petition.AnnualFiled, petition.AnnualDraft), 0, w.site.Now()
		v.Step.Figures, v.Step.Number = file.Live, ""
	}
	if v.Step.Figures == nil {
		return v, web.NotFound()
	}
	m := matter{Kind: petition.AnnualPaper, Today: v.At, Law: rules.Laws.At(petition.Day(v.At)), Annual: w.annualWords(file.Year, v.Step),
		Terms: func(key string) string { return w.site.Text.Say("zh-CN", key) }}
	m.Unit, _ = rules.Units.Unit(file.Unit)
	m.To, _ = rules.Units.Unit(file.Above)
	if v.Paper, err = w.papers.compose(m, m.To.Name); err != nil {
		return v, err
	}
	if v.N > 0 {
		v.Paper.Number, v.Paper.Day = v.Step.Number, petition.Day(v.Step.At)
	}
	return v, nil
}

// annualWords writes the figures of a report out.
func (w *Office) annualWords(year int, s petition.AnnualStep) *annualWords {
	say := func(key string, args ...any) string { return w.site.Text.Say("zh-CN", key, args...) }
	v := &annualWords{Year: year, Texts: s.Texts, Duties: s.Figures.Duties}
	for _, i := range petition.Indicators {
		now, before := s.Figures.Year.Of(i), s.Figures.Before.Of(i)
		key := "annual.line"
		if i.Reckoned() == petition.ByShare && now.Den > 0 {
			key = "annual.line_share"
		}
		v.Figures = append(v.Figures, say(key, "what", say("indicator."+string(i)), "figure", figureIn(say, i, now),
			"num", now.Num, "den", now.Den, "before", figureIn(say, i, before)))
	}
	for _, f := range s.Figures.Fields {
		v.Fields = append(v.Fields, say("annual.field", "what", say("topic."+f.Field), "n", f.Count))
	}
	for _, a := range s.Figures.Adopted {
		reward := ""
		if a.Reward != "" {
			reward = say("annual.reward." + a.Reward)
			v.Proposed++
		}
		v.Adopted = append(v.Adopted, say("annual.adopted_line", "number", a.Number, "topic", say("topic."+string(a.Topic)),
			"outcome", say("outcome."+string(a.Outcome)), "reward", reward))
	}
	return v
}
