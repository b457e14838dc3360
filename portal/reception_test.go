package portal_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"huiyin/exchange"
	"huiyin/petition"
)

// announce publishes sessions of the county as its office does.
func (w *town) announce(list ...petition.Session) {
	w.t.Helper()
	d := exchange.Directory{Installation: "office", Name: "云川省网上信访", Version: 2, Intake: w.office.Intake.Public()}
	for _, u := range units {
		e := exchange.UnitEntry{Unit: u}
		if u.Installation != "" {
			e.Key, e.Cadre = w.public(exchange.UnitHolder(u.ID)), w.public(exchange.CadreHolder(u.ID))
		}
		for _, s := range list {
			if s.Unit == u.ID {
				e.Sessions = append(e.Sessions, s)
			}
		}
		d.Units = append(d.Units, e)
	}
	w.arrive(exchange.Arrival{Directory: &d})
	w.wait(2e9) // the store may answer a second late
}

func fixedSession(n byte, day string) petition.Session {
	return petition.Session{ID: petition.ID{15: n}, Unit: "990102", Kind: petition.FixedSession, Leader: "陈志远", Post: "副部长", Portfolio: "分管干部工作",
		Day: day, From: "09:00", Until: "11:30", Place: "大厅1号室", Subject: "村干部待遇", Places: 2}
}

func TestScenario13_1_ThePublicSeesTheSessionsInOrderOfDay(t *testing.T) {
	w := newTown(t)
	w.visitor().get("/reception").sees("main", "还没有公布的接访安排")
	invited := fixedSession(2, "2026-12-02")
	invited.Kind, invited.Subject = petition.InvitedSession, "多次反映的积案"
	full := fixedSession(3, "2026-12-16")
	full.Taken = 2
	off := fixedSession(4, "2026-12-23")
	off.Off = "会议冲突"
	past := fixedSession(5, "2026-03-04")
	closed := fixedSession(6, "2026-12-18")
	closed.Unit = "990103"
	w.announce(full, off, past, fixedSession(1, "2026-12-09"), invited, closed)
	v := w.visitor().get("/reception").sees("main", "陈志远", "副部长", "分管干部工作", "大厅1号室", "村干部待遇", "约请当事人", "会议冲突", "名额已满", "0000-1000103")
	var days []string
	v.doc.Find("main h2[id]").Each(func(_ int, h *goquery.Selection) { days = append(days, h.AttrOr("id", "")) })
	if got := strings.Join(days, " "); got != "d2026-12-02 d2026-12-09 d2026-12-16 d2026-12-18 d2026-12-23" {
		t.Errorf("days: %s", got)
	}
	if n := v.doc.Find(`a[href^="/file?session="]`).Length(); n != 2 {
		t.Errorf("%d can be booked, want the free one and the waiting list", n)
	}
	if s := v.doc.Find("details.more").Text(); !strings.Contains(s, "2026") || v.doc.Find("details.more li").Length() != 1 {
		t.Errorf("what is over: %s", s)
	}
	w.visitor().get("/offices/990102").sees("main", "领导接访安排")
	if v := w.visitor().get("/reception/990103"); v.doc.Find("article").Length() != 1 {
		t.Errorf("of one unit: %s", v.body)
	}
	if v := w.visitor().get("/reception/999999"); v.status != http.StatusNotFound {
		t.Errorf("of no unit: %d", v.status)
	}
}

// booking goes through every page with a session chosen.
func (w *town) booking(session petition.ID) *visitor {
	w.t.Helper()
	v := w.visitor().get("/file?session=" + session.String())
	v.sees("main", "您要预约的接访", "陈志远")
	v.send("/file", map[string]string{"consent": "yes"}).at("/file/where")
	return v.send("", map[string]string{}).at("/file/what")
}

func TestScenario13_1_ASlotIsBookedWithACaptchaAndGivesAReceiptCode(t *testing.T) {
	w := newTown(t)
	one := fixedSession(1, "2026-12-09")
	w.announce(one)
	v := w.booking(one.ID)
	v.send("", map[string]string{"purpose": "1"}).send("", map[string]string{"title": "村干部补贴", "facts": "建议按月发放村干部补贴。"})
	v.send("", map[string]string{"named": "no"}).get("/file/check").sees("#booking", "陈志远", "大厅1号室")
	v.submit().at("/file/done")
	if v.text("#code") == "" {
		t.Error("there is no receipt code")
	}
	if f := firstOf(w).Filing; f.Session != one.ID || f.Unit != "990102" {
		t.Errorf("filed: %+v", f)
	}
	if strings.Contains(string(w.store.all()), one.ID.String()) {
		t.Error("the portal stored openly which session was booked")
	}
}

// A report about a cadre is never tied to a session; nor is a petition that was addressed
// elsewhere meanwhile; nor can what is over be booked.
func TestWhatIsNotBooked(t *testing.T) {
	w := newTown(t)
	one := fixedSession(1, "2026-12-09")
	w.announce(one)
	v := w.booking(one.ID)
	v.get("/file/where").send("", map[string]string{"area": "990100"}).at("/file/what")
	v.send("", map[string]string{"purpose": "1"}).send("", map[string]string{"title": "建议", "facts": "建议增加夜间接待时间。"})
	v.send("", map[string]string{"named": "no"}).get("/file/check")
	if v.doc.Find("#booking").Length() != 0 {
		t.Error("a session of another unit is kept")
	}
	v.submit().at("/file/done")
	if f := firstOf(w).Filing; !f.Session.IsZero() {
		t.Errorf("filed with %s", f.Session)
	}
	gone := w.visitor().get("/file?session=" + petition.ID{15: 9}.String())
	gone.sees("main", "已经不能预约")
	w.wait(18 * 24 * 3600e9)
	w.visitor().get("/file?session="+one.ID.String()).sees("main", "已经不能预约")
	if v := w.visitor().get("/reception"); v.doc.Find(`a[href^="/file?session="]`).Length() != 0 {
		t.Error("what is over is still offered")
	}
}

func TestAReportIsNeverTiedToASession(t *testing.T) {
	w := newTown(t)
	one := fixedSession(1, "2026-12-09")
	w.announce(one)
	v := w.booking(one.ID).send("", map[string]string{"purpose": "3", "topic": "B1"}).at("/file/report")
	v.send("", map[string]string{"head": "no"}).at("/file/content")
	v.send("", map[string]string{"title": "反映一名干部", "facts": "他把补贴发给了自己的亲戚，账目没有公开。"})
	v.at("/file/more").send("", map[string]string{"r1_name": "某人", "r1_unit": "某镇", "r1_post": "副镇长"})
	v.send("", map[string]string{"named": "no"}).get("/file/check")
	if v.doc.Find("#booking").Length() != 0 {
		t.Error("the report is shown with a session")
	}
	v.submit().at("/file/done")
	if f := firstOf(w).Filing; f.Purpose != petition.PurposeReport || !f.Session.IsZero() {
		t.Errorf("filed: %s with %s", f.Purpose, f.Session)
	}
}
