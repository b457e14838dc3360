package backoffice

import (
	"mime"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// filePage is the view of pages/file.html: why an attachment is opened.
type filePage struct {
	*web.Form
	*dossier // nil for a report's
	File     petition.File
	Purposes []web.Option
	Inside   bool   // an internal document, not the petitioner's
	To, Back string // addresses
}

// findFile is a file that stands in the case: the petitioner's, or an internal one.
func (d *dossier) findFile(id petition.ID) (f petition.File, inside, ok bool) {
	for _, one := range d.Filing.Files {
		if one.ID == id {
			return one, false, true
		}
	}
	for _, e := range d.Events {
		for _, one := range e.Act.Files {
			if one.ID == id {
				return one, e.By.Kind == petition.ByStaff, true
			}
		}
	}
	return petition.File{}, false, false
}

func (w *Office) filePage(c *gin.Context, f *web.Form) (filePage, error) {
	d, err := w.dossier(c)
	if err != nil {
		return filePage{}, err
	}
	id, err := idParam(c, "file")
	if err != nil {
		return filePage{}, err
	}
	found, inside, ok := d.findFile(id)
	if !ok {
		return filePage{}, web.NotFound()
	}
	back := "/cases/" + d.ID.String()
	return filePage{f, d, found, w.purposeOptions(c), inside, back + "/files/" + id.String(), back}, nil
}

func (w *Office) askFile(c *gin.Context) error {
	v, err := w.filePage(c, web.NewForm("file", nil))
	if err != nil {
		return err
	}
	return w.site.Show(c, http.StatusOK, "file", v)
}

// openFile sends the file as a download, whatever it is: nothing of a petitioner's is
// ever shown by the browser as a page of ours.
func (w *Office) openFile(c *gin.Context) error {
	f, err := w.posted(c, "file")
	if err != nil {
		return err
	}
	v, err := w.filePage(c, f)
	if err != nil {
		return err
	}
	purpose := w.purpose(f)
	if !f.OK() {
		return w.site.Show(c, http.StatusUnprocessableEntity, "file", v)
	}
	return w.sendFile(c, v, v.ID, purpose)
}

// sendFile sends a case's or a report's file, once the purpose is stated.
func (w *Office) sendFile(c *gin.Context, v filePage, of petition.ID, purpose string) error {
	original := v.Has("original", "yes") || v.File.Clean == nil
	out := &download{c: c, file: v.File, original: original}
	_, err := w.store.OpenFile(c.Request.Context(), who(c).Actor, of, v.File.ID, original, purpose, w.site.Now(), out)
	if err == nil {
		out.begin() // an empty file has no first byte
	}
	return err
}

// download sends the headers with the first byte, so that a refusal can still be a
// page.
type download struct {
	c        *gin.Context
	file     petition.File
	original bool
	begun    bool
}

func (d *download) begin() {
	if d.begun {
		return
	}
	d.begun = true
	h := d.c.Writer.Header()
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": d.file.Name}))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cache-Control", "no-store")
	if d.original {
		h.Set("Content-Length", strconv.FormatInt(d.file.Size, 10))
	} else {
		h.Set("Content-Length", strconv.FormatInt(d.file.Clean.Size, 10))
	}
	d.c.Writer.WriteHeader(http.StatusOK)
}

func (d *download) Write(b []byte) (int, error) {
	d.begin()
	return d.c.Writer.Write(b)
}
