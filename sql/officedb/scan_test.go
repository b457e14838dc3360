package officedb

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/png"
	"strings"
	"testing"
	"time"

	"huiyin/attachment"
	"huiyin/petition"
)

// aScan is a picture in which the scanner wrote who owns it.
func aScan(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	const head = 8 + 25 // signature and IHDR
	part := []byte("tEXtAuthor\x00scanner of room 12")
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(part)-4))
	chunk = append(chunk, part...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(part))
	return append(append(bytes.Clone(b.Bytes()[:head]), chunk...), b.Bytes()[head:]...)
}

func (w *world) scan(form, name string, data []byte) (petition.File, error) {
	return w.s.AddScan(w.t.Context(), w.who(county, petition.Registrar), form, name, attachment.Limits{}, bytes.NewReader(data), w.now)
}

// aPaperLetter is a letter with its envelope and scans.
func aPaperLetter(files ...petition.File) petition.Act {
	f := aFiling(county, "A letter on paper")
	f.Channel, f.Postmark, f.Files = petition.ByLetter, "2026-02-27", files
	f.Cover = petition.Cover{Number: "2026-18", From: "Kunming", Document: "No. 5"}
	return petition.Act{Channel: petition.ByLetter, Topic: "C6", Filing: &f, Unit: county}
}

// Scans are sealed, cleaned, bound to their form, and belong to the case that comes of it.
func TestScansOfALetter(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		data := aScan(t)
		file, err := w.scan("a form", "envelope.png", data)
		w.must(err)
		if file.Key != nil || file.Type != "image/png" || w.holding("file_chunk", "sealed", "scanner of room 12") != 0 {
			t.Errorf("%+v", file)
		}
		registrar := w.who(county, petition.Registrar)
		for form, by := range map[string]petition.Actor{"another form": registrar, "a form": w.who(county2, petition.Registrar)} {
			_, err := w.s.Scans(t.Context(), by, form, []petition.ID{file.ID})
			w.want(err, petition.Invalid)
			_, _, err = w.s.RegisterFor(t.Context(), by, form, aPaperLetter(file), w.now)
			w.want(err, petition.Invalid)
		}
		named, err := w.s.Scans(t.Context(), registrar, "a form", []petition.ID{file.ID})
		if err != nil || len(named) != 1 || named[0].Name != "envelope.png" || named[0].Key != nil {
			t.Errorf("%+v %v", named, err)
		}
		id, _, err := w.s.RegisterFor(t.Context(), registrar, "a form", aPaperLetter(named...), w.now)
		w.must(err)
		w.must(w.s.SystemTick(t.Context(), w.now.Add(48*time.Hour)))
		if got, _ := w.read(registrar, id, file.ID, true); got != string(data) {
			t.Errorf("the original has %d bytes of %d", len(got), len(data))
		}
		if got, _ := w.read(registrar, id, file.ID, false); len(got) == 0 || strings.Contains(got, "scanner of room 12") {
			t.Errorf("the working copy: %q", got)
		}
		if v := w.views(registrar, id); len(v) != 2 || v[0].What != viewedFile {
			t.Errorf("logged %+v", v)
		}
		f := w.folder(id).Filing
		if f == nil || f.Cover != (petition.Cover{}) || len(f.Files) != 1 || f.Files[0].Key != nil {
			t.Errorf("the portal shows %+v", f)
		}
		w.sound()
	})
}

// Who may not register takes no scan in; what is no document is refused; what no form
// names is forgotten.
func TestScansThatAreNotKept(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, err := w.scan("a form", "letter.png", []byte("MZ\x90\x00 is no picture"))
		w.want(err, petition.Invalid)
		_, err = w.scan("", "letter.png", aScan(t))
		w.want(err, petition.NotFound)
		for _, role := range petition.Roles {
			if role == petition.Registrar || role == petition.OfficeHead {
				continue
			}
			_, err := w.s.AddScan(t.Context(), w.who(county, role), "a form", "letter.png", attachment.Limits{}, bytes.NewReader(aScan(t)), w.now)
			w.want(err, petition.NotFound)
		}
		file, err := w.scan("a form", "letter.png", aScan(t))
		w.must(err)
		w.must(w.s.SystemTick(t.Context(), w.now.Add(48*time.Hour)))
		if n := w.inTable("file_chunk") + w.inTable("file_pending"); n != 0 {
			t.Errorf("%d rows are left of a scan that no form named", n)
		}
		_, _, err = w.s.RegisterFor(t.Context(), w.who(county, petition.Registrar), "a form", aPaperLetter(file), w.now)
		w.want(err, petition.Invalid)
	})
}

// A report's scans lie in the compartment: they open there, and nobody else learns of
// them. The petition bureau's notice keeps the route by which it came (Art. 30(2)).
func TestScenario2_8_ANoticeOfTheBureauIsSealedWithItsScans(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		registrar, supervisor := w.who(county, petition.Registrar), w.who(county, petition.CadreSupervisor)
		file, err := w.scan("notified", "notice.png", aScan(t))
		w.must(err)
		act := aPaperLetter(file)
		act.Arrival, act.Topic = petition.FromBureau, "B1"
		_, _, err = w.s.RegisterFor(t.Context(), registrar, "notified", act, w.now)
		w.want(err, petition.Invalid) // a claim is nothing that the bureau notifies
		act.Filing.Purpose, act.Filing.Topic = petition.PurposeReport, "B1"
		before := w.everything(w.who(county, petition.Leader))
		id, _, err := w.s.RegisterFor(t.Context(), registrar, "notified", act, w.now)
		w.must(err)
		if !id.IsZero() || w.everything(w.who(county, petition.Leader)) != before {
			t.Error("somebody outside the compartment sees it")
		}
		list, err := w.s.Reports(t.Context(), supervisor, petition.ID{})
		w.must(err)
		report, err := w.s.Report(t.Context(), supervisor, list[0].ID, "to read it", w.now)
		w.must(err)
		if report.Cadre.Arrival != petition.FromBureau || report.Filing.Cover.Document != "No. 5" || len(report.Filing.Files) != 1 {
			t.Errorf("%+v", report.Filing)
		}
		w.must(w.s.SystemTick(t.Context(), w.now.Add(48*time.Hour)))
		if got, _ := w.read(supervisor, list[0].ID, file.ID, false); got == "" {
			t.Error("the scan does not open in the compartment")
		}
		_, err = w.s.OpenFile(t.Context(), registrar, list[0].ID, file.ID, false, "mine", w.now, &bytes.Buffer{})
		w.want(err, petition.NotFound)
		if f := w.folder(list[0].ID).Filing; f != nil {
			t.Errorf("the reporter is shown %+v", f)
		}
	})
}
