package attachment

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"slices"
)

const pngMagic = "\x89PNG\r\n\x1a\n"

// pngDrawn are the chunks that the picture is drawn from. Everything else is left out of
// the working copy: text, Exif, time, colour profiles (iCCP; a screen's profile can name
// its owner), suggested palettes (sPLT, which have names) and all private chunks.
var pngDrawn = []string{"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "sBIT",
	"bKGD", "pHYs", "hIST", "acTL", "fcTL", "fdAT"}

// maxChunks keeps crafted files from being slow.
const maxChunks = 100_000

func inspectPNG(data []byte, limits Limits) (Type, error) {
	var order []string // first, and whether image data was seen
	err := walkPNG(data, func(kind string, chunk []byte) error {
		if len(order) == 0 || kind == "IDAT" && len(order) == 1 {
			order = append(order, kind)
		}
		if kind != "IHDR" {
			return nil
		}
		if len(order) != 1 || len(chunk) != 12+13 {
			return damaged
		}
		return limits.checkPixels(int64(binary.BigEndian.Uint32(chunk[8:])), int64(binary.BigEndian.Uint32(chunk[12:])))
	})
	if err != nil {
		return "", err
	}
	if !slices.Equal(order, []string{"IHDR", "IDAT"}) {
		return "", damaged
	}
	return PNG, nil
}

// cleanPNG copies the chunks that the picture is drawn from, bit for bit.
func cleanPNG(data []byte) ([]byte, bool) {
	out := bytes.NewBuffer(make([]byte, 0, len(data)))
	out.WriteString(pngMagic)
	err := walkPNG(data, func(kind string, chunk []byte) error {
		if slices.Contains(pngDrawn, kind) {
			out.Write(chunk)
		}
		return nil
	})
	return out.Bytes(), err == nil
}

// walkPNG visits each chunk with its length and checksum, up to and including IEND. It
// fails with damaged where a chunk is cut off, has a wrong checksum, or IEND is missing.
func walkPNG(data []byte, visit func(kind string, chunk []byte) error) error {
	at := len(pngMagic)
	for range maxChunks {
		if at+12 > len(data) {
			return damaged
		}
		length := int64(binary.BigEndian.Uint32(data[at:]))
		if length > int64(len(data)-at-12) {
			return damaged
		}
		chunk := data[at : at+12+int(length)]
		sum := len(chunk) - 4
		if crc32.ChecksumIEEE(chunk[4:sum]) != binary.BigEndian.Uint32(chunk[sum:]) {
			return damaged
		}
		kind := string(chunk[4:8])
		if err := visit(kind, chunk); err != nil {
			return err
		}
		if kind == "IEND" {
			return nil
		}
		at += len(chunk)
	}
	return bomb
}
