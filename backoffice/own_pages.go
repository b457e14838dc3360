package backoffice

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// ownListPage is the view of pages/own_list.html: the papers whose words a unit may
// change.
type ownListPage struct{ Rows []ownRow }

type ownRow struct {
	Kind petition.PaperKind
	Last *PaperText // the newest version; nil where the unit never wrote one
}

// ownPage is the view of pages/own.html: a paper's words, tried on an invented case,
// with all that stood there before.
type ownPage struct {
	*web.Form
	Kind    petition.PaperKind
	Own     bool // the unit's own words hold
	Version int
	Paper   *petition.Paper
	Places  []ownPlace
	Parts   []ownPlace // of the shipped draft, by what they are
	History []PaperText
}

// ownKinds are the papers whose words a unit may change: all but the acknowledgement of
// a withdrawal, which nobody drafts, and annual reports and letters of duties, which are
// nothing but what was written for this one.
func (w *Office) ownKinds() []petition.PaperKind {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(w.papers)), func(k petition.PaperKind) bool {
		return k == petition.WithdrawalNotice || k == petition.AnnualPaper || slices.Contains(petition.DutyLetters, k)
	})
}

func (w *Office) showOwnList(c *gin.Context) error {
	texts, err := w.store.PaperTexts(c.Request.Context(), who(c).Actor)
	if err != nil {
		return err
	}
	var v ownListPage
	for _, k := range w.ownKinds() {
		row := ownRow{Kind: k}
		if of := versions(texts, k); len(of) > 0 {
			row.Last = &of[0]
		}
		v.Rows = append(v.Rows, row)
	}
	return w.site.Show(c, http.StatusOK, "own_list", v)
}

// versions are those of one kind, newest first.
func versions(all []PaperText, kind petition.PaperKind) []PaperText {
	return slices.DeleteFunc(slices.Clone(all), func(t PaperText) bool { return t.Kind != kind })
}

// ownPage fetches what the page of a kind shows; the form has the words in force.
func (w *Office) ownPage(c *gin.Context, f *web.Form) (ownPage, matter, error) {
	ctx, by := c.Request.Context(), who(c).Actor
	v := ownPage{Form: f, Kind: petition.PaperKind(c.Param("kind"))}
	if !slices.Contains(w.ownKinds(), v.Kind) {
		return v, matter{}, web.NotFound()
	}
	texts, err := w.store.PaperTexts(ctx, by)
	if err != nil {
		return v, matter{}, err
	}
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return v, matter{}, err
	}
	m := w.invented(rules, by.Unit, v.Kind, w.site.Now())
	if v.Paper, err = w.papers.compose(m, m.Terms("paper.someone")); err != nil {
		return v, m, err
	}
	text := shippedText(v.Paper)
	if v.History = versions(texts, v.Kind); len(v.History) > 0 {
		v.Version = v.History[0].Version
		if v.Own = v.History[0].Text != ""; v.Own {
			text = v.History[0].Text
		}
	}
	if f.Get("text") == "" {
		f.Set("text", text)
	}
	v.Places = m.values()
	for _, part := range []string{placeTitle, placeWhole, placeFirst, placeRest, placeBasis, placeRemedy} {
		v.Parts = append(v.Parts, ownPlace{Name: part, Value: m.Terms("own.part." + partKeys[part])})
	}
	return v, m, nil
}

// partKeys name the parts of a draft in the catalogues.
var partKeys = map[string]string{placeTitle: "title", placeWhole: "whole", placeFirst: "first", placeRest: "rest",
	placeBasis: "basis", placeRemedy: "remedy"}

func (w *Office) showOwn(c *gin.Context) error {
	v, m, err := w.ownPage(c, web.NewForm("own", nil))
	if err != nil {
		return err
	}
	v.Paper = fillOwn(v.Get("text"), v.Paper, m)
	return w.site.Show(c, http.StatusOK, "own", v)
}

// saveOwn tries the words, keeps them as the unit's newest version, or goes back to the
// shipped draft.
func (w *Office) saveOwn(c *gin.Context) error {
	f, err := w.posted(c, "own")
	if err != nil {
		return err
	}
	v, m, err := w.ownPage(c, f)
	if err != nil {
		return err
	}
	text, status := f.Get("text"), http.StatusOK
	if f.Get("step") == "reset" {
		text = ""
	} else if f.Problems = append(f.Problems, checkOwn(text, v.Paper, m)...); !f.OK() {
		status = http.StatusUnprocessableEntity
	}
	if step := f.Get("step"); (step != "save" && step != "reset") || !f.OK() {
		v.Paper = fillOwn(text, v.Paper, m)
		return w.site.Show(c, status, "own", v)
	}
	seen, err := strconv.Atoi(f.Get("seen"))
	if err != nil {
		return web.NotFound()
	}
	if err := w.store.SavePaperText(c.Request.Context(), who(c).Actor, v.Kind, seen, text, m.Today); err != nil {
		return err
	}
	w.site.Flash(c, "own.saved")
	return w.site.Go(c, "/papers/"+string(v.Kind))
}

// invented is a case to try words on. It is nobody's.
func (w *Office) invented(r petition.Rules, id petition.UnitID, kind petition.PaperKind, now time.Time) matter {
	say := func(key string) string { return w.site.Text.Say("zh-CN", key) }
	unit, _ := r.Units.Unit(id)
	day := now.AddDate(0, 0, -3)
	until := now.AddDate(0, 0, 60)
	m := matter{Title: say("own.sample.title"), Number: petition.CaseNumber(id, petition.Day(day), 1), Received: day, Today: now,
		Track: petition.Claim, Law: r.Laws.At(petition.Day(now)), Unit: unit, To: unit, Review: unit, Kind: kind, Until: until,
		Act: petition.Act{Action: petition.Refer, Text: say("own.sample.text"), Reason: say("own.sample.text"), Ground: "R2",
			Service: &petition.Service{Method: "hand", Day: petition.Day(now), Receiver: say("paper.someone")}, Deadline: petition.Day(until), Days: 30, Body: &petition.Body{Name: say("own.sample.body"), Phone: "12345"}},
		Facts: say("own.sample.text"), Opinion: say("own.sample.text"), Request: say("own.sample.title"),
		Basis: []string{say("own.sample.basis")}, Answers: []answer{{say("own.sample.title"), say("own.sample.text")}},
		Terms: say, Name: say("paper.someone"), Sender: unit.Name, Receiver: unit.Name, Worker: say("own.sample.worker")}
	if above := r.Units.Above(id); len(above) > 0 {
		m.Review, m.Higher = above[0], true
	}
	return m
}
