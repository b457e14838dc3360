package web_test

import (
	"bytes"
	"image/png"
	"testing"
	"time"

	"huiyin/web"
)

func newCaptchas(t *testing.T, now *time.Time) *web.Captchas {
	t.Helper()
	k, err := web.NewCaptchas([32]byte{1}, func() time.Time { return *now })
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestCaptchaIsReadByAPersonAndNobodyElse(t *testing.T) {
	now := time.Now()
	k := newCaptchas(t, &now)
	token, err := k.New(web.Holder{7})
	if err != nil {
		t.Fatal(err)
	}
	answer, err := k.Answer(token)
	if err != nil || len(answer) != 6 {
		t.Fatalf("answer %q, %v", answer, err)
	}
	spend, err := k.Check(token, web.Holder{7}, " "+answer[:3]+" "+answer[3:])
	if err != nil || spend.ID == ([16]byte{}) {
		t.Fatalf("right answer refused: %v", err)
	}
	for _, typed := range []string{"", "12345", answer + "0", "abcdef"} {
		if _, err := k.Check(token, web.Holder{7}, typed); err == nil {
			t.Errorf("%q was taken for %s", typed, answer)
		}
	}
	broken := []byte(token)
	broken[30] ^= 1
	if _, err := k.Check(string(broken), web.Holder{7}, answer); err == nil {
		t.Error("a changed token was taken")
	}
	now = now.Add(31 * time.Minute)
	if _, err := k.Check(token, web.Holder{7}, answer); err == nil {
		t.Error("an old token was taken")
	}
}

func TestCaptchaIsSeenAndHeard(t *testing.T) {
	now := time.Now()
	k := newCaptchas(t, &now)
	token, err := k.New(web.Holder{7})
	if err != nil {
		t.Fatal(err)
	}
	picture, err := k.Image(token, web.Holder{7})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := png.Decode(bytes.NewReader(picture)); err != nil {
		t.Errorf("picture: %v", err)
	}
	sound, err := k.Audio(token, web.Holder{7}, "zh-CN")
	if err != nil || !bytes.HasPrefix(sound, []byte("RIFF")) {
		t.Errorf("sound of %d bytes: %v", len(sound), err)
	}
}

func TestCaptchaIsNobodyElses(t *testing.T) {
	now := time.Now()
	k := newCaptchas(t, &now)
	token, err := k.New(web.Holder{7})
	if err != nil {
		t.Fatal(err)
	}
	answer, err := k.Answer(token)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.Check(token, web.Holder{8}, answer); err == nil {
		t.Error("the right answer was taken from somebody else")
	}
	if _, err := k.Image(token, web.Holder{8}); err == nil {
		t.Error("drawn for somebody else")
	}
	if _, err := k.Audio(token, web.Holder{8}, "zh-CN"); err == nil {
		t.Error("spoken to somebody else")
	}
}
