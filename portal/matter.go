package portal

import (
	"slices"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"huiyin/exchange"
	"huiyin/petition"
)

// matter is how one matter stands and what may be done about it now. A petition is one
// matter; one that was divided has parts besides, each a matter of its own under the
// same code (scenario 1.4).
type matter struct {
	N       int // 0 is the whole; of a divided petition its parts count from 1
	Folder  petition.Folder
	Now     sentence
	Do      string // what the reader has to do now: a catalogue key
	Clock   *clockView
	Nodes   []node
	Waiting []exchange.Message // sent, and not yet read by the office
	Can     can
	Again   string // urged a short while ago: the day from which it can be urged again
	Report  bool
}

// can is what the buttons beside the timeline offer.
type can struct {
	Add, Withdraw, Rate, Review, Urge, Recusal bool
	Correct, Views                             bool // rights over one's data: always
	News                                       bool // to be told of news by text or mail
	Complain                                   bool // retaliation, an officer's conduct: petitions of their own
}

// At is an address of the follow pages about this matter.
func (m matter) At(path string) string {
	if m.N == 0 {
		return path
	}
	return path + "?m=" + strconv.Itoa(m.N)
}

// Back is where the matter stands on the page of the case.
func (m matter) Back() string {
	if m.N == 0 {
		return casePath
	}
	return casePath + "#m" + strconv.Itoa(m.N)
}

// ReReview tells whether a request now would be one for re-review (复核).
func (m matter) ReReview() bool { return m.Folder.Status == petition.ShownReviewed }

// Any tells whether there is anything to press for.
func (c can) Any() bool { return c != can{} }

// waits tells whether a message of that kind is under way.
func (m matter) waits(a petition.Action) bool {
	return slices.ContainsFunc(m.Waiting, func(w exchange.Message) bool { return w.Act.Action == a })
}

// lapsed forgets a right whose last day has passed since the office made the folder.
func lapsed(f petition.Folder, now time.Time) petition.Folder {
	if f.Clock == nil || !f.Clock.Kind.Right() || !now.After(petition.EndOfDay(f.Clock.Due)) {
		return f
	}
	f.Clock = nil
	f.Can = slices.DeleteFunc(slices.Clone(f.Can), func(a petition.Action) bool { return a == petition.AskReview })
	return f
}

// matter makes the view of a folder: of the whole, or of part n.
func (r *reader) matter(n int, f petition.Folder, waiting []exchange.Message, now time.Time) matter {
	f = lapsed(f, now)
	m := matter{N: n, Folder: f, Now: sentenceOf(f, now), Do: "follow.do." + string(f.Status)}
	m.Report = f.Track == petition.Report || f.Status == petition.ShownReceived
	m.Nodes = m.nodes()
	for _, w := range waiting {
		if w.Matter == n {
			m.Waiting = append(m.Waiting, w)
		}
	}
	if f.Status == petition.ShownReplied && m.rated() != nil {
		m.Do = "follow.do.rated"
	}
	m.Again = m.urgedUntil(now)
	m.Can = r.can(m)
	if m.Report { // whatever its state: nothing is said of who deals with it
		m.Do = "follow.do." + string(petition.ShownReceived)
		return m
	}
	m.Clock = clockOf(f, now)
	return m
}

// can is what the office offers, the code allows, and is not under way already.
func (r *reader) can(m matter) can {
	may := func(a petition.Action, right exchange.Right) bool {
		return slices.Contains(m.Folder.Can, a) && r.Grant.May(right) && !m.waits(a)
	}
	mine := r.Grant.May(exchange.MayAdd)
	return can{
		Add:      mine && (slices.Contains(m.Folder.Can, petition.Supply) || slices.Contains(m.Folder.Can, petition.AddInfo)),
		Withdraw: may(petition.Withdraw, exchange.MayWithdraw),
		Rate:     may(petition.Rate, exchange.MayRate),
		Review:   may(petition.AskReview, exchange.MayReview),
		Urge:     mine && slices.Contains(m.Folder.Can, petition.Urge) && m.Again == "",
		Recusal:  may(petition.AskRecusal, exchange.MayAdd),
		Correct:  mine && !m.Report && !m.divided(),
		Views:    mine && !m.Report && !m.divided() && !m.waits(petition.AskViews),
		Complain: mine && m.N == 0,
		News:     mine && m.N == 0 && r.news.Any() && !r.anonymous(),
	}
}

// divided tells whether all that is done about it is done about its parts.
func (m matter) divided() bool { return len(m.Folder.Matters) > 0 }

// urgeDays is how many days lie between two urgings: so that each is read.
const urgeDays = 7

// urgedUntil is the day from which the matter can be urged again; "" if now.
func (m matter) urgedUntil(now time.Time) string {
	var last time.Time
	for _, s := range m.Folder.Steps {
		if s.Key == "step.urged" {
			last = s.At
		}
	}
	for _, w := range m.Waiting {
		if w.Act.Action == petition.Urge {
			last = w.At
		}
	}
	again := petition.Day(last.AddDate(0, 0, urgeDays))
	if last.IsZero() || petition.Day(now) >= again {
		return ""
	}
	return again
}

// look reads how the case of the reader stands, and which of its matters the address
// means.
func (p *Portal) look(c *gin.Context) (casePage, matter, error) {
	page, err := p.casePage(c)
	if err != nil {
		return page, matter{}, err
	}
	m := c.Query("m")
	if m == "" {
		return page, page.matter, nil
	}
	n, err := strconv.Atoi(m)
	if err != nil || n < 1 || n > len(page.Matters) {
		return page, matter{}, gone()
	}
	return page, page.Matters[n-1], nil
}
