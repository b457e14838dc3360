package backoffice

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"huiyin/attachment"
	"huiyin/petition"
	"huiyin/web"
)

// noteFiles is how many documents one note may have.
const noteFiles = 5

// note writes a work note with its internal documents. Nothing is written to a
// temporary file, and a document is read only after the form's token was checked.
func (w *Office) note(c *gin.Context) error {
	c.Params = append(c.Params, gin.Param{Key: "action", Value: string(petition.Note)})
	if !strings.HasPrefix(c.ContentType(), "multipart/") {
		c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, web.MaxForm)
		return w.doTask(c)
	}
	id, err := idParam(c, "id")
	if err != nil {
		return err
	}
	u := upload{office: w, c: c, at: "files", most: noteFiles, keep: func(name string, r io.Reader) (petition.File, error) {
		return w.addFile(c.Request.Context(), who(c).Actor, id, name, r)
	}}
	if err := u.receive(); err != nil {
		return err
	}
	return w.keepNote(c, &u)
}

// keepNote goes on as every task does, with the documents in the act.
func (w *Office) keepNote(c *gin.Context, u *upload) error {
	f := u.form(string(petition.Note))
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
		if t.Refused(err) {
			return w.form(t, http.StatusUnprocessableEntity)
		}
		return w.refused(t, err)
	}
	if act.Public && len(act.Files) == 0 && t.Get("step") != "do" {
		return w.take(t)
	}
	return w.act(t, act)
}

// addFile stores a document that is what it may be: its kind is found by its content,
// as it is for petitioners.
func (w *Office) addFile(ctx context.Context, by petition.Actor, id petition.ID, name string, r io.Reader) (petition.File, error) {
	data, err := io.ReadAll(io.LimitReader(r, fileMost+1))
	if err != nil {
		return petition.File{}, tooBig(err)
	}
	kind, err := attachment.Sniff(name, data, attachment.Limits{Size: fileMost})
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
