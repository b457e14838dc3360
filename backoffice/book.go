package backoffice

import (
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"
)

// bookSheet is one sheet of a spreadsheet: its name, and what puts its rows.
type bookSheet struct {
	Name string
	Fill func(put func([]any) error) error
}

// rowsAtHand puts rows that are all there.
func rowsAtHand(rows [][]any) func(put func([]any) error) error {
	return func(put func([]any) error) error {
		for _, r := range rows {
			if err := put(r); err != nil {
				return err
			}
		}
		return nil
	}
}

// firstSheet is what excelize calls the sheet of a new book.
const firstSheet = "Sheet1"

// writeTable makes a spreadsheet of one sheet of rows that are at hand.
func writeTable(b *bytes.Buffer, rows [][]any) error { return writeRows(b, rowsAtHand(rows)) }

// writeRows makes a spreadsheet of what fill puts into its one sheet.
func writeRows(b *bytes.Buffer, fill func(put func([]any) error) error) error {
	return writeBook(b, bookSheet{firstSheet, fill})
}

// writeBook makes a spreadsheet. Every text cell is stored as text, so that no program
// takes it for a formula.
func writeBook(b *bytes.Buffer, sheets ...bookSheet) error {
	book := excelize.NewFile()
	defer func() { _ = book.Close() }()
	for i, s := range sheets {
		var err error
		if i == 0 {
			err = book.SetSheetName(firstSheet, s.Name)
		} else {
			_, err = book.NewSheet(s.Name)
		}
		if err != nil {
			return fmt.Errorf("spreadsheet: %w", err)
		}
		if err := fillSheet(book, s); err != nil {
			return err
		}
	}
	if _, err := book.WriteTo(b); err != nil {
		return fmt.Errorf("spreadsheet: %w", err)
	}
	return nil
}

func fillSheet(book *excelize.File, s bookSheet) error {
	out, err := book.NewStreamWriter(s.Name)
	if err != nil {
		return fmt.Errorf("spreadsheet: %w", err)
	}
	line := 0
	err = s.Fill(func(cells []any) error {
		line++
		at, err := excelize.CoordinatesToCellName(1, line)
		if err == nil {
			err = out.SetRow(at, cells)
		}
		if err != nil {
			return fmt.Errorf("spreadsheet row %d: %w", line, err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("spreadsheet: %w", err)
	}
	return nil
}
