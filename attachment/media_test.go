package attachment

import (
	"bytes"
	"strings"
	"testing"
)

// Lengths by ISO/IEC 11172-3 and 13818-3, as players know them.
func TestMP3FrameLengths(t *testing.T) {
	for header, want := range map[string]int{
		"\xff\xfb\x90\x00": 417,  // 128 kbit/s, 44.1 kHz
		"\xff\xfb\x92\x00": 418,  // the same, padded
		"\xff\xfb\x94\x00": 384,  // 48 kHz
		"\xff\xfb\xe8\x00": 1440, // 320 kbit/s, 32 kHz
		"\xff\xf3\x80\x00": 208,  // version 2, 64 kbit/s, 22.05 kHz
		"\xff\xe3\x18\x00": 72,   // version 2.5, 8 kbit/s, 8 kHz
		"\xff\xfb\x00\x00": 0,    // free format
		"\xff\xfb\xf0\x00": 0,    // no such rate
		"\xff\xfb\x9c\x00": 0,    // no such sampling
		"\xff\xfb\x90\x02": 0,    // no such emphasis
		"\xff\xeb\x90\x00": 0,    // no such version
		"\xff\xfd\x90\x00": 0,    // layer II
		"\xff\xdb\x90\x00": 0,    // not in step
		"\xff\xfb\x90":     0,
	} {
		if got := frameLength([]byte(header)); got != want {
			t.Errorf("% x: %d, want %d", header, got, want)
		}
	}
}

// All tags go, wherever they stand; sound between them stays.
func TestMP3Tags(t *testing.T) {
	tag := "ID3\x04\x00\x10\x00\x00\x00\x10" + strings.Repeat("t", 16) + "3DI\x04\x00\x10\x00\x00\x00\x10"
	data := []byte(tag + "\x00\x00" + frames(5) + tag + frames(5) + "\xff\xfb\x90\x00 one header is no frame" + frames(5))
	if kind, err := Sniff("a.mp3", data, Limits{}); err != nil || kind != MP3 {
		t.Fatalf("%q, %v", kind, err)
	}
	clean, ok := Clean(MP3, data)
	if !ok || bytes.Contains(clean, []byte("ttt")) || len(clean) < len(frames(13)) {
		t.Errorf("cleaned %v, %d bytes", ok, len(clean))
	}
	if _, ok := Clean(MP3, []byte(frames(3)+strings.Repeat("x", 10_000))); ok {
		t.Error("mostly something else, and yet called clean")
	}
}

func TestBoxSizes(t *testing.T) {
	long := "\x00\x00\x00\x01mdat\x00\x00\x00\x00\x00\x00\x00\x14data"
	toEnd := "\x00\x00\x00\x00mdatto the end"
	list, err := boxes([]byte(boxOf("free", "x")+long+toEnd), 0, 9+20+18)
	if err != nil || len(list) != 3 || list[1].body != 9+16 || list[1].to != 29 || list[2].to != 47 {
		t.Errorf("%+v, %v", list, err)
	}
	for _, bad := range []string{"\x00\x00\x00\x09free", "\x00\x00\x00\x07free", "short", "\x00\x00\x00\x01mdat\x00\x00\x00\x00\x00\x00\x00\x0f"} {
		if _, err := boxes([]byte(bad), 0, len(bad)); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

// Brands by which telephones and programs in use name their files.
func TestBrands(t *testing.T) {
	moov := boxOf("moov", track("vide")) + boxOf("mdat", "x")
	picture := string(heic(10, 10)[len(ftyp("heic", "mif1")):])
	for brand, want := range map[string]Type{"isom": MP4, "mp41": MP4, "mp42": MP4, "iso5": MP4, "avc1": MP4, "M4V ": MP4, "XAVC": MP4, "dash": MP4,
		"qt  ": "", "3gp5": "", "avif": "", "M4P ": ""} {
		if got, _ := Sniff("a", []byte(ftyp(brand, "isom")+moov), Limits{}); got != want {
			t.Errorf("%s: %q, want %q", brand, got, want)
		}
	}
	for brand, want := range map[string]Type{"heic": HEIC, "heix": HEIC, "mif1": HEIC, "msf1": "", "avif": ""} {
		if got, _ := Sniff("a", []byte(ftyp(brand, "heic", "mif1")+picture), Limits{}); got != want {
			t.Errorf("%s: %q, want %q", brand, got, want)
		}
	}
}

// Exif items are found in each form that the location box has.
func TestHEICLocations(t *testing.T) {
	exifInfo := boxOf("iinf", u32be(0), u16be(1), boxOf("infe", "\x02\x00\x00\x00", u16be(7), u16be(0), "Exif\x00"))
	longInfo := boxOf("iinf", "\x01\x00\x00\x00", u32be(1), boxOf("infe", "\x03\x00\x00\x00", u32be(7), u16be(0), "Exif\x00"))
	shape := boxOf("iprp", boxOf("ipco", boxOf("ispe", u32be(0), u32be(9), u32be(9))))
	idat := boxOf("idat", "keep", canary, "keep")
	inData := boxOf("iloc", "\x01\x00\x00\x00", u16be(0x4400), u16be(1), u16be(7), u16be(1), u16be(0), u16be(1), u32be(4), u32be(len(canary)))
	inPieces := boxOf("iloc", "\x02\x00\x00\x00", u16be(0x4444), u32be(1), u32be(7), u16be(1), u16be(0), u32be(4), u16be(2),
		u32be(0), u32be(0), u32be(3), u32be(0), u32be(3), u32be(len(canary)-3))
	byItem := boxOf("iloc", "\x01\x00\x00\x00", u16be(0x4400), u16be(1), u16be(7), u16be(2), u16be(0), u16be(1), u32be(4), u32be(3))
	for name, c := range map[string]struct {
		info, places string
		ok           bool
	}{
		"item data": {exifInfo, inData, true}, "pieces": {longInfo, inPieces, true}, "construction by item": {exifInfo, byItem, false},
		"nowhere": {exifInfo, "", false}, "cut off": {exifInfo, boxOf("iloc", "\x01\x00\x00\x00", u16be(0x4400), u16be(1), u16be(7)), false},
		"wide fields": {exifInfo, boxOf("iloc", u32be(0), u16be(0xff00), u16be(1), u16be(7), u16be(0), u16be(1)), false},
		"old items":   {boxOf("iinf", u32be(0), u16be(1), boxOf("infe", u32be(0), u16be(7))), inData, false},
	} {
		data := []byte(ftyp("heic", "mif1") + boxOf("meta", u32be(0), c.info, c.places, shape, idat))
		clean, ok := Clean(HEIC, data)
		if ok != c.ok || ok && (bytes.Contains(clean, []byte(canary)) || bytes.Count(clean, []byte("keep")) != 2) {
			t.Errorf("%s: cleaned %v: %q", name, ok, clean)
		}
	}
}
