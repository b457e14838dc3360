package exchange

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// The names of the key files in the key folder.
const (
	PortalKeyFile    = "portal.key"
	PortalPublicFile = "portal.pub"
	OfficeKeyFile    = "office.key"
	OfficePublicFile = "office.pub"
)

const (
	portalSecretTitle = "huiyin portal secret key 1"
	portalPublicTitle = "huiyin portal public key 1"
	officeSecretTitle = "huiyin office secret key 1"
	officePublicTitle = "huiyin office public key 1"
)

// PortalKeys is what the internet side holds: it can sign, and open nothing.
type PortalKeys struct{ Signer }

// PortalPublic is how offices know a portal.
type PortalPublic struct {
	Installation string
	Signing      ed25519.PublicKey
}

// OfficeKeys is what an office holds.
type OfficeKeys struct {
	Signer
	Master Key        // wraps the holders' secrets
	Intake *HolderKey // opens the outer seal
}

// OfficePublic is how portals know an office.
type OfficePublic struct {
	Installation string
	Signing      ed25519.PublicKey
	Intake       []byte
}

// Public is what offices are given.
func (k *PortalKeys) Public() PortalPublic {
	return PortalPublic{Installation: k.Installation, Signing: k.Signer.Public()}
}

// Public is what portals are given.
func (k *OfficeKeys) Public() OfficePublic {
	return OfficePublic{Installation: k.Installation, Signing: k.Signer.Public(),
		Intake: k.Intake.Public()}
}

// Secret is what the portal's nodes share besides their signature: it closes captcha
// tokens and follow sessions.
func (k *PortalKeys) Secret() Key { return Key(k.Signer.Key.Seed()).Derive("portal secret") }

// NewPortalKeys makes new keys in memory.
func NewPortalKeys(installation string) (*PortalKeys, error) {
	return portalKeys(installation, NewKey())
}

// NewOfficeKeys makes new keys in memory.
func NewOfficeKeys(installation string) (*OfficeKeys, error) {
	return officeKeys(installation, NewKey(), NewKey(), NewKey())
}

// lost fails if a secret key file is not beside its public one: new keys in its place
// would open nothing of what is there.
func lost(folder, secret, public string) error {
	if _, err := os.Stat(filepath.Join(folder, public)); err != nil {
		return nil // nor was it ever there
	}
	return fmt.Errorf("%s is missing in %s beside %s: put it back from where it is kept; without it nothing that is stored can be opened",
		secret, folder, public)
}

// EnsurePortalKeys loads the portal's keys from a folder, making them there first if
// there are none: portal.key (mode 0600) and portal.pub.
func EnsurePortalKeys(folder, installation string) (*PortalKeys, error) {
	k, err := LoadPortalKeys(folder)
	if !errors.Is(err, fs.ErrNotExist) {
		return k, err
	}
	if err := lost(folder, PortalKeyFile, PortalPublicFile); err != nil {
		return nil, err
	}
	if k, err = NewPortalKeys(installation); err != nil {
		return nil, err
	}
	secret := keyFile{title: portalSecretTitle, fields: map[string][]byte{
		"installation": []byte(installation), "signing": k.Signer.Key.Seed()}}
	public := keyFile{title: portalPublicTitle, fields: map[string][]byte{
		"installation": []byte(installation), "signing": k.Signer.Public()}}
	if err := secret.write(filepath.Join(folder, PortalKeyFile), 0o600, "installation", "signing"); err != nil {
		return nil, err
	}
	return k, public.write(filepath.Join(folder, PortalPublicFile), 0o644, "installation", "signing")
}

// EnsureOfficeKeys loads the office's keys from a folder, making them there first if
// there are none: office.key (mode 0600) and office.pub.
func EnsureOfficeKeys(folder, installation string) (*OfficeKeys, error) {
	k, err := LoadOfficeKeys(folder)
	if !errors.Is(err, fs.ErrNotExist) {
		return k, err
	}
	if err := lost(folder, OfficeKeyFile, OfficePublicFile); err != nil {
		return nil, err
	}
	if k, err = NewOfficeKeys(installation); err != nil {
		return nil, err
	}
	intake := k.Intake.Secret()
	secret := keyFile{title: officeSecretTitle, fields: map[string][]byte{
		"installation": []byte(installation), "signing": k.Signer.Key.Seed(),
		"intake": intake[:], "master": k.Master[:]}}
	public := keyFile{title: officePublicTitle, fields: map[string][]byte{
		"installation": []byte(installation), "signing": k.Signer.Public(),
		"intake": k.Intake.Public()}}
	err = secret.write(filepath.Join(folder, OfficeKeyFile), 0o600,
		"installation", "signing", "intake", "master")
	if err != nil {
		return nil, err
	}
	return k, public.write(filepath.Join(folder, OfficePublicFile), 0o644,
		"installation", "signing", "intake")
}

// LoadPortalKeys reads portal.key; fs.ErrNotExist if there is none.
func LoadPortalKeys(folder string) (*PortalKeys, error) {
	f, err := readKeyFile(filepath.Join(folder, PortalKeyFile), portalSecretTitle, true)
	if err != nil {
		return nil, err
	}
	name, err1 := f.field("installation", 0)
	seed, err2 := f.field("signing", ed25519.SeedSize)
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	return portalKeys(string(name), Key(seed))
}

// LoadOfficeKeys reads office.key; fs.ErrNotExist if there is none.
func LoadOfficeKeys(folder string) (*OfficeKeys, error) {
	f, err := readKeyFile(filepath.Join(folder, OfficeKeyFile), officeSecretTitle, true)
	if err != nil {
		return nil, err
	}
	name, err1 := f.field("installation", 0)
	seed, err2 := f.field("signing", ed25519.SeedSize)
	intake, err3 := f.field("intake", len(Key{}))
	master, err4 := f.field("master", len(Key{}))
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return nil, err
	}
	return officeKeys(string(name), Key(seed), Key(intake), Key(master))
}

// LoadPortalPublic reads a portal.pub.
func LoadPortalPublic(file string) (PortalPublic, error) {
	f, err := readKeyFile(file, portalPublicTitle, false)
	if err != nil {
		return PortalPublic{}, err
	}
	name, err1 := f.field("installation", 0)
	signing, err2 := f.field("signing", ed25519.PublicKeySize)
	return PortalPublic{Installation: string(name), Signing: signing}, errors.Join(err1, err2)
}

// LoadOfficePublic reads an office.pub.
func LoadOfficePublic(file string) (OfficePublic, error) {
	f, err := readKeyFile(file, officePublicTitle, false)
	if err != nil {
		return OfficePublic{}, err
	}
	name, err1 := f.field("installation", 0)
	signing, err2 := f.field("signing", ed25519.PublicKeySize)
	intake, err3 := f.field("intake", 0)
	return OfficePublic{Installation: string(name), Signing: signing, Intake: intake},
		errors.Join(err1, err2, err3)
}

func portalKeys(installation string, seed Key) (*PortalKeys, error) {
	if installation == "" {
		return nil, errors.New("an installation has a name")
	}
	return &PortalKeys{Signer{Installation: installation, Key: ed25519.NewKeyFromSeed(seed[:])}}, nil
}

func officeKeys(installation string, seed, intake, master Key) (*OfficeKeys, error) {
	if installation == "" {
		return nil, errors.New("an installation has a name")
	}
	h, err := NewHolderKey(intake)
	if err != nil {
		return nil, err
	}
	return &OfficeKeys{
		Signer: Signer{Installation: installation, Key: ed25519.NewKeyFromSeed(seed[:])},
		Master: master, Intake: h}, nil
}
