package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"huiyin/demo"
)

// TestGallery takes a picture of every page at phone and desk width for people to look
// at, into the folder that HUIYIN_TEST_GALLERY names, and checks each with axe-core.
func TestGallery(t *testing.T) {
	folder := os.Getenv("HUIYIN_TEST_GALLERY")
	if folder == "" {
		t.Skip("HUIYIN_TEST_GALLERY names no folder for the pictures")
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, &config{})
	for _, width := range []int64{phone, wide} {
		p := w.citizen(t, width)
		for name, path := range map[string]string{"home": "/", "guide": "/guide", "check": "/guide/check", "offices": "/offices",
			"about": "/about", "privacy": "/privacy", "accessibility": "/accessibility", "law": "/law/2022", "lost": "/nowhere", "follow": "/follow",
			"complaint": "/file?for=retaliation"} {
			p.visit(path)
			p.shoot(folder, name, width)
		}
		step := 0
		w.file(p, teacher, func() { step++; p.shoot(folder, fmt.Sprintf("file-%d", step), width) })
		for _, k := range demo.KnownCases() {
			p.follow(k.Code)
			p.shoot(folder, "follow-"+string(k.Known), width)
			p.shootForms(folder, string(k.Known), width)
			if ask[bool](p, `!!document.querySelector('a[href^="/follow/letters/"]')`) {
				p.click(`a[href^="/follow/letters/"]`)
				p.shoot(folder, "letter-"+string(k.Known), width)
			}
		}
		w.shootOffice(t, folder, width)
	}
}

// shootForms pictures the form behind every button of the follow page.
func (p *person) shootForms(folder, known string, width int64) {
	p.t.Helper()
	for _, form := range []string{"add", "review", "urge", "recusal", "rate", "withdraw", "correct", "views"} {
		if ask[bool](p, `!!document.querySelector('a[href="/follow/`+form+`"]')`) {
			p.visit("/follow/" + form)
			p.shoot(folder, "follow-"+known+"-"+form, width)
			p.visit("/follow/case")
		}
	}
}

// shootOffice pictures the staff's pages.
func (w *world) shootOffice(t *testing.T, folder string, width int64) {
	t.Helper()
	door := newPerson(t, w.office, width)
	door.visit("/sign-in")
	door.shoot(folder, "office-sign-in", width)
	for login, paths := range map[string]map[string]string{
		"yc.registrar": {"home": "/", "queue": "/queue", "triage": "/queue?queue=triage", "over": "/queue?due=over", "letter": "/register/letter", "me": "/me", "about": "/about"},
		"yc.leader":    {"leader": "/leader"},
		"yc.cadre":     {"reports": "/reports"},
	} {
		p := w.officer(t, login)
		p.do(chromedp.EmulateViewport(width, 900))
		for name, path := range paths {
			p.visit(path)
			p.shoot(folder, "office-"+name, width)
		}
	}
	p := w.officer(t, "yc.registrar")
	p.do(chromedp.EmulateViewport(width, 900))
	for _, queue := range []string{"register", "triage", "handle", "done"} {
		p.visit("/queue?queue=" + queue)
		if !ask[bool](p, `!!document.querySelector('a.ttl')`) {
			continue
		}
		p.click("a.ttl")
		p.shoot(folder, "office-case-"+queue, width)
		at := p.at()
		for _, action := range []string{"check", "register", "redirect", "refer", "refuse", "accept", "identity", "code"} {
			if ask[bool](p, `!!document.querySelector('a[href^="`+at+`/`+action+`"]')`) {
				p.visit(at + "/" + action)
				p.shoot(folder, "office-"+queue+"-"+action, width)
				p.visit(at)
			}
		}
	}
}

// TestGalleryOfAdministrators pictures the pages of the three administrators and of the
// own account's second factor, like TestGallery.
func TestGalleryOfAdministrators(t *testing.T) {
	folder := os.Getenv("HUIYIN_TEST_GALLERY")
	if folder == "" {
		t.Skip("HUIYIN_TEST_GALLERY names no folder for the pictures")
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, &config{})
	for _, width := range []int64{phone, wide} {
		take := func(p *person, name, path string) {
			t.Helper()
			p.visit(path)
			p.shoot(folder, "admin-"+name, width)
		}
		at := func(login string) *person {
			p := w.officer(t, login)
			p.do(chromedp.EmulateViewport(width, 900))
			return p
		}
		system, security, audit := at("admin.system"), at("admin.security"), at("admin.audit")
		take(system, "accounts", "/accounts")
		take(system, "accounts-none", "/accounts?q=nobody")
		take(system, "units", "/units")
		system.visit("/accounts?q=qx.handler")
		system.click("a.ttl")
		of := system.at()
		take(system, "account", of)
		for _, act := range []string{"change", "close", "sessions"} {
			take(system, "account-"+act, of+"/"+act)
		}
		take(system, "new", "/accounts/new")
		system.click("main form .btn")
		system.shoot(folder, "admin-new-refused", width)
		system.enter(answers{"login": fmt.Sprintf("new.%d", width), "name": "新来", "unit": "990102", "roles": "handler", "why": "新到岗"})
		system.click("main form .btn")
		request := system.at()
		take(system, "request-waits", request)
		take(security, "requests", "/requests")
		for _, act := range []string{"password", "unbind"} {
			take(security, "account-"+act, of+"/"+act)
		}
		take(security, "request", request)
		security.choose("decision", "approve")
		security.click("main form .btn")
		security.shoot(folder, "admin-password-once", width)
		take(security, "requests-decided", "/requests")
		take(audit, "audit", "/audit")
		audit.click(`main form[action="/audit"] .btn`)
		audit.shoot(folder, "admin-audit-checked", width)
		take(audit, "me", "/me")
		take(audit, "code", "/me/code")
	}
}

// shoot saves a picture of the whole page and checks it.
func (p *person) shoot(folder, name string, width int64) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 20*time.Second)
	defer cancel()
	b, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%s-%d.png", name, width)), b, 0o644); err != nil {
		p.t.Fatal(err)
	}
	p.accessible()
}
