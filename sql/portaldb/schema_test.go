package portaldb_test

import (
	"testing"

	"huiyin/sql/portaldb"
	"huiyin/sql/storetest"
)

func TestTheKeptSchemaIsWhatTheMigrationsMake(t *testing.T) {
	storetest.KeptSchema(t, "portal", portaldb.Migrations())
}
