-- Who may do what in the office's database (MariaDB, MySQL). Run it once as an
-- administrator, after the names of database, users and hosts and the passwords have
-- been set, and the schema made (huiyin migrate, as huiyin_office_owner).
--
-- huiyin_office_owner  changes the schema, used for upgrades only
-- huiyin_office        the back office's nodes: rows, never the schema, nothing
--                      elsewhere. What happened and who looked can be added, never
--                      changed or deleted. Only bodies of events can be emptied, when a
--                      case is sealed up.

CREATE USER IF NOT EXISTS 'huiyin_office_owner'@'%' IDENTIFIED BY 'change-me-1';
CREATE USER IF NOT EXISTS 'huiyin_office'@'%' IDENTIFIED BY 'change-me-2';

GRANT ALL PRIVILEGES ON huiyin_office.* TO 'huiyin_office_owner'@'%';

GRANT SELECT, INSERT, UPDATE         ON huiyin_office.setting      TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, UPDATE         ON huiyin_office.unit         TO 'huiyin_office'@'%';
GRANT SELECT, INSERT                 ON huiyin_office.holder       TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, UPDATE         ON huiyin_office.staff        TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, DELETE         ON huiyin_office.staff_role   TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, UPDATE         ON huiyin_office.account_request TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON huiyin_office.session      TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON huiyin_office.attempt      TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, UPDATE         ON huiyin_office.cases        TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, DELETE         ON huiyin_office.case_key     TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, UPDATE (body)  ON huiyin_office.event        TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, UPDATE         ON huiyin_office.leg          TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON huiyin_office.leg_above    TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, UPDATE         ON huiyin_office.queue_count  TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON huiyin_office.notice       TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, UPDATE         ON huiyin_office.news         TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, UPDATE ON huiyin_office.duty               TO 'huiyin_office'@'%';
GRANT SELECT, INSERT ON huiyin_office.duty_entry                 TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, UPDATE ON huiyin_office.duty_key           TO 'huiyin_office'@'%';
GRANT SELECT, INSERT ON huiyin_office.duty_cause                 TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, DELETE         ON huiyin_office.form_used    TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, UPDATE         ON huiyin_office.open_day     TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, UPDATE         ON huiyin_office.indicator_day TO 'huiyin_office'@'%';
GRANT SELECT, INSERT                 ON huiyin_office.indicator_snapshot TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, DELETE         ON huiyin_office.token        TO 'huiyin_office'@'%';
GRANT SELECT, INSERT                 ON huiyin_office.exclusion    TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, UPDATE         ON huiyin_office.series       TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, DELETE         ON huiyin_office.file_chunk   TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON huiyin_office.file_pending TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, UPDATE         ON huiyin_office.report       TO 'huiyin_office'@'%';
GRANT SELECT, INSERT                 ON huiyin_office.report_entry TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, UPDATE         ON huiyin_office.chain        TO 'huiyin_office'@'%';
GRANT SELECT, INSERT                 ON huiyin_office.audit        TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, UPDATE         ON huiyin_office.export_count TO 'huiyin_office'@'%';
GRANT SELECT, INSERT                 ON huiyin_office.search_log   TO 'huiyin_office'@'%';
GRANT SELECT, INSERT                 ON huiyin_office.paper_text   TO 'huiyin_office'@'%';
GRANT SELECT, INSERT                 ON huiyin_office.policy       TO 'huiyin_office'@'%';
GRANT SELECT, INSERT                 ON huiyin_office.policy_article TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON huiyin_office.decision     TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON huiyin_office.citation     TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, UPDATE         ON huiyin_office.policy_gap   TO 'huiyin_office'@'%';
GRANT SELECT, INSERT                 ON huiyin_office.policy_gap_step TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, UPDATE         ON huiyin_office.merger       TO 'huiyin_office'@'%';
GRANT SELECT, INSERT                 ON huiyin_office.reception_plan TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON huiyin_office.reception_seat TO 'huiyin_office'@'%';
GRANT SELECT, INSERT                 ON huiyin_office.reception_duty TO 'huiyin_office'@'%';
GRANT SELECT, INSERT                 ON huiyin_office.local_rule   TO 'huiyin_office'@'%';
GRANT SELECT, INSERT                 ON huiyin_office.team_entry   TO 'huiyin_office'@'%';
GRANT SELECT, INSERT                 ON huiyin_office.issue        TO 'huiyin_office'@'%';
GRANT SELECT, INSERT                 ON huiyin_office.issue_case   TO 'huiyin_office'@'%';
GRANT SELECT, INSERT                 ON huiyin_office.issue_entry  TO 'huiyin_office'@'%';
GRANT SELECT, INSERT                 ON huiyin_office.annual_entry TO 'huiyin_office'@'%';
GRANT SELECT, INSERT                 ON huiyin_office.unit_choice  TO 'huiyin_office'@'%';
GRANT SELECT, INSERT                 ON huiyin_office.inspection   TO 'huiyin_office'@'%';
GRANT SELECT, INSERT                 ON huiyin_office.inspection_entry TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, UPDATE         ON huiyin_office.rule_edit    TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, DELETE         ON huiyin_office.rule_effect  TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, UPDATE         ON huiyin_office.dispute      TO 'huiyin_office'@'%';
GRANT SELECT, INSERT                 ON huiyin_office.dispute_entry TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, UPDATE (sealed) ON huiyin_office.incident    TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, UPDATE         ON huiyin_office.view_request TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, UPDATE         ON huiyin_office.accountability TO 'huiyin_office'@'%';
GRANT SELECT, INSERT                 ON huiyin_office.accountability_entry TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, UPDATE (version) ON huiyin_office.visit     TO 'huiyin_office'@'%';
GRANT SELECT, INSERT                 ON huiyin_office.visit_entry  TO 'huiyin_office'@'%';
GRANT SELECT, INSERT                 ON huiyin_office.visit_case   TO 'huiyin_office'@'%';
GRANT SELECT, INSERT                 ON huiyin_office.imported     TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, DELETE         ON huiyin_office.unsequenced  TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, UPDATE         ON huiyin_office.log_tile     TO 'huiyin_office'@'%';
GRANT SELECT, INSERT                 ON huiyin_office.log_head     TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, UPDATE         ON huiyin_office.lease        TO 'huiyin_office'@'%';
GRANT SELECT, INSERT, DELETE         ON huiyin_office.outbox       TO 'huiyin_office'@'%';
GRANT SELECT, INSERT                 ON huiyin_office.inbox        TO 'huiyin_office'@'%';
GRANT SELECT, INSERT                 ON huiyin_office.quarantine   TO 'huiyin_office'@'%';
GRANT SELECT, INSERT                 ON huiyin_office.quarantine_file TO 'huiyin_office'@'%';
GRANT SELECT, INSERT                 ON huiyin_office.quarantine_released TO 'huiyin_office'@'%';
GRANT SELECT                         ON huiyin_office.schema_version TO 'huiyin_office'@'%';
