package portal

import "testing"

func TestArticlesInEnglish(t *testing.T) {
	for chinese, want := range map[string]string{"第三条": "Art. 3", "第十条": "Art. 10", "第二十三条": "Art. 23", "第三十条第三款": "Art. 30(3)",
		"第一百零五条": "Art. 105", "实施办法第八条": "实施办法Art. 8", "本单位承诺": "本单位承诺"} {
		if got := cite("en", chinese); got != want {
			t.Errorf("%s: %s, not %s", chinese, got, want)
		}
		if cite("zh-CN", chinese) != chinese {
			t.Errorf("%s changes in Chinese", chinese)
		}
	}
}
