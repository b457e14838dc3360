-- The whole schema as the migrations make it, but for the table in which they are
-- counted. For reading only; made by: make schema

CREATE TABLE accountability (
  id binary(16) NOT NULL,
  unit varchar(12) NOT NULL,
  about varchar(12) NOT NULL,
  case_id binary(16) NOT NULL,
  version int NOT NULL,
  state varchar(16) NOT NULL,
  made_at bigint NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY accountability_once (case_id,about,unit),
  KEY accountability_unit (unit,id),
  KEY accountability_about (about,id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE accountability_entry (
  file binary(16) NOT NULL,
  n int NOT NULL,
  at bigint NOT NULL,
  staff binary(16) NOT NULL,
  sealed mediumblob NOT NULL,
  PRIMARY KEY (file,n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE account_request (
  id binary(16) NOT NULL,
  kind varchar(12) NOT NULL,
  staff binary(16) NOT NULL,
  login varchar(64) NOT NULL,
  name varchar(200) NOT NULL,
  unit varchar(12) NOT NULL,
  office varchar(100) NOT NULL,
  roles varchar(255) NOT NULL,
  reason blob NOT NULL,
  asked_by binary(16) NOT NULL,
  asked_at bigint NOT NULL,
  state varchar(12) NOT NULL,
  decided_by binary(16) NOT NULL,
  decided_at bigint NOT NULL,
  answer blob NOT NULL,
  PRIMARY KEY (id),
  KEY account_request_state (state,id),
  KEY account_request_staff (staff,state)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE annual_entry (
  unit varchar(12) NOT NULL,
  year int NOT NULL,
  n int NOT NULL,
  status varchar(16) NOT NULL,
  at bigint NOT NULL,
  staff binary(16) NOT NULL,
  by_unit varchar(12) NOT NULL,
  sealed mediumblob NOT NULL,
  PRIMARY KEY (unit,year,n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE attempt (
  bucket binary(32) NOT NULL,
  began_at bigint NOT NULL,
  n bigint NOT NULL,
  PRIMARY KEY (bucket)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE audit (
  chain varchar(32) NOT NULL,
  n bigint NOT NULL,
  at bigint NOT NULL,
  staff binary(16) NOT NULL,
  unit varchar(12) NOT NULL,
  action varchar(32) NOT NULL,
  case_id binary(16) NOT NULL,
  file binary(16) NOT NULL,
  digest binary(32) NOT NULL,
  hash binary(32) NOT NULL,
  purpose blob NOT NULL,
  PRIMARY KEY (chain,n),
  KEY audit_case (case_id,chain,n),
  KEY audit_at (chain,at,n),
  KEY audit_staff (staff,at),
  KEY audit_file (file,at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE cases (
  id binary(16) NOT NULL,
  number varchar(40) DEFAULT NULL,
  version bigint NOT NULL,
  revision bigint NOT NULL,
  law varchar(32) NOT NULL,
  received bigint NOT NULL,
  sealed_up tinyint NOT NULL,
  head binary(32) NOT NULL,
  secrets blob NOT NULL,
  changed_at bigint NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY cases_number (number),
  KEY cases_changed (changed_at,id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE case_key (
  case_id binary(16) NOT NULL,
  holder varchar(24) NOT NULL,
  wrapped varbinary(255) NOT NULL,
  PRIMARY KEY (case_id,holder)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE chain (
  name varchar(32) NOT NULL,
  n bigint NOT NULL,
  hash binary(32) NOT NULL,
  PRIMARY KEY (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE citation (
  case_id binary(16) NOT NULL,
  n int NOT NULL,
  policy binary(16) NOT NULL,
  version int NOT NULL,
  article varchar(40) NOT NULL,
  PRIMARY KEY (case_id,n,policy,article),
  KEY citation_policy (policy,article)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE decision (
  case_id binary(16) NOT NULL,
  leg int NOT NULL,
  n int NOT NULL,
  unit varchar(12) NOT NULL,
  topic varchar(8) NOT NULL,
  outcome varchar(24) NOT NULL,
  at bigint NOT NULL,
  sketch varbinary(1024) NOT NULL,
  PRIMARY KEY (case_id,leg),
  KEY decision_like (topic,outcome,at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE dispute (
  id binary(16) NOT NULL,
  unit varchar(12) NOT NULL,
  version int NOT NULL,
  is_open bigint NOT NULL,
  next_day char(10) NOT NULL,
  made_at bigint NOT NULL,
  PRIMARY KEY (id),
  KEY dispute_unit (unit,is_open,next_day,id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE dispute_entry (
  dispute binary(16) NOT NULL,
  n int NOT NULL,
  at bigint NOT NULL,
  staff binary(16) NOT NULL,
  sealed mediumblob NOT NULL,
  PRIMARY KEY (dispute,n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE duty (
  id binary(16) NOT NULL,
  kind varchar(16) NOT NULL,
  form varchar(12) NOT NULL,
  number varchar(64) NOT NULL,
  from_unit varchar(12) NOT NULL,
  from_staff binary(16) NOT NULL,
  owner varchar(12) NOT NULL,
  person binary(16) NOT NULL,
  case_id binary(16) NOT NULL,
  state varchar(12) NOT NULL,
  due_day char(10) NOT NULL,
  outcome varchar(16) NOT NULL,
  version int NOT NULL,
  set_at bigint NOT NULL,
  ended_at bigint NOT NULL,
  title varbinary(2048) NOT NULL,
  PRIMARY KEY (id),
  KEY duty_owner (owner,state,due_day,id),
  KEY duty_from (from_unit,state,due_day,id),
  KEY duty_day (state,due_day,id),
  KEY duty_case (case_id,id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE duty_cause (
  duty binary(16) NOT NULL,
  code varchar(16) NOT NULL,
  about binary(16) NOT NULL,
  part int NOT NULL,
  fact varchar(16) NOT NULL,
  PRIMARY KEY (duty),
  UNIQUE KEY duty_cause_fact (about,part,fact,code),
  KEY duty_cause_code (code,duty)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE duty_entry (
  duty binary(16) NOT NULL,
  n int NOT NULL,
  at bigint NOT NULL,
  action varchar(12) NOT NULL,
  staff binary(16) NOT NULL,
  unit varchar(12) NOT NULL,
  body mediumblob NOT NULL,
  PRIMARY KEY (duty,n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE duty_key (
  duty binary(16) NOT NULL,
  holder varchar(24) NOT NULL,
  wrapped varbinary(255) NOT NULL,
  PRIMARY KEY (duty,holder)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE event (
  case_id binary(16) NOT NULL,
  n bigint NOT NULL,
  at bigint NOT NULL,
  action varchar(32) NOT NULL,
  leg int NOT NULL,
  by_kind varchar(32) NOT NULL,
  staff binary(16) NOT NULL,
  unit varchar(12) NOT NULL,
  to_unit varchar(12) NOT NULL,
  topic varchar(32) NOT NULL,
  ground varchar(32) NOT NULL,
  outcome varchar(32) NOT NULL,
  is_sealed tinyint NOT NULL,
  promise binary(32) NOT NULL,
  hash binary(32) NOT NULL,
  body longblob NOT NULL,
  PRIMARY KEY (case_id,n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE exclusion (
  staff binary(16) NOT NULL,
  case_id binary(16) NOT NULL,
  PRIMARY KEY (staff,case_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE export_count (
  staff binary(16) NOT NULL,
  day varchar(10) NOT NULL,
  n int NOT NULL,
  PRIMARY KEY (staff,day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE file_chunk (
  file binary(16) NOT NULL,
  n bigint NOT NULL,
  sealed longblob NOT NULL,
  PRIMARY KEY (file,n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE file_pending (
  file binary(16) NOT NULL,
  made_at bigint NOT NULL,
  sealed longblob NOT NULL,
  PRIMARY KEY (file),
  KEY file_pending_age (made_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE form_used (
  form binary(32) NOT NULL,
  case_id binary(16) NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (form),
  KEY form_used_age (at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE holder (
  id varchar(24) NOT NULL,
  unit varchar(12) NOT NULL,
  public varbinary(2048) NOT NULL,
  wrapped varbinary(255) NOT NULL,
  key_version int NOT NULL,
  made_at bigint NOT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE imported (
  unit varchar(12) NOT NULL,
  file binary(32) NOT NULL,
  line int NOT NULL,
  case_id binary(16) NOT NULL,
  at bigint NOT NULL,
  staff binary(16) NOT NULL,
  PRIMARY KEY (unit,file,line)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE inbox (
  id binary(16) NOT NULL,
  from_end varchar(64) NOT NULL,
  taken_at bigint NOT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE incident (
  id binary(16) NOT NULL,
  unit varchar(12) NOT NULL,
  day char(10) NOT NULL,
  kind varchar(32) NOT NULL,
  expires char(10) NOT NULL,
  made_at bigint NOT NULL,
  staff binary(16) NOT NULL,
  sealed mediumblob NOT NULL,
  PRIMARY KEY (id),
  KEY incident_unit (unit,id),
  KEY incident_expires (expires)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE indicator_day (
  unit varchar(12) NOT NULL,
  day char(10) NOT NULL,
  what varchar(12) NOT NULL,
  num int NOT NULL,
  den int NOT NULL,
  PRIMARY KEY (unit,day,what)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE indicator_snapshot (
  unit varchar(12) NOT NULL,
  period varchar(10) NOT NULL,
  revision int NOT NULL,
  at bigint NOT NULL,
  staff binary(16) NOT NULL,
  name varchar(64) NOT NULL,
  reason varchar(512) NOT NULL,
  figures mediumblob NOT NULL,
  PRIMARY KEY (unit,period,revision)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE inspection (
  id binary(16) NOT NULL,
  unit varchar(12) NOT NULL,
  about varchar(12) NOT NULL,
  PRIMARY KEY (id),
  KEY inspection_unit (unit,id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE inspection_entry (
  inspection binary(16) NOT NULL,
  n int NOT NULL,
  act varchar(16) NOT NULL,
  at bigint NOT NULL,
  staff binary(16) NOT NULL,
  sealed varbinary(12288) NOT NULL,
  PRIMARY KEY (inspection,n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE issue (
  id binary(16) NOT NULL,
  unit varchar(12) NOT NULL,
  topic varchar(8) NOT NULL,
  month char(7) NOT NULL,
  least int NOT NULL,
  found_at bigint NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY issue_once (unit,month,topic)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE issue_case (
  issue binary(16) NOT NULL,
  case_id binary(16) NOT NULL,
  PRIMARY KEY (issue,case_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE issue_entry (
  issue binary(16) NOT NULL,
  n int NOT NULL,
  status varchar(16) NOT NULL,
  due_day varchar(10) NOT NULL,
  at bigint NOT NULL,
  staff binary(16) NOT NULL,
  sealed varbinary(12288) NOT NULL,
  PRIMARY KEY (issue,n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE lease (
  name varchar(64) NOT NULL,
  holder binary(16) NOT NULL,
  fence bigint NOT NULL,
  expires bigint NOT NULL,
  PRIMARY KEY (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE leg (
  case_id binary(16) NOT NULL,
  n bigint NOT NULL,
  unit varchar(12) NOT NULL,
  queue varchar(16) NOT NULL,
  state varchar(16) NOT NULL,
  stage varchar(16) NOT NULL,
  is_open tinyint NOT NULL,
  sort binary(26) NOT NULL,
  number varchar(40) NOT NULL,
  track varchar(32) NOT NULL,
  topic varchar(32) NOT NULL,
  channel varchar(32) NOT NULL,
  received bigint NOT NULL,
  due_at bigint NOT NULL,
  warn_at bigint NOT NULL,
  clock varchar(32) NOT NULL,
  due_day char(10) NOT NULL,
  from_day char(10) NOT NULL,
  handler binary(16) NOT NULL,
  wake_at bigint NOT NULL,
  changed_at bigint NOT NULL,
  line varbinary(2000) NOT NULL,
  kind varchar(12) NOT NULL DEFAULT '',
  occasion varchar(8) NOT NULL DEFAULT '',
  people int NOT NULL DEFAULT 0,
  sign_due bigint NOT NULL DEFAULT 0,
  ended_at bigint NOT NULL DEFAULT 0,
  fate varchar(8) NOT NULL DEFAULT '',
  turns varchar(255) NOT NULL DEFAULT '',
  marks varchar(1024) NOT NULL DEFAULT '',
  PRIMARY KEY (case_id,n),
  UNIQUE KEY leg_queue (unit,queue,sort),
  UNIQUE KEY leg_open (unit,is_open,sort),
  UNIQUE KEY leg_mine (handler,is_open,sort),
  UNIQUE KEY leg_own (unit,queue,handler,sort),
  UNIQUE KEY leg_came (unit,received,case_id,n),
  UNIQUE KEY leg_unsigned (unit,sign_due,case_id,n),
  KEY leg_wake (wake_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE leg_above (
  above varchar(12) NOT NULL,
  sort binary(26) NOT NULL,
  case_id binary(16) NOT NULL,
  n bigint NOT NULL,
  PRIMARY KEY (above,sort)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE local_rule (
  id binary(16) NOT NULL,
  version int NOT NULL,
  unit varchar(12) NOT NULL,
  title varchar(200) NOT NULL,
  number varchar(80) NOT NULL,
  text mediumtext NOT NULL,
  from_day char(10) NOT NULL,
  to_day char(10) NOT NULL,
  law varchar(64) NOT NULL,
  at bigint NOT NULL,
  staff binary(16) NOT NULL,
  PRIMARY KEY (id,version),
  KEY local_rule_unit (unit,id,version)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE log_head (
  number bigint NOT NULL,
  size bigint NOT NULL,
  root binary(32) NOT NULL,
  at bigint NOT NULL,
  sig binary(64) NOT NULL,
  PRIMARY KEY (number)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE log_tile (
  level tinyint NOT NULL,
  n bigint NOT NULL,
  hashes varbinary(8192) NOT NULL,
  PRIMARY KEY (level,n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE merger (
  id binary(16) NOT NULL,
  unit varchar(12) NOT NULL,
  successor varchar(12) NOT NULL,
  document varchar(500) NOT NULL,
  asked_by binary(16) NOT NULL,
  asked_at bigint NOT NULL,
  state varchar(16) NOT NULL,
  decided_by binary(16) NOT NULL,
  decided_at bigint NOT NULL,
  answer varchar(1000) NOT NULL,
  sealed_by binary(16) NOT NULL,
  sealed_at bigint NOT NULL,
  closed_at bigint NOT NULL,
  PRIMARY KEY (id),
  KEY merger_unit (unit,id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE news (
  id binary(16) NOT NULL,
  filing binary(16) NOT NULL,
  way varchar(8) NOT NULL,
  day char(10) NOT NULL,
  item binary(16) NOT NULL,
  sealed varbinary(4096) NOT NULL,
  gathered int NOT NULL,
  state varchar(8) NOT NULL,
  tries int NOT NULL,
  due_at bigint NOT NULL,
  why varchar(64) NOT NULL,
  changed_at bigint NOT NULL,
  whose varchar(8) NOT NULL DEFAULT '',
  PRIMARY KEY (id),
  UNIQUE KEY news_once (filing,whose,way,day),
  KEY news_due (state,due_at),
  KEY news_day (day,way,state)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE notice (
  case_id binary(16) NOT NULL,
  n bigint NOT NULL,
  unit varchar(12) NOT NULL,
  at bigint NOT NULL,
  read_at bigint NOT NULL,
  read_by binary(16) NOT NULL,
  PRIMARY KEY (case_id,n),
  KEY notice_unit (unit,at,case_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE open_day (
  unit varchar(12) NOT NULL,
  stage varchar(16) NOT NULL,
  dim char(1) NOT NULL,
  day char(10) NOT NULL,
  n bigint NOT NULL,
  PRIMARY KEY (unit,stage,dim,day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE outbox (
  id binary(16) NOT NULL,
  from_end varchar(64) NOT NULL,
  to_end varchar(64) NOT NULL,
  made_at bigint NOT NULL,
  sealed longblob NOT NULL,
  sig varbinary(255) NOT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE paper_text (
  unit varchar(12) NOT NULL,
  kind varchar(32) NOT NULL,
  version int NOT NULL,
  text mediumtext NOT NULL,
  at bigint NOT NULL,
  staff binary(16) NOT NULL,
  PRIMARY KEY (unit,kind,version)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE policy (
  id binary(16) NOT NULL,
  version int NOT NULL,
  unit varchar(12) NOT NULL,
  number varchar(80) NOT NULL,
  title varchar(200) NOT NULL,
  body varchar(200) NOT NULL,
  level varchar(12) NOT NULL,
  from_day char(10) NOT NULL,
  until_day char(10) NOT NULL,
  at bigint NOT NULL,
  staff binary(16) NOT NULL,
  PRIMARY KEY (id,version),
  KEY policy_number (number)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE policy_article (
  policy binary(16) NOT NULL,
  version int NOT NULL,
  n int NOT NULL,
  number varchar(80) NOT NULL,
  text mediumtext NOT NULL,
  PRIMARY KEY (policy,version,n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE policy_gap (
  case_id binary(16) NOT NULL,
  n int NOT NULL,
  unit varchar(12) NOT NULL,
  owner binary(16) NOT NULL,
  due_day char(10) NOT NULL,
  status varchar(16) NOT NULL,
  settled int NOT NULL,
  version int NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (case_id),
  KEY policy_gap_due (settled,due_day,case_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE policy_gap_step (
  case_id binary(16) NOT NULL,
  n int NOT NULL,
  status varchar(16) NOT NULL,
  at bigint NOT NULL,
  staff binary(16) NOT NULL,
  sealed mediumblob NOT NULL,
  PRIMARY KEY (case_id,n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE quarantine (
  id binary(16) NOT NULL,
  from_end varchar(64) NOT NULL,
  to_end varchar(64) NOT NULL,
  made_at bigint NOT NULL,
  taken_at bigint NOT NULL,
  reason varchar(255) NOT NULL,
  sealed longblob NOT NULL,
  sig varbinary(255) NOT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE quarantine_file (
  file binary(16) NOT NULL,
  item binary(16) NOT NULL,
  PRIMARY KEY (file,item),
  KEY quarantine_file_item (item)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE quarantine_released (
  id binary(16) NOT NULL,
  released_at bigint NOT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE queue_count (
  unit varchar(12) NOT NULL,
  queue varchar(16) NOT NULL,
  handler binary(16) NOT NULL,
  n bigint NOT NULL,
  PRIMARY KEY (unit,queue,handler)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE reception_duty (
  session binary(16) NOT NULL,
  duty binary(16) NOT NULL,
  PRIMARY KEY (session,duty)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE reception_plan (
  unit varchar(12) NOT NULL,
  year int NOT NULL,
  n int NOT NULL,
  at bigint NOT NULL,
  action varchar(12) NOT NULL,
  staff binary(16) NOT NULL,
  session binary(16) NOT NULL,
  body mediumtext NOT NULL,
  PRIMARY KEY (unit,year,n),
  KEY reception_plan_session (session)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE reception_seat (
  session binary(16) NOT NULL,
  case_id binary(16) NOT NULL,
  step varchar(12) NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (session,case_id),
  KEY reception_seat_case (case_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE report (
  id binary(16) NOT NULL,
  unit varchar(12) NOT NULL,
  received bigint NOT NULL,
  version bigint NOT NULL,
  wrapped varbinary(255) NOT NULL,
  waits bigint NOT NULL DEFAULT 0,
  moved_at bigint NOT NULL DEFAULT 0,
  moved_to binary(16) NOT NULL DEFAULT '\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0',
  PRIMARY KEY (id),
  KEY report_unit (unit,id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE report_entry (
  report binary(16) NOT NULL,
  n bigint NOT NULL,
  at bigint NOT NULL,
  hash binary(32) NOT NULL,
  sealed longblob NOT NULL,
  PRIMARY KEY (report,n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE rule_edit (
  id binary(16) NOT NULL,
  kind varchar(16) NOT NULL,
  unit varchar(12) NOT NULL,
  title varchar(200) NOT NULL,
  input mediumtext NOT NULL,
  was mediumtext NOT NULL,
  value mediumtext NOT NULL,
  state varchar(16) NOT NULL,
  place binary(16) NOT NULL,
  looked bigint NOT NULL,
  cases bigint NOT NULL,
  dues bigint NOT NULL,
  late bigint NOT NULL,
  kept bigint NOT NULL,
  told bigint NOT NULL,
  staff binary(16) NOT NULL,
  made_at bigint NOT NULL,
  applied_at bigint NOT NULL,
  done_at bigint NOT NULL,
  PRIMARY KEY (id),
  KEY rule_edit_state (state,id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE rule_effect (
  edit binary(16) NOT NULL,
  case_id binary(16) NOT NULL,
  leg bigint NOT NULL,
  clock varchar(16) NOT NULL,
  unit varchar(12) NOT NULL,
  was_day char(10) NOT NULL,
  is_day char(10) NOT NULL,
  late bigint NOT NULL,
  kept bigint NOT NULL,
  PRIMARY KEY (edit,case_id,leg,clock)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE search_log (
  id binary(16) NOT NULL,
  at bigint NOT NULL,
  staff binary(16) NOT NULL,
  unit varchar(12) NOT NULL,
  tokens blob NOT NULL,
  purpose blob NOT NULL,
  PRIMARY KEY (id),
  KEY search_log_at (at,id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE series (
  name varchar(64) NOT NULL,
  n bigint NOT NULL,
  PRIMARY KEY (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE session (
  id binary(32) NOT NULL,
  staff binary(16) NOT NULL,
  made_at bigint NOT NULL,
  seen_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  PRIMARY KEY (id),
  KEY session_staff (staff),
  KEY session_expiry (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE setting (
  name varchar(64) NOT NULL,
  value longtext NOT NULL,
  changed_at bigint NOT NULL,
  PRIMARY KEY (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE staff (
  id binary(16) NOT NULL,
  login varchar(64) NOT NULL,
  name varchar(200) NOT NULL,
  unit varchar(12) NOT NULL,
  office varchar(100) NOT NULL,
  password varchar(255) NOT NULL,
  totp varbinary(255) NOT NULL,
  totp_step bigint NOT NULL,
  must_change tinyint NOT NULL,
  active tinyint NOT NULL,
  made_at bigint NOT NULL,
  changed_at bigint NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY staff_login (login),
  KEY staff_unit (unit,active)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE staff_role (
  staff binary(16) NOT NULL,
  role varchar(24) NOT NULL,
  PRIMARY KEY (staff,role)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE team_entry (
  unit varchar(12) NOT NULL,
  n int NOT NULL,
  kind varchar(16) NOT NULL,
  day char(10) NOT NULL,
  ends int NOT NULL,
  at bigint NOT NULL,
  staff binary(16) NOT NULL,
  sealed varbinary(8192) NOT NULL,
  PRIMARY KEY (unit,n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE token (
  kind varchar(8) NOT NULL,
  token binary(32) NOT NULL,
  case_id binary(16) NOT NULL,
  PRIMARY KEY (kind,token,case_id),
  KEY token_case (case_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE unit (
  id varchar(12) NOT NULL,
  place int NOT NULL,
  parent varchar(12) NOT NULL,
  path varchar(200) NOT NULL,
  level varchar(32) NOT NULL,
  name varchar(200) NOT NULL,
  short varchar(100) NOT NULL,
  sign varchar(32) NOT NULL,
  region varchar(32) NOT NULL,
  area varchar(100) NOT NULL,
  pilot tinyint NOT NULL,
  pilot_since char(10) NOT NULL,
  address varchar(255) NOT NULL,
  postcode varchar(32) NOT NULL,
  phone varchar(32) NOT NULL,
  hours varchar(255) NOT NULL,
  room varchar(255) NOT NULL,
  letters_handler tinyint NOT NULL,
  installation varchar(64) NOT NULL,
  closed tinyint NOT NULL,
  changed_at bigint NOT NULL,
  successor varchar(12) NOT NULL DEFAULT '',
  letters_name varchar(120) NOT NULL DEFAULT '',
  hours_en varchar(120) NOT NULL DEFAULT '',
  PRIMARY KEY (id),
  UNIQUE KEY unit_path (path)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE unit_choice (
  unit varchar(12) NOT NULL,
  name varchar(16) NOT NULL,
  n int NOT NULL,
  value varchar(16) NOT NULL,
  at bigint NOT NULL,
  staff binary(16) NOT NULL,
  PRIMARY KEY (unit,name,n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE unsequenced (
  id binary(16) NOT NULL,
  hash binary(32) NOT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE view_request (
  case_id binary(16) NOT NULL,
  n int NOT NULL,
  unit varchar(12) NOT NULL,
  at bigint NOT NULL,
  answered_at bigint NOT NULL,
  PRIMARY KEY (case_id,n),
  KEY view_request_unit (unit,answered_at,at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE visit (
  id binary(16) NOT NULL,
  unit varchar(12) NOT NULL,
  day char(10) NOT NULL,
  version int NOT NULL,
  made_at bigint NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY visit_day (unit,day,id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE visit_case (
  visit binary(16) NOT NULL,
  case_id binary(16) NOT NULL,
  at bigint NOT NULL,
  staff binary(16) NOT NULL,
  PRIMARY KEY (visit,case_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE visit_entry (
  visit binary(16) NOT NULL,
  n int NOT NULL,
  at bigint NOT NULL,
  staff binary(16) NOT NULL,
  sealed mediumblob NOT NULL,
  PRIMARY KEY (visit,n)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
