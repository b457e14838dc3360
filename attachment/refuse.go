package attachment

import (
	"errors"

	"huiyin/petition"
)

// Field is the form field that every problem of this package names.
const Field = "files"

// flaw is why a file is refused: the key of the sentence that the reader is shown.
type flaw string

// Every reason for a refusal. The sentence of each has the place {name}; that of tooBig
// also {size}, the limit in MB.
const (
	wrongType flaw = "problem.file_type"    // not one of the kinds that are taken
	damaged   flaw = "problem.file_damaged" // of a known kind, but broken off or malformed
	empty     flaw = "problem.file_empty"
	tooBig    flaw = "problem.file_big"
	locked    flaw = "problem.file_locked"  // protected by a password
	active    flaw = "problem.file_active"  // carries macros, scripts or packed programs
	bomb      flaw = "problem.file_bomb"    // unpacks or unfolds to something enormous
	harmful   flaw = "problem.file_harmful" // the scanner knows it
)

// unscanned is the sentence for a scanner that is out of order.
const unscanned = "problem.file_unscanned"

// Keys lists the sentences that the text catalogues must have for this package.
var Keys = []string{string(wrongType), string(damaged), string(empty), string(tooBig),
	string(locked), string(active), string(bomb), string(harmful), unscanned}

func (f flaw) Error() string { return string(f) }

// refusal turns a flaw into the error that the reader sees beside the field. Errors
// that are not flaws pass through.
func refusal(err error, name string, limits Limits) error {
	var f flaw
	if !errors.As(err, &f) {
		return err
	}
	args := map[string]string{"name": name}
	if f == tooBig {
		args["size"] = limits.megabytes()
	}
	return &petition.Error{Kind: petition.Invalid, Key: string(f), Args: args,
		Problems: []petition.Problem{{Field: Field, Key: string(f), Args: args}}}
}
