import { modelChange } from '#text/english/model-changes'
import { verbatim } from '#text/english/verbatim'
import type { Message } from '#text/message'
import type { ColumnDefinition, ModelChange, Origin, TableDefinition } from '../contract/tables.ts'
import { changed } from './describe-change.ts'
import { outranks } from './origin-rank.ts'

/** Merges one table and its columns, by the rules of `mergeModels`. */
export function mergeTable(known: TableDefinition | undefined, next: TableDefinition, changes: ModelChange[]): TableDefinition {
  if (!known) {
    changes.push({ kind: 'added', subject: 'table', name: next.logicalName, detail: describe(next) })
    return next
  }
  const nextLeads = bothStubs(known, next)
    ? next.columns.some(isDescribed) || !known.columns.some(isDescribed)
    : !outranks(known.origin, next.origin)
  if (nextLeads) noteFacts(known, next, changes)
  const facts = nextLeads ? next : known
  const other = nextLeads ? known : next
  return {
    ...facts,
    displayName: isShipped(facts) ? (other.displayName ?? facts.displayName) : (facts.displayName ?? other.displayName),
    primaryName: facts.primaryName ?? other.primaryName,
    columns: mergeColumns(known, next, nextLeads, changes),
  }
}

const bothStubs = (known: TableDefinition, next: TableDefinition) => known.origin === 'stub' && next.origin === 'stub'

/** Returns whether the name is the platform's own, which a source that only extends the table may have changed. */
const isShipped = ({ origin }: TableDefinition): boolean => origin === 'standard'

const describe = (table: TableDefinition): Message =>
  table.origin === 'stub'
    ? modelChange.stub({ reason: table.originNote ?? modelChange.onlyReferredTo })
    : modelChange.table({ ownership: table.ownership, columns: table.columns.length })

const COMPARED_FACTS = ['displayName', 'ownership', 'primaryId', 'primaryName', 'isActivity', 'mergeable', 'activeState'] as const

function noteFacts(known: TableDefinition, next: TableDefinition, changes: ModelChange[]): void {
  if (outranks(next.origin, known.origin)) {
    changes.push({
      kind: 'completed',
      subject: 'table',
      name: next.logicalName,
      detail: modelChange.defined({
        before: modelChange.origin[known.origin],
        after: modelChange.origin[next.origin],
        table: describe(next),
      }),
    })
    return
  }
  for (const fact of COMPARED_FACTS) {
    if (known[fact] === next[fact] || next[fact] === null) continue
    if (known.origin === 'stub' && fact === 'displayName') continue
    const kind = fact === 'ownership' || fact === 'primaryId' ? 'conflict' : 'changed'
    changes.push({ kind, subject: 'table', name: next.logicalName, detail: changed(fact, String(known[fact]), String(next[fact])) })
  }
}

function mergeColumns(known: TableDefinition, next: TableDefinition, nextLeads: boolean, changes: ModelChange[]): ColumnDefinition[] {
  const byName = new Map(known.columns.map((column) => [column.logicalName, column]))
  for (const column of next.columns) {
    const before = byName.get(column.logicalName)
    const name = `${next.logicalName}.${column.logicalName}`
    if (!before) {
      changes.push({ kind: 'added', subject: 'column', name, detail: verbatim.text({ text: column.type }) })
      byName.set(column.logicalName, column)
    } else if (takesOver(before, column, known.origin, next.origin, nextLeads)) {
      byName.set(column.logicalName, mergeColumn(before, column, name, changes))
    } else if (known.origin !== 'system') {
      byName.set(column.logicalName, filled(before, column))
    }
  }
  return [...byName.values()]
}

/** Returns whether a column takes the place of one that is known: the better described one counts, else that of the leading table. */
function takesOver(before: ColumnDefinition, column: ColumnDefinition, known: Origin, next: Origin, nextLeads: boolean): boolean {
  if (known === 'system') return false
  if (next === 'declared' && nextLeads) return true
  const gain = detailOf(column) - detailOf(before)
  return gain > 0 || (gain === 0 && nextLeads && detailOf(column) > 0)
}

/** Takes from the other description of a column only what its own leaves open. */
const filled = (column: ColumnDefinition, { displayName, maxLength, options }: ColumnDefinition): ColumnDefinition => ({
  ...column,
  displayName: column.displayName ?? displayName,
  maxLength: column.maxLength ?? maxLength,
  options: column.options.length > 0 ? column.options : options,
})

/** How much is known of a column: that it exists, what the platform calls it, or what a source says of it. */
const detailOf = (column: ColumnDefinition): number => (isDescribed(column) ? 2 : isPlaceholder(column) ? 0 : 1)

const isDescribed = (column: ColumnDefinition): boolean => column.sourceType !== null

/** Returns whether a column exists only because something refers to it and no source describes it. */
const isPlaceholder = (column: ColumnDefinition): boolean => column.sourceType === null && column.displayName === null

function mergeColumn(before: ColumnDefinition, next: ColumnDefinition, name: string, changes: ModelChange[]): ColumnDefinition {
  const note = (detail: Message, kind: ModelChange['kind']) => changes.push({ kind, subject: 'column', name, detail })
  if (before.type !== next.type) note(changed('type', before.type, next.type), isPlaceholder(before) ? 'completed' : 'conflict')
  if (before.requiredLevel !== next.requiredLevel && !isPlaceholder(before))
    note(changed('requiredLevel', before.requiredLevel, next.requiredLevel), 'changed')
  if (before.maxLength !== null && next.maxLength !== null && before.maxLength !== next.maxLength)
    note(changed('maxLength', String(before.maxLength), String(next.maxLength)), 'changed')
  if (before.displayName !== null && next.displayName !== null && before.displayName !== next.displayName)
    note(changed('displayName', before.displayName, next.displayName), 'changed')
  const options = next.options.length > 0 ? next.options : before.options
  if (before.options.length > 0 && JSON.stringify(before.options) !== JSON.stringify(options)) note(modelChange.optionsChanged, 'changed')
  return { ...next, displayName: next.displayName ?? before.displayName, maxLength: next.maxLength ?? before.maxLength, options }
}
