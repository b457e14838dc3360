package notifier

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"text/template"
)

// plainBody is the request's body where none is configured.
const plainBody = `{"id":{{.ID}},"to":{{.To}},"text":{{.Text}}}`

// answerSize is how much of an answer is looked at.
const answerSize = 64 << 10

// textGateway gives messages to an SMS provider by HTTP: one POST of JSON each.
type textGateway struct {
	url      string
	header   string // carries the secret
	secret   string
	body     *template.Template
	accepted string // what the answer to a message that was taken contains; "": any
	client   *http.Client
}

func newTextGateway(c Gateways) (*textGateway, error) {
	u, err := url.Parse(c.SMSGateway)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil, errors.New("sms-gateway is no address of a gateway: https://…")
	}
	text := c.SMSBody
	if text == "" {
		text = plainBody
	}
	body, err := template.New("sms-body").Option("missingkey=error").Parse(text)
	if err != nil {
		return nil, fmt.Errorf("sms-body: %w", err)
	}
	g := &textGateway{url: c.SMSGateway, header: c.SMSHeader, secret: c.SMSSecret, body: body, accepted: c.SMSAccepted,
		client: &http.Client{Timeout: sendTime, CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse // the secret goes nowhere else
		}}}
	if b, err := g.fill(Outgoing{To: "1", Text: `"`}); err != nil || !json.Valid(b) {
		return nil, errors.New(`sms-body makes no JSON; .ID, .To and .Text are JSON strings with their quotes: {"to":{{.To}}}`)
	}
	return g, nil
}

// fill makes the request's body: every place is a JSON string, so that no text can break
// out of it.
func (g *textGateway) fill(m Outgoing) ([]byte, error) {
	quoted := func(s string) string {
		b, _ := json.Marshal(s) // a string has no fault
		return string(b)
	}
	var b bytes.Buffer
	err := g.body.Execute(&b, struct{ ID, To, Text string }{quoted(m.ID.String()), quoted(m.To), quoted(m.Text)})
	return b.Bytes(), err
}

// Send posts the message. The id stands in Idempotency-Key too.
func (g *textGateway) Send(ctx context.Context, m Outgoing) error {
	body, err := g.fill(m)
	if err != nil {
		return &Trouble{Why: "sms-body cannot be filled", Final: true}
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, g.url, bytes.NewReader(body))
	if err != nil {
		return &Trouble{Why: "sms-gateway is no address", Final: true}
	}
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	r.Header.Set("Idempotency-Key", m.ID.String())
	if g.secret != "" {
		r.Header.Set(g.header, g.secret)
	}
	answer, err := g.client.Do(r)
	if err != nil {
		return &Trouble{Why: "no answer"}
	}
	defer func() { _ = answer.Body.Close() }()
	return g.read(answer)
}

// read tells what an answer means. Of its body nothing is kept: providers repeat the
// number in it.
func (g *textGateway) read(answer *http.Response) error {
	code := answer.StatusCode
	why := fmt.Sprintf("HTTP %d", code)
	switch {
	case code >= 500, code == http.StatusRequestTimeout, code == http.StatusTooEarly, code == http.StatusTooManyRequests:
		return &Trouble{Why: why}
	case code < 200 || code >= 300:
		return &Trouble{Why: why, Final: true}
	case g.accepted == "":
		return nil
	}
	b, err := io.ReadAll(io.LimitReader(answer.Body, answerSize))
	if err != nil || !strings.Contains(string(b), g.accepted) {
		return &Trouble{Why: why + " without sms-accepted"}
	}
	return nil
}
