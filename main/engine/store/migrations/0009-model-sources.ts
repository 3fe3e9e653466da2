/** What the model is made from: what each source states, whether the platform's own definitions complete it, and what was changed here. */
export const modelSources = `
CREATE TABLE _model_source (
  key     TEXT PRIMARY KEY,
  kind    TEXT NOT NULL,
  name    TEXT NOT NULL,
  version TEXT,
  managed TEXT,
  place   TEXT NOT NULL,
  model   TEXT NOT NULL CHECK (json_valid(model)),
  -- Workflows, flows and steps of the source, which are listed and never run.
  processes TEXT NOT NULL CHECK (json_valid(processes))
) STRICT, WITHOUT ROWID;

CREATE TABLE _cascade_edit (
  schema_name TEXT NOT NULL COLLATE NOCASE,
  action      TEXT NOT NULL,
  type        TEXT NOT NULL,
  PRIMARY KEY (schema_name, action)
) STRICT, WITHOUT ROWID;

INSERT INTO _counter VALUES ('has_standard', 0);
`
