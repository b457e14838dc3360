package main

import (
	"strings"
	"testing"
	"time"

	"huiyin/demo"
	"huiyin/petition"
)

// citizen opens the portal.
func (w *world) citizen(t *testing.T, width int64) *person {
	t.Helper()
	return newPerson(t, w.portal, width)
}

// officer signs in at the back office.
func (w *world) officer(t *testing.T, login string) *person {
	t.Helper()
	p := newPerson(t, w.office, wide)
	p.visit("/sign-in")
	p.fill("login", login)
	p.fill("password", demo.Password)
	p.click("main form button")
	if p.at() == "/sign-in" {
		t.Fatalf("%s cannot sign in:\n%s", login, p.words())
	}
	return p
}

// answers is what a person writes on the pages of a filing: field, value.
type answers map[string]string

// goOn fills the fields of a page and presses its first button.
func (p *person) goOn(a answers) {
	p.t.Helper()
	from := p.at()
	p.enter(a)
	p.clickWhere(`[...document.querySelectorAll('main .btns .btn')].filter(e => e.offsetParent !== null && !/--(quiet|second|danger)/.test(e.className)).pop()`, "the first button")
	if p.at() == from {
		p.t.Fatalf("%s did not lead on:\n%s", from, p.words())
	}
}

// enter fills fields; a value for a radio or checkbox is chosen.
func (p *person) enter(a answers) {
	p.t.Helper()
	for field, value := range a {
		kind := ask[string](p, `(document.querySelector('main [name=`+quote(field)+`]:not([type=hidden])')||{}).type || ''`)
		if kind == "radio" || kind == "checkbox" {
			p.choose(field, value)
		} else {
			p.fill(field, value)
		}
	}
}

// promise says what an opinion that grants will have done, within a month.
func (p *person) promise(what string) {
	p.t.Helper()
	p.enter(answers{"execution.what": what, "execution.due": petition.Day(time.Now().AddDate(0, 0, 30))})
}

// petition is what somebody files.
type filed struct {
	area                  string // code of the unit
	purpose, topic        string
	title, facts, request string
	you                   answers
}

// file goes through every step and returns the receipt code. look is called on every
// page.
func (w *world) file(p *person, f filed, look func()) string {
	p.t.Helper()
	p.visit("/file")
	look()
	p.goOn(answers{"consent": "yes"})
	look()
	p.goOn(answers{"area": f.area})
	look()
	p.goOn(answers{"purpose": f.purpose, "topic": f.topic})
	for p.at() != "/file/check" {
		look()
		switch p.at() {
		case "/file/content":
			p.goOn(answers{"title": f.title, "facts": f.facts, "request": f.request})
		case "/file/you":
			p.goOn(f.you)
		case "/file/report":
			p.goOn(answers{"head": "no"})
		case "/file/more", "/file/files":
			p.goOn(nil)
		default:
			p.t.Fatalf("the steps lead to %s:\n%s", p.at(), p.words())
		}
	}
	look()
	if width := ask[int](p, `document.querySelector('.captcha__pic').naturalWidth`); width != 240 {
		p.t.Errorf("the captcha is shown %d pixels wide", width)
	}
	digits, err := w.answer(p.value("captcha_token"))
	if err != nil {
		p.t.Fatal(err)
	}
	p.goOn(answers{"declare": "yes", "captcha": digits})
	if p.at() != "/file/done" {
		p.t.Fatalf("after submitting at %s:\n%s", p.at(), p.words())
	}
	look()
	return strings.Join(strings.Fields(ask[string](p, `document.querySelector('#code').innerText`)), "")
}

// follow opens the case of a receipt code.
func (p *person) follow(code string) {
	p.t.Helper()
	p.visit("/follow")
	p.fill("code", code)
	p.click("main form .btn")
	if p.at() != "/follow/case" {
		p.t.Fatalf("the code led to %s:\n%s", p.at(), p.words())
	}
}

// until looks at the follow page until the words are there: the mail line needs a
// moment.
func (p *person) until(words string) {
	p.t.Helper()
	for range 100 {
		p.visit("/follow/case")
		if strings.Contains(p.words(), words) {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	p.t.Fatalf("%q did not come:\n%s", words, p.words())
}

// open finds a case in the queue by its title and returns its address.
func (p *person) open(title string) string {
	p.t.Helper()
	for range 100 {
		p.visit("/queue")
		if href := ask[string](p, `(([...document.querySelectorAll('a.ttl')].find(a => a.innerText.includes(`+quote(title)+`))||{getAttribute(){return ''}}).getAttribute('href'))`); href != "" {
			p.visit(href)
			return strings.SplitN(href, "?", 2)[0]
		}
		time.Sleep(100 * time.Millisecond)
	}
	p.t.Fatalf("%q is in no queue:\n%s", title, p.words())
	return ""
}

// take does an action on a case: form, preview where there is one, done.
func (p *person) take(at, action string, a answers) {
	p.t.Helper()
	p.visit(at + "/" + action)
	p.enter(a)
	p.finish(at)
}

// distribute gives a case to the handler of this name in the inner office.
func (p *person) distribute(at, name string) {
	p.t.Helper()
	p.visit(at + "/distribute")
	whom := ask[string](p, `([...document.querySelector('[name=handler]').options].find(o => o.text.includes(`+quote(name)+`))||{}).value || ''`)
	if whom == "" {
		p.t.Fatalf("at %s there is nobody named %s:\n%s", p.at(), name, p.words())
	}
	p.take(at, "distribute", answers{"handler": whom})
}

// pressNext presses the button that leads on from an action's form.
func (p *person) pressNext() {
	p.t.Helper()
	p.click(`main button[name=step].btn:not(.btn--second):not(.btn--quiet)`)
}

// refused tells whether the page lists what is to be mended.
func (p *person) refused() bool {
	p.t.Helper()
	return ask[bool](p, `!!document.querySelector('.errsum')`)
}

// finish presses on from a form through its preview until the case page is back.
func (p *person) finish(at string) {
	p.t.Helper()
	p.pressNext()
	if p.at() != at {
		if p.refused() {
			p.t.Fatalf("at %s:\n%s", p.at(), p.words())
		}
		p.click(`main button[name=step][value=do]`)
	}
	if p.at() != at {
		p.t.Fatalf("the act ended at %s:\n%s", p.at(), p.words())
	}
}
