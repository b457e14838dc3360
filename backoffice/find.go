package backoffice

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// findPage is the view of pages/find.html: the number was not found.
type findPage struct {
	*web.Form
	Asked  string
	InHand *inHandAt
}

// showFind opens the case of a number. What is not there and what the reader may not
// see look the same.
func (w *Office) showFind(c *gin.Context) error {
	f := web.NewForm("find", c.Request.URL.Query())
	asked := caseNumber(f.Get("q"))
	if asked == "" {
		return w.site.Show(c, http.StatusOK, "find", findPage{Form: f})
	}
	id, err := w.store.Find(c.Request.Context(), who(c).Actor, asked)
	switch kind(err) {
	case petition.NotFound, petition.Invalid:
		found, err := w.inHand(c, asked)
		if err != nil {
			return err
		}
		if found != nil {
			return w.site.Show(c, http.StatusOK, "find", findPage{Form: f, Asked: asked, InHand: found})
		}
		f.Refuse("q", "find.nothing", "number", asked)
		return w.site.Show(c, http.StatusNotFound, "find", findPage{Form: f, Asked: asked})
	}
	if err != nil {
		return err
	}
	return w.site.Go(c, "/cases/"+id.String())
}

// caseNumber reads a number as people type it: lower case, blanks, dashes, full-width
// digits. The dash before the number of a part stays.
func caseNumber(s string) string {
	whole, part := strings.TrimSpace(s), ""
	if i := strings.LastIndexAny(whole, "-－"); i > len("XF5301022026030200016")-1 && len(whole)-i <= len("－99") {
		whole, part = whole[:i], "-"+plainNumber(whole[i:])
	}
	return plainNumber(whole) + part
}

func plainNumber(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '\uff01' && r <= '\uff5e': // full width
			r -= '\uff01' - '!'
		case r == ' ' || r == '\u3000' || r == '-':
			return -1
		}
		if r >= 'a' && r <= 'z' {
			r -= 'a' - 'A'
		}
		return r
	}, strings.TrimSpace(s))
}
