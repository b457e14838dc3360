// Package backoffice is the staff face: queues, the case page and the acts.
//
// It knows no SQL and decides no rule: petition decides, Store keeps and guards.
// Start reading at server.go, the list of routes; a page is x.go beside
// pages/x.html.
package backoffice
