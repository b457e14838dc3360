package attachment

import (
	"bytes"
	"slices"
)

// cleanBoxes blanks what an ISO media file says about itself, in place, so that every
// offset stays right: user data and metadata boxes (title, place, device) become empty
// "free" boxes, free space is zeroed, and the instants of making become zero. The sound
// and pictures are not touched.
//
// A film with any other track than pictures and sound (telephones and action cameras
// write the route into one) cannot be cleaned.
func cleanBoxes(data []byte) ([]byte, bool) {
	top, err := boxes(data, 0, len(data))
	if err != nil {
		return nil, false
	}
	kinds, err := trackKinds(data, top)
	if err != nil || len(kinds) == 0 {
		return nil, false
	}
	for _, k := range kinds {
		if k != "vide" && k != "soun" {
			return nil, false
		}
	}
	out := bytes.Clone(data)
	return out, blankBoxes(out, 0, len(out), 0) == nil
}

// boxesBelow are the boxes in which there is more to blank.
var boxesBelow = []string{"moov", "trak", "mdia", "moof", "traf"}

// boxesBlank tell about the film and are not needed to play it.
var boxesBlank = []string{"udta", "meta", "uuid", "free", "skip", "wide"}

// maxDepth is deeper than any real file nests.
const maxDepth = 10

func blankBoxes(data []byte, from, to, depth int) error {
	if depth > maxDepth {
		return damaged
	}
	list, err := boxes(data, from, to)
	if err != nil {
		return err
	}
	for _, b := range list {
		switch {
		case slices.Contains(boxesBlank, b.kind):
			copy(data[b.from+4:], "free")
			clear(data[b.body:b.to])
		case slices.Contains(boxesBelow, b.kind):
			err = blankBoxes(data, b.body, b.to, depth+1)
		case b.kind == "mvhd" || b.kind == "tkhd" || b.kind == "mdhd":
			blankInstants(data[b.body:b.to])
		case b.kind == "hdlr" && b.to-b.body > 24:
			clear(data[b.body+24 : b.to]) // the name of the handler: often the device's
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// blankInstants zeroes when the film was made and changed: 4 bytes each, or 8 in
// version 1.
func blankInstants(header []byte) {
	size := 8
	if len(header) > 0 && header[0] == 1 {
		size = 16
	}
	if len(header) >= 4+size {
		clear(header[4 : 4+size])
	}
}
