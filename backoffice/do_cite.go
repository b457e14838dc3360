package backoffice

import (
	"strings"

	"huiyin/petition"
	"huiyin/web"
)

// citing is what the form of an opinion knows of the policy library: the articles that
// are chosen, and those that are offered besides.
type citing struct {
	chosen   []petition.Citation
	policies []petition.Policy // of those chosen, for the rules
	options  []web.Option      // chosen first, then found, then usual
	unknown  bool              // what was written down by number is not in the library
}

// citeSeen marks a form on which the choice was shown: from then on an empty one is meant.
const citeSeen = "cite.seen"

// cites tells whether the opinion may rest on the library: it judges a claim itself.
func (t *taskPage) mayCite() bool { return t.Track == petition.Claim && !t.leg.Kind.Reviews() }

// lookUpCites reads the choice, what was written down by number and what was searched
// for, and offers what decided claims of the same content code rest on.
func (w *Office) lookUpCites(t *taskPage) error {
	if !t.mayCite() {
		return nil
	}
	t.cites = &citing{}
	if t.Get(citeSeen) == "" && len(t.Values["cite"]) == 0 {
		for _, c := range t.leg.Cites { // of a draft that was sent back
			t.Values.Add("cite", citeValue(c.Policy, c.Article))
		}
	}
	ctx := t.c.Request.Context()
	if written := t.Get("cite.number"); written != "" {
		one, err := w.store.ArticleByNumber(ctx, t.by, written, t.now)
		switch {
		case kind(err) == petition.NotFound:
			t.cites.unknown = true
		case err != nil:
			return err
		default:
			t.Set("cite.number", "")
			if value := citeValue(one.Policy.ID, one.Number); !t.Has("cite", value) {
				t.Values.Add("cite", value)
			}
		}
	}
	if err := w.readCites(t); err != nil {
		return err
	}
	found, err := w.store.FindArticles(ctx, t.by, t.Get("cite.find"), t.now)
	if err != nil {
		return err
	}
	usual, err := w.store.UsedArticles(ctx, t.by, t.Topic, t.now)
	if err != nil {
		return err
	}
	t.offerCites(found, "draft.cite.found")
	t.offerCites(usual, "draft.cite.usual")
	return nil
}

// readCites completes what was chosen from the library, as it is now.
func (w *Office) readCites(t *taskPage) error {
	for _, value := range t.Values["cite"] {
		id, article, _ := strings.Cut(value, "|")
		policy, err := petition.ParseID(id)
		if err != nil {
			return web.NotFound() // no page of ours has written it
		}
		t.cites.chosen = append(t.cites.chosen, petition.Citation{Policy: policy, Article: article})
	}
	var err error
	t.cites.policies, err = w.store.CitedPolicies(t.c.Request.Context(), t.cites.chosen)
	if err != nil {
		return err
	}
	for i, c := range t.cites.chosen {
		for _, p := range t.cites.policies {
			if p.ID != c.Policy {
				continue
			}
			cite, known := p.Cite(c.Article)
			t.cites.chosen[i] = cite
			if known {
				t.cites.offer(cite.Printed, textOf(p, c.Article), citeValue(p.ID, c.Article))
			}
		}
	}
	return nil
}

func textOf(p petition.Policy, article string) string {
	for _, a := range p.Articles {
		if a.Number == article {
			return a.Text
		}
	}
	return ""
}

// offerCites adds articles to the list; why says where they come from.
func (t *taskPage) offerCites(all []PolicyArticle, why string) {
	for _, one := range all {
		p := one.Policy
		p.Articles = []petition.Article{one.Article}
		cite, _ := p.Cite(one.Number)
		t.cites.offer(cite.Printed, t.office.say(t.c, why, "text", one.Text), citeValue(p.ID, one.Number))
	}
}

// offer adds one, unless it is there.
func (c *citing) offer(printed, hint, value string) {
	for _, o := range c.options {
		if o.Value == value {
			return
		}
	}
	c.options = append(c.options, web.Option{Value: value, Label: printed, Hint: hint})
}

func citeValue(policy petition.ID, article string) string { return policy.String() + "|" + article }

// citeFields are the controls: what is chosen or offered, a search, an entry by number.
func (t *taskPage) citeFields() []field {
	if t.cites == nil {
		return nil
	}
	var all []field
	if len(t.cites.options) > 0 {
		all = append(all, field{Name: "cite", Kind: "ticks", Options: t.cites.options})
	} else {
		all = append(all, field{Name: "cite", Kind: "none"})
	}
	return append(all, field{Name: "cite.find", Kind: "find"}, field{Name: "cite.number", Kind: "find"})
}

// checkCiteNumber says that what was written down by number is not to be found.
func (t *taskPage) checkCiteNumber() {
	if t.cites != nil && t.cites.unknown {
		t.Refuse("cite.number", "problem.cite_number")
	}
}

// printedCites are the citations as the paper says them.
func (t *taskPage) printedCites() []string {
	if t.cites == nil {
		return nil
	}
	var all []string
	for _, c := range t.cites.chosen {
		if c.Printed != "" {
			all = append(all, c.Printed)
		}
	}
	return all
}

// ownBasis is what a draft names besides its citations.
func ownBasis(basis []string, cites []petition.Citation) []string {
	var all []string
	for _, line := range basis {
		cited := false
		for _, c := range cites {
			cited = cited || c.Printed == line
		}
		if !cited {
			all = append(all, line)
		}
	}
	return all
}
