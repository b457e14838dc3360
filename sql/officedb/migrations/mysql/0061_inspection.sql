-- +goose Up

-- Requests of inspection teams (petition.Inspection, scenario 12.4) and what was done about
-- each. Nothing is changed.
CREATE TABLE IF NOT EXISTS inspection (
    id    BINARY(16)  NOT NULL PRIMARY KEY,
    unit  VARCHAR(12) NOT NULL, -- that was asked
    about VARCHAR(12) NOT NULL, -- the unit inspected
    KEY inspection_unit (unit, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS inspection_entry (
    inspection BINARY(16)       NOT NULL,
    n          INT              NOT NULL,
    act        VARCHAR(16)      NOT NULL,
    at         BIGINT           NOT NULL,
    staff      BINARY(16)       NOT NULL,
    sealed     VARBINARY(12288) NOT NULL,
    PRIMARY KEY (inspection, n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
