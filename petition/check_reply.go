package petition

import (
	"slices"
	"strconv"
)

// checkDraft is row 22. An opinion on a claim states request, facts and reasons, and
// the decision with its basis, and tells the remedy (Art. 32, 35).
func checkDraft(d *decision, f *form, s standing) {
	f.need(slices.Contains(d.c.OutcomesFor(s.leg), d.act.Outcome), "outcome", "problem.outcome_missing")
	if bargained := d.act.Outcome == Mediated || d.act.Outcome == SettledClaim; bargained {
		f.need(s.leg.Agreement == d.act.Outcome, "outcome", "problem.agreement_missing")
	}
	if s.leg.Annulled != "" && s.leg.Annulled == d.act.Outcome {
		f.need(!blank(d.act.NewFacts), "new_facts", "problem.same_outcome")
	}
	if !s.leg.Kind.Reviews() {
		d.checkExecution(f)
	}
	if d.act.Gap != nil {
		f.need(d.c.Gap == nil, "gap.what", "error.gap_known")
		d.checkGap(f)
	}
	if d.c.Track == Claim {
		d.checkGrounds(f, s.leg)
	}
	if d.act.Paper == nil || d.c.Track != Claim {
		return
	}
	f.need(len(d.act.Paper.Sections) >= 3, "paper.sections", "problem.opinion_parts_missing")
	f.need(slices.ContainsFunc(d.act.Paper.Basis, func(b string) bool { return !blank(b) }),
		"paper.basis", "problem.basis_missing")
	f.need(!blank(d.act.Paper.Remedy), "paper.remedy", "problem.remedy_missing")
}

// checkGrounds: support rests on the library, a refusal was explained (clause 5).
func (d *decision) checkGrounds(f *form, l *Leg) {
	f.need(!d.act.Outcome.Supports() || len(d.act.Cites) > 0, "cite", "problem.cite_missing")
	d.checkCites(f, d.act.Cites, l, d.act.Paper)
	if d.act.Outcome == NotSupported {
		d.checkExplained(f, l)
	}
}

// checkSign asks again on the day of the decision: what was cited may have ended since.
func checkSign(d *decision, f *form, s standing) {
	f.need(d.act.Paper != nil, "paper", "problem.paper_missing")
	if d.c.Track == Claim {
		f.need(!s.leg.Outcome.Supports() || len(s.leg.Cites) > 0, "cite", "problem.cite_missing")
		d.checkCites(f, s.leg.Cites, s.leg, nil)
	}
	// Two like cases with opposite outcomes: the signer says why (scenario 5.3).
	f.need(len(d.facts.Contrary) == 0 || !blank(d.act.Reason), "reason", "problem.contrary_reason")
}

// checkServe is row 24: how, on which day, with what proof. K5 counts from here.
func checkServe(d *decision, f *form, s standing) {
	served := d.act.Service
	if served == nil {
		f.need(false, "service.method", "problem.service_missing")
		return
	}
	at := slices.IndexFunc(ServiceMethods, func(m ServiceMethod) bool { return m.Code == served.Method })
	f.need(at >= 0, "service.method", "problem.service_missing")
	d.pastDay(f, "service.day", served.Day, s.leg.SignedAt)
	if at >= 0 && ServiceMethods[at].Proof {
		f.need(!blank(served.Proof), "service.proof", "problem.proof_missing")
	}
	f.need(served.Method != "hand" || !blank(served.Receiver), "service.receiver", "problem.receiver_missing")
}

// checkAskClosing is row 25: whoever assigned the case gets a report.
func checkAskClosing(d *decision, f *form, s standing) {
	if d.c.nextDesk(s.leg.N) != 0 {
		f.need(!blank(d.act.Text) || d.act.Paper != nil, "text", "problem.report_missing")
	}
}

// checkAuditReturn is row 26: reasons, and a new day where the assigner returns it.
func checkAuditReturn(d *decision, f *form, s standing) {
	checkReason(d, f, s)
	d.checkTicks(f, false)
	d.checkFault(f)
	if s.leg.AuditAt != s.leg.N {
		d.futureDay(f, "deadline", d.act.Deadline)
	}
}

// checkAuditPass is row 27: every line of the checklist holds, and nothing is to be
// supervised.
func checkAuditPass(d *decision, f *form, _ standing) {
	d.checkTicks(f, true)
	f.need(d.act.Fault == "", "fault", "problem.fault_passed")
}

// checkTicks: known items, each once; for a pass all of them, and all in order.
func (d *decision) checkTicks(f *form, pass bool) {
	ticked := map[string]bool{}
	for i, line := range d.act.Audit {
		field := "audit." + strconv.Itoa(i)
		_, twice := ticked[line.Item]
		f.need(slices.Contains(Checklist, line.Item) && !twice, field, "problem.choice")
		ticked[line.Item] = line.OK
	}
	for _, item := range Checklist {
		f.need(!pass || ticked[item], "audit."+item, "problem.item_open", "item", item)
	}
}

// checkPaper: the paper is of its kind, has something to say and no word that belongs
// inside the office.
func checkPaper(f *form, paper *Paper, kind PaperKind) {
	if paper == nil {
		f.need(false, "paper", "problem.paper_missing")
		return
	}
	f.need(paper.Kind == kind, "paper.kind", "problem.paper_kind")
	f.need(!blank(paper.Title), "paper.title", "problem.title_missing")
	plain(f, "paper.title", paper.Title)
	plain(f, "paper.remedy", paper.Remedy)
	f.need(len(paper.Sections) > 0, "paper.sections", "problem.text_missing")
	for i, section := range paper.Sections {
		field := "paper.sections." + strconv.Itoa(i)
		f.need(!blank(section.Text), field, "problem.text_missing")
		plain(f, field, section.Head)
		plain(f, field, section.Text)
	}
}
