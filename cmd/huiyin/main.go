// Command huiyin is both faces on one box: the portal that citizens see and the back
// office behind it, in one process, with two SQLite files. It is the demonstration
// and a real deployment for a county office. Start reading at run.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"huiyin/cmd/desk"
	"huiyin/web"
)

// program is the whole command line: what every command reads, then the commands.
type program struct {
	config
	Serve serve `cmd:"" default:"withargs" help:"Serve both faces (what happens without a command)."`
	desk.Commands
	Print   printed `cmd:"" name:"config" help:"Print the configuration in force, secrets masked."`
	Version version `cmd:"" help:"Print the version."`
}

// config is what the program can be told. An empty one runs.
type config struct {
	Config         string   `help:"Configuration file (TOML)." placeholder:"FILE"`
	Data           string   `help:"Folder of the databases." default:"data"`
	Keys           string   `help:"Folder of the keys; never inside the data folder." default:"keys"`
	PortalDatabase string   `help:"Portal database, if not SQLite in the data folder: mysql:USER:PASSWORD@tcp(HOST)/NAME." secret:""`
	OfficeDatabase string   `help:"Office database, if not SQLite in the data folder." secret:""`
	Portal         string   `help:"Address of the portal." default:"127.0.0.1:8080"`
	Office         string   `help:"Address of the back office." default:"127.0.0.1:8081"`
	Admin          string   `help:"Address of /livez, /readyz and /metrics." default:"127.0.0.1:8082"`
	PublicURL      string   `help:"The portal's address as citizens type it, for slips and QR codes." default:"http://127.0.0.1:8080"`
	TLS            bool     `help:"A proxy in front speaks TLS: cookies are Secure, HSTS is sent."`
	Proxies        []string `help:"Addresses of proxies whose X-Forwarded-For is believed."`
	Clamd          string   `help:"Virus scanner: tcp:HOST:PORT or unix:/SOCKET." placeholder:"ADDRESS"`
	Font           string   `help:"TrueType file that PDF papers are set in; Debian's fonts-lxgw-wenkai if empty." placeholder:"FILE"`
	Heads          string   `help:"File to append the log's signed heads to, on another machine or medium; verify compares them." placeholder:"FILE"`
	Name           string   `help:"Name of the deployment, shown in the masthead." default:"网上信访"`
	Demo           bool     `help:"Load the invented world on the first start, and say on every page that it is one."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "huiyin:", err)
		os.Exit(1)
	}
}

// run does what the arguments say until it is done or the context ends.
func run(ctx context.Context, args []string, out io.Writer) error {
	var p program
	chosen, err := web.Configure(&p, "huiyin", "Huiyin (回音): an online petition portal and its back office on one box.", args)
	if err != nil {
		return err
	}
	chosen.BindTo(ctx, (*context.Context)(nil))
	chosen.BindTo(out, (*io.Writer)(nil))
	return chosen.Run(&p.config, p.config.opener(), desk.Installation(installation))
}
