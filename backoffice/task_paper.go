package backoffice

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"huiyin/petition"
)

// draft writes the paper of the act: from the recorded reasons, or with the words as
// they were changed in the preview.
func (w *Office) draft(t *taskPage, act petition.Act) error {
	if t.task.shown != nil && t.Paper == nil {
		t.Paper = t.task.shown(t)
	}
	if !t.papers() {
		return nil
	}
	m := w.matter(t.dossier, t.paperKind(), act)
	t.fill(&m)
	paper, err := w.compose(t.c.Request.Context(), m, m.addressee(t.Filing), t.now)
	if err != nil {
		return err
	}
	if t.Get("edited") == "yes" {
		t.reword(paper)
	}
	t.Paper = paper
	return nil
}

// papers tells whether the task drafts a paper. What staff declare among themselves
// about keeping away is no letter.
func (t *taskPage) papers() bool {
	inside := t.Action == petition.DecideRecusal && (t.leg.Recusal == nil || t.leg.Recusal.By == petition.ByStaff)
	return t.task.paper && !inside
}

// paperKind is the paper that the task sends out.
func (t *taskPage) paperKind() petition.PaperKind {
	switch {
	case t.Action != petition.Draft:
		return t.Offer.Paper
	case t.leg.Kind == petition.Review:
		return petition.ReviewOpinion
	case t.leg.Kind == petition.ReReview:
		return petition.ReReviewOpinion
	case t.Track != petition.Claim:
		return petition.ReplyLetter
	}
	return petition.OpinionPaper
}

// fill puts into a draft what stands in fields of its own on the form.
func (t *taskPage) fill(m *matter) {
	m.Facts, m.Opinion = t.Get("facts"), t.Get("opinion")
	m.Basis = append(t.printedCites(), lines(t.Get("basis"))...)
	for i, r := range t.Requests() {
		if said := t.Get("answer." + strconv.Itoa(i)); said != "" {
			m.Answers = append(m.Answers, answer{r, strings.Join(lines(said), " ")})
		}
	}
	if t.Action == petition.Accept && t.Offer.Approver {
		m.Until = time.Time{} // it begins on the day of the approval, which nobody knows yet
	}
	if t.Action == petition.Extend {
		m.Until = t.extended(m.Act.Days)
	}
}

// reword puts the words typed in the preview in place of the drafted ones.
func (t *taskPage) reword(p *petition.Paper) {
	for i := range p.Sections {
		if said, ok := t.Values["paper.sections."+strconv.Itoa(i)]; ok {
			p.Sections[i].Text = strings.Join(lines(said[0]), "\n")
		}
	}
	if said, ok := t.Values["paper.basis"]; ok {
		p.Basis = lines(said[0])
	}
	if said, ok := t.Values["paper.remedy"]; ok {
		p.Remedy = strings.TrimSpace(said[0])
	}
}

// paperOnly tells whether all that is wrong is in the paper's words, which are
// changed in the preview.
func (t *taskPage) paperOnly() bool {
	return t.Paper != nil && !slices.ContainsFunc(t.Problems, func(p petition.Problem) bool {
		return !strings.HasPrefix(p.Field, "paper.")
	})
}

// dropPaperProblems forgets what is wrong with a paper that cannot be whole before the
// form is.
func (t *taskPage) dropPaperProblems() {
	t.Problems = slices.DeleteFunc(t.Problems, func(p petition.Problem) bool {
		return strings.HasPrefix(p.Field, "paper.")
	})
}

// PaperFields lists what can be changed in the preview.
func (t *taskPage) PaperFields() []field {
	var all []field
	for i, s := range t.Paper.Sections {
		name := "paper.sections." + strconv.Itoa(i)
		t.Set(name, s.Text)
		label := s.Head
		if label == "" {
			label = t.office.say(t.c, "paper.body")
		}
		all = append(all, field{Name: name, Kind: "own", Label: label})
	}
	t.Set("paper.basis", strings.Join(t.Paper.Basis, "\n"))
	t.Set("paper.remedy", t.Paper.Remedy)
	return append(all, field{Name: "paper.basis", Kind: "own", Label: t.office.say(t.c, "paper.edit_basis")},
		field{Name: "paper.remedy", Kind: "own", Label: t.office.say(t.c, "paper.edit_remedy")})
}

// keepHidden carries along what no control of the form holds.
func (t *taskPage) keepHidden() {
	t.Keep = []kept{{"version", strconv.Itoa(t.Version)}, {"leg", strconv.Itoa(t.Offer.Leg)}}
	if t.cites != nil {
		t.Keep = append(t.Keep, kept{citeSeen, "yes"})
	}
	for _, name := range checkFields {
		if v := t.Get(name); v != "" {
			t.Keep = append(t.Keep, kept{name, v})
		}
	}
	t.Path = t.path()
}

// keepAll carries the whole form along through the preview, but the paper's words,
// which have controls there.
func (t *taskPage) keepAll() {
	t.Keep = []kept{{"version", strconv.Itoa(t.Version)}, {"leg", strconv.Itoa(t.Offer.Leg)}}
	for name, values := range t.Values {
		if skipHidden[name] || strings.HasPrefix(name, "paper.") {
			continue
		}
		for _, v := range values {
			t.Keep = append(t.Keep, kept{name, v})
		}
	}
	slices.SortFunc(t.Keep, func(a, b kept) int { return strings.Compare(a.Name, b.Name) })
}

var skipHidden = map[string]bool{"version": true, "leg": true, "token": true, "step": true, "edited": true,
	"confirmed": true, "lang": true, "view": true}

// checkFields are the answers of the jurisdiction check as hidden fields.
var checkFields = []string{"check.cadre_report", "check.in_hand", "check.final", "check.legal", "check.in_scope",
	"check.level", "check.reasons"}

// path is the decision path that led here; nil where nobody went it.
func (t *taskPage) path() *petition.Jurisdiction {
	p := petition.Jurisdiction{InScope: t.Get("check.in_scope"), Level: t.Get("check.level"),
		InHand: t.Get("check.in_hand"), Final: t.Get("check.final"), Legal: t.Get("check.legal"),
		CadreReport: t.Get("check.cadre_report"), Reasons: t.Get("check.reasons")}
	if p == (petition.Jurisdiction{}) {
		return nil
	}
	return &p
}
