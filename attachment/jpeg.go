package attachment

import (
	"bytes"
	"encoding/binary"
)

// Markers of JPEG (ITU-T T.81, table B.1) that matter here.
const (
	markSOF0 = 0xc0 // baseline
	markSOF2 = 0xc2 // progressive; 0xc1 is extended sequential
	markDHT  = 0xc4
	markEOI  = 0xd9
	markSOS  = 0xda
	markDQT  = 0xdb
	markDRI  = 0xdd
	markAPP0 = 0xe0 // JFIF
	markAPP1 = 0xe1 // Exif, XMP
	markAPPE = 0xee // Adobe: says how colours are coded
)

// maxSegments and maxScans keep crafted files from being slow; a photograph has some
// dozens of segments and at most some ten scans.
const (
	maxSegments = 5000
	maxScans    = 200
)

// segment is a marker with its length and content; after markSOS also the coded image
// data that follows.
type segment struct {
	marker   byte
	from, to int
}

// body is the content after marker and length.
func (s segment) body(data []byte) []byte { return data[s.from+4 : s.to] }

// jpegImage is what the segments say.
type jpegImage struct {
	segments      []segment
	end           int // after the end-of-image marker
	frame         byte
	width, height int
	components    int
	orientation   int // 1–8 as in Exif; 1 if nothing is said
}

func inspectJPEG(data []byte, limits Limits) (Type, error) {
	img, err := readJPEG(data)
	if err != nil {
		return "", err
	}
	return JPEG, limits.checkPixels(int64(img.width), int64(img.height))
}

// readJPEG walks over all segments. It fails with damaged where they do not hang
// together, and with wrongType for the lossless and arithmetic kinds that no browser
// shows.
func readJPEG(data []byte) (jpegImage, error) {
	img := jpegImage{orientation: 1}
	scans := 0
	at := 2
	for {
		s, err := nextSegment(data, at)
		if err != nil {
			return img, err
		}
		if s.marker == markEOI {
			img.end = s.to
			break
		}
		if s.marker == markSOS {
			s.to = scanEnd(data, s.to)
			scans++
		}
		img.segments = append(img.segments, s)
		if err := img.note(s, data); err != nil {
			return img, err
		}
		if len(img.segments) > maxSegments || scans > maxScans {
			return img, bomb
		}
		at = s.to
	}
	if img.frame == 0 || scans == 0 {
		return img, damaged
	}
	return img, nil
}

// note takes from a segment what the image is.
func (img *jpegImage) note(s segment, data []byte) error {
	body := data[min(s.from+4, s.to):s.to]
	switch {
	case s.marker >= markSOF0 && s.marker <= markSOF2:
		if len(body) < 6 || img.frame != 0 {
			return damaged
		}
		img.frame = s.marker
		img.height = int(binary.BigEndian.Uint16(body[1:]))
		img.width = int(binary.BigEndian.Uint16(body[3:]))
		img.components = int(body[5])
	case s.marker > markSOF2 && s.marker <= 0xcf && s.marker != markDHT && s.marker != 0xcc:
		return wrongType
	case s.marker == markAPP1 && img.orientation == 1:
		img.orientation = exifOrientation(body)
	}
	return nil
}

// nextSegment finds the marker at or after at.
func nextSegment(data []byte, at int) (segment, error) {
	i := bytes.IndexByte(data[min(at, len(data)):], 0xff)
	if i < 0 {
		return segment{}, damaged
	}
	for at += i; at+1 < len(data) && data[at+1] == 0xff; at++ {
	}
	switch {
	case at+1 >= len(data):
		return segment{}, damaged
	case data[at+1] == markEOI:
		return segment{marker: markEOI, from: at, to: at + 2}, nil
	case data[at+1] < markSOF0 || (data[at+1] >= 0xd0 && data[at+1] < markEOI), at+4 > len(data):
		return segment{}, damaged
	}
	length := int(binary.BigEndian.Uint16(data[at+2:]))
	if length < 2 || at+2+length > len(data) {
		return segment{}, damaged
	}
	return segment{marker: data[at+1], from: at, to: at + 2 + length}, nil
}

// scanEnd is where the coded image data that begins at from ends: at the next marker
// that is neither a stuffed byte nor a restart marker.
func scanEnd(data []byte, from int) int {
	for at := from; ; at += 2 {
		i := bytes.IndexByte(data[min(at, len(data)):], 0xff)
		if i < 0 || at+i+1 >= len(data) {
			return len(data)
		}
		at += i
		if m := data[at+1]; m != 0 && (m < 0xd0 || m > 0xd7) {
			return at
		}
	}
}

const exifMagic = "Exif\x00\x00"

// exifOrientation reads tag 0x0112 of the first directory of an Exif segment; 1 where
// there is none.
func exifOrientation(body []byte) int {
	tiff, ok := bytes.CutPrefix(body, []byte(exifMagic))
	if !ok || len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if string(tiff[:2]) == "II" {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 1
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < 12 {
			break
		}
		if order.Uint16(entries) == 0x0112 {
			if o := order.Uint16(entries[8:]); o >= 1 && o <= 8 {
				return int(o)
			}
		}
		entries = entries[12:]
	}
	return 1
}
