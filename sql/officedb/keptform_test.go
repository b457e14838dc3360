package officedb

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"huiyin/backoffice"
	"huiyin/petition"
)

func TestAKeptFormOpensForItsWriterOnly(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		s, other := w.signIn("530102.registrar"), w.signIn("530102.handler")
		form := backoffice.KeptForm{Path: "/cases/x/note", Values: url.Values{"text": {strings.Repeat("写了很久的话。", 5000)}}}
		sealed, err := w.s.KeepForm(s.Form, form, w.now.Add(absoluteLimit))
		w.must(err)
		if len(sealed) > 4096 || strings.Contains(sealed, "note") {
			t.Errorf("%d characters", len(sealed))
		}
		later := w.now.Add(absoluteLimit + time.Hour)
		got, err := w.s.KeptForm(ctx, s.Actor, sealed, later)
		w.must(err)
		if got.Path != form.Path || got.Values.Get("text") != form.Values.Get("text") {
			t.Errorf("%.80v came back", got)
		}
		for name, one := range map[string]struct {
			by     petition.Actor
			sealed string
			at     time.Time
		}{
			"another account": {other.Actor, sealed, later},
			"changed":         {s.Actor, sealed[:len(sealed)-4] + "AAAA", later},
			"nothing":         {s.Actor, "", later},
			"too late":        {s.Actor, sealed, later.Add(keptFor)},
		} {
			if _, err := w.s.KeptForm(ctx, one.by, one.sealed, one.at); err == nil {
				t.Errorf("%s: it opened", name)
			}
		}
		w.must(w.s.SignOut(ctx, s.Token, w.now))
		_, err = w.s.KeepForm(s.Form, form, w.now)
		w.must(err)
		if who, ok := w.s.FormWriter(s.Form); !ok || who != s.Actor.Staff {
			t.Errorf("written by %v %v", who, ok)
		}
		for _, forged := range []string{"", s.Token, s.Form[:len(s.Form)-4] + "AAAA", other.Form[:24] + s.Form[24:]} {
			if _, ok := w.s.FormWriter(forged); ok {
				t.Errorf("%q was not given out", forged)
			}
			_, err = w.s.KeepForm(forged, form, w.now)
			w.want(err, petition.NotFound)
		}
		if again := w.signIn("530102.registrar"); again.Form == s.Form {
			t.Error("two sessions have one token")
		}
	})
}
