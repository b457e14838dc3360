package portal

import "huiyin/petition"

// reviewing asks the level above for a review (复查), or after it for a re-review (复核):
// what the petitioner does not agree with, and papers (Art. 35, 36).
var reviewing = &writing{name: "review", action: petition.AskReview, flash: "flash.review_asked", empty: "wrong.ask_review",
	allowed: func(can can) bool { return can.Review }}
