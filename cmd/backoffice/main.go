// Command backoffice is the intranet side alone: the staff's pages and the courier
// that begins every exchange with the portal. Start reading at run.
package main

import (
	"context"
	"io"

	"huiyin/cmd/desk"
	"huiyin/exchange"
	"huiyin/notifier"
	"huiyin/sql/officedb"
	"huiyin/web"
)

// program is the whole command line.
type program struct {
	config
	Serve   serve   `cmd:"" default:"withargs" help:"Serve the back office (what happens without a command)."`
	Migrate migrate `cmd:"" help:"Bring the database's tables forward; needs a user who may alter them."`
	desk.Commands
	web.About
}

// config is what the program can be told.
type config struct {
	web.Deployment
	notifier.Gateways
	Database     string `help:"mysql:USER:PASSWORD@tcp(HOST)/NAME or sqlite:FILE." default:"sqlite:data/office.db" secret:""`
	Mailbox      string `help:"The portal's database, as its courier user." default:"sqlite:data/portal.db" secret:""`
	Keys         string `help:"Folder of the office's keys." default:"keys"`
	PortalKey    string `help:"Public key file (portal.pub) of the portal." default:"keys/portal.pub"`
	Installation string `help:"Name of this office in the mail line." default:"office"`
	Address      string `help:"Address to serve." default:"127.0.0.1:8081"`
	Admin        string `help:"Address of /livez, /readyz and /metrics." default:"127.0.0.1:8083"`
	PublicURL    string `help:"The portal's address as citizens type it, for slips." default:"http://127.0.0.1:8080"`
	Font         string `help:"TrueType file that PDF papers are set in; Debian's fonts-lxgw-wenkai if empty." placeholder:"FILE"`
	Heads        string `help:"File to append the log's signed heads to, on another machine or medium; verify compares them." placeholder:"FILE"`
	Index        string `help:"File of this node's search index, derived and rebuilt when it is deleted; on memory-backed or encrypted storage, never in backups." default:"data/search.db"`
	Demo         bool   `help:"Load the invented world on the first start, and say on every page that it is one."`
}

func main() { web.Main("backoffice", run) }

// run does what the arguments say until it is done or the context ends.
func run(ctx context.Context, args []string, out io.Writer) error {
	var p program
	chosen, err := web.Command(ctx, &p, "backoffice", "Huiyin (回音): the staff's back office.", args, out)
	if err != nil {
		return err
	}
	return chosen.Run(&p.config, p.beginner(), p.beginner().Begun(p.Keys), p.portalPublic(), desk.Installation(p.Installation))
}

// beginner lets the operator's commands reach the database.
func (c *config) beginner() desk.Beginner {
	return func(ctx context.Context) (*officedb.Store, func(), error) {
		b, err := c.open(ctx)
		if err != nil {
			return nil, nil, err
		}
		return b.cases, b.close, nil
	}
}

// portalPublic lets them check what came from the portal.
func (c *config) portalPublic() desk.Portal {
	return func() (exchange.PortalPublic, error) { return exchange.LoadPortalPublic(c.PortalKey) }
}

type migrate struct{}

// Run brings the tables forward and makes the office's keys if there are none.
func (migrate) Run(ctx context.Context, c *config) error {
	b, err := c.open(ctx)
	if err != nil {
		return err
	}
	b.close()
	return nil
}
