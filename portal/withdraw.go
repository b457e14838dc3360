package portal

import "huiyin/petition"

// withdrawing ends the matter (row 35).
var withdrawing = &deed{name: "withdraw", action: petition.Withdraw, words: "text", flash: "flash.withdrawn",
	allowed: func(can can) bool { return can.Withdraw }}
