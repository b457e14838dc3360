package storetest

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"huiyin/sql"
)

// writeSchema, set in the environment, has KeptSchema write the dump anew: `make schema`.
const writeSchema = "HUIYIN_WRITE_SCHEMA"

// KeptSchema compares what the migrations make, on each engine, with the dump that is
// kept beside them in sql/schema, so that the whole schema can be read in one place and
// no migration comes without it. It is called from a package below sql/.
func KeptSchema(t *testing.T, name string, migrations fs.FS) {
	t.Helper()
	Each(t, func(t *testing.T, open func() *sql.DB) {
		db := open()
		if err := sql.Migrate(t.Context(), db, migrations); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join("..", "schema", name+"."+string(db.Engine())+".sql")
		made := schemaHead + schemaOf(t, db)
		if os.Getenv(writeSchema) != "" {
			if err := os.WriteFile(file, []byte(made), 0o644); err != nil {
				t.Fatal(err)
			}
			return
		}
		kept, err := os.ReadFile(file)
		if err != nil {
			t.Fatalf("%v: run make schema", err)
		}
		if line, has, want := firstDifference(string(kept), made); line > 0 {
			t.Errorf("%s:%d has\n%s\nand the migrations make\n%s\nrun make schema", file, line, has, want)
		}
	})
}

const schemaHead = `-- The whole schema as the migrations make it, but for the table in which they are
-- counted. For reading only; made by: make schema
`

// firstDifference finds the first line in which two texts differ; 0 for none.
func firstDifference(a, b string) (line int, inA, inB string) {
	as, bs := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range max(len(as), len(bs)) {
		inA, inB = "", ""
		if i < len(as) {
			inA = as[i]
		}
		if i < len(bs) {
			inB = bs[i]
		}
		if inA != inB || i >= len(as) || i >= len(bs) {
			return i + 1, inA, inB
		}
	}
	return 0, "", ""
}

// schemaOf is every table with its indexes, by name, as the engine tells it.
func schemaOf(t *testing.T, db *sql.DB) string {
	t.Helper()
	if db.Engine() == sql.SQLite {
		var statements []string
		err := db.Select(t.Context(), &statements, `
			SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name NOT LIKE 'sqlite%' AND tbl_name <> 'schema_version'
			ORDER BY tbl_name, type = 'table' DESC, type, name`)
		if err != nil {
			t.Fatal(err)
		}
		return told(statements)
	}
	var tables, statements []string
	err := db.Select(t.Context(), &tables, `
		SELECT table_name FROM information_schema.tables
		WHERE table_schema = DATABASE() AND table_name <> 'schema_version' ORDER BY table_name`)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range tables { // names from the database's own list
		var shown struct {
			Table string `db:"Table"`
			Made  string `db:"Create Table"`
		}
		if err := db.Get(t.Context(), &shown, "SHOW CREATE TABLE "+table); err != nil {
			t.Fatal(err)
		}
		statements = append(statements, plainMySQL(shown.Made))
	}
	return told(statements)
}

func told(statements []string) string {
	var b strings.Builder
	for _, s := range statements {
		if strings.HasPrefix(s, "CREATE TABLE") {
			b.WriteByte('\n')
		}
		b.WriteString(s + ";\n")
	}
	return b.String()
}

var (
	widths     = regexp.MustCompile(`\b((?:tiny|small|medium|big)?int)\(\d+\)`)
	collations = regexp.MustCompile(`( CHARACTER SET utf8mb4)? COLLATE utf8mb4_bin`)
	counter    = regexp.MustCompile(` AUTO_INCREMENT=\d+`)
)

// plainMySQL leaves out what MariaDB and MySQL tell differently about the same table:
// widths of numbers, which mean nothing, the collation of columns where it is the
// table's, and quotation marks.
func plainMySQL(made string) string {
	made = widths.ReplaceAllString(made, "$1")
	made = collations.ReplaceAllString(made, "")
	made = counter.ReplaceAllString(made, "")
	return strings.ReplaceAll(made, "`", "")
}
