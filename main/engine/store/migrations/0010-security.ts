/** Teams with their members, roles with their privileges, who holds them, and what was shared with whom. */
export const security = `
-- Teams that are no owner teams: access teams own nothing and hold no roles; a default team has all users of its business unit.
CREATE TABLE _team (
  row  INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('Access', 'Default'))
) STRICT;

-- Members of default teams are the users of the business unit and not stored.
CREATE TABLE _team_member (
  team INTEGER NOT NULL,
  user INTEGER NOT NULL,
  PRIMARY KEY (user, team)
) STRICT, WITHOUT ROWID;
CREATE INDEX _team_member_by_team ON _team_member (team);

CREATE TABLE _role (
  number           INTEGER PRIMARY KEY AUTOINCREMENT,
  guid             BLOB NOT NULL UNIQUE,
  name             TEXT NOT NULL UNIQUE COLLATE NOCASE,
  -- Holds every privilege at the greatest depth, without a row for each.
  is_administrator INTEGER NOT NULL,
  origin           TEXT
) STRICT;
INSERT INTO _role (number, guid, name, is_administrator) VALUES (1, x'627090ff40a340538790584edc5be201', 'System Administrator', 1);

-- table_name is a table of the model, '*' for every table that the role does not name, or '' for a privilege without a table. Depths:
-- 0 None, 1 Basic, 2 Local, 3 Deep, 4 Global.
CREATE TABLE _role_privilege (
  role       INTEGER NOT NULL REFERENCES _role ON DELETE CASCADE,
  table_name TEXT NOT NULL,
  privilege  TEXT NOT NULL,
  depth      INTEGER NOT NULL CHECK (depth BETWEEN 0 AND 4),
  PRIMARY KEY (role, table_name, privilege)
) STRICT, WITHOUT ROWID;

-- A principal is the row of a user or a team.
CREATE TABLE _role_holder (
  principal INTEGER NOT NULL,
  role      INTEGER NOT NULL REFERENCES _role ON DELETE CASCADE,
  PRIMARY KEY (principal, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX _role_holder_by_role ON _role_holder (role);

-- The platform's PrincipalObjectAccess: rights that a record was shared with, and those that come from a parent.
CREATE TABLE _access (
  object    INTEGER NOT NULL,
  principal INTEGER NOT NULL,
  direct    INTEGER NOT NULL,
  inherited INTEGER NOT NULL,
  changedon INTEGER NOT NULL,
  PRIMARY KEY (object, principal)
) STRICT, WITHOUT ROWID;
CREATE INDEX _access_by_principal ON _access (principal);

-- What a job that takes away inherited access is about. removed is NULL until it has ended.
CREATE TABLE _access_job (
  job          INTEGER PRIMARY KEY,
  relationship TEXT NOT NULL,
  removed      INTEGER
) STRICT;
`

/** Everybody who could act so far may do everything, as before; each business unit gets its default team. */
export const securityOfRecords = `
INSERT INTO _role_holder (principal, role) SELECT _row, 1 FROM systemuser;

INSERT INTO team (_row, teamid, name, businessunitid, statecode, statuscode, createdon, createdby, modifiedon, modifiedby)
SELECT (SELECT value FROM _counter WHERE name = 'next_row') + row_number() OVER (ORDER BY _row) - 1, randomblob(16), name, _row, 0, 1, createdon, createdby, modifiedon, modifiedby
FROM businessunit ORDER BY _row;
INSERT INTO _team (row, kind)
SELECT _row, 'Default' FROM team WHERE _row >= (SELECT value FROM _counter WHERE name = 'next_row');
UPDATE _counter SET value = value + (SELECT count(*) FROM businessunit) WHERE name = 'next_row';
`
