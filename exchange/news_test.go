package exchange

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"huiyin/petition"
)

func notifier(t *testing.T) (*HolderKey, NewsOffer) {
	t.Helper()
	h, err := NewHolderKey(NewKey())
	if err != nil {
		t.Fatal(err)
	}
	return h, NewsOffer{Key: h.Public(), Ways: petition.NewsWays}
}

func TestOnlyTheNotifierOpensAnAddress(t *testing.T) {
	h, offer := notifier(t)
	a := Address{To: "13900000001", Lang: "zh-CN"}
	w, err := offer.Seal(petition.NewsByText, a)
	if err != nil || w.Way != petition.NewsByText || bytes.Contains(w.Sealed, []byte(a.To)) {
		t.Fatalf("%v %v", w, err)
	}
	if got, err := OpenAddress(h, w); err != nil || got != a {
		t.Errorf("%v %v", got, err)
	}
	other, _ := notifier(t)
	if _, err := OpenAddress(other, w); err == nil {
		t.Error("another key opened it")
	}
	if _, err := OpenAddress(h, petition.NewsWish{Way: petition.NewsByMail, Sealed: w.Sealed}); err == nil {
		t.Error("a number was opened as a mail address")
	}
	for i := range w.Sealed {
		bad := bytes.Clone(w.Sealed)
		bad[i] ^= 1
		if _, err := OpenAddress(h, petition.NewsWish{Way: w.Way, Sealed: bad}); err == nil {
			t.Fatalf("byte %d changed was not noticed", i)
		}
	}
	for _, to := range []string{"", "a@b.cn\r\nBcc: c@d.cn"} {
		w, _ := offer.Seal(petition.NewsByMail, Address{To: to})
		if _, err := OpenAddress(h, w); err == nil {
			t.Errorf("%q was opened", to)
		}
	}
	if _, err := (NewsOffer{}).Seal(petition.NewsByText, a); err == nil {
		t.Error("sealed to no key")
	}
}

func TestAFormsWishesAreSealedWhereTheyAreOffered(t *testing.T) {
	h, offer := notifier(t)
	to := map[petition.NewsWay]string{petition.NewsByText: "13900000001", petition.NewsByMail: ""}
	all, err := offer.Wishes("en", to)
	if err != nil || len(all) != 2 || all[1].Way != petition.NewsByMail || all[1].Sealed != nil {
		t.Fatalf("%+v %v", all, err)
	}
	if a, err := OpenAddress(h, all[0]); err != nil || a != (Address{To: "13900000001", Lang: "en"}) {
		t.Errorf("%v %v", a, err)
	}
	offer.Ways = []petition.NewsWay{petition.NewsByMail}
	if all, err := offer.Wishes("en", to); err != nil || len(all) != 1 || all[0].Way != petition.NewsByMail {
		t.Errorf("not offered: %+v %v", all, err)
	}
	if all, err := (NewsOffer{}).Wishes("en", to); err != nil || len(all) != 0 {
		t.Errorf("nothing offered: %+v %v", all, err)
	}
}

// Neither its length nor a message or log tells an address.
func TestAddressesTellNothing(t *testing.T) {
	_, offer := notifier(t)
	short, _ := offer.Seal(petition.NewsByMail, Address{To: "a@b.cn"})
	long, _ := offer.Seal(petition.NewsByMail, Address{To: "somebody.with.a.long.name@department.example.com", Lang: "zh-CN"})
	if len(short.Sealed) != len(long.Sealed) {
		t.Errorf("%d and %d bytes", len(short.Sealed), len(long.Sealed))
	}
	for _, form := range []string{"%v", "%s", "%+v"} {
		if said := fmt.Sprintf(form, Address{To: "13900000001"}); bytes.Contains([]byte(said), []byte("139")) {
			t.Errorf("%s says %s", form, said)
		}
	}
	if (NewsOffer{Key: offer.Key}).Any() || (NewsOffer{Ways: offer.Ways}).Any() || !offer.Any() {
		t.Error("what can be told is not what is offered")
	}
}

func TestTheNotifiersKeyIsKept(t *testing.T) {
	folder := t.TempDir()
	a, err := EnsureNotifierKey(folder)
	if err != nil {
		t.Fatal(err)
	}
	b, err := EnsureNotifierKey(folder)
	if err != nil || a.Secret() != b.Secret() {
		t.Errorf("another key after a restart: %v", err)
	}
	file := filepath.Join(folder, NotifierKeyFile)
	if err := os.Chmod(file, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := EnsureNotifierKey(folder); err == nil {
		t.Error("a key that others may read was taken")
	}
	office, err := NewOfficeKeys("office")
	if err != nil {
		t.Fatal(err)
	}
	if office.Intake.Secret() == a.Secret() || office.Master == a.Secret() {
		t.Error("it is the office's own")
	}
}

// What the petitioner reads again names the way and carries no address.
func TestCopiesCarryNoAddress(t *testing.T) {
	_, offer := notifier(t)
	w, _ := offer.Seal(petition.NewsByText, Address{To: "13900000001"})
	reading, id := NewKey(), petition.ID{1}
	sealed, err := SealCopy(reading, id, petition.Filing{News: []petition.NewsWish{w}})
	if err != nil {
		t.Fatal(err)
	}
	f, err := OpenCopy(reading, id, sealed)
	if err != nil || len(f.News) != 1 || f.News[0].Way != petition.NewsByText || f.News[0].Sealed != nil {
		t.Errorf("%+v %v", f.News, err)
	}
	said, err := SealSaid(reading, Message{ID: id, Act: petition.Act{Action: petition.AskNews, News: []petition.NewsWish{w}}})
	if err != nil {
		t.Fatal(err)
	}
	if m, err := OpenSaid(reading, id, said); err != nil || m.Act.News[0].Sealed != nil {
		t.Errorf("%+v %v", m.Act.News, err)
	}
}
