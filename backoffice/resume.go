package backoffice

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
	"huiyin/web"
)

// A session may end while somebody writes. What was written then comes back after the
// sign-in, to the same account only, and is shown again to be sent by hand: nothing that
// was posted without a session is ever done.

// resumable are the forms that come back, by their routes. Every one of them shows its
// form again, and does nothing, unless the form is OK.
var resumable = []string{"/cases/:id/:action", "/cases/:id/note", "/cases/:id/check", "/cases/:id/amend", "/register/:channel",
	"/reports/:id/:action", "/visits", "/visits/:id"}

// resumed is a form on its way back: the context of the request has it.
type resumed struct{ token string } // of the new session

type resumedKey struct{}

// comesBack tells whether the request shows a form again that a session's end held up.
func comesBack(c *gin.Context) (resumed, bool) {
	r, ok := c.Request.Context().Value(resumedKey{}).(resumed)
	return r, ok && slices.Contains(resumable, c.FullPath())
}

// keepForm answers a form that was sent without a live session with the sign-in page,
// which carries what was written, sealed; false where there is nothing to keep.
func (w *Office) keepForm(c *gin.Context) (bool, error) {
	if c.Request.Method != http.MethodPost || !slices.Contains(resumable, c.FullPath()) {
		return false, nil
	}
	written, err := writtenFields(c)
	if err != nil || len(written) == 0 {
		return false, err
	}
	kept, err := w.store.KeepForm(written.Get("token"), KeptForm{Path: c.Request.URL.Path, Values: written}, w.site.Now())
	if kind(err) == petition.NotFound {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	f := web.NewForm("sign_in", url.Values{"kept": {kept}})
	return true, w.askSignIn(c, http.StatusForbidden, f, w.pageOf(c), "sign_in.kept")
}

// formerly tells whether a form that comes back was written by the same person in an
// earlier session: it was signed in anew in another tab meanwhile.
func (w *Office) formerly(c *gin.Context, token string) bool {
	writer, ok := w.store.FormWriter(token)
	return ok && writer == who(c).Actor.Staff && slices.Contains(resumable, c.FullPath())
}

// writtenFields are the fields of a form, of which files are none.
func writtenFields(c *gin.Context) (url.Values, error) {
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, web.MaxForm+fileMost)
	if !strings.HasPrefix(c.ContentType(), "multipart/") {
		err := c.Request.ParseForm()
		if err != nil {
			return nil, tooBig(err)
		}
		return c.Request.PostForm, nil
	}
	parts, err := c.Request.MultipartReader()
	if err != nil {
		return nil, tooBig(err)
	}
	all, room := url.Values{}, int64(web.MaxForm)
	for {
		part, err := parts.NextPart()
		if err != nil { // the end, or files so large that their form is cut: what was read is kept
			return all, nil
		}
		if part.FileName() != "" {
			continue
		}
		b, err := io.ReadAll(io.LimitReader(part, room+1))
		if room -= int64(len(b)); err != nil || room < 0 {
			return nil, tooBig(err)
		}
		all.Add(part.FormName(), string(b))
	}
}

// pageOf is the page that was asked for, or that a form was sent from: our forms stand at
// the address that they are sent to. "" where there is no such page.
func (w *Office) pageOf(c *gin.Context) string {
	at := c.Request.URL
	if c.Request.Method == http.MethodPost && !slices.ContainsFunc(w.routes.List, func(r web.Route) bool {
		return r.Method == http.MethodGet && leadsTo(r.Path, at.Path)
	}) {
		return ""
	}
	return at.RequestURI()
}

// leadsTo tells whether the path is one of a route's, whose ":name" stands for anything.
func leadsTo(route, path string) bool {
	want, got := strings.Split(route, "/"), strings.Split(path, "/")
	for i := range min(len(want), len(got)) {
		if want[i] != got[i] && !strings.HasPrefix(want[i], ":") {
			return false
		}
	}
	return len(want) == len(got)
}

// resume shows the kept form of somebody who has signed in again; false if there is none,
// or it was written with another account.
func (w *Office) resume(c *gin.Context, s Session, sealed string) (bool, error) {
	if sealed == "" || unsettled(s) != "" {
		return false, nil
	}
	kept, err := w.store.KeptForm(c.Request.Context(), s.Actor, sealed, w.site.Now())
	var refused *petition.Error
	if errors.As(err, &refused) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	kept.Values.Set("token", s.Form)
	body := kept.Values.Encode()
	again := c.Request.Clone(context.WithValue(c.Request.Context(), resumedKey{}, resumed{s.Token}))
	again.URL, again.RequestURI = &url.URL{Path: kept.Path}, kept.Path
	again.Body, again.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
	again.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	again.Form, again.PostForm, again.MultipartForm = nil, nil, nil
	w.routes.Engine.ServeHTTP(c.Writer, again)
	return true, nil
}

// show has the form shown again. It fails where a route shows none.
func (r resumed) show(c *gin.Context, f *web.Form) error {
	if !slices.Contains(resumable, c.FullPath()) {
		return &petition.Error{Kind: petition.Forbidden, Key: "error.form_token"}
	}
	lookAgain(f)
	return nil
}

// lookAgain has the form shown again with every word, and nothing done: it says so at
// what most was written in.
func lookAgain(f *web.Form) {
	longest := ""
	for field, values := range f.Values {
		if size := len(strings.Join(values, "")); field != "token" && field != "nonce" &&
			(longest == "" || size > len(strings.Join(f.Values[longest], "")) ||
				size == len(strings.Join(f.Values[longest], "")) && field < longest) {
			longest = field
		}
	}
	f.Refuse(longest, "problem.look_again")
}
