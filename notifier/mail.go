package notifier

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strconv"

	"github.com/wneessen/go-mail"
)

// mailGateway gives messages to a mail server, always over TLS: from the start at port
// 465, by STARTTLS at others.
type mailGateway struct {
	host    string
	from    string
	options []mail.Option
}

// implicitTLS is the port at which TLS begins at once (RFC 8314).
const implicitTLS = 465

func newMailGateway(c Gateways, trust *tls.Config) (*mailGateway, error) {
	host, portText, err := net.SplitHostPort(c.MailServer)
	port, bad := strconv.Atoi(portText)
	if err != nil || bad != nil || host == "" {
		return nil, errors.New("mail-server is written host:port")
	}
	if err := mail.NewMsg().From(c.MailFrom); err != nil {
		return nil, errors.New("mail-from is no mail address")
	}
	g := &mailGateway{host: host, from: c.MailFrom, options: []mail.Option{mail.WithPort(port), mail.WithTimeout(sendTime)}}
	if port == implicitTLS {
		g.options = append(g.options, mail.WithSSL())
	} else {
		g.options = append(g.options, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if trust != nil {
		g.options = append(g.options, mail.WithTLSConfig(trust))
	}
	if c.MailUser != "" {
		g.options = append(g.options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(c.MailUser),
			mail.WithPassword(c.MailPassword))
	}
	if _, err := mail.NewClient(host, g.options...); err != nil {
		return nil, fmt.Errorf("mail-server: %w", err)
	}
	return g, nil
}

// Send delivers the mail. Its Message-ID is made of the id, the same in every try. It
// says that a machine wrote it (RFC 3834), so that no machine answers.
func (g *mailGateway) Send(ctx context.Context, m Outgoing) error {
	msg := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if msg.From(g.from) != nil || msg.To(m.To) != nil {
		return &Trouble{Why: "address is none", Final: true}
	}
	msg.Subject(m.Subject)
	msg.SetMessageIDWithValue(m.ID.String() + "@" + g.host)
	msg.SetDate()
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetBodyString(mail.TypeTextPlain, m.Text)
	client, err := mail.NewClient(g.host, g.options...) // one for each: they are not for sharing
	if err != nil {
		return &Trouble{Why: "mail-server cannot be used"}
	}
	return mailTrouble(client.DialAndSendWithContext(ctx, msg))
}

// mailTrouble keeps the server's code of what went wrong: its words quote the address.
func mailTrouble(err error) error {
	var sent *mail.SendError
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &sent) || sent.ErrorCode() == 0:
		return &Trouble{Why: "no answer"}
	}
	code := sent.ErrorCode()
	return &Trouble{Why: fmt.Sprintf("SMTP %d", code), Final: code >= 500 && !sent.IsTemp()}
}
