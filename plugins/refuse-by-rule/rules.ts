import type { MessageName, Row, StageName, Value } from '#plugin-api'

/** A value, several allowed values, or a comparison. */
export type Condition = Value | Value[] | { not: Value } | { above: number } | { below: number } | { matches: string }

export interface Rule {
  message: Exclude<MessageName, `cascadeAsync_${string}`>
  table: string
  /** Update only: applies if one of these columns is in the request. @default any column */
  columns?: string[]
  /** Values of the row before the change. @default any */
  before?: Record<string, Condition>
  /** Values of the row after the change. @default any */
  after?: Record<string, Condition>
  /** @default PreValidation for Delete, else PreOperation */
  stage?: Exclude<StageName, 'PostOperation'>
  /** The message for the user; `{column}` is replaced by the value after the change. */
  refuse: string
}

/** Rules for a plug-in without a configuration: two that suit any sales model. */
export const DEFAULT_RULES: Rule[] = [
  { message: 'Update', table: 'account', columns: ['ownerid'], before: { statecode: 1 }, refuse: 'A closed account keeps its owner.' },
  { message: 'Delete', table: 'account', before: { statecode: 0 }, refuse: 'An account is closed before it is deleted.' },
]

const KEYS = ['message', 'table', 'columns', 'before', 'after', 'stage', 'refuse']

/** Reads the rules. @throws an error whose message refuses the installation */
export function readRules(configuration: string): Rule[] {
  if (configuration.trim() === '') return DEFAULT_RULES
  const rules: unknown = JSON.parse(configuration)
  if (!Array.isArray(rules)) throw new Error('The configuration is a list of rules: [{ "message": …, "table": …, "refuse": … }]')
  return rules.map((rule, index) => checked(rule, `Rule ${index + 1}`))
}

function checked(rule: Rule, name: string): Rule {
  const unknown = Object.keys(rule).find((key) => !KEYS.includes(key))
  if (unknown !== undefined) throw new Error(`${name} has "${unknown}". A rule has: ${KEYS.join(', ')}`)
  for (const key of ['message', 'table', 'refuse'] as const) {
    if (typeof rule[key] !== 'string') throw new Error(`${name} needs "${key}", a text`)
  }
  if (rule.message === 'Create' && rule.before) throw new Error(`${name} is about Create, where nothing is there before: use "after"`)
  return rule
}

/** Returns whether a row meets all conditions. A missing column counts as empty. */
export function fits(row: Row, conditions: Record<string, Condition> = {}): boolean {
  return Object.entries(conditions).every(([column, condition]) => holds(row[column] ?? null, condition))
}

function holds(value: Value, condition: Condition): boolean {
  if (Array.isArray(condition)) return condition.some((each) => isSame(value, each))
  if (condition === null || typeof condition !== 'object') return isSame(value, condition)
  if ('not' in condition) return !isSame(value, condition.not)
  if ('above' in condition) return typeof value === 'number' && value > condition.above
  if ('below' in condition) return typeof value === 'number' && value < condition.below
  if ('matches' in condition) return typeof value === 'string' && new RegExp(condition.matches, 'i').test(value)
  return isSame(value, condition)
}

/** Returns whether two values are equal; references are compared by table and id. */
function isSame(one: Value, other: Value): boolean {
  if (isReference(one) && isReference(other)) return one.table === other.table && one.id === other.id
  return JSON.stringify(one) === JSON.stringify(other)
}

const isReference = (value: Value) => value !== null && typeof value === 'object' && 'table' in value
