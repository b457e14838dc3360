package exchange

import (
	"strings"

	"huiyin/petition"
)

// Holder is who can open the inner seal: a unit, or the cadre-supervision
// compartment (干部监督) of a unit, whose key is never the unit's.
type Holder string

const (
	unitPrefix  = "unit:"
	cadrePrefix = "cadre:"
)

// UnitHolder is the unit itself.
func UnitHolder(u petition.UnitID) Holder { return Holder(unitPrefix + string(u)) }

// CadreHolder is the unit's cadre-supervision compartment.
func CadreHolder(u petition.UnitID) Holder { return Holder(cadrePrefix + string(u)) }

// Unit is the unit that the holder is, or belongs to.
func (h Holder) Unit() petition.UnitID {
	_, unit, _ := strings.Cut(string(h), ":")
	return petition.UnitID(unit)
}

// Cadre tells whether it is a sealed compartment.
func (h Holder) Cadre() bool { return strings.HasPrefix(string(h), cadrePrefix) }

// Route is who a filing is sealed to: the unit it is addressed to; for a report about
// a cadre (检举控告) that unit's compartment, or, if it concerns the head of that very
// unit, the compartment of the unit above. Where the directory knows no unit above it
// fails with Invalid (problem.no_unit_above).
func (d Directory) Route(f petition.Filing) (Holder, error) {
	if f.Track() != petition.Report {
		return UnitHolder(f.Unit), nil
	}
	if !f.GoesUp() {
		return CadreHolder(f.Unit), nil
	}
	if u, ok := d.Unit(f.Unit); ok && u.Parent != "" {
		if _, ok := d.Unit(u.Parent); ok {
			return CadreHolder(u.Parent), nil
		}
	}
	return "", &petition.Error{Kind: petition.Invalid, Key: "problem.no_unit_above",
		Problems: []petition.Problem{{Field: "concerns_head", Key: "problem.no_unit_above"}}}
}

// Unit finds a unit of the directory.
func (d Directory) Unit(id petition.UnitID) (UnitEntry, bool) {
	for _, u := range d.Units {
		if u.ID == id {
			return u, true
		}
	}
	return UnitEntry{}, false
}

// Key is the public key of a holder; NotFound if the directory has none.
func (d Directory) Key(h Holder) ([]byte, error) {
	u, ok := d.Unit(h.Unit())
	key := u.Key
	if h.Cadre() {
		key = u.Cadre
	}
	if !ok || len(key) == 0 {
		return nil, &petition.Error{Kind: petition.NotFound, Key: "error.not_found"}
	}
	return key, nil
}
