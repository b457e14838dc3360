package exchange

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"huiyin/petition"
)

func TestKeySealsForOnePlace(t *testing.T) {
	k, plain := NewKey(), []byte("内容")
	sealed := k.Seal(plain, Bind("a", []byte{1}))
	if got, err := k.Open(sealed, Bind("a", []byte{1})); err != nil || !bytes.Equal(got, plain) {
		t.Fatal(err)
	}
	if _, err := k.Open(sealed, Bind("a", []byte{2})); err == nil {
		t.Error("it opened in another place")
	}
	if _, err := NewKey().Open(sealed, Bind("a", []byte{1})); err == nil {
		t.Error("another key opened it")
	}
	for i := range sealed {
		bad := bytes.Clone(sealed)
		bad[i] ^= 1
		if _, err := k.Open(bad, Bind("a", []byte{1})); err == nil {
			t.Errorf("byte %d changed was not noticed", i)
		}
	}
	for n := range sealed {
		if _, err := k.Open(sealed[:n], Bind("a", []byte{1})); err == nil {
			t.Errorf("cut to %d was not noticed", n)
		}
	}
}

func TestBindTellsListsApart(t *testing.T) {
	seen := map[string]bool{}
	for _, b := range [][]byte{Bind("a"), Bind("a", nil), Bind("a", []byte("b")), Bind("ab"),
		Bind("a", []byte("b"), []byte("c")), Bind("a", []byte("bc"))} {
		if seen[string(b)] {
			t.Errorf("%q twice", b)
		}
		seen[string(b)] = true
	}
}

func TestHolderKeyComesFromItsSecret(t *testing.T) {
	secret := NewKey()
	a, err := NewHolderKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	b, err := NewHolderKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a.Public(), b.Public()) || a.KEK() != b.KEK() || a.Secret() != secret {
		t.Error("one secret makes two keys")
	}
	sealed, err := sealTo(a.Public(), []byte("x"), []byte("here"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := openWith(b, sealed, []byte("here")); err != nil || string(got) != "x" {
		t.Fatal(err)
	}
	if _, err := openWith(b, sealed, []byte("there")); err == nil {
		t.Error("it opened in another place")
	}
	other, _ := NewHolderKey(NewKey())
	if _, err := openWith(other, sealed, []byte("here")); err == nil {
		t.Error("another key opened it")
	}
	sealed[0]++
	if _, err := openWith(b, sealed, []byte("here")); err == nil {
		t.Error("another suite was taken for this one")
	}
	if _, err := sealTo([]byte("no key"), nil, nil); err == nil {
		t.Error("sealed to no key")
	}
}

func TestPadHidesSizes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.SliceOfN(rapid.Byte(), 0, 3*TextStep).Draw(t, "plain")
		padded := Pad(plain, TextStep)
		if len(padded)%TextStep != 0 || len(padded)-len(plain) > TextStep+padHead {
			t.Fatalf("%d bytes became %d", len(plain), len(padded))
		}
		got, err := Unpad(padded)
		if err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("came back otherwise: %v", err)
		}
	})
	if len(Pad(make([]byte, ChunkSize), ChunkStep)) != ChunkStep {
		t.Error("a whole chunk does not fit in one step")
	}
	for _, bad := range [][]byte{nil, {0, 0}, {0, 0, 0, 9, 1}, {0xff, 0xff, 0xff, 0xff}, {0, 0, 0, 1, 7, 7}} {
		if _, err := Unpad(bad); err == nil {
			t.Errorf("%v was unpadded", bad)
		}
	}
}

func TestKeysDoNotPrint(t *testing.T) {
	k := NewKey()
	said := fmt.Sprint(k, &k)
	if strings.Contains(said, fmt.Sprint([32]byte(k))) {
		t.Error(said)
	}
	b, err := json.Marshal(SealedFiling{Reading: k, Locator: Locator{1}})
	if err != nil {
		t.Fatal(err)
	}
	var back SealedFiling
	if err := json.Unmarshal(b, &back); err != nil || back.Reading != k || back.Locator != (Locator{1}) {
		t.Errorf("%s: %v", b, err)
	}
}

func TestReceiptStatesWhatWasStored(t *testing.T) {
	keys, err := NewPortalKeys("portal")
	if err != nil {
		t.Fatal(err)
	}
	pub := keys.Public().Signing
	it, l := Item{Sealed: []byte("sealed")}, Locator{7}
	at := time.Date(2026, 11, 22, 1, 2, 3, 4000, time.UTC)
	b := keys.SignReceipt(l, it, at)
	r, err := ReadReceipt(b, pub)
	if err != nil || !r.For(l) || r.For(Locator{8}) || r.Filing != it.Hash() || !r.Received.Equal(at) {
		t.Fatalf("%+v, %v", r, err)
	}
	for i := range b {
		bad := bytes.Clone(b)
		bad[i] ^= 1
		if _, err := ReadReceipt(bad, pub); err == nil {
			t.Errorf("byte %d changed was not noticed", i)
		}
	}
	if _, err := ReadReceipt(b[:len(b)-1], pub); err == nil {
		t.Error("a cut receipt was taken")
	}
}

func TestCopiesCarryNoFileKeys(t *testing.T) {
	reading, id := NewKey(), petition.ID{3}
	f := petition.Filing{Title: "题", Files: []petition.File{{Name: "a.pdf", Key: []byte{1},
		Clean: &petition.File{Key: []byte{2}}}}}
	sealed, err := SealCopy(reading, id, f)
	if err != nil {
		t.Fatal(err)
	}
	got, err := OpenCopy(reading, id, sealed)
	if err != nil || got.Title != f.Title || len(got.Files) != 1 || got.Files[0].Key != nil || got.Files[0].Clean != nil {
		t.Errorf("%+v, %v", got, err)
	}
	if f.Files[0].Key == nil {
		t.Error("the filing itself lost its keys")
	}
	if _, err := OpenFolder(reading, id, sealed); err == nil {
		t.Error("a copy opened as a folder")
	}
	u, err := SealFolder(reading, id, petition.Folder{Version: 4, Title: "题"})
	if err != nil || u.Version != 4 {
		t.Fatal(err)
	}
	if folder, err := OpenFolder(reading, id, u.Sealed); err != nil || folder.Title != "题" {
		t.Error(err)
	}
	m := Message{ID: petition.ID{4}, Filing: id, Act: petition.Act{Action: petition.AddInfo, Text: "补充",
		Files: []petition.File{{Key: []byte{1}}}}}
	said, err := SealSaid(reading, m)
	if err != nil {
		t.Fatal(err)
	}
	if back, err := OpenSaid(reading, m.ID, said); err != nil || back.Act.Text != "补充" || back.Act.Files[0].Key != nil {
		t.Errorf("%+v, %v", back, err)
	}
}
