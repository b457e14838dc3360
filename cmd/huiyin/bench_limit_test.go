package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"html/template"
	"net/http"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/sql"
	"huiyin/sql/storetest"
)

// bare is the same engine and the same Go stack with nothing of ours in between.
type bare struct {
	b  *testing.B
	db *sql.DB
	at string
	id petition.ID // of the row that /pageselect reads
}

// bareSchema is a table that either engine keeps as one tree in the order of its key.
func bareSchema(engine sql.Engine, name string) string {
	table := `CREATE TABLE bare_` + name + ` (id BINARY(16) NOT NULL PRIMARY KEY, body MEDIUMBLOB NOT NULL)`
	if engine == sql.SQLite {
		table += ` WITHOUT ROWID`
	}
	return table
}

// newBare opens a database of its own on the engine and a gin engine without any
// middleware: /hello, /page of about size bytes, /pageselect the same after one
// select by key of rowSize bytes.
func newBare(b *testing.B, engine sql.Engine, size, rowSize int) *bare {
	b.Helper()
	url := storetest.SQLiteURL(b)
	if engine == sql.MySQL {
		url = storetest.MySQLURL(b, storetest.Server(b))
	}
	l := &bare{b: b, db: storetest.Open(b, url)}
	for _, name := range []string{"filing", "event", "file"} {
		l.write(func(ctx context.Context, tx sql.Tx) error {
			_, err := tx.Exec(ctx, bareSchema(engine, name))
			return err
		})
	}
	l.id = newID()
	l.write(func(ctx context.Context, tx sql.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO bare_filing (id, body) VALUES (?, ?)`, l.id, noise(rowSize))
		return err
	})
	l.at = serveBare(b, l.pages(size))
	return l
}

func (l *bare) write(job sql.Job) {
	l.b.Helper()
	must(l.b, l.db.Write(l.b.Context(), job))
}

// transact is the durable transaction of three rows: 2 KB, 300 and 100 bytes.
func (l *bare) transact(workers, n int) pace {
	filing, event, file := noise(2048), noise(300), noise(100)
	return together(l.b, workers, n, func(int, int) error {
		a, b, c := newID(), newID(), newID()
		return l.db.Write(context.Background(), func(ctx context.Context, tx sql.Tx) error {
			if _, err := tx.Exec(ctx, `INSERT INTO bare_filing (id, body) VALUES (?, ?)`, a, filing); err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, `INSERT INTO bare_event (id, body) VALUES (?, ?)`, b, event); err != nil {
				return err
			}
			_, err := tx.Exec(ctx, `INSERT INTO bare_file (id, body) VALUES (?, ?)`, c, file)
			return err
		})
	})
}

// ask asks for one of the bare pages.
func (l *bare) ask(path string, conns, n int) pace {
	return visits(l.b, l.at, conns, n, func(v *visitor, _ int) error {
		a, err := v.get(path, "")
		if err != nil {
			return err
		}
		return a.want(http.StatusOK, "")
	})
}

// bareRow is one line of the bare page.
type bareRow struct {
	Name, Link, Text string
	N                int
}

// barePage is an ordinary page: a list whose every line has four places, two of them
// in attributes.
var barePage = template.Must(template.New("page").Parse(`<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">` +
	`<title>{{.Title}}</title></head><body><h1>{{.Title}}</h1><ul>` +
	`{{range .Rows}}<li><a href="/x/{{.Link}}" title="{{.Name}}">{{.Name}}</a> <b>{{.N}}</b><p>{{.Text}}</p></li>{{end}}` +
	`</ul></body></html>`))

func (l *bare) pages(size int) http.Handler {
	gin.SetMode(gin.ReleaseMode)
	view := struct {
		Title string
		Rows  []bareRow
	}{Title: "bare"}
	for i := 0; drawn(l.b, view) < size; i++ {
		view.Rows = append(view.Rows, bareRow{fmt.Sprintf("row %d", i), fmt.Sprint(i),
			"An answer comes back to every letter, and every matter has an owner.", i})
	}
	e := gin.New()
	e.GET("/hello", func(c *gin.Context) { c.String(http.StatusOK, "hello") })
	e.GET("/page", func(c *gin.Context) { l.draw(c, view) })
	e.GET("/pageselect", func(c *gin.Context) {
		var body []byte
		if err := l.db.Get(c.Request.Context(), &body, `SELECT body FROM bare_filing WHERE id = ?`, l.id); err != nil {
			c.Status(http.StatusInternalServerError)
			return
		}
		l.draw(c, view)
	})
	return e
}

func drawn(b *testing.B, view any) int {
	var page bytes.Buffer
	must(b, barePage.Execute(&page, view))
	return page.Len()
}

func (l *bare) draw(c *gin.Context, view any) {
	var page bytes.Buffer
	if err := barePage.Execute(&page, view); err != nil {
		c.Status(http.StatusInternalServerError)
		return
	}
	c.Data(http.StatusOK, "text/html; charset=utf-8", page.Bytes())
}

func noise(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails
	return b
}

// newID is ordered by time, as all ids of the program are.
func newID() petition.ID {
	id, err := petition.MakeID(time.Now(), rand.Reader)
	if err != nil {
		panic(err) // rand.Reader never fails
	}
	return id
}
