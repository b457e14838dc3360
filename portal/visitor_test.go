package portal_test

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"huiyin/attachment"
)

// visitor is a person with a browser without script: it keeps cookies, follows
// redirects and sends forms with everything that stands in them.
type visitor struct {
	t      testing.TB
	town   *town
	client *http.Client
	status int
	path   string
	header http.Header
	body   string
	doc    *goquery.Document
	code   string // of the petition sent last
}

func (w *town) visitor() *visitor {
	w.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		w.t.Fatal(err)
	}
	return &visitor{t: w.t, town: w, client: &http.Client{Jar: jar}}
}

func (v *visitor) do(r *http.Request) *visitor {
	v.t.Helper()
	answer, err := v.client.Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	v.status, v.path, v.header, v.body = answer.StatusCode, answer.Request.URL.Path, answer.Header, string(b)
	if v.doc, err = goquery.NewDocumentFromReader(bytes.NewReader(b)); err != nil {
		v.t.Fatal(err)
	}
	if strings.Contains(v.body, "ZgotmplZ") {
		t := v.body[strings.Index(v.body, "ZgotmplZ")-40:]
		v.t.Errorf("%s has an address that the template refused: %.80s", v.path, t)
	}
	if strings.Contains(v.body, "⟪") {
		v.t.Errorf("%s lacks a sentence: %.200s", v.path, v.body[strings.Index(v.body, "⟪"):])
	}
	return v
}

func (v *visitor) get(path string) *visitor {
	v.t.Helper()
	r, err := http.NewRequest(http.MethodGet, v.town.server.URL+path, nil)
	if err != nil {
		v.t.Fatal(err)
	}
	return v.do(r)
}

func (v *visitor) post(path string, values url.Values) *visitor {
	v.t.Helper()
	r, err := http.NewRequest(http.MethodPost, v.town.server.URL+path, strings.NewReader(values.Encode()))
	if err != nil {
		v.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", v.town.server.URL)
	return v.do(r)
}

// form is a form of the page by its action, or the first in main.
func (v *visitor) form(action string) *goquery.Selection {
	v.t.Helper()
	f := v.doc.Find("main form").First()
	if action != "" {
		f = v.doc.Find(`main form[action="` + action + `"]`).First()
	}
	if f.Length() == 0 {
		v.t.Fatalf("no form %q at %s:\n%s", action, v.path, v.text("main"))
	}
	return f
}

// typed is everything in the form as a browser would send it.
func (v *visitor) typed(form *goquery.Selection) url.Values {
	values := url.Values{}
	form.Find("input, textarea, select").Each(func(_ int, s *goquery.Selection) {
		name, _ := s.Attr("name")
		kind, _ := s.Attr("type")
		_, checked := s.Attr("checked")
		value, _ := s.Attr("value")
		switch {
		case name == "" || kind == "file":
		case goquery.NodeName(s) == "textarea":
			values.Set(name, strings.TrimPrefix(s.Text(), "\n"))
		case goquery.NodeName(s) == "select":
			option := s.Find("option[selected]").First()
			if option.Length() == 0 {
				option = s.Find("option").First()
			}
			chosen, _ := option.Attr("value")
			values.Set(name, chosen)
		case kind == "radio" || kind == "checkbox":
			if checked {
				values.Add(name, value)
			}
		default:
			values.Set(name, value)
		}
	})
	return values
}

// send fills the form with the given fields and sends it with its first button; the
// given "go" is another button.
func (v *visitor) send(action string, fields map[string]string) *visitor {
	v.t.Helper()
	form := v.form(action)
	values := v.typed(form)
	button := form.Find("button[name]").First()
	if name, ok := button.Attr("name"); ok && fields["go"] == "" {
		value, _ := button.Attr("value")
		if name == "go" && value == "captcha" {
			value = "submit"
		}
		values.Set(name, value)
	}
	for name, value := range fields {
		values.Set(name, value)
	}
	to, _ := form.Attr("action")
	return v.post(to, values)
}

// upload sends files with the form of files on the page.
func (v *visitor) upload(files map[string]string) *visitor {
	v.t.Helper()
	form := v.doc.Find(`main form[enctype="multipart/form-data"]`).First()
	token, _ := form.Find(`input[name="token"]`).Attr("value")
	action, _ := form.Attr("action")
	return v.uploadTo(action, token, files)
}

// leave presses a button that leaves a page of files, with files chosen and not added.
func (v *visitor) leave(button string, files map[string]string) *visitor {
	v.t.Helper()
	action, ok := v.doc.Find(`main button[form="upload"][formaction$="go=` + button + `"]`).Attr("formaction")
	if !ok {
		v.t.Fatalf("no button %q at %s", button, v.path)
	}
	return v.uploadTo(action, v.attr(`form#upload input[name="token"]`, "value"), files)
}

func (v *visitor) uploadTo(action, token string, files map[string]string) *visitor {
	v.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	if err := m.WriteField("token", token); err != nil {
		v.t.Fatal(err)
	}
	for name, content := range files {
		part, err := m.CreateFormFile(attachment.Field, name)
		if err != nil {
			v.t.Fatal(err)
		}
		if _, err := io.WriteString(part, content); err != nil {
			v.t.Fatal(err)
		}
	}
	if err := m.Close(); err != nil {
		v.t.Fatal(err)
	}
	r, err := http.NewRequest(http.MethodPost, v.town.server.URL+action, &b)
	if err != nil {
		v.t.Fatal(err)
	}
	r.Header.Set("Content-Type", m.FormDataContentType())
	r.Header.Set("Origin", v.town.server.URL)
	return v.do(r)
}

// text is the text of the selection with blanks made single.
func (v *visitor) text(selector string) string {
	return strings.Join(strings.Fields(v.doc.Find(selector).Text()), " ")
}

func (v *visitor) attr(selector, name string) string {
	value, _ := v.doc.Find(selector).First().Attr(name)
	return value
}

func (v *visitor) at(path string) *visitor {
	v.t.Helper()
	if v.path != path || v.status >= 500 {
		v.t.Fatalf("at %s (%d), not %s:\n%s", v.path, v.status, path, v.text("main"))
	}
	return v
}

func (v *visitor) sees(selector string, words ...string) *visitor {
	v.t.Helper()
	text := v.text(selector)
	for _, w := range words {
		if !strings.Contains(text, w) {
			v.t.Fatalf("%q is not in %s at %s:\n%s", w, selector, v.path, text)
		}
	}
	return v
}

func (v *visitor) seesNot(words ...string) *visitor {
	v.t.Helper()
	for _, w := range words {
		if strings.Contains(v.body, w) {
			v.t.Fatalf("%q stands at %s", w, v.path)
		}
	}
	return v
}

// refused fails unless the page says the words at the field, in the summary and marks
// its title.
func (v *visitor) refused(field, words string) *visitor {
	v.t.Helper()
	if v.status != http.StatusUnprocessableEntity {
		v.t.Fatalf("at %s: %d, not refused:\n%s", v.path, v.status, v.text("main"))
	}
	v.sees("#f-"+field+"-error", words)
	v.sees(`.errsum a[href="#f-`+field+`"]`, words)
	if !strings.HasPrefix(v.text("title"), "错误：") {
		v.t.Errorf("at %s the title is %q", v.path, v.text("title"))
	}
	return v
}

// filed are the answers of a petition.
type filed struct {
	area, purpose, topic  string
	title, facts, request string
	head                  string
	more, you             map[string]string
}

var claim = filed{area: "990102", purpose: "22", topic: "C3",
	title:   "组织关系转接材料递交三个月没有办完",
	facts:   "今年五月我从望溪县搬到青溪区居住，五月六日把组织关系转接材料交给街道党群服务中心，当时答复十个工作日办完。",
	request: "请两地尽快对接，明确由谁负责、什么时候办完，并书面告诉我。",
	you: map[string]string{"as": "self", "name": "周桂英", "mobile": "19000000123", "id_type": "resident",
		"id_number": "11010519491231002X", "region": "990102", "address": "青溪区桥头街道1号"}}

var report = filed{area: "990102", purpose: "3", topic: "B1", head: "no",
	title: "某镇换届前突击提拔", facts: "换届前一个月内突击提拔了五名干部，没有公示。",
	more: map[string]string{"r1_name": "某某", "r1_unit": "某镇", "r1_post": "书记"},
	you:  map[string]string{"named": "no"}}

// write goes from the notice to the review page.
func (v *visitor) write(f filed) *visitor {
	v.t.Helper()
	v.get("/file").send("/file", map[string]string{"consent": "yes"}).at("/file/where")
	v.send("", map[string]string{"area": f.area}).at("/file/what")
	v.send("", map[string]string{"purpose": f.purpose, "topic": f.topic})
	for step := 0; v.path != "/file/check" && step < 9; step++ {
		switch v.path {
		case "/file/report":
			v.send("", map[string]string{"head": f.head})
		case "/file/content":
			v.send("", map[string]string{"title": f.title, "facts": f.facts, "request": f.request})
		case "/file/more":
			v.send("", f.more)
		case "/file/you":
			v.send("", f.you)
		case "/file/files":
			v.get("/file/check")
		default:
			v.t.Fatalf("the steps lead to %s (%d):\n%s", v.path, v.status, v.text("main"))
		}
	}
	return v.at("/file/check")
}

// answer is the right answer of the captcha on the page.
func (v *visitor) answer() string {
	v.t.Helper()
	digits, err := v.town.portal.Captchas().Answer(v.attr(`input[name="captcha_token"]`, "value"))
	if err != nil {
		v.t.Fatal(err)
	}
	return digits
}

// submit sends the review page.
func (v *visitor) submit() *visitor {
	v.t.Helper()
	return v.send("/file/submit", map[string]string{"declare": "yes", "captcha": v.answer(), "go": "submit"})
}

// file writes and submits, and returns the receipt code.
func (v *visitor) file(f filed) string {
	v.t.Helper()
	v.write(f).submit().at("/file/done")
	v.code = v.text("#code")
	return v.code
}

// follow opens the case of a code.
func (v *visitor) follow(code string) *visitor {
	v.t.Helper()
	return v.get("/follow").send("/follow", map[string]string{"code": code})
}
