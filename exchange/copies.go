package exchange

import (
	"encoding/json"

	"huiyin/petition"
)

// What the petitioner may read again is sealed under the filing's reading key and
// filled up to whole steps. The portal keeps it and cannot open it.

// SealFolder makes the update by which the office shows a filing's folder.
func SealFolder(reading Key, filing petition.ID, f petition.Folder) (FolderUpdate, error) {
	sealed, err := sealCopy(reading, "folder", filing, f)
	return FolderUpdate{Filing: filing, Version: f.Version, Sealed: sealed}, err
}

// OpenFolder reads a folder.
func OpenFolder(reading Key, filing petition.ID, sealed []byte) (petition.Folder, error) {
	return openCopy[petition.Folder](reading, "folder", filing, sealed)
}

// SealCopy makes the petitioner's own copy of what was filed. Keys of files and
// addresses of news stay out: nothing on the internet side needs them any more.
func SealCopy(reading Key, filing petition.ID, f petition.Filing) ([]byte, error) {
	f.Files, f.News = WithoutKeys(f.Files), petition.WithoutAddresses(f.News)
	return sealCopy(reading, "copy", filing, f)
}

// OpenCopy reads the petitioner's copy.
func OpenCopy(reading Key, filing petition.ID, sealed []byte) (petition.Filing, error) {
	return openCopy[petition.Filing](reading, "copy", filing, sealed)
}

// SealSaid makes the copy of a follow-up message that is shown until the office's
// folder tells of it.
func SealSaid(reading Key, m Message) ([]byte, error) {
	m.Act.Files, m.Act.News = WithoutKeys(m.Act.Files), petition.WithoutAddresses(m.Act.News)
	return sealCopy(reading, "said", m.ID, m)
}

// OpenSaid reads the copy of a message.
func OpenSaid(reading Key, message petition.ID, sealed []byte) (Message, error) {
	return openCopy[Message](reading, "said", message, sealed)
}

// WithoutKeys lists the same files without the keys that open them.
func WithoutKeys(files []petition.File) []petition.File {
	var out []petition.File
	for _, f := range files {
		f.Key, f.Clean = nil, nil
		out = append(out, f)
	}
	return out
}

func sealCopy(reading Key, purpose string, id petition.ID, what any) ([]byte, error) {
	plain, err := json.Marshal(what)
	if err != nil {
		return nil, err
	}
	return reading.Seal(Pad(plain, TextStep), Bind(purpose, id[:])), nil
}

func openCopy[T any](reading Key, purpose string, id petition.ID, sealed []byte) (T, error) {
	var what T
	padded, err := reading.Open(sealed, Bind(purpose, id[:]))
	if err != nil {
		return what, err
	}
	plain, err := Unpad(padded)
	if err != nil {
		return what, err
	}
	return what, json.Unmarshal(plain, &what)
}
