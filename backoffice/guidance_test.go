package backoffice_test

import (
	"net/http"
	"strings"
	"testing"

	"huiyin/petition"
)

// An explanation is written down as one: it stands in the list and is counted; a form
// that lacks its result comes back with all words.
func TestClause6_GuidanceStandsInTheCase(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系转接没有办完")
	b := d.as("990102", petition.Handler)
	fields := [][2]string{{"token", b.token}, {"version", "2"}, {"text", "讲明了转接的规定和期限"}, {"public", "no"},
		{"guidance.way", "talk"}, {"guidance.by", "王某"}, {"guidance.day", "2026-11-20"}}
	w, _ := b.noteWith(id, fields, nil)
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "讲明了转接的规定和期限") || !strings.Contains(w.Body.String(), "选一个结果") {
		t.Fatalf("%d", w.Code)
	}
	if w, said := b.noteWith(id, append(fields, [2]string{"guidance.result", "partly"}), nil); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, said)
	}
	if w, said := b.noteWith(id, [][2]string{{"token", b.token}, {"version", "3"}, {"text", "只是一条记录"}, {"public", "no"}}, nil); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, said)
	}
	doc := b.page("/cases/" + id.String())
	if n := doc.Find("#guidance .pill").Text(); n != "1" {
		t.Errorf("counted %q", n)
	}
	if s := doc.Find("#guidance li").Text(); !strings.Contains(s, "当面谈话") || !strings.Contains(s, "王某") || !strings.Contains(s, "部分理解") {
		t.Errorf("the list says %q", s)
	}
	if s := doc.Find("#e4").Text(); !strings.Contains(s, "讲明了转接") || !strings.Contains(s, "当面谈话") {
		t.Errorf("the log says %q", s)
	}
}
