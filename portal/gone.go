package portal

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
)

// gonePage gives back what was typed on a page whose draft is no more, to be copied.
type gonePage struct{ Words []lateWords }

// giveBack answers a page of questions whose draft expired while it was being filled
// in: its words are kept nowhere, so they are shown once more. ok is false where
// nothing was typed.
func (p *Portal) giveBack(c *gin.Context) (ok bool, err error) {
	name := strings.TrimPrefix(c.FullPath(), "/file/")
	if c.Request.Method != http.MethodPost || lateFields[name] == nil {
		return false, nil
	}
	form, err := p.site.Typed(c, "file."+name)
	if err != nil {
		return false, err
	}
	var page gonePage
	for _, field := range lateFields[name] {
		if text := form.Get(field); text != "" {
			page.Words = append(page.Words, lateWords{name, field, text})
		}
	}
	if len(page.Words) == 0 {
		return false, nil
	}
	c.Header("Cache-Control", "no-store")
	return true, p.site.Show(c, http.StatusGone, "gone", page)
}
