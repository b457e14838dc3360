package attachment

import (
	"archive/zip"
	"bytes"
)

// Sniff decides by its content alone what a file is. It checks, in this order:
//
//  1. that there is something, and no more than the limit;
//  2. that the opening bytes are those of a kind that is taken;
//  3. that the structure of that kind holds to the end of the file, is not protected by
//     a password, carries no macros or scripts, and does not unfold beyond the limits
//     (inspect functions in jpeg.go, png.go, pdf.go, office.go, cfb.go, boxes.go, mp3.go);
//  4. for plain text, which is known only by the absence of anything else, that it is
//     not a program or a page and that its name does not say so either (text.go);
//  5. that it is not at the same time a second thing: a zip archive or a PDF hidden in a
//     file of another kind.
//
// name is the display name, for the message and for 4. The error is an Invalid
// petition.Error with a problem at Field.
func Sniff(name string, data []byte, limits Limits) (Type, error) {
	limits = limits.withDefaults()
	t, err := inspect(name, data, limits)
	if err != nil {
		return "", refusal(err, name, limits)
	}
	return t, nil
}

// kinds are the openings of the kinds that are taken, each with what looks further.
var kinds = []struct {
	opens   func([]byte) bool
	inspect func([]byte, Limits) (Type, error)
}{
	{opensWith("\xff\xd8\xff"), inspectJPEG},
	{opensWith(pngMagic), inspectPNG},
	{opensWith("%PDF-"), inspectPDF},
	{opensWith("PK\x03\x04"), inspectOffice},
	{opensWith(cfbMagic), inspectCFB},
	{opensWithBox, inspectBoxes},
	{opensMP3, inspectMP3},
}

func opensWith(magic string) func([]byte) bool {
	return func(data []byte) bool { return bytes.HasPrefix(data, []byte(magic)) }
}

func inspect(name string, data []byte, limits Limits) (Type, error) {
	switch {
	case len(data) == 0:
		return "", empty
	case int64(len(data)) > limits.Size:
		return "", tooBig
	}
	for _, k := range kinds {
		if !k.opens(data) {
			continue
		}
		t, err := k.inspect(data, limits)
		if err == nil && t != DOCX && t != XLSX && twoFaced(t, data) { // those are zips
			err = wrongType
		}
		return t, err
	}
	return inspectText(name, data)
}

// archives are signatures, long enough never to occur by chance, by which unpacking
// programs find an archive behind or inside another file.
var archives = []string{"Rar!\x1a\x07", "7z\xbc\xaf\x27\x1c"}

// twoFaced tells whether a file that was recognised would also open as an archive (a zip
// is read from its end) or as a PDF (found by some readers within the first 1,024 bytes).
func twoFaced(t Type, data []byte) bool {
	if t != PDF && bytes.Contains(data[:min(len(data), 1024+5)], []byte("%PDF-")) {
		return true
	}
	for _, a := range archives {
		if bytes.Contains(data, []byte(a)) {
			return true
		}
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	return err == nil && len(archive.File) > 0
}
