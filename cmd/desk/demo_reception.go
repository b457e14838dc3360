package desk

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"huiyin/attachment"
	"huiyin/demo"
	"huiyin/petition"
	"huiyin/sql/officedb"
)

// loadReception fills the registers of the demonstration's desks, and registers the
// letters that came on paper with their scans.
func loadReception(ctx context.Context, store *officedb.Store, now time.Time) error {
	for _, v := range demo.DeskVisits(now) {
		if _, err := store.AddVisit(ctx, someone(v.Unit, petition.Registrar), "", v.Day, v.Entry, now); err != nil {
			return fmt.Errorf("visits of the demonstration: %w", err)
		}
	}
	for _, l := range demo.DeskLetters(now) {
		by, form := someone(l.Unit, petition.Registrar), "demonstration "+l.Act.Filing.Title
		for _, name := range l.Scans {
			data, err := demo.DeskScan(name)
			if err != nil {
				return err
			}
			file, err := store.AddScan(ctx, by, form, name, attachment.Limits{}, bytes.NewReader(data), now)
			if err != nil {
				return fmt.Errorf("scan %s of the demonstration: %w", name, err)
			}
			l.Act.Filing.Files = append(l.Act.Filing.Files, file)
		}
		if _, _, err := store.RegisterFor(ctx, by, form, l.Act, now); err != nil {
			return fmt.Errorf("letter of the demonstration: %w", err)
		}
	}
	return nil
}
