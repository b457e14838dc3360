package portal

import "huiyin/petition"

// adding is what the petitioner adds, or was asked to.
var adding = &writing{name: "add", action: petition.AddInfo, flash: "flash.added", empty: "wrong.addition", filesAlone: true,
	allowed: func(can can) bool { return can.Add }}
