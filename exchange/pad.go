package exchange

import "encoding/binary"

// Sizes tell: what is stored or carried is filled up to whole steps before it is
// sealed.
const (
	TextStep  = 4 << 10   // filings, messages, folders
	ChunkStep = 256 << 10 // pieces of attachments
	// ChunkSize is the most of a file that fits in one padded chunk.
	ChunkSize = ChunkStep - padHead

	padHead = 4
)

// Pad puts the length before the content and fills it up to whole steps.
func Pad(plain []byte, step int) []byte {
	n := padHead + len(plain)
	out := make([]byte, (n+step-1)/step*step)
	binary.BigEndian.PutUint32(out, uint32(len(plain)))
	copy(out[padHead:], plain)
	return out
}

// Unpad gives the content back. It fails if Pad cannot have made it.
func Unpad(padded []byte) ([]byte, error) {
	if len(padded) < padHead {
		return nil, errSealed
	}
	n := binary.BigEndian.Uint32(padded)
	if uint64(n) > uint64(len(padded)-padHead) {
		return nil, errSealed
	}
	plain, rest := padded[padHead:padHead+int(n)], padded[padHead+int(n):]
	for _, b := range rest {
		if b != 0 {
			return nil, errSealed
		}
	}
	return plain, nil
}
