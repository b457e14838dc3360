package portal_test

import (
	"bytes"
	"strings"
	"testing"

	"huiyin/petition"
)

// canaries are words that must never leave the seal.
var canaries = []string{"金丝雀标题", "金丝雀经过", "金丝雀请求", "金丝雀姓名", "19000007788", "金丝雀地址", "11010519491231002X",
	"金丝雀补充", "金丝雀附件", "金丝雀文件名", "金丝雀评价"}

// TestNothingThatTheStoreIsGivenCanBeRead lets somebody file, add and rate, and looks
// for what was written in every byte that the store was given, and in the log.
func TestNothingThatTheStoreIsGivenCanBeRead(t *testing.T) {
	w := newTown(t)
	v := w.visitor()
	f := claim
	f.title, f.facts, f.request = "金丝雀标题", "金丝雀经过金丝雀经过", "金丝雀请求"
	f.you = map[string]string{"as": "self", "name": "金丝雀姓名", "mobile": "19000007788", "id_type": "resident", "id_number": "11010519491231002X", "region": "990102", "address": "金丝雀地址"}
	v.write(f).get("/file/files").upload(map[string]string{"金丝雀文件名.txt": "金丝雀附件"})
	v.get("/file/check").submit().at("/file/done")
	code := v.text("#code")
	v.follow(code).at("/follow/case").get("/follow/add").send("/follow/add", map[string]string{"text": "金丝雀补充"}).leave("send", nil)
	shown := folder(4, petition.ShownReplied)
	shown.Can = []petition.Action{petition.Rate}
	w.release(firstOf(w), shown)
	v.get("/follow/rate").send("/follow/rate", map[string]string{"unit": "good", "office": "good", "words": "金丝雀评价"}).at("/follow/case")

	given, log := w.store.all(), w.log.String()
	if len(given) < 100_000 {
		t.Fatalf("only %d bytes were recorded", len(given))
	}
	for _, c := range append(canaries, code, strings.ReplaceAll(code, "-", ""), "127.0.0.1", "Go-http-client", "990102", "unit:", "claim") {
		if bytes.Contains(given, []byte(c)) {
			t.Errorf("the store was given %q", c)
		}
		if strings.Contains(log, c) {
			t.Errorf("the log holds %q", c)
		}
	}
}

func TestAnErrorSaysNothingOfItsInside(t *testing.T) {
	w := newTown(t)
	w.store.fail = errSecret{}
	v := w.visitor().get("/file").send("/file", map[string]string{"consent": "yes"})
	if v.status != 500 || strings.Contains(v.body, "inside") || v.text("main .num") == "" {
		t.Errorf("%d: %s", v.status, v.text("main"))
	}
	if !strings.Contains(w.log.String(), v.text("main .num")) {
		t.Error("the reference is not in the log")
	}
}

type errSecret struct{}

func (errSecret) Error() string { return "the inside of things" }
