/** Columns keep the greatest length of their texts. `required` becomes the level, of which 1 is that of the platform's forms. */
export const columnLimits = `
ALTER TABLE _column ADD COLUMN max_length INTEGER;
`
