// Package desk is what an operator does to an office's database from the command
// line; the one-box program and the back office share it.
package desk

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"huiyin/exchange"
	"huiyin/sql/officedb"
)

// Commands are the operator's commands. A program embeds them and binds an Opener.
type Commands struct {
	Staff    Staff    `cmd:"" help:"Accounts: add, list, appoint, give a new password, unbind a second factor, close."`
	Units    Units    `cmd:"" help:"Bring in the tree of units."`
	Policies Policies `cmd:"" help:"Bring in the policy library."`
	Items    Items    `cmd:"" help:"List what came from the portal and could not be opened; take it in once that is mended."`
	Notices  Notices  `cmd:"" help:"List messages to petitioners that did not go out, without whom they are for; send them again."`
	Verify   Verify   `cmd:"" help:"Check that no event and no audit entry was changed, and none of the log over them; --heads FILE compares exported heads."`
}

// Opener opens the office's database; close ends what it started.
type Opener func(ctx context.Context) (store *officedb.Store, close func(), err error)

// Beginner is an Opener that begins an installation where there is none yet. An Opener
// refuses: a folder whose name was mistyped is told of, not filled.
type Beginner Opener

// Begun makes an Opener of a Beginner: it fails where a folder holds no keys of an office.
func (open Beginner) Begun(keys string) Opener {
	return func(ctx context.Context) (*officedb.Store, func(), error) {
		_, secret := os.Stat(filepath.Join(keys, exchange.OfficeKeyFile))
		_, public := os.Stat(filepath.Join(keys, exchange.OfficePublicFile))
		if errors.Is(secret, fs.ErrNotExist) && errors.Is(public, fs.ErrNotExist) {
			return nil, nil, fmt.Errorf("%s holds no keys of an office: check --keys, or begin an installation with `units import`", keys)
		}
		return open(ctx)
	}
}

// Installation is the name under which the units of an import are hosted.
type Installation string
