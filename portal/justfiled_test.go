package portal

import (
	"testing"
	"time"
)

func TestWhatWasJustFiledIsGivenOutOnceAndForAMinute(t *testing.T) {
	j := justFiled{all: map[[32]byte]filedDraft{}}
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	j.keep(openDraft{id: [32]byte{1}, version: 7}, now)
	if _, ok := j.take([32]byte{2}, now); ok {
		t.Error("another draft is found")
	}
	if d, ok := j.take([32]byte{1}, now.Add(time.Second)); !ok || d.version != 7 {
		t.Errorf("%+v, %v", d, ok)
	}
	if _, ok := j.take([32]byte{1}, now); ok {
		t.Error("it is given out twice")
	}
	j.keep(openDraft{id: [32]byte{1}}, now)
	if _, ok := j.take([32]byte{1}, now.Add(justFiledFor)); ok {
		t.Error("it is given out when its minute is over")
	}
}

func TestWhatWasJustFiledTakesLittleMemory(t *testing.T) {
	j := justFiled{all: map[[32]byte]filedDraft{}}
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	keep := func(n int, at time.Time) {
		j.keep(openDraft{id: [32]byte{byte(n), byte(n >> 8)}}, at)
	}
	for n := range justFiledMost + 5 {
		keep(n, now)
	}
	if len(j.all) != justFiledMost {
		t.Errorf("%d are kept", len(j.all))
	}
	keep(justFiledMost+6, now.Add(2*justFiledFor))
	if len(j.all) != 1 {
		t.Errorf("%d are kept once all others are over", len(j.all))
	}
}
