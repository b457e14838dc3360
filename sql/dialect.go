package sql

import (
	"errors"

	"github.com/go-sql-driver/mysql"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Engine is a family of databases. Statements are the same on all of them; what is
// not the same stands in this file.
type Engine string

const (
	SQLite Engine = "sqlite"
	MySQL  Engine = "mysql" // MariaDB, MySQL, TiDB, Galera
)

// fault is what a driver's error number means to us.
type fault int

const (
	unknown   fault = iota
	duplicate       // a unique key is taken
	conflict        // the engine gave the transaction up; run it again
	away            // no database there, or it takes no writes now
	badText         // a value that the column cannot hold as it is
)

// mysqlFaults sorts the error numbers of the MySQL family, TiDB's included.
var mysqlFaults = map[uint16]fault{
	1062: duplicate, // ER_DUP_ENTRY
	1169: duplicate, // ER_DUP_UNIQUE

	1020: conflict, // ER_CHECKREAD: changed since last read
	1205: conflict, // ER_LOCK_WAIT_TIMEOUT
	1213: conflict, // ER_LOCK_DEADLOCK; Galera's certification failure, also at COMMIT
	8002: conflict, // TiDB: write conflict under SELECT FOR UPDATE
	8022: conflict, // TiDB: retryable commit error
	9007: conflict, // TiDB: write conflict

	1021: away, // ER_DISK_FULL
	1040: away, // ER_CON_COUNT_ERROR
	1047: away, // Galera: no quorum
	1053: away, // ER_SERVER_SHUTDOWN
	1114: away, // ER_RECORD_FILE_FULL
	1180: away, // ER_ERROR_DURING_COMMIT: outcome unknown
	1203: away, // ER_TOO_MANY_USER_CONNECTIONS
	1290: away, // read only
	1836: away, // read only

	1264: badText, // out of range
	1366: badText, // wrong characters for the column
	1406: badText, // too long
}

// sqliteFaults sorts the primary result codes of SQLite.
var sqliteFaults = map[int]fault{
	sqlite3.SQLITE_BUSY:     conflict,
	sqlite3.SQLITE_LOCKED:   conflict,
	sqlite3.SQLITE_FULL:     away,
	sqlite3.SQLITE_IOERR:    away,
	sqlite3.SQLITE_NOMEM:    away,
	sqlite3.SQLITE_READONLY: away,
	sqlite3.SQLITE_CANTOPEN: away,
	sqlite3.SQLITE_TOOBIG:   badText,
}

// faultOf reads the number in a driver's error, never its text.
func faultOf(err error) fault {
	if my, ok := errors.AsType[*mysql.MySQLError](err); ok {
		return mysqlFaults[my.Number]
	}
	if lite, ok := errors.AsType[*sqlite.Error](err); ok {
		switch lite.Code() {
		case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
			sqlite3.SQLITE_CONSTRAINT_ROWID:
			return duplicate
		}
		return sqliteFaults[lite.Code()&0xff]
	}
	return unknown
}

// endsTransaction tells whether an error of SQLite may have rolled the whole
// transaction back by itself (https://sqlite.org/lang_transaction.html, part 3).
func endsTransaction(err error) bool {
	lite, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return false
	}
	switch lite.Code() & 0xff {
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_BUSY,
		sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_CORRUPT:
		return true
	}
	return false
}

// sqlitePragmas stand in the DSN, so that every connection has them.
var sqlitePragmas = []string{
	"busy_timeout(5000)",
	"journal_mode(WAL)",
	"synchronous(FULL)",
	"foreign_keys(1)",
	"secure_delete(FAST)", // what is deleted is overwritten: day keys are destroyed, not hidden
	"temp_store(MEMORY)",  // nothing of ours in the temp folder
	"journal_size_limit(67108864)",
	"cache_size(-16000)",
}

// mysqlVariables are set on every connection.
var mysqlVariables = map[string]string{
	"sql_mode":  "'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'",
	"time_zone": "'+00:00'",
}

// isolation has a statement of its own because the variable's name differs between
// MariaDB and MySQL.
const isolation = `SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED`
