package web_test

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"huiyin/petition"
	"huiyin/web"
)

// catalogue is web's own texts, as every face reads them.
func catalogue(t *testing.T) *web.Catalogue {
	t.Helper()
	text, err := web.NewCatalogue(os.DirFS("text"))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestAValueIsNoPlaceForAnother(t *testing.T) {
	said := catalogue(t).Say("zh-CN", "error.conflict_by", "name", "{time}{", "time", 10)
	if want := "{time}{已在10先保存了。"; !strings.HasPrefix(said, want) {
		t.Errorf("%q, not %q", said, want)
	}
	if said := catalogue(t).Say("zh-CN", "error.conflict_by", "time", "十点"); !strings.HasPrefix(said, "{name}已在十点先") {
		t.Errorf("with a value missing: %q", said)
	}
}

func TestEveryRefusalOfTheRulesIsSaidInBothLanguages(t *testing.T) {
	text := catalogue(t)
	key := regexp.MustCompile(`"((?:problem|error|effect)\.[a-z_0-9]+)"`)
	sources, err := fs.Glob(os.DirFS("../petition"), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, name := range sources {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		b, err := os.ReadFile("../petition/" + name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range key.FindAllStringSubmatch(string(b), -1) {
			found++
			for _, lang := range web.Languages {
				if !text.Has(lang, m[1]) {
					t.Errorf("petition/%s: %s is not said in %s", name, m[1], lang)
				}
			}
		}
	}
	if found < 50 {
		t.Errorf("only %d keys found: is the pattern still right?", found)
	}
}

func TestEveryCodeHasANameInBothLanguages(t *testing.T) {
	text := catalogue(t)
	var keys []string
	for _, x := range petition.Topics {
		keys = append(keys, "topic."+string(x.Code), "topic."+string(x.Code[:1]), "office."+x.Office)
		if x.Redirect != "" {
			keys = append(keys, "redirect."+x.Redirect)
		}
	}
	for _, x := range petition.Offices {
		keys = append(keys, "office."+x)
	}
	for _, x := range petition.Redirects {
		keys = append(keys, "redirect."+x)
	}
	for _, x := range petition.Purposes {
		keys = append(keys, "purpose."+string(x), "track."+string(x.Track()))
		for _, o := range petition.Outcomes(x.Track()) {
			keys = append(keys, "outcome."+string(o))
		}
	}
	for _, x := range petition.Channels {
		keys = append(keys, "channel."+string(x))
	}
	for _, x := range petition.Arrivals {
		keys = append(keys, "arrival."+string(x))
	}
	for _, x := range petition.Grounds {
		keys = append(keys, "ground."+string(x.Code))
	}
	for _, x := range petition.ServiceMethods {
		keys = append(keys, "service."+x.Code)
	}
	for _, x := range petition.IDTypes {
		keys = append(keys, "idtype."+x.Code)
	}
	for _, x := range petition.Roles {
		keys = append(keys, "role."+string(x))
	}
	for _, x := range petition.Stages {
		keys = append(keys, "stage."+string(x))
	}
	for _, x := range petition.Actions {
		keys = append(keys, "action."+string(x))
	}
	for _, x := range petition.Checklist {
		keys = append(keys, "check."+x)
	}
	for _, x := range petition.Grades {
		keys = append(keys, "grade."+x)
	}
	for _, x := range petition.Solved {
		keys = append(keys, "solved."+x)
	}
	for _, key := range keys {
		for _, lang := range web.Languages {
			if !text.Has(lang, key) {
				t.Errorf("%s has no name in %s", key, lang)
			}
		}
	}
}

func TestBothLanguagesNameTheSameThings(t *testing.T) {
	text := catalogue(t)
	for i, lang := range web.Languages {
		other := web.Languages[1-i]
		for _, key := range text.Keys(lang) {
			if !text.Has(other, key) {
				t.Errorf("%s is said in %s, not in %s", key, lang, other)
			}
		}
	}
}
