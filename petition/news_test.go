package petition

import (
	"slices"
	"strings"
	"testing"
	"time"
)

var (
	textWish = NewsWish{Way: NewsByText, Sealed: []byte{1}}
	mailWish = NewsWish{Way: NewsByMail, Sealed: []byte{2}}
)

// The last word about being told counts, and of anonymous people there is none.
func TestTheLastWishCounts(t *testing.T) {
	filed := func(f Filing) Event { return Event{Act: Act{Action: Submit, Filing: &f}} }
	asked := func(w ...NewsWish) Event { return Event{Act: Act{Action: AskNews, News: w}} }
	for name, c := range map[string]struct {
		events []Event
		want   []NewsWay
	}{
		"none":              {[]Event{filed(Filing{})}, nil},
		"with the filing":   {[]Event{filed(Filing{News: []NewsWish{textWish}})}, []NewsWay{NewsByText}},
		"changed":           {[]Event{filed(Filing{News: []NewsWish{textWish}}), asked(mailWish)}, []NewsWay{NewsByMail}},
		"ended":             {[]Event{filed(Filing{News: []NewsWish{textWish}}), asked()}, nil},
		"ended and begun":   {[]Event{filed(Filing{}), asked(), asked(textWish, mailWish)}, NewsWays},
		"one goes on":       {[]Event{filed(Filing{News: []NewsWish{textWish}}), asked(NewsWish{Way: NewsByText}, mailWish)}, NewsWays},
		"nothing to go on":  {[]Event{filed(Filing{}), asked(NewsWish{Way: NewsByText})}, nil},
		"anonymous":         {[]Event{filed(Filing{Anonymous: true, News: []NewsWish{textWish}})}, nil},
		"anonymous, asking": {[]Event{filed(Filing{Anonymous: true}), asked(textWish)}, nil},
	} {
		if got := NewsWaysOf(NewsWishes(c.events), ""); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestAWishIsTakenInEveryStateAndChecked(t *testing.T) {
	s := filed(t, town, PurposeRequest, "2026-03-02").do(Petitioner, Act{Action: AskNews, News: []NewsWish{textWish}})
	if f := Project(s.c, s.r, s.now); !slices.Equal(f.News, []NewsWay{NewsByText}) {
		t.Errorf("the folder says %v", f.News)
	}
	s.do(Petitioner, Act{Action: AskNews, News: []NewsWish{{Way: NewsByText}, mailWish}})
	if got := NewsWishes(s.c.Events); len(got) != 2 || got[0].Sealed[0] != 1 || got[1].Sealed[0] != 2 {
		t.Errorf("what goes on lost its address: %v", got)
	}
	s.do(Petitioner, Act{Action: AskNews})
	for name, wishes := range map[string][]NewsWish{
		"twice":      {textWish, textWish},
		"no address": {{Way: NewsByMail}},
		"too long":   {{Way: NewsByMail, Sealed: make([]byte, sealedAddress+1)}},
		"unknown":    {{Way: "pigeon", Sealed: []byte{1}}},
	} {
		_, err := Decide(s.c, Petitioner, Act{Action: AskNews, News: wishes}, Facts{}, s.r, s.now)
		if !Is(err, Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	nobody := filed(t, town, PurposeAdvice, "2026-03-02")
	nobody.c.Filing.Anonymous = true
	if _, err := Decide(nobody.c, Petitioner, Act{Action: AskNews, News: []NewsWish{textWish}}, Facts{}, nobody.r, nobody.now); !Is(err, Forbidden) {
		t.Errorf("anonymous: %v", err)
	}
	part := filed(t, town, PurposeRequest, "2026-03-02")
	part.c.Parent = &Link{Number: "XF1"}
	if _, err := Decide(part.c, Petitioner, Act{Action: AskNews}, Facts{}, part.r, part.now); !Is(err, Conflict) {
		t.Errorf("of a part: %v", err)
	}
}

func TestOwnActsAreNoNews(t *testing.T) {
	staff := Actor{Kind: ByStaff}
	for name, c := range map[string]struct {
		events []Event
		want   bool
	}{
		"nothing":            {nil, false},
		"the petitioner's":   {[]Event{{By: Petitioner, Act: Act{Action: AddInfo}}}, false},
		"staff's":            {[]Event{{By: staff, Act: Act{Action: Accept}}}, true},
		"what lapses":        {[]Event{{By: System, Act: Act{Action: Lapse}}}, true},
		"a wish at the desk": {[]Event{{By: staff, Act: Act{Action: AskNews}}}, false},
		"both in one act":    {[]Event{{By: Petitioner, Act: Act{Action: Withdraw}}, {By: System, Act: Act{Action: Receive}}}, true},
	} {
		if got := Newsworthy(c.events); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestMailAddresses(t *testing.T) {
	for _, good := range []string{"a@b.cn", "wang.li+xf@mail.example.com"} {
		if key := CheckMail(good); key != "" {
			t.Errorf("%s: %s", good, key)
		}
	}
	for _, bad := range []string{"", "a", "a@b", "@b.cn", "a@.cn", "a@b.", "a@b..cn", "a b@c.cn", "a@b.cn\r\nBcc: x@y.cn",
		"王@b.cn", "a@b@c.cn", "<a@b.cn>", "a@b.cn,c@d.cn", strings.Repeat("a", 250) + "@b.cn"} {
		if CheckMail(bad) == "" {
			t.Errorf("%q was taken", bad)
		}
	}
}

func TestNobodyIsWokenAtNight(t *testing.T) {
	night, err := ParseQuiet("21:00-08:00")
	if err != nil {
		t.Fatal(err)
	}
	at := func(text string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04", text, Shanghai)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for now, want := range map[string]string{
		"2026-11-20 08:00": "2026-11-20 08:00", "2026-11-20 20:59": "2026-11-20 20:59",
		"2026-11-20 21:00": "2026-11-21 08:00", "2026-11-20 23:59": "2026-11-21 08:00",
		"2026-11-20 00:00": "2026-11-20 08:00", "2026-11-20 07:59": "2026-11-20 08:00",
		"2026-12-31 22:00": "2027-01-01 08:00",
	} {
		if got := night.After(at(now)); !got.Equal(at(want)) {
			t.Errorf("%s: %s", now, got.In(Shanghai))
		}
	}
	if got := night.NextDay(at("2026-11-20 10:00")); !got.Equal(at("2026-11-21 08:00")) {
		t.Errorf("the next day begins %s", got)
	}
	noon := Quiet{12 * time.Hour, 14 * time.Hour}
	if !noon.At(at("2026-11-20 13:00")) || noon.At(at("2026-11-20 14:00")) || !noon.After(at("2026-11-20 12:30")).Equal(at("2026-11-20 14:00")) {
		t.Error("a quiet part within the day")
	}
	if got := noon.NextDay(at("2026-11-20 10:00")); !got.Equal(at("2026-11-21 00:00")) {
		t.Errorf("without a quiet night the next day begins %s", got)
	}
	if none, err := ParseQuiet(""); err != nil || none.At(at("2026-11-20 03:00")) || !none.NextDay(at("2026-11-20 03:00")).Equal(at("2026-11-21 00:00")) {
		t.Error("no quiet part")
	}
	for _, bad := range []string{"21-8", "21:00", "25:00-08:00", "night"} {
		if _, err := ParseQuiet(bad); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

// Of several people each says for himself; one word of his changes nothing for the others.
func TestEveryoneWhoTakesPartWishesForHimself(t *testing.T) {
	f := Filing{Purpose: PurposeRequest, Person: Person{Name: "周明华"}, News: []NewsWish{textWish}, Agent: &Person{Name: "赵立"},
		Representatives: []Person{{Name: "周明华"}, {Name: "李春梅"}}}
	if got := f.NewsParties(); !slices.Equal(got, []NewsParty{{"agent", "赵立"}, {"rep2", "李春梅"}}) {
		t.Fatalf("%v", got)
	}
	say := func(whose string, wishes ...NewsWish) Event {
		return Event{Act: Act{Action: AskNews, For: whose, News: wishes}}
	}
	all := NewsWishes([]Event{{Act: Act{Filing: &f}}, say("rep2", mailWish), say("agent", textWish), say(""), say("rep2", NewsWish{Way: NewsByMail}, textWish)})
	for whose, want := range map[string][]NewsWay{"": nil, "agent": {NewsByText}, "rep2": {NewsByMail, NewsByText}} {
		if got := NewsWaysOf(all, whose); !slices.Equal(got, want) {
			t.Errorf("%q: %v", whose, got)
		}
	}
	for _, w := range WithoutAddresses(all) {
		if len(w.Sealed) != 0 || w.Sound() {
			t.Errorf("%+v", w)
		}
	}
	for _, none := range []Filing{{Purpose: PurposeReport, Agent: f.Agent}, {Purpose: PurposeAdvice, Anonymous: true, Agent: f.Agent}} {
		if got := none.NewsParties(); len(got) != 0 {
			t.Errorf("%v", got)
		}
	}
}
