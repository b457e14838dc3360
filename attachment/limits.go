package attachment

import (
	"strconv"

	"huiyin/petition"
)

// Limits bounds what one file may be. A zero field means its default.
type Limits struct {
	Size     int64 // bytes of the file; default petition.MaxFileSize, 20 MiB
	Pixels   int64 // width × height of an image; default 100 million
	Unpacked int64 // bytes of all parts of an Office file; default 200 MiB
	Parts    int   // number of parts of an Office file; default 3,000

	Scanner Scanner // asked about every file; nil: none
}

const mebibyte = 1 << 20

func (l Limits) withDefaults() Limits {
	if l.Size <= 0 {
		l.Size = petition.MaxFileSize
	}
	if l.Pixels <= 0 {
		l.Pixels = 100_000_000
	}
	if l.Unpacked <= 0 {
		l.Unpacked = 200 * mebibyte
	}
	if l.Parts <= 0 {
		l.Parts = 3000
	}
	return l
}

func (l Limits) megabytes() string { return strconv.FormatInt(l.Size/mebibyte, 10) }

// checkPixels refuses images that unfold to more pixels than a reader's machine can
// hold, and images of no size.
func (l Limits) checkPixels(width, height int64) error {
	switch {
	case width <= 0 || height <= 0:
		return damaged
	case width > l.Pixels || height > l.Pixels/width:
		return bomb
	}
	return nil
}
