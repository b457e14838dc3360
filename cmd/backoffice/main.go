// Command backoffice is the intranet side alone: the staff's pages and the courier
// that begins every exchange with the portal. Start reading at run.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"huiyin/cmd/desk"
	"huiyin/sql/officedb"
	"huiyin/web"
)

// program is the whole command line.
type program struct {
	config
	Serve   serve   `cmd:"" default:"withargs" help:"Serve the back office (what happens without a command)."`
	Migrate migrate `cmd:"" help:"Bring the database's tables forward; needs a user who may alter them."`
	desk.Commands
	Print   printed `cmd:"" name:"config" help:"Print the configuration in force, secrets masked."`
	Version version `cmd:"" help:"Print the version."`
}

// config is what the program can be told.
type config struct {
	Config       string   `help:"Configuration file (TOML)." placeholder:"FILE"`
	Database     string   `help:"mysql:USER:PASSWORD@tcp(HOST)/NAME or sqlite:FILE." default:"sqlite:data/office.db" secret:""`
	Mailbox      string   `help:"The portal's database, as its courier user." default:"sqlite:data/portal.db" secret:""`
	Keys         string   `help:"Folder of the office's keys." default:"keys"`
	PortalKey    string   `help:"Public key file (portal.pub) of the portal." default:"keys/portal.pub"`
	Installation string   `help:"Name of this office in the mail line." default:"office"`
	Address      string   `help:"Address to serve." default:"127.0.0.1:8081"`
	Admin        string   `help:"Address of /livez, /readyz and /metrics." default:"127.0.0.1:8083"`
	PublicURL    string   `help:"The portal's address as citizens type it, for slips." default:"http://127.0.0.1:8080"`
	TLS          bool     `help:"A proxy in front speaks TLS: cookies are Secure, HSTS is sent."`
	Proxies      []string `help:"Addresses of proxies whose X-Forwarded-For is believed."`
	Heads        string   `help:"File to append the log's signed heads to, on another machine or medium; verify compares them." placeholder:"FILE"`
	Clamd        string   `help:"Virus scanner: tcp:HOST:PORT or unix:/SOCKET." placeholder:"ADDRESS"`
	Font         string   `help:"TrueType file that PDF papers are set in; Debian's fonts-lxgw-wenkai if empty." placeholder:"FILE"`
	Name         string   `help:"Name of the deployment, shown in the masthead." default:"网上信访"`
	Demo         bool     `help:"Load the invented world on the first start, and say on every page that it is one."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "backoffice:", err)
		os.Exit(1)
	}
}

// run does what the arguments say until it is done or the context ends.
func run(ctx context.Context, args []string, out io.Writer) error {
	var p program
	chosen, err := web.Configure(&p, "backoffice", "Huiyin (回音): the staff's back office.", args)
	if err != nil {
		return err
	}
	chosen.BindTo(ctx, (*context.Context)(nil))
	chosen.BindTo(out, (*io.Writer)(nil))
	return chosen.Run(&p.config, p.opener(), desk.Installation(p.Installation))
}

// opener lets the operator's commands reach the database.
func (c *config) opener() desk.Opener {
	return func(ctx context.Context) (*officedb.Store, func(), error) {
		b, err := c.open(ctx)
		if err != nil {
			return nil, nil, err
		}
		return b.cases, b.close, nil
	}
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

type printed struct{}

// Run prints what is in force.
func (printed) Run(c *config, out io.Writer) error { return web.PrintConfig(out, c) }

type version struct{}

// Run prints what was built.
func (version) Run(out io.Writer) error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return errors.New("built without module information")
	}
	_, err := fmt.Fprintf(out, "backoffice %s %s\n", info.Main.Version, info.GoVersion)
	return err
}
