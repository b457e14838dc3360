package backoffice

import (
	"huiyin/petition"
	"huiyin/web"
)

// list is every route, by what it serves and who may come.
func (w *Office) list(r *web.Routes) {
	anybody := r.Guard("anybody")
	anybody.GET("/static/*file", w.showStatic)
	anybody.GET("/sign-in", w.showSignIn)
	anybody.POST("/sign-in", w.signIn)

	// Whoever has an account, also one whose password must be changed or whose second
	// factor must be bound first.
	account := r.Guard("account", w.signedIn)
	account.GET("/me", w.showMe)
	account.GET("/me/password", w.showMe)
	account.POST("/me/password", w.changePassword)
	account.POST("/me/session", w.endSession)
	account.GET("/me/code", w.askBind)
	account.POST("/me/code", w.bind)
	account.POST("/sign-out", w.signOut)

	staff := r.Guard("staff", w.signedIn, w.settled)
	staff.GET("/", w.showHome)
	staff.GET("/about", w.showAbout)

	desk := r.Guard("desk", w.signedIn, w.settled, w.only(deskRoles...))
	counter := r.Guard("counter", w.signedIn, w.settled, w.only(counterRoles...))
	head := r.Guard("head", w.signedIn, w.settled, w.only(petition.OfficeHead))
	w.listCases(r, desk, counter)
	w.listIntake(r, counter)
	w.listBooks(r, desk, counter, head)
	w.listReports(r, counter, head)
	w.listDuties(r, desk, counter, head)
	w.listCompartment(r)
	w.listAdministration(r)
}

// listCases is the routes of cases: lists, the case page, what is done there.
func (w *Office) listCases(r *web.Routes, desk, counter *web.Group) {
	desk.GET("/queue", w.showQueue)
	desk.GET("/queue/export", w.askExport)
	desk.POST("/queue/export", w.exportQueue)
	desk.GET("/find", w.showFind)
	desk.GET("/cases/:id", w.showCase)
	desk.GET("/cases/:id/letters/:n", w.showLetter)
	desk.GET("/cases/:id/letters/:n/:form", w.takeLetter)
	desk.GET("/cases/:id/check", w.showCheck)
	desk.POST("/cases/:id/check", w.check)
	desk.POST("/cases/:id/note", w.note)
	desk.GET("/cases/:id/:action", w.showTask)
	desk.POST("/cases/:id/:action", w.doTask)
	desk.GET("/search", w.showSearch)
	desk.POST("/search", w.search)

	counter.GET("/cases/:id/code", w.askCode)
	counter.POST("/cases/:id/code", w.replaceCode)

	reveal := r.Guard("reveal", w.signedIn, w.settled, w.only(revealers...))
	reveal.GET("/cases/:id/identity", w.askIdentity)
	reveal.POST("/cases/:id/identity", w.reveal)
	reveal.POST("/cases/:id/amend", w.amend)
	reveal.POST("/cases/:id/letters/:n/:form", w.takeNamedLetter)
	reveal.GET("/cases/:id/files/:file", w.askFile)
	reveal.POST("/cases/:id/files/:file", w.openFile)

	handover := r.Guard("handover", w.signedIn, w.settled, w.only(handoverRoles...))
	handover.GET("/handover", w.showHandover)
	handover.POST("/handover", w.handOver)
}

// listIntake is the routes by which matters come in otherwise than by the portal.
func (w *Office) listIntake(r *web.Routes, counter *web.Group) {
	counter.GET("/import", w.showImport)
	counter.POST("/import", w.uploadLedger)
	counter.GET("/import/sample.xlsx", w.sampleLedger)
	counter.GET("/import/:form/:file", w.mapLedger)
	counter.GET("/import/:form/:file/check", w.checkLedger)
	counter.GET("/import/:form/:file/report.xlsx", w.ledgerReport)
	counter.POST("/import/:form/:file", w.importLedger)
	counter.GET("/visits", w.showVisits)
	counter.POST("/visits", w.addVisit)
	counter.POST("/visits/out", w.takeVisits)
	counter.GET("/visits/:id", w.showVisit)
	counter.POST("/visits/:id", w.stepVisit)
	counter.GET("/notices", w.showNotices)
	counter.GET("/notices/:id/:n", w.showNotice)
	counter.POST("/notices/:id/:n", w.takeNote)

	register := r.Guard("register", w.signedIn, w.settled, w.only(petition.Registrar))
	register.GET("/register/batch", w.showBatch)
	register.POST("/register/batch", w.batch)
	register.POST("/register/batch/slips", w.batchSlips)
	register.GET("/register/:channel", w.showIntake)
	register.POST("/register/:channel", w.intake)
}

// listBooks is the routes of what a unit keeps beside its cases: ledgers, policies, rules.
func (w *Office) listBooks(r *web.Routes, desk, counter, head *web.Group) {
	desk.GET("/take/:list", w.askTakeList)
	desk.POST("/take/:list", w.takeList)
	desk.GET("/ledgers", w.showLedgers)
	desk.GET("/ledgers/:ledger", w.showLedger)
	desk.POST("/ledgers/:ledger", w.takeLedger)
	desk.GET("/firsts", w.showFirsts)
	desk.GET("/policies", w.showPolicies)
	desk.GET("/policies/:id", w.showPolicy)
	desk.GET("/gaps", w.showGaps)
	desk.GET("/gaps/:id", w.showGap)
	desk.POST("/gaps/:id", w.stepGap)
	head.POST("/gaps/:id/owner", w.giveGap)
	desk.GET("/directory", w.showDirectory)
	desk.GET("/rules", w.showRules)
	desk.GET("/rules/:id", w.showRule)
	desk.GET("/disputes", w.showDisputes)
	desk.POST("/disputes", w.takeDisputes)
	desk.GET("/disputes/:id", w.showDispute)
	desk.GET("/team", w.showTeam)
	desk.GET("/team/units", w.showTeamUnits)
	desk.POST("/team/units", w.takeTeamUnits)

	counter.GET("/incidents/new", w.showNewIncident)
	counter.POST("/incidents/new", w.addIncident)

	head.GET("/rules/new", w.showNewRule)
	head.POST("/rules/new", w.saveNewRule)
	head.GET("/rules/:id/edit", w.showEditRule)
	head.POST("/rules/:id/edit", w.saveEditRule)
	head.GET("/directory/edit", w.showCard)
	head.POST("/directory/edit", w.saveCard)
	head.GET("/team/new/:kind", w.showTeamAdd)
	head.POST("/team/new/:kind", w.addTeam)
	head.GET("/team/end/:n", w.showTeamAdd)
	head.POST("/team/end/:n", w.addTeam)
	head.GET("/papers", w.showOwnList)
	head.GET("/papers/:kind", w.showOwn)
	head.POST("/papers/:kind", w.saveOwn)
	head.GET("/policies/new", w.askPolicy)
	head.POST("/policies/new", w.savePolicy)
	head.GET("/policies/:id/edit", w.askPolicy)
	head.POST("/policies/:id/edit", w.savePolicy)

	recorder := r.Guard("recorder", w.signedIn, w.settled, w.only(recorderRoles...))
	recorder.GET("/disputes/new", w.showNewDispute)
	recorder.POST("/disputes/new", w.addDispute)
	recorder.POST("/disputes/:id", w.stepDispute)

	incidents := r.Guard("incidents", w.signedIn, w.settled, w.only(incidentRoles...))
	incidents.GET("/incidents", w.showIncidents)
	incidents.POST("/incidents", w.openIncidents)

	accounting := r.Guard("accounting", w.signedIn, w.settled, w.only(accountRoles...))
	accounting.GET("/accountability", w.showAccountabilities)
	accounting.GET("/accountability/:id", w.showAccountability)
	accounting.POST("/accountability/:id", w.stepAccountability)

	supervising := r.Guard("supervising", w.signedIn, w.settled, w.only(petition.Supervisor))
	supervising.GET("/accountability/new", w.showNewAccountability)
	supervising.POST("/accountability/new", w.openAccountability)
}

// listReports is the routes of what is learned from matters and goes to others: analyses,
// common issues, annual reports, what inspection teams are given.
func (w *Office) listReports(r *web.Routes, counter, head *web.Group) {
	overseer := r.Guard("overseer", w.signedIn, w.settled, w.only(overseers...))
	overseer.GET("/analysis", w.showAnalysis)
	overseer.POST("/analysis", w.takeAnalysis)
	overseer.GET("/issues", w.showIssues)
	overseer.POST("/issues", w.takeIssues)
	overseer.GET("/issues/:id", w.showIssue)
	overseer.GET("/annual", w.showAnnuals)
	overseer.POST("/annual", w.takeAnnuals)
	overseer.GET("/annual/:unit/:year", w.showAnnual)
	overseer.GET("/annual/:unit/:year/letter", w.showAnnualLetter)
	overseer.GET("/annual/:unit/:year/letter/:form", w.takeAnnualLetter)
	head.POST("/annual/due", w.setAnnualDue)
	head.POST("/issues/least", w.setIssueLeast)
	head.POST("/issues/:id", w.stepIssue)

	inspection := r.Guard("inspection", w.signedIn, w.settled, w.only(inspectionRoles...))
	inspection.GET("/inspections", w.showInspections)
	inspection.GET("/inspections/:id", w.showInspection)
	counter.GET("/inspections/new", w.showNewInspection)
	counter.POST("/inspections/new", w.addInspection)
	planner := r.Guard("planner", w.signedIn, w.settled, w.only(plannerRoles...))
	planner.POST("/inspections/:id", w.stepInspection)
	overseer.GET("/inspections/:id/package", w.showPackage)
	head.POST("/inspections/:id/package", w.takePackage)
}

// listDuties is the routes of what somebody answers for, and of what leaders see and say.
func (w *Office) listDuties(r *web.Routes, desk, counter, head *web.Group) {
	desk.GET("/duties", w.showDuties)
	desk.GET("/set-duty/:kind", w.showSetDuty)
	desk.POST("/set-duty/:kind", w.doSetDuty)
	desk.GET("/duties/:id", w.showDuty)
	desk.GET("/duties/:id/letter", w.showDutyLetter)
	desk.GET("/duties/:id/letter/:form", w.takeDutyLetter)
	desk.GET("/duties/:id/:action", w.askDutyAct)
	desk.POST("/duties/:id/:action", w.doDutyAct)
	desk.GET("/reception", w.showReception)
	desk.GET("/reception/:id", w.showSession)

	counter.GET("/reception/:id/seat", w.showSeat)
	counter.POST("/reception/:id/seat", w.keepSeat)

	head.GET("/reception/new", w.showNewSession)
	head.POST("/reception/new", w.saveNewSession)
	head.GET("/reception/:id/edit", w.showEditSession)
	head.POST("/reception/:id/edit", w.saveEditSession)
	head.POST("/reception/:id/off", w.callOff)

	planner := r.Guard("planner", w.signedIn, w.settled, w.only(plannerRoles...))
	planner.POST("/annual/:unit/:year", w.stepAnnual)
	planner.POST("/reception", w.actPlan)
	planner.GET("/reception/:id/instruct", w.showInstruct)
	planner.POST("/reception/:id/instruct", w.instruct)

	leader := r.Guard("leader", w.signedIn, w.settled, w.only(leaderRoles...))
	leader.GET("/leader", w.showLeader)
	leader.GET("/backlog", w.showBacklog)
	leader.GET("/loose", w.showLoose)
	leader.POST("/loose", w.takeLoose)
	over := r.Guard("overseer", w.signedIn, w.settled, w.only(overseers...))
	over.GET("/indicators", w.showIndicators)
	over.POST("/indicators", w.takeIndicators)
	over.POST("/indicators/close", w.closePeriod)
}

// listCompartment is the routes of reports about cadres.
func (w *Office) listCompartment(r *web.Routes) {
	cadre := r.Guard("cadre", w.signedIn, w.settled, w.only(sealedReaders...))
	cadre.GET("/reports", w.showReports)
	cadre.GET("/reports/digest", w.showDigest)
	cadre.GET("/reports/:id", w.askReport)
	cadre.POST("/reports/:id", w.openReport)
	cadre.GET("/reports/:id/files/:file", w.askSealedFile)
	cadre.POST("/reports/:id/files/:file", w.openSealedFile)
	cadre.GET("/reports/:id/:action", w.showSealed)
	cadre.POST("/reports/:id/:action", w.doSealed)

	compartment := r.Guard("compartment", w.signedIn, w.settled, w.only(cadreRoles...))
	compartment.POST("/compartment", w.handOverCompartment)
	compartment.POST("/reports", w.takeReports)
	compartment.GET("/reports/search", w.showSealedSearch)
	compartment.POST("/reports/search", w.searchSealed)
	compartment.POST("/reports/digest", w.putDigest)
	compartment.GET("/inspections/:id/reports", w.showInspectionReports)
}

// listAdministration is the routes of the three administrators.
func (w *Office) listAdministration(r *web.Routes) {
	keeper := r.Guard("keeper", w.signedIn, w.settled, w.only(keeperRoles...))
	keeper.GET("/accounts", w.showAccounts)
	keeper.GET("/accounts/:id", w.showAccount)
	keeper.GET("/requests", w.showRequests)
	keeper.GET("/requests/:id", w.showRequest)
	keeper.GET("/mergers", w.showMergers)
	keeper.GET("/mergers/:id", w.showMerger)

	system := r.Guard("system", w.signedIn, w.settled, w.only(systemRoles...))
	system.GET("/units", w.showUnits)
	system.GET("/limits", w.showLimits)
	system.GET("/limits/calendar", w.showCalendar)
	system.POST("/limits/calendar", w.draftCalendar)
	system.GET("/limits/local", w.showLocalLaw)
	system.POST("/limits/local", w.draftLocalLaw)
	system.GET("/limits/:id", w.showLimit)
	system.POST("/limits/:id", w.applyLimit)
	system.GET("/mergers/new", w.showMerge)
	system.POST("/mergers/new", w.askMerge)
	system.POST("/mergers/:id/close", w.closeUnit)
	system.GET("/accounts/new", w.askNew)
	system.POST("/accounts/new", w.postNew)
	system.GET("/accounts/:id/change", w.askChange)
	system.POST("/accounts/:id/change", w.postChange)
	system.GET("/accounts/:id/close", w.askAct("close"))
	system.POST("/accounts/:id/close", w.doAct("close"))
	system.GET("/accounts/:id/sessions", w.askAct("sessions"))
	system.POST("/accounts/:id/sessions", w.doAct("sessions"))

	security := r.Guard("security", w.signedIn, w.settled, w.only(securityRoles...))
	security.POST("/requests/:id", w.decideRequest)
	security.POST("/mergers/:id", w.decideMerger)
	security.GET("/accounts/:id/password", w.askAct("password"))
	security.POST("/accounts/:id/password", w.doAct("password"))
	security.GET("/accounts/:id/unbind", w.askAct("unbind"))
	security.POST("/accounts/:id/unbind", w.doAct("unbind"))

	audit := r.Guard("audit", w.signedIn, w.settled, w.only(auditRoles...))
	audit.GET("/audit", w.showAudit)
	audit.POST("/audit", w.checkLog)
	audit.GET("/audit/sealed", w.showTouched)
	audit.POST("/audit/out", w.exportAudit)
	audit.GET("/view-requests", w.showViewRequests)
	audit.GET("/view-requests/:id", w.showViewRequest)
	audit.POST("/view-requests/:id", w.answerViews)
}
