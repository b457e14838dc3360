package backoffice

import (
	"fmt"
	"io/fs"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"huiyin/petition"
)

// body is an entry of the directory of competent bodies (data/bodies.toml), so that
// nobody is sent away without a name and a telephone number.
type body struct {
	ID    string `toml:"id"`
	Kind  string `toml:"kind"` // of petition.Redirects
	Name  string `toml:"name"` // {area} is the unit's area
	What  string `toml:"what"` // what it deals with
	Phone string `toml:"phone"`
	Where string `toml:"where"`
	Bring string `toml:"bring"`
}

func readBodies(files fs.FS) ([]body, error) {
	text, err := fs.ReadFile(files, "data/bodies.toml")
	if err != nil {
		return nil, fmt.Errorf("directory of bodies: %w", err)
	}
	var list struct {
		Body []body `toml:"body"`
	}
	if err := toml.Unmarshal(text, &list); err != nil {
		return nil, fmt.Errorf("directory of bodies: %w", err)
	}
	return list.Body, nil
}

// findBody is the entry of an id, named for the unit's area.
func (w *Office) findBody(id string, unit petition.Unit) (body, bool) {
	for _, b := range w.bodies {
		if b.ID == id {
			b.Name = strings.ReplaceAll(b.Name, "{area}", unit.Area)
			b.Where = strings.ReplaceAll(b.Where, "{area}", unit.Area)
			return b, true
		}
	}
	return body{}, false
}
