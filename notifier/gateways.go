package notifier

import (
	"errors"
	"fmt"

	"huiyin/exchange"
	"huiyin/petition"
)

// Gateways is what the programs can be told about news. An empty one tells nobody.
type Gateways struct {
	SMSGateway   string `help:"SMS gateway to which a message for each piece of news is POSTed; none: no text messages." placeholder:"URL"`
	SMSHeader    string `help:"Header of the request that carries sms-secret." default:"Authorization"`
	SMSSecret    string `help:"The SMS gateway's secret; HUIYIN_SMS_SECRET_FILE names a file that holds it." secret:""`
	SMSBody      string `help:"Body of the request: JSON as a Go template, in which .ID, .To and .Text are JSON strings; plain if empty." placeholder:"TEMPLATE"`
	SMSAccepted  string `help:"What the SMS gateway's answer contains if it took the message, where it answers 200 to everything." placeholder:"TEXT"`
	MailServer   string `help:"Mail server, TLS only (port 465 from the start, others STARTTLS); none: no mail." placeholder:"HOST:PORT"`
	MailUser     string `help:"Name at the mail server." placeholder:"NAME"`
	MailPassword string `help:"Password there; HUIYIN_MAIL_PASSWORD_FILE names a file that holds it." secret:""`
	MailFrom     string `help:"Sender of mail: Name <address>." placeholder:"ADDRESS"`
	NewsFile     string `help:"Instead of gateways, to try it out: file to which messages are written, without where to." placeholder:"FILE"`
	NewsQuiet    string `help:"Hours in which no message goes out, Beijing time." default:"21:00-08:00"`
}

// Quiet is the part of the day in which nothing goes out.
func (c Gateways) Quiet() (petition.Quiet, error) {
	q, err := petition.ParseQuiet(c.NewsQuiet)
	if err != nil {
		return q, fmt.Errorf("news-quiet: %w", err)
	}
	return q, nil
}

// Ways are the ways by which people can be told.
func (c Gateways) Ways() []petition.NewsWay {
	var ways []petition.NewsWay
	if c.SMSGateway != "" || c.NewsFile != "" {
		ways = append(ways, petition.NewsByText)
	}
	if c.MailServer != "" || c.NewsFile != "" {
		ways = append(ways, petition.NewsByMail)
	}
	return ways
}

// Offer is what forms offer, with the key to which they seal.
func (c Gateways) Offer(key *exchange.HolderKey) exchange.NewsOffer {
	if ways := c.Ways(); len(ways) > 0 {
		return exchange.NewsOffer{Key: key.Public(), Ways: ways}
	}
	return exchange.NewsOffer{}
}

// Key is the notifier's key in a key folder, made there the first time; nil where nobody
// is told of anything.
func (c Gateways) Key(folder string) (*exchange.HolderKey, error) {
	if len(c.Ways()) == 0 {
		return nil, nil
	}
	return exchange.EnsureNotifierKey(folder)
}

// gateways makes those that are configured.
func (c Gateways) gateways() (map[petition.NewsWay]Gateway, error) {
	all := map[petition.NewsWay]Gateway{}
	if c.NewsFile != "" {
		if c.SMSGateway != "" || c.MailServer != "" {
			return nil, errors.New("news-file takes the place of gateways: leave out sms-gateway and mail-server, or news-file")
		}
		for _, way := range petition.NewsWays {
			all[way] = &fileGateway{name: c.NewsFile, way: way}
		}
		return all, nil
	}
	if c.SMSGateway != "" {
		g, err := newTextGateway(c)
		if err != nil {
			return nil, err
		}
		all[petition.NewsByText] = g
	}
	if c.MailServer != "" {
		g, err := newMailGateway(c, nil)
		if err != nil {
			return nil, err
		}
		all[petition.NewsByMail] = g
	}
	return all, nil
}
