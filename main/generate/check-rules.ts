import { distance } from 'fastest-levenshtein'
import { inputInvalid } from '#engine/contract/errors'
import type { RecordInput } from '#engine/contract/records'
import type { ModelDefinition, RelationshipDefinition, TableDefinition } from '#engine/contract/tables'
import type { GenerateRule } from '#engine/contract/transfer'

/** A table with what its lookups may point to. */
export interface TableShape {
  logicalName: string
  definition: TableDefinition
  /** Lookup column → tables that it may point to. */
  targets: Map<string, string[]>
}

interface RuleBase {
  /** In the list of rules, from 0. */
  position: number
  /** For messages: `Rule 2 (salesorder)`. */
  name: string
  table: TableShape
  set: RecordInput
  owners: string[]
  states: { value: number; share: number }[]
}

/** A checked rule; only whether its named records and owners exist is still unknown. */
export type CheckedRule =
  | (RuleBase & { kind: 'count'; count: number; parent?: undefined })
  | (RuleBase & { kind: 'chain'; count: number; parent: { table: string; attribute: string } })
  | (RuleBase & {
      kind: 'per'
      /** Rows under each parent. */
      count: number
      parent: { table: string; attribute: string; where: RecordInput }
      parentDefinition: TableShape
    })

/** Checks all rules before anything is written. @throws INPUT_INVALID for the first rule that cannot work */
export function checkRules(rules: GenerateRule[], model: ModelDefinition): CheckedRule[] {
  return rules.map((rule, position) => checkRule(rule, position, model))
}

function checkRule(rule: GenerateRule, position: number, model: ModelDefinition): CheckedRule {
  const name = `Rule ${position + 1} (${String(rule.table)})`
  const table = shapeOf(rule.table, `${name}, table`, model)
  const base = { position, name, table, set: rule.set ?? {}, owners: rule.owners ?? [], states: statesOf(rule, name, table) }
  checkOwners(base, rule)

  if (rule.chain !== undefined) {
    if (rule.count !== undefined || rule.per !== undefined) throw wrong(name, 'chain', 'stands alone: leave out "count" and "per"')
    const attribute = attributeOf(rule, rule.table, name, model)
    return { ...base, kind: 'chain', count: wholeNumber(rule.chain, name, 'chain'), parent: { table: rule.table, attribute } }
  }
  if (rule.per !== undefined) {
    const parentDefinition = shapeOf(rule.per, `${name}, per`, model)
    const attribute = attributeOf(rule, rule.per, name, model)
    if (attribute in base.set) throw wrong(name, `set.${attribute}`, 'is set by "per" to each parent in turn: leave it out here')
    const parent = { table: rule.per, attribute, where: rule.where ?? {} }
    return { ...base, kind: 'per', count: wholeNumber(rule.count ?? 1, name, 'count'), parent, parentDefinition }
  }
  if (rule.where !== undefined) throw wrong(name, 'where', 'chooses parents, so it needs "per"')
  if (rule.attribute !== undefined) throw wrong(name, 'attribute', 'links rows to their parents, so it needs "per" or "chain"')
  if (rule.count === undefined) throw wrong(name, 'count', 'is missing: say how many rows with "count", "per" or "chain"')
  return { ...base, kind: 'count', count: wholeNumber(rule.count, name, 'count') }
}

function shapeOf(logicalName: string, field: string, model: ModelDefinition): TableShape {
  const definition = model.tables.find((table) => table.logicalName === logicalName)
  if (definition === undefined) {
    const nearest = nearestOf(
      logicalName,
      model.tables.map((table) => table.logicalName),
    )
    throw inputInvalid(`${field}: there is no table "${logicalName}"${nearest === null ? '' : `; did you mean "${nearest}"?`}`, { field })
  }
  const targets = new Map<string, string[]>()
  for (const { referencing, attribute, referenced } of model.relationships) {
    if (referencing === logicalName) targets.set(attribute, [...(targets.get(attribute) ?? []), referenced])
  }
  return { logicalName, definition, targets }
}

/** Returns the lookup that links a rule's rows to their parents. A rule may leave it out if only one fits. */
function attributeOf(rule: GenerateRule, parent: string, name: string, model: ModelDefinition): string {
  const links = (relationship: RelationshipDefinition) =>
    relationship.kind === 'data' && relationship.referencing === rule.table && relationship.referenced === parent
  const fitting = [...new Set(model.relationships.filter(links).map(({ attribute }) => attribute))]
  const [only] = fitting
  if (only === undefined) throw wrong(name, 'attribute', `cannot be found: no lookup of ${rule.table} points to ${parent}`)
  if (rule.attribute === undefined && fitting.length === 1) return only
  if (rule.attribute !== undefined && fitting.includes(rule.attribute)) return rule.attribute
  const given = rule.attribute === undefined ? 'is missing' : `"${rule.attribute}" does not link ${rule.table} to ${parent}`
  throw wrong(name, 'attribute', `${given}: use ${fitting.join(' or ')}`)
}

function statesOf(rule: GenerateRule, name: string, table: TableShape): { value: number; share: number }[] {
  if (rule.states === undefined) return []
  if (rule.set !== undefined && 'statecode' in rule.set) throw wrong(name, 'states', 'and "set.statecode" say the same: leave one out')
  const states = Object.entries(rule.states).map(([value, share]) => ({ value: Number(value), share }))
  const known = table.definition.columns.find(({ logicalName }) => logicalName === 'statecode')?.options.map(({ value }) => value) ?? []
  for (const { value, share } of states) {
    if (!Number.isInteger(value) || (known.length > 0 && !known.includes(value))) {
      throw wrong(
        name,
        `states.${value}`,
        `is no state of ${table.logicalName}${known.length > 0 ? `; its states are ${known.join(', ')}` : ''}`,
      )
    }
    if (!(share >= 0 && share <= 1)) throw wrong(name, `states.${value}`, `is a share between 0 and 1, not ${share}`)
  }
  const sum = states.reduce((all, { share }) => all + share, 0)
  if (Math.abs(sum - 1) > 1e-6) throw wrong(name, 'states', `add up to ${Number(sum.toFixed(6))}, and must add up to 1`)
  return states
}

function checkOwners({ name, table, set, owners }: RuleBase, rule: GenerateRule): void {
  if (rule.owners === undefined) return
  if (table.definition.ownership !== 'UserOwned') throw wrong(name, 'owners', `cannot be given: rows of ${table.logicalName} have no owner`)
  if (owners.length === 0) throw wrong(name, 'owners', 'is empty: name at least one user or team, or leave it out')
  if ('ownerid' in set) throw wrong(name, 'owners', 'and "set.ownerid" say the same: leave one out')
}

function wholeNumber(value: number, name: string, field: string): number {
  if (!Number.isInteger(value) || value < 0) throw wrong(name, field, `is a whole number of rows, not ${String(value)}`)
  return value
}

const wrong = (name: string, field: string, text: string) => inputInvalid(`${name}: "${field}" ${text}.`, { rule: name, field })

/** Returns the candidate that was probably meant, or null if none is similar. */
export function nearestOf(word: string, candidates: string[]): string | null {
  const ranked = candidates.map((candidate) => ({ candidate, steps: distance(word, candidate) })).sort((a, b) => a.steps - b.steps)
  const [best] = ranked
  return best !== undefined && best.steps <= Math.max(2, word.length / 3) ? best.candidate : null
}
