import { definePlugin, InvalidPluginExecutionError, type Row, type StepDefinition } from '#plugin-api'
import { fits, type Rule, readRules } from './rules.ts'

/** Refuses changes by a list of rules, with one step for each rule. */
export default definePlugin((configuration) => ({
  name: 'refuse-by-rule',
  version: '1.0.0',
  apiVersion: 1,
  steps: readRules(configuration).map(stepOf),
}))

function stepOf(rule: Rule): StepDefinition {
  const columns = [...new Set([...Object.keys(rule.before ?? {}), ...Object.keys(rule.after ?? {}), ...columnsIn(rule.refuse)])]
  return {
    message: rule.message,
    table: rule.table,
    // The children of a delete are deleted before its PreOperation; in PreValidation nothing has been changed yet.
    stage: rule.stage ?? (rule.message === 'Delete' ? 'PreValidation' : 'PreOperation'),
    ...(rule.columns ? { filteringAttributes: rule.columns } : {}),
    ...(rule.message === 'Create' || columns.length === 0 ? {} : { preImage: columns }),
    handler({ messageName, target, preImage }) {
      const before: Row = { ...preImage }
      const after: Row = messageName === 'Create' || messageName === 'Update' ? { ...preImage, ...target } : before
      if (fits(before, rule.before) && fits(after, rule.after)) throw new InvalidPluginExecutionError(filledIn(rule.refuse, after))
    },
  }
}

const PLACEHOLDER = /\{(\w+)\}/g

const columnsIn = (text: string): string[] => [...text.matchAll(PLACEHOLDER)].map(([, column = '']) => column)

const filledIn = (text: string, row: Row): string => text.replace(PLACEHOLDER, (_, column: string) => String(row[column] ?? 'nothing'))
