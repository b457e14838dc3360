package attachment

import "slices"

// Type is a kind of file that is taken: a closed list of media types.
type Type string

const (
	JPEG Type = "image/jpeg"
	PNG  Type = "image/png"
	HEIC Type = "image/heic"
	PDF  Type = "application/pdf"
	DOC  Type = "application/msword"
	DOCX Type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	XLS  Type = "application/vnd.ms-excel"
	XLSX Type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	TXT  Type = "text/plain"
	MP3  Type = "audio/mpeg"
	M4A  Type = "audio/mp4"
	MP4  Type = "video/mp4"
)

// Types lists every kind in the order in which pages name them.
var Types = []Type{JPEG, PNG, HEIC, PDF, DOC, DOCX, XLS, XLSX, TXT, MP3, M4A, MP4}

// endings are the file name endings that tell the truth about a type; the first is
// given to a file whose name does not.
var endings = map[Type][]string{
	JPEG: {"jpg", "jpeg", "jpe", "jfif"},
	PNG:  {"png"},
	HEIC: {"heic", "heif", "hif"},
	PDF:  {"pdf"},
	DOC:  {"doc"},
	DOCX: {"docx"},
	XLS:  {"xls"},
	XLSX: {"xlsx"},
	TXT:  {"txt", "text", "log", "csv", "md"},
	MP3:  {"mp3"},
	M4A:  {"m4a"},
	MP4:  {"mp4", "m4v"},
}

// Accept is the list for a file chooser: endings with their dots.
func Accept() []string {
	var all []string
	for _, t := range Types {
		for _, e := range endings[t] {
			all = append(all, "."+e)
		}
	}
	return all
}

func (t Type) ending() string              { return endings[t][0] }
func (t Type) endsWith(ending string) bool { return slices.Contains(endings[t], ending) }
