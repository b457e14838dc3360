package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// demoMark in a data folder says that everything in it is invented.
const demoMark = "DEMONSTRATION"

func (c *config) portalDatabase() string {
	if c.PortalDatabase != "" {
		return c.PortalDatabase
	}
	return "sqlite:" + filepath.Join(c.Data, "portal.db")
}

func (c *config) officeDatabase() string {
	if c.OfficeDatabase != "" {
		return c.OfficeDatabase
	}
	return "sqlite:" + filepath.Join(c.Data, "office.db")
}

func (c *config) searchIndex() string {
	if c.Index != "" {
		return c.Index
	}
	return filepath.Join(c.Data, "search.db")
}

// checkDemo keeps the invented and the real apart: a demonstration's data folder
// never becomes a real one, nor the other way round.
func checkDemo(c *config) error {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	mark := filepath.Join(c.Data, demoMark)
	_, err := os.Stat(mark)
	marked := err == nil
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("data folder: %w", err)
	}
	switch {
	case marked && !c.Demo:
		return fmt.Errorf("%s holds the demonstration world and cannot become a real installation: choose another --data folder, or add --demo", c.Data)
	case !marked && c.Demo && used(c.Data):
		return fmt.Errorf("%s holds a real installation; the demonstration world is not loaded into it: choose another --data folder", c.Data)
	case c.Demo && !marked:
		return os.WriteFile(mark, []byte("Everything here is invented.\n"), 0o600)
	}
	return nil
}

func used(folder string) bool {
	_, err := os.Stat(filepath.Join(folder, "office.db"))
	return err == nil
}

func isDemo(folder string) bool {
	_, err := os.Stat(filepath.Join(folder, demoMark))
	return err == nil
}
