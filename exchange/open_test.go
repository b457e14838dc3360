package exchange

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"huiyin/petition"
)

var day = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// world is one portal and one office with a unit and its compartment.
type world struct {
	portal  *PortalKeys
	office  *OfficeKeys
	dir     Directory
	holders map[Holder]*HolderKey
	reading map[petition.ID]Key
}

func (w *world) HolderKey(_ context.Context, h Holder) (*HolderKey, error) {
	if k := w.holders[h]; k != nil {
		return k, nil
	}
	return nil, &petition.Error{Kind: petition.NotFound}
}

func (w *world) ReadingKey(_ context.Context, filing petition.ID) (Key, error) {
	if k, ok := w.reading[filing]; ok {
		return k, nil
	}
	return Key{}, &petition.Error{Kind: petition.NotFound}
}

func (w *world) opener() Opener {
	return Opener{Installation: w.office.Installation, Intake: w.office.Intake,
		Portals: Trusted{w.portal.Installation: w.portal.Public().Signing}, Keys: w}
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{holders: make(map[Holder]*HolderKey), reading: make(map[petition.ID]Key)}
	var err error
	if w.portal, err = NewPortalKeys("portal"); err != nil {
		t.Fatal(err)
	}
	if w.office, err = NewOfficeKeys("office"); err != nil {
		t.Fatal(err)
	}
	w.dir = Directory{Installation: "office", Intake: w.office.Intake.Public()}
	for _, u := range []petition.Unit{{ID: "530000"}, {ID: "530100", Parent: "530000"}} {
		e := UnitEntry{Unit: u}
		for _, h := range []Holder{UnitHolder(u.ID), CadreHolder(u.ID)} {
			if w.holders[h], err = NewHolderKey(NewKey()); err != nil {
				t.Fatal(err)
			}
		}
		e.Key, e.Cadre = w.holders[UnitHolder(u.ID)].Public(), w.holders[CadreHolder(u.ID)].Public()
		w.dir.Units = append(w.dir.Units, e)
	}
	return w
}

func (w *world) filing(t testing.TB, n byte, f petition.Filing) Item {
	t.Helper()
	to, err := w.dir.Route(f)
	if err != nil {
		t.Fatal(err)
	}
	it, err := SealFiling(w.portal.Signer, w.dir, to,
		SealedFiling{ID: petition.ID{n}, Received: day, Filing: f, Reading: Key{n}, Locator: Locator{n}}, day)
	if err != nil {
		t.Fatal(err)
	}
	return it
}

func TestFilingOpensAtItsOffice(t *testing.T) {
	w := newWorld(t)
	f := petition.Filing{Unit: "530100", Title: "探亲假问题", Facts: strings.Repeat("事", 2000)}
	it := w.filing(t, 1, f)
	if bytes.Contains(it.Sealed, []byte("530100")) || bytes.Contains(it.Sealed, []byte("filing")) {
		t.Error("the item shows what it is")
	}
	got, err := Open(t.Context(), it, w.opener())
	if err != nil {
		t.Fatal(err)
	}
	hash := it.Hash()
	if got.Filing == nil || got.Filing.Filing.Facts != f.Facts || got.Holder != UnitHolder("530100") ||
		got.Filing.Reading != (Key{1}) || !bytes.Equal(got.Filing.Receipt, hash[:]) {
		t.Errorf("%+v", got)
	}
}

// What an outsider, the portal itself or a mistake can change is refused.
func TestOpenRefuses(t *testing.T) {
	w := newWorld(t)
	good := w.filing(t, 1, petition.Filing{Unit: "530100"})
	stranger, _ := NewPortalKeys("portal")
	other := newWorld(t)
	resigned := func(it Item) Item { w.portal.sign(&it); return it }
	cases := map[string]struct {
		it Item
		o  func(*Opener)
	}{
		"too large":          {it: Item{To: "office", Sealed: make([]byte, maxItem+1)}},
		"another office's":   {it: func() Item { it := good; it.To = "elsewhere"; return resigned(it) }()},
		"unknown portal":     {it: good, o: func(o *Opener) { o.Portals = Trusted{} }},
		"another's key":      {it: func() Item { it := good; stranger.sign(&it); return it }()},
		"changed id":         {it: func() Item { it := good; it.ID[3]++; return it }()},
		"changed and signed": {it: func() Item { it := good; it.ID[3]++; return resigned(it) }()},
		"changed time":       {it: func() Item { it := good; it.Made = it.Made.Add(time.Second); return resigned(it) }()},
		"wrong intake key":   {it: good, o: func(o *Opener) { o.Intake = other.office.Intake }},
		"wrong holder key":   {it: good, o: func(o *Opener) { o.Keys = other }},
		"holder not here":    {it: good, o: func(o *Opener) { o.Keys = &world{} }},
		"not a portal's purpose": {it: func() Item {
			it, err := w.portal.seal("office", w.dir.Intake, day, content{Purpose: ForGrant})
			if err != nil {
				t.Fatal(err)
			}
			return it
		}()},
		"no purpose": {it: func() Item {
			it, _ := w.portal.seal("office", w.dir.Intake, day, content{Purpose: "x"})
			return it
		}()},
		"inner seal of another filing": {it: func() Item {
			inner, _ := sealTo(w.dir.Units[1].Key, []byte(`{}`), innerBound(UnitHolder("530100"), petition.ID{9}))
			it, _ := w.portal.seal("office", w.dir.Intake, day,
				content{Purpose: ForFiling, Holder: UnitHolder("530100"), Filing: petition.ID{8}, body: inner})
			return it
		}()},
		"another filing inside": {it: func() Item {
			inner, _ := sealTo(w.dir.Units[1].Key, []byte(`{}`), innerBound(UnitHolder("530100"), petition.ID{8}))
			it, _ := w.portal.seal("office", w.dir.Intake, day,
				content{Purpose: ForFiling, Holder: UnitHolder("530100"), Filing: petition.ID{8}, body: inner})
			return it
		}()},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			o := w.opener()
			if c.o != nil {
				c.o(&o)
			}
			if got, err := Open(t.Context(), c.it, o); err == nil {
				t.Errorf("opened: %+v", got)
			}
		})
	}
}

func TestMessageNeedsItsFiling(t *testing.T) {
	w := newWorld(t)
	m := Message{ID: petition.ID{2}, Filing: petition.ID{1}, At: day,
		Act: petition.Act{Action: petition.Withdraw, Text: "不访了"}}
	it, err := SealMessage(w.portal.Signer, w.dir, Key{1}, m, day)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), it, w.opener()); !errors.Is(err, ErrEarly) {
		t.Errorf("before its filing: %v", err)
	}
	w.reading[petition.ID{1}] = Key{1}
	got, err := Open(t.Context(), it, w.opener())
	if err != nil || got.Message == nil || got.Message.Act.Text != "不访了" {
		t.Fatalf("%+v, %v", got, err)
	}
	w.reading[petition.ID{1}] = Key{2}
	if _, err := Open(t.Context(), it, w.opener()); err == nil || errors.Is(err, ErrEarly) {
		t.Errorf("another reading key: %v", err)
	}
	w.reading[petition.ID{1}] = Key{1}
	m.Act.Action = petition.Accept
	it, _ = SealMessage(w.portal.Signer, w.dir, Key{1}, m, day)
	if _, err := Open(t.Context(), it, w.opener()); err == nil {
		t.Error("a petitioner accepted his own petition")
	}
}

// An ordinary filing and a report about a cadre are items of equal form.
func TestSealedUpLooksLikeAnyOther(t *testing.T) {
	w := newWorld(t)
	plain := w.filing(t, 1, petition.Filing{Unit: "530100", Purpose: petition.PurposeAdvice, Title: "建议"})
	report := w.filing(t, 2, petition.Filing{Unit: "530100", Purpose: petition.PurposeReport, Title: "反映",
		Reported: []petition.Reported{{Name: "某某", Unit: "某局", Post: "局长"}}})
	if len(plain.Sealed) != len(report.Sealed) || plain.To != report.To || len(plain.Sig) != len(report.Sig) {
		t.Errorf("%d and %d bytes", len(plain.Sealed), len(report.Sealed))
	}
}

func TestRoute(t *testing.T) {
	d := newWorld(t).dir
	report := petition.Filing{Unit: "530100", Purpose: petition.PurposeReport}
	head := report
	head.ConcernsHead = true
	top := head
	top.Unit = "530000"
	for _, c := range []struct {
		f    petition.Filing
		want Holder
	}{
		{petition.Filing{Unit: "530100", Purpose: petition.PurposeRequest}, "unit:530100"},
		{report, "cadre:530100"},
		{head, "cadre:530000"},
	} {
		if got, err := d.Route(c.f); err != nil || got != c.want {
			t.Errorf("%+v goes to %s, %v", c.f, got, err)
		}
	}
	if got, err := d.Route(top); !petition.Is(err, petition.Invalid) {
		t.Errorf("about the head of the top: %s, %v", got, err)
	}
	if h := CadreHolder("530100"); h.Unit() != "530100" || !h.Cadre() || UnitHolder("1").Cadre() {
		t.Error("a holder does not know itself")
	}
	if _, err := d.Key(UnitHolder("999999")); !petition.Is(err, petition.NotFound) {
		t.Errorf("key of no unit: %v", err)
	}
}

func BenchmarkSealFiling(b *testing.B) {
	w := newWorld(b)
	f := petition.Filing{Unit: "530100", Facts: strings.Repeat("事", 500)}
	for b.Loop() {
		w.filing(b, 1, f)
	}
}

func BenchmarkOpen(b *testing.B) {
	w := newWorld(b)
	it := w.filing(b, 1, petition.Filing{Unit: "530100", Facts: strings.Repeat("事", 500)})
	for b.Loop() {
		if _, err := Open(b.Context(), it, w.opener()); err != nil {
			b.Fatal(err)
		}
	}
}

// The office takes from a petitioner what the follow page offers, and no act of staff.
func TestOnlyAPetitionersActsAreTaken(t *testing.T) {
	for _, a := range petition.Actions {
		want := slices.Contains([]petition.Action{petition.Supply, petition.AddInfo, petition.Withdraw, petition.Rate, petition.Urge,
			petition.AskRecusal, petition.AskReview, petition.Correct, petition.AskViews, petition.AskNews}, a)
		if got := a.OfPetitioner(); got != want {
			t.Errorf("%s: taken %v", a, got)
		}
	}
}
