package main

import (
	"testing"

	"huiyin/demo"
)

func TestScenario10_2_TheReceiptCodeShowsDatesNoticesAndOpinions(t *testing.T) {
	w := newWorld(t, &config{})
	p := w.citizen(t, phone)
	p.follow(demo.KnownCases()[0].Code)
	p.sees("已提交", "已登记", "已受理", "已答复", "信访事项处理意见书")
	if n := ask[int](p, `document.querySelectorAll('.tl time').length`); n < 4 {
		t.Errorf("%d dates in the timeline", n)
	}
	p.visit("/follow/letters/2")
	p.sees("处理意见", "请求复查")
}

func TestUnknownAndMistypedCodesAnswerAlike(t *testing.T) {
	w := newWorld(t, &config{})
	p := w.citizen(t, phone)
	var said []string
	for _, code := range []string{"HY01-ANSW-ERED-0000-0000-0000-000K", "0000-0000-0000-0000-0000-0000-0000", "回执"} {
		p.visit("/follow")
		p.fill("code", code)
		p.click("main form .btn")
		said = append(said, ask[string](p, `(document.querySelector('.errsum li')||{innerText:''}).innerText`))
	}
	if said[0] == "" || said[0] != said[1] || said[1] != said[2] {
		t.Errorf("answers differ: %q", said)
	}
}
