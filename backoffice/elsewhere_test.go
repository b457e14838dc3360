package backoffice_test

import (
	"net/http"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"huiyin/petition"
)

// Another unit's number says who has it in hand, and no more; what never was says that
// there is nothing; the case page names the same person's matters elsewhere alike.
func TestANumberOutsideTheScopeSaysWhoHasIt(t *testing.T) {
	d := newDesk(t)
	theirs := d.filed(aClaim("990121", "别处的事项"))
	c := d.do(account(t, "990121", petition.Registrar), theirs, petition.Act{Action: petition.Register, Topic: "C3"})
	b := d.as("990102", petition.Registrar)
	w, doc := b.get("/find?q=" + c.Number)
	if s := text(doc); w.Code != http.StatusOK || !strings.Contains(s, c.Number) || strings.Contains(s, "别处的事项") || doc.Find(`main a[href*="/cases/"]`).Length() != 0 {
		t.Errorf("%d %s", w.Code, s)
	}
	b.page("/search")
	if _, doc := b.post("/search", url.Values{"number": {c.Number}}); !strings.Contains(text(doc), "不在您能看的范围内") {
		t.Errorf("%s", text(doc))
	}
	if w, doc := b.get("/find?q=XF990121202601019999X"); w.Code != http.StatusNotFound || strings.Contains(text(doc), "范围") {
		t.Errorf("what never was: %d %s", w.Code, text(doc))
	}
	mine := d.filed(aClaim("990102", "这里的事项"))
	if s := text(b.page("/cases/" + mine.String())); !strings.Contains(s, "别处在办") || !strings.Contains(s, c.Number) || strings.Contains(s, "别处的事项") {
		t.Errorf("the case page: %s", s)
	}
	d.do(account(t, "990102", petition.Registrar), mine, petition.Act{Action: petition.Register, Topic: "C3"})
	if s := text(b.page("/cases/" + mine.String() + "/check")); !strings.Contains(s, "别处在办") || !strings.Contains(s, c.Number) || strings.Contains(s, "别处的事项") {
		t.Errorf("the guided check: %s", s)
	}
}

// What the same person has in hand at another unit is said before a letter is registered,
// on the form and on the page for a pile: its unit and number, and what was typed stays.
func TestALettersMattersElsewhereAreNamedBeforeItIsRegistered(t *testing.T) {
	d := newDesk(t)
	theirs := d.filed(aClaim("990121", "别处的事项"))
	c := d.do(account(t, "990121", petition.Registrar), theirs, petition.Act{Action: petition.Register, Topic: "C3"})
	b := d.as("990102", petition.Registrar)
	for i, path := range []string{"/register/letter", "/register/batch"} {
		v := aLetter(hidden(b.page(path), path).Get("nonce"))
		v.Set("person.name", "周"+strconv.Itoa(i))
		v.Set("person.id_number", []string{"", "11010519491231002X"}[i]) // once the mobile number, once the identity
		v.Set("person.mobile", []string{"13800138000", ""}[i])
		w, doc := b.post(path, v)
		said := text(doc)
		if w.Code != http.StatusOK || !strings.Contains(said, "别处在办") || !strings.Contains(said, c.Number) || strings.Contains(said, "别处的事项") ||
			doc.Find(`main a[href*="/cases/"]`).Length() != 0 || doc.Find("input[name=anyway]").Length() != 1 {
			t.Errorf("%s: %d %s", path, w.Code, said)
		}
		if got := doc.Find(`input[name="filing.title"]`).AttrOr("value", ""); got != v.Get("filing.title") {
			t.Errorf("%s: the title is %q", path, got)
		}
	}
}

// The auditor reads who searched for what is sealed, and not what.
func TestTheAuditorsPageOfSearchesThatTouchedReports(t *testing.T) {
	d := newDesk(t)
	r := aClaim("990100", "反映一名干部")
	r.Purpose, r.Facts = petition.PurposeReport, "他在青溪水库工程里收了回扣，有转账记录。"
	d.filed(r)
	x, err := d.store.OpenIndex(t.Context(), filepath.Join(t.TempDir(), "search.db"))
	d.must(err)
	t.Cleanup(func() { x.Close() })
	d.must(x.Feed(t.Context()))
	curious := account(t, "990102", petition.Registrar)
	b := d.signIn(curious)
	b.page("/search")
	b.post("/search", url.Values{"words": {"青溪水库"}})
	doc := d.as("990000", petition.AuditAdmin).page("/audit/sealed")
	if s := text(doc); doc.Find("tbody tr").Length() != 1 || !strings.Contains(s, curious.Name) || strings.Contains(s, "水库") ||
		doc.Find(`main a[href*="/reports"]`).Length() != 0 {
		t.Errorf("%s", s)
	}
	if w, _ := b.get("/audit/sealed"); w.Code != http.StatusNotFound {
		t.Errorf("a registrar: %d", w.Code)
	}
}
