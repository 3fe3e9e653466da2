/** Plug-ins with their files, steps, what ran, and the system jobs of asynchronous steps. */
export const plugins = `
INSERT INTO _counter VALUES ('plugin_version', 1);

-- What the PreValidation steps of a job's root told its later stages: ids of the request and shared variables.
ALTER TABLE _job ADD COLUMN event TEXT CHECK (event IS NULL OR json_valid(event));

-- The trace log has nothing of a job before this run.
ALTER TABLE _job ADD COLUMN first_run INTEGER NOT NULL DEFAULT 0;

CREATE TABLE _plugin (
  number        INTEGER PRIMARY KEY AUTOINCREMENT,
  name          TEXT NOT NULL UNIQUE,
  version       TEXT NOT NULL,
  api_version   INTEGER NOT NULL,
  is_enabled    INTEGER NOT NULL,
  is_developed  INTEGER NOT NULL,
  permissions   TEXT NOT NULL CHECK (json_valid(permissions)),
  configuration TEXT NOT NULL,
  source        TEXT NOT NULL,
  origin        TEXT,
  entry         TEXT NOT NULL,
  -- A keyed hash over what was agreed to: only who has the key can have agreed.
  agreement     TEXT,
  installedon   INTEGER NOT NULL,
  updatedon     INTEGER NOT NULL
) STRICT;

-- Without hashes: they are computed from what is here, so that a change by other means shows.
CREATE TABLE _plugin_file (
  plugin  INTEGER NOT NULL REFERENCES _plugin ON DELETE CASCADE,
  path    TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (plugin, path)
) STRICT, WITHOUT ROWID;

-- Steps are never changed: a changed plug-in brings new ones, and the old ones stay for what the log says of them.
CREATE TABLE _step (
  number               INTEGER PRIMARY KEY AUTOINCREMENT,
  plugin               INTEGER,
  plugin_name          TEXT NOT NULL,
  plugin_version       TEXT NOT NULL,
  ordinal              INTEGER NOT NULL,
  message              TEXT NOT NULL,
  table_name           TEXT,
  stage                TEXT NOT NULL,
  mode                 TEXT NOT NULL,
  rank                 INTEGER NOT NULL,
  filtering_attributes TEXT CHECK (filtering_attributes IS NULL OR json_valid(filtering_attributes)),
  pre_image            TEXT CHECK (pre_image IS NULL OR json_valid(pre_image)),
  post_image           TEXT CHECK (post_image IS NULL OR json_valid(post_image)),
  run_as               TEXT NOT NULL
) STRICT;
CREATE INDEX _step_by_plugin ON _step (plugin) WHERE plugin IS NOT NULL;

-- The plug-in trace log: one row for each run of a step, also of those that were rolled back. Only the oldest rows ever go, so that
-- numbers follow each other and are not used again. What is long stands last, where looking for the rest passes it by.
CREATE TABLE _step_run (
  number       INTEGER PRIMARY KEY,
  parent       INTEGER,
  step         INTEGER NOT NULL,
  table_number INTEGER,
  row          INTEGER,
  guid         BLOB,
  depth        INTEGER NOT NULL,
  job          INTEGER,
  batch        INTEGER,
  attempt      INTEGER,
  correlation  BLOB NOT NULL,
  user         INTEGER NOT NULL,
  startedon    INTEGER NOT NULL,
  duration_us  INTEGER NOT NULL,
  outcome      TEXT NOT NULL,
  is_committed INTEGER NOT NULL,
  code         TEXT,
  error        TEXT,
  stack        TEXT,
  trace        TEXT,
  input        TEXT,
  output       TEXT,
  pre_image    TEXT,
  post_image   TEXT
) STRICT;
-- No index by record or job: each would be one more page to write with every record. A job knows where its runs begin.
-- Looked for most, and mostly few.
CREATE INDEX _step_run_not_done ON _step_run (number) WHERE outcome <> 'done';

-- System jobs of asynchronous steps. States are those of _job.
CREATE TABLE _step_job (
  number        INTEGER PRIMARY KEY AUTOINCREMENT,
  guid          BLOB NOT NULL UNIQUE,
  name          TEXT NOT NULL,
  step          INTEGER NOT NULL,
  statecode     INTEGER NOT NULL,
  statuscode    INTEGER NOT NULL,
  retrycount    INTEGER NOT NULL DEFAULT 0,
  postponeuntil INTEGER,
  createdon     INTEGER NOT NULL,
  startedon     INTEGER,
  completedon   INTEGER,
  createdby     INTEGER NOT NULL,
  user          INTEGER NOT NULL,
  table_number  INTEGER,
  row           INTEGER,
  regarding_guid BLOB,
  depth         INTEGER NOT NULL,
  correlation   BLOB NOT NULL,
  -- What the step is given, as it crosses into the plug-in.
  context       TEXT NOT NULL CHECK (json_valid(context)),
  -- Requests that the step has made, each written with what it did: after a crash they are not made again.
  journal       TEXT CHECK (journal IS NULL OR json_valid(journal)),
  message       TEXT,
  errorcode     TEXT
) STRICT;
CREATE INDEX _step_job_by_status ON _step_job (statuscode, number);
`
