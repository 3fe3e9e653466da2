/** A step names its user by row number: a renamed user stays the same user, and another user who is given the old name does not become it. */
export const stepUsers = `
-- NULL for the calling user, and where the name in run_as leads to nobody or to several users.
ALTER TABLE _step ADD COLUMN run_as_user INTEGER;
`

/** Finds the users of the steps that are there: by GUID, or by a name that only one user has. */
export const findStepUsers = `
UPDATE _step SET run_as_user = CASE
  WHEN length(run_as) = 36 AND length(unhex(run_as, '-')) = 16 THEN (SELECT _row FROM systemuser WHERE systemuserid = unhex(run_as, '-'))
  ELSE (SELECT max(_row) FROM systemuser WHERE fullname = run_as COLLATE NOCASE HAVING count(*) = 1)
END WHERE run_as <> 'CallingUser';
`
