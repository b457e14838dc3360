// Command huiyin is both faces on one box: the portal that citizens see and the back
// office behind it, in one process, with two SQLite files. It is the demonstration
// and a real deployment for a county office. Start reading at run.
package main

import (
	"context"
	"io"

	"huiyin/cmd/desk"
	"huiyin/notifier"
	"huiyin/web"
)

// program is the whole command line: what every command reads, then the commands.
type program struct {
	config
	Serve serve `cmd:"" default:"withargs" help:"Serve both faces (what happens without a command)."`
	desk.Commands
	web.About
}

// config is what the program can be told. An empty one runs.
type config struct {
	web.Deployment
	notifier.Gateways
	Data           string `help:"Folder of the databases." default:"data"`
	Keys           string `help:"Folder of the keys; never inside the data folder." default:"keys"`
	PortalDatabase string `help:"Portal database, if not SQLite in the data folder: mysql:USER:PASSWORD@tcp(HOST)/NAME." secret:""`
	OfficeDatabase string `help:"Office database, if not SQLite in the data folder." secret:""`
	Portal         string `help:"Address of the portal." default:"127.0.0.1:8080"`
	Office         string `help:"Address of the back office." default:"127.0.0.1:8081"`
	Admin          string `help:"Address of /livez, /readyz and /metrics." default:"127.0.0.1:8082"`
	PublicURL      string `help:"The portal's address as citizens type it, for slips and QR codes." default:"http://127.0.0.1:8080"`
	Font           string `help:"TrueType file that PDF papers are set in; Debian's fonts-lxgw-wenkai if empty." placeholder:"FILE"`
	Heads          string `help:"File to append the log's signed heads to, on another machine or medium; verify compares them." placeholder:"FILE"`
	Index          string `help:"File of the search index, if not in the data folder: derived, rebuilt when it is deleted, never in backups." placeholder:"FILE"`
	Demo           bool   `help:"Load the invented world on the first start, and say on every page that it is one."`
}

func main() { web.Main("huiyin", run) }

// run does what the arguments say until it is done or the context ends.
func run(ctx context.Context, args []string, out io.Writer) error {
	var p program
	chosen, err := web.Command(ctx, &p, "huiyin", "Huiyin (回音): an online petition portal and its back office on one box.", args, out)
	if err != nil {
		return err
	}
	return chosen.Run(&p.config, p.config.beginner(), p.config.opener(), p.config.portalKey(), desk.Installation(installation))
}
