// Package demo is the demonstration world: one invented province with its units,
// staff and petitions (演示世界), so that every screen has something true to show. The
// same generator, asked for more, feeds the benchmarks.
//
// It knows no database: units, accounts and cases come out as values of package
// petition. Every history is made by petition.Decide with the actors and instants
// that it needed, so that the rules themselves prove it. Nothing here is real: unit
// codes begin with 99, telephones are zeros or public service numbers, identity
// numbers carry a county that was never assigned, names are put together by chance.
//
// Start reading at world.go (what comes out), then plans.go (which stories are told
// how often), tale.go (how one is told) and texts/ (what the people say). In the
// texts {name} is a place to fill, [a|b] a choice, {m-3} the month three months
// before, {y-3} the year, {d-3} the day.
package demo
