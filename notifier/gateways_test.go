package notifier

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"huiyin/exchange"
	"huiyin/petition"
)

func TestNothingIsOfferedUnlessConfigured(t *testing.T) {
	key, err := exchange.NewHolderKey(exchange.NewKey())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		config Gateways
		want   []petition.NewsWay
	}{
		{Gateways{}, nil},
		{Gateways{SMSGateway: "https://g/x"}, []petition.NewsWay{petition.NewsByText}},
		{Gateways{MailServer: "m:465"}, []petition.NewsWay{petition.NewsByMail}},
		{Gateways{NewsFile: "f"}, petition.NewsWays},
	} {
		offer := c.config.Offer(key)
		if !slices.Equal(offer.Ways, c.want) || offer.Any() != (len(c.want) > 0) {
			t.Errorf("%+v offers %v", c.config, offer.Ways)
		}
	}
	if _, err := (Gateways{NewsFile: "f", MailServer: "m:465"}).gateways(); err == nil {
		t.Error("a file and a gateway at once")
	}
	both, err := Gateways{SMSGateway: "https://g/x", MailServer: "m:465", MailFrom: "a@b.cn"}.gateways()
	if err != nil || len(both) != 2 {
		t.Errorf("%v %v", both, err)
	}
	if _, err := (Gateways{MailServer: "m"}).gateways(); err == nil {
		t.Error("a mail server without a port")
	}
}

func TestTheFileHoldsNoAddress(t *testing.T) {
	name := filepath.Join(t.TempDir(), "news.txt")
	gateways, err := Gateways{NewsFile: name}.gateways()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []struct {
		way petition.NewsWay
		out Outgoing
	}{{petition.NewsByText, aText}, {petition.NewsByMail, aMail}} {
		if err := gateways[m.way].Send(t.Context(), m.out); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	said := string(b)
	if strings.Count(said, "\n") != 2 || !strings.Contains(said, " sms ") || !strings.Contains(said, " mail ") || !strings.Contains(said, "新消息") {
		t.Errorf("%s", said)
	}
	if strings.Contains(said, number) || strings.Contains(said, aMail.To) {
		t.Error("where to stands in the file")
	}
	bad := &fileGateway{name: t.TempDir(), way: petition.NewsByText}
	var trouble *Trouble
	if err := bad.Send(t.Context(), aText); !errors.As(err, &trouble) || trouble.Final {
		t.Errorf("a folder: %v", err)
	}
}
