package backoffice

import (
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/attachment"
	"huiyin/petition"
	"huiyin/web"
)

// intakeForm reads the form of a registration, and the scans that it has: those sent
// now, and those sent before that are still ticked.
func (w *Office) intakeForm(c *gin.Context) (*web.Form, []petition.File, error) {
	f, err := w.intakeFields(c)
	if err != nil {
		return nil, nil, err
	}
	var ids []petition.ID
	for _, one := range f.Values["scan"] {
		if id, err := petition.ParseID(one); err == nil {
			ids = append(ids, id)
		}
	}
	scans, err := w.store.Scans(c.Request.Context(), who(c).Actor, f.Get("nonce"), ids)
	if kind(err) == petition.Invalid {
		f.Refuse("scans", "problem.file_gone")
		return f, nil, nil
	}
	return f, scans, err
}

func (w *Office) intakeFields(c *gin.Context) (*web.Form, error) {
	if !strings.HasPrefix(c.ContentType(), "multipart/") {
		c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, web.MaxForm)
		return w.posted(c, "intake")
	}
	u := upload{office: w, c: c, at: "scans", most: petition.MaxFiles}
	u.keep = func(name string, r io.Reader) (petition.File, error) {
		return w.store.AddScan(c.Request.Context(), who(c).Actor, u.values.Get("nonce"), name,
			attachment.Limits{Scanner: w.scanner}, r, w.site.Now())
	}
	if err := u.receive(); err != nil {
		return nil, err
	}
	f := u.form("intake")
	for _, one := range u.files {
		f.Values.Add("scan", one.ID.String())
	}
	return f, nil
}

// intakeAct is the registration that the form describes.
func intakeAct(f *web.Form, way string, by petition.Actor, now time.Time) petition.Act {
	ch := petition.Channel(f.Get("channel"))
	filing := &petition.Filing{
		Purpose: petition.Purpose(f.Get("filing.purpose")), Topic: petition.Topic(f.Get("topic")), Unit: by.Unit,
		Area: f.Get("area"), Title: f.Get("filing.title"), Facts: f.Get("filing.facts"), Request: f.Get("request"),
		Place: f.Get("place"), When: f.Get("when"), About: f.Get("about"),
		Earlier: f.Get("earlier"), EarlierNumber: caseNumber(f.Get("earlier_number")), Court: f.Get("court"),
		Anonymous: f.Has("anonymous", "yes"), Channel: ch, Need: f.Get("need"),
	}
	if filing.Track() == petition.Report {
		filing.ConcernsHead = f.Has("concerns_head", "yes")
		who := petition.Reported{Name: f.Get("reported.name"), Unit: f.Get("reported.unit"), Post: f.Get("reported.post")}
		if who != (petition.Reported{}) {
			filing.Reported = []petition.Reported{who}
		}
	}
	filing.Cover.Document = f.Get("cover.document")
	if ch == petition.ByLetter {
		filing.Postmark = f.Get("postmark")
		filing.Cover.Number, filing.Cover.From = f.Get("cover.number"), f.Get("cover.from")
	}
	if !filing.Anonymous {
		filing.Person = intakePerson(f)
		intakePeople(f, filing)
	}
	return petition.Act{Action: petition.Register, Filing: filing, Topic: filing.Topic, Channel: ch, Unit: by.Unit,
		Arrival: petition.Arrival(f.Get("arrival")), At: intakeMoment(f, now)}
}

func intakePerson(f *web.Form) petition.Person {
	p := petition.Person{Name: f.Get("person.name"), Org: f.Has("org", "yes"), Mobile: f.Get("person.mobile"),
		Region: f.Get("person.region"), Address: f.Get("person.address"),
		IDNumber: strings.ToUpper(f.Get("person.id_number"))}
	if p.IDNumber != "" {
		p.IDType = f.Get("person.id_type")
	}
	return p
}

// intakeMoment is when it physically arrived; the zero time if that is no day.
func intakeMoment(f *web.Form, now time.Time) time.Time {
	at, err := time.ParseInLocation("2006-01-02 15:04", f.Get("day")+" "+f.Get("hour"), petition.Shanghai)
	if err != nil {
		if at, err = petition.ParseDay(f.Get("day")); err != nil {
			return time.Time{}
		}
		if petition.Day(at) == petition.Day(now) {
			return now
		}
	}
	if at.After(now) && at.Sub(now) < time.Minute {
		return now // the form shows minutes
	}
	return at
}

// checkIntake asks the rules, and for the person what can be checked of him.
func (w *Office) checkIntake(f *web.Form, act petition.Act, by petition.Actor, r petition.Rules, now time.Time) {
	if act.At.IsZero() {
		f.Refuse("day", "problem.day_missing")
	}
	if act.Filing.Track() != petition.Report {
		act.Number = petition.CaseNumber(by.Unit, petition.Day(now), 1) // the store gives the real one
	}
	_, err := petition.Decide(nil, by, act, petition.Facts{}, r, now)
	var refused *petition.Error
	if errors.As(err, &refused) {
		for _, p := range refused.Problems {
			if p.Field == "at" {
				p.Field = "day"
			}
			f.Problems = append(f.Problems, p)
		}
	}
	checkIntakePerson(f, *act.Filing)
	checkIntakePeople(f, *act.Filing, now)
}

func checkIntakePerson(f *web.Form, filing petition.Filing) {
	if filing.Anonymous {
		if filing.Track() == petition.Claim {
			f.Refuse("anonymous", "problem.anonymous_claim")
		}
		return
	}
	p := filing.Person
	if n := len([]rune(p.Name)); n < 2 || n > 50 {
		f.Refuse("person.name", "problem.name_length")
	}
	if p.IDNumber != "" {
		if key := petition.CheckIDNumber(p.IDType, p.IDNumber); key != "" {
			f.Refuse("person.id_number", key)
		}
	}
	if p.Mobile != "" {
		if key := petition.CheckMobile(p.Mobile); key != "" {
			f.Refuse("person.mobile", key)
		}
	}
	if filing.Track() == petition.Claim && p.Address == "" && p.Mobile == "" {
		f.Refuse("person.address", "problem.address_missing")
	}
}

// oldDays is after how many days the day of a receipt is asked again: a letter that lay in a
// mail room is older than a week, and none is a year old without a reason.
const oldDays = 60

// oldDay is the day of the receipt if it is so long past that it may be a slip.
func oldDay(f *web.Form, now time.Time) string {
	day, err := petition.ParseDay(f.Get("day"))
	if err != nil || petition.DaysBetween(day, now) <= oldDays || f.Problem("day") != nil {
		return ""
	}
	return petition.Day(day)
}

// checkOldDay takes a day long past only with a tick, and the tick for that day only.
func checkOldDay(f *web.Form, now time.Time) {
	old := oldDay(f, now)
	if old == "" || f.Has("sure", "yes") && f.Get("asked") == old {
		return
	}
	day, _ := petition.ParseDay(old) // it is one
	f.Set("sure", "")
	f.Refuse("sure", "problem.long_ago", "day", old, "days", strconv.Itoa(petition.DaysBetween(day, now)))
}
