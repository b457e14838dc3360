package backoffice

import "huiyin/petition"

// simplifyTask chooses the short way for a plain matter, and ordinaryTask leaves it
// again (row 16, scenario 3.5).
var (
	simplifyTask = task{
		ask:    true,
		fields: func(*taskPage) []field { return []field{{Name: "reason", Kind: "area", Free: true}} },
		act:    withReason(petition.Simplify),
	}
	ordinaryTask = task{ask: true, fields: reasonOnly, act: withReason(petition.Ordinary)}
)
