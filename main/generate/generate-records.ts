import type { LoadValues, RecordLoader, RowNumber } from '#engine/contract/loader'
import type { ModelDefinition } from '#engine/contract/tables'
import type { GenerateReport, GenerateRule } from '#engine/contract/transfer'
import { type CheckedRule, checkRowCount, checkRules } from './check-rules.ts'
import { interpretInput } from './interpret-input.ts'
import { madeUpColumns } from './made-up-columns.ts'
import { spread } from './spread.ts'

/** What rows are generated into. */
export interface GenerateTarget {
  /** Begins to load in the name of the user who generates: creator and owner of rows that state none. */
  load(): RecordLoader
  model(): ModelDefinition
}

export interface GenerateOptions {
  now: () => number
  newId: () => string
  /** After every few thousand rows. `total` is null until each rule's number of rows is known. */
  onProgress?: (done: number, total: number | null) => void
}

const PROGRESS_ROWS = 5_000

/** Generates rows rule by rule; a later rule sees the rows of earlier ones. Keeps all rows or, on failure, none. */
export function generateRecords(rules: GenerateRule[], target: GenerateTarget, options: GenerateOptions): GenerateReport {
  const startedMs = options.now()
  const checked = checkRules(rules, target.model())
  const progress = startProgress(checked, options)
  const inserted: Record<string, number> = {}

  const loader = target.load()
  try {
    for (const rule of checked) {
      const rows = generateRule(rule, loader, options, progress)
      inserted[rule.table.logicalName] = (inserted[rule.table.logicalName] ?? 0) + rows
    }
    loader.commit()
  } catch (error) {
    loader.rollback()
    throw error
  }

  return { inserted, total: Object.values(inserted).reduce((sum, rows) => sum + rows, 0), durationMs: options.now() - startedMs }
}

/** Inserts one rule's rows and returns their number. */
function generateRule(rule: CheckedRule, loader: RecordLoader, options: GenerateOptions, progress: ProgressCount): number {
  const rowValues = rowValuesOf(rule, loader)
  let index = 0
  const insert = (parent: RowNumber | undefined): RowNumber => {
    index += 1
    const values = rowValues(index)
    if (parent !== undefined && rule.parent) values[rule.parent.attribute] = { table: rule.parent.table, row: parent }
    const row = loader.insert(rule.table.logicalName, options.newId(), values)
    progress.count()
    return row
  }

  if (rule.kind === 'chain') {
    progress.willInsert(rule, rule.count)
    let previous: RowNumber | undefined
    for (let n = 0; n < rule.count; n += 1) previous = insert(previous)
    return index
  }
  if (rule.kind === 'per') {
    const parents = loader.rows(
      rule.parent.table,
      interpretInput(rule.parent.where, rule.parentDefinition, loader, { rule: rule.name, field: 'where' }),
    )
    checkRowCount(parents.length * rule.count, rule.name, 'count')
    progress.willInsert(rule, parents.length * rule.count)
    for (const parent of parents) for (let n = 0; n < rule.count; n += 1) insert(parent)
    return index
  }
  progress.willInsert(rule, rule.count)
  for (let n = 0; n < rule.count; n += 1) insert(undefined)
  return index
}

/** Returns a function that gives the values of a rule's n-th row. Computes what all rows have in common once. */
function rowValuesOf(rule: CheckedRule, loader: RecordLoader): (index: number) => LoadValues {
  const same = interpretInput(rule.set, rule.table, loader, { rule: rule.name, field: 'set' })
  const owners = rule.owners.map(
    (name) => interpretInput({ ownerid: name }, rule.table, loader, { rule: rule.name, field: 'owners' }).ownerid ?? null,
  )
  const state = spread(rule.states)
  const makeUp = madeUpColumns(rule.table.definition, new Set(Object.keys(same)), rule.position)
  return (index) => {
    const values: LoadValues = { ...makeUp(index), ...same }
    const owner = owners[(index - 1) % owners.length]
    if (owner !== undefined) values.ownerid = owner
    if (rule.states.length > 0) values.statecode = state(index)
    return values
  }
}

interface ProgressCount {
  willInsert(rule: CheckedRule, rows: number): void
  count(): void
}

function startProgress(rules: CheckedRule[], { onProgress }: GenerateOptions): ProgressCount {
  const expected = new Map(rules.map((rule) => [rule.position, rule.kind === 'per' ? null : rule.count]))
  let done = 0
  let total: number | null = null
  const sum = () => [...expected.values()].reduce<number | null>((all, rows) => (all === null || rows === null ? null : all + rows), 0)
  return {
    willInsert(rule, rows) {
      expected.set(rule.position, rows)
      total = sum()
    },
    count() {
      done += 1
      if (done % PROGRESS_ROWS === 0 || done === total) onProgress?.(done, total)
    },
  }
}
