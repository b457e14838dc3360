package backoffice

import (
	"strconv"

	"huiyin/petition"
)

// doing is one button of the case page.
type doing struct {
	Action   petition.Action
	To       string
	Icon     string
	Approver bool // it will be a proposal
	Danger   bool
}

// actionIcons are the pictures beside the words.
var actionIcons = map[petition.Action]string{
	petition.Approve: "check", petition.Decline: "undo", petition.Register: "pen", petition.Distribute: "user",
	petition.AskInfo: "talk", petition.Redirect: "building", petition.Refuse: "flag", petition.Refer: "send",
	petition.Assign: "send", petition.Object: "undo", petition.AgreeBack: "check", petition.Overrule: "swap",
	petition.Accept: "check", petition.Start: "doc", petition.Extend: "clock", petition.Draft: "doc",
	petition.ReturnDraft: "undo", petition.Sign: "pen", petition.Serve: "letter", petition.AskClosing: "archive",
	petition.AuditReturn: "undo", petition.AuditPass: "check", petition.SealUp: "lock",
	petition.Supply: "clip", petition.AddInfo: "clip", petition.Withdraw: "undo",
	petition.Urge: "clock", petition.AskRecusal: "user", petition.AskReview: "scale", petition.AskNews: "bell",
	petition.Merge: "link", petition.NoLongerTake: "flag", petition.Divert: "building", petition.Divide: "doc",
	petition.Judge: "scale", petition.SignFor: "pen", petition.Turn: "swap", petition.Renew: "refresh",
	petition.Simplify: "check", petition.Ordinary: "undo", petition.Redate: "clock", petition.DeclareRecusal: "user",
	petition.DecideRecusal: "scale", petition.OpenHearing: "talk", petition.CloseHearing: "check",
	petition.Settle: "talk", petition.Dispute: "flag", petition.RuleReceiver: "check", petition.RuleSender: "undo",
	petition.TakeReview: "check", petition.RefuseReview: "flag", petition.Execute: "check", petition.Archive: "archive", petition.RecordGap: "book",
}

// elsewhere are offers that have a place of their own on the page.
var elsewhere = map[petition.Action]bool{petition.Note: true, petition.ReplaceCode: true,
	petition.Withdraw: true, petition.Supply: true, petition.AddInfo: true, petition.Urge: true, petition.AskRecusal: true,
	petition.AskReview: true, petition.Decline: true, petition.AskNews: true, petition.ReturnDraft: true, petition.AuditReturn: true,
	petition.Overrule: true, petition.RuleSender: true, petition.AnswerCorrect: true}

// decided are the ends of the jurisdiction check.
var decided = map[petition.Action]bool{petition.Accept: true, petition.Redirect: true, petition.Refuse: true,
	petition.Refer: true, petition.Assign: true, petition.Merge: true, petition.NoLongerTake: true,
	petition.Divert: true, petition.Divide: true}

// seldom are offers that stand folded below the others.
var seldom = map[petition.Action]bool{petition.Merge: true, petition.NoLongerTake: true, petition.Divert: true,
	petition.Divide: true, petition.Renew: true, petition.Turn: true, petition.DeclareRecusal: true,
	petition.RecordGap: true, petition.Redate: true}

// doings are the buttons for this reader, the primary first, and those for what is
// seldom. check tells that the jurisdiction check comes before them.
func (d *dossier) doings() (all, rare []doing, check bool) {
	seen := map[petition.Action]bool{}
	for _, o := range d.offers() {
		if elsewhere[o.Action] || seen[o.Action] {
			continue
		}
		seen[o.Action] = true
		check = check || (decided[o.Action] && d.leg.State == petition.Registered)
		one := doing{Action: o.Action, To: d.taskPath(o), Icon: actionIcons[o.Action], Approver: o.Approver,
			Danger: o.Action == petition.SealUp}
		if seldom[o.Action] {
			rare = append(rare, one)
			continue
		}
		all = append(all, one)
	}
	return all, rare, check
}

// recorded are the links to what this reader may record for the petitioner; of news only
// where people can be told of them.
func (d *dossier) recorded(news bool) []doing {
	var all []doing
	for _, o := range d.offers() {
		switch o.Action {
		case petition.Supply, petition.AddInfo, petition.Withdraw, petition.Urge, petition.AskRecusal, petition.AskReview:
			all = append(all, doing{Action: o.Action, To: d.taskPath(o), Icon: actionIcons[o.Action]})
		case petition.AskNews:
			if news {
				all = append(all, doing{Action: o.Action, To: d.taskPath(o), Icon: actionIcons[o.Action]})
			}
		}
	}
	return all
}

func (d *dossier) taskPath(o petition.Offer) string {
	to := "/cases/" + d.ID.String() + "/" + string(o.Action)
	if len(d.Legs) > 1 {
		to += "?leg=" + strconv.Itoa(o.Leg)
	}
	return to
}

// checkLine is one line of what must be there before the case is closed.
type checkLine struct {
	Key string
	OK  bool
}

// closing is what the record already shows of the closing audit's list, while the
// matter is handled here.
func (d *dossier) closing() (lines []checkLine, ticked int) {
	switch petition.StageOf(d.leg.State) {
	case petition.StageHandling, petition.StageSigning, petition.StageClosing:
	default:
		return nil, 0
	}
	draft := d.leg.Draft
	for _, one := range []checkLine{
		{"closing.notice", !d.leg.Notified.IsZero()},
		{"closing.record", d.did(petition.Note)},
		{"closing.draft", draft != nil},
		{"closing.basis", draft != nil && len(draft.Basis) > 0},
		{"closing.signed", !d.leg.SignedAt.IsZero()},
		{"closing.served", !d.leg.RepliedAt.IsZero()},
	} {
		if one.OK {
			ticked++
		}
		lines = append(lines, one)
	}
	return lines, ticked
}

// did tells whether an action was taken on the leg.
func (d *dossier) did(a petition.Action) bool {
	for _, e := range d.Events {
		if e.Act.Action == a && e.Act.Leg == d.leg.N {
			return true
		}
	}
	return false
}
