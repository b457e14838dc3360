package web

import (
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/petition"
)

// Handler answers a request or returns why it could not.
type Handler func(c *gin.Context) error

// Fault is the view of the page "fault": what a reader is told when a page cannot
// be given.
type Fault struct {
	Status    int
	Key       string // sentence
	Args      map[string]string
	Reference string // of a fault of ours, to quote on the telephone
}

var statusOf = map[petition.Kind]int{
	petition.Invalid:     http.StatusBadRequest,
	petition.NotFound:    http.StatusNotFound,
	petition.Forbidden:   http.StatusForbidden,
	petition.Conflict:    http.StatusConflict,
	petition.Throttled:   http.StatusTooManyRequests,
	petition.Unavailable: http.StatusServiceUnavailable,
}

// Handle is the one place where an error becomes a status, a page and a log line.
func (s *Site) Handle(h Handler) gin.HandlerFunc {
	return func(c *gin.Context) {
		if err := h(c); err != nil {
			s.Fail(c, err)
		}
	}
}

// Fail sends the page of an error. What is not ours is 500, a fixed sentence and a
// reference that the log line carries.
func (s *Site) Fail(c *gin.Context, err error) {
	c.Abort()
	if c.Writer.Written() {
		s.Log.Error("answer broke off", "route", c.FullPath(), "err", err)
		return
	}
	f := s.fault(c, err)
	busy := f.Status == http.StatusServiceUnavailable || f.Status == http.StatusTooManyRequests
	if busy && c.Writer.Header().Get("Retry-After") == "" { // who throttled may know better
		c.Header("Retry-After", "30")
	}
	c.Header("Cache-Control", "no-store")
	if err := s.Show(c, f.Status, "fault", f); err != nil {
		s.Log.Error("error page", "route", c.FullPath(), "err", err)
		c.String(http.StatusInternalServerError, "500")
	}
}

func (s *Site) fault(c *gin.Context, err error) Fault {
	var known *petition.Error
	if errors.As(err, &known) && statusOf[known.Kind] != 0 {
		f := Fault{Status: statusOf[known.Kind], Key: known.Key, Args: known.Args}
		if f.Key == "" || !s.Text.Has(Languages[0], f.Key) {
			f.Key = "error." + string(known.Kind)
		}
		if f.Status >= http.StatusInternalServerError {
			s.Log.Warn("shed", "route", c.FullPath(), "err", err)
		}
		return f
	}
	ref := reference(s.Now())
	s.Log.LogAttrs(c.Request.Context(), slog.LevelError, "fault",
		slog.String("reference", ref), slog.String("route", c.FullPath()), slog.String("err", err.Error()))
	return Fault{Status: http.StatusInternalServerError, Key: "error.fault", Reference: ref}
}

// reference is short enough to read out on the telephone.
func reference(now time.Time) string { return now.UTC().Format("0102-150405.000") }

// NotFound is the error of an address or thing that does not exist.
func NotFound() error { return &petition.Error{Kind: petition.NotFound, Key: "error.not_found"} }
