package demo

import (
	"encoding/base32"

	"huiyin/petition"
)

// sealedWords are what the compartment writes; nothing of it leaves it.
type sealedWords struct {
	Keep, Verify, Inquire, Agree, Note, False, Clear, Told, Close []text
	PutUp                                                         []text `toml:"put_up"`
}

var sealedTexts = load[sealedWords]("texts/sealed.toml")

// sealed lets the rules of the compartment decide on an act about a report, and takes up
// what they say happened. What lies in the future does not happen.
func (t *tale) sealed(by petition.Actor, a petition.Action, why []text, step petition.CadreStep, deadline string) {
	if t.over() {
		return
	}
	all := append(t.c.Events[:len(t.c.Events):len(t.c.Events)], t.inside...)
	var r *petition.CadreReport
	if r, t.err = petition.FoldCadre(t.c.ID, t.here(), all); t.err != nil {
		return
	}
	words := t.scene.say(pick(t.scene.rng, why))
	events, err := petition.DecideCadre(r, by, petition.Act{Action: a, Text: words, Reason: words, Deadline: deadline, Cadre: &step}, t.rules, t.at)
	if t.err = err; err == nil {
		t.inside = append(t.inside, events...)
	}
}

// supervisors are the compartment's own people.
func (t *tale) supervisors() []petition.Actor {
	var all []petition.Actor
	for _, a := range staff {
		if a.Unit == t.here() && a.Is(petition.CadreSupervisor) {
			all = append(all, a.Actor())
		}
	}
	return all
}

// takeIn registers a report: who is reported, and that he is managed here.
func (t *tale) takeIn() {
	justSubmitted(t)
	t.wait(0.5, 2)
	if t.over() {
		return
	}
	var number [5]byte
	_, _ = randomBytes{t.scene.rng}.Read(number[:])
	reported := petition.Respondent{Reported: t.c.Filing.Reported[0], Manager: t.here()}
	t.sealed(t.supervisors()[0], petition.CadreRegister, sealedTexts.Note,
		petition.CadreStep{Number: "JB-" + base32.StdEncoding.EncodeToString(number[:]), Reported: []petition.Respondent{reported}}, "")
}

// confirm: whoever gave a name is asked whether it was he, and told that it is taken on.
func (t *tale) confirm() {
	if t.over() || t.c.Filing.Anonymous || !t.c.Filing.Reachable() {
		return
	}
	t.wait(0.5, 2)
	t.sealed(t.supervisors()[0], petition.ConfirmName, sealedTexts.Told, petition.CadreStep{How: "call"}, "")
	t.soon()
	t.sealed(t.supervisors()[0], petition.TellAccepted, sealedTexts.Told, petition.CadreStep{How: "call"}, "")
}

// putUp puts a way up, and dispose has two others agree: the leader and a colleague.
func (t *tale) putUp(grade petition.Clue, way petition.CadreWay, why []text) {
	t.wait(0.5, 1.5)
	if t.over() {
		return
	}
	step, deadline := petition.CadreStep{Grade: grade, Way: way}, ""
	if way == petition.WayVerify {
		for _, a := range t.supervisors() {
			step.Team = append(step.Team, a.Staff)
		}
		deadline = petition.Day(t.at.AddDate(0, 3, 0))
	}
	t.sealed(t.supervisors()[0], petition.Dispose, why, step, deadline)
}

func (t *tale) dispose(grade petition.Clue, way petition.CadreWay, why []text) {
	t.putUp(grade, way, why)
	t.wait(0.2, 1)
	t.sealed(t.actor(petition.Leader), petition.CadreAgree, sealedTexts.Agree, petition.CadreStep{}, "")
	t.second()
}

// second: a colleague of the compartment agrees too.
func (t *tale) second() {
	t.soon()
	if !t.over() {
		t.sealed(t.supervisors()[1], petition.CadreAgree, sealedTexts.Agree, petition.CadreStep{}, "")
	}
}

func sealedRegistered(t *tale) { t.takeIn(); t.confirm() }

func sealedPutUp(t *tale) {
	t.takeIn()
	t.putUp(petition.ClueClear, petition.WayVerify, sealedTexts.PutUp)
}

func sealedVerifying(t *tale) {
	sealedRegistered(t)
	t.dispose(petition.ClueClear, petition.WayVerify, sealedTexts.Verify)
	t.wait(2, 5)
	if !t.over() {
		t.sealed(t.supervisors()[1], petition.CadreNote, sealedTexts.Note, petition.CadreStep{}, "")
	}
}

func sealedInquiring(t *tale) {
	sealedRegistered(t)
	t.dispose(petition.ClueVague, petition.WayInquire, sealedTexts.Inquire)
}

func sealedKept(t *tale) {
	t.takeIn()
	t.dispose(petition.ClueNone, petition.WayKeep, sealedTexts.Keep)
}

// sealedFalse proves to be a mistake: the cadre is cleared with his consent, and whoever
// gave a name is told.
func sealedFalse(t *tale) {
	sealedVerifying(t)
	t.wait(15, 30)
	if t.over() {
		return
	}
	cs := t.supervisors()
	t.sealed(cs[0], petition.Find, sealedTexts.False, petition.CadreStep{Finding: petition.FoundFalse}, "")
	t.second()
	t.wait(2, 6)
	if !t.c.Filing.Anonymous && t.c.Filing.Reachable() {
		t.sealed(cs[0], petition.FeedBack, sealedTexts.Told, petition.CadreStep{How: "visit"}, "")
	}
	why := t.scene.say(pick(t.scene.rng, sealedTexts.Clear))
	t.sealed(cs[0], petition.ClearName, sealedTexts.Clear,
		petition.CadreStep{Clear: &petition.Clearing{Do: true, Consent: true, Form: "letter", Reason: why}}, "")
	t.wait(1, 3)
	t.sealed(cs[0], petition.CadreClose, sealedTexts.Close, petition.CadreStep{}, "")
}
