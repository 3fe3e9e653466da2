/** The job of a bulk delete counts the records that it left out, and keeps the first of them. */
export const bulkDelete = `
ALTER TABLE _cascade_job ADD COLUMN failed INTEGER NOT NULL DEFAULT 0;

CREATE TABLE _failed_record (
  job    INTEGER NOT NULL,
  number INTEGER NOT NULL,
  record TEXT NOT NULL CHECK (json_valid(record)),
  PRIMARY KEY (job, number)
) STRICT, WITHOUT ROWID;
`
