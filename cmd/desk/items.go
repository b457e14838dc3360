package desk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
)

// Items looks after what came from the portal and could not be opened.
type Items struct {
	List  ItemsList  `cmd:"" default:"withargs" help:"List what waits in quarantine: id, when, from where, files, why (what happens without a command)."`
	Retry ItemsRetry `cmd:"" help:"Take an item in now, once what kept it out is mended."`
}

// Portal gives the public key of the portal behind the office.
type Portal func() (exchange.PortalPublic, error)

// ItemsList lists what waits in quarantine.
type ItemsList struct{}

// Run prints a line for each item; what an item says is never shown.
func (ItemsList) Run(ctx context.Context, open Opener, out io.Writer) error {
	store, done, err := open(ctx)
	if err != nil {
		return err
	}
	defer done()
	items, err := store.Quarantined(ctx)
	if err != nil {
		return err
	}
	if len(items) == 0 {
		_, err := fmt.Fprintln(out, "nothing is in quarantine")
		return err
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "ID\tSET ASIDE\tFROM\tFILES\tWHY")
	for _, it := range items {
		fmt.Fprintf(table, "%s\t%s\t%s\t%d\t%s\n", it.ID, it.Taken.Local().Format("2006-01-02 15:04"), it.From, it.Files, it.Why)
	}
	return table.Flush()
}

// ItemsRetry takes an item in again.
type ItemsRetry struct {
	ID string `arg:"" help:"As list shows it."`
}

// Run takes the item in, beside the running service. If it still does not open it stays
// where it is, and the command says why.
func (r ItemsRetry) Run(ctx context.Context, open Opener, portal Portal, out io.Writer) error {
	id, err := petition.ParseID(r.ID)
	if err != nil {
		return fmt.Errorf("%q is no id of an item", r.ID)
	}
	store, done, err := open(ctx)
	if err != nil {
		return err
	}
	defer done()
	from, err := portal()
	if err != nil {
		return err
	}
	err = store.Release(ctx, from, id, time.Now())
	var known *petition.Error
	switch {
	case petition.Is(err, petition.NotFound):
		return fmt.Errorf("there is no item %s in quarantine", id)
	case petition.Is(err, petition.Conflict):
		return fmt.Errorf("item %s was taken in before; nothing was done", id)
	case errors.As(err, &known):
		return fmt.Errorf("item %s stays in quarantine: %w", id, explained(err))
	case err != nil:
		return fmt.Errorf("item %s stays in quarantine: %w", id, err)
	}
	_, err = fmt.Fprintf(out, "item %s was taken in\n", id)
	return err
}
