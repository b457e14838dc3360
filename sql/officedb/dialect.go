package officedb

import "huiyin/sql"

// dialect is the few statements that differ between the engines.
type dialect struct {
	addQueueCount   string // what follows the rows
	addOpenDay      string
	addIndicatorDay string
	nextNumber      string

	// The optimiser of the MySQL family, left alone, walked hundreds of thousands of
	// entries for one deep page; the index is named.
	queuePage string
	openPage  string
	minePage  string
	ownPage   string
	belowPage string

	// What follows a reading that nobody may write beside, in a statement that writes.
	nobodyWrites string

	ledgerPage  string
	boardCounts string
	unsigned    string
	addExport   string // counts one more list taken out on a day
	addDecision string // what follows the rows
	addSeat     string // likewise
	addCitation string // likewise; it may be there already
}

// legColumns is what a list shows of a leg, and its place in the list.
const legColumns = `l.case_id, l.n, l.unit, l.queue, l.state, l.sort, l.number, l.track, l.topic, l.channel, l.received,
	l.due_at, l.warn_at, l.clock, l.changed_at, l.line`

// narrowed are the optional filters of a page: each is off while its first argument
// is empty. Their arguments are those of page.arguments; page.statement adds who may not
// see a case, order and limit.
const narrowed = ` AND (? = '' OR l.topic = ? OR l.topic LIKE ?)
	AND (? = '' OR l.track = ?)
	AND (? = '' OR l.channel = ?)
	AND (? = '' OR l.state = ?)
	AND (? = '' OR l.stage = ? OR (? = 'active' AND l.stage <> 'passed'))
	AND (? = '' OR l.from_day >= ?)
	AND (? = '' OR l.from_day <= ?)`

const (
	whereQueue = ` WHERE l.unit = ? AND l.queue = ? AND l.sort > ? AND l.sort < ?` + narrowed
	whereOwn   = ` WHERE l.unit = ? AND l.queue = ? AND l.handler = ? AND l.sort > ? AND l.sort < ?` + narrowed
	whereOpen  = ` WHERE l.unit = ? AND l.is_open = 1 AND l.sort > ? AND l.sort < ?` + narrowed
	whereMine  = ` WHERE l.handler = ? AND l.is_open = 1 AND l.sort > ? AND l.sort < ?
		AND l.unit = ? AND (? = '' OR l.queue = ?)` + narrowed
	whereBelow = ` WHERE a.above = ? AND a.sort > ? AND a.sort < ? AND l.sort = a.sort
		AND (? = '' OR l.queue = ?)` + narrowed
)

func dialectOf(e sql.Engine) dialect {
	if e == sql.MySQL {
		return dialect{
			addQueueCount:   ` ON DUPLICATE KEY UPDATE n = n + VALUES(n)`,
			addOpenDay:      ` ON DUPLICATE KEY UPDATE n = n + VALUES(n)`,
			addIndicatorDay: ` ON DUPLICATE KEY UPDATE num = num + VALUES(num), den = den + VALUES(den)`,
			nextNumber:      `INSERT INTO series (name, n) VALUES (?, 1) ON DUPLICATE KEY UPDATE n = n + 1`,
			queuePage:       `SELECT ` + legColumns + ` FROM leg l FORCE INDEX (leg_queue)` + whereQueue,
			openPage:        `SELECT ` + legColumns + ` FROM leg l FORCE INDEX (leg_open)` + whereOpen,
			minePage:        `SELECT ` + legColumns + ` FROM leg l FORCE INDEX (leg_mine)` + whereMine,
			ownPage:         `SELECT ` + legColumns + ` FROM leg l FORCE INDEX (leg_own)` + whereOwn,
			belowPage: `SELECT ` + legColumns + ` FROM leg_above a FORCE INDEX (PRIMARY)
				STRAIGHT_JOIN leg l FORCE INDEX (PRIMARY) ON l.case_id = a.case_id AND l.n = a.n` + whereBelow,
			nobodyWrites: ` LOCK IN SHARE MODE`,
			ledgerPage:   `SELECT ` + ledgerColumns + ` FROM leg l FORCE INDEX (leg_came)`,
			boardCounts:  boardColumns + ` FROM leg l FORCE INDEX (leg_came)`,
			unsigned:     `SELECT ` + ledgerColumns + `, l.sign_due FROM leg l FORCE INDEX (leg_unsigned)`,
			addExport:    `INSERT INTO export_count (staff, day, n) VALUES (?, ?, 1) ON DUPLICATE KEY UPDATE n = n + 1`,
			addSeat:      ` ON DUPLICATE KEY UPDATE step = VALUES(step), at = VALUES(at)`,
			addDecision:  ` ON DUPLICATE KEY UPDATE n = VALUES(n), unit = VALUES(unit), topic = VALUES(topic), outcome = VALUES(outcome), at = VALUES(at), sketch = VALUES(sketch)`,
			addCitation:  ` ON DUPLICATE KEY UPDATE n = VALUES(n)`,
		}
	}
	return dialect{
		addQueueCount:   ` ON CONFLICT (unit, queue, handler) DO UPDATE SET n = n + excluded.n`,
		addOpenDay:      ` ON CONFLICT (unit, stage, dim, day) DO UPDATE SET n = n + excluded.n`,
		addIndicatorDay: ` ON CONFLICT (unit, day, what) DO UPDATE SET num = num + excluded.num, den = den + excluded.den`,
		nextNumber:      `INSERT INTO series (name, n) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET n = n + 1`,
		queuePage:       `SELECT ` + legColumns + ` FROM leg l INDEXED BY leg_queue` + whereQueue,
		openPage:        `SELECT ` + legColumns + ` FROM leg l INDEXED BY leg_open` + whereOpen,
		minePage:        `SELECT ` + legColumns + ` FROM leg l INDEXED BY leg_mine` + whereMine,
		ownPage:         `SELECT ` + legColumns + ` FROM leg l INDEXED BY leg_own` + whereOwn,
		belowPage: `SELECT ` + legColumns + ` FROM leg_above a
			CROSS JOIN leg l ON l.case_id = a.case_id AND l.n = a.n` + whereBelow,
		ledgerPage:  `SELECT ` + ledgerColumns + ` FROM leg l INDEXED BY leg_came`,
		boardCounts: boardColumns + ` FROM leg l INDEXED BY leg_came`,
		unsigned:    `SELECT ` + ledgerColumns + `, l.sign_due FROM leg l INDEXED BY leg_unsigned`,
		addExport:   `INSERT INTO export_count (staff, day, n) VALUES (?, ?, 1) ON CONFLICT (staff, day) DO UPDATE SET n = n + 1`,
		addSeat:     ` ON CONFLICT (session, case_id) DO UPDATE SET step = excluded.step, at = excluded.at`,
		addDecision: ` ON CONFLICT (case_id, leg) DO UPDATE SET n = excluded.n, unit = excluded.unit, topic = excluded.topic, outcome = excluded.outcome, at = excluded.at, sketch = excluded.sketch`,
		addCitation: ` ON CONFLICT (case_id, n, policy, article) DO UPDATE SET n = excluded.n`,
	}
}
