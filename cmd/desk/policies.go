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

// Policies keeps the policy library.
type Policies struct {
	Import PoliciesImport `cmd:"" help:"Bring in policies from a TOML file; one whose number the same unit has becomes its next version. docs/policies.example.toml shows the form."`
}

// PoliciesImport reads policies from a TOML file.
type PoliciesImport struct {
	File string `arg:"" type:"existingfile"`
}

// Run checks them all, then keeps them all.
func (p PoliciesImport) Run(ctx context.Context, open Opener, out io.Writer) error {
	list, err := readPolicies(p.File)
	if err != nil {
		return err
	}
	store, done, err := open(ctx)
	if err != nil {
		return err
	}
	defer done()
	if err := store.ImportPolicies(ctx, list, time.Now()); err != nil {
		return explained(err)
	}
	_, err = fmt.Fprintf(out, "%d policies\n", len(list))
	return err
}

// readPolicies fails for a key that no policy has: it may be a misspelt day.
func readPolicies(file string) ([]petition.Policy, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var read struct {
		Policy []struct {
			Title, Number, Body, From, Until string
			Level                            petition.Level
			Unit                             petition.UnitID
			Article                          []petition.Article
		}
	}
	if err := toml.NewDecoder(f).DisallowUnknownFields().Decode(&read); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	all := make([]petition.Policy, 0, len(read.Policy))
	for _, p := range read.Policy {
		all = append(all, petition.Policy{Title: p.Title, Number: p.Number, Body: p.Body, Level: p.Level, From: p.From, Until: p.Until,
			Unit: p.Unit, Articles: p.Article})
	}
	return all, nil
}
