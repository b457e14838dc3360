// Package notifier tells petitioners who asked for it that there is news on their matter
// (消息提醒), by text message or mail. What goes out is one sentence, the same for every
// matter: no number, no name, no link, nothing of what the matter is.
//
// It runs beside the office, in the intranet, because the office knows when there is news
// and the portal holds no key that opens anything. It knows no case and no person: it is
// handed sealed addresses from a queue, opens each in memory with a key of its own when
// the message goes out, and gives it to a gateway. An address stands in no log, error,
// file or table.
//
// A message goes out at least once. Between a gateway's answer and the note of it the
// program may die; then the message goes out again after a while with the same id, which
// gateways are given so that they can tell it is the same.
//
// Start reading at Notifier.Pass; gateways are in http.go, mail.go and file.go.
package notifier
