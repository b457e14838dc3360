package backoffice

import "slices"

// table is a part of a report: shown on its page, a sheet of its spreadsheet, a table in
// its document.
type table struct {
	Key   string
	Title string
	Heads []tableHead
	Rows  [][]string
	More  bool // there is more than is shown
}

// tableHead is a column: its head, and whether its cells stay on one line.
type tableHead struct {
	Said  string
	Short bool
}

// shortColumns are those whose cells stay on one line: numbers and days.
var shortColumns = []string{"number", "month", "received", "due", "people", "count", "share"}

// newTable is an empty one: its title stands in the catalogue under "REPORT.KEY", its heads
// under "REPORT.KEY.COLUMN".
func newTable(say sayer, report, key string, columns ...string) table {
	t := table{Key: key, Title: say(report + "." + key)}
	for _, column := range columns {
		t.Heads = append(t.Heads, tableHead{say(report + "." + key + "." + column), slices.Contains(shortColumns, column)})
	}
	return t
}

func (t *table) row(cells ...string) { t.Rows = append(t.Rows, cells) }

// sheetsOf are the tables as sheets, each under a mark that says whose it is.
func sheetsOf(say sayer, tables []table, mark string) []bookSheet {
	var all []bookSheet
	for _, t := range tables {
		heads := make([]any, len(t.Heads))
		for i, h := range t.Heads {
			heads[i] = h.Said
		}
		rows := [][]any{{safeCell(mark)}, heads}
		for _, r := range t.Rows {
			cells := make([]any, len(r))
			for i, text := range r {
				cells[i] = safeCell(text)
			}
			rows = append(rows, cells)
		}
		if t.More {
			rows = append(rows, []any{say("table.more")})
		}
		all = append(all, bookSheet{t.Title, rowsAtHand(rows)})
	}
	return all
}
