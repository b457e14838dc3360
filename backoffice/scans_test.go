package backoffice_test

import (
	"crypto/rand"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"huiyin/petition"
)

// typed is a form's fields in an order that puts the token before everything.
func typed(b *browser, v url.Values) [][2]string {
	fields := [][2]string{{"token", b.token}}
	for name, all := range v {
		for _, one := range all {
			fields = append(fields, [2]string{name, one})
		}
	}
	return fields
}

// A letter is registered with its envelope's facts and its scans; a refused form keeps
// both, and a scan that is no longer ticked is left out.
func TestALetterKeepsItsEnvelopeAndScans(t *testing.T) {
	d := newDesk(t)
	b := d.as("990102", petition.Registrar)
	b.page("/register/letter")
	v := aLetter("one")
	v.Set("cover.number", "来2026-031")
	v.Set("cover.from", "青溪城关")
	v.Set("arrival", "leader")
	v.Set("cover.document", "批示单12号")
	v.Set("filing.title", "")
	w, doc := b.upload("/register/letter", "scans", typed(b, v), [][2]string{{"信封.txt", "云麓街道2号寄"}, {"坏.exe", "MZ\x90\x00\x03"}, {"正文.txt", "去年申请的补助"}})
	if w.Code != http.StatusUnprocessableEntity || doc.Find(`.errsum a[href="#f-scans"]`).Length() != 1 {
		t.Fatalf("%d %s", w.Code, doc.Find(".errsum").Text())
	}
	ticked := doc.Find(`input[name="scan"][checked]`)
	if ticked.Length() != 2 || doc.Find(`input[name="cover.number"]`).AttrOr("value", "") != "来2026-031" {
		t.Fatalf("%d scans are kept: %s", ticked.Length(), text(doc))
	}
	v.Set("filing.title", "困难党员补助没有发")
	v.Set("scan", ticked.First().AttrOr("value", ""))
	w, doc = b.upload("/register/letter", "scans", typed(b, v), nil)
	if w.Code != http.StatusOK || doc.Find("#code").Length() != 1 {
		t.Fatalf("%d %s", w.Code, text(doc))
	}
	page := b.page(doc.Find(`a.btn[href^="/cases/"]`).AttrOr("href", ""))
	for _, want := range []string{"来2026-031", "青溪城关", "领导批转", "批示单12号", "2026年11月17日", "信封.txt"} {
		if !strings.Contains(text(page), want) {
			t.Errorf("the case does not show %q", want)
		}
	}
	if strings.Contains(text(page), "正文.txt") {
		t.Error("a scan that was taken out is there")
	}
	to := page.Find(`.c-facts a[href*="/files/"]`).AttrOr("href", "")
	if w, _ := b.post(to, url.Values{"purpose": {"verify"}}); w.Code != http.StatusOK || w.Body.String() != "云麓街道2号寄" {
		t.Errorf("%d %q", w.Code, w.Body.String())
	}
}

// What stands on the envelope is checked like the rest.
func TestAnEnvelopeIsChecked(t *testing.T) {
	d := newDesk(t)
	b := d.as("990102", petition.Registrar)
	b.page("/register/letter")
	for field, typed := range map[string]string{"postmark": "2026-11-20", "cover.number": strings.Repeat("1", 41),
		"cover.from": strings.Repeat("远", 41), "cover.document": strings.Repeat("号", 41)} {
		v := aLetter("x")
		v.Set(field, typed)
		w, doc := b.post("/register/letter", v)
		if w.Code != http.StatusUnprocessableEntity || doc.Find(`[id="f-`+field+`-error"]`).Length() != 1 {
			t.Errorf("%s: %d %s", field, w.Code, doc.Find(".errsum").Text())
		}
		if got := doc.Find(`[id="f-`+field+`"]`).AttrOr("value", ""); got != typed {
			t.Errorf("%s was lost: %q", field, got)
		}
	}
	v := aLetter("gone")
	never, err := petition.MakeID(d.now, rand.Reader)
	d.must(err)
	v.Set("scan", never.String())
	if w, doc := b.post("/register/letter", v); w.Code != http.StatusUnprocessableEntity || doc.Find("#f-scans-error").Length() != 1 {
		t.Errorf("a scan that never was: %d %s", w.Code, text(doc))
	}
}

// Every channel of §3.2 that a person does not file himself is offered by one of the
// three forms, and kept.
func TestEveryOtherChannelIsRegistered(t *testing.T) {
	d := newDesk(t)
	b := d.as("990102", petition.Registrar)
	for channel, way := range map[string]string{"1": "letter", "33": "letter", "34": "letter", "5": "letter",
		"21": "visit", "22": "visit", "4": "call", "6": "call", "7": "call"} {
		doc := b.page("/register/" + way)
		if doc.Find(`select[name=channel] option[value="`+channel+`"]`).Length() != 1 || doc.Find("select[name=arrival] option").Length() != len(petition.Arrivals) {
			t.Errorf("%s is not offered by %s", channel, way)
		}
		v := aLetter("by " + channel)
		v.Set("channel", channel)
		v.Set("anyway", "yes")
		_, doc = b.post("/register/"+way, v)
		page := b.page(doc.Find(`a.btn[href^="/cases/"]`).AttrOr("href", ""))
		if want := channelName(channel); !strings.Contains(page.Find(".chead .meta").Text(), want) {
			t.Errorf("%s: %s", want, page.Find(".chead .meta").Text())
		}
		if strings.Contains(text(page), "邮戳") != (channel == "1") {
			t.Errorf("a postmark on channel %s", channel)
		}
	}
}

func channelName(code string) string {
	return map[string]string{"1": "来信", "33": "领导信箱", "34": "邮件", "5": "传真", "21": "来访", "22": "集体来访", "4": "来电",
		"6": "短信", "7": "视频"}[code]
}

// The petition bureau's notice (通报, Art. 30(2)) is a report about a cadre: it cannot be
// registered as anything else, goes into the compartment, and shows there by which route
// and letter it came; the registrar keeps the code slip and no more.
func TestScenario2_8_WhatTheBureauNotifiesGoesToTheCompartment(t *testing.T) {
	d := newDesk(t)
	b := d.as("990102", petition.Registrar)
	b.page("/register/letter")
	v := aLetter("notified")
	v.Set("arrival", "notified")
	v.Set("cover.document", "青信访通〔2026〕7号")
	v.Set("topic", "B1")
	v.Set("reported.name", "某甲")
	if w, doc := b.post("/register/letter", v); w.Code != http.StatusUnprocessableEntity || doc.Find(`[id="f-filing.purpose-error"]`).Length() != 1 {
		t.Fatalf("registered as a claim: %d %s", w.Code, text(doc))
	}
	queue := text(b.page("/queue"))
	v.Set("filing.purpose", "3")
	w, doc := b.post("/register/letter", v)
	if w.Code != http.StatusOK || doc.Find("#code").Length() != 1 || strings.Contains(text(doc), "困难党员") {
		t.Fatalf("%d %s", w.Code, text(doc))
	}
	if text(b.page("/queue")) != queue {
		t.Error("the registrar's list has changed")
	}
	s := d.as("990102", petition.CadreSupervisor)
	to := s.page("/reports").Find(`a.ttl`).First().AttrOr("href", "")
	s.page(to)
	_, doc = s.post(to, url.Values{"purpose": {"triage"}})
	for _, want := range []string{"信访部门通报", "青信访通〔2026〕7号"} {
		if !strings.Contains(text(doc), want) {
			t.Errorf("the compartment does not show %q: %s", want, text(doc))
		}
	}
}
