package backoffice

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// noticesPage is the view of pages/notices.html: what other units told ours
// (来函告知), to be read and acknowledged.
type noticesPage struct {
	Rows   []noticeLine
	Unread int
	Next   string
	First  string
}

// noticePage is the view of pages/notice.html.
type noticePage struct {
	*web.Form
	noticeLine
}

// noticeLine is a notice with the name of the unit that sent it.
type noticeLine struct {
	Notice
	Unit string
	To   string
}

func (w *Office) showNotices(c *gin.Context) error {
	ctx, by := c.Request.Context(), who(c).Actor
	q, err := readNoticeQuery(c)
	if err != nil {
		return err
	}
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	page, err := w.store.Notices(ctx, by, q)
	if err != nil {
		return err
	}
	v := noticesPage{Unread: page.Unread}
	for _, n := range page.Rows {
		v.Rows = append(v.Rows, lineOfNotice(rules, n))
	}
	if page.More && len(page.Rows) > 0 {
		last := page.Rows[len(page.Rows)-1]
		v.Next = "/notices?" + url.Values{"before": {strconv.FormatInt(last.At.UnixMicro(), 10)}, "case": {last.Case.String()}}.Encode()
	}
	if !q.Before.IsZero() {
		v.First = "/notices"
	}
	c.Set(countsKey, pill{notices: page.Unread})
	return w.site.Show(c, http.StatusOK, "notices", v)
}

func lineOfNotice(r petition.Rules, n Notice) noticeLine {
	return noticeLine{n, unitName(r, n.From), "/notices/" + n.Case.String() + "/" + strconv.Itoa(n.N)}
}

// readNoticeQuery reads where a page begins. It fails with NotFound for what no page of
// ours has written.
func readNoticeQuery(c *gin.Context) (NoticeQuery, error) {
	if c.Query("before") == "" {
		return NoticeQuery{}, nil
	}
	at, err := strconv.ParseInt(c.Query("before"), 10, 64)
	if err != nil || at <= 0 {
		return NoticeQuery{}, web.NotFound()
	}
	id, err := petition.ParseID(c.Query("case"))
	if err != nil {
		return NoticeQuery{}, web.NotFound()
	}
	return NoticeQuery{Before: time.UnixMicro(at), BeforeCase: id}, nil
}

// noticeParams is the notice that the address names.
func noticeParams(c *gin.Context) (petition.ID, int, error) {
	id, err := idParam(c, "id")
	if err != nil {
		return id, 0, err
	}
	n, err := strconv.Atoi(c.Param("n"))
	if err != nil || n < 1 {
		return id, 0, web.NotFound()
	}
	return id, n, nil
}

func (w *Office) showNotice(c *gin.Context) error {
	id, n, err := noticeParams(c)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	rules, err := w.store.Rules(ctx)
	if err != nil {
		return err
	}
	found, err := w.store.Notice(ctx, who(c).Actor, id, n)
	if err != nil {
		return err
	}
	return w.site.Show(c, http.StatusOK, "notice", noticePage{web.NewForm("notice", nil), lineOfNotice(rules, found)})
}

// takeNote records that the unit has read it; the unit that sent it sees that.
func (w *Office) takeNote(c *gin.Context) error {
	if _, err := w.posted(c, "notice"); err != nil {
		return err
	}
	id, n, err := noticeParams(c)
	if err != nil {
		return err
	}
	if err := w.store.TakeNote(c.Request.Context(), who(c).Actor, id, n, w.site.Now()); err != nil {
		return err
	}
	w.site.Flash(c, "flash.notice")
	return w.site.Go(c, "/notices")
}
