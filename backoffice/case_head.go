package backoffice

import (
	"time"

	"huiyin/petition"
	"huiyin/web"
)

// caseHead is the strip above a case: what it is, which clock runs, how far it is.
type caseHead struct {
	Clock  *headClock
	Due    due
	Stages []stage
}

// headClock is the clock that is due first, and how its last day was reached.
type headClock struct {
	petition.Clock
	Urgency petition.Urgency
	Day     int    // today is day so many
	Days    int    // of so many
	Done    string // share of the time gone, "61.7"
	Left    due
	Steps   []web.ExplainLine
}

// stage is one of the six stations.
type stage struct {
	Key   string
	At    time.Time
	Done  bool
	Now   bool
	Until time.Time // due, where it is still to come
}

func (d *dossier) head() caseHead {
	h := caseHead{Due: due{None: true, Urgency: petition.Calm}}
	if k, ok := d.NextClock(d.leg.N, d.rules, d.now); ok {
		h.Clock = headClockOf(k, d.now)
		h.Due = h.Clock.Left
	}
	h.Stages = d.stages(h.Clock)
	return h
}

func headClockOf(k petition.Clock, now time.Time) *headClock {
	h := &headClock{Clock: k, Urgency: k.Urgency(now), Left: dueOf(k.Kind, k.Warn, k.Due, now)}
	h.Days = petition.DaysBetween(k.Start, k.Due)
	h.Day = max(petition.DaysBetween(k.Start, now), 0)
	share := 100.0
	if h.Days > 0 && h.Day < h.Days {
		share = 100 * float64(h.Day) / float64(h.Days)
	}
	h.Done = percent(share)
	h.Steps = web.Explain(k.Kind, k.House, k.Explain, now)
	return h
}

// stages are the six stations of the leg with the day on which each was reached.
func (d *dossier) stages(k *headClock) []stage {
	reached := map[petition.Action]time.Time{}
	for _, e := range d.Events {
		if e.Act.Leg == d.leg.N || e.Act.Action == petition.Submit {
			reached[e.Act.Action] = e.At
		}
	}
	all := []stage{
		{Key: "register", At: earliest(reached[petition.Register], d.leg.TakenAt)},
		{Key: "check", At: d.leg.Notified},
		{Key: "notice", At: d.leg.Notified},
		{Key: "handle", At: reached[petition.Start]},
		{Key: "sign", At: earliest(d.leg.FirstReply, d.leg.SignedAt)},
		{Key: "close", At: reached[petition.AuditPass]},
	}
	now := station(d.leg.State)
	for i := range all {
		all[i].Done = i < now
		all[i].Now = i == now
		if !all[i].Done {
			all[i].At = time.Time{}
		}
	}
	if now < len(all) && k != nil {
		all[clockStation(k.Kind, now)].Until = k.Due
	}
	return all
}

// clockStation is where the running clock ends: the notice, or the answer.
func clockStation(k petition.ClockKind, now int) int {
	switch k {
	case petition.NoticeClock:
		return max(now, 2)
	case petition.HandlingClock, petition.PromiseClock, petition.SimpleClock, petition.ReviewOpinionClock,
		petition.ReReviewOpinionClock:
		return max(now, 4)
	case petition.ReportClock:
		return 5
	}
	return now
}

// station is the index of the stage in which a leg is; 6 when all are behind it.
func station(s petition.State) int {
	switch petition.StageOf(s) {
	case petition.StageIntake:
		return 0
	case petition.StageTriage:
		return 1
	case petition.StageHandling:
		return 3
	case petition.StageSigning:
		return 4
	case petition.StageClosing:
		return 5
	}
	switch s {
	case petition.ReviewAsked:
		return 1
	case petition.Closed, petition.Challenged, petition.Reviewed, petition.Final, petition.ClosedFinal, petition.Archived:
		return 6
	}
	return 3
}

func earliest(times ...time.Time) time.Time {
	var first time.Time
	for _, t := range times {
		if !t.IsZero() && (first.IsZero() || t.Before(first)) {
			first = t
		}
	}
	return first
}
