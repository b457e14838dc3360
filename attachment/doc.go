// Package attachment takes in what people attach to a petition: it decides what a file
// is by its content, refuses what could harm a reader, makes a working copy without
// metadata, and seals both in chunks under keys of their own.
//
// It does not know HTTP, SQL, drafts or cases, and never writes to a disk: a file is
// held in memory while it is looked at, one file per request. That costs at most about
// three times the size limit (60 MB), so callers bound how many requests take files at
// the same time.
//
// Start reading at take.go (the order of things), then sniff.go (what is let in),
// clean.go (what is taken out) and seal.go (how it is closed).
package attachment
