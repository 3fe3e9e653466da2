/**
 * One table for system jobs of every kind, with the platform's columns, and one more for each kind with what only that kind has. Jobs
 * are numbered in the order of their creation, whatever their kind; the messages, groups, announcements and runs of a job follow its
 * number.
 */
export const systemJobs = `
CREATE TABLE _system_job (
  number             INTEGER PRIMARY KEY AUTOINCREMENT,
  guid               BLOB NOT NULL UNIQUE,
  kind               TEXT NOT NULL,
  name               TEXT NOT NULL,
  operationtype      INTEGER NOT NULL,
  statecode          INTEGER NOT NULL,
  statuscode         INTEGER NOT NULL,
  retrycount         INTEGER NOT NULL DEFAULT 0,
  postponeuntil      INTEGER,
  createdon          INTEGER NOT NULL,
  startedon          INTEGER,
  completedon        INTEGER,
  modifiedon         INTEGER NOT NULL,
  createdby          INTEGER NOT NULL,
  ownerid            INTEGER NOT NULL,
  owningbusinessunit INTEGER,
  regardingobjectid  INTEGER,
  regarding_guid     BLOB,
  regarding_name     TEXT,
  primaryentitytype  TEXT,
  messagename        TEXT NOT NULL,
  message            TEXT,
  friendlymessage    TEXT,
  errorcode          TEXT,
  depth              INTEGER NOT NULL,
  correlationid      BLOB NOT NULL,
  requestid          BLOB NOT NULL
) STRICT;

CREATE TABLE _cascade_job (
  job          INTEGER PRIMARY KEY,
  operation    TEXT NOT NULL,
  request      TEXT NOT NULL CHECK (json_valid(request)),
  -- What the PreValidation steps of the root told its later stages.
  event        TEXT CHECK (event IS NULL OR json_valid(event)),
  -- The trace log has nothing of the job before this run.
  first_run    INTEGER NOT NULL,
  attempts     INTEGER NOT NULL DEFAULT 0,
  planned      INTEGER NOT NULL DEFAULT 0,
  first_item   INTEGER NOT NULL DEFAULT 0,
  total        INTEGER NOT NULL DEFAULT 0,
  position     INTEGER NOT NULL DEFAULT 0,
  -- When the position was last written: with every record that has steps, in this table only.
  progressedon INTEGER NOT NULL,
  batches      INTEGER NOT NULL DEFAULT 0,
  failing_item INTEGER,
  batch_first  INTEGER,
  batch_last   INTEGER,
  hold_first   INTEGER,
  hold_last    INTEGER
) STRICT;

ALTER TABLE _step_job RENAME TO _old_step_job;
CREATE TABLE _step_job (
  job     INTEGER PRIMARY KEY,
  step    INTEGER NOT NULL,
  -- Whose rights the step has.
  user    INTEGER NOT NULL,
  -- What the step is given, as it crosses into the plug-in.
  context TEXT NOT NULL CHECK (json_valid(context)),
  -- Requests that the step has made, each written with what it did: after a crash they are not made again.
  journal TEXT CHECK (journal IS NULL OR json_valid(journal))
) STRICT;

-- How many jobs of each kind are in each status, so that a list knows its length without reading it.
CREATE TABLE _job_count (
  kind       TEXT NOT NULL,
  statuscode INTEGER NOT NULL,
  count      INTEGER NOT NULL,
  PRIMARY KEY (kind, statuscode)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER _system_job_added AFTER INSERT ON _system_job BEGIN
  INSERT INTO _job_count VALUES (new.kind, new.statuscode, 1) ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER _system_job_moved AFTER UPDATE OF statuscode ON _system_job WHEN new.statuscode <> old.statuscode BEGIN
  UPDATE _job_count SET count = count - 1 WHERE kind = old.kind AND statuscode = old.statuscode;
  INSERT INTO _job_count VALUES (new.kind, new.statuscode, 1) ON CONFLICT DO UPDATE SET count = count + 1;
END;

-- A clock that was set back must not change the order of the jobs of one kind.
CREATE TABLE _renumbered_job (
  kind   TEXT NOT NULL,
  old    INTEGER NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (kind, old)
) STRICT, WITHOUT ROWID;
INSERT INTO _renumbered_job
SELECT kind, old, row_number() OVER (ORDER BY since, kind, old) FROM (
  SELECT 'cascade' AS kind, number AS old, max(createdon) OVER (ORDER BY number) AS since FROM _job
  UNION ALL
  SELECT 'step', number, max(createdon) OVER (ORDER BY number) FROM _old_step_job
);

INSERT INTO _system_job
SELECT * FROM (
  SELECT r.number, j.guid, 'cascade', j.name, j.operationtype, j.statecode, j.statuscode, j.retrycount, j.postponeuntil, j.createdon, j.startedon,
    j.completedon, j.modifiedon, j.createdby, j.ownerid, j.owningbusinessunit, j.regardingobjectid, j.regarding_guid, j.regarding_name,
    j.primaryentitytype, j.messagename, j.message, j.friendlymessage, j.errorcode, j.depth, j.correlationid, j.requestid
  FROM _job j JOIN _renumbered_job r ON r.kind = 'cascade' AND r.old = j.number
  UNION ALL
  SELECT r.number, q.guid, 'step', q.name, 1, q.statecode, q.statuscode, q.retrycount, q.postponeuntil, q.createdon, q.startedon,
    q.completedon, coalesce(q.completedon, q.startedon, q.createdon), q.createdby, q.createdby, NULL, q.row, q.regarding_guid, NULL,
    t.logical_name, s.message, q.message, q.message, q.errorcode, q.depth, q.correlation,
    coalesce(unhex(json_extract(q.context, '$.requestId'), '-'), q.correlation)
  FROM _old_step_job q JOIN _renumbered_job r ON r.kind = 'step' AND r.old = q.number
    JOIN _step s ON s.number = q.step LEFT JOIN _table t ON t.number = q.table_number
) ORDER BY number;

INSERT INTO _cascade_job
SELECT r.number, j.operation, j.request, j.event, j.first_run, j.attempts, j.planned, j.first_item, j.total, j.position, j.modifiedon, j.batches,
  j.failing_item, j.batch_first, j.batch_last, j.hold_first, j.hold_last
FROM _job j JOIN _renumbered_job r ON r.kind = 'cascade' AND r.old = j.number;

INSERT INTO _step_job
SELECT r.number, q.step, q.user, q.context, q.journal
FROM _old_step_job q JOIN _renumbered_job r ON r.kind = 'step' AND r.old = q.number;

-- What carries the number of a cascade's job. Numbers of groups are a key: they pass through the negative ones.
DELETE FROM _renumbered_job WHERE kind <> 'cascade' OR number = old;
UPDATE _job_group SET job = -(SELECT number FROM _renumbered_job WHERE old = job) WHERE job IN (SELECT old FROM _renumbered_job);
UPDATE _job_group SET job = -job WHERE job < 0;
UPDATE _job_message SET job = (SELECT number FROM _renumbered_job WHERE old = job) WHERE job IN (SELECT old FROM _renumbered_job);
UPDATE _notification SET job = (SELECT number FROM _renumbered_job WHERE old = job) WHERE job IN (SELECT old FROM _renumbered_job);
UPDATE _step_run SET job = (SELECT number FROM _renumbered_job WHERE old = job) WHERE job IN (SELECT old FROM _renumbered_job);

DROP TABLE _renumbered_job;
DROP TABLE _job;
DROP TABLE _old_step_job;

-- A page of the list, of all jobs or of those of a kind, a status or both, is read from one of these, newest first: each ends with the
-- job's number.
CREATE INDEX _system_job_by_kind ON _system_job (kind, statuscode);
CREATE INDEX _system_job_of_kind ON _system_job (kind);
CREATE INDEX _system_job_by_status ON _system_job (statuscode);
-- Only jobs that are waiting or under way, which are few.
CREATE INDEX _system_job_open ON _system_job (kind, number) WHERE statecode IN (0, 2);
CREATE INDEX _system_job_by_regarding ON _system_job (regardingobjectid, number) WHERE kind = 'cascade';
CREATE INDEX _cascade_job_by_hold ON _cascade_job (hold_first) WHERE hold_first IS NOT NULL;
`
