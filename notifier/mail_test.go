package notifier

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"mime"
	"net"
	"net/http/httptest"
	"net/mail"
	"strings"
	"sync"
	"testing"

	"huiyin/petition"
)

// postOffice is a mail server that speaks just enough SMTP, with STARTTLS.
type postOffice struct {
	address string
	trust   *tls.Config
	plain   bool              // it knows no TLS
	answers map[string]string // to a command, in place of the usual

	mu   sync.Mutex
	got  []string // whole messages
	said []string // commands
}

func openPostOffice(t *testing.T, change func(*postOffice)) *postOffice {
	t.Helper()
	// The certificate that Go's own test server has.
	ts := httptest.NewTLSServer(nil)
	t.Cleanup(ts.Close)
	roots := x509.NewCertPool()
	roots.AddCert(ts.Certificate())
	p := &postOffice{trust: &tls.Config{RootCAs: roots, ServerName: "example.com"}, answers: map[string]string{}}
	if change != nil {
		change(p)
	}
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	p.address = l.Addr().String()
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go p.serve(c, ts.TLS)
		}
	}()
	return p
}

func (p *postOffice) serve(c net.Conn, secure *tls.Config) {
	defer func() { _ = c.Close() }()
	in := bufio.NewReader(c)
	say := func(s string) { _, _ = fmt.Fprintf(c, "%s\r\n", s) }
	say("220 test")
	for encrypted := false; ; {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		verb := strings.ToUpper(strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == ':' || r < ' ' })[0])
		p.mu.Lock()
		p.said = append(p.said, strings.TrimSpace(line))
		p.mu.Unlock()
		if a := p.answers[verb]; a != "" {
			say(a)
			continue
		}
		switch verb {
		case "EHLO":
			if encrypted || p.plain {
				say("250-test\r\n250 AUTH PLAIN")
			} else {
				say("250-test\r\n250 STARTTLS")
			}
		case "STARTTLS":
			say("220 go on")
			c = tls.Server(c, secure)
			in, encrypted = bufio.NewReader(c), true
		case "AUTH":
			say("235 welcome")
		case "DATA":
			say("354 go on")
			p.take(in)
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 fine")
		}
	}
}

func (p *postOffice) take(in *bufio.Reader) {
	var b strings.Builder
	for {
		line, err := in.ReadString('\n')
		if err != nil || line == ".\r\n" {
			break
		}
		b.WriteString(line)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.got = append(p.got, b.String())
}

func (p *postOffice) gateway(t *testing.T) *mailGateway {
	t.Helper()
	g, err := newMailGateway(Gateways{MailServer: p.address, MailUser: "xf", MailPassword: "geheim",
		MailFrom: "网上信访 <xf@example.cn>"}, p.trust)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

var aMail = Outgoing{ID: petition.ID{9}, To: "li@example.cn", Subject: "有新消息", Text: "您好！\n\n有新消息。"}

func TestAMailIsSentOverTLS(t *testing.T) {
	p := openPostOffice(t, nil)
	if err := p.gateway(t).Send(t.Context(), aMail); err != nil {
		t.Fatal(err)
	}
	if len(p.got) != 1 {
		t.Fatalf("%d mails after %q", len(p.got), p.said)
	}
	m, err := mail.ReadMessage(strings.NewReader(p.got[0]))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || subject != aMail.Subject || m.Header.Get("To") != "<li@example.cn>" {
		t.Errorf("%q to %q: %v", subject, m.Header.Get("To"), err)
	}
	if id := m.Header.Get("Message-ID"); !strings.Contains(id, aMail.ID.String()) || m.Header.Get("Auto-Submitted") != "auto-generated" {
		t.Errorf("%q %q", id, m.Header.Get("Auto-Submitted"))
	}
	if m.Header.Get("User-Agent") != "" || m.Header.Get("X-Mailer") != "" {
		t.Error("it tells what sent it")
	}
	for _, line := range p.said[:2] {
		if strings.HasPrefix(line, "AUTH") {
			t.Error("the password went out before TLS")
		}
	}
}

func TestWhatAMailServersAnswerMeans(t *testing.T) {
	for name, c := range map[string]struct {
		verb, answer, why string
		final             bool
	}{
		"no such box":     {"RCPT", "550 5.1.1 <li@example.cn> unknown", "SMTP 550", true},
		"come back later": {"RCPT", "450 4.2.1 <li@example.cn> busy", "SMTP 450", false},
		"not let in":      {"AUTH", "535 5.7.8 no", "no answer", false},
	} {
		p := openPostOffice(t, func(p *postOffice) { p.answers[c.verb] = c.answer })
		err := p.gateway(t).Send(t.Context(), aMail)
		var trouble *Trouble
		if !errors.As(err, &trouble) || trouble.Why != c.why || trouble.Final != c.final {
			t.Errorf("%s: %#v", name, err)
		}
		if strings.Contains(fmt.Sprint(err), "li@") {
			t.Errorf("%s: %v quotes the address", name, err)
		}
	}
}

func TestNoMailGoesOutUnencrypted(t *testing.T) {
	p := openPostOffice(t, func(p *postOffice) { p.plain = true })
	if err := p.gateway(t).Send(t.Context(), aMail); err == nil || len(p.got) != 0 {
		t.Errorf("sent without TLS: %v", err)
	}
	other := openPostOffice(t, nil)
	other.trust = nil // a certificate that nobody vouches for
	if err := other.gateway(t).Send(t.Context(), aMail); err == nil || len(other.got) != 0 {
		t.Errorf("sent to a stranger: %v", err)
	}
}

func TestAMailServerThatCannotWorkIsToldAtTheStart(t *testing.T) {
	for name, c := range map[string]Gateways{
		"no port":   {MailServer: "mail.example.cn", MailFrom: "xf@example.cn"},
		"no sender": {MailServer: "mail.example.cn:465"},
		"no number": {MailServer: "mail.example.cn:smtp", MailFrom: "xf@example.cn"},
	} {
		if _, err := newMailGateway(c, nil); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	if _, err := newMailGateway(Gateways{MailServer: "mail.example.cn:465", MailFrom: "xf@example.cn"}, nil); err != nil {
		t.Errorf("TLS from the start: %v", err)
	}
}
