package demo

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"huiyin/petition"
)

// text is a sentence with places {name}, dates {m-3} and choices [a|b].
type text struct{ pieces []piece }

// piece is a literal, a place, a date or a choice: exactly one of them.
type piece struct {
	literal string
	place   string
	unit    byte // m, y or d: a date so many units back
	back    int
	choice  []text
}

// UnmarshalText reads the notation of the text files.
func (t *text) UnmarshalText(b []byte) error {
	p := parser{rest: strings.TrimSpace(string(b))}
	got, err := p.text("")
	if err == nil && p.rest != "" {
		err = fmt.Errorf("%q stands too much", p.rest)
	}
	*t = got
	return err
}

type parser struct{ rest string }

// text reads until one of the closing characters or the end.
func (p *parser) text(closing string) (text, error) {
	var t text
	for p.rest != "" {
		switch c := p.rest[0]; {
		case strings.IndexByte(closing, c) >= 0:
			return t, nil
		case c == '{':
			x, err := p.place()
			if err != nil {
				return t, err
			}
			t.pieces = append(t.pieces, x)
		case c == '[':
			x, err := p.choice()
			if err != nil {
				return t, err
			}
			t.pieces = append(t.pieces, x)
		default:
			n := strings.IndexAny(p.rest, "{["+closing)
			if n < 0 {
				n = len(p.rest)
			}
			t.pieces = append(t.pieces, piece{literal: p.rest[:n]})
			p.rest = p.rest[n:]
		}
	}
	if closing != "" {
		return t, fmt.Errorf("a choice is not closed")
	}
	return t, nil
}

func (p *parser) place() (piece, error) {
	n := strings.IndexByte(p.rest, '}')
	if n < 0 {
		return piece{}, fmt.Errorf("a place is not closed")
	}
	name := p.rest[1:n]
	p.rest = p.rest[n+1:]
	if len(name) > 2 && name[1] == '-' {
		back, err := strconv.Atoi(name[2:])
		return piece{unit: name[0], back: back}, err
	}
	return piece{place: name}, nil
}

func (p *parser) choice() (piece, error) {
	var x piece
	for p.rest[0] != ']' {
		p.rest = p.rest[1:]
		t, err := p.text("|]")
		if err != nil {
			return x, err
		}
		x.choice = append(x.choice, t)
	}
	p.rest = p.rest[1:]
	return x, nil
}

// scene is what the places of a text are filled with.
type scene struct {
	rng   *rand.Rand
	at    time.Time // what the dates count back from
	names []string  // pairs: place, words
	lost  string    // a place that nobody filled: a fault in the data
}

// set fills a place from now on.
func (s *scene) set(pairs ...string) { s.names = append(s.names, pairs...) }

// say writes the text out.
func (s *scene) say(t text) string {
	if len(t.pieces) == 1 && t.pieces[0].literal != "" {
		return t.pieces[0].literal
	}
	var b strings.Builder
	s.write(&b, t)
	return b.String()
}

func (s *scene) write(b *strings.Builder, t text) {
	for i := range t.pieces {
		switch x := &t.pieces[i]; {
		case x.place != "":
			b.WriteString(s.name(x.place))
		case x.unit != 0:
			b.WriteString(s.date(x.unit, x.back))
		case x.choice != nil:
			s.write(b, x.choice[s.rng.IntN(len(x.choice))])
		default:
			b.WriteString(x.literal)
		}
	}
}

// name finds the newest words for a place.
func (s *scene) name(place string) string {
	for i := len(s.names) - 2; i >= 0; i -= 2 {
		if s.names[i] == place {
			return s.names[i+1]
		}
	}
	s.lost = place
	return ""
}

// date says a day, month or year as people do.
func (s *scene) date(unit byte, back int) string {
	now := s.at.In(petition.Shanghai)
	switch unit {
	case 'y':
		return strconv.Itoa(now.Year() - back)
	case 'm':
		then := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, petition.Shanghai).AddDate(0, -back, 0)
		return words.Dates.month(now.Year(), then)
	}
	return words.Dates.day(now.AddDate(0, 0, -back))
}

// pick takes one at random.
func pick[T any](rng *rand.Rand, from []T) T { return from[rng.IntN(len(from))] }
