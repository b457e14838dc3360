package attachment

import "bytes"

// framesNeeded in a row make a file an MP3; chance does not produce them.
const framesNeeded = 3

// searchFrames is how far after its tag a recording may begin.
const searchFrames = 64 << 10

// Bit rates in kbit/s of layer III by index: version 1, and versions 2 and 2.5.
var bitRates = [2][16]int{
	{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0},
	{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0},
}

var sampleRates = [3]int{44100, 48000, 32000} // of version 1; half in 2, a quarter in 2.5

// opensMP3 looks only at the first bytes: a tag or a frame header.
func opensMP3(data []byte) bool {
	return bytes.HasPrefix(data, []byte("ID3")) || frameLength(data) > 0
}

func inspectMP3(data []byte, _ Limits) (Type, error) {
	if _, ok := firstFrame(data); !ok {
		return "", damaged
	}
	return MP3, nil
}

// cleanMP3 keeps the frames and nothing else: no tag of any kind before, between or
// after them. ok is false where less than half of the file is frames.
func cleanMP3(data []byte) ([]byte, bool) {
	at, ok := firstFrame(data)
	if !ok {
		return nil, false
	}
	sound := data[at:]
	out := make([]byte, 0, len(sound))
	inStep := true
	for at = 0; at < len(sound); {
		n := frameLength(sound[at:])
		// After a gap one header is not enough: a tag may hold something like it.
		inStep = n > 0 && at+n <= len(sound) && (inStep || framesAt(sound[at:]) > 1)
		if !inStep {
			at++
			continue
		}
		out = append(out, sound[at:at+n]...)
		at += n
	}
	return out, len(out) > len(sound)/2
}

// firstFrame finds where the sound begins.
func firstFrame(data []byte) (at int, ok bool) {
	start := tagLength(data)
	for at = start; at < len(data) && at < start+searchFrames; at++ {
		if framesAt(data[at:]) >= framesNeeded {
			return at, true
		}
	}
	return 0, false
}

// framesAt counts whole frames in a row, up to framesNeeded.
func framesAt(data []byte) int {
	count := 0
	for count < framesNeeded {
		n := frameLength(data)
		if n == 0 || n > len(data) {
			break
		}
		data = data[n:]
		count++
	}
	return count
}

// tagLength is the length of the ID3v2 tag that a file begins with, 0 if none. Its size
// has seven bits in each byte.
func tagLength(data []byte) int {
	if len(data) < 10 || string(data[:3]) != "ID3" {
		return 0
	}
	n := 0
	for _, b := range data[6:10] {
		n = n<<7 | int(b&0x7f)
	}
	if data[5]&0x10 != 0 { // a footer repeats the header
		n += 10
	}
	return min(n+10, len(data))
}

// frameLength is the length of the layer III frame whose header data begins with; 0 if
// there is none. (ISO/IEC 11172-3, 2.4.1.3 and 2.4.2.3.)
func frameLength(data []byte) int {
	if len(data) < 4 || data[0] != 0xff || data[1]&0xe0 != 0xe0 {
		return 0
	}
	version, layer := data[1]>>3&3, data[1]>>1&3 // version 3: 1, 2: 2, 0: 2.5; layer 1: III
	rate, sample, emphasis := data[2]>>4, data[2]>>2&3, data[3]&3
	if version == 1 || layer != 1 || sample == 3 || emphasis == 2 {
		return 0
	}
	hertz, samples, table := sampleRates[sample], 144, 0
	if version != 3 {
		hertz, samples, table = hertz/2, 72, 1
	}
	if version == 0 {
		hertz /= 2
	}
	kbits := bitRates[table][rate]
	if kbits == 0 {
		return 0
	}
	return samples*kbits*1000/hertz + int(data[2]>>1&1)
}
