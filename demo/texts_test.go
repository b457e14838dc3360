package demo

import (
	"bufio"
	"bytes"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"huiyin/petition"
)

func TestThereIsEnoughToTell(t *testing.T) {
	var ordinary int
	seen := map[string]bool{}
	letters := map[byte]bool{}
	tracks := map[petition.Track]int{}
	for _, m := range matters {
		if seen[m.Key] {
			t.Errorf("%s stands twice", m.Key)
		}
		seen[m.Key] = true
		letters[m.Topic[0]] = true
		tracks[m.track()]++
		if m.track() != petition.Report {
			ordinary++
		}
	}
	if ordinary < 60 {
		t.Errorf("%d matters, want at least 60", ordinary)
	}
	for _, letter := range []byte("ABCDEFGZ") {
		if !letters[letter] {
			t.Errorf("nothing about topics of %c", letter)
		}
	}
	for _, track := range []petition.Track{petition.Claim, petition.Advice, petition.Enquiry, petition.Report} {
		if tracks[track] < 4 {
			t.Errorf("track %s has %d matters", track, tracks[track])
		}
	}
}

func TestEveryMatterCanBeToldToItsEnd(t *testing.T) {
	for _, m := range matters {
		if _, known := petition.TopicOf(petition.Topic(m.Topic)); !known {
			t.Errorf("%s: no topic %q", m.Key, m.Topic)
		}
		if !slices.Contains(petition.Purposes, petition.Purpose(m.Purpose)) {
			t.Errorf("%s: no purpose %q", m.Key, m.Purpose)
		}
		if m.Level != "county" && m.Level != "city" {
			t.Errorf("%s: level %q", m.Key, m.Level)
		}
		if len(m.Titles) < 3 || m.Age[0] < 18 || m.Age[1] < m.Age[0] {
			t.Errorf("%s: %d titles, ages %v", m.Key, len(m.Titles), m.Age)
		}
		switch {
		case m.track() == petition.Report:
		case m.Redirect != nil:
			if !strings.HasPrefix(m.Topic, "Z") || m.Redirect.Phone == "" || len(m.Redirect.Why.pieces) == 0 {
				t.Errorf("%s: a redirect needs a topic of Z, a telephone and reasons", m.Key)
			}
		case m.Divert != nil:
			if !slices.Contains(petition.Procedures, m.Divert.Procedure) || m.Divert.Phone == "" || len(m.Divert.Why.pieces) == 0 {
				t.Errorf("%s: a legal procedure needs its kind, a telephone and reasons", m.Key)
			}
		case m.Parts != nil:
			for _, p := range m.Parts {
				checkEndings(t, p)
			}
		default:
			checkEndings(t, m)
		}
	}
}

func checkEndings(t *testing.T, m *matter) {
	t.Helper()
	if len(m.Outcome) == 0 || len(m.Notes) == 0 {
		t.Errorf("%s: %d endings, %d notes", m.Key, len(m.Outcome), len(m.Notes))
	}
	if m.track() == petition.Claim && len(m.Basis) == 0 {
		t.Errorf("%s: an opinion needs a basis", m.Key)
	}
	if len(m.Ask.pieces) > 0 && len(m.Supply.pieces) == 0 {
		t.Errorf("%s: asked, and no answer", m.Key)
	}
	for _, e := range m.Outcome {
		if !slices.Contains(petition.Outcomes(m.track()), e.Code) {
			t.Errorf("%s: outcome %s does not fit its track", m.Key, e.Code)
		}
		if len(e.Found.pieces) == 0 || len(e.Opinion.pieces) == 0 {
			t.Errorf("%s: outcome %s says nothing", m.Key, e.Code)
		}
		if r := e.Review; r != nil && (len(r.Ask.pieces) == 0 || len(r.Looked.pieces) == 0 || len(r.Upheld.pieces) == 0 ||
			len(r.Changed.pieces) == 0 || len(r.Annulled.pieces) == 0 || len(r.Again.pieces) == 0 || len(r.Final.pieces) == 0) {
			t.Errorf("%s: a review of %s is not told to its end", m.Key, e.Code)
		}
		granted := m.track() == petition.Claim && e.Code.Grants()
		if granted && (len(e.Todo.pieces) == 0 || len(e.Done.pieces) == 0) {
			t.Errorf("%s: outcome %s grants, and says not what is to be done", m.Key, e.Code)
		}
	}
}

// TestTextsObeyLimits writes every choice of every text often enough to meet them all.
func TestTextsObeyLimits(t *testing.T) {
	s := World(0, 3, today)
	for _, m := range matters {
		for round := range 40 {
			rng := s.source(round)
			x := &tale{Stories: s, m: m, p: s.pickPlace(rng), at: today, scene: &scene{rng: rng, at: today}}
			x.write(&plan{named: true})
			if x.scene.lost != "" {
				t.Fatalf("%s: nothing for {%s}", m.Key, x.scene.lost)
			}
			if n := utf8.RuneCountInString(x.filing.Title); n < 4 || n > 50 {
				t.Errorf("%s: title of %d characters: %s", m.Key, n, x.filing.Title)
			}
			if n := utf8.RuneCountInString(x.filing.Facts); n < 10 || n > 5000 {
				t.Errorf("%s: facts of %d characters", m.Key, n)
			}
			if n := utf8.RuneCountInString(x.filing.Request); n > 1000 {
				t.Errorf("%s: request of %d characters", m.Key, n)
			}
			if strings.ContainsAny(x.filing.Title+x.filing.Facts+x.filing.Request, "{}[]|") {
				t.Errorf("%s: a place was left open: %s", m.Key, x.filing.Facts)
			}
		}
	}
}

func TestTheOfficeSpeaksPlainly(t *testing.T) {
	forbidden := lines(t, "testdata/voice.txt")
	check := func(where string, said text) {
		t.Helper()
		words := flat(said)
		if word := petition.InternalWord(words); word != "" {
			t.Errorf("%s: %s is a word of the office: %s", where, word, words)
		}
		for _, word := range forbidden {
			if strings.Contains(words, word) {
				t.Errorf("%s: %s in %s", where, word, words)
			}
		}
	}
	var all []*matter
	for _, m := range matters {
		all = append(append(all, m), m.Parts...)
	}
	for _, m := range all {
		for _, e := range m.Outcome {
			check(m.Key, e.Found)
			check(m.Key, e.Opinion)
			check(m.Key, e.Todo)
			check(m.Key, e.Done)
			check(m.Key, e.Agreement)
			if e.Review != nil {
				for _, x := range []text{e.Review.Looked, e.Review.Upheld, e.Review.Changed, e.Review.Annulled, e.Review.Final} {
					check(m.Key, x)
				}
			}
		}
		check(m.Key, m.Ask)
		check(m.Key, m.Extend)
		for _, r := range []*redirect{m.Redirect, m.Divert} {
			if r == nil {
				continue
			}
			for _, x := range []text{r.Name, r.Where, r.Bring, r.Why} {
				check(m.Key, x)
			}
		}
	}
	for _, e := range []ending{words.AgainAnswer, words.JointAnswer, words.VisitAnswer} {
		for _, x := range []text{e.Found, e.Opinion, e.Todo, e.Done} {
			check("words", x)
		}
	}
	for _, r := range refusals {
		check(string(r.Ground), r.Reason)
		check(string(r.Ground), r.Next)
	}
}

func TestNothingRealIsNamed(t *testing.T) {
	places := lines(t, "testdata/real_places.txt")
	hotlines := strings.Fields("12309 12315 12316 12328 12333 12345 12348 12368 12380 12388 12393")
	number := regexp.MustCompile(`[0-9][0-9-]{4,}`)
	names, err := fs.Glob(files, "*/*.toml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		b, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, place := range places {
			if bytes.Contains(b, []byte(place)) {
				t.Errorf("%s names %s", name, place)
			}
		}
		for _, found := range number.FindAllString(string(b), -1) {
			zeros := strings.HasPrefix(found, "0000-00000") || found == "000000"
			unit := len(found) == 6 && strings.HasPrefix(found, "99")
			day := len(found) == len("2006-01-02") && strings.HasPrefix(found, "20")
			if !zeros && !unit && !day && !slices.Contains(hotlines, found) {
				t.Errorf("%s: %s may be somebody's number", name, found)
			}
		}
	}
}

func TestNotationErrorsAreFound(t *testing.T) {
	for _, bad := range []string{"{open", "[a|b", "a]b[", "{m-x}"} {
		var x text
		if err := x.UnmarshalText([]byte(bad)); err == nil && flat(x) != bad && bad != "a]b[" {
			t.Errorf("%q was read as %q", bad, flat(x))
		}
	}
	var x text
	if err := x.UnmarshalText([]byte("a[b{c}|d]e{y-3}")); err != nil {
		t.Fatal(err)
	}
	s := &scene{rng: World(0, 1, today).source(1), at: today}
	s.set("c", "C")
	if got := s.say(x); got != "abCe2023" && got != "ade2023" {
		t.Errorf("said %q", got)
	}
}

// flat is every word of a text, all choices one after another, places as "…".
func flat(t text) string {
	var b strings.Builder
	for _, p := range t.pieces {
		b.WriteString(p.literal)
		if p.place != "" || p.unit != 0 {
			b.WriteString("…")
		}
		for _, c := range p.choice {
			b.WriteString(flat(c))
		}
	}
	return b.String()
}

func lines(t *testing.T, name string) []string {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []string
	for in := bufio.NewScanner(f); in.Scan(); {
		if line := strings.TrimSpace(in.Text()); line != "" && !strings.HasPrefix(line, "#") {
			all = append(all, line)
		}
	}
	return all
}
