package backoffice

import (
	"io"
	"io/fs"
	"log/slog"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"huiyin/petition"
	"huiyin/web"
)

// words is the catalogue as the office's pages have it.
func words(t *testing.T) *web.Catalogue {
	t.Helper()
	w, err := New(Options{Store: noStore{}, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		t.Fatal(err)
	}
	return w.site.Text
}

// noStore is enough where no request is served.
type noStore struct{ Store }

func TestEverySentenceStandsInBothLanguages(t *testing.T) {
	text := words(t)
	for i, lang := range web.Languages {
		other := web.Languages[1-i]
		for _, key := range text.Keys(lang) {
			if !text.Has(other, key) {
				t.Errorf("%s is said in %s, not in %s", key, lang, other)
			}
		}
	}
	places := regexp.MustCompile(`\{[a-z]+\}`)
	for _, key := range text.Keys("zh-CN") {
		zh := text.Say("zh-CN", key, "n", 2)
		en := text.Say("en", key, "n", 2)
		for _, p := range places.FindAllString(zh, -1) {
			if !strings.Contains(en, p) {
				t.Errorf("%s: %s is not in %q", key, p, en)
			}
		}
	}
}

// TestEveryKeyOfThePagesIsSaid finds the keys that pages and code name outright; those
// put together at run time are found by the walk over all pages.
func TestEveryKeyOfThePagesIsSaid(t *testing.T) {
	text := words(t)
	spoken := regexp.MustCompile(`\bt "([a-zA-Z_0-9.]+)"`)
	err := fs.WalkDir(files, "pages", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(files, name)
		for _, m := range spoken.FindAllStringSubmatch(string(b), -1) {
			if !text.Has("zh-CN", m[1]) {
				t.Errorf("%s: %s is not said", name, m[1])
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestPagesHoldNoWordsOfTheirOwn: every word a reader sees comes from the catalogues
// or from data.
func TestPagesHoldNoWordsOfTheirOwn(t *testing.T) {
	err := fs.WalkDir(files, "pages", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(files, name)
		for _, r := range string(b) {
			if unicode.Is(unicode.Han, r) {
				t.Errorf("%s holds %q", name, r)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestEveryActionHasItsWords(t *testing.T) {
	text := words(t)
	for a, tk := range tasks {
		need := []string{"action." + string(a), "flash." + string(a)}
		if a != petition.Approve && a != petition.Decline {
			need = append(need, "help."+string(a))
		}
		if actionIcons[a] == "" && a != petition.Note {
			t.Errorf("%s has no icon", a)
		}
		if tk.act == nil || tk.fields == nil {
			t.Errorf("%s has no form", a)
		}
		for _, key := range need {
			for _, lang := range web.Languages {
				if !text.Has(lang, key) {
					t.Errorf("%s is not said in %s", key, lang)
				}
			}
		}
	}
	for _, key := range []string{"effects.approval", "effects.paper", "effects.letter", "effects.due"} {
		if !text.Has("en", key) {
			t.Errorf("%s is not said", key)
		}
	}
	for e := petition.Effect(1); e < 1<<30; e <<= 1 {
		for _, key := range e.Keys() {
			if !text.Has("en", key) {
				t.Errorf("%s is not said", key)
			}
		}
	}
}
