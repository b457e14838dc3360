// Package officedb keeps everything the back office knows: cases as chains of
// events, the lists derived from them, staff and their sessions, units and their
// keys, the sealed compartments for reports about cadres, and the log of who looked
// at what. It implements backoffice.Store and the office's end of the mail line.
//
// It knows no HTTP and no rules of the trade: package petition decides, this package
// stores what was decided, in one transaction, and shows it to those who may see it.
//
// Start reading at access.go (who may see what: the only place), then record.go (how
// an act becomes rows), queue.go (how a page of a list stays cheap), keys.go (whose
// key opens what), report.go (the compartment nobody else can see) and logqueue.go
// (how the record becomes a log that cannot be edited unseen).
package officedb
