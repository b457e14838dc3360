package attachment

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"
)

// mainParts are the content types of the part that makes a zip a document. Their
// relatives with macros or for templates are not taken.
var mainParts = map[string]Type{
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": DOCX,
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml":       XLSX,
}

// roots are the names of the first element of those parts.
var roots = map[Type]string{DOCX: "document", XLSX: "workbook"}

// largestXML is the most that is read of a part that is looked at as a whole.
const largestXML = 4 * mebibyte

// inspectOffice takes a zip only if it is a Word or Excel document from its first byte
// to its last. It checks, in this order: the archive's frame (openArchive), the parts'
// names and number, that the content types name a main part that is there and of the
// right kind, that no part is or holds a program, that no relationship fetches something
// to run, and that all of it unpacks within the limits with right checksums.
func inspectOffice(data []byte, limits Limits) (Type, error) {
	archive, err := openArchive(data)
	if err != nil {
		return "", err
	}
	if len(archive.File) > limits.Parts {
		return "", bomb
	}
	if err := checkParts(archive.File); err != nil {
		return "", err
	}
	t, err := mainPart(archive)
	if err != nil {
		return "", err
	}
	return t, unpackAll(archive.File, limits.Unpacked)
}

const (
	directoryEnd     = "PK\x05\x06"
	directoryEndSize = 22 // and a comment
	localHeaderSize  = 30 // and name and extra fields
)

// openArchive reads the directory of a zip that has nothing before its first part and
// nothing behind its directory, where a second file could hide.
func openArchive(data []byte) (*zip.Reader, error) {
	at := bytes.LastIndex(data, []byte(directoryEnd))
	if at < 0 || at+directoryEndSize > len(data) || len(data) < localHeaderSize {
		return nil, damaged
	}
	end := data[at:]
	size, offset := binary.LittleEndian.Uint32(end[12:]), binary.LittleEndian.Uint32(end[16:])
	comment := binary.LittleEndian.Uint16(end[20:])
	if int(comment) != len(end)-directoryEndSize || uint64(size)+uint64(offset) != uint64(at) {
		return nil, wrongType
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, damaged
	}
	// The header at the very beginning must be that of a listed part.
	start := localHeaderSize + int64(binary.LittleEndian.Uint16(data[26:])) + int64(binary.LittleEndian.Uint16(data[28:]))
	for _, f := range archive.File {
		offset, err := f.DataOffset()
		if err != nil {
			return nil, damaged
		}
		if offset == start {
			return archive, nil
		}
	}
	return nil, wrongType
}

// Endings and pieces of names of parts that hold something
// that runs.
var (
	programEndings = []string{".exe", ".dll", ".com", ".scr", ".bat", ".cmd", ".js", ".jse", ".vbs", ".vbe",
		".wsf", ".hta", ".ps1", ".jar", ".msi", ".lnk", ".html", ".htm", ".mht", ".svg", ".docm", ".xlsm", ".xlsb"}
	programPieces = []string{"vbaproject", "vbadata", "/activex", "xl/macrosheets/", "xl/dialogsheets/"}
)

// checkParts looks at the list of parts: no passwords, no packing but the usual, no
// names that climb out or stand twice, no programs.
func checkParts(files []*zip.File) error {
	seen := make(map[string]bool, len(files))
	for _, f := range files {
		name := strings.ToLower(f.Name)
		switch {
		case f.Flags&1 != 0:
			return locked
		case f.Method != zip.Store && f.Method != zip.Deflate:
			return wrongType
		case strings.ContainsAny(name, "\\:\x00") || path.Clean("/"+name) != "/"+strings.TrimSuffix(name, "/"):
			return wrongType
		case seen[name]:
			return wrongType
		}
		seen[name] = true
		for _, p := range programPieces {
			if strings.Contains("/"+name, p) {
				return active
			}
		}
		for _, e := range programEndings {
			if strings.HasSuffix(name, e) {
				return active
			}
		}
	}
	return nil
}

// contentTypes is the part that says what each part is.
type contentTypes struct {
	Overrides []struct {
		PartName    string `xml:",attr"`
		ContentType string `xml:",attr"`
	} `xml:"Override"`
}

// mainPart finds what kind of document it is, and that its main part is there.
func mainPart(archive *zip.Reader) (Type, error) {
	raw, err := readPart(archive.File, "[Content_Types].xml")
	switch {
	case errors.Is(err, errNoPart):
		return "", wrongType
	case err != nil:
		return "", damaged
	}
	var types contentTypes
	if err := xml.Unmarshal(raw, &types); err != nil {
		return "", damaged
	}
	if strings.Contains(strings.ToLower(string(raw)), "macroenabled") || bytes.Contains(raw, []byte("vbaProject")) {
		return "", active
	}
	for _, o := range types.Overrides {
		t, ok := mainParts[o.ContentType]
		if !ok {
			continue
		}
		main, err := readPart(archive.File, strings.TrimPrefix(o.PartName, "/"))
		if err != nil || rootElement(main) != roots[t] {
			return "", damaged
		}
		return t, nil
	}
	return "", wrongType
}

// rootElement is the name of the first element, "" if there is none.
func rootElement(raw []byte) string {
	d := xml.NewDecoder(bytes.NewReader(raw))
	for {
		t, err := d.RawToken()
		if err != nil {
			return ""
		}
		if e, ok := t.(xml.StartElement); ok {
			return e.Name.Local
		}
	}
}

var errNoPart = errors.New("no such part")

// readPart unpacks one part as far as largestXML.
func readPart(files []*zip.File, name string) ([]byte, error) {
	for _, f := range files {
		if !strings.EqualFold(f.Name, name) {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		defer r.Close()
		return io.ReadAll(io.LimitReader(r, largestXML))
	}
	return nil, errNoPart
}

// unpackAll unpacks every part, so that no size or checksum need be believed, and looks
// at its beginning.
func unpackAll(files []*zip.File, limit int64) error {
	for _, f := range files {
		r, err := f.Open()
		if err != nil {
			return damaged
		}
		head, rest, err := unpackPart(r, limit)
		r.Close()
		if limit -= int64(len(head)) + rest; limit <= 0 {
			return bomb
		}
		if err != nil {
			return damaged
		}
		if err := checkContent(f.Name, head); err != nil {
			return err
		}
	}
	return nil
}

// headSize is how much of a part is looked at; relationships are read whole.
const headSize = 256 << 10

func unpackPart(r io.Reader, limit int64) (head []byte, rest int64, err error) {
	head, err = io.ReadAll(io.LimitReader(r, min(headSize, limit)))
	if err != nil {
		return head, 0, err
	}
	rest, err = io.Copy(io.Discard, io.LimitReader(r, limit-int64(len(head))))
	return head, rest, err
}

// packager is the name (in UTF-16) of the stream in which Office packs any file, a
// program for instance, as an icon to click on.
var packager = []byte("O\x00l\x00e\x001\x000\x00N\x00a\x00t\x00i\x00v\x00e\x00")

// checkContent looks for programs by content, and for relationships that fetch one.
func checkContent(name string, head []byte) error {
	switch {
	case bytes.HasPrefix(head, []byte("MZ")), bytes.HasPrefix(head, []byte("\x7fELF")),
		bytes.HasPrefix(head, []byte(cfbMagic)) && bytes.Contains(head, packager):
		return active
	case strings.HasSuffix(strings.ToLower(name), ".rels"):
		return checkRelations(head)
	}
	return nil
}

// relation is a line of a relationships part.
type relation struct {
	ID         string `xml:"Id,attr"`
	Type       string `xml:"Type,attr"`
	Target     string `xml:"Target,attr"`
	TargetMode string `xml:"TargetMode,attr,omitempty"`
}

type relations struct {
	XMLName xml.Name   `xml:"http://schemas.openxmlformats.org/package/2006/relationships Relationships"`
	List    []relation `xml:"Relationship"`
}

// fetched are the kinds of relationship that Office follows by itself when the document
// is opened.
var fetched = []string{"/attachedTemplate", "/oleObject", "/frame", "/subDocument"}

// checkRelations refuses documents that fetch from another machine what is then run
// (template injection).
func checkRelations(raw []byte) error {
	var all relations
	if err := xml.Unmarshal(raw, &all); err != nil {
		return damaged
	}
	for _, r := range all.List {
		if r.TargetMode != "External" || !elsewhere(r.Target) {
			continue
		}
		for _, kind := range fetched {
			if strings.HasSuffix(r.Type, kind) {
				return active
			}
		}
	}
	return nil
}

// elsewhere tells a target on another machine from one on the author's own disk, which
// is harmless.
func elsewhere(target string) bool {
	target = strings.ReplaceAll(strings.ToLower(target), `\`, "/")
	if local, ok := strings.CutPrefix(target, "file:///"); ok {
		return strings.HasPrefix(local, "/")
	}
	return strings.Contains(target, ":/") && !strings.Contains(target[:min(3, len(target))], ":/") ||
		strings.HasPrefix(target, "//")
}
