package portal

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"huiyin/web"
)

// captchaView is a fresh captcha on a page, and the answer to a script that wants one.
type captchaView struct {
	Token string `json:"token"`
	Image string `json:"image"`
	Audio string `json:"audio"`
}

// newCaptcha makes a token for the pages of a draft; nothing is stored or drawn yet.
func (p *Portal) newCaptcha(d *openDraft) (captchaView, error) {
	token, err := p.captcha.New(d.id)
	if err != nil {
		return captchaView{}, err
	}
	return captchaView{token, "/captcha/" + token + "/image.png", "/captcha/" + token + "/sound.wav"}, nil
}

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

func (p *Portal) showCaptcha(c *gin.Context) error {
	b, err := p.captcha.Image(c.Param("token"), holderOf(c))
	if err != nil {
		return err
	}
	c.Header("Cache-Control", "no-store")
	c.Data(http.StatusOK, "image/png", b)
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
