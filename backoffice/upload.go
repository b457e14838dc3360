package backoffice

import (
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/attachment"
	"huiyin/petition"
	"huiyin/web"
)

const (
	fileMost = petition.MaxFileSize // bytes of one file
	textMost = 64 << 10             // bytes of one field
	fileTime = 3 * time.Minute      // for a whole form
)

// upload reads a form with files part by part: nothing is written to a temporary file,
// and no file is read before the form's token was checked.
type upload struct {
	office *Office
	c      *gin.Context
	at     string // field at which problems of files are said
	most   int    // files
	keep   func(name string, r io.Reader) (petition.File, error)

	values   url.Values
	files    []petition.File
	problems []petition.Problem
	admitted bool
	again    bool // written in an earlier session: shown again, and no file is taken
}

// receive reads the whole form. It fails where the form may not be sent at all; what is
// wrong with a file is among the problems.
func (u *upload) receive() error {
	c := u.c
	if err := web.Patient(c, fileTime); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, int64(u.most+1)*(fileMost+textMost))
	parts, err := c.Request.MultipartReader()
	if err != nil {
		return tooBig(err)
	}
	u.values = url.Values{}
	if err := u.read(parts); err != nil {
		return err
	}
	return u.admit() // a form without a token, whatever else it carries
}

// form is what was typed, with what was wrong with it and its files.
func (u *upload) form(name string) *web.Form {
	f := web.NewForm(name, u.values)
	f.Problems = append(f.Problems, u.problems...)
	if u.again {
		lookAgain(f)
	}
	return f
}

func (u *upload) read(parts *multipart.Reader) error {
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return tooBig(err)
		}
		if part.FileName() == "" {
			err = u.field(part)
		} else {
			err = u.file(part)
		}
		if err != nil {
			return err
		}
	}
}

func (u *upload) field(part *multipart.Part) error {
	b, err := io.ReadAll(io.LimitReader(part, textMost+1))
	if err != nil || len(b) > textMost {
		return tooBig(err)
	}
	text, err := u.clean(part.FormName(), string(b))
	if err != nil {
		return err
	}
	u.values.Add(part.FormName(), text)
	return nil
}

// clean keeps every word that was pasted; what cannot be seen is taken out and said at
// its field, as in every other form.
func (u *upload) clean(field, typed string) (string, error) {
	seen, mended := web.Visible(typed)
	if mended {
		u.problems = append(u.problems, petition.Problem{Field: field, Key: "problem.bad_characters"})
	}
	return web.Clean(seen)
}

// admit checks the token once.
func (u *upload) admit() error {
	if u.admitted {
		return nil
	}
	token := u.values.Get("token")
	if err := u.office.checkToken(u.c, token); err != nil {
		if !u.office.formerly(u.c, token) {
			return err
		}
		u.again = true
	}
	u.admitted = true
	return nil
}

// file stores one document; the token stands before it in our forms.
func (u *upload) file(part *multipart.Part) error {
	if err := u.admit(); err != nil {
		return err
	}
	if u.again {
		return nil
	}
	if len(u.files) >= u.most {
		u.problems = append(u.problems, petition.Problem{Field: u.at, Key: "problem.too_many_files", Args: map[string]string{"max": fmt.Sprint(u.most)}})
		return nil
	}
	name, err := u.clean(u.at, part.FileName())
	if err != nil {
		return err
	}
	kept, err := u.keep(attachment.DisplayName(name), part)
	var refused *petition.Error
	if errors.As(err, &refused) && refused.Kind == petition.Invalid {
		u.problems = append(u.problems, named(refused, u.at, name)...)
		return nil
	}
	if err != nil {
		return err
	}
	u.files = append(u.files, kept)
	return nil
}

// named are the problems of a refused file at a field, or its one sentence.
func named(e *petition.Error, field, name string) []petition.Problem {
	if len(e.Problems) > 0 {
		at := slices.Clone(e.Problems)
		for i := range at {
			at[i].Field = field
		}
		return at
	}
	args := map[string]string{"name": name}
	for k, v := range e.Args {
		args[k] = v
	}
	return []petition.Problem{{Field: field, Key: e.Key, Args: args}}
}

func tooBig(err error) error {
	return &petition.Error{Kind: petition.Invalid, Key: "error.too_big", Err: err}
}
