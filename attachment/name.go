package attachment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// nameRunes is the longest name kept, in characters.
const nameRunes = 120

// DisplayName is a file's name as it may stand on a page and in a download: without
// folders, control and invisible characters (among them those that turn the direction
// of writing around, so that "gpj.exe" cannot pose as "exe.jpg"), composed (NFC), no
// longer than 120 characters with its ending kept. Brackets, quotes, blanks and every
// script stay as they are; a page still escapes them. The result may be empty.
func DisplayName(name string) string {
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = strings.Map(visible, strings.ToValidUTF8(name, "_"))
	name = trim(norm.NFC.String(name))
	return trim(shorten(name))
}

// trim takes off blanks, and dots at the end: some systems drop those, which would change
// the ending.
func trim(name string) string {
	return strings.TrimRightFunc(strings.TrimSpace(name), func(r rune) bool { return r == '.' || unicode.IsSpace(r) })
}

func visible(r rune) rune {
	switch {
	case r == '\t' || r == '\n' || r == '\r':
		return ' '
	case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r),
		unicode.Is(unicode.Zl, r), unicode.Is(unicode.Zp, r):
		return -1
	}
	return r
}

// shorten cuts the middle out of a name that is too long: the ending stays.
func shorten(name string) string {
	if utf8.RuneCountInString(name) <= nameRunes {
		return name
	}
	tail := ""
	if e := ending(name); e != "" {
		tail = name[len(name)-len(e)-1:]
	}
	stem := []rune(strings.TrimSuffix(name, tail))
	return string(stem[:nameRunes-len(tail)]) + tail
}

// ending is what follows the last dot, in lower case, if it looks like the name of a
// kind of file: a letter and at most seven more letters or digits.
func ending(name string) string {
	i := strings.LastIndexByte(name, '.')
	if i < 0 || len(name)-i-1 < 1 || len(name)-i-1 > 8 {
		return ""
	}
	e := strings.ToLower(name[i+1:])
	for j, r := range e {
		letter := r >= 'a' && r <= 'z'
		if !letter && (j == 0 || r < '0' || r > '9') {
			return ""
		}
	}
	return e
}

// truthful gives a name the ending of its type, so that no system opens the file as
// something else. A name without a stem becomes "file".
func truthful(name string, t Type) string {
	if t.endsWith(ending(name)) && !strings.HasPrefix(name, ".") {
		return name
	}
	if name = strings.TrimLeft(name, "."); name == "" {
		name = "file"
	}
	if t.endsWith(ending(name)) {
		return name
	}
	return shorten(name + "." + t.ending())
}
