package attachment

import (
	"bytes"
	"image"
	"image/jpeg"
	"sync"
)

// turnPixels is the largest photograph that is turned upright by decoding it; with the
// lock below it bounds the memory for that to about 150 MB in the whole program.
const turnPixels = 24_000_000

// turnQuality keeps small print on a photographed letter legible.
const turnQuality = 92

var turning sync.Mutex

// cleanJPEG leaves only what is needed to draw the picture: no Exif, XMP, IPTC,
// comments, colour profiles (a screen's profile can name its owner), previews, and
// nothing after the end of the image (a phone's motion clip, an archive).
//
// A photograph that Exif says to turn is turned and coded anew. One that is too large
// for that, or of a kind that would lose much by it (progressive, four colours), is kept
// as it is, with a bare orientation tag as its only Exif entry.
func cleanJPEG(data []byte) ([]byte, bool) {
	img, err := readJPEG(data)
	if err != nil {
		return nil, false
	}
	if img.orientation != 1 && img.turnable() {
		if out, err := turnJPEG(data, img.orientation); err == nil {
			return out, true
		}
	}
	return stripJPEG(data, img), true
}

func (img jpegImage) turnable() bool {
	return img.frame != markSOF2 && (img.components == 1 || img.components == 3) &&
		img.width*img.height <= turnPixels
}

// stripJPEG copies the segments that draw the picture, bit for bit.
func stripJPEG(data []byte, img jpegImage) []byte {
	out := bytes.NewBuffer(make([]byte, 0, img.end))
	out.Write(data[:2])
	if img.orientation != 1 {
		out.Write(orientationSegment(img.orientation))
	}
	for _, s := range img.segments {
		switch {
		case s.marker == markAPP0:
			out.Write(jfifSegment(s.body(data)))
		case s.marker == markAPPE:
			out.Write(adobeSegment(s.body(data)))
		case s.marker >= markSOF0 && s.marker <= markSOF2, s.marker == markDHT, s.marker == markDQT,
			s.marker == markDRI, s.marker == markSOS:
			out.Write(data[s.from:s.to])
		}
	}
	out.Write([]byte{0xff, markEOI})
	return out.Bytes()
}

// jfifSegment is the JFIF header without its preview picture.
func jfifSegment(body []byte) []byte {
	if !bytes.HasPrefix(body, []byte("JFIF\x00")) || len(body) < 14 {
		return nil
	}
	return append(append([]byte{0xff, markAPP0, 0, 16}, body[:12]...), 0, 0)
}

// adobeSegment says how colours are coded; 12 bytes, whatever follows them.
func adobeSegment(body []byte) []byte {
	if !bytes.HasPrefix(body, []byte("Adobe")) || len(body) < 12 {
		return nil
	}
	return append([]byte{0xff, markAPPE, 0, 14}, body[:12]...)
}

// orientationSegment is the smallest Exif segment: one directory with one entry.
func orientationSegment(orientation int) []byte {
	return append([]byte("\xff\xe1\x00\x22"+exifMagic+"MM\x00\x2a\x00\x00\x00\x08"+
		"\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00"),
		byte(orientation), 0, 0, 0, 0, 0, 0)
}

// turnJPEG decodes, turns and codes anew.
func turnJPEG(data []byte, orientation int) ([]byte, error) {
	turning.Lock()
	defer turning.Unlock()
	img, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	turned, err := turn(img, orientation)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = jpeg.Encode(&out, turned, &jpeg.Options{Quality: turnQuality})
	return out.Bytes(), err
}

// turn makes a picture upright that Exif says to turn (orientations 2–8).
func turn(img image.Image, orientation int) (image.Image, error) {
	size := img.Bounds().Size()
	across := orientation >= 5 // width and height change places
	if across {
		size.X, size.Y = size.Y, size.X
	}
	switch from := img.(type) {
	case *image.Gray:
		to := image.NewGray(image.Rectangle{Max: size})
		turnPlane(plane{to.Pix, to.Stride}, plane{from.Pix, from.Stride}, size.X, size.Y, orientation)
		return to, nil
	case *image.YCbCr:
		ratio, ok := from.SubsampleRatio, true
		if across {
			ratio, ok = turnedRatio(ratio)
		}
		if !ok {
			return nil, wrongType
		}
		to := image.NewYCbCr(image.Rectangle{Max: size}, ratio)
		turnPlane(plane{to.Y, to.YStride}, plane{from.Y, from.YStride}, size.X, size.Y, orientation)
		w, h := to.CStride, len(to.Cb)/max(to.CStride, 1)
		turnPlane(plane{to.Cb, to.CStride}, plane{from.Cb, from.CStride}, w, h, orientation)
		turnPlane(plane{to.Cr, to.CStride}, plane{from.Cr, from.CStride}, w, h, orientation)
		return to, nil
	}
	return nil, wrongType
}

// turnedRatio swaps how much finer colours are across than down. The ratios that are
// four times coarser across have no turned counterpart in Go; ok is false, and the
// caller keeps such a picture as it is.
func turnedRatio(r image.YCbCrSubsampleRatio) (turned image.YCbCrSubsampleRatio, ok bool) {
	switch r {
	case image.YCbCrSubsampleRatio422:
		return image.YCbCrSubsampleRatio440, true
	case image.YCbCrSubsampleRatio440:
		return image.YCbCrSubsampleRatio422, true
	}
	return r, r == image.YCbCrSubsampleRatio444 || r == image.YCbCrSubsampleRatio420
}

// plane is one component of a picture, row by row.
type plane struct {
	pix    []byte
	stride int
}

// turnPlane fills to, w × h, from the plane that is to be turned.
func turnPlane(to, from plane, w, h, orientation int) {
	for y := range h {
		for x := range w {
			fx, fy := source(x, y, w, h, orientation)
			to.pix[y*to.stride+x] = from.pix[fy*from.stride+fx]
		}
	}
}

// source is where the pixel (x, y) of the upright picture, w × h, stands in the picture
// as it was stored.
func source(x, y, w, h, orientation int) (int, int) {
	switch orientation {
	case 2: // mirrored
		return w - 1 - x, y
	case 3: // upside down
		return w - 1 - x, h - 1 - y
	case 4: // mirrored, upside down
		return x, h - 1 - y
	case 5: // mirrored, lying to the left
		return y, x
	case 6: // turn to the right
		return y, w - 1 - x
	case 7: // mirrored, lying to the right
		return h - 1 - y, w - 1 - x
	case 8: // turn to the left
		return h - 1 - y, x
	}
	return x, y
}
