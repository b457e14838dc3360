package desk

import (
	"os"
	"path/filepath"
	"testing"

	"huiyin/petition"
)

func TestTheExampleOfPoliciesIsRead(t *testing.T) {
	list, err := readPolicies(filepath.Join("..", "..", "docs", "policies.example.toml"))
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 1 || len(list[0].Articles) != 2 || list[0].Level != petition.County || list[0].Until != "" {
		t.Fatalf("read %+v", list)
	}
	units := petition.NewUnits([]petition.Unit{{ID: list[0].Unit, Path: "/" + string(list[0].Unit) + "/"}})
	if problems := petition.CheckPolicy(list[0], units); len(problems) > 0 {
		t.Errorf("the example is not taken: %v", problems)
	}
}

func TestAnUnknownKeyOfAPolicyIsNamed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "p.toml")
	if err := os.WriteFile(file, []byte("[[policy]]\nfrm = '2024-01-01'\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readPolicies(file); err == nil {
		t.Error("a misspelt day is taken")
	}
	if _, err := readPolicies(filepath.Join(t.TempDir(), "none.toml")); err == nil {
		t.Error("a file that is not there is read")
	}
}
