package portal_test

import "testing"

func TestSmoke(t *testing.T) {
	w := newTown(t)
	v := w.visitor()
	code := v.file(claim)
	t.Log(code)
	v.follow(code).at("/follow/case").sees("h1", claim.title).sees(".now h2", "最迟 12月7日 告诉您是否受理")
	filings, _, holders := w.mail()
	if len(filings) != 1 || filings[0].Filing.Title != claim.title || holders[0] != "unit:990102" {
		t.Fatalf("%v %v", filings, holders)
	}
}
