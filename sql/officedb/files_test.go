package officedb

import (
	"bytes"
	"testing"
	"time"

	"huiyin/attachment"
	"huiyin/exchange"
	"huiyin/petition"
)

// sealedFile is an attachment as the portal stores and the courier brings it.
func (w *world) sealedFile(name string, content []byte, taking exchange.Taking) petition.File {
	w.t.Helper()
	key := exchange.NewKey()
	f := petition.File{ID: w.id(), Name: name, Type: "text/plain", Key: key[:]}
	var err error
	f.Size, f.Chunks, err = attachment.Seal(w.t.Context(), bytes.NewReader(content), key, f.ID, func(n int, sealed []byte) error {
		return w.s.KeepChunk(w.t.Context(), taking, f.ID, n, bytes.Clone(sealed))
	})
	w.must(err)
	return f
}

func (w *world) read(by petition.Actor, id, file petition.ID, original bool) (string, petition.File) {
	w.t.Helper()
	var b bytes.Buffer
	f, err := w.s.OpenFile(w.t.Context(), by, id, file, original, "to read it", w.now, &b)
	w.must(err)
	return b.String(), f
}

// Attachments of a filing: the working copy by default, the original on demand, each
// look logged; not for leaders or units above.
func TestAttachments(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		big := bytes.Repeat([]byte("a long text "), 50_000) // three chunks
		taking := w.taking(w.id(), exchange.UnitHolder(county))
		f := aFiling(county, "Party age")
		file := w.sealedFile("scan.txt", big, taking)
		clean := w.sealedFile("scan.txt", []byte("clean"), taking)
		w.must(w.s.KeepChunk(t.Context(), taking, clean.ID, 0, []byte("the same again is once")))
		file.Clean = &clean
		f.Files = []petition.File{file}
		id := w.id()
		w.must(w.s.TakeFiling(t.Context(), taking, exchange.SealedFiling{ID: id, Received: w.now, Filing: f, Reading: exchange.NewKey()}))

		registrar := w.who(county, petition.Registrar)
		if got, _ := w.read(registrar, id, file.ID, false); got != "clean" {
			t.Errorf("the working copy is %q", got)
		}
		got, told := w.read(registrar, id, file.ID, true)
		if got != string(big) || told.Name != "scan.txt" || told.Key != nil {
			t.Errorf("%d bytes of %q, key %v", len(got), told.Name, told.Key)
		}
		if v := w.views(registrar, id); len(v) != 2 || v[1].What != viewedFile {
			t.Errorf("logged %+v", v)
		}
		_, err := w.s.OpenFile(t.Context(), registrar, id, file.ID, false, "", w.now, &bytes.Buffer{})
		w.want(err, petition.Invalid)
		_, err = w.s.OpenFile(t.Context(), registrar, id, w.id(), false, "why", w.now, &bytes.Buffer{})
		w.want(err, petition.NotFound)
		for _, a := range []petition.Actor{w.who(county, petition.Leader), w.who(city, petition.Registrar)} {
			_, err = w.s.OpenFile(t.Context(), a, id, file.ID, false, "why", w.now, &bytes.Buffer{})
			w.want(err, petition.Forbidden)
		}
		w.now = w.now.Add(48 * time.Hour)
		w.must(w.s.SystemTick(t.Context(), w.now))
		w.read(registrar, id, file.ID, true) // what is named is never swept
	})
}

// An internal document: added, named by an act through its id, opened by the unit.
func TestInternalDocuments(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id, other := w.registered(county, "Party age"), w.registered(county, "Other")
		registrar := w.who(county, petition.Registrar)
		f, err := w.s.AddFile(t.Context(), registrar, id, "minutes.txt", "text/plain", bytes.NewReader([]byte("we met")), w.now)
		w.must(err)
		if f.Key != nil || f.Size != 6 || f.Chunks != 1 {
			t.Errorf("added %+v", f)
		}
		note := petition.Act{Action: petition.Note, Text: "see there", Files: []petition.File{{ID: f.ID}}}
		_, err = w.try(registrar, other, note)
		w.want(err, petition.Invalid) // of another case
		c := w.do(registrar, id, note)
		if got := c.Events[c.Version()-1].Act.Files; len(got) != 1 || got[0].Name != "minutes.txt" || got[0].Key != nil {
			t.Errorf("the note names %+v", got)
		}
		_, err = w.try(registrar, id, note)
		w.want(err, petition.Invalid) // named once
		if got, _ := w.read(w.who(county, petition.Leader), id, f.ID, false); got != "we met" {
			t.Errorf("read %q", got)
		}
		_, err = w.s.AddFile(t.Context(), w.who(county2, petition.Registrar), id, "x", "y", bytes.NewReader(nil), w.now)
		w.want(err, petition.NotFound)
	})
}

// A document that no act names is forgotten after a day; a report's attachments are
// its compartment's.
func TestOrphansAreSweptAndReportsKeepTheirs(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.registered(county, "Party age")
		_, err := w.s.AddFile(t.Context(), w.who(county, petition.Registrar), id, "x", "text/plain", bytes.NewReader([]byte("x")), w.now)
		w.must(err)
		taking := w.taking(w.id(), exchange.CadreHolder(county))
		r := aReport(county, "About somebody")
		r.Files = []petition.File{w.sealedFile("proof.txt", []byte("proof"), taking)}
		rid := w.id()
		w.must(w.s.TakeFiling(t.Context(), taking, exchange.SealedFiling{ID: rid, Received: w.now, Filing: r, Reading: exchange.NewKey()}))
		w.now = w.now.Add(pendingLimit)
		w.must(w.s.SystemTick(t.Context(), w.now))
		var n int
		w.must(w.db.Get(t.Context(), &n, `SELECT COUNT(*) FROM file_chunk`))
		if n != 1 {
			t.Errorf("%d chunks are left, want the report's one", n)
		}
		if got, _ := w.read(w.who(county, petition.CadreSupervisor), rid, r.Files[0].ID, true); got != "proof" {
			t.Errorf("read %q", got)
		}
		_, err = w.s.OpenFile(t.Context(), w.who(county, petition.Registrar), rid, r.Files[0].ID, true, "why", w.now, &bytes.Buffer{})
		w.want(err, petition.NotFound)
	})
}
