// Package petition is the trade itself: what a petition (信访事项) is, who may do
// what to it in which state, which clock runs until when, which paper goes out,
// and what the petitioner is told.
//
// It knows no database, no HTTP, no files and no clock of its own: values come in
// (a Case, an Act, an Actor, the Rules in force, the instant), events or a typed
// error go out. It imports the standard library only.
//
// Start reading at moves.go (the whole life of a leg), then decide.go (how an act
// becomes events), fold.go (how events become a case), clock.go (how a due date is
// reached) and public.go (what the petitioner sees).
package petition
