package notifier

import (
	"context"

	"huiyin/petition"
)

// Outgoing is a message on its way out, in memory only.
type Outgoing struct {
	ID      petition.ID // the same in every try: a gateway that remembers ids sends it once
	To      string
	Subject string // of a mail
	Text    string
}

// String keeps addresses out of messages and logs.
func (Outgoing) String() string { return "[message]" }

// Gateway is a way out. Send is answered when the message was taken over; else it fails,
// with a Trouble where the gateway answered anything. What it logs or says in an error
// never holds the address.
type Gateway interface {
	Send(ctx context.Context, m Outgoing) error
}

// Trouble is why a gateway did not take a message.
type Trouble struct {
	Why   string // a word for operators: "HTTP 503"
	Final bool   // it will never take it
}

// Error is the word for operators.
func (t *Trouble) Error() string { return t.Why }
