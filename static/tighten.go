package static

import (
	"bytes"
	"regexp"
)

var (
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	cssSpace   = regexp.MustCompile(`\s*([{};,>])\s*`)
	cssColon   = regexp.MustCompile(`([{;][a-z0-9-]+):\s+`)
	svgSpace   = regexp.MustCompile(`>\s+<`)
)

// tighten takes out what only the writer needs: comments and indentation. It is no
// parser. The sources keep to what it can read: no comment marks within strings, no
// text that runs over lines or holds an arrow.
func tighten(ext string, text []byte) []byte {
	switch ext {
	case ".css":
		text = cssComment.ReplaceAll(text, nil)
		text = cssSpace.ReplaceAll(text, []byte("$1"))
		text = cssColon.ReplaceAll(text, []byte("$1:"))
		text = bytes.ReplaceAll(text, []byte(";}"), []byte("}"))
		return append(bytes.TrimSpace(text), '\n')
	case ".js":
		return tightenScript(text)
	case ".svg":
		return svgSpace.ReplaceAll(text, []byte("><"))
	}
	return text
}

// tightenScript drops whole-line comments, empty lines and indentation.
func tightenScript(text []byte) []byte {
	var b bytes.Buffer
	for line := range bytes.Lines(text) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 || bytes.HasPrefix(line, []byte("//")) {
			continue
		}
		b.Write(bytes.ReplaceAll(line, []byte(" => "), []byte("=>")))
		b.WriteByte('\n')
	}
	return b.Bytes()
}
