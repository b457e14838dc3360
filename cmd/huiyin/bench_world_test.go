package main

import (
	"crypto/sha256"
	stdsql "database/sql"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"huiyin/sql/officedb"
	"huiyin/sql/portaldb"
	"huiyin/sql/storetest"
)

// benchWorlds runs a benchmark with an office of few and one of many cases on each
// engine. They are built once and kept under build/bench, named by the schema, so that
// the next run is quick; `rm -r build/bench` has them built anew.
func benchWorlds(b *testing.B, run func(b *testing.B, few, many *config)) {
	b.Run("sqlite", func(b *testing.B) {
		run(b, keptWorld(b, "sqlite", "", fewCases), keptWorld(b, "sqlite", "", manyCases))
	})
	b.Run("mysql", func(b *testing.B) {
		server := storetest.Server(b)
		run(b, keptWorld(b, "mysql", server, fewCases), keptWorld(b, "mysql", server, manyCases))
	})
}

// keptWorld is an office of the demonstration's stories, n of them.
func keptWorld(b *testing.B, engine, server string, n int) *config {
	b.Helper()
	name := fmt.Sprintf("%s_%s_%d", engine, schemaName(b), n)
	folder := filepath.Join("..", "..", "build", "bench", name)
	c := benchConfig(folder)
	done := filepath.Join(folder, "built")
	_, err := os.Stat(done)
	built := err == nil
	if server != "" {
		built = ensureDatabase(b, server, name, built)
		c.OfficeDatabase = "mysql:" + server + name
		c.PortalDatabase = "sqlite:" + filepath.Join(c.Data, "portal.db")
	}
	if built {
		return c
	}
	must(b, os.RemoveAll(folder))
	must(b, os.MkdirAll(folder, 0o700))
	began := time.Now()
	opened, err := openBox(b.Context(), c)
	must(b, err)
	r := &rig{box: opened, b: b, config: c}
	r.populate()
	r.load(n)
	r.carry()
	opened.close()
	must(b, os.WriteFile(done, nil, 0o600))
	fmt.Printf("built an office of %d cases in %s, %.0f s\n", n, folder, time.Since(began).Seconds())
	return c
}

// ensureDatabase tells whether the database is there and whole, and else makes it anew.
func ensureDatabase(b *testing.B, server, name string, built bool) bool {
	b.Helper()
	admin, err := stdsql.Open("mysql", server)
	must(b, err)
	defer admin.Close()
	var found int
	must(b, admin.QueryRowContext(b.Context(), `SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = ?`, name).Scan(&found))
	if built && found == 1 {
		return true
	}
	for _, q := range []string{`DROP DATABASE IF EXISTS ` + name,
		`CREATE DATABASE ` + name + ` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`} {
		_, err := admin.ExecContext(b.Context(), q)
		must(b, err)
	}
	return false
}

// schemaName changes whenever a migration of either database does.
func schemaName(b *testing.B) string {
	h := sha256.New()
	for _, files := range []fs.FS{officedb.Migrations(), portaldb.Migrations()} {
		must(b, fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := fs.ReadFile(files, path)
			h.Write(text)
			return err
		}))
	}
	return hex.EncodeToString(h.Sum(nil)[:6])
}
