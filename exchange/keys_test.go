package exchange

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestKeysAreMadeOnceAndLoaded(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "keys")
	if _, err := LoadOfficeKeys(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("keys before there are any: %v", err)
	}
	p, err := EnsurePortalKeys(dir, "门户")
	if err != nil {
		t.Fatal(err)
	}
	o, err := EnsureOfficeKeys(dir, "机关")
	if err != nil {
		t.Fatal(err)
	}
	p2, err := EnsurePortalKeys(dir, "other name")
	if err != nil || !p2.Signer.Key.Equal(p.Signer.Key) || p2.Installation != "门户" {
		t.Errorf("portal keys: %v", err)
	}
	o2, err := EnsureOfficeKeys(dir, "other name")
	if err != nil || o2.Master != o.Master || o2.Intake.Secret() != o.Intake.Secret() || !o2.Signer.Key.Equal(o.Signer.Key) {
		t.Errorf("office keys: %v", err)
	}
	pp, err := LoadPortalPublic(filepath.Join(dir, PortalPublicFile))
	if err != nil || !pp.Signing.Equal(p.Public().Signing) || pp.Installation != "门户" {
		t.Errorf("%+v, %v", pp, err)
	}
	op, err := LoadOfficePublic(filepath.Join(dir, OfficePublicFile))
	if err != nil || !op.Signing.Equal(o.Public().Signing) || string(op.Intake) != string(o.Intake.Public()) {
		t.Errorf("%v", err)
	}
}

func TestSecretKeysAreTheirOwnersOnly(t *testing.T) {
	dir := t.TempDir()
	if _, err := EnsureOfficeKeys(dir, "x"); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, OfficeKeyFile)
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if err := os.Chmod(file, 0o640); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadOfficeKeys(dir); err == nil {
		t.Error("a key that a group may read was taken")
	}
	if err := os.WriteFile(file, []byte("something else\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(file, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := EnsureOfficeKeys(dir, "x"); err == nil {
		t.Error("a broken key file was replaced or taken")
	}
}

func TestKeysLieApartFromData(t *testing.T) {
	root := t.TempDir()
	data := filepath.Join(root, "data")
	if err := os.MkdirAll(data, 0o700); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(root, "link")
	if err := os.Symlink(data, link); err != nil {
		t.Fatal(err)
	}
	for keys, ok := range map[string]bool{
		filepath.Join(root, "keys"):            true,
		filepath.Join(root, "data-keys"):       true,
		data:                                   false,
		filepath.Join(data, "keys"):            false,
		filepath.Join(link, "new", "keys"):     false,
		root:                                   false,
		filepath.Join(data, "..", "k"):         true,
		filepath.Join(root, "x", "..", "data"): false,
	} {
		if err := CheckKeyFolder(keys, data); (err == nil) != ok {
			t.Errorf("%s: %v", keys, err)
		}
	}
}
