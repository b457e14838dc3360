package portal

import (
	"encoding/base64"
	"html/template"
	"net/http"

	"github.com/gin-gonic/gin"

	"huiyin/web"
)

// captchaView is a fresh captcha on a page, and the answer to a script that wants one.
// The picture stands in the page itself: everybody who is shown it needs it, and a slow
// line fetches one thing less. The sound is fetched by who listens.
type captchaView struct {
	Token string `json:"token"`
	Image string `json:"image"`
	Audio string `json:"audio"`
}

// Src is the picture as an attribute: base64 stands in a page as it is, and escaping five
// thousand characters would cost more than all else of the captcha's part of the page.
func (k captchaView) Src() template.HTMLAttr {
	return template.HTMLAttr(`src="` + k.Image + `"`) // #nosec G203 -- our own picture
}

// newCaptcha makes a captcha for the pages of a draft; nothing is stored.
func (p *Portal) newCaptcha(d *openDraft) (captchaView, error) {
	token, err := p.captcha.New(d.id)
	if err != nil {
		return captchaView{}, err
	}
	picture, err := p.captcha.Image(token, d.id)
	if err != nil {
		return captchaView{}, err
	}
	image := make([]byte, 0, len(pngData)+base64.StdEncoding.EncodedLen(len(picture)))
	image = base64.StdEncoding.AppendEncode(append(image, pngData...), picture)
	return captchaView{token, string(image), "/captcha/" + token + "/sound.wav"}, nil
}

// pngData is how the address of a picture within a page begins.
const pngData = "data:image/png;base64,"

// freshCaptcha gives a script another one without a new page.
func (p *Portal) freshCaptcha(c *gin.Context) error {
	k, err := p.newCaptcha(draftOf(c))
	if err != nil {
		return err
	}
	c.Header("Cache-Control", "no-store")
	c.JSON(http.StatusOK, k)
	return nil
}

func (p *Portal) sayCaptcha(c *gin.Context) error {
	b, err := p.captcha.Audio(c.Param("token"), holderOf(c), web.Lang(c))
	if err != nil {
		return err
	}
	c.Header("Cache-Control", "no-store")
	c.Data(http.StatusOK, "audio/wav", b)
	return nil
}
