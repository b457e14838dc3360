package officedb

import (
	"testing"

	"huiyin/sql/storetest"
)

func TestTheKeptSchemaIsWhatTheMigrationsMake(t *testing.T) {
	storetest.KeptSchema(t, "office", Migrations())
}
