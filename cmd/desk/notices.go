package desk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"huiyin/petition"
)

// Notices looks after the messages that tell petitioners of news and reached nobody.
type Notices struct {
	List  NoticesList  `cmd:"" default:"withargs" help:"List what did not go out: id, day, way, state, tries, next try, why (what happens without a command)."`
	Retry NoticesRetry `cmd:"" help:"Send again, once what kept it from going out is mended."`
}

// NoticesList lists what did not go out.
type NoticesList struct{}

// Run prints a line for each message: neither whom it is for nor which matter.
func (NoticesList) Run(ctx context.Context, open Opener, out io.Writer) error {
	store, done, err := open(ctx)
	if err != nil {
		return err
	}
	defer done()
	all, err := store.Undelivered(ctx, time.Now())
	if err != nil {
		return err
	}
	if len(all) == 0 {
		_, err := fmt.Fprintln(out, "every notice went out")
		return err
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "ID\tDAY\tWAY\tSTATE\tTRIES\tNEXT\tWHY")
	for _, u := range all {
		next := "-"
		if !u.Next.IsZero() {
			next = u.Next.Local().Format("2006-01-02 15:04")
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%d\t%s\t%s\n", u.ID, u.Day, u.Way, u.State, u.Tries, next, u.Why)
	}
	return table.Flush()
}

// NoticesRetry queues messages again.
type NoticesRetry struct {
	ID  string `arg:"" optional:"" help:"As list shows it."`
	All bool   `help:"All of them, after a gateway was mended."`
}

// Run queues what is asked for; the running service sends it, by night in the morning. Who
// has meanwhile asked for none gets none.
func (r NoticesRetry) Run(ctx context.Context, open Opener, out io.Writer) error {
	if r.All == (r.ID != "") {
		return errors.New("name one notice by its id, or --all")
	}
	var id petition.ID
	if !r.All {
		var err error
		if id, err = petition.ParseID(r.ID); err != nil {
			return fmt.Errorf("%q is no id of a notice", r.ID)
		}
	}
	store, done, err := open(ctx)
	if err != nil {
		return err
	}
	defer done()
	if r.All {
		n, err := store.RetryAllNews(ctx, time.Now())
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(out, "%d notices will be sent again\n", n)
		return err
	}
	queued, err := store.RetryNews(ctx, id, time.Now())
	switch {
	case petition.Is(err, petition.NotFound):
		return fmt.Errorf("there is no notice %s that did not go out", id)
	case err != nil:
		return err
	case !queued:
		_, err = fmt.Fprintf(out, "notice %s is not sent again: the person asks for none any more\n", id)
		return err
	}
	_, err = fmt.Fprintf(out, "notice %s will be sent again\n", id)
	return err
}
