package desk

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/pelletier/go-toml/v2"

	"huiyin/petition"
)

// Units keeps the tree.
type Units struct {
	Import UnitsImport `cmd:"" help:"Bring in units from a TOML file; known ones are changed. docs/units.example.toml shows the form."`
}

// UnitsImport reads units from a TOML file.
type UnitsImport struct {
	File string `arg:"" type:"existingfile"`
}

// Run stores the tree and sends the new directory to the portal.
func (u UnitsImport) Run(ctx context.Context, open Beginner, at Installation, out io.Writer) error {
	list, err := readUnits(u.File, at)
	if err != nil {
		return err
	}
	store, done, err := open(ctx)
	if err != nil {
		return err
	}
	defer done()
	if err := store.SaveUnits(ctx, list, time.Now()); err != nil {
		return explained(err)
	}
	_, err = fmt.Fprintf(out, "%d units\n", len(list))
	return err
}

func readUnits(file string, at Installation) ([]petition.Unit, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var read struct{ Unit []petition.Unit }
	if err := toml.NewDecoder(f).DisallowUnknownFields().Decode(&read); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	for i := range read.Unit {
		read.Unit[i].Installation = string(at)
	}
	return read.Unit, nil
}
