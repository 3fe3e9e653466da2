/**
 * The product's own tables begin with an underscore, which no logical name of the platform can: the tables of the
 * model stand beside them under their own names.
 */
export const environment = `
CREATE TABLE _counter (
  name  TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO _counter VALUES ('next_row', 1), ('next_item', 1), ('model_version', 1);

CREATE TABLE _setting (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

CREATE TABLE _table (
  number       INTEGER PRIMARY KEY AUTOINCREMENT,
  logical_name TEXT NOT NULL UNIQUE,
  schema_name  TEXT NOT NULL,
  display_name TEXT,
  ownership    TEXT NOT NULL,
  mergeable    INTEGER NOT NULL,
  active_state INTEGER NOT NULL,
  primary_id   TEXT NOT NULL,
  primary_name TEXT,
  is_activity  INTEGER NOT NULL,
  origin       TEXT NOT NULL,
  origin_note  TEXT
) STRICT;

CREATE TABLE _column (
  table_number INTEGER NOT NULL REFERENCES _table,
  ordinal      INTEGER NOT NULL,
  logical_name TEXT NOT NULL,
  display_name TEXT,
  type         TEXT NOT NULL,
  source_type  TEXT,
  required     INTEGER NOT NULL,
  options      TEXT NOT NULL CHECK (json_valid(options)),
  PRIMARY KEY (table_number, logical_name)
) STRICT, WITHOUT ROWID;

CREATE TABLE _relationship (
  number       INTEGER PRIMARY KEY AUTOINCREMENT,
  schema_name  TEXT NOT NULL UNIQUE COLLATE NOCASE,
  referenced   TEXT NOT NULL REFERENCES _table (logical_name),
  referencing  TEXT NOT NULL REFERENCES _table (logical_name),
  attribute    TEXT NOT NULL,
  hierarchical INTEGER NOT NULL,
  cascade      TEXT NOT NULL CHECK (json_valid(cascade)),
  stated       TEXT NOT NULL CHECK (json_valid(stated)),
  kind         TEXT NOT NULL,
  origin       TEXT NOT NULL,
  origin_note  TEXT
) STRICT;

CREATE TABLE _many_to_many (
  schema_name     TEXT PRIMARY KEY COLLATE NOCASE,
  intersect_table TEXT NOT NULL,
  first_table     TEXT NOT NULL REFERENCES _table (logical_name),
  second_table    TEXT NOT NULL REFERENCES _table (logical_name),
  origin          TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Rows that others point to and nobody has delivered yet.
CREATE TABLE _record_stub (
  row          INTEGER PRIMARY KEY,
  table_number INTEGER NOT NULL,
  reason       TEXT NOT NULL
) STRICT;

-- Ends of dangling links: numbers of rows that do not exist (any more), with the GUID that the link is shown with.
CREATE TABLE _dangling_target (
  row          INTEGER PRIMARY KEY,
  table_number INTEGER NOT NULL,
  guid         BLOB NOT NULL,
  declared     INTEGER NOT NULL
) STRICT;
-- Not unique: a GUID may be given again, and its row deleted again, while links to both remain.
CREATE INDEX _dangling_target_by_guid ON _dangling_target (table_number, guid);

CREATE TABLE _job (
  number             INTEGER PRIMARY KEY AUTOINCREMENT,
  guid               BLOB NOT NULL UNIQUE,
  name               TEXT NOT NULL,
  operation          TEXT NOT NULL,
  operationtype      INTEGER NOT NULL,
  statecode          INTEGER NOT NULL,
  statuscode         INTEGER NOT NULL,
  retrycount         INTEGER NOT NULL DEFAULT 0,
  attempts           INTEGER NOT NULL DEFAULT 0,
  postponeuntil      INTEGER,
  createdon          INTEGER NOT NULL,
  startedon          INTEGER,
  completedon        INTEGER,
  modifiedon         INTEGER NOT NULL,
  createdby          INTEGER NOT NULL,
  ownerid            INTEGER NOT NULL,
  owningbusinessunit INTEGER,
  regardingobjectid  INTEGER NOT NULL,
  regarding_guid     BLOB NOT NULL,
  regarding_name     TEXT,
  primaryentitytype  TEXT NOT NULL,
  messagename        TEXT NOT NULL,
  message            TEXT,
  friendlymessage    TEXT,
  errorcode          TEXT,
  depth              INTEGER NOT NULL,
  correlationid      BLOB NOT NULL,
  requestid          BLOB NOT NULL,
  request            TEXT NOT NULL CHECK (json_valid(request)),
  planned            INTEGER NOT NULL DEFAULT 0,
  first_item         INTEGER NOT NULL DEFAULT 0,
  total              INTEGER NOT NULL DEFAULT 0,
  position           INTEGER NOT NULL DEFAULT 0,
  batches            INTEGER NOT NULL DEFAULT 0,
  failing_item       INTEGER,
  batch_first        INTEGER,
  batch_last         INTEGER,
  hold_first         INTEGER,
  hold_last          INTEGER
) STRICT;
CREATE INDEX _job_by_hold ON _job (hold_first) WHERE hold_first IS NOT NULL;
CREATE INDEX _job_by_status ON _job (statecode, number);
CREATE INDEX _job_by_regarding ON _job (regardingobjectid, number);

-- A job's plan. Positions run from first_item + 1 to first_item + total in the order of processing, so that the job's own
-- position alone says what is done. An item is a run of rows whose numbers follow each other: its id is the position of
-- the first. Items of a group were reached on the same level by the same relationship.
CREATE TABLE _job_group (
  job          INTEGER NOT NULL,
  number       INTEGER NOT NULL,
  level        INTEGER NOT NULL,
  table_number INTEGER NOT NULL,
  action       TEXT NOT NULL,
  relationship INTEGER,
  count        INTEGER NOT NULL,
  PRIMARY KEY (job, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE _job_item (
  id     INTEGER PRIMARY KEY,
  row    INTEGER NOT NULL,
  count  INTEGER NOT NULL,
  "group" INTEGER NOT NULL,
  parent INTEGER
) STRICT;

-- What the platform announces of jobs: cascadeAsync_SuccessAPI and cascadeAsync_FailureAPI.
CREATE TABLE _notification (
  number  INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms   INTEGER NOT NULL,
  job     INTEGER NOT NULL,
  message TEXT NOT NULL,
  inputs  TEXT NOT NULL CHECK (json_valid(inputs))
) STRICT;

-- Users who were removed: their rows stay, since records name them, and they can be added again.
CREATE TABLE _removed_user (
  row INTEGER PRIMARY KEY
) STRICT;

CREATE TABLE _job_message (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  job    INTEGER NOT NULL,
  at_ms  INTEGER NOT NULL,
  level  TEXT NOT NULL,
  code   TEXT,
  text   TEXT NOT NULL
) STRICT;
CREATE INDEX _job_message_by_job ON _job_message (job, number);
`
