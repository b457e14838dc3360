package main

import (
	"errors"
	"fmt"
	"io"
	"runtime/debug"

	"huiyin/web"
)

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
	_, err := fmt.Fprintf(out, "huiyin %s %s\n", info.Main.Version, info.GoVersion)
	return err
}
