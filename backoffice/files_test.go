package backoffice_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"huiyin/petition"
)

// noteWith posts a note with documents.
func (b *browser) noteWith(id petition.ID, fields [][2]string, files [][2]string) (*httptest.ResponseRecorder, string) {
	b.d.t.Helper()
	w, doc := b.upload("/cases/"+id.String()+"/note", "files", fields, files)
	return w, text(doc)
}

// upload posts a form with files as a browser does.
func (b *browser) upload(path, field string, fields [][2]string, files [][2]string) (*httptest.ResponseRecorder, *goquery.Document) {
	b.d.t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for _, f := range fields {
		b.d.must(m.WriteField(f[0], f[1]))
	}
	for _, f := range files {
		part, err := m.CreateFormFile(field, f[0])
		b.d.must(err)
		_, err = part.Write([]byte(f[1]))
		b.d.must(err)
	}
	b.d.must(m.Close())
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", m.FormDataContentType())
	return b.send(r)
}

func TestAnInternalDocumentIsKeptAndOpensForAPurpose(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系转接没有办完")
	b := d.as("990102", petition.Handler)
	content := "谈话记录\n对方单位确认收到。\n"
	w, said := b.noteWith(id, [][2]string{{"token", b.token}, {"text", "谈话记录见附件"}, {"public", "no"}},
		[][2]string{{"谈话 <记录>.txt", content}})
	if w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, said)
	}
	doc := b.page("/cases/" + id.String())
	link := doc.Find(`.c-facts a[href*="/files/"]`)
	if link.Length() != 1 || !strings.Contains(link.Text(), "记录") {
		t.Fatalf("no document: %s", text(doc))
	}
	to := link.AttrOr("href", "")
	b.page(to)
	if w, doc := b.post(to, url.Values{}); w.Code != http.StatusUnprocessableEntity || doc.Find("#f-purpose-error").Length() != 1 {
		t.Errorf("without a purpose: %d", w.Code)
	}
	w, _ = b.post(to, url.Values{"purpose": {"verify"}})
	if w.Code != http.StatusOK || w.Body.String() != content {
		t.Errorf("%d %q", w.Code, w.Body.String())
	}
	h := w.Header()
	if !strings.HasPrefix(h.Get("Content-Disposition"), "attachment") || h.Get("X-Content-Type-Options") != "nosniff" ||
		h.Get("Content-Type") != "application/octet-stream" || !strings.Contains(h.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("headers %v", h)
	}
}

func TestADocumentWithoutATokenIsNotKept(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系转接没有办完")
	b := d.as("990102", petition.Handler)
	for _, fields := range [][][2]string{{{"text", "x"}}, {{"token", "wrong"}, {"text", "x"}}} {
		if w, _ := b.noteWith(id, fields, [][2]string{{"a.txt", "text"}}); w.Code != http.StatusForbidden {
			t.Errorf("%v: %d", fields, w.Code)
		}
	}
}

func TestAHarmfulDocumentIsRefusedByName(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系转接没有办完")
	b := d.as("990102", petition.Handler)
	w, said := b.noteWith(id, [][2]string{{"token", b.token}, {"text", "见附件"}, {"public", "no"}},
		[][2]string{{"run.exe", "MZ\x90\x00\x03"}})
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "见附件") {
		t.Errorf("%d %s", w.Code, said)
	}
	if strings.Contains(said, "⟪") {
		t.Errorf("a sentence is missing: %s", said)
	}
	found, err := d.store.Case(t.Context(), actor(account(t, "990102", petition.Handler)), id)
	d.must(err)
	if last := found.Events[len(found.Events)-1].Act.Action; last == petition.Note {
		t.Error("the note was written without its document")
	}
}

func TestAnUnknownFileIsNotThere(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系转接没有办完")
	b := d.as("990102", petition.Handler)
	for _, file := range []string{id.String(), "nonsense"} {
		if w, _ := b.get("/cases/" + id.String() + "/files/" + file); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", file, w.Code)
		}
	}
}
