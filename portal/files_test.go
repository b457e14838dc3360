package portal_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"huiyin/attachment"
	"huiyin/petition"
)

// attaching is a visitor at the page of attachments of a claim.
func (w *town) attaching() *visitor {
	w.t.Helper()
	return w.introduced("22").send("", claim.you).at("/file/files")
}

func TestFilesAreTakenSealedAndReadBackByTheOffice(t *testing.T) {
	w := newTown(t)
	v := w.attaching()
	text := strings.Repeat("介绍信存根的内容。", 40_000) // more than one chunk
	v.upload(map[string]string{"存根(1) 副本.txt": text}).at("/file/files").sees(".files", "存根(1) 副本.txt")
	v.get("/file/check").sees(".sum", "存根(1) 副本.txt").submit().at("/file/done").sees(".facts", "1份")
	if bytes.Contains(w.store.all(), []byte("介绍信存根")) {
		t.Error("the store was given the file in plain")
	}
	files := firstOf(w).Filing.Files
	if len(files) != 1 || files[0].Size != int64(len(text)) || files[0].Chunks < 2 {
		t.Fatalf("files: %+v", files)
	}
	var read bytes.Buffer
	if err := attachment.Read(files[0], w.chunk(files[0].ID), &read); err != nil || read.String() != text {
		t.Errorf("read back %d of %d bytes: %v", read.Len(), len(text), err)
	}
}

// chunk fetches sealed chunks of a file from the portal's database.
func (w *town) chunk(file petition.ID) func(int) ([]byte, error) {
	return func(n int) ([]byte, error) {
		var sealed []byte
		err := w.db.Get(context.Background(), &sealed, `SELECT sealed FROM file_chunk WHERE file = ? AND n = ?`, file, n)
		return sealed, err
	}
}

func TestAddingWithoutAFileSaysSo(t *testing.T) {
	v := newTown(t).attaching()
	v.upload(nil).refused("files", "请先选择文件")
	v.upload(map[string]string{"好的.txt": "内容"}).at("/file/files").sees(".files", "好的.txt")
	v.leave("next", nil).at("/file/check")
}

func TestARefusedFileDoesNotKeepTheOthersOut(t *testing.T) {
	w := newTown(t)
	v := w.attaching()
	v.upload(map[string]string{"好的.txt": "内容", "程序.exe": "MZ\x90\x00", "空的.txt": ""})
	if v.status != 422 {
		t.Fatalf("%d", v.status)
	}
	v.sees(".errsum", "“程序.exe”", "“空的.txt”是空的").sees("#f-files-error", "“程序.exe”").sees(".files", "好的.txt")
	if n := v.doc.Find(".files li").Length(); n != 1 {
		t.Errorf("%d files", n)
	}
}

func TestAFileCanBeRemoved(t *testing.T) {
	w := newTown(t)
	v := w.attaching().upload(map[string]string{"甲.txt": "甲"}).upload(map[string]string{"乙.txt": "乙"})
	button := v.doc.Find(`form[action="/file/files/remove"] button`).First()
	if button.Find(".vh").Text() == "" {
		t.Error("the button does not name its file")
	}
	v.send("/file/files/remove", map[string]string{"file": button.AttrOr("value", "")}).at("/file/files")
	if n := v.doc.Find(".files li").Length(); n != 1 {
		t.Errorf("%d files are left", n)
	}
}

func TestTenFilesAtMost(t *testing.T) {
	w := newTown(t)
	v := w.attaching()
	files := map[string]string{}
	for i := range 11 {
		files[fmt.Sprintf("文件%02d.txt", i)] = fmt.Sprint("内容", i)
	}
	v.upload(files).sees(".errsum", "最多10个文件")
	if n := v.doc.Find(".files li").Length(); n != 10 {
		t.Errorf("%d files", n)
	}
	if v.get("/file/files").doc.Find(`input[type="file"]`).Length() != 0 {
		t.Error("an eleventh may be chosen")
	}
}

func TestNoFileTouchesTheDisk(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	w := newTown(t)
	w.attaching().upload(map[string]string{"大.txt": strings.Repeat("很大的文件", 200_000)})
	left, err := os.ReadDir(os.Getenv("TMPDIR"))
	if err != nil || len(left) != 0 {
		t.Errorf("the temporary folder holds %v, %v", left, err)
	}
}

func TestABrokenUploadIsSaidPlainly(t *testing.T) {
	w := newTown(t)
	v := w.attaching()
	if v.post("/file/files", nil); v.status != 400 {
		t.Errorf("a form of another kind: %d", v.status)
	}
}

// A file that was chosen goes along, whichever button leaves the page.
func TestAFileThatWasChosenIsNeverLeftBehind(t *testing.T) {
	w := newTown(t)
	v := w.attaching().leave("next", map[string]string{"选了没点添加.txt": "内容"}).at("/file/check").sees(".sum", "选了没点添加.txt")
	v.get("/file/files").leave("save", map[string]string{"又一个.txt": "内容"}).at("/file/saved")
	v.get("/file/files").leave("next", map[string]string{"坏.exe": "MZ"}).at("/file/files").sees(".errsum", "坏.exe")
	v.get("/file/check").sees(".sum", "又一个.txt").submit().at("/file/done")
	v.follow(v.text("#code")).get("/follow/add").send("/follow/add", map[string]string{"text": "材料在附件里"}).at("/follow/add/files")
	v.leave("send", map[string]string{"证明.txt": "证明"}).at("/follow/case").sees(".ev .mine", "材料在附件里", "1份")
	if _, messages, _ := w.mail(); len(messages) != 1 || len(messages[0].Act.Files) != 1 {
		t.Errorf("sent: %+v", messages)
	}
}
