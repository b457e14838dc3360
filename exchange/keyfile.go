package exchange

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// keyFile is a key file: a title line, then "name: value" lines. People may look into
// it, and a wrong file is told by its title.
type keyFile struct {
	title  string
	fields map[string][]byte
}

// readKeyFile reads a key file. A secret one that others than its owner may read or
// write is refused.
func readKeyFile(file, title string, secret bool) (keyFile, error) {
	info, err := os.Stat(file)
	if err != nil {
		return keyFile{}, err
	}
	if secret && info.Mode().Perm()&0o077 != 0 {
		return keyFile{}, fmt.Errorf("%s: only its owner may read a key file (mode 0600)", file)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return keyFile{}, err
	}
	k := keyFile{title: title, fields: make(map[string][]byte)}
	lines := bufio.NewScanner(bytes.NewReader(b))
	if !lines.Scan() || lines.Text() != title {
		return keyFile{}, fmt.Errorf("%s: not a file of %q", file, title)
	}
	for lines.Scan() {
		name, value, ok := strings.Cut(lines.Text(), ": ")
		raw, err := base64.StdEncoding.DecodeString(value)
		if !ok || err != nil {
			return keyFile{}, fmt.Errorf("%s: a line cannot be read", file)
		}
		k.fields[name] = raw
	}
	return k, lines.Err()
}

// field is a value of the given length; 0 takes any but an empty one.
func (k keyFile) field(name string, length int) ([]byte, error) {
	v := k.fields[name]
	if len(v) == 0 || length > 0 && len(v) != length {
		return nil, fmt.Errorf("%s: field %q is missing or has the wrong length", k.title, name)
	}
	return v, nil
}

// write makes the file, and never overwrites one: a lost key is lost for good.
func (k keyFile) write(file string, mode fs.FileMode, order ...string) error {
	var b bytes.Buffer
	b.WriteString(k.title + "\n")
	for _, name := range order {
		fmt.Fprintf(&b, "%s: %s\n", name, base64.StdEncoding.EncodeToString(k.fields[name]))
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(b.Bytes())
	return errors.Join(err, f.Sync(), f.Close())
}

// CheckKeyFolder refuses keys inside a data folder, and data inside the key folder:
// who carries the data away must not carry the keys away with it.
func CheckKeyFolder(keys string, data ...string) error {
	k, err := realPath(keys)
	if err != nil {
		return err
	}
	for _, d := range data {
		d, err := realPath(d)
		if err != nil {
			return err
		}
		if within(k, d) || within(d, k) {
			return fmt.Errorf("the key folder %s and the data folder %s must lie apart", keys, d)
		}
	}
	return nil
}

// realPath follows links as far as the path exists.
func realPath(p string) (string, error) {
	p, err := filepath.Abs(p)
	if err != nil {
		return "", err
	}
	rest := ""
	for {
		real, err := filepath.EvalSymlinks(p)
		if err == nil {
			return filepath.Join(real, rest), nil
		}
		if !errors.Is(err, fs.ErrNotExist) || filepath.Dir(p) == p {
			return "", err
		}
		rest, p = filepath.Join(filepath.Base(p), rest), filepath.Dir(p)
	}
}

func within(p, folder string) bool {
	rel, err := filepath.Rel(folder, p)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}
