/** The records that failures are about, and what deleted rows were called that open jobs and kept plans still name. */
export const failingRecords = `
-- The record that the error is about, as JSON: table, id and name.
ALTER TABLE _system_job ADD COLUMN record TEXT;
-- The record at which the job stopped, in the same form.
ALTER TABLE _cascade_job ADD COLUMN failing TEXT;

CREATE TABLE _gone_record (
  row INTEGER PRIMARY KEY,
  table_number INTEGER NOT NULL,
  guid BLOB NOT NULL,
  name TEXT
) STRICT;
`
