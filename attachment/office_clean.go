package attachment

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"regexp"
	"strings"
)

// blankProperties stand in for the three parts that say who wrote a document, where and
// when. The parts stay, because other parts refer to them.
var blankProperties = map[string]string{
	"docprops/core.xml":   `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>`,
	"docprops/app.xml":    `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>`,
	"docprops/custom.xml": `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>`,
}

// Attributes, and one element, that name people, devices and folders: authors of
// comments and tracked changes, who shares the file, where it was kept. Their values are
// emptied; the words of comments and changes stay. Attributes are looked for in tags
// only, never in what was written.
var (
	tags       = regexp.MustCompile(`<\w[^<>]*>`)
	authors    = attributes("author|initials|userName|lastModifiedBy")
	people     = attributes("author|displayName|userId|providerId") // in lists of people only
	folder     = regexp.MustCompile(`(<(?:\w+:)?absPath\s[^<>]*url=")[^"]*(")`)
	authorList = regexp.MustCompile(`(<(?:\w+:)?author>)[^<]*(</)`)
)

func attributes(names string) *regexp.Regexp {
	return regexp.MustCompile(`(\s(?:\w+:)?(?:` + names + `)=)(?:"[^"]*"|'[^']*')`)
}

// cleanOffice writes the document anew: properties blanked, preview picture left out,
// names emptied, photographs cleaned, and the archive's own dates, comments and extra
// fields dropped. ok is false where it embeds other documents, which would need the same.
//
// Left as they are: the words themselves, those of comments included, the identifiers of
// editing sessions (rsid), and custom XML data.
func cleanOffice(data []byte) ([]byte, bool) {
	archive, err := openArchive(data)
	if err != nil {
		return nil, false
	}
	out := bytes.NewBuffer(make([]byte, 0, len(data)))
	w := zip.NewWriter(out)
	for _, f := range archive.File {
		name := strings.ToLower(f.Name)
		switch {
		case strings.Contains("/"+name, "/embeddings/"):
			return nil, false
		case strings.HasSuffix(name, "/"), strings.HasPrefix(name, "docprops/thumbnail"):
			continue
		}
		if err := cleanPart(w, f, name); err != nil {
			return nil, false
		}
	}
	if err := w.Close(); err != nil {
		return nil, false
	}
	return out.Bytes(), true
}

// cleanPart writes one part; those in which nothing can stand are copied as packed.
func cleanPart(w *zip.Writer, f *zip.File, name string) error {
	if blank, ok := blankProperties[name]; ok {
		return writePart(w, f.Name, []byte(xml.Header+blank))
	}
	clean := partCleaner(name)
	if clean == nil {
		return copyPart(w, f)
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	raw, err := io.ReadAll(io.LimitReader(r, largestPart+1))
	if err != nil || len(raw) > largestPart {
		return bomb
	}
	if raw, err = clean(raw); err != nil {
		return err
	}
	return writePart(w, f.Name, raw)
}

// largestPart is the most that one part may unpack to while it is cleaned; a document
// with a larger one is reported as not cleanable. With the file and its copy this bounds
// the memory of one request.
const largestPart = 32 * mebibyte

// partCleaner is what to do with a part; nil: copy it.
func partCleaner(name string) func([]byte) ([]byte, error) {
	switch ext := path.Ext(name); {
	case strings.HasPrefix(name, "docprops/"):
		return func([]byte) ([]byte, error) { return nil, nil }
	case ext == ".rels":
		return cleanRelations
	case strings.HasPrefix(name, "xl/worksheets/") && !strings.HasSuffix(name, ".rels"), name == "xl/sharedstrings.xml":
		return nil // the cells: large, and without names of authors
	case ext == ".xml" && (strings.HasPrefix(name, "xl/persons/") || name == "word/people.xml"):
		return func(raw []byte) ([]byte, error) { return cleanXML(raw, people) }
	case ext == ".xml" && (strings.HasPrefix(name, "xl/") || strings.HasPrefix(name, "word/")):
		return func(raw []byte) ([]byte, error) { return cleanXML(raw, authors) }
	case ext == ".jpg" || ext == ".jpeg" || ext == ".png":
		return cleanPicture
	}
	return nil
}

// cleanXML empties the attributes that the pattern finds, and the names of folders and
// authors.
func cleanXML(raw []byte, pattern *regexp.Regexp) ([]byte, error) {
	if pattern.Match(raw) {
		raw = tags.ReplaceAllFunc(raw, func(tag []byte) []byte {
			return pattern.ReplaceAll(tag, []byte(`$1""`))
		})
	}
	raw = folder.ReplaceAll(raw, []byte("$1$2"))
	return authorList.ReplaceAll(raw, []byte("$1$2")), nil
}

// cleanPicture cleans an embedded photograph without turning it, as the document may
// have turned it already.
func cleanPicture(raw []byte) ([]byte, error) {
	switch {
	case opensWith(pngMagic)(raw):
		if out, ok := cleanPNG(raw); ok {
			return out, nil
		}
	case opensWith("\xff\xd8\xff")(raw):
		img, err := readJPEG(raw)
		if err != nil {
			return nil, err
		}
		return stripJPEG(raw, img), nil
	}
	return nil, wrongType
}

// cleanRelations drops the preview picture and the folder in which the author keeps
// templates.
func cleanRelations(raw []byte) ([]byte, error) {
	var all relations
	if err := xml.Unmarshal(raw, &all); err != nil {
		return nil, err
	}
	kept := all.List[:0]
	for _, r := range all.List {
		if strings.HasSuffix(r.Type, "/metadata/thumbnail") {
			continue
		}
		if strings.HasSuffix(r.Type, "/attachedTemplate") {
			r.Target = "Normal.dotm"
		}
		kept = append(kept, r)
	}
	all.List = kept
	out, err := xml.Marshal(all)
	return append([]byte(xml.Header), out...), err
}

func writePart(w *zip.Writer, name string, content []byte) error {
	part, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
	if err != nil {
		return err
	}
	_, err = part.Write(content)
	return err
}

// copyPart copies a part as it is packed, without its date, comment and extra fields.
func copyPart(w *zip.Writer, f *zip.File) error {
	packed, err := f.OpenRaw()
	if err != nil {
		return err
	}
	part, err := w.CreateRaw(&zip.FileHeader{Name: f.Name, Method: f.Method, CRC32: f.CRC32,
		CompressedSize64: f.CompressedSize64, UncompressedSize64: f.UncompressedSize64})
	if err != nil {
		return err
	}
	_, err = io.Copy(part, packed)
	return err
}
