package notifier

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"huiyin/petition"
)

var aText = Outgoing{ID: petition.ID{7}, To: number, Text: `"新消息"` + "\n请看"}

// posted is what a provider was sent.
type posted struct {
	header http.Header
	body   string
}

// provide serves an SMS provider that answers the same to everything.
func provide(t *testing.T, code int, answer string) (url string, got *[]posted) {
	t.Helper()
	got = &[]posted{}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		*got = append(*got, posted{r.Header, string(b)})
		if code >= 300 && code < 400 {
			w.Header().Set("Location", "/elsewhere")
		}
		w.WriteHeader(code)
		_, _ = io.WriteString(w, answer)
	}))
	t.Cleanup(s.Close)
	return s.URL + "/send", got
}

func texts(t *testing.T, c Gateways) *textGateway {
	t.Helper()
	if c.SMSHeader == "" {
		c.SMSHeader = "Authorization"
	}
	g, err := newTextGateway(c)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestATextMessageIsPosted(t *testing.T) {
	url, got := provide(t, 200, `{"code":0}`)
	g := texts(t, Gateways{SMSGateway: url, SMSHeader: "X-Key", SMSSecret: "geheim", SMSAccepted: `"code":0`})
	if err := g.Send(t.Context(), aText); err != nil {
		t.Fatal(err)
	}
	one := (*got)[0]
	var body map[string]string
	if err := json.Unmarshal([]byte(one.body), &body); err != nil || body["to"] != number || body["text"] != aText.Text || body["id"] != aText.ID.String() {
		t.Errorf("%s %v", one.body, err)
	}
	if one.header.Get("X-Key") != "geheim" || one.header.Get("Idempotency-Key") != aText.ID.String() ||
		!strings.HasPrefix(one.header.Get("Content-Type"), "application/json") {
		t.Errorf("%v", one.header)
	}
	own := texts(t, Gateways{SMSGateway: url, SMSBody: `{"phones":[{{.To}}],"template":"12","params":{"t":{{.Text}}}}`})
	if err := own.Send(t.Context(), aText); err != nil {
		t.Fatal(err)
	}
	if want := `{"phones":["` + number + `"],"template":"12"`; !strings.HasPrefix((*got)[1].body, want) || !json.Valid([]byte((*got)[1].body)) {
		t.Errorf("%s", (*got)[1].body)
	}
}

func TestWhatAProvidersAnswerMeans(t *testing.T) {
	for _, c := range []struct {
		code        int
		answer, why string
		final       bool
	}{
		{200, `{"code":0}`, "", false},
		{202, `{"code":0}`, "", false},
		{200, `{"code":7,"to":"` + number + `"}`, "HTTP 200 without sms-accepted", false},
		{503, "", "HTTP 503", false},
		{500, number, "HTTP 500", false},
		{429, "", "HTTP 429", false},
		{408, "", "HTTP 408", false},
		{400, number, "HTTP 400", true},
		{401, "", "HTTP 401", true},
		{302, "", "HTTP 302", true},
	} {
		url, got := provide(t, c.code, c.answer)
		err := texts(t, Gateways{SMSGateway: url, SMSSecret: "geheim", SMSAccepted: `"code":0`}).Send(t.Context(), aText)
		var trouble *Trouble
		switch {
		case c.why == "" && err != nil:
			t.Errorf("%d: %v", c.code, err)
		case c.why != "" && (!errors.As(err, &trouble) || trouble.Why != c.why || trouble.Final != c.final):
			t.Errorf("%d: %v", c.code, err)
		case len(*got) != 1:
			t.Errorf("%d: asked %d times", c.code, len(*got))
		}
	}
}

func TestAProviderThatDoesNotAnswer(t *testing.T) {
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0") // takes calls and says nothing
	if err != nil {
		t.Fatal(err)
	}
	g := texts(t, Gateways{SMSGateway: "http://" + l.Addr().String()})
	g.client.Timeout = 50 * time.Millisecond
	for range 2 {
		err := g.Send(t.Context(), aText)
		var trouble *Trouble
		if !errors.As(err, &trouble) || trouble.Why != "no answer" || trouble.Final || strings.Contains(fmt.Sprint(err), number) {
			t.Errorf("%v", err)
		}
		_ = l.Close() // the second time there is nobody
	}
}

func TestAGatewayThatCannotWorkIsToldAtTheStart(t *testing.T) {
	for name, c := range map[string]Gateways{
		"no address":    {SMSGateway: "gateway"},
		"another kind":  {SMSGateway: "ftp://gateway/x"},
		"no template":   {SMSGateway: "https://g/x", SMSBody: `{"to":{{.To}`},
		"unknown place": {SMSGateway: "https://g/x", SMSBody: `{"to":{{.Number}}}`},
		"no JSON":       {SMSGateway: "https://g/x", SMSBody: `{"to":"{{.To}}"}`},
	} {
		if _, err := newTextGateway(c); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}
