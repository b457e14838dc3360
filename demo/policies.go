package demo

import (
	"crypto/sha256"
	"slices"
	"strings"
	"time"

	"huiyin/petition"
)

// policies are the invented documents on which the demonstration's opinions rest, with
// the content codes that each article is about.
var policies = loadPolicies()

type ruledArticle struct {
	petition.Article
	Topics []string
}

type policy struct {
	petition.Policy
	articles []ruledArticle
}

// Policies is the demonstration's policy library.
func Policies() []petition.Policy {
	all := make([]petition.Policy, 0, len(policies))
	for _, p := range policies {
		all = append(all, p.Policy)
	}
	return all
}

func loadPolicies() []policy {
	type entry struct {
		Number, Title, Level, Unit, Body, From, Until string
		Article                                       []struct {
			Number, Text string
			Topics       []string
		}
	}
	var all []policy
	for _, e := range load[struct{ Policy []entry }]("data/policies.toml").Policy {
		p := policy{Policy: petition.Policy{ID: policyID(e.Number), Version: 1, Title: e.Title, Number: e.Number, Body: e.Body,
			Level: petition.Level(e.Level), From: e.From, Until: e.Until, Unit: petition.UnitID(e.Unit)}}
		for _, a := range e.Article {
			one := petition.Article{Number: a.Number, Text: a.Text}
			p.Articles = append(p.Articles, one)
			p.articles = append(p.articles, ruledArticle{one, a.Topics})
		}
		all = append(all, p)
	}
	return all
}

// policyID is the same at every start.
func policyID(number string) petition.ID {
	sum := sha256.Sum256([]byte(number))
	id, err := petition.MakeID(time.Date(2024, 3, 1, 0, 0, 0, 0, petition.Shanghai), strings.NewReader(string(sum[:])))
	if err != nil {
		panic(err) // 32 bytes are enough for an id
	}
	return id
}

// citations are the articles that an opinion of a content code rests on.
func citations(topic petition.Topic) []petition.Citation {
	var all []petition.Citation
	for _, p := range policies {
		for _, a := range p.articles {
			if slices.Contains(a.Topics, string(topic)) {
				if c, ok := p.Cite(a.Number); ok {
					all = append(all, c)
				}
			}
		}
	}
	return all
}

// grounded puts on an opinion what a claim's outcome needs: the articles it rests on, or
// the record that a refusal was explained; and what rule is missing, where one is.
func (t *tale) grounded(act petition.Act) petition.Act {
	if t.c.Track != petition.Claim {
		return act
	}
	if act.Outcome.Supports() || act.Outcome == petition.NotSupported {
		act.Cites = citations(t.c.Topic)
		printed := make([]string, 0, len(act.Cites))
		for _, c := range act.Cites {
			printed = append(printed, c.Printed)
		}
		act.Paper.Basis = append(printed, act.Paper.Basis...)
	}
	if act.Outcome == petition.NotSupported {
		act.Explained = &petition.Explanation{Day: petition.Day(t.at), Text: t.scene.say(words.ExplainedHow)}
	}
	if lacking := t.scene.say(t.m.Gap); lacking != "" && t.c.Gap == nil {
		h := t.handler()
		act.Gap = &petition.Gap{What: lacking, Owner: h.Staff, OwnerName: h.Name, Due: petition.Day(t.due(45))}
	}
	return act
}
