// Package sql is all that the two stores share about databases: how one is opened,
// how a transaction is written, how the engines differ, how schemas move forward,
// and the two small protocols that live in tables, the mailbox and the lease.
//
// It does not know what a petition or a case looks like in rows: that is in portaldb
// (what the internet may ask) and officedb (what staff may ask). Every word of SQL is
// below this folder.
//
// Start reading at open.go, then writer.go (how SQLite gives many writers one
// commit) and dialect.go (all that differs between the engines).
package sql
