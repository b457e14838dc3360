package attachment

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// What ordinary people write is taken, in both encodings where it can be written in both.
func TestOrdinaryTexts(t *testing.T) {
	for _, s := range []string{
		"a", "我叫张三，2019年起在云川市做工。", "第一，工资；\r\n第二，社保。\r\n\r\n\t此致\n敬礼！", "姓名,日期,金额\n李四,2026-01-05,3000\n王五,2026-01-06,4000\n",
		"a\tb\tc\n1\t2\t3\n", "1 < 2 and 3 > 2; see page <5>", "# heading\n- list\n", "《通知》（国信发〔2014〕4号）第四条“越级”……",
		"他说：\"请你 script 一下\"", strings.Repeat("重复的话。", 5000), "\f第二页", "10月5日 14:30 我：你好\n10月5日 14:31 对方：好",
		"金额 ¥3,000 × 12 = ¥36,000；℃ № ①②③ ㈠", "𠮷田先生", "{\"对话\": [1, 2]}", "BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n",
		"1\n00:00:01,000 --> 00:00:02,000\n你好\n",
	} {
		if kind, err := Sniff("a.txt", []byte(s), Limits{}); err != nil || kind != TXT {
			t.Errorf("%.30q: %q, %v", s, kind, err)
		}
		gb, err := simplifiedchinese.GB18030.NewEncoder().String(s)
		must(t, err)
		if strings.ContainsRune(s, '¥') {
			continue // few Chinese characters among many signs: not recognised without Unicode
		}
		if kind, err := Sniff("a.txt", []byte(gb), Limits{}); err != nil || kind != TXT {
			t.Errorf("in GB18030 %.30q: %q, %v", s, kind, err)
		}
	}
}

func TestTextNames(t *testing.T) {
	for name, ok := range map[string]bool{"": true, "说明": true, "a.txt": true, "a.TXT": true, "a.csv": true, "a.md": true, "v1.2": true, "2026.11.22": true,
		"说明.第二版": true, "a.html": false, "a.js": false, "a.txt.exe": false, "a.doc": false, "a.url": false} {
		if _, err := Sniff(name, []byte("hello"), Limits{}); (err == nil) != ok {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestLimits(t *testing.T) {
	_, err := Sniff("size", []byte(strings.Repeat("x", 101)), Limits{Size: 100})
	wantFlaw(t, "size", err, tooBig)
	_, err = Sniff("pixels", photo(t, 4, 3, 1), Limits{Pixels: 11})
	wantFlaw(t, "pixels", err, bomb)
	_, err = Sniff("parts", word(t), Limits{Parts: 3})
	wantFlaw(t, "parts", err, bomb)
	_, err = Sniff("unpacked", word(t), Limits{Unpacked: 1000})
	wantFlaw(t, "unpacked", err, bomb)
	if l := (Limits{}).withDefaults(); l.megabytes() != "20" || l.checkPixels(10_000, 10_000) != nil || l.checkPixels(10_000, 10_001) == nil {
		t.Errorf("defaults: %+v", l)
	}
}
