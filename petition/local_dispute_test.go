package petition

import (
	"reflect"
	"strings"
	"testing"
)

// Neither record has a field for who complains or took part: the only person's name is
// that of the officer who wrote it.
func TestDisputesAndIncidentsHaveNoFieldForAName(t *testing.T) {
	for _, typ := range []reflect.Type{reflect.TypeFor[LocalDispute](), reflect.TypeFor[DisputeEntry](), reflect.TypeFor[Incident]()} {
		for field := range typ.Fields() {
			name := strings.ToLower(field.Name)
			for _, word := range []string{"name", "person", "petitioner", "who", "case", "mobile", "phone", "card", "filing"} {
				if strings.Contains(name, word) {
					t.Errorf("%s.%s", typ.Name(), field.Name)
				}
			}
		}
	}
}

func TestADisputeIsWrittenFollowedAndClosed(t *testing.T) {
	now := noonOf("2026-03-02")
	add := DisputeEntry{Step: DisputeAdd, Kind: "election", Place: "东桥村", People: 30, Asked: "公开候选人条件", Measures: "镇里派人说明", Next: "2026-03-09"}
	for field, spoil := range map[string]func(*DisputeEntry){
		"kind": func(e *DisputeEntry) { e.Kind = "troublemakers" }, "people": func(e *DisputeEntry) { e.People = 0 },
		"place": func(e *DisputeEntry) { e.Place = " " }, "asked": func(e *DisputeEntry) { e.Asked = "电话13800138000" },
		"measures": func(e *DisputeEntry) { e.Measures = "11010519491231002X" }, "next": func(e *DisputeEntry) { e.Next = "2026-03-01" },
	} {
		e := add
		spoil(&e)
		err, ok := CheckDispute(nil, e, now).(*Error)
		if !ok || err.Problems[0].Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if err := CheckDispute(nil, add, now); err != nil {
		t.Fatal(err)
	}
	d := LocalDispute{Open: true, Next: add.Next, Entries: []DisputeEntry{add}}
	follow := DisputeEntry{Step: DisputeFollow, People: 12, Measures: "已公开，多数人满意", Next: "2026-03-20"}
	if err := CheckDispute(&d, follow, now); err != nil {
		t.Fatal(err)
	}
	d.Entries = append(d.Entries, follow)
	if is := d.Now(); is.People != 12 || is.Place != "东桥村" || is.Asked == "" || is.Measures != follow.Measures {
		t.Errorf("%+v", is)
	}
	if d.Late(noonOf("2026-03-09")) || !d.Late(noonOf("2026-03-10")) {
		t.Error("the day itself is in time, the next is late")
	}
	d.Open = false
	if err := CheckDispute(&d, follow, now); !Is(err, Conflict) {
		t.Errorf("closed: %v", err)
	}
}

// An emergency says to the minute when it happened, and is looked at again by the next day
// until it is over; when it began stays, whatever is written later.
func TestAnEmergencyIsFollowedEveryDay(t *testing.T) {
	now := noonOf("2026-03-02")
	add := DisputeEntry{Step: DisputeAdd, Kind: Emergency, When: "2026-03-02 09:30", Place: "东桥村", People: 30, Asked: "公开候选人条件",
		Measures: "镇里派人到场", Next: "2026-03-03"}
	if err := CheckDispute(nil, add, now); err != nil {
		t.Fatal(err)
	}
	for field, spoil := range map[string]func(*DisputeEntry){
		"when": func(e *DisputeEntry) { e.When = "" }, "next": func(e *DisputeEntry) { e.Next = "2026-03-04" },
	} {
		e := add
		spoil(&e)
		if err, ok := CheckDispute(nil, e, now).(*Error); !ok || err.Problems[0].Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	for _, when := range []string{"2026-03-02", "2026-03-02 12:30", "x"} {
		e := add
		e.When = when
		if CheckDispute(nil, e, now) == nil {
			t.Errorf("it happened at %q", when)
		}
	}
	d := LocalDispute{Open: true, Next: add.Next, Entries: []DisputeEntry{add}}
	if !d.Urgent() {
		t.Error("it is not urgent")
	}
	follow := DisputeEntry{Step: DisputeFollow, When: "2026-03-02 11:40", Measures: "多数人已经离开", Next: "2026-03-05"}
	if err := CheckDispute(&d, follow, now); !Is(err, Invalid) {
		t.Errorf("the next look in three days: %v", err)
	}
	follow.Next = "2026-03-03"
	if err := CheckDispute(&d, follow, now); err != nil {
		t.Error(err)
	}
	d.Entries = append(d.Entries, follow)
	if is := d.Now(); is.When != add.When || !d.Urgent() {
		t.Errorf("%+v", is)
	}
	if err := CheckDispute(&d, DisputeEntry{Step: DisputeClose, Measures: "已经平息"}, now); err != nil {
		t.Errorf("over: %v", err)
	}
}

func TestAnIncidentIsOneOfArticle26AndExpires(t *testing.T) {
	now := noonOf("2026-03-02")
	good := Incident{Kind: "staying", Day: "2026-03-02", Hour: "10:30", Place: "接待大厅", People: 3, Measures: "劝导后离开"}
	if err := CheckIncident(good, 6, now); err != nil {
		t.Fatal(err)
	}
	for field, spoil := range map[string]func(*Incident, *int){
		"kind": func(i *Incident, _ *int) { i.Kind = "repeated visits" }, "day": func(i *Incident, _ *int) { i.Hour = "18:00" },
		"people": func(i *Incident, _ *int) { i.People = 0 }, "place": func(i *Incident, _ *int) { i.Place = "" },
		"measures": func(i *Incident, _ *int) { i.Measures = "记下身份证11010519491231002X" }, "months": func(_ *Incident, m *int) { *m = 240 },
	} {
		i, m := good, 6
		spoil(&i, &m)
		err, ok := CheckIncident(i, m, now).(*Error)
		if !ok || err.Problems[0].Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}
