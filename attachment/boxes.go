package attachment

import (
	"encoding/binary"
	"slices"
)

// box is a part of an ISO media file (ISO/IEC 14496-12): HEIC, M4A and MP4 are made of
// boxes within boxes.
type box struct {
	kind           string
	from, body, to int
}

// maxBoxes keeps crafted files from being slow: most boxes at one level.
const maxBoxes = 20_000

// opensWithBox tells that the file begins with a file type box.
func opensWithBox(data []byte) bool {
	return len(data) >= 16 && data[0] == 0 && string(data[4:8]) == "ftyp"
}

// boxes lists the boxes from one offset to another. It fails with damaged where one
// reaches beyond the end.
func boxes(data []byte, from, to int) ([]box, error) {
	var list []box
	for at := from; at < to; {
		if to-at < 8 || len(list) >= maxBoxes {
			return nil, damaged
		}
		b := box{kind: string(data[at+4 : at+8]), from: at, body: at + 8}
		size := uint64(binary.BigEndian.Uint32(data[at:]))
		switch {
		case size == 0: // reaches to the end
			size = uint64(to - at)
		case size == 1 && to-at >= 16: // a longer length follows
			size = binary.BigEndian.Uint64(data[at+8:])
			b.body += 8
		}
		if size < uint64(b.body-at) || size > uint64(to-at) {
			return nil, damaged
		}
		b.to = at + int(size)
		list = append(list, b)
		at = b.to
	}
	return list, nil
}

// within lists the boxes inside a path of boxes, e.g. ("mdia", "hdlr"), below those
// given. Boxes that do not hold only boxes skip their own fields first.
func within(data []byte, list []box, path ...string) ([]box, error) {
	for _, kind := range path {
		var below []box
		for _, b := range list {
			if b.kind != kind {
				continue
			}
			kids, err := boxes(data, min(b.body+fields(kind), b.to), b.to)
			if err != nil {
				return nil, err
			}
			below = append(below, kids...)
			if len(below) > maxBoxes {
				return nil, damaged
			}
		}
		list = below
	}
	return list, nil
}

// fields is the number of bytes of a box's own before the boxes in it. (meta has
// version and flags in ISO files; QuickTime's, without them, is not taken.)
func fields(kind string) int {
	if kind == "meta" {
		return 4
	}
	return 0
}

// Brands of the file type box.
var (
	heicBrands = []string{"heic", "heix", "heim", "heis"}
	mp4Brands  = []string{"isom", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9",
		"mp41", "mp42", "avc1", "M4V ", "MSNV", "dash", "M4A ", "M4B "}
	otherBrands = []string{ // whatever else such a file says it is compatible with
		"qt  ", "avif", "avis", "crx ", "jp2 ", "jpx ", "mj2s", "M4P "}
)

func inspectBoxes(data []byte, limits Limits) (Type, error) {
	top, err := boxes(data, 0, len(data))
	if err != nil {
		return "", err
	}
	major, all := brands(data[top[0].body:top[0].to])
	switch {
	case slices.Contains(otherBrands, major):
		return "", wrongType
	case anyOf(all, heicBrands) && (slices.Contains(heicBrands, major) || major == "mif1"):
		return HEIC, inspectHEIC(data, top, limits)
	case slices.Contains(mp4Brands, major) || anyOf(all, mp4Brands) && major[:2] != "3g":
		return inspectMP4(data, top)
	}
	return "", wrongType
}

// brands reads a file type box: the main brand, and all of them.
func brands(body []byte) (major string, all []string) {
	if len(body) < 8 {
		return "none", nil
	}
	major = string(body[:4])
	all = append(all, major)
	for at := 8; at+4 <= len(body) && len(all) < 64; at += 4 {
		all = append(all, string(body[at:at+4]))
	}
	return major, all
}

func anyOf(have, want []string) bool {
	return slices.ContainsFunc(have, func(s string) bool { return slices.Contains(want, s) })
}

// inspectHEIC checks that the picture's properties are there and its size is bearable.
func inspectHEIC(data []byte, top []box, limits Limits) error {
	props, err := within(data, top, "meta", "iprp", "ipco")
	if err != nil {
		return err
	}
	sized := false
	for _, p := range props {
		if p.kind != "ispe" {
			continue
		}
		if p.to-p.body < 12 {
			return damaged
		}
		width, height := binary.BigEndian.Uint32(data[p.body+4:]), binary.BigEndian.Uint32(data[p.body+8:])
		if err := limits.checkPixels(int64(width), int64(height)); err != nil {
			return err
		}
		sized = true
	}
	if !sized {
		return damaged
	}
	return nil
}

// inspectMP4 tells film from sound by the tracks.
func inspectMP4(data []byte, top []box) (Type, error) {
	kinds, err := trackKinds(data, top)
	if err != nil {
		return "", err
	}
	media := slices.ContainsFunc(top, func(b box) bool { return b.kind == "mdat" })
	switch {
	case !media || len(kinds) == 0:
		return "", damaged
	case slices.Contains(kinds, "vide"):
		return MP4, nil
	case slices.Contains(kinds, "soun"):
		return M4A, nil
	}
	return "", wrongType
}

// trackKinds is the handler of each track: vide, soun, …
func trackKinds(data []byte, top []box) ([]string, error) {
	headers, err := within(data, top, "moov", "trak", "mdia")
	if err != nil {
		return nil, err
	}
	var kinds []string
	for _, h := range headers {
		if h.kind == "hdlr" && h.to-h.body >= 12 {
			kinds = append(kinds, string(data[h.body+8:h.body+12]))
		}
	}
	return kinds, nil
}
