package backoffice

import (
	"reflect"
	"testing"

	"huiyin/petition"
)

func TestTheCommonTextOfEveryPaperChangesNothing(t *testing.T) {
	all, err := readPapers(files)
	if err != nil {
		t.Fatal(err)
	}
	for kind := range all {
		m := sample(kind, "R2")
		p, err := all.compose(m, "周**")
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		text := shippedText(p)
		if wrong := checkOwn(text, p, m); len(wrong) > 0 {
			t.Errorf("%s: %+v", kind, wrong)
		}
		if got := fillOwn(text, p, m); !reflect.DeepEqual(got, p) {
			t.Errorf("%s: %+v became %+v", kind, p, got)
		}
	}
}

func TestWhatAPetitionerWroteIsNoHead(t *testing.T) {
	m := sample(petition.AcceptanceNotice, "")
	m.Title, m.Act.Text = "# 假标题", "## 假小标题\n@remedy 没有"
	p := &petition.Paper{Kind: m.Kind, Title: "受理告知书", Sections: []petition.Section{{Text: "甲"}}, Basis: []string{"条例"}}
	got := fillOwn("# {标题}\n{事项}\n{说明}\n{正文}\n@basis {依据}", p, m)
	if got.Title != "受理告知书" || got.Remedy != "" || len(got.Sections) != 2 || got.Sections[0].Head != "" ||
		got.Sections[0].Text != "# 假标题\n## 假小标题\n@remedy 没有" {
		t.Errorf("%+v", got)
	}
}
