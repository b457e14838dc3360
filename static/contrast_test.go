package static

import (
	"math"
	"regexp"
	"strconv"
	"testing"
)

var (
	tokenRule = regexp.MustCompile(`(--[a-z0-9-]+):(#[0-9A-Fa-f]{3,6})`)
	ruleBody  = regexp.MustCompile(`([^{}]+)\{([^{}]*)\}`)
	inkOf     = regexp.MustCompile(`(?:^|;)color:([^;]+)`)
	groundOf  = regexp.MustCompile(`(?:^|;)background(?:-color)?:([^;]+)`)
	hexColour = regexp.MustCompile(`^#[0-9A-Fa-f]{3,6}`)
	varColour = regexp.MustCompile(`^var\((--[a-z0-9-]+)\)`)
)

// tokens are the colours of :root as the portal has them; the office's five changes
// are checked with them.
func tokens(t *testing.T, sheet string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, m := range tokenRule.FindAllStringSubmatch(string(files()[sheet].plain), -1) {
		if _, first := all[m[1]]; !first || sheet == "office.css" && isGround(m[1]) {
			all[m[1]] = m[2]
		}
	}
	if len(all) < 30 {
		t.Fatalf("only %d colours found in %s", len(all), sheet)
	}
	return all
}

// isGround tells which colours the office replaces and modes.css does not.
func isGround(token string) bool { return token == "--paper" || token == "--sunken" }

// luminance is that of WCAG 2 of #RGB or #RRGGBB.
func luminance(hex string) float64 {
	if len(hex) == 4 {
		hex = "#" + hex[1:2] + hex[1:2] + hex[2:3] + hex[2:3] + hex[3:4] + hex[3:4]
	}
	channel := func(from int) float64 {
		v, _ := strconv.ParseUint(hex[from:from+2], 16, 8)
		c := float64(v) / 255
		if c <= .04045 {
			return c / 12.92
		}
		return math.Pow((c+.055)/1.055, 2.4)
	}
	return .2126*channel(1) + .7152*channel(3) + .0722*channel(5)
}

func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (math.Max(x, y) + .05) / (math.Min(x, y) + .05)
}

func TestContrastFormula(t *testing.T) {
	if got := contrast("#000", "#FFFFFF"); math.Abs(got-21) > .001 {
		t.Errorf("black on white is %.3f", got)
	}
	if got := contrast("#0B5563", "#FFFFFF"); math.Abs(got-8.42) > .01 {
		t.Errorf("brand on white is %.3f, the design reference says 8.42", got)
	}
}

// Every colour of words on every ground it may meet.
func TestTokensAreLegible(t *testing.T) {
	pairs := []struct {
		least float64
		inks  []string
		on    []string
	}{
		{4.5, []string{"--ink", "--ink-2", "--ink-3", "--brand", "--brand-2", "--link", "--danger", "--warn", "--ok", "--conf"}, []string{"--surface", "--paper", "--sunken", "--brand-tint"}},
		{4.5, []string{"--danger"}, []string{"--danger-tint"}},
		{4.5, []string{"--warn"}, []string{"--warn-tint"}},
		{4.5, []string{"--ok"}, []string{"--ok-tint"}},
		{4.5, []string{"--conf"}, []string{"--conf-tint"}},
		{4.5, []string{"--surface"}, []string{"--brand", "--brand-2", "--brand-deep", "--danger", "--danger-2", "--rail", "--rail-danger"}},
		{4.5, []string{"--on-dark"}, []string{"--brand-deep"}},
		{4.5, []string{"--rail-ink", "--rail-head"}, []string{"--rail"}},
		{4.5, []string{"--ink"}, []string{"--demo", "--focus"}},
		{3, []string{"--edge", "--warn-mark", "--c1", "--c2", "--c3", "--c-slate"}, []string{"--surface"}},
		{3, []string{"--edge"}, []string{"--paper", "--sunken"}},
		{3, []string{"--focus"}, []string{"--brand-deep"}},
	}
	for _, sheet := range []string{"huiyin.css", "office.css"} {
		colours := tokens(t, sheet)
		for _, p := range pairs {
			for _, ink := range p.inks {
				for _, ground := range p.on {
					if got := contrast(colours[ink], colours[ground]); got < p.least {
						t.Errorf("%s: %s on %s is %.2f, at least %.1f is needed", sheet, ink, ground, got, p.least)
					}
				}
			}
		}
	}
}

// A rule that sets both words and ground must be legible by itself.
func TestRulesAreLegible(t *testing.T) {
	for _, sheet := range []string{"huiyin.css", "office.css"} {
		colours := tokens(t, sheet)
		seen := 0
		for _, rule := range ruleBody.FindAllStringSubmatch(string(files()[sheet].plain), -1) {
			ink, ground := colourIn(inkOf, rule[2], colours), colourIn(groundOf, rule[2], colours)
			if ink == "" || ground == "" {
				continue
			}
			seen++
			if got := contrast(ink, ground); got < 4.5 {
				t.Errorf("%s: %s shows %s on %s: %.2f", sheet, rule[1], ink, ground, got)
			}
		}
		if seen < 20 {
			t.Errorf("%s: only %d rules were looked at", sheet, seen)
		}
	}
}

// colourIn is the plain colour that the property has in the rule; "" for none.
func colourIn(property *regexp.Regexp, body string, colours map[string]string) string {
	m := property.FindStringSubmatch(body)
	if m == nil {
		return ""
	}
	if v := varColour.FindStringSubmatch(m[1]); v != nil {
		return colours[v[1]]
	}
	return hexColour.FindString(m[1])
}
