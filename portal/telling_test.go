package portal

import (
	"testing"

	"huiyin/attachment"
	"huiyin/petition"
)

func TestOnlyFilesWithoutACleanCopyMayTellOnTheirMaker(t *testing.T) {
	copied := &petition.File{Name: "a"}
	for _, c := range []struct {
		file petition.File
		want bool
	}{
		{petition.File{Type: string(attachment.DOC)}, true},
		{petition.File{Type: string(attachment.JPEG), Clean: copied}, false},
		{petition.File{Type: string(attachment.TXT), Clean: copied}, false},
		{petition.File{Type: string(attachment.HEIC)}, true},
	} {
		if got := telling(c.file); got != c.want {
			t.Errorf("%s with a copy %v: %v", c.file.Type, c.file.Clean != nil, got)
		}
	}
}

func TestABoxOpensOnlyWithItsKeyAtItsPlace(t *testing.T) {
	d, err := draftKeys("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
	if err != nil {
		t.Fatal(err)
	}
	other, err := draftKeys("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE")
	if err != nil {
		t.Fatal(err)
	}
	if d.id == other.id || d.key == other.key || d.token == other.token || d.id == [32]byte(d.key) {
		t.Error("two cookies lead to the same")
	}
	box, err := closeBox(d.key, []byte("here"), 4096, "words")
	if err != nil {
		t.Fatal(err)
	}
	var got string
	if err := openBox(d.key, []byte("here"), box, &got); err != nil || got != "words" {
		t.Errorf("%q, %v", got, err)
	}
	if openBox(d.key, []byte("there"), box, &got) == nil || openBox(other.key, []byte("here"), box, &got) == nil {
		t.Error("it opens elsewhere")
	}
	long, err := closeBox(d.key, []byte("here"), 4096, string(make([]byte, 300)))
	if err != nil || len(long) != len(box) {
		t.Errorf("sizes %d and %d tell how much was written", len(box), len(long))
	}
}

func TestAClientIsOneSubscriber(t *testing.T) {
	for a, b := range map[string]string{"203.0.113.7": "203.0.113.7", "::ffff:203.0.113.7": "203.0.113.7",
		"2001:db8:1:2:3::4": "2001:db8:1:2::/64", "2001:db8:1:2:ffff::9": "2001:db8:1:2::/64"} {
		if got := clientOf(a); got != b {
			t.Errorf("%s is counted as %s", a, got)
		}
	}
	if clientOf("strange") == clientOf("other") {
		t.Error("two strange addresses are one client")
	}
}
