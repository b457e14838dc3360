package backoffice_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"huiyin/petition"
)

// A county without a named handler of letters or a reception room is flagged to the unit
// above until its own office head has named them.
func TestScenario7_1_ACountyWithoutHandlerOrRoomIsFlaggedToTheUnitAbove(t *testing.T) {
	d := newDesk(t)
	above := d.as("990200", petition.Supervisor)
	flagged := func() string { return above.page("/directory").Find("#u990222").Text() }
	if s := flagged(); !strings.Contains(s, "没有写明谁办理来信") || !strings.Contains(s, "没有接待场所") {
		t.Fatalf("the county is not flagged: %s", s)
	}
	if s := above.page("/directory").Find("#u990221").Text(); !strings.Contains(s, "齐全") {
		t.Errorf("its neighbour: %s", s)
	}
	head := d.as("990222", petition.OfficeHead)
	head.page("/directory/edit")
	w, doc := head.post("/directory/edit", url.Values{"letters": {"林秋水"}, "room": {"二号楼101室"}, "phone": {""}, "address": {"大街1号"}})
	if w.Code != http.StatusUnprocessableEntity || doc.Find(`#f-letters[value="林秋水"]`).Length() != 1 || !strings.Contains(text(doc), "写电话") {
		t.Errorf("without a telephone: %d %s", w.Code, text(doc))
	}
	head.done("/directory/edit", url.Values{"letters": {"林秋水"}, "phone": {"0000-0000099"}, "address": {"大街1号"}})
	if s := flagged(); strings.Contains(s, "没有写明谁办理来信") || !strings.Contains(s, "没有接待场所") {
		t.Errorf("with a handler and no room: %s", s)
	}
	head.done("/directory/edit", url.Values{"letters": {"林秋水"}, "room": {"二号楼101室"}, "phone": {"0000-0000099"}, "address": {"大街1号"}})
	if s := flagged(); !strings.Contains(s, "齐全") || !strings.Contains(s, "林秋水") {
		t.Errorf("once both are named: %s", s)
	}
	got, err := d.store.Directory(t.Context(), d.now)
	d.must(err)
	if u, _ := got.Unit("990222"); u.LettersName != "林秋水" || u.Room != "二号楼101室" {
		t.Errorf("the portal is told %+v", u.Unit)
	}
	if rows := d.as("990222", petition.Handler).page("/directory").Find("tbody tr").Length(); rows != 1 {
		t.Errorf("a handler reads %d units", rows)
	}
	if w, _ := d.as("990102", petition.Registrar).get("/directory/edit"); w.Code != http.StatusNotFound {
		t.Errorf("a registrar may edit: %d", w.Code)
	}
}
