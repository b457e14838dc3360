package backoffice

import "strings"

const (
	neverFirst = "。，、；：！？）》」』】〕”’…—·％℃"
	neverLast  = "（《「『【〔“‘"
)

// clusters divides a text into what stays together on a line: a run of Latin letters or
// digits, a character with the marks that may not begin a line after it or may not end
// one before it.
func clusters(text string) []string {
	var all []string
	glue := false
	for _, r := range text {
		latin := r < 0x2000 && r != ' '
		last := ""
		if len(all) > 0 {
			last = all[len(all)-1]
		}
		switch {
		case last != "" && (glue || strings.ContainsRune(neverFirst, r)),
			latin && last != "" && endsLatin(last):
			all[len(all)-1] += string(r)
		default:
			all = append(all, string(r))
		}
		glue = strings.ContainsRune(neverLast, r)
	}
	return all
}

func endsLatin(s string) bool {
	last := s[len(s)-1]
	return last < 0x80 && last != ' '
}

// breakLines fills lines of so many points; the first one is shorter by indent. A line
// may be too long by a little for each character: it is set that much tighter. A cluster
// that is longer than a line is broken anywhere.
func breakLines(text string, width, indent float64, measure func(string) (float64, error)) ([]string, error) {
	var all []string
	line, used, count, room := "", 0.0, 0, width-indent
	put := func(piece string) error {
		w, err := measure(piece)
		if err != nil {
			return err
		}
		n := len([]rune(piece))
		if line != "" && used+w > room+tighter*float64(count+n) {
			all = append(all, strings.TrimRight(line, " "))
			line, used, count, room = "", 0, 0, width
		}
		line, used, count = line+piece, used+w, count+n
		return nil
	}
	for _, cluster := range clusters(text) {
		w, err := measure(cluster)
		if err != nil {
			return nil, err
		}
		pieces := []string{cluster}
		if w > width {
			pieces = strings.Split(cluster, "")
		}
		for _, piece := range pieces {
			if err := put(piece); err != nil {
				return nil, err
			}
		}
	}
	if line != "" {
		all = append(all, line)
	}
	return all, nil
}

// tighter is by how much a character of a full line may be set closer: so that 28 of
// them stand on a line of 156 mm.
const tighter = bodySize - areaWidth/lineChars
