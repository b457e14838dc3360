package attachment

import (
	"strings"
	"testing"
)

func TestPDFTokens(t *testing.T) {
	for in, want := range map[string]string{
		"1 0 obj":              "w:1 w:0 w:obj",
		"/Name/Other":          "n:Name n:Other",
		"/A#20B /C#zz /D#":     "n:A B n:C#zz n:D#",
		"(a (b) \\) \\\\) 7":   "s:(a (b) \\) \\\\) w:7",
		"<48 65> <</K[1 2]>>":  "s:<48 65> o:<< n:K o:[ w:1 w:2 c:] c:>>",
		"% comment (\n1":       "w:1",
		"%to the end":          "",
		"<zz> }":               "i:< w:zz i:> i:}",
		"(never closed":        "s:(never closed",
		"1\x002\f3\r\n":        "w:1 w:2 w:3",
		"true(x)false/N[null]": "w:true s:(x) w:false n:N o:[ w:null c:]",
	} {
		var got []string
		for at := 0; ; {
			tok := lexPDF([]byte(in), at)
			if tok.kind == tokEnd {
				break
			}
			letter := "?wnsoci"[tok.kind]
			got = append(got, string(letter)+":"+tok.text([]byte(in)))
			at = tok.to
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestPDFDictionaries(t *testing.T) {
	data := []byte("<< /Type /Page /Kids [1 0 R << /X 1 >> ] /Parent 12 0 R /N 3 /M << /A << >> >> /S (x) /Last null >> tail")
	d, end, ok := readDictionary(data, 0)
	if !ok || !strings.HasPrefix(string(data[end:]), " tail") {
		t.Fatalf("ok %v, rest %q", ok, data[end:])
	}
	if d.name(data, "Type") != "Page" || d.name(data, "N") != "" || d.name(data, "None") != "" {
		t.Errorf("names: %+v", d)
	}
	if n, ok := d.ref(data, "Parent"); !ok || n != 12 {
		t.Errorf("reference: %d %v", n, ok)
	}
	if _, ok := d.ref(data, "N"); ok {
		t.Error("a number was taken for a reference")
	}
	for _, bad := range []string{"<<", "<< /A", "<< /A 1", "<< 1 /A >>", "<< /A ] >>", "<< /A [ >>"} {
		if _, _, ok := readDictionary([]byte(bad), 0); ok {
			t.Errorf("%q was read", bad)
		}
	}
}

// A stream's length is believed only if the stream ends there.
func TestPDFStreamEnds(t *testing.T) {
	for in, want := range map[string]string{
		"<</Length 3>>stream\nabc\nendstream":            "abc",
		"<</Length 3>>stream\r\nabcendstream":            "abc",
		"<</Length 99>>stream\nabc\nendstream":           "abc",
		"<</Length 1>>stream\nabc\r\nendstream":          "abc",
		"<</Length 5 0 R>>stream\nabc\nendstream":        "abc",
		"<</Length -1>>stream\nabc\nendstream":           "abc",
		"<<>>stream\nabc":                                "abc",
		"<</Length 0>>stream\nendstream":                 "",
		"<</Length 13>>stream\nab endstream \nendstream": "ab endstream ",
	} {
		o := readObject([]byte(in), 0)
		if got := in[o.dataFrom:o.dataTo]; !o.stream || got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestBlankStrings(t *testing.T) {
	data := []byte("(outside) /A (in (side) \\) ) <fe ff0> /B () <> (outside)")
	blankStrings(data, 10, len(data)-10)
	if got, want := string(data), "(outside) /A (             ) <202020> /B () <> (outside)"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
