package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/alecthomas/kong"
)

// Main runs a program until it is done or the operator stops it (SIGINT, SIGTERM), and
// ends the process. An error goes to the standard error, and the exit code is 1.
func Main(name string, run func(ctx context.Context, args []string, out io.Writer) error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, name+":", err)
		os.Exit(1)
	}
}

// Command reads a program's command line as Configure does and gives what was chosen,
// ready to Run: its methods may ask for the context and for the writer of results.
func Command(ctx context.Context, into any, name, about string, args []string, out io.Writer) (*kong.Context, error) {
	chosen, err := Configure(into, name, about, args)
	if err != nil {
		return nil, err
	}
	chosen.BindTo(ctx, (*context.Context)(nil))
	chosen.BindTo(out, (*io.Writer)(nil))
	return chosen, nil
}

// Deployment is what every program is told about the place where it stands.
type Deployment struct {
	Config  string   `help:"Configuration file (TOML)." placeholder:"FILE"`
	TLS     bool     `help:"A proxy in front speaks TLS: cookies are Secure, HSTS is sent."`
	Proxies []string `help:"Addresses of proxies whose X-Forwarded-For is believed."`
	Clamd   string   `help:"Virus scanner: tcp:HOST:PORT or unix:/SOCKET." placeholder:"ADDRESS"`
	Name    string   `help:"Name of the deployment, shown in the masthead; a portal alone shows it until its office has sent its own." default:"网上信访"`
}

// About is what every program tells of itself: config, version and help.
type About struct {
	Print   printConfig  `cmd:"" name:"config" help:"Print the configuration in force, secrets masked."`
	Version printVersion `cmd:"" help:"Print the version."`
	Help    printHelp    `cmd:"" help:"Print this, or what a command can be told."`
}

type printConfig struct{}

// Run prints what is in force.
func (printConfig) Run(chosen *kong.Context, out io.Writer) error {
	return PrintConfig(out, chosen.Model.Target.Addr().Interface())
}

type printVersion struct{}

// Run prints what was built.
func (printVersion) Run(chosen *kong.Context, out io.Writer) error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return errors.New("built without module information")
	}
	_, err := fmt.Fprintf(out, "%s %s %s\n", chosen.Model.Name, info.Main.Version, info.GoVersion)
	return err
}

type printHelp struct {
	Command []string `arg:"" optional:"" help:"The command to tell about."`
}

// Run prints the help of the program or of one command.
func (h printHelp) Run(chosen *kong.Context, out io.Writer) error {
	chosen.Stdout = out
	about, err := kong.Trace(chosen.Kong, h.Command)
	if err != nil {
		return err
	}
	if len(h.Command) == 0 {
		about.Path = about.Path[:1] // the program, not the command that it does without one
	} else if node := about.Selected(); node == nil || node.Name != h.Command[len(h.Command)-1] {
		return fmt.Errorf("there is no command %q; help alone lists them", h.Command)
	}
	return about.PrintUsage(false)
}
