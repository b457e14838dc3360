package backoffice_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"huiyin/demo"
	"huiyin/petition"
)

// signInAgain signs in on the sign-in page that a form without a session was answered with.
func (b *browser) signInAgain(page *goquery.Document, a demo.Account) (int, string, *goquery.Document) {
	b.d.t.Helper()
	v := hidden(page, "/sign-in")
	v.Set("login", a.Login)
	v.Set("password", demo.Password)
	w, doc := b.post("/sign-in", v)
	return w.Code, w.Header().Get("Location"), doc
}

const longNote = "和当事人通了电话，他说材料上个月已经交给街道，街道说要等回函。"

// TestWhatWasWrittenComesBackAfterTheSessionEnded: nothing is done by the sign-in; the
// form is there with every word, and can be sent.
func TestWhatWasWrittenComesBackAfterTheSessionEnded(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系转接没有办完")
	h := account(t, "990102", petition.Registrar)
	path := "/cases/" + id.String() + "/note"
	for name, end := range map[string]time.Duration{"idle": 31 * time.Minute, "absolute": 13 * time.Hour} {
		b := d.signIn(h)
		v := hidden(b.page(path), path)
		v.Set("text", longNote+name)
		d.now = d.now.Add(end)
		w, page := b.post(path, v)
		if w.Code != http.StatusForbidden || page.Find(".signin, form[action='/sign-in']").Length() == 0 {
			t.Fatalf("%s: %d %s", name, w.Code, text(page))
		}
		if strings.Contains(w.Body.String(), longNote) || !strings.Contains(text(page), "都保留着") {
			t.Errorf("%s: what was written lies open, or nobody is told of it", name)
		}
		if w, _ := b.get(path); w.Header().Get("Location") != "/sign-in?next="+url.QueryEscape(path) {
			t.Errorf("%s: another tab leads to %q", name, w.Header().Get("Location"))
		}
		code, _, doc := b.signInAgain(page, h)
		if code != http.StatusUnprocessableEntity || doc.Find("textarea[name=text]").Text() != longNote+name {
			t.Fatalf("%s: %d %s", name, code, text(doc))
		}
		if !strings.Contains(text(doc), "还没有提交") || strings.Contains(text(b.page("/cases/"+id.String())), longNote+name) {
			t.Errorf("%s: done without being asked, or not said", name)
		}
		again := hidden(doc, path)
		again.Set("text", doc.Find("textarea[name=text]").Text())
		b.done(path, again)
		if !strings.Contains(text(b.page("/cases/"+id.String())), longNote+name) {
			t.Errorf("%s: it cannot be sent", name)
		}
	}
}

func TestWhatWasWrittenComesBackToItsWriterOnly(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系转接没有办完")
	path := "/cases/" + id.String() + "/note"
	b := d.as("990102", petition.Registrar)
	v := hidden(b.page(path), path)
	v.Set("text", longNote)
	d.now = d.now.Add(time.Hour)
	_, page := b.post(path, v)
	code, to, doc := b.signInAgain(page, account(t, "990102", petition.OfficeHead))
	if code != http.StatusSeeOther || to != path || strings.Contains(text(doc), longNote) {
		t.Errorf("another account: %d %q %s", code, to, text(doc))
	}
}

// TestALetterBeingRegisteredComesBack: the form with files, and what is no task.
func TestALetterBeingRegisteredComesBack(t *testing.T) {
	d := newDesk(t)
	r := account(t, "990102", petition.Registrar)
	b := d.signIn(r)
	b.page("/register/letter")
	d.now = d.now.Add(time.Hour)
	w, page := b.upload("/register/letter", "scans", [][2]string{{"token", b.token}, {"filing.facts", longNote}, {"filing.title", "转接"}},
		[][2]string{{"信封.jpg", "not read"}})
	if w.Code != http.StatusForbidden {
		t.Fatalf("%d %s", w.Code, text(page))
	}
	code, _, doc := b.signInAgain(page, r)
	if code != http.StatusUnprocessableEntity || doc.Find(`textarea[name="filing.facts"]`).Text() != longNote ||
		doc.Find(`input[name="filing.title"]`).AttrOr("value", "") != "转接" {
		t.Errorf("%d %s", code, text(doc))
	}
}

// TestAFormThatDoesNotComeBackLeadsToItsPage: where a form is an act without a text,
// `next` leads back to the page it stood on and nothing is done.
func TestAFormThatDoesNotComeBackLeadsToItsPage(t *testing.T) {
	d := newDesk(t)
	b := d.as("990102", petition.Registrar)
	b.page("/search")
	d.now = d.now.Add(time.Hour)
	if w, _ := b.post("/search", url.Values{"words": {"党费"}}); w.Header().Get("Location") != "/sign-in?next=%2Fsearch" {
		t.Errorf("%d to %q", w.Code, w.Header().Get("Location"))
	}
	if w, _ := b.post("/sign-out", url.Values{}); w.Header().Get("Location") != "/sign-in" {
		t.Errorf("%d to %q", w.Code, w.Header().Get("Location"))
	}
}

// Signed in anew in another tab, or with the session ended by hand: the form that still
// stood open is shown again to its writer, and to nobody else.
func TestAFormOfAnEarlierSessionIsShownAgain(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系转接没有办完")
	path, a := "/cases/"+id.String()+"/note", account(t, "990102", petition.Registrar)
	b := d.signIn(a)
	v := hidden(b.page(path), path)
	v.Set("text", longNote)

	d.must(d.store.SignOut(t.Context(), b.cookies["office"], d.now)) // ended elsewhere
	w, page := b.post(path, v)
	if w.Code != http.StatusForbidden || !strings.Contains(text(page), "都保留着") {
		t.Fatalf("%d %s", w.Code, text(page))
	}
	anew := d.signIn(a) // in another tab of the same browser
	w, doc := anew.post(path, v)
	if w.Code != http.StatusUnprocessableEntity || doc.Find("textarea[name=text]").Text() != longNote || !strings.Contains(text(doc), "还没有提交") {
		t.Fatalf("%d %s", w.Code, text(doc))
	}
	if strings.Contains(text(anew.page("/cases/"+id.String())), longNote) {
		t.Error("it was done with the token of another session")
	}
	send := hidden(doc, path)
	send.Set("text", longNote)
	anew.done(path, send)

	other := d.as("990102", petition.OfficeHead)
	if w, doc := other.post(path, v); w.Code != http.StatusForbidden || strings.Contains(text(doc), longNote) {
		t.Errorf("another account: %d %s", w.Code, text(doc))
	}
	w, doc = anew.upload("/register/letter", "scans", [][2]string{{"token", v.Get("token")}, {"filing.facts", longNote}}, [][2]string{{"信封.jpg", "not read"}})
	if w.Code != http.StatusUnprocessableEntity || doc.Find(`textarea[name="filing.facts"]`).Text() != longNote {
		t.Errorf("a form with files: %d %s", w.Code, text(doc))
	}
}
