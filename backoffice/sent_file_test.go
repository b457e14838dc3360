package backoffice_test

import (
	"bytes"
	"crypto/rand"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"huiyin/attachment"
	"huiyin/exchange"
	"huiyin/petition"
)

// sent brings in what the petitioner adds later, with a file, as the courier does.
func (d *desk) sent(id petition.ID, text, name, content string) petition.File {
	d.t.Helper()
	newID := func() petition.ID {
		made, err := petition.MakeID(d.now, rand.Reader)
		d.must(err)
		return made
	}
	taking := exchange.Taking{Item: newID(), From: "portal", Fence: d.fence, Now: d.now}
	key := exchange.NewKey()
	f := petition.File{ID: newID(), Name: name, Type: "text/plain", Key: key[:]}
	var err error
	f.Size, f.Chunks, err = attachment.Seal(d.t.Context(), strings.NewReader(content), key, f.ID, func(n int, sealed []byte) error {
		return d.store.KeepChunk(d.t.Context(), taking, f.ID, n, bytes.Clone(sealed))
	})
	d.must(err)
	d.must(d.store.TakeMessage(d.t.Context(), taking, exchange.Message{ID: newID(), Filing: id, At: d.now,
		Act: petition.Act{Action: petition.AddInfo, Text: text, Files: []petition.File{f}}}))
	return f
}

func TestAFileSentLaterIsOpenedFromThePanelAndTheTimeline(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系转接没有办完")
	f := d.sent(id, "介绍信找到了。", "介绍信 <复印件>.txt", "介绍信")
	b := d.as("990102", petition.Handler)
	doc := b.page("/cases/" + id.String())
	to := "/cases/" + id.String() + "/files/" + f.ID.String()
	for _, place := range []string{".c-facts", ".c-log .log"} {
		link := doc.Find(place + ` a[href="` + to + `"]`)
		if link.Length() != 1 || link.Text() != f.Name {
			t.Errorf("%s has %d links to the file, %q", place, link.Length(), link.Text())
		}
	}
	b.page(to)
	if w, _ := b.post(to, url.Values{"purpose": {"verify"}}); w.Code != http.StatusOK || w.Body.String() != "介绍信" {
		t.Errorf("%d %q", w.Code, w.Body.String())
	}
	views, err := d.store.Views(t.Context(), actor(account(t, "990102", petition.Handler)), id)
	d.must(err)
	if len(views) != 1 {
		t.Errorf("%d looks are on record", len(views))
	}
	above := d.as("990100", petition.Leader)
	if w, doc := above.get("/cases/" + id.String()); w.Code == http.StatusOK && doc.Find(`a[href="`+to+`"]`).Length() > 0 {
		t.Error("a reader who may not open it is led there")
	}
}

// What comes with a report, or later, opens in its compartment for a purpose, and
// nowhere else.
func TestAReportsFilesOpenInItsCompartmentOnly(t *testing.T) {
	d := newDesk(t)
	r := aClaim("990102", "反映一名干部卖官")
	r.Purpose, r.Topic = petition.PurposeReport, "B1"
	id := d.filed(r)
	f := d.sent(id, "又找到一份材料。", "转账 <记录>.txt", "转账记录")
	to := "/reports/" + id.String() + "/files/" + f.ID.String()
	b := d.as("990102", petition.CadreSupervisor)
	_, doc := b.post("/reports/"+id.String(), url.Values{"purpose": {"triage"}})
	if link := doc.Find(`.log a[href="` + to + `"]`); link.Length() != 1 || link.Text() != f.Name {
		t.Fatalf("no link to the file: %s", text(doc))
	}
	b.page(to)
	if w, doc := b.post(to, url.Values{}); w.Code != http.StatusUnprocessableEntity || doc.Find("#f-purpose-error").Length() != 1 {
		t.Errorf("without a purpose: %d", w.Code)
	}
	w, _ := b.post(to, url.Values{"purpose": {"verify"}})
	if w.Code != http.StatusOK || w.Body.String() != "转账记录" || w.Header().Get("Content-Type") != "application/octet-stream" {
		t.Errorf("%d %q %v", w.Code, w.Body.String(), w.Header())
	}
	if w, _ := b.get(strings.Replace(to, f.ID.String(), id.String(), 1)); w.Code != http.StatusNotFound {
		t.Errorf("a file that there is not: %d", w.Code)
	}
	for _, other := range []*browser{d.as("990102", petition.Registrar), d.as("990100", petition.CadreSupervisor),
		d.as("990102", petition.Leader), d.as("990000", petition.SecurityAdmin)} {
		if w, _ := other.get(to); w.Code != http.StatusNotFound {
			t.Errorf("another reads the page: %d", w.Code)
		}
		if w, _ := other.post(to, url.Values{"purpose": {"verify"}}); w.Code != http.StatusNotFound {
			t.Errorf("another opens the file: %d", w.Code)
		}
	}
}
