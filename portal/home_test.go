package portal_test

import (
	"net/http"
	"testing"

	"huiyin/petition"
)

func TestTheHomePageLeadsEverybodyOn(t *testing.T) {
	w := newTown(t)
	v := w.visitor().get("/")
	v.sees(".hero h1", "您说的每件事，都有回音")
	for _, selector := range []string{`.hero a[href="/file"]`, `.hero a[href="/guide/check"]`, `form[action="/follow"][method="post"] input[name="code"]`,
		`.elsewhere a[href="tel:12388"]`, `.elsewhere a[href="tel:12345"]`, `#ways a[href="tel:12380"]`} {
		if v.doc.Find(selector).Length() != 1 {
			t.Errorf("no %s", selector)
		}
	}
	if n := v.doc.Find(".topics li").Length(); n != 6 {
		t.Errorf("%d topics", n)
	}
	if open, closed := v.doc.Find(".areas a").Length(), v.doc.Find(".areas li > span").Length(); open != 3 || closed != 3 {
		t.Errorf("%d areas are open, %d are not", open, closed)
	}
	v.sees(".demo", "演示系统").sees(".foot", "省信访接待大厅1号室", "0000-1000000")
}

func TestPublicPagesAreKeptUntilTheDirectoryChanges(t *testing.T) {
	w := newTown(t)
	v := w.visitor().get("/")
	tag := v.header.Get("ETag")
	r, err := http.NewRequest(http.MethodGet, w.server.URL+"/", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("If-None-Match", tag)
	if v.do(r); tag == "" || v.status != http.StatusNotModified {
		t.Fatalf("tag %q: %d", tag, v.status)
	}
	opened := append([]petition.Unit{}, units...)
	opened[3].Pilot = true
	w.direct(opened, 2)
	if v.get("/"); v.doc.Find(".areas a").Length() != 4 || v.header.Get("ETag") == tag {
		t.Errorf("a new area is not shown: %d", v.doc.Find(".areas a").Length())
	}
}

func TestAPortalWithoutADirectorySaysSo(t *testing.T) {
	w := newTown(t)
	none := make([]petition.Unit, len(units))
	copy(none, units)
	for i := range none {
		none[i].Pilot = false
	}
	w.direct(none, 2)
	v := w.visitor()
	v.get("/file").send("/file", map[string]string{"consent": "yes"}).at("/file/where").sees(".note", "还没有单位开通")
	v.send("", map[string]string{"area": "990000"}).at("/file/where/990000").sees("main", "0000-1000000", "上级单位也还没有开通")
}
