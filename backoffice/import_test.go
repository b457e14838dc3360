package backoffice_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/xuri/excelize/v2"

	"huiyin/petition"
)

// aSheet is a ledger as somebody kept it.
func aSheet(t *testing.T, rows ...[]any) string {
	t.Helper()
	book := excelize.NewFile()
	for i, row := range rows {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if _, err := book.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var oldHeads = []any{"信访编号", "来信日期", "信访人", "联系电话", "方式", "类别", "主要内容", "办结日期", "处理结果"}

// uploaded is where a ledger that was taken in is mapped.
func (b *browser) uploaded(name, data string) (*httptest.ResponseRecorder, *goquery.Document) {
	b.d.t.Helper()
	v := hidden(b.page("/import"), "/import")
	v.Del("token")
	return b.upload("/import", "ledger", typed(b, v), [][2]string{{name, data}})
}

// mapped is the address that tries a ledger with the columns as they were guessed.
func mapped(b *browser, at string) string {
	doc := b.page(at)
	at, _, _ = strings.Cut(at, "?")
	q := url.Values{}
	doc.Find("main select").Each(func(_ int, s *goquery.Selection) {
		q.Set(s.AttrOr("name", ""), s.Find("option[selected]").AttrOr("value", ""))
	})
	q.Set("purpose_else", "22")
	q.Set("topic_else", "C7")
	return at + "/check?" + q.Encode()
}

// An old ledger is tried first: every cell that is wrong is named by row and column, on
// the page and in a file, and nothing is taken over until all are right. Then each row is
// a case with its old number and dates, once.
func TestAnOldLedgerIsTriedAndTakenOver(t *testing.T) {
	d := newDesk(t)
	b := d.as("990102", petition.OfficeHead)
	day := time.Date(2019, 4, 2, 0, 0, 0, 0, time.UTC)
	right := [][]any{oldHeads,
		{"2019-001", day, "张某某", "13900139000", "来信", "申诉求决", "困难党员补助没有发", "2019年5月6日", "张某某已经领到补助"},
		{"2019-002", "2019/4/3", "", "", "电话", "", "建议公开党费", "", ""}, {},
		{"2019-003", "2019.4.4", "李某", "", "个访", "求决", strings.Repeat("很长的内容摘要", 10), "", ""}}
	wrong := append(append([][]any{}, right...),
		[]any{"2019-001", "去年春天", "王某", "12", "飞鸽", "揭发控告", "一件事", "2018-01-01", ""},
		[]any{"2019-005", "2019-04-05", "王某", "", "来信", "揭发控告", "反映一名干部", "2018-01-01", ""})
	w, doc := b.uploaded("台账.xlsx", aSheet(t, wrong...))
	if w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, text(doc))
	}
	try := mapped(b, w.Header().Get("Location"))
	doc = b.page(try)
	var cells []string
	doc.Find("tbody tr").Each(func(_ int, s *goquery.Selection) {
		cells = append(cells, s.Find("th").Text()+s.Find("td").First().Text())
	})
	if got := strings.Join(cells, " "); got != "6E 6F 6D 6B 6A 7F" {
		t.Errorf("wrong cells: %s\n%s", got, text(doc))
	}
	if doc.Find(`main form[method=post]`).Length() != 0 {
		t.Error("it can be taken over")
	}
	w, _ = b.get(doc.Find(`a[href*="report.xlsx"]`).AttrOr("href", ""))
	report, err := excelize.OpenReader(bytes.NewReader(w.Body.Bytes()))
	d.must(err)
	rows, err := report.GetRows("Sheet1")
	if err != nil || len(rows) != 7 || rows[1][0] != "6" || rows[1][1] != "E" || strings.Contains(fmt.Sprint(rows), "王某") {
		t.Errorf("the report: %v %v", rows, err)
	}
	at, query, _ := strings.Cut(try, "/check?")
	v, err := url.ParseQuery(query)
	d.must(err)
	if w, _ := b.post(at, v); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("taken over all the same: %d", w.Code)
	}

	w, _ = b.uploaded("台账.xlsx", aSheet(t, right...))
	try = mapped(b, w.Header().Get("Location"))
	if doc = b.page(try); !strings.Contains(text(doc), "3行都没有问题") {
		t.Fatalf("%s", text(doc))
	}
	at, query, _ = strings.Cut(try, "/check?")
	v, err = url.ParseQuery(query)
	d.must(err)
	for range 2 {
		if doc = b.done(at, v); !strings.Contains(text(doc), "3行已经导入") {
			t.Errorf("%s", text(doc))
		}
	}
	ledger := b.page("/ledgers/incoming?from=&to=")
	if n := ledger.Find("tbody tr").Length(); n != 3 {
		t.Errorf("%d cases", n)
	}
	to := ledger.Find("tbody a.ttl").FilterFunction(func(_ int, s *goquery.Selection) bool { return strings.Contains(s.Text(), "补助") }).AttrOr("href", "")
	page := b.page(to)
	for _, want := range []string{"旧台账导入", "2019-001", "2019年5月6日", "已归档", "2019年4月2日"} {
		if !strings.Contains(text(page), want) {
			t.Errorf("the case does not show %q: %s", want, text(page))
		}
	}
	if strings.Contains(page.Text(), "张某某") || page.Find(".cclock").Length() != 0 {
		t.Error("a name is shown, or a clock runs on what was closed")
	}
	if over := b.page("/queue?due=over"); strings.Contains(text(over), "补助没有发") {
		t.Error("what was closed is overdue")
	}
}

// What is no ledger is said beside the field; the sample can be taken over as it is.
func TestWhatIsNoLedgerIsRefused(t *testing.T) {
	d := newDesk(t)
	b := d.as("990102", petition.Registrar)
	for name, data := range map[string]string{"a.txt": "编号,日期", "a.xlsx": "PK\x03\x04 no zip"} {
		if w, doc := b.uploaded(name, data); w.Code != http.StatusUnprocessableEntity || doc.Find("#f-ledger-error").Length() != 1 {
			t.Errorf("%s: %d %s", name, w.Code, text(doc))
		}
	}
	w, _ := b.uploaded("empty.xlsx", aSheet(t, oldHeads))
	if w, doc := b.get(w.Header().Get("Location")); w.Code != http.StatusUnprocessableEntity && w.Code != http.StatusBadRequest {
		t.Errorf("heads alone: %d %s", w.Code, text(doc))
	}
	sample, _ := b.get("/import/sample.xlsx")
	w, _ = b.uploaded("sample.xlsx", sample.Body.String())
	if doc := b.page(mapped(b, w.Header().Get("Location"))); !strings.Contains(text(doc), "2行都没有问题") {
		t.Errorf("the sample: %s", text(doc))
	}
	at := w.Header().Get("Location")
	if w, doc := b.get(at + "/check?title=1"); w.Code != http.StatusUnprocessableEntity || doc.Find("#f-number-error").Length() != 1 || doc.Find("#f-received-error").Length() != 1 {
		t.Errorf("columns that are needed: %d %s", w.Code, doc.Find(".errsum").Text())
	}
	// Another's file is not there, and who takes nothing over has no such pages.
	if w, _ := d.as("990121", petition.Registrar).get(at); w.Code == http.StatusOK {
		t.Error("another unit opens the file")
	}
	for _, role := range []petition.Role{petition.Handler, petition.Leader, petition.CadreSupervisor} {
		if w, _ := d.as("990102", role).get("/import"); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", role, w.Code)
		}
	}
}

// Thousands of rows are taken over in one go, and nobody waits long behind it.
func TestThousandsOfRowsAreTakenOver(t *testing.T) {
	d := newDesk(t)
	b := d.as("990102", petition.Registrar)
	rows := [][]any{oldHeads}
	for i := range 2000 {
		rows = append(rows, []any{fmt.Sprintf("2018-%04d", i), "2018-03-01", fmt.Sprintf("来信人%d", i), "", "来信", "求决", fmt.Sprintf("第%d件", i), "2018-04-01", "已答复"})
	}
	w, doc := b.uploaded("台账.xlsx", aSheet(t, rows...))
	if w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, text(doc))
	}
	at, query, _ := strings.Cut(mapped(b, w.Header().Get("Location")), "/check?")
	v, err := url.ParseQuery(query)
	d.must(err)
	longest, stop := make(chan time.Duration), make(chan struct{})
	go func() { // somebody else writes meanwhile
		var most time.Duration
		for n := 0; ; n++ {
			select {
			case <-stop:
				longest <- most
				return
			case <-time.After(20 * time.Millisecond):
				began := time.Now()
				_, _ = d.store.AddVisit(t.Context(), actor(account(t, "990102", petition.Registrar)), "", "2026-11-20",
					petition.VisitEntry{People: 1, Arrived: "09:00", Room: "1", Officer: account(t, "990102", petition.Handler).ID}, d.now)
				most = max(most, time.Since(began))
			}
		}
	}()
	began := time.Now()
	if doc = b.done(at, v); !strings.Contains(text(doc), "2000行已经导入") {
		t.Errorf("%s", text(doc))
	}
	close(stop)
	if most := <-longest; most > 2*time.Second {
		t.Errorf("somebody else waited %v", most)
	} else {
		t.Logf("2,000 rows in %v; somebody else waited %v at most", time.Since(began), most)
	}
}

// A file of several sheets is taken over sheet by sheet: a cover without rows is passed
// over, the person chooses, and each sheet is taken once. A sheet that is not there is none.
func TestEachSheetOfAnOldLedgerIsTakenOver(t *testing.T) {
	d := newDesk(t)
	b := d.as("990102", petition.Registrar)
	book := excelize.NewFile()
	d.must(book.SetSheetName("Sheet1", "封面"))
	for year, number := range map[string]string{"2019": "LX-2019-1", "2020": "LX-2020-1"} {
		_, err := book.NewSheet(year)
		d.must(err)
		d.must(book.SetSheetRow(year, "A1", &oldHeads))
		d.must(book.SetSheetRow(year, "A2", &[]any{number, year + "-04-02", "", "", "来信", "求决", "补助没有发", "", ""}))
	}
	var data bytes.Buffer
	_, err := book.WriteTo(&data)
	d.must(err)
	w, _ := b.uploaded("三张表.xlsx", data.String())
	at := w.Header().Get("Location")
	doc := b.page(at)
	if n := doc.Find(`select[name="sheet"] option`).Length(); n != 3 || doc.Find(`select[name="sheet"] option[selected]`).AttrOr("value", "") != "2" {
		t.Fatalf("%d sheets: %s", n, text(doc))
	}
	for _, sheet := range []string{"2", "3"} {
		_, query, _ := strings.Cut(mapped(b, at+"?sheet="+sheet), "/check?")
		query, _, _ = strings.Cut(query, "#")
		v, err := url.ParseQuery(query)
		d.must(err)
		if v.Get("sheet") != sheet {
			t.Fatalf("sheet %s is forgotten: %s", sheet, query)
		}
		for range 2 {
			b.page(at + "/check?" + query)
			b.done(at, v)
		}
	}
	if n := b.page("/ledgers/incoming?from=&to=").Find("tbody tr").Length(); n != 2 {
		t.Errorf("%d cases", n)
	}
	for _, sheet := range []string{"0", "4", "x"} {
		if w, _ := b.get(at + "?sheet=" + sheet); w.Code != http.StatusNotFound {
			t.Errorf("sheet %s: %d", sheet, w.Code)
		}
	}
	if w, _ := b.get(at + "?sheet=1"); w.Code == http.StatusOK {
		t.Error("a cover is read as a ledger")
	}
	d.indexed()
	b.page("/search")
	if _, found := b.post("/search", url.Values{"words": {"LX-2020-1"}}); !strings.Contains(text(found), "补助没有发") {
		t.Errorf("the old number is not found: %s", text(found))
	}
}

// The same ledger saved anew is told row by row, and days are read as its program counts
// them.
func TestALedgerSavedAnewIsKnown(t *testing.T) {
	d := newDesk(t)
	b := d.as("990102", petition.Registrar)
	first := []any{"2019-001", "2019-04-02", "", "", "来信", "求决", "补助没有发", "", ""}
	w, _ := b.uploaded("台账.xlsx", aSheet(t, oldHeads, first))
	at, query, _ := strings.Cut(mapped(b, w.Header().Get("Location")), "/check?")
	v, err := url.ParseQuery(query)
	d.must(err)
	b.page(at + "/check?" + query)
	b.done(at, v)

	book := excelize.NewFile()
	since1904 := true
	d.must(book.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &since1904}))
	d.must(book.SetSheetRow("Sheet1", "A1", &oldHeads))
	d.must(book.SetSheetRow("Sheet1", "A2", &first))
	d.must(book.SetSheetRow("Sheet1", "A3", &[]any{"2019-002", 42095, "", "", "来信", "求决", "党费收据没有给", "", ""}))
	var data bytes.Buffer
	_, err = book.WriteTo(&data)
	d.must(err)
	w, _ = b.uploaded("台账2.xlsx", data.String())
	doc := b.page(mapped(b, w.Header().Get("Location")))
	if s := text(doc); !strings.Contains(s, "已经接过来了") || doc.Find("tbody tr").Length() != 1 || doc.Find("main form[method=post]").Length() != 0 {
		t.Fatalf("known: %s", s)
	}
	d.must(book.RemoveRow("Sheet1", 2))
	data.Reset()
	_, err = book.WriteTo(&data)
	d.must(err)
	w, _ = b.uploaded("台账3.xlsx", data.String())
	at, query, _ = strings.Cut(mapped(b, w.Header().Get("Location")), "/check?")
	v, err = url.ParseQuery(query)
	d.must(err)
	b.page(at + "/check?" + query)
	b.done(at, v)
	ledger := b.page("/ledgers/incoming?from=&to=")
	to := ledger.Find("tbody a.ttl").FilterFunction(func(_ int, s *goquery.Selection) bool { return strings.Contains(s.Text(), "党费") }).AttrOr("href", "")
	if s := text(b.page(to)); ledger.Find("tbody tr").Length() != 2 || !strings.Contains(s, "2019年4月2日") {
		t.Errorf("%d cases, %s", ledger.Find("tbody tr").Length(), s)
	}
}
