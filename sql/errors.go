package sql

import (
	"context"
	stdsql "database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"

	"github.com/go-sql-driver/mysql"

	"huiyin/petition"
)

// Duplicate tells whether a unique key was violated.
func Duplicate(err error) bool { return faultOf(err) == duplicate }

// kinded makes a driver's error one of the kinds that readers understand. What is
// already of a kind stays as it is; what has none stays a fault of ours.
func kinded(err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*petition.Error](err); ok {
		return err
	}
	if errors.Is(err, stdsql.ErrNoRows) {
		return &petition.Error{Kind: petition.NotFound, Key: "error.not_found", Err: err}
	}
	switch faultOf(err) {
	case duplicate:
		return &petition.Error{Kind: petition.Conflict, Key: "error.conflict", Err: err}
	case badText:
		return &petition.Error{Kind: petition.Invalid, Key: "error.bad_text", Err: err}
	case conflict, away:
		return &petition.Error{Kind: petition.Unavailable, Key: "error.unavailable", Err: err}
	}
	if lost(err) {
		return &petition.Error{Kind: petition.Unavailable, Key: "error.unavailable", Err: err}
	}
	if _, ok := errors.AsType[ours](err); ok {
		return err
	}
	return ours{fmt.Errorf("database: %w", err)}
}

// ours marks an error that has no kind: a mistake of the program, not of the world.
type ours struct{ error }

func (o ours) Unwrap() error { return o.error }

// lost tells that the connection went away; after a COMMIT the outcome is unknown,
// so the caller asks again with the same id, never blindly.
func lost(err error) bool {
	if errors.Is(err, driver.ErrBadConn) || errors.Is(err, mysql.ErrInvalidConn) ||
		errors.Is(err, stdsql.ErrConnDone) || errors.Is(err, context.DeadlineExceeded) {
		return true
	}
	_, ok := errors.AsType[*net.OpError](err)
	return ok
}

// shed is the answer when too many wait already.
func shed(why string) error {
	return &petition.Error{Kind: petition.Unavailable, Key: "error.busy", Err: errors.New(why)}
}
