// Package huiyin_test holds the promises that concern the whole program.
package huiyin_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// mayImport is architecture's import directions: a package of ours may import these
// of ours and no others.
var mayImport = map[string][]string{
	"petition":      {},
	"static":        {},
	"exchange":      {"petition"},
	"attachment":    {"petition", "exchange"},
	"demo":          {"petition", "exchange"},
	"web":           {"petition", "static"},
	"notifier":      {"petition", "exchange", "web"},
	"portal":        {"petition", "exchange", "attachment", "web", "static"},
	"backoffice":    {"petition", "exchange", "attachment", "web", "static"},
	"sql":           {"petition", "exchange"},
	"sql/storetest": {"petition", "sql"},
	"sql/portaldb":  {"petition", "exchange", "portal", "sql"},
	"sql/officedb":  {"petition", "exchange", "attachment", "backoffice", "notifier", "sql"},
}

// onlyIn names who may use a library.
var onlyIn = map[string][]string{
	"github.com/gin-gonic/gin":       {"web", "portal", "backoffice"},
	"github.com/jmoiron/sqlx":        {"sql", "sql/portaldb", "sql/officedb", "sql/storetest"},
	"database/sql":                   {"sql", "sql/portaldb", "sql/officedb", "sql/storetest"},
	"modernc.org/sqlite":             {"sql"},
	"github.com/go-sql-driver/mysql": {"sql", "sql/storetest"},
}

func goList(t *testing.T, args ...string) []string {
	t.Helper()
	out, err := exec.Command("go", append([]string{"list"}, args...)...).Output()
	if err != nil {
		t.Fatalf("go list %v: %v", args, err)
	}
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}

func TestPackagesImportOnlyInTheirDirection(t *testing.T) {
	for _, line := range goList(t, "-f", `{{.ImportPath}}: {{join .Imports " "}}`, "./...") {
		path, imports, _ := strings.Cut(line, ": ")
		name := strings.TrimPrefix(path, "huiyin/")
		for _, im := range strings.Fields(imports) {
			if ours, is := strings.CutPrefix(im, "huiyin/"); is && !strings.HasPrefix(name, "cmd/") {
				if !slices.Contains(mayImport[name], ours) {
					t.Errorf("%s imports %s", name, ours)
				}
			}
			if who, limited := onlyIn[im]; limited && !slices.Contains(who, name) {
				t.Errorf("%s uses %s, which belongs to %v", name, im, who)
			}
		}
	}
}

func TestRulesKnowNoTechnology(t *testing.T) {
	for _, dep := range goList(t, "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", "./petition") {
		if dep != "" && dep != "huiyin/petition" {
			t.Errorf("petition depends on %s", dep)
		}
	}
}

func TestEachBinaryHoldsItsOwnZoneOnly(t *testing.T) {
	forbidden := map[string][]string{
		"./cmd/portal":     {"huiyin/backoffice", "huiyin/sql/officedb", "huiyin/notifier", "huiyin/demo"},
		"./cmd/backoffice": {"huiyin/portal", "huiyin/sql/portaldb"},
	}
	for binary, packages := range forbidden {
		deps := goList(t, "-deps", binary)
		if len(deps) < 20 {
			t.Fatalf("%s: only %d dependencies listed", binary, len(deps))
		}
		for _, p := range packages {
			if slices.Contains(deps, p) {
				t.Errorf("%s contains %s", binary, p)
			}
		}
	}
}
