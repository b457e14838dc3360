package backoffice

import (
	"errors"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"
	"github.com/xuri/excelize/v2"

	"huiyin/petition"
	"huiyin/web"
)

// importFields are what a column of an old ledger can say; the first three are needed.
var importFields = []string{"number", "received", "title", "name", "mobile", "address", "channel", "purpose", "topic",
	"facts", "request", "noticed", "closed", "result"}

// importNeeded is how many of them a ledger must have.
const importNeeded = 3

// ledgerWords is data/import.toml: how old ledgers say it.
type ledgerWords struct {
	Heads            map[string][]string
	Channel, Purpose map[string]string
}

func readLedgerWords(files fs.FS) (ledgerWords, error) {
	var words ledgerWords
	b, err := fs.ReadFile(files, "data/import.toml")
	if err != nil {
		return words, err
	}
	return words, toml.Unmarshal(b, &words)
}

// guess finds the column of a field by its head: 1 for the first; 0 for none.
func (w ledgerWords) guess(field string, heads []string) int {
	for _, word := range w.Heads[field] {
		for i, head := range heads {
			if strings.Contains(strings.ToLower(head), word) {
				return i + 1
			}
		}
	}
	return 0
}

// ledgerMap is which column says what, and what holds where a cell says nothing.
type ledgerMap struct {
	columns  map[string]int // 1 for the first
	defaults map[string]string
	words    ledgerWords
	say      func(key string) string
	from04   bool // days are counted from 1904
}

// wrongCell is a cell that cannot be taken over.
type wrongCell struct {
	Line   int
	Column string // "C"; "" where no column says it
	Field  string
	petition.Problem
}

// importLine is a row on its way to a registration.
type importLine struct {
	m     *ledgerMap
	cells []string
	line  int
	wrong []wrongCell
}

func (l *importLine) get(field string) string {
	at := l.m.columns[field]
	if at == 0 || at > len(l.cells) {
		return ""
	}
	seen, _ := web.Visible(l.cells[at-1])
	return strings.TrimSpace(seen)
}

func (l *importLine) refuse(field, key string, args map[string]string) {
	l.wrong = append(l.wrong, wrongCell{l.line, columnName(l.m.columns[field]), field, petition.Problem{Field: field, Key: key, Args: args}})
}

// columnName is what a spreadsheet calls a column, "C"; "" for none.
func columnName(at int) string {
	name, err := excelize.ColumnNumberToName(at)
	if err != nil {
		return ""
	}
	return name
}

// act is the registration that a row describes; what is wrong is among the wrong cells.
func (l *importLine) act(by petition.Actor) petition.Act {
	title, facts := l.get("title"), l.get("facts")
	const most = 50 // characters of a title
	if whole := []rune(title); len(whole) > most {
		title, facts = string(whole[:most-1])+"…", strings.TrimSpace(title+"\n"+facts)
	}
	if facts == "" {
		facts = title
	}
	f := &petition.Filing{Purpose: petition.Purpose(l.coded("purpose", l.m.words.Purpose, purposeCodes())),
		Topic: petition.Topic(l.coded("topic", nil, topicCodes())), Unit: by.Unit, Title: title, Facts: facts, Request: l.get("request"),
		Channel: petition.Channel(l.coded("channel", l.m.words.Channel, channelCodes()))}
	if f.Track() == petition.Report {
		l.refuse("purpose", "problem.old_report", nil)
	}
	f.Person = petition.Person{Name: l.get("name"), Mobile: l.get("mobile"), Address: l.get("address")}
	f.Anonymous = f.Person.Name == ""
	if f.Person.Mobile != "" {
		if key := petition.CheckMobile(f.Person.Mobile); key != "" {
			l.refuse("mobile", key, nil)
		}
	}
	old := &petition.Old{Number: l.get("number"), Noticed: l.day("noticed"), Closed: l.day("closed"), Result: l.get("result")}
	act := petition.Act{Action: petition.Register, Filing: f, Topic: f.Topic, Channel: f.Channel, Arrival: petition.Direct, Unit: by.Unit, Old: old}
	if day := l.day("received"); day != "" {
		act.At, _ = petition.ParseDay(day) // it is one
	} else if l.get("received") == "" {
		l.refuse("received", "problem.day_missing", nil)
	}
	return act
}

func purposeCodes() map[string]string {
	codes := map[string]string{}
	for _, p := range petition.Purposes {
		codes[string(p)] = "purpose." + string(p)
	}
	return codes
}

func channelCodes() map[string]string {
	codes := map[string]string{}
	for _, c := range petition.Channels {
		codes[string(c)] = "channel." + string(c)
	}
	return codes
}

func topicCodes() map[string]string {
	codes := map[string]string{}
	for _, t := range petition.Topics {
		codes[string(t.Code)] = "topic." + string(t.Code)
	}
	return codes
}

// coded is the code of what a cell says: the code itself, our own word for it, or one of
// the ledgers'; where it says nothing, what was chosen for such rows.
func (l *importLine) coded(field string, words map[string]string, codes map[string]string) string {
	text := l.get(field)
	if text == "" {
		return l.m.defaults[field]
	}
	if code, ok := words[text]; ok {
		return code
	}
	for code, key := range codes {
		if strings.EqualFold(text, code) || text == l.m.say(key) {
			return code
		}
	}
	l.refuse(field, "problem.import_word", nil)
	return ""
}

var dayForms = []string{"2006-1-2", "2006/1/2", "2006.1.2", "2006年1月2日", "20060102"}

// day reads a date as people and spreadsheets write it; "" for an empty cell, or one that
// was refused.
func (l *importLine) day(field string) string {
	text := l.get(field)
	if text == "" {
		return ""
	}
	for _, form := range dayForms {
		if at, err := time.Parse(form, text); err == nil {
			return at.Format("2006-01-02")
		}
	}
	const since, until = 20000, 80000 // 1954 to 2119, as a spreadsheet counts days
	if serial, err := strconv.ParseFloat(text, 64); err == nil && serial >= since && serial < until {
		if at, err := excelize.ExcelDateToTime(serial, l.m.from04); err == nil {
			return at.Format("2006-01-02")
		}
	}
	l.refuse(field, "problem.import_day", nil)
	return ""
}

// ledgerFields are the columns at which the rules' own problems are said.
var ledgerFields = map[string]string{"filing.title": "title", "filing.facts": "facts", "filing.purpose": "purpose",
	"old.number": "number", "old.noticed": "noticed", "old.closed": "closed", "old.result": "result", "at": "received"}

// read makes registrations of all rows below the heads, and lists every cell
// that stands in the way.
func (m *ledgerMap) read(rows [][]string, by petition.Actor, r petition.Rules, now time.Time) (taken []ImportRow, wrong []wrongCell) {
	numbers := map[string]int{}
	for i, cells := range rows[1:] {
		if strings.TrimSpace(strings.Join(cells, "")) == "" {
			continue
		}
		l := &importLine{m: m, cells: cells, line: i + 2}
		act := l.act(by)
		if first, twice := numbers[act.Old.Number]; twice && act.Old.Number != "" {
			l.refuse("number", "problem.import_twice", map[string]string{"line": strconv.Itoa(first)})
		}
		numbers[act.Old.Number] = l.line
		if len(l.wrong) == 0 {
			l.ask(act, by, r, now)
		}
		taken, wrong = append(taken, ImportRow{l.line, act}), append(wrong, l.wrong...)
	}
	return taken, wrong
}

// ask asks the rules.
func (l *importLine) ask(act petition.Act, by petition.Actor, r petition.Rules, now time.Time) {
	act.Number = petition.CaseNumber(by.Unit, petition.Day(now), 1) // the store gives the real one
	_, err := petition.Decide(nil, by, act, petition.Facts{}, r, now)
	var refused *petition.Error
	if err == nil || !errors.As(err, &refused) {
		return
	}
	for _, p := range refused.Problems {
		field := p.Field
		if named, ok := ledgerFields[field]; ok {
			field = named
		}
		if !slices.Contains(importFields, field) {
			field = "number"
		}
		l.refuse(field, p.Key, p.Args)
	}
}
