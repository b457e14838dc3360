package portal

import (
	"regexp"
	"strconv"
	"strings"

	"huiyin/petition"
)

// articlePattern is how a Chinese law numbers its articles, up to 199: 第二十三条第二款.
var articlePattern = regexp.MustCompile(`第([一二三四五六七八九十百零]+)条(?:第([一二三四五六七八九十]+)款)?`)

// cite is an article as the reader's language writes it: "Art. 23(2)" in English. What is
// numbered otherwise stays as it is.
func cite(lang, article string) string {
	if lang != "en" {
		return article
	}
	return articlePattern.ReplaceAllStringFunc(article, func(found string) string {
		part := articlePattern.FindStringSubmatch(found)
		said := "Art. " + strconv.Itoa(numeral(part[1]))
		if part[2] != "" {
			said += "(" + strconv.Itoa(numeral(part[2])) + ")"
		}
		return said
	})
}

// numeral is a Chinese number below 200.
func numeral(text string) int {
	n, digit := 0, 0
	for _, r := range text {
		switch r {
		case '零':
		case '十':
			n, digit = n+10*max(digit, 1), 0
		case '百':
			n, digit = n+100*max(digit, 1), 0
		default:
			digit = strings.Index("一二三四五六七八九", string(r))/len("一") + 1
		}
	}
	return n + digit
}

// lawName is a national law's name in the reader's language; a local rule is called what it
// is called.
func lawName(say func(string, ...any) string, name string) string {
	for _, law := range petition.DefaultLaws() {
		if law.Name == name {
			return say("law." + law.ID)
		}
	}
	return name
}
