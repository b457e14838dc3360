package officedb

import (
	"sync"
	"testing"
	"time"

	"huiyin/exchange"
	"huiyin/petition"
)

// sealedItem is a filing with one attachment as a portal sends it, and that portal's key.
func (w *world) sealedItem(unit petition.UnitID) (it exchange.Item, file, filing petition.ID, from exchange.PortalPublic) {
	w.t.Helper()
	var d *exchange.Directory
	for _, a := range w.outgoing() {
		if a.Directory != nil {
			d = a.Directory
		}
	}
	portal, err := exchange.NewPortalKeys("portal")
	w.must(err)
	f := aFiling(unit, "Party age")
	f.Files = []petition.File{w.sealedFile("scan.txt", []byte("proof"), w.taking(w.id(), ""))}
	filing = w.id()
	it, err = exchange.SealFiling(portal.Signer, *d, exchange.UnitHolder(unit),
		exchange.SealedFiling{ID: filing, Received: w.now, Filing: f, Reading: exchange.NewKey()}, w.now)
	w.must(err)
	return it, f.Files[0].ID, filing, portal.Public()
}

// An item that was set aside because its portal was not known is taken in once it is,
// whole and once, however long that took; while another has the lease.
func TestQuarantinedItemIsTakenLater(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		it, file, filing, from := w.sealedItem(county)
		w.must(w.s.Quarantine(t.Context(), w.taking(it.ID, ""), it, []petition.ID{file}, "the item's sender is not known here"))
		w.now = w.now.Add(40 * 24 * time.Hour)
		w.must(w.s.SystemTick(t.Context(), w.now))
		list, err := w.s.Quarantined(t.Context())
		w.must(err)
		if len(list) != 1 || list[0].ID != it.ID || list[0].Files != 1 || list[0].Why != "the item's sender is not known here" {
			t.Fatalf("in quarantine: %+v", list)
		}

		stranger, err := exchange.NewPortalKeys("portal")
		w.must(err)
		if err := w.open().Release(t.Context(), stranger.Public(), it.ID, w.now); err == nil {
			t.Fatal("taken from a portal that did not sign it")
		}
		w.want(w.s.Release(t.Context(), from, w.id(), w.now), petition.NotFound)
		if list, _ = w.s.Quarantined(t.Context()); len(list) != 1 {
			t.Fatal("it left quarantine and was not taken")
		}

		operators := []*Store{w.open(), w.open()}
		errs := make([]error, 6)
		var wg sync.WaitGroup
		for i := range errs {
			wg.Go(func() { errs[i] = operators[i%2].Release(t.Context(), from, it.ID, w.now) })
		}
		wg.Wait()
		taken := 0
		for _, err := range errs {
			if err == nil {
				taken++
			} else if !petition.Is(err, petition.Conflict) && !petition.Is(err, petition.Unavailable) {
				t.Errorf("taken again: %v", err)
			}
		}
		w.want(w.s.Release(t.Context(), from, it.ID, w.now), petition.Conflict)
		if got := w.page(w.who(county, petition.Registrar), petition.ToRegister); taken != 1 || len(got) != 1 {
			t.Errorf("taken %d times, to register: %v", taken, got)
		}
		if list, _ = w.s.Quarantined(t.Context()); len(list) != 0 {
			t.Errorf("still in quarantine: %+v", list)
		}
		w.must(w.s.SystemTick(t.Context(), w.now.Add(time.Hour)))
		if got, _ := w.read(w.who(county, petition.Registrar), filing, file, true); got != "proof" {
			t.Errorf("the attachment reads %q", got)
		}
		w.sound()
	})
}

// What waits in quarantine keeps its own files only; the others are swept as ever.
func TestQuarantineSparesItsOwnFilesOnly(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		it, file, _, _ := w.sealedItem(county)
		w.must(w.s.Quarantine(t.Context(), w.taking(it.ID, ""), it, []petition.ID{file}, "no key"))
		w.sealedFile("orphan.txt", []byte("of nothing"), w.taking(w.id(), ""))
		w.must(w.s.SystemTick(t.Context(), w.now.Add(pendingLimit)))
		if n := w.inTable("file_chunk"); n != 1 {
			t.Errorf("%d chunks are left, want that of the item in quarantine", n)
		}
		w.exec(`INSERT INTO quarantine_released (id, released_at) VALUES (?, ?)`, it.ID, w.now)
		w.must(w.s.SystemTick(t.Context(), w.now.Add(2*pendingLimit)))
		if n := w.inTable("file_chunk"); n != 0 {
			t.Errorf("%d chunks are left of an item that was released and named none", n)
		}
	})
}

// A file whose item has been tried for long is not swept between its copy and the taking.
func TestFilesStayWhileTheirItemIsTried(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		taking := w.taking(w.id(), "")
		file := w.id()
		w.must(w.s.KeepChunk(t.Context(), taking, file, 0, []byte("x")))
		w.now = w.now.Add(pendingLimit)
		fence, _, err := w.s.Lease(t.Context(), w.now)
		w.must(err)
		taking.Fence, taking.Now = fence, w.now
		w.must(w.s.KeepChunk(t.Context(), taking, file, 0, []byte("x")))
		w.must(w.s.SystemTick(t.Context(), w.now))
		if n := w.inTable("file_chunk"); n != 1 {
			t.Errorf("%d chunks are left", n)
		}
	})
}
