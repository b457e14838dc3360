package attachment

import (
	"errors"
	"testing"

	"huiyin/petition"
)

func TestEachKindIsKnownByItsContent(t *testing.T) {
	for _, s := range samples(t) {
		got, err := Sniff(s.name, s.data, Limits{})
		if err != nil || got != s.kind {
			t.Errorf("%s: %q, %v; want %q", s.name, got, err, s.kind)
		}
	}
}

// A name that says otherwise changes nothing, except for text, which nothing else
// vouches for.
func TestTheNameDecidesNothing(t *testing.T) {
	for _, s := range samples(t) {
		for _, name := range []string{"", "noending", "a.exe", "a.zip", "a.jpg.html"} {
			got, err := Sniff(name, s.data, Limits{})
			if s.kind == TXT && ending(name) != "" {
				wantFlaw(t, name, err, wrongType)
			} else if err != nil || got != s.kind {
				t.Errorf("%s as %q: %q, %v", s.kind, name, got, err)
			}
		}
	}
}

func TestEveryTypeHasAnEnding(t *testing.T) {
	for _, k := range Types {
		if len(endings[k]) == 0 {
			t.Errorf("%s has no ending", k)
		}
	}
	if len(Types) != 12 || len(Accept()) < len(Types) {
		t.Errorf("types: %d, endings: %v", len(Types), Accept())
	}
}

// wantFlaw checks that an error is the refusal that the reader sees beside the field.
func wantFlaw(t *testing.T, name string, err error, want flaw) {
	t.Helper()
	var e *petition.Error
	if !errors.As(err, &e) || e.Kind != petition.Invalid || len(e.Problems) != 1 {
		t.Errorf("%s: %v; want %s", name, err, want)
		return
	}
	p := e.Problems[0]
	if p.Key != string(want) || p.Field != Field || p.Args["name"] == "" && name != "" {
		t.Errorf("%s: %+v; want %s", name, p, want)
	}
}
