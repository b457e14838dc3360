package backoffice_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"huiyin/petition"
)

// paperText is all that a paper says in its sections.
func paperText(p *petition.Paper) string {
	var all []string
	for _, s := range p.Sections {
		all = append(all, s.Text)
	}
	return strings.Join(all, "\n")
}

// An assignment proposed on Friday and approved on Saturday: no paper names the day of
// the proposal as the day on which it was done.
func TestWhatIsApprovedADayLaterCarriesNoDayOfTheProposal(t *testing.T) {
	d := newDesk(t)
	id := d.filed(aClaim("990100", "组织关系转接没有办完"))
	b := d.as("990100", petition.Registrar)
	b.act(id, "register", url.Values{"topic": {"C3"}})
	b.act(id, "assign", url.Values{"to": {"990102"}, "deadline": {"2027-01-15"}, "reason": {"发生在青溪区"}})
	d.now = d.now.Add(24 * time.Hour)
	d.as("990100", petition.Leader).act(id, "approve", url.Values{})

	found, err := d.store.Case(t.Context(), actor(account(t, "990100", petition.Registrar)), id)
	d.must(err)
	var letter *petition.Paper
	for _, e := range found.Events {
		if e.Act.Paper != nil && e.Act.Paper.Kind == petition.WhereaboutsNotice {
			letter = e.Act.Paper
		}
	}
	if letter == nil || letter.Day != petition.Day(d.now) {
		t.Fatalf("the letter: %+v", letter)
	}
	if got := paperText(letter); !strings.Contains(got, "我们已经交给它办理") || strings.Contains(got, "我们已经在") {
		t.Error(got)
	}

	// The receiver's entry names the receiver and nobody who decided above.
	doc := d.as("990100", petition.Registrar).page("/cases/" + id.String())
	row := doc.Find(".c-log .log > li").FilterFunction(func(_ int, s *goquery.Selection) bool {
		return s.Find("b").Text() == "收到转交"
	})
	if leader := account(t, "990100", petition.Leader).Name; row.Length() != 1 || !strings.Contains(row.Text(), "青溪区") || strings.Contains(row.Text(), leader) {
		t.Errorf("who received it: %q", row.Text())
	}
}

func TestAnAcceptanceApprovedADayLaterPromisesNoWrongDay(t *testing.T) {
	d := newDesk(t)
	id := d.registered("组织关系转接没有办完")
	d.as("990102", petition.Handler).act(id, "accept", url.Values{"reason": {"归我们管"}})
	d.now = d.now.Add(24 * time.Hour)
	d.as("990102", petition.UnitHead).act(id, "approve", url.Values{})
	found, err := d.store.Case(t.Context(), actor(account(t, "990102", petition.Handler)), id)
	d.must(err)
	last := found.Events[len(found.Events)-1].Act.Paper
	if last == nil || last.Kind != petition.AcceptanceNotice {
		t.Fatalf("no letter: %+v", last)
	}
	if got := paperText(last); !strings.Contains(got, "自这份告知书的日期起60天以内书面答复您") {
		t.Error(got)
	}
}

// What happens next says whose limit each is.
func TestTheConsequencesOfAnAssignmentNameTheUnits(t *testing.T) {
	d := newDesk(t)
	id := d.filed(aClaim("990100", "组织关系转接没有办完"))
	b := d.as("990100", petition.Registrar)
	b.act(id, "register", url.Values{"topic": {"C3"}})
	path := "/cases/" + id.String() + "/assign"
	v := hidden(b.page(path), path)
	for k, one := range map[string]string{"to": "990102", "deadline": "2027-01-15", "reason": "发生在青溪区", "step": "preview"} {
		v.Set(k, one)
	}
	w, doc := b.post(path, v)
	if w.Code != http.StatusOK {
		t.Fatalf("%d %s", w.Code, text(doc))
	}
	effects := strings.Join(labels(doc, ".effect"), "\n")
	for _, want := range []string{"云川市委组织部告知信访人的期限到此为止", "青溪区委组织部的受理告知期限：最迟"} {
		if !strings.Contains(effects, want) {
			t.Errorf("%q is not in\n%s", want, effects)
		}
	}
	for _, one := range labels(doc, ".effect") {
		if one == "受理告知期限到此为止" || strings.HasPrefix(one, "受理告知：") {
			t.Errorf("nobody knows whose limit this is: %s", one)
		}
	}
}
