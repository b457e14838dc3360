package portal

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"huiyin/exchange"
	"huiyin/petition"
)

// world is what the portal knows of the units: the newest directory of every
// installation, laid together.
type world struct {
	edition string // changes whenever anything in it does
	from    []exchange.Directory
	name    string // of the deployment
	demo    bool
	units   *petition.Units
	entry   map[petition.UnitID]exchange.UnitEntry
	homes   map[string]exchange.Directory // by installation
	called  map[string]string             // what a region is called
	local   petition.Laws                 // profiles of units that have rules of their own
	days    *petition.Calendar            // years that the offices have edited
	first   petition.Unit                 // see main
	feet    sync.Map                      // the drawn foot of pages, by language
	ruled   sync.Once
	rules   petition.Rules // see Portal.rules
}

// atlas keeps the newest world, so that it is laid together once per edition.
type atlas struct {
	store Store
	kept  atomic.Pointer[world]
}

// world is the newest one. If the database does not answer, it fails, and the
// newest one known is still in kept.
func (a *atlas) world(ctx context.Context) (*world, error) {
	dirs, err := a.store.Directories(ctx)
	if err != nil {
		return nil, fmt.Errorf("directories: %w", err)
	}
	if w := a.kept.Load(); w != nil && slices.EqualFunc(w.from, dirs, sameDirectory) {
		return w, nil
	}
	w := newWorld(editionOf(dirs), dirs)
	a.kept.Store(w)
	return w, nil
}

// known is the newest world seen, or an empty one.
func (a *atlas) known() *world {
	if w := a.kept.Load(); w != nil {
		return w
	}
	return newWorld("", nil)
}

// sameDirectory tells whether nothing has changed: a directory's version grows with
// every change.
func sameDirectory(a, b exchange.Directory) bool {
	return a.Installation == b.Installation && a.Version == b.Version
}

// editionOf names what the directories say, for copies kept elsewhere.
func editionOf(dirs []exchange.Directory) string {
	parts := make([]string, 0, len(dirs))
	for _, d := range dirs {
		parts = append(parts, fmt.Sprintf("%s %d", d.Installation, d.Version))
	}
	slices.Sort(parts)
	return strings.Join(parts, "\n")
}

// newWorld lays directories together. Of a unit that several list, the entry of the
// installation that hosts it counts.
func newWorld(edition string, dirs []exchange.Directory) *world {
	w := &world{edition: edition, from: dirs, days: &petition.Calendar{}, called: map[string]string{}, entry: map[petition.UnitID]exchange.UnitEntry{}, homes: map[string]exchange.Directory{}}
	var list []petition.Unit
	for _, d := range dirs {
		w.homes[d.Installation] = d
		w.local = append(w.local, d.Local...)
		if days, err := petition.ParseCalendar(strings.NewReader(d.Days)); err == nil { // signed by the office, which has checked it
			w.days = w.days.With(days)
		}
		w.demo = w.demo || d.Demo
		if w.name == "" {
			w.name = d.Name
		}
		for _, u := range d.Units {
			_, listed := w.entry[u.ID]
			if !listed || u.Installation == d.Installation {
				w.entry[u.ID] = u
			}
			if !listed {
				list = append(list, u.Unit)
			}
		}
	}
	for i, u := range list {
		list[i] = w.entry[u.ID].Unit
	}
	w.units = petition.NewUnits(list)
	for _, u := range w.units.All() {
		w.called[u.Region] = u.Area
	}
	delete(w.called, "")
	w.first = w.findMain()
	return w
}

// acting is the unit that answers for an area now: the area's own, or, where that was
// merged into another, its successor; ok is false where none stands.
func (w *world) acting(id petition.UnitID) (petition.Unit, bool) {
	u, ok := w.units.Unit(w.units.Acting(id))
	return u, ok && !u.Gone()
}

// open tells whether the unit takes online filings (试点) and can be sealed to.
func (w *world) open(u petition.Unit) bool {
	return u.Pilot && !u.Gone() && w.reachable(u.ID, false)
}

// reachable tells whether an item can be sealed to the unit or to its compartment.
func (w *world) reachable(id petition.UnitID, cadre bool) bool {
	e, ok := w.entry[id]
	if !ok || e.Gone() || len(w.homes[e.Installation].Intake) == 0 {
		return false
	}
	if cadre {
		return len(e.Cadre) > 0
	}
	return len(e.Key) > 0
}

// nearestOpen is the unit itself or the nearest above that takes online filings
// (scenario 10.1); ok is false where none does.
func (w *world) nearestOpen(id petition.UnitID) (u petition.Unit, ok bool) {
	if self, found := w.units.Unit(id); found && w.open(self) {
		return self, true
	}
	for _, up := range w.units.Above(id) {
		if w.open(up) {
			return up, true
		}
	}
	return petition.Unit{}, false
}

// openBelow are the units directly below one that take online filings.
func (w *world) openBelow(id petition.UnitID) []petition.Unit {
	var all []petition.Unit
	for _, u := range w.units.All() {
		if u.Parent == id && w.open(u) {
			all = append(all, u)
		}
	}
	return all
}

// above is the unit to which a report about the head of a unit goes (domain §0.7); ok
// is false where no installation hosts it, so that nothing can be sealed to it.
func (w *world) above(id petition.UnitID) (u petition.Unit, ok bool) {
	self, _ := w.units.Unit(id)
	up, found := w.units.Unit(self.Parent)
	return up, found && w.reachable(up.ID, true)
}

// main is the unit whose address stands at the foot of every page: the first that
// takes online filings.
func (w *world) main() petition.Unit { return w.first }

func (w *world) findMain() petition.Unit {
	for _, u := range w.units.All() {
		if w.open(u) {
			return u
		}
	}
	if all := w.units.All(); len(all) > 0 {
		return all[0]
	}
	return petition.Unit{}
}

// contact is how to reach a unit.
func contact(u petition.Unit) petition.Contact {
	return petition.Contact{ID: u.ID, Name: u.Name, Phone: u.Phone, Address: u.Address, Hours: u.Hours, HoursEn: u.HoursEn}
}
