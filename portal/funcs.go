package portal

import (
	"fmt"
	"html"
	"html/template"
	"strings"
	"time"

	"huiyin/petition"
)

// pageFuncs are the functions that only the portal's pages have.
func pageFuncs(lang string, say func(string, ...any) string) template.FuncMap {
	return template.FuncMap{
		"stress": func(key string, day any, pairs ...any) (template.HTML, error) {
			return stress(lang, say, key, day, pairs)
		},
		"cite":      func(article string) string { return cite(lang, article) },
		"law":       func(name string) string { return lawName(say, name) },
		"hours":     func(of interface{ HoursIn(string) string }) string { return of.HoursIn(lang) },
		"paras":     paras,
		"megabytes": megabytes,
		"tel":       tel,
		"hour":      func(t time.Time) string { return t.In(petition.Shanghai).Format("15:04") },
		"sayargs": func(key string, args map[string]string) string {
			var list []any
			for name, value := range args {
				list = append(list, name, value)
			}
			return say(key, list...)
		},
	}
}

// tel is the address that dials a number; only what can be dialled is kept.
func tel(phone string) template.URL {
	return template.URL("tel:" + strings.Map(func(r rune) rune { // #nosec G203 -- digits only
		if r >= '0' && r <= '9' || r == '+' {
			return r
		}
		return -1
	}, phone))
}

// stress is a sentence in which the place {date} stands out as a date.
func stress(lang string, say func(string, ...any) string, key string, day any, pairs []any) (template.HTML, error) {
	words := html.EscapeString(say(key, pairs...))
	t, err := dayOf(day)
	if err != nil {
		return "", err
	}
	form := "1月2日"
	if lang == "en" {
		form = "2 January"
	}
	date := fmt.Sprintf(`<em><time datetime="%s">%s</time></em>`, t.Format(time.DateOnly), t.Format(form))
	return template.HTML(strings.ReplaceAll(words, "{date}", date)), nil // #nosec G203 -- escaped above
}

func dayOf(day any) (time.Time, error) {
	switch d := day.(type) {
	case time.Time:
		return d.In(petition.Shanghai), nil
	case string:
		if d == "" {
			return time.Time{}, nil
		}
		return petition.ParseDay(d)
	}
	return time.Time{}, fmt.Errorf("%T is no day", day)
}

// paras cuts a text into its paragraphs.
func paras(text string) []string {
	var all []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// megabytes writes a size as people say it.
func megabytes(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%d KB", n>>10)
	}
	return fmt.Sprintf("%d B", n)
}
