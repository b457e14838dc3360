package portal

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"slices"
	"strings"
)

// sheetField carries a sheet in the form of each step.
const sheetField = "sheet"

// A sheet is one page of questions as a window has it open: what its step held when it
// was drawn, and a name of its own, "held.name". Two windows on one draft are told
// apart by it: the older must not write over the newer one's words unseen. The name is
// what lets a window save its own step again and again (the script does), and go back
// to it, without being taken for another.

// sheet is for a page of the step that is drawn now.
func (d *draft) sheet(s *step) string {
	return held(d.Answers[s.name]) + "." + rand.Text()[:12]
}

// held is a short fingerprint of a step's answers; fields left empty count as none.
func held(answers url.Values) string {
	kept := url.Values{}
	for field, values := range answers {
		if values = slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == "" }); len(values) > 0 {
			kept[field] = values
		}
	}
	sum := sha256.Sum256([]byte(kept.Encode()))
	return base64.RawURLEncoding.EncodeToString(sum[:9])
}

// stale tells whether the sheet's window would write over words that it never showed:
// another one kept others since it was drawn.
func (d *draft) stale(s *step, sheet string, answers url.Values) bool {
	now := held(d.Answers[s.name])
	seen, name, _ := strings.Cut(sheet, ".")
	return !d.Filed && now != held(nil) && now != seen && now != held(answers) && (name == "" || d.Sheets[s.name] != name)
}

// write keeps the answers of a sheet; false, with nothing changed, if it is stale.
func (d *draft) write(s *step, sheet string, answers url.Values) bool {
	if d.stale(s, sheet, answers) {
		return false
	}
	d.answerStep(s, answers)
	if _, name, ok := strings.Cut(sheet, "."); ok && !d.Filed && len(name) < 32 {
		if d.Sheets == nil {
			d.Sheets = map[string]string{}
		}
		d.Sheets[s.name] = name
	}
	return true
}

// otherWords is a field as another window left it.
type otherWords struct{ Label, Text string }

// elsewhere are the fields that another window answered otherwise than this one: what
// it holds, to be compared. Nothing stands for an answer that it left empty.
func (v *visit) elsewhere(s *step) []otherWords {
	kept := v.draft.Answers[s.name]
	var all []otherWords
	for _, field := range s.fields {
		label := "file." + s.name + "." + field + ".label"
		if other := strings.TrimSpace(kept.Get(field)); other != v.form.Get(field) && v.text.Has(v.lang, label) {
			all = append(all, otherWords{v.say(label), v.meant(s, field, other)})
		}
	}
	return all
}

// meant is what a value says to the reader: the words of a choice, else as typed.
func (v *visit) meant(s *step, field, value string) string {
	switch field {
	case "area", "unit":
		for _, u := range v.world.units.All() {
			if string(u.ID) == value {
				return u.Area
			}
		}
	case "region":
		if name := v.world.called[value]; name != "" {
			return name
		}
	}
	for _, key := range []string{"file." + s.name + "." + field + "." + value, "topic." + value, "idtype." + value} {
		if value != "" && !strings.ContainsAny(value, " \n") && v.text.Has(v.lang, key) {
			return v.say(key, "unit", v.unit().Name)
		}
	}
	if value == "" {
		return v.say("check.empty")
	}
	return value
}
