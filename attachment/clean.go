package attachment

import "math"

// Clean makes the working copy of a file that Sniff took: what its makers and their
// machines wrote into it about themselves is taken out, and what it shows stays. ok is
// false where that cannot be done; then an anonymous person is told before sending.
//
//	JPEG, PNG    only what draws the picture; a photograph lying on its side is turned
//	PDF          Info, XMP, names on annotations, Exif of photographs; see cleanPDF
//	DOCX, XLSX   properties, names of authors, Exif of photographs; see cleanOffice
//	TXT          nothing to take out
//	MP3          all tags
//	M4A, MP4     user data, metadata, instants; see cleanBoxes
//	HEIC         Exif and XMP; see cleanHEIC
//	DOC, XLS     never: names stand in too many places
//
// The result is of the same type, at most about as long, and shares no memory with data
// except for TXT.
func Clean(t Type, data []byte) (clean []byte, ok bool) {
	switch t {
	case JPEG:
		clean, ok = cleanJPEG(data)
	case PNG:
		clean, ok = cleanPNG(data)
	case PDF:
		clean, ok = cleanPDF(data)
	case DOCX, XLSX:
		clean, ok = cleanOffice(data)
	case TXT:
		return data, true
	case MP3:
		clean, ok = cleanMP3(data)
	case M4A, MP4:
		clean, ok = cleanBoxes(data)
	case HEIC:
		clean, ok = cleanHEIC(data)
	}
	if !ok || !still(t, clean) {
		return nil, false
	}
	return clean, true
}

// still tells that a working copy is a whole file of its kind: what was malformed may
// have become unreadable when it was cleaned.
func still(t Type, clean []byte) bool {
	found, err := inspect("", clean, Limits{Size: math.MaxInt64}.withDefaults())
	return err == nil && found == t
}
