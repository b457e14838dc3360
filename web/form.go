package web

import (
	"errors"
	"net/url"
	"strings"

	"huiyin/petition"
)

// Form is what somebody typed and what was wrong with it. A refused form is shown
// again with every word kept.
type Form struct {
	Name     string // catalogue prefix of its words
	Values   url.Values
	Problems []petition.Problem
}

// NewForm makes a form over the values; nil values are an empty form.
func NewForm(name string, values url.Values) *Form {
	if values == nil {
		values = url.Values{}
	}
	return &Form{Name: name, Values: values}
}

// Get is the field's value without blanks around it.
func (f *Form) Get(field string) string { return strings.TrimSpace(f.Values.Get(field)) }

// Set gives the field one value.
func (f *Form) Set(field, value string) { f.Values.Set(field, value) }

// Has tells whether the value was chosen.
func (f *Form) Has(field, value string) bool {
	for _, v := range f.Values[field] {
		if v == value {
			return true
		}
	}
	return false
}

// Refuse notes a problem at a field; args are name, value pairs.
func (f *Form) Refuse(field, key string, args ...string) {
	p := petition.Problem{Field: field, Key: key}
	if len(args) > 0 {
		p.Args = map[string]string{}
	}
	for i := 0; i+1 < len(args); i += 2 {
		p.Args[args[i]] = args[i+1]
	}
	f.Problems = append(f.Problems, p)
}

// Take adds the problems of a rule's refusal and tells whether there were any.
func (f *Form) Take(err *petition.Error) bool {
	f.Problems = append(f.Problems, err.Problems...)
	return len(err.Problems) > 0
}

// Refused adds the problems of a failure that is a rule's refusal, and tells whether there
// were any: the form is shown again. It is false where nothing failed.
func (f *Form) Refused(err error) bool {
	var refused *petition.Error
	return errors.As(err, &refused) && f.Take(refused)
}

// OK tells whether nothing is wrong.
func (f *Form) OK() bool { return len(f.Problems) == 0 }

// Problematic lets a page that embeds a Form mark its title.
func (f *Form) Problematic() bool { return f != nil && len(f.Problems) > 0 }

// Problem is the first problem at the field; nil if it is fine.
func (f *Form) Problem(field string) *petition.Problem {
	for i := range f.Problems {
		if f.Problems[i].Field == field {
			return &f.Problems[i]
		}
	}
	return nil
}

// Option is one thing to choose.
type Option struct {
	Value string
	Label string // as shown; from the catalogues or data
	Hint  string
	Group string // heading in a select; "" for none
}
