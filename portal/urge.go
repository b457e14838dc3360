package portal

import "huiyin/petition"

// urging asks how long it still takes (催办). Its page tells when the limit ends; it can
// be done once in urgeDays.
var urging = &deed{name: "urge", action: petition.Urge, words: "text", flash: "flash.urged",
	allowed: func(can can) bool { return can.Urge }}
