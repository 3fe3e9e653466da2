/** Sessions of the exchange and runs of batch jobs are system jobs. */
export const commerceJobs = `
ALTER TABLE _commerce_session ADD COLUMN system_job INTEGER;
ALTER TABLE _commerce_run ADD COLUMN system_job INTEGER;
CREATE INDEX _commerce_session_by_system_job ON _commerce_session (system_job) WHERE system_job IS NOT NULL;
CREATE INDEX _commerce_run_by_system_job ON _commerce_run (system_job) WHERE system_job IS NOT NULL;
`
