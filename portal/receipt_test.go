package portal_test

import (
	"image"
	"image/color"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"rsc.io/qr"
)

func TestTheReceiptCanBeKeptInEveryWay(t *testing.T) {
	w := newTown(t)
	v := w.visitor()
	code := v.file(claim)
	if !regexp.MustCompile(`^([0-9A-Z]{4}-){6}[0-9A-Z]{4}$`).MatchString(code) {
		t.Errorf("the code is %q", code)
	}
	v.sees(".receipt", claim.title, "青溪区委组织部", "2026年11月22日").sees(".tips", "12月7日前", "告诉您是否受理")
	for _, selector := range []string{".qr path", "[data-print]", `[data-copy="code"]`, `a[href="/file/done/receipt.txt"]`, `a[href="/file/done/receipt.html"]`} {
		if v.doc.Find(selector).Length() != 1 {
			t.Errorf("no %s", selector)
		}
	}
	v.get("/file/done/receipt.txt")
	if !strings.Contains(v.body, code) || !strings.Contains(v.header.Get("Content-Disposition"), "huiyin-2026-11-22.txt") || strings.Contains(v.body, "<") {
		t.Errorf("text: %s\n%s", v.header.Get("Content-Disposition"), v.body)
	}
	v.get("/file/done/receipt.html").sees("main", code, claim.title)
	if v.doc.Find("svg.qr").Length() != 1 || v.doc.Find("link, script, img").Length() != 0 {
		t.Error("the page needs something else, or has no QR")
	}
}

// What is shown at once, from memory, is what is read back later.
func TestTheReceiptIsTheSameReadBack(t *testing.T) {
	w := newTown(t)
	for _, p := range []filed{claim, report} {
		v := w.visitor()
		v.file(p)
		first := v.body
		if v.get("/file/done"); v.body != first {
			t.Errorf("read back it differs:\n%s\n%s", first, v.body)
		}
	}
}

func TestTheQRHoldsTheFollowAddressWithTheCodeInItsFragment(t *testing.T) {
	w := newTown(t)
	v := w.visitor()
	code := strings.ReplaceAll(v.file(claim), "-", "")
	picture := drawn(t, v.attr(".qr path", "d"), v.attr(".qr", "viewBox"))
	want, err := qr.Encode(w.server.URL+"/follow#"+code, qr.M)
	if err != nil {
		t.Fatal(err)
	}
	const quiet = 4
	side := want.Size
	if picture.Bounds().Dx() != side+2*quiet {
		t.Fatalf("%d modules, not %d", picture.Bounds().Dx(), side)
	}
	for x := range side {
		for y := range side {
			if want.Black(x, y) != (picture.GrayAt(x+quiet, y+quiet).Y == 0) {
				t.Fatalf("module %d, %d differs", x, y)
			}
		}
	}
	if strings.Contains(v.body, "/follow#"+code) {
		t.Error("the address with the code stands in the page")
	}
}

var stroke = regexp.MustCompile(`M(\d+) (\d+)\.5|m(\d+) 0|h(\d+)`)

// drawn paints the path of a QR.
func drawn(t *testing.T, path, box string) *image.Gray {
	t.Helper()
	side, err := strconv.Atoi(strings.Fields(box)[2])
	if err != nil {
		t.Fatal(err)
	}
	img := image.NewGray(image.Rect(0, 0, side, side))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	x, y := 0, 0
	for _, m := range stroke.FindAllStringSubmatch(path, -1) {
		number := func(i int) int { n, _ := strconv.Atoi(m[i]); return n }
		switch m[0][0] {
		case 'M':
			x, y = number(1), number(2)
		case 'm':
			x += number(3)
		case 'h':
			for range number(4) {
				img.SetGray(x, y, color.Gray{})
				x++
			}
		}
	}
	return img
}

func TestAnAnonymousReceiptSaysThatItCannotBeReplaced(t *testing.T) {
	w := newTown(t)
	v := w.visitor()
	v.file(report)
	v.sees("main", "丢了没有办法补").sees(".tips", "只显示“已收到”").seesNot(report.title)
}

func TestTheCodeStandsInNoPageBeforeTheSubmission(t *testing.T) {
	w := newTown(t)
	v := w.visitor().write(claim)
	pages := v.body
	for _, path := range []string{"/file/where", "/file/what", "/file/content", "/file/more", "/file/you", "/file/files", "/file/saved"} {
		pages += v.get(path).body
	}
	v.get("/file/check").submit().at("/file/done")
	code := v.text("#code")
	if strings.Contains(pages, code) || strings.Contains(pages, strings.ReplaceAll(code, "-", "")) {
		t.Error("the code was shown too early")
	}
	if strings.Contains(w.log.String(), strings.ReplaceAll(code, "-", "")[:8]) {
		t.Error("the code is in the log")
	}
}
