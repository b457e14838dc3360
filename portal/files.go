package portal

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/attachment"
	"huiyin/petition"
	"huiyin/web"
)

const (
	maxFiles   = 10
	maxUpload  = maxFiles * (21 << 20) // a whole form of files
	uploadTime = 10 * time.Minute
)

// filesPage lists what is attached and takes more. Filing and adding share it.
type filesPage struct {
	filePage
	Files    []petition.File
	Refused  []petition.Problem // file by file, from the upload before
	Field    string
	Accept   string
	Most     int
	Room     bool
	Identity bool // anonymous, and some file's metadata could not be removed
	Remove   string
	Next     string
}

// showFiles shows the attachments of the draft.
func (p *Portal) showFiles(c *gin.Context) error {
	d := draftOf(c)
	if d.Filed {
		return p.site.Go(c, "/file/done")
	}
	return p.site.Show(c, http.StatusOK, "files", p.filesPage(c, d, nil))
}

func (p *Portal) filesPage(c *gin.Context, d *openDraft, refused []petition.Problem) filesPage {
	form := web.NewForm("file.files", nil)
	form.Problems = refused
	page := filesPage{
		filePage: filePage{Form: form, Step: 5, Steps: bar(5), Action: uploadPath, Back: before(nil, &draft{Answers: d.Answers}), Track: d.track()},
		Files:    d.Files, Refused: refused, Field: attachment.Field, Accept: strings.Join(attachment.Accept(), ","), Most: maxFiles,
		Room: len(d.Files) < maxFiles, Remove: "/file/files/remove", Next: "/file/check",
	}
	page.Identity = d.anonymous() && slices.ContainsFunc(d.Files, telling)
	return page
}

// telling tells whether a file may still carry facts about who made it, because no
// copy without them could be made.
func telling(f petition.File) bool { return f.Clean == nil && f.Type != string(attachment.TXT) }

// takeFiles takes in what was chosen, one file after the other, never touching a disk.
func (p *Portal) takeFiles(c *gin.Context) error {
	d := draftOf(c)
	refused, err := p.receiveFiles(c, d)
	if err != nil {
		return err
	}
	if d.Filed {
		return p.site.Go(c, "/file/done")
	}
	if len(refused) > 0 {
		return p.site.Show(c, http.StatusUnprocessableEntity, "files", p.filesPage(c, d, refused))
	}
	switch c.Query("go") { // what was chosen came along with the button that leaves the page
	case "next":
		return p.site.Go(c, "/file/check")
	case "save":
		return p.site.Go(c, "/file/saved")
	}
	return p.site.Go(c, uploadPath)
}

// receiveFiles reads a form of files: the token first, then file by file. A file that
// is refused does not keep the others out.
func (p *Portal) receiveFiles(c *gin.Context, d *openDraft) ([]petition.Problem, error) {
	// An answer after a part of the body would be lost on an old connection.
	defer func() { _, _ = io.CopyN(io.Discard, c.Request.Body, 1<<20) }()
	if err := web.Patient(c, uploadTime); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return nil, err
	}
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, maxUpload)
	parts, err := c.Request.MultipartReader()
	if err != nil {
		return nil, &petition.Error{Kind: petition.Invalid, Key: "error.invalid", Err: err}
	}
	if err := tokenPart(c, parts); err != nil {
		return nil, err
	}
	var refused []petition.Problem
	chosen := c.Query("go") != "" // leaving the page needs no file; adding does
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			if !chosen {
				refused = append(refused, petition.Problem{Field: attachment.Field, Key: "wrong.file_none"})
			}
			return refused, nil
		}
		if err != nil {
			return nil, broken(err)
		}
		if part.FormName() != attachment.Field || part.FileName() == "" {
			continue // a button, or a field left empty
		}
		chosen = true
		problems, err := p.receiveFile(c, d, part)
		if err != nil {
			return nil, err
		}
		refused = append(refused, problems...)
	}
}

// tokenPart reads the form's token, which stands before everything else.
func tokenPart(c *gin.Context, parts *multipart.Reader) error {
	part, err := parts.NextPart()
	if err != nil {
		return broken(err)
	}
	b, err := io.ReadAll(io.LimitReader(part, 64))
	if err != nil {
		return broken(err)
	}
	if part.FormName() != "token" || !sameToken(c, string(b)) {
		return badToken()
	}
	return nil
}

// broken is the error of an upload that broke off or was too large.
func broken(err error) error {
	return &petition.Error{Kind: petition.Invalid, Key: "error.upload", Err: err}
}

// receiveFile takes one file into the draft; what is wrong with it comes back.
func (p *Portal) receiveFile(c *gin.Context, d *openDraft, part *multipart.Part) ([]petition.Problem, error) {
	ctx := c.Request.Context()
	if err := p.slow(c, "file", p.limits.Files); err != nil {
		return nil, err
	}
	if len(d.Files) >= maxFiles {
		return []petition.Problem{{Field: attachment.Field, Key: "wrong.file_many",
			Args: map[string]string{"n": strconv.Itoa(maxFiles), "name": attachment.DisplayName(part.FileName())}}}, nil
	}
	release, err := p.room(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	file, err := attachment.Take(ctx, part.FileName(), part, p.files, rand.Reader, p.now(),
		func(id petition.ID, n int, sealed []byte) error {
			return p.store.AddChunk(ctx, Chunk{Draft: d.id, File: id, N: n, Sealed: sealed, Expires: p.now().Add(draftLife)})
		})
	var known *petition.Error
	if errors.As(err, &known) && known.Kind == petition.Invalid && len(known.Problems) > 0 {
		return known.Problems, nil
	}
	if err != nil {
		return nil, err
	}
	return nil, p.change(ctx, d, func(d *openDraft) error {
		if d.Filed {
			return errUnchanged
		}
		d.Files = append(d.Files, file)
		return nil
	})
}

// room waits for one of the few places in which files are looked at.
func (p *Portal) room(ctx context.Context) (release func(), err error) {
	wait := time.NewTimer(30 * time.Second)
	defer wait.Stop()
	select {
	case p.uploads <- struct{}{}:
		return func() { <-p.uploads }, nil
	case <-wait.C:
	case <-ctx.Done():
	}
	return nil, &petition.Error{Kind: petition.Unavailable, Key: "error.busy"}
}

// removeFile forgets an attachment.
func (p *Portal) removeFile(c *gin.Context) error {
	if err := p.forgetFile(c); err != nil {
		return err
	}
	return p.site.Go(c, uploadPath)
}

func (p *Portal) forgetFile(c *gin.Context) error {
	form, err := p.site.Posted(c, "")
	if err != nil {
		return err
	}
	id, err := petition.ParseID(form.Get("file"))
	if err != nil {
		return err
	}
	d, ctx := draftOf(c), c.Request.Context()
	var dropped []petition.ID
	if err := p.change(ctx, d, func(d *openDraft) error {
		dropped = nil
		d.Files = slices.DeleteFunc(d.Files, func(f petition.File) bool {
			if f.ID == id {
				dropped = chunksOf(f)
			}
			return f.ID == id
		})
		return nil
	}); err != nil {
		return err
	}
	for _, file := range dropped {
		if err := p.store.DropFile(ctx, d.id, file); err != nil {
			return err
		}
	}
	return nil
}

// chunksOf names everything stored of a file: the original and its working copy.
func chunksOf(f petition.File) []petition.ID {
	ids := []petition.ID{f.ID}
	if f.Clean != nil {
		ids = append(ids, f.Clean.ID)
	}
	return ids
}

// claims names everything stored of several files.
func claims(files []petition.File) []petition.ID {
	var ids []petition.ID
	for _, f := range files {
		ids = append(ids, chunksOf(f)...)
	}
	return ids
}
