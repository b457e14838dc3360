package backoffice

import (
	"strings"
	"testing"
	"time"

	"huiyin/petition"
	"huiyin/web"
)

func at(t *testing.T, when string) time.Time {
	t.Helper()
	moment, err := time.ParseInLocation("2006-01-02 15:04", when, petition.Shanghai)
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

func TestDueDaysAndColourAgree(t *testing.T) {
	end := petition.EndOfDay("2026-11-25")
	for _, one := range []struct {
		now     string
		urgency petition.Urgency
		days    int
	}{
		{"2026-11-10 09:00", petition.Calm, 15},
		{"2026-11-18 09:00", petition.Week, 7},
		{"2026-11-22 09:00", petition.Soon, 3},
		{"2026-11-25 23:59", petition.Soon, 0},
		{"2026-11-26 00:00", petition.Over, 1},
		{"2026-12-05 12:00", petition.Over, 10},
	} {
		d := dueOf(petition.NoticeClock, end, end, at(t, one.now))
		if d.Urgency != one.urgency || d.Days != one.days {
			t.Errorf("%s: %s %d", one.now, d.Urgency, d.Days)
		}
	}
	if d := dueOf(petition.NoticeClock, time.Time{}, time.Time{}, at(t, "2026-11-10 09:00")); !d.None {
		t.Error("a due date out of nothing")
	}
}

func TestTheRailMarksOnePageAtMost(t *testing.T) {
	all := petition.Actor{Roles: petition.Roles}
	for path, want := range map[string]string{
		"/queue": "/queue", "/queue?queue=sign": "/queue", "/queue?mine=yes&track=claim": "/queue?mine=yes",
		"/queue?due=over": "/queue?due=over", "/queue?due=week": "/queue", "/register/visit": "/register/visit",
		"/cases/x": "", "/me": "/me", "/reports/abc": "/reports", "/leader": "/leader",
	} {
		var marked []string
		for _, g := range rail(all, path, pill{}) {
			for _, item := range g.Items {
				if item.Current {
					marked = append(marked, item.To)
				}
			}
		}
		if strings.Join(marked, " ") != want {
			t.Errorf("%s marks %q", path, marked)
		}
	}
}

func TestNumbersAreReadAsPeopleTypeThem(t *testing.T) {
	const number = "XF990102202611200001X"
	for _, typed := range []string{number, " xf990102 20261120 0001x ", "ＸＦ９９０１０２２０２６１１２００００１Ｘ", "XF990102-20261120-0001X"} {
		if got := caseNumber(typed); got != number {
			t.Errorf("%q is read as %q", typed, got)
		}
	}
	if got := shortNumber(number); got != "20261120-0001X" {
		t.Errorf("short: %q", got)
	}
	if got := shortNumber("R7K2"); got != "R7K2" {
		t.Errorf("a sealed number became %q", got)
	}
}

func TestSizesAreForPeople(t *testing.T) {
	for n, want := range map[int64]string{0: "1 KB", 1: "1 KB", 1024: "1 KB", 880640: "860 KB", 1258291: "1.2 MB", 20 << 20: "20.0 MB"} {
		if got := fileSize(n); got != want {
			t.Errorf("%d is %q", n, got)
		}
	}
}

func TestADraftSentBackFillsTheFormAgain(t *testing.T) {
	asked := []string{"补发补贴", "书面答复"}
	for line, want := range map[string]struct {
		n    int
		said string
	}{
		"关于“补发补贴”：已经补发。":     {0, "已经补发。"},
		"关于“书面答复”：见本意见书。":    {1, "见本意见书。"},
		"另外，补发补贴的事由人社部门通知您。": {0, ""},
	} {
		n, said := answered(asked, line)
		if said != want.said || (said != "" && n != want.n) {
			t.Errorf("%q: %d %q", line, n, said)
		}
	}
}

func TestPapersAreReadLineByLine(t *testing.T) {
	p := parsePaper("# 标题\n开头\n\n## 一、理由\n甲\n乙\n@basis 《条例》第一条\n@basis 《细则》第二条\n@remedy 可以请求复查\n")
	if p.Title != "标题" || len(p.Sections) != 2 || p.Sections[0].Text != "开头" || p.Sections[1].Head != "一、理由" ||
		p.Sections[1].Text != "甲\n乙" || len(p.Basis) != 2 || p.Remedy != "可以请求复查" {
		t.Errorf("%+v", p)
	}
}

func TestDaysOfAPaperMayStillBeOpen(t *testing.T) {
	const form = "2006年1月2日"
	for _, one := range []struct {
		v    any
		want string
	}{{"2026-12-05", "2026年12月5日"}, {"", ""}, {"soon", ""}, {time.Time{}, ""}, {at(t, "2026-01-02 00:30"), "2026年1月2日"}} {
		got, err := writeDay(one.v, form)
		if err != nil || got != one.want {
			t.Errorf("%v: %q %v", one.v, got, err)
		}
	}
	if _, err := writeDay(7, form); err == nil {
		t.Error("a number is no day")
	}
}

func TestReceiptCannotLieInTheFuture(t *testing.T) {
	now := at(t, "2026-11-20 09:30")
	for _, one := range []struct{ day, hour, want string }{
		{"2026-11-19", "15:00", "2026-11-19 15:00"},
		{"2026-11-19", "", "2026-11-19 00:00"},
		{"2026-11-20", "", "2026-11-20 09:30"},
		{"2026-11-20", "09:30", "2026-11-20 09:30"},
		{"2026-11-20", "10:00", "2026-11-20 10:00"}, // refused by the rules
	} {
		f := web.NewForm("intake", nil)
		f.Set("day", one.day)
		f.Set("hour", one.hour)
		if got := intakeMoment(f, now).Format("2006-01-02 15:04"); got != one.want {
			t.Errorf("%s %s: %s", one.day, one.hour, got)
		}
	}
	f := web.NewForm("intake", nil)
	f.Set("day", "gestern")
	if !intakeMoment(f, now).IsZero() {
		t.Error("no day became an instant")
	}
}

func TestBarsFillTheWidthAndKeepTheirOrder(t *testing.T) {
	l := leaderLine{Stage: map[petition.Stage]int{petition.StageIntake: 2, petition.StageTriage: 3, petition.StageHandling: 4,
		petition.StageClosing: 1}}
	all := bars(l, 10)
	if len(all) != 3 {
		t.Fatalf("%+v", all)
	}
	for i, want := range []segment{
		{Class: "f3", X: "0.0%", Width: "50.0%", Middle: "25.0%", Count: 5, Label: true},
		{Class: "f1", X: "50.0%", Width: "40.0%", Middle: "70.0%", Count: 4, Label: true},
		{Class: "f2", X: "90.0%", Width: "10.0%", Middle: "95.0%", Count: 1, Label: true},
	} {
		if all[i] != want {
			t.Errorf("%d: %+v, want %+v", i, all[i], want)
		}
	}
	if b := bars(leaderLine{}, 1); len(b) != 0 {
		t.Errorf("bars of nothing: %+v", b)
	}
}

func TestStationsFollowTheStates(t *testing.T) {
	for s, want := range map[petition.State]int{petition.Submitted: 0, petition.Registered: 1, petition.Accepted: 3,
		petition.Handling: 3, petition.PendingSign: 4, petition.Replied: 5, petition.ClosingAudit: 5, petition.Closed: 6,
		petition.Redirected: 3} {
		if got := station(s); got != want {
			t.Errorf("%s: station %d", s, got)
		}
	}
	for s := range map[petition.State]bool{petition.Submitted: true, petition.Registered: true, petition.Handling: true, petition.Closed: true} {
		if n := marks(s); n < 1 || n > 6 {
			t.Errorf("%s: %d marks", s, n)
		}
	}
}

func TestAddressesOfTheListKeepTheOtherFilters(t *testing.T) {
	f := web.NewForm("queue", map[string][]string{"track": {"claim"}, "after": {"xyz"}, "due": {""}, "lang": {"en"}})
	if got := queueAddress(f.Values, "queue", "sign"); got != "/queue?queue=sign&track=claim" {
		t.Errorf("%s", got)
	}
	if got := queueAddress(f.Values, "track", ""); got != "/queue" {
		t.Errorf("%s", got)
	}
}
