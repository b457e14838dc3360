package static

import (
	"bytes"
	"compress/gzip"
	"io"
	"regexp"
	"strings"
	"testing"
)

// A portal page may weigh 80 KB in all, uncompressed; this is the part of the look.
func TestFilesStayLight(t *testing.T) {
	for name, limit := range map[string]struct{ plain, packed int }{
		"huiyin.css": {42 << 10, 14 << 10},
		"office.css": {46 << 10, 14 << 10},
		"huiyin.js":  {6 << 10, 3 << 10},
		"icons.svg":  {8 << 10, 3 << 10},
		"mark.svg":   {1 << 10, 1 << 10},
	} {
		f := files()[name]
		if len(f.plain) > limit.plain || len(f.packed) > limit.packed {
			t.Errorf("%s weighs %d bytes, %d packed; %d and %d are allowed", name, len(f.plain), len(f.packed), limit.plain, limit.packed)
		}
	}
}

func TestPackedIsTheSame(t *testing.T) {
	for name, f := range files() {
		r, err := gzip.NewReader(bytes.NewReader(f.packed))
		if err != nil {
			t.Fatal(name, err)
		}
		plain, err := io.ReadAll(r)
		if err != nil || !bytes.Equal(plain, f.plain) {
			t.Errorf("%s: packed content differs (%v)", name, err)
		}
	}
}

func TestURLCarriesTheHash(t *testing.T) {
	shape := regexp.MustCompile(`^/static/[a-z]+\.[0-9a-f]{12}\.(css|js|svg)$`)
	for name := range parts {
		if !shape.MatchString(URL(name)) {
			t.Errorf("URL(%q) = %q", name, URL(name))
		}
	}
	if got := URL("nothing.css"); got != "⟪nothing.css⟫" {
		t.Errorf("an unknown file has the address %q", got)
	}
}

// What the policy of the pages forbids or old browsers cannot read.
func TestSheetsKeepToTheBaseline(t *testing.T) {
	banned := regexp.MustCompile(`(?i)url\(|@import|@layer|@container|color-mix|expression\(|https?:|&[.:\s]|font-style:italic|@font-face`)
	for _, name := range []string{"huiyin.css", "office.css"} {
		text := string(files()[name].plain)
		if m := banned.FindString(text); m != "" {
			t.Errorf("%s holds %q", name, m)
		}
		if n := strings.Count(text, "!important"); n > 3 {
			t.Errorf("%s: !important %d times; it is for hidden and print only", name, n)
		}
		if open, shut := strings.Count(text, "{"), strings.Count(text, "}"); open != shut {
			t.Errorf("%s: %d braces open, %d shut", name, open, shut)
		}
	}
}

// :has is an improvement only: in its own rule, an old browser drops nothing else.
func TestHasStandsAlone(t *testing.T) {
	for _, name := range []string{"huiyin.css", "office.css"} {
		for _, m := range regexp.MustCompile(`[^{}]*:has\([^{}]*\{[^}]*\}`).FindAllString(string(files()[name].plain), -1) {
			for selector := range strings.SplitSeq(m[:strings.Index(m, "{")], ",") {
				if !strings.Contains(selector, ":has(") {
					t.Errorf("%s: %q shares a rule with :has", name, selector)
				}
			}
		}
	}
}

// Everything a variable names is a token or set on the element itself.
func TestEveryTokenExists(t *testing.T) {
	for _, name := range []string{"huiyin.css", "office.css"} {
		text := files()[name].plain
		set := map[string]bool{}
		for _, m := range regexp.MustCompile(`(--[a-z0-9-]+):`).FindAllSubmatch(text, -1) {
			set[string(m[1])] = true
		}
		for _, m := range regexp.MustCompile(`var\((--[a-z0-9-]+)`).FindAllSubmatch(text, -1) {
			if !set[string(m[1])] {
				t.Errorf("%s uses %s, which is set nowhere", name, m[1])
			}
		}
	}
}

// The class names of the design reference, chapter 9, and of its pages.
func TestDesignedClassesExist(t *testing.T) {
	designed := map[string]string{
		"huiyin.css": "btn btn--second btn--quiet btn--danger btn--white btn--line field hint error input count errsum choices choice choice--on steps tl now-li todo ev clk clk--soon clk--over badge badge--info badge--ok badge--warn badge--danger badge--conf badge--line pill grid grid--stack pager flash note note--warn dlg more files doc doc--mini receipt__no qr empty menu skip vh util mast hero foot wrap card flow flow__grid tips captcha code demo slip print-doc print-slip",
		"office.css": "btn field input errsum choices choice log pub sup stages done cur stg pill pill--danger due due--over due--soon grid grp grid--cards grid--stack filters pager tile tile--over tile--soon chart flash note more files doc doc--mini empty menu skip vh bar rail shell page panel case2 case3 c-facts c-act chead cclock kv compose do check tiles dash attn qtabs dues demo signin effect why",
	}
	for name, classes := range designed {
		known := classesOf(name)
		for class := range strings.FieldsSeq(classes) {
			if !known[class] {
				t.Errorf("%s lacks .%s", name, class)
			}
		}
	}
}

func TestTighten(t *testing.T) {
	for _, c := range []struct{ ext, from, want string }{
		{".css", "/* a\n b */\n.x { color: red; margin: 0 auto; }\n", ".x{color:red;margin:0 auto}\n"},
		{".css", "a:hover, b > c { --s-1: .25rem; width: calc(1px + 2px); }", "a:hover,b>c{--s-1:.25rem;width:calc(1px + 2px)}\n"},
		{".css", ".a .b { content: \" · \"; }", ".a .b{content:\" · \"}\n"},
		{".js", "// words\n\n  const a = (b) => b; // kept\n", "const a = (b)=>b; // kept\n"},
		{".svg", "<svg>\n  <path d=\"M1 2\"/>\n</svg>", "<svg><path d=\"M1 2\"/></svg>"},
		{".txt", " as it is ", " as it is "},
	} {
		if got := string(tighten(c.ext, []byte(c.from))); got != c.want {
			t.Errorf("%s: %q becomes %q, want %q", c.ext, c.from, got, c.want)
		}
	}
}
