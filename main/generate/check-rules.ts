import { distance } from 'fastest-levenshtein'
import { inputInvalid } from '#engine/contract/errors'
import type { RecordInput } from '#engine/contract/records'
import type { ModelDefinition, RelationshipDefinition, TableDefinition } from '#engine/contract/tables'
import type { GenerateRule } from '#engine/contract/transfer'
import { inEnglish } from '#text/english'
import { generateText } from '#text/english/generate'
import { anyOf } from '#text/english/values'
import type { Message } from '#text/message'

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
  name: Message
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

/** Rows that one rule makes, in one transaction. */
const MOST_ROWS = 10_000_000

/** Rules of one run. */
const MOST_RULES = 1_000

/** Checks all rules before anything is written. @throws INPUT_INVALID for the first rule that cannot work, or for too many rules or rows */
export function checkRules(rules: GenerateRule[], model: ModelDefinition): CheckedRule[] {
  if (rules.length > MOST_RULES) throw inputInvalid(generateText.tooManyRules({ most: MOST_RULES }))
  return rules.map((rule, position) => checkRule(rule, position, model))
}

function checkRule(rule: GenerateRule, position: number, model: ModelDefinition): CheckedRule {
  const name = generateText.rule({ position: position + 1, table: String(rule.table) })
  const table = shapeOf(rule.table, name, 'table', model)
  const base = { position, name, table, set: rule.set ?? {}, owners: rule.owners ?? [], states: statesOf(rule, name, table) }
  checkOwners(base, rule)

  if (rule.chain !== undefined) {
    if (rule.count !== undefined || rule.per !== undefined) throw wrong(name, 'chain', generateText.chainStandsAlone)
    const attribute = attributeOf(rule, rule.table, name, model)
    return { ...base, kind: 'chain', count: wholeNumber(rule.chain, name, 'chain'), parent: { table: rule.table, attribute } }
  }
  if (rule.per !== undefined) {
    const parentDefinition = shapeOf(rule.per, name, 'per', model)
    const attribute = attributeOf(rule, rule.per, name, model)
    if (attribute in base.set) throw wrong(name, `set.${attribute}`, generateText.setByPer)
    const parent = { table: rule.per, attribute, where: rule.where ?? {} }
    return { ...base, kind: 'per', count: wholeNumber(rule.count ?? 1, name, 'count'), parent, parentDefinition }
  }
  if (rule.where !== undefined) throw wrong(name, 'where', generateText.whereNeedsPer)
  if (rule.attribute !== undefined) throw wrong(name, 'attribute', generateText.attributeNeedsParent)
  if (rule.count === undefined) throw wrong(name, 'count', generateText.countMissing)
  return { ...base, kind: 'count', count: wholeNumber(rule.count, name, 'count') }
}

function shapeOf(logicalName: string, rule: Message, field: string, model: ModelDefinition): TableShape {
  const definition = model.tables.find((table) => table.logicalName === logicalName)
  if (definition === undefined) {
    const nearest = nearestOf(
      logicalName,
      model.tables.map((table) => table.logicalName),
    )
    const named = { table: logicalName, nearest: nearest ?? '' }
    const says = nearest === null ? generateText.tableUnknown : generateText.tableUnknownNear
    throw wrong(rule, field, (place) => says({ ...place, ...named }))
  }
  const targets = new Map<string, string[]>()
  for (const { referencing, attribute, referenced } of model.relationships) {
    if (referencing === logicalName) targets.set(attribute, [...(targets.get(attribute) ?? []), referenced])
  }
  return { logicalName, definition, targets }
}

/** Returns the lookup that links a rule's rows to their parents. A rule may leave it out if only one fits. */
function attributeOf(rule: GenerateRule, parent: string, name: Message, model: ModelDefinition): string {
  const links = (relationship: RelationshipDefinition) =>
    relationship.kind === 'data' && relationship.referencing === rule.table && relationship.referenced === parent
  const fitting = [...new Set(model.relationships.filter(links).map(({ attribute }) => attribute))]
  const [only] = fitting
  if (only === undefined) throw wrong(name, 'attribute', (place) => generateText.noLookup({ ...place, table: rule.table, parent }))
  if (rule.attribute === undefined && fitting.length === 1) return only
  if (rule.attribute !== undefined && fitting.includes(rule.attribute)) return rule.attribute
  const { attribute, table } = rule
  const columns = anyOf(fitting)
  throw wrong(name, 'attribute', (place) =>
    attribute === undefined
      ? generateText.attributeMissing({ ...place, columns })
      : generateText.attributeDoesNotLink({ ...place, column: attribute, table, parent, columns }),
  )
}

function statesOf(rule: GenerateRule, name: Message, table: TableShape): { value: number; share: number }[] {
  if (rule.states === undefined) return []
  if (rule.set !== undefined && 'statecode' in rule.set) throw wrong(name, 'states', generateText.stateTwice)
  const states = Object.entries(rule.states).map(([value, share]) => ({ value: Number(value), share }))
  const known = table.definition.columns.find(({ logicalName }) => logicalName === 'statecode')?.options.map(({ value }) => value) ?? []
  for (const { value, share } of states) {
    if (!Number.isInteger(value) || (known.length > 0 && !known.includes(value))) {
      const named = { table: table.logicalName, states: known.join(', ') }
      const says = known.length === 0 ? generateText.noState : generateText.noStateOf
      throw wrong(name, `states.${value}`, (place) => says({ ...place, ...named }))
    }
    if (!(share >= 0 && share <= 1))
      throw wrong(name, `states.${value}`, (place) => generateText.notAShare({ ...place, share: String(share) }))
  }
  const sum = states.reduce((all, { share }) => all + share, 0)
  if (Math.abs(sum - 1) > 1e-6)
    throw wrong(name, 'states', (place) => generateText.sharesAddUp({ ...place, sum: String(Number(sum.toFixed(6))) }))
  return states
}

function checkOwners({ name, table, set, owners }: RuleBase, rule: GenerateRule): void {
  if (rule.owners === undefined) return
  if (table.definition.ownership !== 'UserOwned')
    throw wrong(name, 'owners', (place) => generateText.noOwners({ ...place, table: table.logicalName }))
  if (owners.length === 0) throw wrong(name, 'owners', generateText.ownersEmpty)
  if ('ownerid' in set) throw wrong(name, 'owners', generateText.ownerTwice)
}

function wholeNumber(value: number, name: Message, field: string): number {
  if (!Number.isInteger(value) || value < 0)
    throw wrong(name, field, (place) => generateText.notAWholeNumber({ ...place, value: String(value) }))
  checkRowCount(value, name, field)
  return value
}

/** Checks that a rule makes no more rows than one run may. @throws INPUT_INVALID */
export function checkRowCount(rows: number, name: Message, field: string): void {
  if (rows > MOST_ROWS) throw wrong(name, field, (place) => generateText.tooManyRows({ ...place, most: MOST_ROWS }))
}

/** Makes the error of one field of a rule. */
const wrong = (rule: Message, field: string, says: (place: { rule: Message; field: string }) => Message) =>
  inputInvalid(says({ rule, field }), { rule: inEnglish(rule), field })

/** Longer words are nobody's misspelling. */
const LONGEST_WORD = 200

/** Returns the candidate that was probably meant, or null if none is similar. */
export function nearestOf(word: string, candidates: string[]): string | null {
  if (word.length > LONGEST_WORD) return null
  const ranked = candidates.map((candidate) => ({ candidate, steps: distance(word, candidate) })).sort((a, b) => a.steps - b.steps)
  const [best] = ranked
  return best !== undefined && best.steps <= Math.max(2, word.length / 3) ? best.candidate : null
}
