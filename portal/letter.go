package portal

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
)

// letterPage is a paper that was sent to the petitioner, in the form of a letter.
type letterPage struct {
	Letter petition.Paper
	Number string
	Title  string
	Back   string
}

// showLetter shows a paper of the case by its place in the folder.
func (p *Portal) showLetter(c *gin.Context) error {
	_, m, err := p.look(c)
	if err != nil {
		return err
	}
	f := m.Folder
	n, err := strconv.Atoi(c.Param("n"))
	if err != nil || n < 1 || n > len(f.Letters) {
		return gone()
	}
	return p.site.Show(c, http.StatusOK, "letter", letterPage{f.Letters[n-1], f.Number, f.Title, m.Back()})
}
