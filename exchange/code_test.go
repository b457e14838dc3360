package exchange

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"huiyin/petition"
)

func TestCodeReadsAsPeopleTypeIt(t *testing.T) {
	c := Code("0123456789ABCDEFGHJKMNPQRST")
	digits := make([]byte, 0, codeLength)
	for _, r := range c {
		d, _ := readDigit(r)
		digits = append(digits, d)
	}
	c += Code(alphabet[checkDigit(digits)])
	wide := strings.Map(func(r rune) rune { return r - '!' + '！' }, string(c))
	for name, typed := range map[string]string{
		"as shown":        c.String(),
		"without hyphens": string(c),
		"lower case":      strings.ToLower(c.String()),
		"blanks":          " " + strings.ReplaceAll(c.String(), "-", "  ") + "\n",
		"o, i and l":      strings.NewReplacer("0", "o", "1", "l").Replace(string(c)),
		"O and I":         strings.NewReplacer("0", "O", "1", "I").Replace(string(c)),
		"full width":      wide,
		"full-width dash": strings.ReplaceAll(c.String(), "-", "－"),
		"other dashes":    strings.ReplaceAll(c.String(), "-", "—"),
		"wide blanks":     strings.ReplaceAll(c.String(), "-", "\u3000"),
	} {
		got, err := ParseCode(typed)
		if err != nil || got != c {
			t.Errorf("%s: %q gave %q, %v", name, typed, string(got), err)
		}
	}
}

func TestCodeRefusesWhatIsNone(t *testing.T) {
	c := string(NewCode())
	for _, typed := range []string{"", "-", c[:27], c + "0", strings.Repeat("U", 28), c[:27] + "*",
		c + "\x00", strings.Repeat(" ", 600) + c, "信访" + c, "\xff" + c} {
		if got, err := ParseCode(typed); !petition.Is(err, petition.Invalid) {
			t.Errorf("%q was read as %q, %v", typed, string(got), err)
		}
	}
}

// Whoever mistypes one character or exchanges two is told so, always.
func TestCodeFindsSlips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := []byte(NewCode())
		i := rapid.IntRange(0, codeLength-1).Draw(t, "i")
		j := rapid.IntRange(0, codeLength-1).Draw(t, "j")
		if c[i] != c[j] {
			swapped := append([]byte(nil), c...)
			swapped[i], swapped[j] = c[j], c[i]
			if _, err := ParseCode(string(swapped)); err == nil {
				t.Fatalf("%s with %d and %d exchanged was taken", c, i, j)
			}
		}
		other := alphabet[rapid.IntRange(0, 31).Draw(t, "other")]
		if other != c[i] {
			c[i] = other
			if _, err := ParseCode(string(c)); err == nil {
				t.Fatalf("%s with %d wrong was taken", c, i)
			}
		}
	})
}

func TestCodesDiffer(t *testing.T) {
	seen := make(map[Code]bool)
	locators := make(map[Locator]bool)
	for range 2000 {
		c := NewCode()
		got, err := ParseCode(c.String())
		if err != nil || got != c {
			t.Fatalf("%s came back as %s, %v", c, got, err)
		}
		seen[c], locators[c.Locator()] = true, true
	}
	if len(seen) != 2000 || len(locators) != 2000 {
		t.Errorf("%d codes, %d locators", len(seen), len(locators))
	}
}

func TestGrantOpensForItsCodeOnly(t *testing.T) {
	c, reading, filing := NewCode(), NewKey(), petition.ID{1}
	g := c.Grant(filing, reading, MayAdd)
	if got, err := g.Open(c); err != nil || got != reading {
		t.Fatalf("%v", err)
	}
	if !g.May(MayAdd) || g.May(MayWithdraw) {
		t.Error("rights are not those given")
	}
	if _, err := g.Open(NewCode()); err == nil {
		t.Error("another code opened it")
	}
	moved := g
	moved.Filing = petition.ID{2}
	if _, err := moved.Open(c); err == nil {
		t.Error("it opened for another filing")
	}
	if g.Locator != c.Locator() || strings.Contains(string(g.Wrapped), string(reading[:])) {
		t.Error("the row tells too much or too little")
	}
}

func TestBodyHashIsKeyed(t *testing.T) {
	a, b := NewCode(), NewCode()
	first, again := a.BodyHash([]byte("x")), a.BodyHash([]byte("x"))
	if first != again {
		t.Error("the same body has two hashes")
	}
	if first == a.BodyHash([]byte("y")) || first == b.BodyHash([]byte("x")) {
		t.Error("two bodies or two codes have one hash")
	}
}
