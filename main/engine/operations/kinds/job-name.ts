/** Returns the platform's name of a cascade's job, which names the record that it is about. Source: dataverse reference, section 2.8. */
export const cascadeJobName = (label: string, table: string, id: string): string => `Cascade ${label}:[${table}]-[${id}]`
