package attachment

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
)

// cfbMagic opens a compound file ([MS-CFB] 2.2): a small file system in a file, in which
// Word and Excel stored documents until 2007, and in which they still wrap newer ones
// that have a password.
const cfbMagic = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// Special sector numbers.
const (
	lastSector = 0xfffffffa // larger ones are marks: free, end of chain, table
	dirEntry   = 128        // bytes of a directory entry
	miniSector = 64
	miniLimit  = 4096 // smaller streams are in the mini stream
)

// Kinds of directory entries.
const (
	cfbStorage = 1
	cfbStream  = 2
	cfbRoot    = 5
)

// compound is a compound file opened for looking.
type compound struct {
	data    []byte
	sector  int      // bytes of a sector
	table   []uint32 // next sector of each
	mini    []uint32 // next mini sector of each
	entries []cfbEntry
}

type cfbEntry struct {
	name  string
	kind  byte
	start uint32
	size  uint64
}

// openCompound reads the tables and the directory. It fails with damaged where they
// point outside the file or in circles.
func openCompound(data []byte) (*compound, error) {
	if len(data) < 512 {
		return nil, damaged
	}
	c := &compound{data: data, sector: 512}
	switch shift := binary.LittleEndian.Uint16(data[30:]); shift {
	case 9:
	case 12:
		c.sector = 4096
	default:
		return nil, damaged
	}
	if err := c.readTable(); err != nil {
		return nil, err
	}
	directory, err := c.chain(binary.LittleEndian.Uint32(data[48:]), len(data))
	if err != nil {
		return nil, err
	}
	for ; len(directory) >= dirEntry; directory = directory[dirEntry:] {
		c.entries = append(c.entries, readEntry(directory[:dirEntry]))
	}
	if len(c.entries) == 0 || c.entries[0].kind != cfbRoot {
		return nil, damaged
	}
	mini, err := c.chain(binary.LittleEndian.Uint32(data[60:]), len(data))
	if err != nil {
		return nil, err
	}
	c.mini = words(mini)
	return c, nil
}

// readTable joins the sectors of the allocation table; the first 109 are listed in the
// header, the rest in a chain of sectors.
func (c *compound) readTable() error {
	listed := words(c.data[76:512])
	next := binary.LittleEndian.Uint32(c.data[68:])
	for range len(c.data) / c.sector {
		if next >= lastSector {
			break
		}
		s, err := c.at(next)
		if err != nil {
			return err
		}
		more := words(s)
		next = more[len(more)-1]
		listed = append(listed, more[:len(more)-1]...)
	}
	for _, n := range listed {
		if n >= lastSector {
			continue
		}
		s, err := c.at(n)
		if err != nil {
			return err
		}
		c.table = append(c.table, words(s)...)
		if len(c.table) > len(c.data)/c.sector+c.sector {
			break // more than there are sectors: the rest is padding
		}
	}
	return nil
}

// at is a sector's bytes; the last one of a file may be short.
func (c *compound) at(n uint32) ([]byte, error) {
	from := (int64(n) + 1) * int64(c.sector)
	if from >= int64(len(c.data)) {
		return nil, damaged
	}
	s := c.data[from:min(from+int64(c.sector), int64(len(c.data)))]
	if len(s) < 4 {
		return nil, damaged
	}
	return s, nil
}

// chain joins the sectors of a stream, up to so many bytes.
func (c *compound) chain(n uint32, most int) ([]byte, error) {
	var out []byte
	for n < lastSector && len(out) < most {
		s, err := c.at(n)
		// A chain longer than all sectors together goes in a circle.
		if err != nil || int64(n) >= int64(len(c.table)) || len(out)+len(s) > len(c.data)-c.sector {
			return nil, damaged
		}
		out = append(out, s...)
		n = c.table[n]
	}
	return out[:min(len(out), most)], nil
}

// read is the first bytes of a stream, at most so many.
func (c *compound) read(e cfbEntry, most int) ([]byte, error) {
	most = int(min(uint64(most), e.size))
	if e.size >= miniLimit {
		return c.chain(e.start, most)
	}
	store, err := c.chain(c.entries[0].start, len(c.data))
	if err != nil {
		return nil, err
	}
	var out []byte
	for n := int64(e.start); n < lastSector && len(out) < most; {
		if n >= int64(len(c.mini)) || (n+1)*miniSector > int64(len(store)) {
			return nil, damaged
		}
		out = append(out, store[n*miniSector:(n+1)*miniSector]...)
		n = int64(c.mini[n])
	}
	return out[:min(len(out), most)], nil
}

func readEntry(raw []byte) cfbEntry {
	n := min(binary.LittleEndian.Uint16(raw[64:]), 64) / 2
	units := make([]uint16, 0, 32)
	for i := range n {
		units = append(units, binary.LittleEndian.Uint16(raw[2*i:]))
	}
	name := strings.TrimRight(string(utf16.Decode(units)), "\x00")
	return cfbEntry{name: name, kind: raw[66], start: binary.LittleEndian.Uint32(raw[116:]),
		size: uint64(binary.LittleEndian.Uint32(raw[120:]))}
}

func words(raw []byte) []uint32 {
	list := make([]uint32, len(raw)/4)
	for i := range list {
		list[i] = binary.LittleEndian.Uint32(raw[4*i:])
	}
	return list
}

// Names of entries in a compound file that carry macros or packed programs.
var cfbPrograms = []string{"macros", "_vba_project_cur", "_vba_project", "vba", "vbaproject", "\x01ole10native"}

// inspectCFB takes Word 97–2003 and Excel 97–2003 documents. It checks that the file
// system holds together, that nothing in it is a macro or a packed program, and that the
// document is not encrypted.
func inspectCFB(data []byte, _ Limits) (Type, error) {
	c, err := openCompound(data)
	if err != nil {
		return "", err
	}
	if bytes.Contains(data, packager) {
		return "", active
	}
	var t Type
	var main cfbEntry
	for _, e := range c.entries {
		name := strings.ToLower(e.name)
		for _, p := range cfbPrograms {
			if name == p && e.kind != 0 {
				return "", active
			}
		}
		switch {
		case e.kind != cfbStream:
		case name == "encryptedpackage" || name == "encryptioninfo":
			return "", locked
		case name == "worddocument" && t == "":
			t, main = DOC, e
		case (name == "workbook" || name == "book") && t == "":
			t, main = XLS, e
		case name == "powerpoint document", strings.HasPrefix(name, "__properties_version"), name == "quill":
			return "", wrongType
		}
	}
	if t == "" {
		return "", wrongType
	}
	content, err := c.read(main, 2*mebibyte)
	if err != nil {
		return "", err
	}
	if t == DOC {
		return DOC, inspectWord(content)
	}
	return XLS, inspectSheets(content)
}

// inspectWord reads the head of a Word document ([MS-DOC] 2.5.2).
func inspectWord(fib []byte) error {
	const magic, encrypted = 0xa5ec, 0x0100
	if len(fib) < 32 || binary.LittleEndian.Uint16(fib) != magic {
		return damaged
	}
	if binary.LittleEndian.Uint16(fib[10:])&encrypted != 0 {
		return locked
	}
	return nil
}

// inspectSheets reads the first records of an Excel workbook ([MS-XLS] 2.1.4): a
// FILEPASS record means a password, a sheet of kind 1 holds Excel 4.0 macros.
func inspectSheets(stream []byte) error {
	const bof, eof, filePass, sheet = 0x0809, 0x000a, 0x002f, 0x0085
	if len(stream) < 8 || binary.LittleEndian.Uint16(stream)&0xff != bof&0xff {
		return damaged
	}
	for at := 0; at+4 <= len(stream); {
		kind, size := binary.LittleEndian.Uint16(stream[at:]), int(binary.LittleEndian.Uint16(stream[at+2:]))
		body := stream[at+4 : min(at+4+size, len(stream))]
		switch {
		case kind == filePass:
			return locked
		case kind == sheet && len(body) > 5 && body[5] == 1:
			return active
		case kind == eof:
			return nil
		}
		at += 4 + size
	}
	return damaged
}
