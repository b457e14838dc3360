package portal

import (
	"bufio"
	"bytes"
	"fmt"
	"strings"

	"github.com/gin-gonic/gin"
)

// lawNames are the texts that the portal publishes: public law, word for word.
var lawNames = []string{"2022", "2005", "opinion"}

// lawText is a text read into what a page needs.
type lawText struct {
	Title string
	Lines []lawLine
	Heads []lawLine
}

// lawLine is a heading or a paragraph.
type lawLine struct {
	ID   string // of headings and articles, for links: "第二十三条"
	Head bool
	Text string
}

// readLaw reads the small part of Markdown in which the texts are kept.
func readLaw(name string) (lawText, error) {
	b, err := lawFiles.ReadFile("law/" + name + ".md")
	if err != nil {
		return lawText{}, fmt.Errorf("law %s: %w", name, err)
	}
	var law lawText
	lines := bufio.NewScanner(bytes.NewReader(b))
	for lines.Scan() {
		text := strings.TrimSpace(lines.Text())
		switch {
		case text == "" || strings.HasPrefix(text, "<!--"):
		case strings.HasPrefix(text, "# "):
			law.Title = strings.TrimPrefix(text, "# ")
		case strings.HasPrefix(text, "#"):
			text = strings.TrimSpace(strings.TrimLeft(text, "#"))
			line := lawLine{ID: "h" + fmt.Sprint(len(law.Heads)+1), Head: true, Text: text}
			law.Lines, law.Heads = append(law.Lines, line), append(law.Heads, line)
		default:
			law.Lines = append(law.Lines, lawLine{ID: article(text), Text: text})
		}
	}
	return law, lines.Err()
}

// article is the number at the head of an article, "第二十三条"; "" if there is none.
func article(text string) string {
	number, _, found := strings.Cut(text, "条")
	if !found || !strings.HasPrefix(number, "第") || len([]rune(number)) > 6 {
		return ""
	}
	return number + "条"
}

// lawPage is a text of law.
type lawPage struct {
	lawText
	Name  string
	Other []string
}

func (p *Portal) showLaw(c *gin.Context) error {
	name := c.Param("law")
	law, ok := p.texts.laws[name]
	if !ok {
		return gone()
	}
	w, err := p.atlas.world(c.Request.Context())
	if err != nil {
		return err
	}
	return p.public.Show(c, w.edition, "law", func() (any, error) {
		page := lawPage{lawText: law, Name: name}
		for _, n := range lawNames {
			if n != name {
				page.Other = append(page.Other, n)
			}
		}
		return page, nil
	})
}
