package attachment

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestDisplayName(t *testing.T) {
	long := strings.Repeat("长", 200)
	for in, want := range map[string]string{
		"收据（2）【新】[a] {b} 'c' \"d\" <e> & #1.pdf": "收据（2）【新】[a] {b} 'c' \"d\" <e> & #1.pdf",
		`C:\Users\张三\桌面\来信.doc`:                  "来信.doc",
		"../../etc/passwd":                       "passwd",
		"a/b\\c.txt":                             "c.txt",
		"photo\u202egpj.exe":                     "photogpj.exe",
		"a\x00b\x1fc\u0085.txt":                  "abc.txt",
		"a\tb\nc.txt":                            "a b c.txt",
		"zero\u200bwidth\ufeff\u00ad.txt":        "zerowidth.txt",
		"line\u2028sep\u2029.txt":                "linesep.txt",
		"bad\xffutf.txt":                         "bad_utf.txt",
		"e\u0301.txt":                            "é.txt",
		" . ":                                    "",
		"run.exe. . ":                            "run.exe",
		"𠮷田🧾.jpg":                                "𠮷田🧾.jpg",
		"":                                       "",
		long + ".docx":                           strings.Repeat("长", 115) + ".docx",
		long:                                     strings.Repeat("长", 120),
	} {
		if got := DisplayName(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestNamesTellTheTruth(t *testing.T) {
	for _, c := range []struct {
		name string
		kind Type
		want string
	}{
		{"a.JPG", JPEG, "a.JPG"}, {"a.jpeg", JPEG, "a.jpeg"}, {"a.png", JPEG, "a.png.jpg"}, {"a.exe", PDF, "a.exe.pdf"},
		{"", PDF, "file.pdf"}, {".pdf", PDF, "pdf.pdf"}, {"..", TXT, "file.txt"}, {"v1.2", TXT, "v1.2.txt"}, {"notes.md", TXT, "notes.md"},
		{strings.Repeat("x", 120), MP3, strings.Repeat("x", 116) + ".mp3"},
	} {
		if got := truthful(c.name, c.kind); got != c.want {
			t.Errorf("%q as %s: %q, want %q", c.name, c.kind, got, c.want)
		}
	}
}

// Whatever a name is, what is shown is short, visible, without folders, and stays the
// same when it is cleaned again.
func TestDisplayNameHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })).Draw(t, "name")
		got := DisplayName(raw)
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > nameRunes || strings.ContainsAny(got, `/\`) {
			t.Fatalf("%q", got)
		}
		if strings.ContainsFunc(got, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }) {
			t.Fatalf("invisible: %q", got)
		}
		if again := DisplayName(got); again != got {
			t.Fatalf("%q became %q", got, again)
		}
		for _, k := range Types {
			named := truthful(got, k)
			if !k.endsWith(ending(named)) || utf8.RuneCountInString(named) > nameRunes || strings.HasPrefix(named, ".") {
				t.Fatalf("%s: %q", k, named)
			}
		}
	})
}
