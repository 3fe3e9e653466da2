/** What a person can do about a job's error, apart from the message that ends with it, and the step run that the error comes from. */
export const jobHints = `
ALTER TABLE _system_job ADD COLUMN hint TEXT;
ALTER TABLE _system_job ADD COLUMN failed_run INTEGER;

-- The friendly message is the message, with a full stop where it had none, and the hint.
UPDATE _system_job SET hint = ltrim(substr(friendlymessage, length(message) + 1), '. ')
WHERE substr(friendlymessage, 1, length(message)) = message AND length(friendlymessage) > length(message) + 1;
`
