package main

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// Every list that somebody of the staff finds on the rail, and the first thing in it, can
// be used by everybody who works there, on a phone too.
func TestEveryPageOfTheRailIsAccessible(t *testing.T) {
	w := newWorld(t, &config{})
	seen := map[string]bool{}
	for _, login := range []string{"yc.registrar", "yc.head", "yc.leader", "yc.cadre", "yc.supervisor", "qx.unithead",
		"admin.system", "admin.security", "admin.audit"} {
		t.Run(login, func(t *testing.T) {
			p := w.officer(t, login)
			p.do(chromedp.EmulateViewport(phone, 900))
			for _, path := range ask[[]string](p, `[...document.querySelectorAll('.rail a')].map(a => a.getAttribute('href'))`) {
				if seen[path] {
					continue
				}
				seen[path] = true
				p.visit(path)
				p.accessible()
				first := ask[string](p, `(document.querySelector('main th a, main a.ttl')||document.body).getAttribute('href')||''`)
				if first, _, _ := strings.Cut(first, "?"); first != "" && !seen[first] {
					seen[first] = true
					p.visit(first)
					p.accessible()
				}
			}
		})
	}
	if len(seen) < 50 {
		t.Errorf("only %d pages were seen", len(seen))
	}
}
