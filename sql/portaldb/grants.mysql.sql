-- Who may do what in the portal's database (MariaDB, MySQL). Run it once as an
-- administrator, after the names of database, users and hosts and the passwords have
-- been set, and the schema made (huiyin migrate, as huiyin_portal_owner).
--
-- huiyin_portal_owner  changes the schema, used for upgrades only
-- huiyin_portal        the portal's nodes: rows, never the schema, nothing elsewhere
-- huiyin_courier       the office's courier: reads what was sent, delivers what comes

CREATE USER IF NOT EXISTS 'huiyin_portal_owner'@'%' IDENTIFIED BY 'change-me-1';
CREATE USER IF NOT EXISTS 'huiyin_portal'@'%' IDENTIFIED BY 'change-me-2';
CREATE USER IF NOT EXISTS 'huiyin_courier'@'%' IDENTIFIED BY 'change-me-3';

GRANT ALL PRIVILEGES ON huiyin_portal.* TO 'huiyin_portal_owner'@'%';

GRANT SELECT, INSERT, UPDATE         ON huiyin_portal.filing     TO 'huiyin_portal'@'%';
GRANT SELECT, INSERT, UPDATE         ON huiyin_portal.code_grant TO 'huiyin_portal'@'%';
GRANT SELECT, INSERT, UPDATE         ON huiyin_portal.said       TO 'huiyin_portal'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON huiyin_portal.draft      TO 'huiyin_portal'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON huiyin_portal.file       TO 'huiyin_portal'@'%';
GRANT SELECT, INSERT, DELETE         ON huiyin_portal.file_chunk TO 'huiyin_portal'@'%';
GRANT SELECT, INSERT, DELETE         ON huiyin_portal.outbox     TO 'huiyin_portal'@'%';
GRANT SELECT, DELETE                 ON huiyin_portal.inbox      TO 'huiyin_portal'@'%';
GRANT SELECT, INSERT, DELETE         ON huiyin_portal.seen       TO 'huiyin_portal'@'%';
GRANT SELECT, INSERT                 ON huiyin_portal.refused    TO 'huiyin_portal'@'%';
GRANT SELECT, INSERT, UPDATE         ON huiyin_portal.directory  TO 'huiyin_portal'@'%';
GRANT SELECT, INSERT, DELETE         ON huiyin_portal.captcha    TO 'huiyin_portal'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON huiyin_portal.tries      TO 'huiyin_portal'@'%';
GRANT SELECT, INSERT, DELETE         ON huiyin_portal.day_key    TO 'huiyin_portal'@'%';
GRANT SELECT                         ON huiyin_portal.schema_version TO 'huiyin_portal'@'%';

GRANT SELECT ON huiyin_portal.outbox     TO 'huiyin_courier'@'%';
GRANT SELECT ON huiyin_portal.file       TO 'huiyin_courier'@'%';
GRANT SELECT ON huiyin_portal.file_chunk TO 'huiyin_courier'@'%';
GRANT INSERT ON huiyin_portal.inbox      TO 'huiyin_courier'@'%';
