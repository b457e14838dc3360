package petition

// Effect is what a move does to the clocks: a set.
type Effect uint32

const (
	StartNotice           Effect = 1 << iota // K2 starts
	StopNotice                               // K2 stops: the first written notice went out
	PauseNotice                              // K2 pauses while an objection is open
	ResumeNotice                             // K2 goes on
	ReopenNotice                             // K2 runs again from the original receipt
	StartObjection                           // K3 starts at the receiver
	StopObjection                            // K3 is over
	StartHandling                            // K4 starts
	ExtendHandling                           // K4x
	StopHandling                             // K4 stops
	StartReview                              // K5 starts
	StartReport                              // K9 starts
	FreezeReport                             // K9 pauses while an objection is open
	ResumeReport                             // K9 goes on
	StopReport                               // K9 stops
	ReopenReport                             // K9 runs again until a new day
	StartPromise                             // P60 starts
	StopPromise                              // P60 stops
	StopAll                                  // no clock runs any more
	StartReviewOpinion                       // K6 starts at the unit above
	StopReviewOpinion                        // K6 stops
	StartReReview                            // K7 starts
	StartReReviewOpinion                     // K8 starts
	StopReReviewOpinion                      // K8 stops
	PauseReReviewOpinion                     // K8 pauses while a hearing is held
	ResumeReReviewOpinion                    // K8 goes on
	StopReview                               // K5 or K7 stops: a review was asked
	StartSimple                              // K11 replaces K4
	StopSimple                               // K4 again
	StopExecution                            // what was promised is done
	StartSupervision                         // 督办
	effectsEnd
)

var effectKeys = []string{
	"effect.start_notice", "effect.stop_notice", "effect.pause_notice", "effect.resume_notice",
	"effect.reopen_notice", "effect.start_objection", "effect.stop_objection",
	"effect.start_handling", "effect.extend_handling", "effect.stop_handling",
	"effect.start_review", "effect.start_report", "effect.freeze_report",
	"effect.resume_report", "effect.stop_report", "effect.reopen_report",
	"effect.start_promise", "effect.stop_promise", "effect.stop_all",
	"effect.start_review_opinion", "effect.stop_review_opinion", "effect.start_rereview",
	"effect.start_rereview_opinion", "effect.stop_rereview_opinion",
	"effect.pause_rereview_opinion", "effect.resume_rereview_opinion", "effect.stop_review",
	"effect.start_simple", "effect.stop_simple", "effect.stop_execution",
	"effect.start_supervision",
}

// Has tells whether all of the effects asked for are in the set.
func (e Effect) Has(all Effect) bool { return e&all == all }

// Keys names the catalogue's sentences for the effects, in the order above.
func (e Effect) Keys() []string {
	var keys []string
	for i, bit := 0, StartNotice; bit < effectsEnd; i, bit = i+1, bit<<1 {
		if e.Has(bit) {
			keys = append(keys, effectKeys[i])
		}
	}
	return keys
}
