package desk

import (
	"context"
	"fmt"
	"io"
)

// Verify checks the record.
type Verify struct{}

// Run checks the chains of events and of audit entries.
func (Verify) Run(ctx context.Context, open Opener, out io.Writer) error {
	store, done, err := open(ctx)
	if err != nil {
		return err
	}
	defer done()
	err = store.Verify(ctx)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(out, "every chain is whole")
	return err
}
