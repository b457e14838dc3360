package portal

import (
	"github.com/gin-gonic/gin"

	"huiyin/static"
	"huiyin/web"
)

const (
	autosavePath = "/file/draft"
	uploadPath   = "/file/files"
)

// list is every address of the portal, grouped by who may come. The file pages write
// nothing durable when they are only looked at.
func (p *Portal) list(proxies []string) (*web.Routes, error) {
	r, err := p.site.NewRoutes(proxies, uploadPath, adding.uploadPath(), reviewing.uploadPath())
	if err != nil {
		return nil, err
	}

	anybody := r.Guard("anybody")
	anybody.GET("/", p.showHome)
	anybody.GET("/guide", p.showGuide)
	anybody.GET("/guide/check", p.showCheck)
	anybody.POST("/guide/check", p.chooseCheck)
	anybody.GET("/guide/check/:node", p.showCheckNode)
	anybody.GET("/guide/check/:node/:choice", p.showCheckChoice)
	anybody.GET("/law/:law", p.showLaw)
	anybody.GET("/privacy", p.showPlain("privacy"))
	anybody.GET("/accessibility", p.showPlain("accessibility"))
	anybody.GET("/about", p.showPlain("about"))
	anybody.GET("/offices", p.showOffices)
	anybody.GET("/offices/:unit", p.showOffice)
	anybody.GET("/reception", p.showReception)
	anybody.GET("/reception/:unit", p.showUnitReception)
	anybody.GET("/file", p.showNotice)
	anybody.POST("/file", p.beginFiling)
	anybody.GET("/follow", p.showFollow)
	anybody.POST("/follow", p.openFollow)
	anybody.GET("/static/*file", serveStatic)
	anybody.GET("/robots.txt", showRobots)
	anybody.GET("/favicon.ico", showFavicon)

	writer := r.Guard("a person with a draft", p.needDraft)
	writer.GET("/file/where", p.showStep(whereStep))
	writer.GET("/file/where/:unit", p.showClosedUnit)
	writer.GET("/file/what", p.showStep(whatStep))
	writer.GET("/file/report", p.showStep(reportStep))
	writer.GET("/file/report/post", p.showPostOnly)
	writer.GET("/file/content", p.showStep(contentStep))
	writer.GET("/file/more", p.showStep(moreStep))
	writer.GET("/file/you", p.showStep(youStep))
	writer.GET("/file/guardian", p.showStep(guardianStep))
	writer.GET("/file/joint", p.showStep(jointStep))
	writer.GET("/file/agent", p.showStep(agentStep))
	writer.GET("/file/files", p.showFiles)
	writer.GET("/file/check", p.showReview)
	writer.GET("/file/saved", p.showSaved)
	writer.GET("/file/done", p.showReceipt)
	writer.GET("/file/done/receipt.txt", p.saveReceiptText)
	writer.GET("/file/done/receipt.html", p.saveReceiptPage)
	writer.GET("/captcha", p.freshCaptcha)

	listener := r.Guard("a person whose draft the captcha is of", p.needHolder)
	listener.GET("/captcha/:token/sound.wav", p.sayCaptcha)

	acts := r.Guard("a person with a draft and its form", p.needDraft, p.needToken)
	acts.POST("/file/where", p.saveStep(whereStep))
	acts.POST("/file/what", p.saveStep(whatStep))
	acts.POST("/file/report", p.saveStep(reportStep))
	acts.POST("/file/content", p.saveStep(contentStep))
	acts.POST("/file/more", p.saveStep(moreStep))
	acts.POST("/file/you", p.saveStep(youStep))
	acts.POST("/file/guardian", p.saveStep(guardianStep))
	acts.POST("/file/joint", p.saveStep(jointStep))
	acts.POST("/file/agent", p.saveStep(agentStep))
	acts.POST("/file/files/remove", p.removeFile)
	acts.POST("/file/submit", p.submit)
	acts.POST("/file/clear", p.clearDevice)
	acts.POST("/file/done/later", p.sendLater)
	acts.POST(autosavePath, p.autosave)

	// The token of an upload is the first part of its body: the handler checks it.
	r.Guard("a person with a draft, sending files", p.needDraft).POST(uploadPath, p.takeFiles)
	p.listFollowing(r)
	return r, nil
}

// listFollowing is what a receipt code opens.
func (p *Portal) listFollowing(r *web.Routes) {
	reader := r.Guard("a person with a receipt code", p.needSession)
	reader.GET("/follow/case", p.showCase)
	reader.GET("/follow/letters/:n", p.showLetter)
	reader.GET("/follow/add", p.showWriting(adding))
	reader.GET("/follow/add/files", p.showWritingFiles(adding))
	reader.GET("/follow/review", p.showWriting(reviewing))
	reader.GET("/follow/review/files", p.showWritingFiles(reviewing))
	reader.GET("/follow/urge", p.showDeed(urging))
	reader.GET("/follow/recusal", p.showDeed(recusing))
	reader.GET("/follow/withdraw", p.showDeed(withdrawing))
	reader.GET("/follow/rate", p.showDeed(rating))
	reader.GET("/follow/correct", p.showDeed(correcting))
	reader.GET("/follow/views", p.showDeed(viewing))
	reader.GET("/follow/news", p.showDeed(newsing))

	deeds := r.Guard("a person with a receipt code and its form", p.needSession, p.needToken)
	deeds.POST("/follow/add", p.write(adding))
	deeds.POST("/follow/add/remove", p.removeWritingFile(adding))
	deeds.POST("/follow/add/send", p.sendWriting(adding))
	deeds.POST("/follow/review", p.write(reviewing))
	deeds.POST("/follow/review/remove", p.removeWritingFile(reviewing))
	deeds.POST("/follow/review/send", p.sendWriting(reviewing))
	deeds.POST("/follow/urge", p.doDeed(urging))
	deeds.POST("/follow/recusal", p.doDeed(recusing))
	deeds.POST("/follow/withdraw", p.doDeed(withdrawing))
	deeds.POST("/follow/rate", p.doDeed(rating))
	deeds.POST("/follow/correct", p.doDeed(correcting))
	deeds.POST("/follow/views", p.doDeed(viewing))
	deeds.POST("/follow/news", p.doDeed(newsing))
	deeds.POST("/follow/leave", p.leave)

	sends := r.Guard("a person with a receipt code, sending files", p.needSession)
	sends.POST("/follow/add/files", p.takeWritingFiles(adding))
	sends.POST("/follow/review/files", p.takeWritingFiles(reviewing))
}

func serveStatic(c *gin.Context) error {
	static.Handler().ServeHTTP(c.Writer, c.Request)
	return nil
}
