package exchange

import (
	"time"

	"huiyin/petition"
)

// Purpose says what an item is for.
type Purpose string

const (
	ForFiling    Purpose = "filing"    // portal → office: a petition
	ForMessage   Purpose = "message"   // portal → office: what a petitioner does later
	ForFolder    Purpose = "folder"    // office → portal: what a petitioner may see
	ForGrant     Purpose = "grant"     // office → portal: a receipt code given or replaced
	ForDirectory Purpose = "directory" // office → portal: units and their public keys
	ForAck       Purpose = "ack"       // both ways: items safely taken in
)

// Item is what travels. Everything but the addresses is sealed or public by nature,
// and all of it is signed by the sender's installation. An outbox shows id, address
// and size, never the purpose: that is inside the outer seal of portal items.
type Item struct {
	ID     petition.ID
	From   string // installation
	To     string // installation
	Made   time.Time
	Sealed []byte // the outer seal (portal → office) or the content (office → portal)
	Sig    []byte // Ed25519 over all of the above
}

// SealedFiling is a petition as it travels: the inner seal's content.
type SealedFiling struct {
	ID       petition.ID     `json:"id"` // of the filing; the case keeps it
	Received time.Time       `json:"received"`
	Filing   petition.Filing `json:"filing"`
	Reading  Key             `json:"reading"` // opens the petitioner's copy and all that follows
	Locator  Locator         `json:"locator"` // of the first grant
	Receipt  []byte          `json:"-"`       // hash of the sealed filing, which the portal signed on the receipt; set by Open
}

// Message is what a petitioner does on the follow page: Supply, AddInfo, Withdraw, Rate,
// Urge, AskRecusal, AskReview, Correct, AskViews, AskNews.
type Message struct {
	ID     petition.ID  `json:"id"`
	Filing petition.ID  `json:"filing"`
	At     time.Time    `json:"at"`
	Act    petition.Act `json:"act"`
	Matter int          `json:"matter,omitempty"` // of a divided petition: which of its matters, from 1
}

// FolderUpdate carries a petition.Folder sealed under the filing's reading key.
type FolderUpdate struct {
	Filing  petition.ID `json:"filing"`
	Version int         `json:"version"` // older ones are ignored
	Sealed  []byte      `json:"sealed"`
}

// Right is something that a grant allows beyond reading.
type Right string

const (
	MayAdd      Right = "add"
	MayWithdraw Right = "withdraw"
	MayRate     Right = "rate"
	MayReview   Right = "review"
)

// Grant lets one receipt code open one filing.
type Grant struct {
	Locator Locator     `json:"locator"`
	Filing  petition.ID `json:"filing"`
	Wrapped []byte      `json:"wrapped"` // the reading key under the code key
	Rights  []Right     `json:"rights"`
}

// GrantUpdate gives a code and takes others back, in one step. With a renewed reading
// key nothing that the portal has opens any more: the petitioner's copy comes anew with
// it (on paper cases there is none), and the folder in an item of its own.
type GrantUpdate struct {
	Filing petition.ID `json:"filing"`
	Give   *Grant      `json:"give,omitempty"`
	Revoke []Locator   `json:"revoke,omitempty"`

	Renewed bool   `json:"renewed,omitempty"`
	Copy    []byte `json:"copy,omitempty"`
}

// Directory is what an installation tells the portal about its units.
type Directory struct {
	Installation string         `json:"installation"`
	Name         string         `json:"name"`    // of the deployment, shown in the masthead
	Version      int64          `json:"version"` // newer replaces older
	Demo         bool           `json:"demo,omitempty"`
	Intake       []byte         `json:"intake"` // public key of the outer seal
	Units        []UnitEntry    `json:"units"`
	Local        []petition.Law `json:"local,omitempty"` // profiles of units that have rules of their own
	Days         string         `json:"days,omitempty"`  // CSV of the years whose holidays the office knows better than the program
	News         NewsOffer      `json:"news,omitzero"`   // whether and how petitioners can be told of news
}

// UnitEntry is a unit with the public keys that filings to it are sealed to.
type UnitEntry struct {
	petition.Unit
	Key   []byte `json:"key"`   // the unit's
	Cadre []byte `json:"cadre"` // its cadre-supervision compartment's

	Rules    []petition.LocalRule `json:"rules,omitempty"`    // 具体实施办法: its own, in force or to come
	Sessions []petition.Session   `json:"sessions,omitempty"` // 接访下访计划: as published, of this year and later
}

// Ack tells the sender that items were taken in, so that it may delete them.
type Ack struct {
	Items []petition.ID `json:"items"`
}
