package exchange

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"huiyin/petition"
)

// NotifierKeyFile is the name of the notifier's key in the office's key folder: a key of
// its own, so that neither the office's master key nor any unit's opens a number that
// somebody left for being told that there is news. Destroy it, and none opens any more.
const NotifierKeyFile = "notifier.key"

const notifierSecretTitle = "huiyin notifier secret key 1"

// addressStep is what an address is filled up to: its length says nothing.
const addressStep = 512

// Address is where news is sent: opened in memory when a message goes out, and stored
// nowhere.
type Address struct {
	To   string `json:"to"`   // a mobile number or a mail address
	Lang string `json:"lang"` // in which the person reads
}

// String keeps addresses out of messages and logs.
func (Address) String() string { return "[address]" }

// NewsOffer is what an installation says about news: the ways it has, and the key to
// which an address is sealed. Empty where it has none.
type NewsOffer struct {
	Key  []byte             `json:"key,omitempty"`
	Ways []petition.NewsWay `json:"ways,omitempty"`
}

// Any tells whether anybody can be told at all.
func (o NewsOffer) Any() bool { return len(o.Key) > 0 && len(o.Ways) > 0 }

// Seal makes the wish to be told by a way at an address.
func (o NewsOffer) Seal(way petition.NewsWay, a Address) (petition.NewsWish, error) {
	plain, err := json.Marshal(a)
	if err != nil {
		return petition.NewsWish{}, err
	}
	sealed, err := sealTo(o.Key, Pad(plain, addressStep), newsBound(way))
	return petition.NewsWish{Way: way, Sealed: sealed}, err
}

// Wishes seals what a form says: for each way that is wished and offered the address, or
// "" where it stays as it was. Lang is the reader's language.
func (o NewsOffer) Wishes(lang string, to map[petition.NewsWay]string) ([]petition.NewsWish, error) {
	var all []petition.NewsWish
	for _, way := range o.Ways {
		address, wished := to[way]
		switch {
		case !wished:
		case address == "":
			all = append(all, petition.NewsWish{Way: way})
		default:
			w, err := o.Seal(way, Address{To: address, Lang: lang})
			if err != nil {
				return nil, err
			}
			all = append(all, w)
		}
	}
	return all, nil
}

// OpenAddress reads where a message goes. Only the notifier's key opens it.
func OpenAddress(notifier *HolderKey, w petition.NewsWish) (Address, error) {
	padded, err := openWith(notifier, w.Sealed, newsBound(w.Way))
	if err != nil {
		return Address{}, err
	}
	plain, err := Unpad(padded)
	if err != nil {
		return Address{}, err
	}
	var a Address
	if err := json.Unmarshal(plain, &a); err != nil {
		return Address{}, errSealed // what failed would quote the address
	}
	if a.To == "" || strings.ContainsAny(a.To, "\r\n\x00") {
		return Address{}, errSealed
	}
	return a, nil
}

func newsBound(way petition.NewsWay) []byte { return Bind("news", []byte(way)) }

// EnsureNotifierKey loads the notifier's key from a folder, making it there first if
// there is none: notifier.key (mode 0600).
func EnsureNotifierKey(folder string) (*HolderKey, error) {
	name := filepath.Join(folder, NotifierKeyFile)
	f, err := readKeyFile(name, notifierSecretTitle, true)
	if errors.Is(err, fs.ErrNotExist) {
		secret := NewKey()
		f = keyFile{title: notifierSecretTitle, fields: map[string][]byte{"opening": secret[:]}}
		err = f.write(name, 0o600, "opening")
	}
	if err != nil {
		return nil, fmt.Errorf("the notifier's key: %w", err)
	}
	secret, err := f.field("opening", len(Key{}))
	if err != nil {
		return nil, err
	}
	return NewHolderKey(Key(secret))
}
