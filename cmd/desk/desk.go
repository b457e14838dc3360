// Package desk is what an operator does to an office's database from the command
// line; the one-box program and the back office share it.
package desk

import (
	"context"

	"huiyin/sql/officedb"
)

// Commands are the operator's commands. A program embeds them and binds an Opener.
type Commands struct {
	Staff    Staff    `cmd:"" help:"Accounts: add, list, appoint, give a new password, unbind a second factor, close."`
	Units    Units    `cmd:"" help:"Bring in the tree of units."`
	Policies Policies `cmd:"" help:"Bring in the policy library."`
	Items    Items    `cmd:"" help:"List what came from the portal and could not be opened; take it in once that is mended."`
	Verify   Verify   `cmd:"" help:"Check that no event and no audit entry was changed, and none of the log over them; --heads FILE compares exported heads."`
}

// Opener opens the office's database; close ends what it started.
type Opener func(ctx context.Context) (store *officedb.Store, close func(), err error)

// Installation is the name under which the units of an import are hosted.
type Installation string
