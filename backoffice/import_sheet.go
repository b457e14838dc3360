package backoffice

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"strconv"

	"github.com/gin-gonic/gin"
	"github.com/xuri/excelize/v2"

	"huiyin/attachment"
	"huiyin/petition"
	"huiyin/web"
)

// importMost is how many rows one file may have.
const importMost = 10_000

// oldLedger is a sheet of an uploaded file, read.
type oldLedger struct {
	name   string
	hash   [32]byte // of the file; of every sheet but the first, of the file and the sheet's name
	sheets []string
	at     int        // which of them, from 1
	rows   [][]string // the first are the heads
	from04 bool       // days are counted from 1904, as some spreadsheets do
}

// ledgerOf reads a sheet of the file of the address, counted from 1; "" is the
// first that has rows. It fails with Invalid for a file that is gone, or is no spreadsheet with rows,
// and with NotFound for a sheet that it has not.
func (w *Office) ledgerOf(c *gin.Context, sheet string) (*oldLedger, error) {
	id, err := idParam(c, "file")
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	file, err := w.store.OpenScan(c.Request.Context(), who(c).Actor, c.Param("form"), id, &b)
	if err != nil {
		return nil, err
	}
	if file.Type != string(attachment.XLSX) {
		return nil, &petition.Error{Kind: petition.Invalid, Key: "error.import_sheet"}
	}
	return readLedger(file.Name, b.Bytes(), sheet)
}

// readLedger reads one sheet. The file was looked through when it was taken in; what it
// unfolds to is bounded here once more.
func readLedger(name string, data []byte, sheet string) (*oldLedger, error) {
	bad := &petition.Error{Kind: petition.Invalid, Key: "error.import_sheet"}
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: 200 << 20, UnzipXMLSizeLimit: 32 << 20, RawCellValue: true})
	if err != nil {
		return nil, bad
	}
	defer func() { _ = book.Close() }()
	l := &oldLedger{name: name, hash: sha256.Sum256(data), sheets: book.GetSheetList()}
	if sheet != "" {
		if l.at, err = strconv.Atoi(sheet); err != nil || l.at < 1 || l.at > len(l.sheets) {
			return nil, web.NotFound()
		}
		l.rows, err = sheetRows(book, l.sheets[l.at-1])
	} else {
		for err = error(bad); err != nil && l.at < len(l.sheets); l.at++ {
			l.rows, err = sheetRows(book, l.sheets[l.at])
		}
	}
	if props, err := book.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		l.from04 = *props.Date1904
	}
	if l.at > 1 {
		l.hash = sha256.Sum256(append(l.hash[:], l.sheets[l.at-1]...))
	}
	return l, err
}

// sheetRows are those of one sheet, its heads first. It fails with Invalid for one without.

func sheetRows(book *excelize.File, sheet string) ([][]string, error) {
	bad := &petition.Error{Kind: petition.Invalid, Key: "error.import_sheet"}
	lines, err := book.Rows(sheet)
	if err != nil {
		return nil, bad
	}
	defer func() { _ = lines.Close() }()
	var rows [][]string
	for lines.Next() {
		cells, err := lines.Columns()
		if err != nil {
			return nil, bad
		}
		if rows = append(rows, cells); len(rows) > importMost+1 {
			return nil, &petition.Error{Kind: petition.Invalid, Key: "error.import_long", Args: map[string]string{"max": fmt.Sprint(importMost)}}
		}
	}
	if len(rows) < 2 {
		return nil, bad
	}
	return rows, nil
}

// sampleLedger is a ledger as it can be taken over, to be filled in.
func (w *Office) sampleLedger(c *gin.Context) error {
	heads := make([]any, len(importFields))
	for i, field := range importFields {
		heads[i] = w.say(c, "import."+field+".label")
	}
	day := func(months int) string { return petition.Day(w.site.Now().AddDate(0, -months, 0)) }
	table := [][]any{heads,
		{"2025-001", day(14), w.say(c, "import.sample.title"), w.say(c, "import.sample.name"), "", w.say(c, "import.sample.address"),
			w.say(c, "channel.1"), w.say(c, "purpose.22"), "C7", w.say(c, "import.sample.facts"), "", day(14), day(13), w.say(c, "import.sample.result")},
		{"2025-002", day(2), w.say(c, "import.sample.title"), "", "", "", w.say(c, "channel.4"), w.say(c, "purpose.1"), "G1"}}
	var b bytes.Buffer
	if err := writeTable(&b, table); err != nil {
		return err
	}
	return sendSheet(c, "huiyin-import-sample.xlsx", b.Bytes())
}

// ledgerReport is the list of every cell that stands in the way, to be worked through
// beside the ledger. It repeats nothing of what the cells say.
func (w *Office) ledgerReport(c *gin.Context) error {
	v, err := w.checked(c, web.NewForm("import", c.Request.URL.Query()))
	if err != nil {
		return err
	}
	table := [][]any{{w.say(c, "import.col.line"), w.say(c, "import.col.column"), w.say(c, "import.col.field"), w.say(c, "import.col.wrong")}}
	for _, one := range v.Wrong {
		table = append(table, []any{one.Line, one.Column, w.say(c, "import."+one.Field+".label"), w.site.Text.SayArgs(web.Lang(c), one.Key, one.Args)})
	}
	var b bytes.Buffer
	if err := writeTable(&b, table); err != nil {
		return err
	}
	return sendSheet(c, "huiyin-import-report.xlsx", b.Bytes())
}
