package backoffice_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"huiyin/petition"
)

// A supervisor drafts a letter, looks at it, and sends it: then it has a number and a day,
// the owner reads and takes it out, and nobody beside them.
func TestScenario8_1_ALetterIsPreviewedNumberedAndTakenOut(t *testing.T) {
	d := newDesk(t)
	sup, head := d.as("990100", petition.Supervisor), d.as("990102", petition.OfficeHead)
	day := petition.Day(d.now.AddDate(0, 0, 9))
	form := url.Values{"form": {"letter"}, "owner": {"990102"}, "title": {"按期告知信访人"}, "due": {day}, "go": {"draft"},
		"values.problem": {"三件信访件没有按期告知"}, "values.demand": {"逐件说明原因"}}
	w, _ := sup.post("/set-duty/supervision", form)
	if w.Code != http.StatusSeeOther {
		t.Fatalf("draft: %d", w.Code)
	}
	at := w.Header().Get("Location")
	if doc := sup.page(at); doc.Find(`a[href="`+at+`/letter"]`).Length() != 1 {
		t.Errorf("no way from the duty to its letter: %s", text(doc))
	}
	doc := sup.page(at + "/letter")
	if no := strings.TrimSpace(doc.Find(".doc__no").Text()); doc.Find(".doc--letter").Length() != 1 || strings.Trim(no, "\u00a0") != "" || !strings.Contains(text(doc), "还是草稿") {
		t.Errorf("the preview: %q %s", no, text(doc))
	}
	if w, _ := head.get(at + "/letter"); w.Code != http.StatusNotFound {
		t.Errorf("the owner reads a draft: %d", w.Code)
	}
	form.Del("go")
	form.Set("version", "1")
	if w, _ = sup.post(at+"/issue", form); w.Code != http.StatusSeeOther {
		t.Fatalf("issue: %d", w.Code)
	}
	doc = head.page(at + "/letter")
	for _, want := range []string{"〔2026〕", "关于“按期告知信访人”的督办函", "中共青溪区委组织部：", "三件信访件没有按期告知", "逐件说明原因", "《信访工作条例》第四十条"} {
		if !strings.Contains(doc.Find(".doc").Text(), want) {
			t.Errorf("the letter does not say %s: %s", want, doc.Find(".doc").Text())
		}
	}
	for _, form := range []string{"docx", "pdf"} {
		w, _ := head.get(at + "/letter/" + form)
		if magic := map[string]string{"docx": "PK", "pdf": "%PDF"}[form]; w.Code != http.StatusOK || !bytes.HasPrefix(w.Body.Bytes(), []byte(magic)) {
			t.Errorf("%s: %d", form, w.Code)
		}
		if name := w.Header().Get("Content-Disposition"); !strings.Contains(name, "supervision-2026") {
			t.Errorf("%s is called %s", form, name)
		}
	}
	for _, bad := range []string{at + "/letter/song", "/duties/" + petition.ID{1}.String() + "/letter"} {
		if w, _ := head.get(bad); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", bad, w.Code)
		}
	}
	if w, _ := d.as("990200", petition.OfficeHead).get(at + "/letter"); w.Code != http.StatusNotFound {
		t.Errorf("another county reads it: %d", w.Code)
	}
}

// The three letters of advice (2022 Art. 40) go out numbered, each with its own title; what
// goes out without a letter has none.
func TestAdviceGoesOutAsALetter(t *testing.T) {
	d := newDesk(t)
	sup := d.as("990100", petition.Supervisor)
	day := petition.Day(d.now.AddDate(0, 0, 30))
	titles := map[petition.DutyForm]string{petition.AdviseWork: "改进工作建议书", petition.AdvisePolicy: "完善政策建议书", petition.AdviseBlame: "追究责任建议书"}
	for _, f := range petition.DutyForms(petition.Recommendation) {
		w, _ := sup.post("/set-duty/advice", url.Values{"form": {string(f)}, "owner": {"990102"}, "title": {"组织关系转接"}, "due": {day},
			"values.problem": {"同一问题反复"}, "values.proposal": {"一次说清要交什么"}})
		if w.Code != http.StatusSeeOther {
			t.Fatalf("%s: %d", f, w.Code)
		}
		doc := sup.page(w.Header().Get("Location") + "/letter")
		if said := doc.Find(".doc--letter").Text(); !strings.Contains(said, titles[f]) || !strings.Contains(said, "〔2026〕") || strings.Contains(said, "依据的规定和材料") {
			t.Errorf("%s: %s", f, said)
		}
	}
}

// Each form of supervision goes out with its own letter, which says all that the form asks
// for (scenario 8.2).
func TestScenario8_2_EachFormHasItsOwnLetter(t *testing.T) {
	d := newDesk(t)
	sup := d.as("990100", petition.Supervisor)
	day := petition.Day(d.now.AddDate(0, 0, 12))
	titles := map[petition.DutyForm]string{petition.LetterForm: "督办函", petition.FieldStudy: "督查调研通知", petition.Talk: "约谈通知书",
		petition.Dispatch: "专题调度会议通知", petition.Announcement: "情况通报"}
	numbers := make(map[string]bool)
	for _, f := range petition.DutyForms(petition.Supervision) {
		form := url.Values{"form": {string(f)}, "owner": {"990102"}, "title": {"组织关系转接"}, "due": {day}}
		var said []string
		for _, one := range petition.DutyFields(petition.Supervision, f) {
			words := "写明" + one.Name
			if one.Day {
				words = day
			} else {
				said = append(said, words)
			}
			form.Set("values."+one.Name, words)
		}
		w, _ := sup.post("/set-duty/supervision", form)
		if w.Code != http.StatusSeeOther {
			t.Fatalf("%s: %d", f, w.Code)
		}
		doc := sup.page(w.Header().Get("Location") + "/letter")
		letter := doc.Find(".doc--letter").Text()
		numbers[doc.Find(".doc__no").Text()] = true
		for _, want := range append(said, titles[f], "《信访工作条例》第四十条", "2026年") {
			if !strings.Contains(letter, want) {
				t.Errorf("the letter of %s does not say %s: %s", f, want, letter)
			}
		}
		if strings.Contains(letter, "待填写") {
			t.Errorf("%s: %s", f, letter)
		}
	}
	if len(numbers) != len(titles) {
		t.Errorf("%d numbers for %d letters", len(numbers), len(titles))
	}
}
