package petition

import (
	_ "embed" // the words are data
	"strings"
	"sync"
)

//go:embed data/internal_words.txt
var internalWordData string

// internalWord is a word of the office that no petitioner should read about himself,
// with the longer words in which it is innocent.
type internalWord struct {
	word   string
	except []string
}

var internalWords = sync.OnceValue(func() []internalWord {
	var words []internalWord
	for line := range strings.Lines(internalWordData) {
		fields := strings.Fields(line)
		if len(fields) > 0 && !strings.HasPrefix(fields[0], "#") {
			words = append(words, internalWord{word: fields[0], except: fields[1:]})
		}
	}
	return words
})

// InternalWord finds a word in a text for petitioners that does not belong there; ""
// if there is none.
func InternalWord(text string) string {
	for _, w := range internalWords() {
		rest := text
		for _, innocent := range w.except {
			rest = strings.ReplaceAll(rest, innocent, " ")
		}
		if strings.Contains(rest, w.word) {
			return w.word
		}
	}
	return ""
}

// plain notes a text for petitioners that has a word of the office in it.
func plain(f *form, field, text string) {
	word := InternalWord(text)
	f.need(word == "", field, "problem.internal_word", "word", word)
}
