package backoffice

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
	"time"

	"huiyin/petition"
)

// setSample is a paper of a kind in which everything is filled in, and long enough for
// two pages.
func setSample(kind petition.PaperKind) typeset {
	p := petition.Paper{Kind: kind, Number: "甲组信〔2026〕3号", Title: "关于交办“组织关系转接没有办完”信访事项的函", To: "乙县委组织部：",
		Unit: "990102", UnitName: "中共云川市甲区委组织部", Day: "2026-11-20", Contact: "甲路1号 0000-1",
		Basis: []string{"《信访工作条例》第二十二条", "《细则》第十二条"}, Remedy: "可以请求复查。",
		Sections: []petition.Section{{Text: "现将2026年11月20日收到的信访事项（编号XF990102202611200001X）交给你单位办理，来信人𠮷田<a&b>。"},
			{Head: "要求", Text: strings.Repeat("请在规定期限以前办结，并报来承办报告。告知、答复等文书按规定直接送达信访人。\n", 10)}}}
	say := map[string]string{"paper.basis": "依据：", "paper.semicolon": "；", "paper.stop": "。", "paper.day_form": "2006年1月2日",
		"paper.contact": "联系方式：", "paper.seal": "（印章）", "paper.demo": "演示"}
	return set(&p, false, func(key string, _ ...any) string { return say[key] })
}

func TestWordFileOpensWithThePageOfTheStandard(t *testing.T) {
	for _, kind := range []petition.PaperKind{petition.AssignmentLetter, petition.OpinionPaper} {
		var b bytes.Buffer
		if err := writeDOCX(&b, setSample(kind), time.Now()); err != nil {
			t.Fatal(err)
		}
		parts := unzip(t, b.Bytes())
		body := parts["word/document.xml"]
		for _, want := range []string{"乙县委组织部：", "甲组信〔2026〕3号", "𠮷田&lt;a&amp;b&gt;", "2026年11月20日", "（印章）", "《信访工作条例》第二十二条；《细则》第十二条。",
			`<w:pgSz w:w="11906" w:h="16838"/>`, `w:top="2098"`, `w:left="1587"`, `w:line="580" w:lineRule="exact"`} {
			if !strings.Contains(body, want) {
				t.Errorf("%s: document.xml lacks %s", kind, want)
			}
		}
		red := strings.Contains(parts["word/header1.xml"], `w:color="FF0000"`) && strings.Contains(parts["word/header1.xml"], "中共云川市甲区委组织部")
		if letter := kind == petition.AssignmentLetter; red != letter || strings.Contains(parts["word/footer1.xml"], "PAGE") == letter {
			t.Errorf("%s: red head %v, first foot %s", kind, red, parts["word/footer1.xml"])
		}
	}
}

// unzip reads every part and asks that each is well-formed and named in the list of
// contents.
func unzip(t *testing.T, file []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(b)
		d := xml.NewDecoder(bytes.NewReader(b))
		for err == nil {
			_, err = d.Token()
		}
		if !errors.Is(err, io.EOF) {
			t.Errorf("%s is not well-formed: %v", f.Name, err)
		}
	}
	for name := range parts {
		if strings.HasPrefix(name, "word/") && !strings.Contains(name, "_rels") && !strings.Contains(parts["[Content_Types].xml"], `"/`+name+`"`) {
			t.Errorf("%s is not in the list of contents", name)
		}
	}
	return parts
}

func TestPDFIsAnA4SheetWithTheWords(t *testing.T) {
	for _, kind := range []petition.PaperKind{petition.AssignmentLetter, petition.OpinionPaper} {
		var b bytes.Buffer
		if err := new(press).write(&b, setSample(kind), time.Now()); err != nil {
			t.Fatal(err)
		}
		if !bytes.HasPrefix(b.Bytes(), []byte("%PDF-")) || !bytes.Contains(b.Bytes(), []byte("/MediaBox [ 0 0 595.28 841.89 ]")) {
			t.Errorf("%s: not an A4 PDF", kind)
		}
		if n := bytes.Count(b.Bytes(), []byte("/Type /Page\n")); n != 2 {
			t.Errorf("%s: %d pages", kind, n)
		}
		if b.Len() > 2<<20 {
			t.Errorf("%s: %d bytes: the whole font is in it", kind, b.Len())
		}
		cmd := exec.Command("pdftotext", "-raw", "-", "-")
		cmd.Stdin = &b
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"乙县委组织部：", "甲组信〔2026〕3号", "<a&b>", "2026年11月20日", "— 2 —", "（印章）"} {
			if !strings.Contains(string(out), want) {
				t.Errorf("%s: the PDF does not say %s: %s", kind, want, out)
			}
		}
	}
}

func TestPDFWithoutAFontSaysWhatToInstall(t *testing.T) {
	err := (&press{path: t.TempDir() + "/none.ttf"}).write(io.Discard, setSample(petition.OpinionPaper), time.Now())
	if kind(err) != petition.Unavailable || sentence(err) != "error.no_font" {
		t.Errorf("%v", err)
	}
}

func TestLinesKeepMarksAndNumbersTogether(t *testing.T) {
	em := func(s string) (float64, error) { return emWidth(s) * bodySize, nil }
	text := strings.Repeat("甲", 27) + "（乙）丙" + strings.Repeat("丁", 24) + "12345678，完。" + strings.Repeat("戊", 40)
	all, err := breakLines(text, areaWidth, 0, em)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Join(all, "") != text {
		t.Errorf("words lost: %q", all)
	}
	for _, line := range all {
		first, last := string([]rune(line)[:1]), string([]rune(line)[len([]rune(line))-1:])
		if strings.Contains(neverFirst, first) || strings.Contains(neverLast, last) || emWidth(line) > lineChars {
			t.Errorf("line %q", line)
		}
	}
	if !strings.Contains(strings.Join(all, "|"), "12345678，") {
		t.Errorf("a number is torn: %q", all)
	}
	if all, _ = breakLines(strings.Repeat("戊", 56), areaWidth, 0, em); len(all) != 2 {
		t.Errorf("%d lines for 56 characters", len(all))
	}
}

func TestNamesAreWrittenOutWhereTheyWereMasked(t *testing.T) {
	one := func(name string) petition.Person { return petition.Person{Name: name} }
	masked := petition.Filing{Person: one("周**"), Representatives: []petition.Person{one("周**"), one("李*")}}
	whole := petition.Filing{Person: one("周明华"), Representatives: []petition.Person{one("周小平"), one("李四")}}
	p := writeOut(&petition.Paper{To: "周**：", Sections: []petition.Section{{Text: "周**和李*"}}}, masked, whole)
	if p.To != "周明华：" || p.Sections[0].Text != "周**和李四" {
		t.Errorf("%+v", p)
	}
}
