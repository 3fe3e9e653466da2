export { type GenerateOptions, type GenerateTarget, generateRecords } from './generate-records.ts'
