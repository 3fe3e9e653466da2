/** Flags and bookkeeping of every staging table. `place` is 0 for the copy in headquarters, else the channel. */
const STAGED = `
  place                        INTEGER NOT NULL,
  origin                       INTEGER NOT NULL,
  replicationcounterfromorigin INTEGER NOT NULL,
  operation                    INTEGER NOT NULL,
  custaccount                  TEXT,
  custaccountasync             TEXT,
  dataareaid                   TEXT NOT NULL,
  onlineoperationcompleted     INTEGER NOT NULL DEFAULT 0,
  made_ms                      INTEGER NOT NULL,
  is_offline                   INTEGER NOT NULL DEFAULT 0,
  session                      INTEGER,
  run                          INTEGER,
  error                        TEXT,
  done_version                 INTEGER,
  old                          TEXT NOT NULL CHECK (json_valid(old)),`

const staging = (table: string, columns: string): string => `
CREATE TABLE _${table} (${STAGED}
  ${columns},
  PRIMARY KEY (place, origin, replicationcounterfromorigin)
) STRICT, WITHOUT ROWID;
CREATE INDEX _${table}_open ON _${table} (session, replicationcounterfromorigin) WHERE place = 0 AND onlineoperationcompleted = 0;
CREATE INDEX _${table}_by_async ON _${table} (custaccountasync, place) WHERE custaccountasync IS NOT NULL;
CREATE INDEX _${table}_by_account ON _${table} (custaccount, place) WHERE custaccount IS NOT NULL;
CREATE INDEX _${table}_by_time ON _${table} (made_ms, origin, replicationcounterfromorigin) WHERE place = 0;`

/** Asynchronous customers of Commerce: headquarters, channels, what travels between them, and the staging tables under their platform names. */
export const commerce = `
CREATE TABLE _commerce_setting (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

-- version: changes in headquarters; account: the last number taken from the sequence.
CREATE TABLE _commerce_counter (
  name  TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO _commerce_counter VALUES ('version', 0), ('account', 0);

CREATE TABLE _commerce_feature (
  name       TEXT PRIMARY KEY,
  is_enabled INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The profile is that of headquarters. customers_sent is the last version of headquarters that job 1010 has packed.
CREATE TABLE _commerce_channel (
  number         INTEGER PRIMARY KEY AUTOINCREMENT,
  name           TEXT NOT NULL UNIQUE,
  kind           TEXT NOT NULL,
  is_online      INTEGER NOT NULL,
  is_real_time   INTEGER NOT NULL,
  profile        TEXT NOT NULL CHECK (json_valid(profile)),
  customers_sent INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Values that jobs 1110 and 1070 have brought to a channel, newest last.
CREATE TABLE _commerce_known (
  number      INTEGER PRIMARY KEY AUTOINCREMENT,
  channel     INTEGER NOT NULL,
  name        TEXT NOT NULL,
  value       TEXT NOT NULL CHECK (json_valid(value)),
  applied_ms  INTEGER NOT NULL,
  is_recycled INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX _commerce_known_by_name ON _commerce_known (channel, name, number);

CREATE TABLE _commerce_session (
  number     INTEGER PRIMARY KEY AUTOINCREMENT,
  job        TEXT NOT NULL,
  channel    INTEGER NOT NULL,
  state      TEXT NOT NULL,
  tries      INTEGER NOT NULL DEFAULT 0,
  failures   INTEGER NOT NULL DEFAULT 0,
  created_ms INTEGER NOT NULL,
  applied_ms INTEGER,
  rows       INTEGER NOT NULL,
  content    TEXT NOT NULL CHECK (json_valid(content)),
  error      TEXT
) STRICT;
CREATE INDEX _commerce_session_by_job ON _commerce_session (job, channel, number);

-- What a session of job 1010 carries. A customer without data is to be removed.
CREATE TABLE _commerce_package (
  session INTEGER NOT NULL,
  account TEXT NOT NULL,
  guid    TEXT,
  version INTEGER NOT NULL,
  data    TEXT,
  details TEXT,
  PRIMARY KEY (session, account)
) STRICT, WITHOUT ROWID;

CREATE TABLE _commerce_uploaded (
  channel INTEGER NOT NULL,
  name    TEXT NOT NULL,
  counter INTEGER NOT NULL,
  PRIMARY KEY (channel, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE _commerce_fault (
  job     TEXT NOT NULL,
  channel INTEGER NOT NULL,
  times   INTEGER NOT NULL,
  PRIMARY KEY (job, channel)
) STRICT, WITHOUT ROWID;

CREATE TABLE _commerce_schedule (
  name          TEXT PRIMARY KEY,
  every_minutes INTEGER,
  is_held       INTEGER NOT NULL,
  due_ms        INTEGER
) STRICT, WITHOUT ROWID;

-- Customers of headquarters: CUSTTABLE with RETAILCUSTTABLE, and addresses, contacts, affiliations and attributes as details.
CREATE TABLE _commerce_customer (
  account      TEXT PRIMARY KEY,
  guid         TEXT UNIQUE,
  origin       INTEGER,
  version      INTEGER NOT NULL,
  is_deleted   INTEGER NOT NULL DEFAULT 0,
  address_book TEXT,
  data         TEXT NOT NULL CHECK (json_valid(data)),
  details      TEXT NOT NULL CHECK (json_valid(details))
) STRICT, WITHOUT ROWID;
CREATE INDEX _commerce_customer_by_version ON _commerce_customer (version);

-- What a channel database has of them. A customer without data was removed by job 1010.
CREATE TABLE _commerce_replica (
  channel INTEGER NOT NULL,
  account TEXT NOT NULL,
  guid    TEXT,
  version INTEGER NOT NULL,
  data    TEXT,
  details TEXT,
  PRIMARY KEY (channel, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX _commerce_replica_by_guid ON _commerce_replica (guid, channel) WHERE guid IS NOT NULL;
${staging(
  'retailasynccustomerv2',
  `custname ANY, firstname ANY, middlename ANY, lastname ANY, relationshiptype ANY, phone ANY, phoneextension ANY, cellularphone ANY, email ANY,
  url ANY, receiptemail ANY, receiptoption ANY, languageid ANY, currency ANY, custgroup ANY, pricegroup ANY, invoiceaccount ANY, creditmax ANY,
  blocked ANY, organizationid ANY, linedisc ANY, multilinedisc ANY, enddisc ANY, taxgroup ANY, vatnum ANY, identificationnumber ANY,
  usepurchrequest ANY, titlerecordid ANY, addressbook ANY`,
)}
${staging(
  'retailasyncaddressv2',
  `addressid TEXT NOT NULL, addressname ANY, street ANY, streetnumber ANY, buildingcompliment ANY, city ANY, county ANY, state ANY, zip ANY,
  country ANY, districtname ANY, phone ANY, email ANY, url ANY, taxgroup ANY, addresstype ANY, makepostaladdressprimary ANY`,
)}
${staging('retailasynccustomercontact', 'contactid TEXT NOT NULL, type ANY, value ANY, extension ANY, isprimary ANY, consent ANY')}
${staging('retailasynccustomeraffiliation', 'affiliation TEXT NOT NULL')}
${staging('retailasynccustomerattributev2', 'attributerecid TEXT NOT NULL, attributedatatype ANY, attributevaluestring ANY')}

-- Orders and cash-and-carry transactions that name a customer.
CREATE TABLE _commerce_transaction (
  place            INTEGER NOT NULL,
  origin           INTEGER NOT NULL,
  counter          INTEGER NOT NULL,
  id               TEXT NOT NULL,
  kind             TEXT NOT NULL,
  custaccount      TEXT,
  custaccountasync TEXT,
  made_ms          INTEGER NOT NULL,
  is_offline       INTEGER NOT NULL DEFAULT 0,
  session          INTEGER,
  is_done          INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (place, origin, counter)
) STRICT, WITHOUT ROWID;
CREATE INDEX _commerce_transaction_open ON _commerce_transaction (kind, session, counter) WHERE place = 0 AND is_done = 0;

CREATE TABLE _commerce_call (
  number       INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms        INTEGER NOT NULL,
  channel      INTEGER NOT NULL,
  operation    TEXT NOT NULL,
  reason       TEXT NOT NULL,
  is_answered  INTEGER NOT NULL
) STRICT;

CREATE TABLE _commerce_conflict (
  number       INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms        INTEGER NOT NULL,
  account      TEXT NOT NULL,
  name         TEXT NOT NULL,
  headquarters TEXT NOT NULL,
  channel      TEXT NOT NULL,
  applied      TEXT NOT NULL
) STRICT;

-- Runs of batch jobs, with the place that a run under way has come to.
CREATE TABLE _commerce_run (
  number       INTEGER PRIMARY KEY AUTOINCREMENT,
  name         TEXT NOT NULL,
  began_ms     INTEGER NOT NULL,
  ended_ms     INTEGER,
  pass         INTEGER NOT NULL DEFAULT 0,
  session      INTEGER NOT NULL DEFAULT 0,
  counter      INTEGER NOT NULL DEFAULT 0,
  processed    INTEGER NOT NULL DEFAULT 0,
  synchronized INTEGER NOT NULL DEFAULT 0,
  failed       INTEGER NOT NULL DEFAULT 0,
  pending      INTEGER NOT NULL DEFAULT 0
) STRICT;
`
