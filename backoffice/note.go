package backoffice

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/attachment"
	"huiyin/petition"
	"huiyin/web"
)

const (
	noteFiles    = 5        // documents with one note
	noteFileSize = 20 << 20 // bytes of one
	noteTextSize = 64 << 10 // bytes of one field
	noteTime     = 3 * time.Minute
)

// note writes a work note with its internal documents. Nothing is written to a
// temporary file, and a document is read only after the form's token was checked.
func (w *Office) note(c *gin.Context) error {
	c.Params = append(c.Params, gin.Param{Key: "action", Value: string(petition.Note)})
	if !strings.HasPrefix(c.ContentType(), "multipart/") {
		c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, web.MaxForm)
		return w.doTask(c)
	}
	if err := web.Patient(c, noteTime); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, noteFiles*(noteFileSize+noteTextSize))
	parts, err := c.Request.MultipartReader()
	if err != nil {
		return tooBig(err)
	}
	u := upload{office: w, c: c, values: url.Values{}}
	if err := u.read(parts); err != nil {
		return err
	}
	if err := u.admit(); err != nil {
		return err // a form without a token, whatever else it carries
	}
	return w.keepNote(c, u)
}

// keepNote goes on as every task does, with the documents in the act.
func (w *Office) keepNote(c *gin.Context, u upload) error {
	f := web.NewForm(string(petition.Note), u.values)
	for _, p := range u.problems {
		f.Refuse(p.Field, p.Key, pairs(p.Args)...)
	}
	t, err := w.taskPage(c, f)
	if kind(err) == petition.Conflict && t != nil {
		return w.conflict(t, err)
	}
	if err != nil {
		return err
	}
	if !f.OK() {
		return w.form(t, http.StatusUnprocessableEntity)
	}
	act := t.task.act(t)
	act.Files = u.files
	facts := petition.Facts{}
	if _, err := petition.Decide(t.Case, t.by, act, facts, t.rules, t.now); err != nil {
		var refused *petition.Error
		if errors.As(err, &refused) && t.Take(refused) {
			return w.form(t, http.StatusUnprocessableEntity)
		}
		return w.refused(t, err)
	}
	if act.Public && len(act.Files) == 0 && t.Get("step") != "do" {
		return w.take(t)
	}
	return w.act(t, act)
}

// upload reads a note's form part by part.
type upload struct {
	office   *Office
	c        *gin.Context
	values   url.Values
	files    []petition.File
	problems []petition.Problem
	admitted bool
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
	b, err := io.ReadAll(io.LimitReader(part, noteTextSize+1))
	if err != nil || len(b) > noteTextSize {
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
	if err := u.office.checkToken(u.c, u.values.Get("token")); err != nil {
		return err
	}
	u.admitted = true
	return nil
}

// file stores one document; the token stands before it in our forms.
func (u *upload) file(part *multipart.Part) error {
	if err := u.admit(); err != nil {
		return err
	}
	if len(u.files) >= noteFiles {
		u.problems = append(u.problems, petition.Problem{Field: "files", Key: "problem.too_many_files", Args: map[string]string{"max": fmt.Sprint(noteFiles)}})
		return nil
	}
	id, err := idParam(u.c, "id")
	if err != nil {
		return err
	}
	name, err := u.clean("files", part.FileName())
	if err != nil {
		return err
	}
	kept, err := u.office.addFile(u.c.Request.Context(), who(u.c).Actor, id, attachment.DisplayName(name), part)
	var refused *petition.Error
	if errors.As(err, &refused) && refused.Kind == petition.Invalid {
		u.problems = append(u.problems, named(refused, name)...)
		return nil
	}
	if err != nil {
		return err
	}
	u.files = append(u.files, kept)
	return nil
}

// addFile stores a document that is what it may be: its kind is found by its content,
// as it is for petitioners.
func (w *Office) addFile(ctx context.Context, by petition.Actor, id petition.ID, name string, r io.Reader) (petition.File, error) {
	data, err := io.ReadAll(io.LimitReader(r, noteFileSize+1))
	if err != nil {
		return petition.File{}, tooBig(err)
	}
	kind, err := attachment.Sniff(name, data, attachment.Limits{Size: noteFileSize})
	if err != nil {
		return petition.File{}, err
	}
	if w.scanner != nil {
		found, err := w.scanner.Scan(ctx, bytes.NewReader(data))
		if err != nil {
			return petition.File{}, &petition.Error{Kind: petition.Unavailable, Key: "problem.file_unscanned", Err: err}
		}
		if found != "" {
			return petition.File{}, &petition.Error{Kind: petition.Invalid, Key: "problem.file_harmful"}
		}
	}
	return w.store.AddFile(ctx, by, id, name, string(kind), bytes.NewReader(data), w.site.Now())
}

// named are the problems of a refused file, or its one sentence.
func named(e *petition.Error, name string) []petition.Problem {
	if len(e.Problems) > 0 {
		at := slices.Clone(e.Problems)
		for i := range at {
			at[i].Field = "files"
		}
		return at
	}
	args := map[string]string{"name": name}
	for k, v := range e.Args {
		args[k] = v
	}
	return []petition.Problem{{Field: "files", Key: e.Key, Args: args}}
}

func pairs(args map[string]string) []string {
	var all []string
	for k, v := range args {
		all = append(all, k, v)
	}
	return all
}

func tooBig(err error) error {
	return &petition.Error{Kind: petition.Invalid, Key: "error.too_big", Err: err}
}
