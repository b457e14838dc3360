package desk

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheExampleOfUnitsIsRead(t *testing.T) {
	list, err := readUnits(filepath.Join("..", "..", "docs", "units.example.toml"), "here")
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 2 || list[1].Parent != list[0].ID || !list[1].Pilot || list[1].Installation != "here" {
		t.Errorf("read %+v", list)
	}
}

func TestAnUnknownKeyOfAUnitIsNamed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "u.toml")
	if err := os.WriteFile(file, []byte("[[Unit]]\nID='1'\nTelefon='2'\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readUnits(file, "here"); err == nil || !strings.Contains(err.Error(), "missing in the destination") && !strings.Contains(err.Error(), "strict") {
		t.Errorf("got %v", err)
	}
}
