package officedb

import (
	"encoding/hex"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"huiyin/exchange"
	"huiyin/petition"
)

// What the search index knows of a text is keyed: bigrams of Chinese runs, words of
// letters and digits, each as eight bytes of a MAC. Whoever has the file without the
// key learns how often something occurs, not what (docs/security).

// Kinds of index tokens.
const (
	markBigram = "b"
	markWord   = "w"
	markName   = "n"
	markTopic  = "t"
	markTrack  = "k"
	markUnit   = "u" // a leg lies there
	markTree   = "s" // a leg lies there or below

	markAboutBigram = "c" // of the unit concerned (被反映单位)
	markAboutWord   = "d"
)

// runs are the pieces of a text that can be searched: stretches of Chinese, and words.
func runs(text string) (han [][]rune, words []string) {
	var run []rune
	var word strings.Builder
	flush := func() {
		if len(run) > 0 {
			han = append(han, run)
		}
		if word.Len() > 0 {
			words = append(words, word.String())
		}
		run = nil
		word.Reset()
	}
	chinese := false
	for _, r := range norm.NFKC.String(strings.ToLower(text)) {
		switch {
		case unicode.Is(unicode.Han, r):
			if !chinese {
				flush()
			}
			chinese = true
			run = append(run, r)
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if chinese {
				flush()
			}
			chinese = false
			word.WriteRune(r)
		default:
			flush()
		}
	}
	flush()
	return han, words
}

// marks makes index tokens with the key, for one goroutine.
type marks struct {
	key   exchange.Key
	ready map[string]exchange.ReadyMAC // by kind, once it was used
}

func newMarks(key exchange.Key) marks { return marks{key, make(map[string]exchange.ReadyMAC)} }

func (m marks) of(kind, value string) string {
	ready, ok := m.ready[kind]
	if !ok {
		ready = m.key.ReadyMAC("search " + kind)
		m.ready[kind] = ready
	}
	mac := ready.Sum([]byte(value))
	return kind + hex.EncodeToString(mac[:8])
}

// text is the tokens of a text.
func (m marks) text(text string) []string { return m.words(markBigram, markWord, text) }

// about is the tokens of the unit concerned, which is looked for apart from the text.
func (m marks) about(unit string) []string { return m.words(markAboutBigram, markAboutWord, unit) }

func (m marks) words(bigram, word, text string) []string {
	var all []string
	han, words := runs(text)
	for _, run := range han {
		for i := 0; i+1 < len(run); i++ {
			all = append(all, m.of(bigram, string(run[i:i+2])))
		}
	}
	for _, w := range words {
		all = append(all, m.of(word, w))
	}
	return all
}

// caseText is every word of a case that its readers may read.
func caseText(c *petition.Case) string {
	f := c.Filing
	all := []string{f.Title, f.Facts, f.Request, f.Reasons, f.Place, f.When, f.About, f.CourtNote, c.Number}
	if c.Old != nil {
		all = append(all, c.Old.Number, c.Old.Result)
	}
	for _, e := range c.Events {
		act := e.Act
		if act.Proposed != nil {
			act = *act.Proposed
		}
		all = append(all, act.Text, act.Reason)
		if act.Paper != nil {
			all = append(all, act.Paper.Title, act.Paper.Number)
			for _, s := range act.Paper.Sections {
				all = append(all, s.Text)
			}
		}
	}
	return strings.Join(all, "\n")
}

// document is a case as the index knows it.
func (m marks) document(c *petition.Case, r petition.Rules) string {
	all := append(m.text(caseText(c)), m.about(c.Filing.About)...)
	for _, p := range people(c.Filing) {
		if p.Name != "" {
			all = append(all, m.of(markName, normal(p.Name)))
		}
	}
	all = append(all, m.of(markTopic, string(c.Topic)), m.of(markTrack, string(c.Track)))
	for _, l := range c.Legs {
		all = append(all, m.of(markUnit, string(l.Unit)), m.of(markTree, string(l.Unit)))
		for _, up := range r.Units.Above(l.Unit) {
			all = append(all, m.of(markTree, string(up.ID)))
		}
	}
	slices.Sort(all)
	return strings.Join(slices.Compact(all), " ")
}

// contains tells whether the text has all the words asked for, as they were asked.
func contains(text, asked string) bool {
	folded := norm.NFKC.String(strings.ToLower(text))
	for _, part := range strings.Fields(norm.NFKC.String(strings.ToLower(asked))) {
		if !strings.Contains(folded, part) {
			return false
		}
	}
	return true
}
