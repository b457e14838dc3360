package backoffice_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"huiyin/petition"
)

func TestALeaderSeesTheSubtreeAsFiguresThatLeadToLists(t *testing.T) {
	d := newDesk(t)
	d.fill(200)
	b := d.as("990100", petition.Leader)
	doc := b.page("/leader")
	total, err := strconv.Atoi(strings.TrimSuffix(doc.Find(".tile .v").First().Contents().First().Text(), "件"))
	d.must(err)
	sum := 0
	doc.Find("#units tbody tr").Each(func(_ int, tr *goquery.Selection) {
		cells := tr.Find("td")
		open, err := strconv.Atoi(cells.Eq(6).Text())
		d.must(err)
		sum += open
		stages := 0
		for i := range 6 {
			n, err := strconv.Atoi(cells.Eq(i).Text())
			d.must(err)
			stages += n
		}
		if stages != open {
			t.Errorf("%s: stages add up to %d of %d", tr.Find("th").Text(), stages, open)
		}
		if over := cells.Eq(7).Find("a"); over.Length() == 1 {
			list := b.page(over.AttrOr("href", ""))
			if rows := itoa(list.Find("tr:not(.grp) th.c-ttl").Length()); rows != over.Text() {
				t.Errorf("%s overdue promised, %s there", over.Text(), rows)
			}
		}
	})
	if sum != total || total == 0 {
		t.Errorf("units add up to %d of %d", sum, total)
	}
	// Every figure is one click from exactly those cases, the totals in one list.
	doc.Find(".tile, #units tbody td a").Not("#quality .tile").Each(func(_ int, a *goquery.Selection) {
		want := strings.TrimSuffix(a.Find(".v").Text()+"", "件")
		if a.Find(".v").Length() == 0 {
			want = a.Text()
		}
		rows := 0
		for path := a.AttrOr("href", ""); path != ""; {
			list := b.page(path)
			rows += list.Find("tr:not(.grp) th.c-ttl").Length()
			path = list.Find("a[rel=next]").AttrOr("href", "")
		}
		if itoa(rows) != want {
			t.Errorf("%s: %s promised, %d at %s", a.Text(), want, rows, a.AttrOr("href", ""))
		}
	})
	bands := doc.Find("#ages svg rect").Length()
	if bands != 3 || strings.Contains(doc.Find("#ages svg").Text(), "超期") {
		t.Errorf("%d age bands", bands)
	}
	if doc.Find("figure.chart svg[role=img][aria-label]").Length() == 0 || doc.Find("figure.chart figcaption b").First().Text() == "" {
		t.Error("a chart without words")
	}
}

func TestALeadersListNamesNobody(t *testing.T) {
	d := newDesk(t)
	d.registered("组织关系转接没有办完")
	b := d.as("990100", petition.Leader)
	doc := b.page("/queue?unit=990102")
	if !strings.Contains(text(doc), "组织关系转接没有办完") || strings.Contains(text(doc), "周*") {
		t.Errorf("%s", text(doc))
	}
}

func TestALeaderOfAnEmptySubtreeReadsThatItIsEmpty(t *testing.T) {
	d := newDesk(t)
	doc := d.as("990102", petition.Leader).page("/leader")
	if doc.Find(".empty").Length() != 1 {
		t.Errorf("%s", text(doc))
	}
}

// report files one about a cadre and answers the pages that could show it.
func report(d *desk) {
	f := aClaim("990102", "反映一名干部在换届中拉票")
	f.Purpose, f.Topic = petition.PurposeReport, "B1"
	f.Reported = []petition.Reported{{Name: "丁某某", Unit: "青溪区某局", Post: "局长"}}
	d.filed(f)
}

func TestReportsAreForCadreSupervisionOnly(t *testing.T) {
	d := newDesk(t)
	report(d)
	b := d.as("990102", petition.CadreSupervisor)
	doc := b.page("/reports")
	link := doc.Find("a.ttl")
	if link.Length() != 1 || !strings.Contains(link.Text(), "反映一名干部") {
		t.Fatalf("%s", text(doc))
	}
	to := link.AttrOr("href", "")
	if doc := b.page(to); strings.Contains(doc.Text(), "丁某某") {
		t.Error("it is open before a purpose is given")
	}
	w, doc := b.post(to, url.Values{"purpose": {"triage"}})
	if w.Code != http.StatusOK || !strings.Contains(text(doc), "丁某某") || !strings.Contains(text(doc), account(t, "990102", petition.CadreSupervisor).Name) {
		t.Errorf("%d %s", w.Code, text(doc))
	}
	for _, role := range petition.Roles {
		if role == petition.CadreSupervisor {
			continue
		}
		a := d.signIn(account(t, unitOf(role), role))
		for _, path := range []string{"/reports", to} {
			w, doc := a.get(path)
			putUp := role == petition.Leader && path == "/reports" // nothing was put up to him: an empty list
			if (w.Code != http.StatusNotFound && !putUp) || strings.Contains(doc.Text(), "反映一名") {
				t.Errorf("%s at %s: %d", role, path, w.Code)
			}
		}
	}
	if w, _ := d.as("990121", petition.CadreSupervisor).get(to); w.Code == http.StatusOK {
		if w, _ := d.as("990121", petition.CadreSupervisor).post(to, url.Values{"purpose": {"triage"}}); w.Code == http.StatusOK {
			t.Error("another county opens it")
		}
	}
}

// TestAReportChangesNothingForAnybodyElse compares every page of every other role
// before and after a report arrives, byte for byte but for tokens.
func TestAReportChangesNothingForAnybodyElse(t *testing.T) {
	d := newDesk(t)
	d.registered("组织关系转接没有办完")
	look := func() map[string]string {
		seen := map[string]string{}
		for _, unit := range []petition.UnitID{"990102", "990100", "990000"} {
			for _, role := range []petition.Role{petition.Registrar, petition.OfficeHead, petition.Leader, petition.Handler, petition.Supervisor} {
				b := d.as(unit, role)
				for _, path := range []string{"/queue", "/queue?due=soon", "/queue?topic=B", "/leader", "/find?q=x", "/queue?unit=990102"} {
					w, _ := b.get(path)
					seen[string(unit)+string(role)+path] = strings.ReplaceAll(w.Body.String(), b.token, "")
				}
			}
		}
		return seen
	}
	before := look()
	report(d)
	for at, page := range look() {
		if page != before[at] {
			t.Errorf("%s changed", at)
		}
	}
}
