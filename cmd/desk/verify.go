package desk

import (
	"context"
	"fmt"
	"io"
)

// Verify checks the record.
type Verify struct{}

// Run checks the chains of events and of audit entries, the log of record over them
// and its signed heads, those in the file of --heads too. It fails with the first
// entry that is not as it was written.
func (Verify) Run(ctx context.Context, open Opener, out io.Writer) error {
	store, done, err := open(ctx)
	if err != nil {
		return err
	}
	defer done()
	t, err := store.Inspect(ctx)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "every chain is whole\n"+
		"the log of record holds %d entries under %d signed heads; %d entries are not yet sequenced\n"+
		"%d exported heads were compared\n", t.Sequenced, t.Heads, t.Waiting, t.Exported)
	return err
}
