package backoffice

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// sealedFile is an attachment of a report and where it opens.
type sealedFile struct {
	petition.File
	To string
}

// sealedFiles are the links to a report's files.
func sealedFiles(report petition.ID, files []petition.File) []sealedFile {
	var all []sealedFile
	for _, f := range files {
		all = append(all, sealedFile{f, "/reports/" + report.String() + "/files/" + f.ID.String()})
	}
	return all
}

// Files are those that came with the report.
func (r *ReportFile) Files() []sealedFile { return sealedFiles(r.ID, r.Filing.Files) }

// findFile is a file that stands in the report: it came with it, or later. Inside tells
// that the office wrote it.
func (r *ReportFile) findFile(id petition.ID) (f petition.File, inside, ok bool) {
	for _, one := range r.Filing.Files {
		if one.ID == id {
			return one, false, true
		}
	}
	for _, e := range r.Later {
		for _, one := range e.Act.Files {
			if one.ID == id {
				return one, e.By.Kind == petition.ByStaff, true
			}
		}
	}
	return petition.File{}, false, false
}

// sealedFilePage opens the report to find the file in it, which is on record like every
// look. It fails with NotFound outside the compartment, and for a file of something else.
func (w *Office) sealedFilePage(c *gin.Context, f *web.Form) (filePage, petition.ID, error) {
	report, err := w.reportID(c)
	if err != nil {
		return filePage{}, report, err
	}
	id, err := idParam(c, "file")
	if err != nil {
		return filePage{}, report, err
	}
	why := w.site.Text.Say("zh-CN", "title.file")
	opened, err := w.store.Report(c.Request.Context(), who(c).Actor, report, why, w.site.Now())
	if err != nil {
		return filePage{}, report, err
	}
	found, inside, ok := opened.findFile(id)
	if !ok {
		return filePage{}, report, web.NotFound()
	}
	back := "/reports/" + report.String()
	return filePage{Form: f, File: found, Purposes: w.reportPurposes(c), Inside: inside,
		To: back + "/files/" + id.String(), Back: back}, report, nil
}

func (w *Office) askSealedFile(c *gin.Context) error {
	v, _, err := w.sealedFilePage(c, web.NewForm("file", nil))
	if err != nil {
		return err
	}
	return w.site.Show(c, http.StatusOK, "file", v)
}

// openSealedFile sends the file as a download, as openFile does.
func (w *Office) openSealedFile(c *gin.Context) error {
	f, err := w.posted(c, "file")
	if err != nil {
		return err
	}
	v, report, err := w.sealedFilePage(c, f)
	if err != nil {
		return err
	}
	purpose := w.reportPurpose(f)
	if !f.OK() {
		return w.site.Show(c, http.StatusUnprocessableEntity, "file", v)
	}
	return w.sendFile(c, v, report, purpose)
}
