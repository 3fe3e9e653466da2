import { modelChange } from '#text/english/model-changes'
import { verbatim } from '#text/english/verbatim'
import type { Message } from '#text/message'
import type { ColumnDefinition, ModelChange, TableDefinition } from '../contract/tables.ts'
import { changed, yesOrNo } from './describe-change.ts'
import { outranks } from './origin-rank.ts'

/** Merges one table and its columns, by the rules of `mergeModels`. */
export function mergeTable(known: TableDefinition | undefined, next: TableDefinition, changes: ModelChange[]): TableDefinition {
  if (!known) {
    changes.push({ kind: 'added', subject: 'table', name: next.logicalName, detail: describe(next) })
    return next
  }
  const nextLeads = known.origin === 'stub' && next.origin === 'stub' ? known.columns.length < 3 : !outranks(known.origin, next.origin)
  if (nextLeads) noteFacts(known, next, changes)
  const facts = nextLeads ? next : known
  const other = nextLeads ? known : next
  return {
    ...facts,
    displayName: facts.displayName ?? other.displayName,
    primaryName: facts.primaryName ?? other.primaryName,
    columns: mergeColumns(known, next, nextLeads, changes),
  }
}

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
    } else if (nextLeads && (!isPlaceholder(column) || next.origin === 'declared')) {
      byName.set(column.logicalName, mergeColumn(before, column, name, changes))
    } else if (isPlaceholder(before) && !isPlaceholder(column) && known.origin !== 'system') {
      byName.set(column.logicalName, mergeColumn(before, column, name, changes))
    }
  }
  return [...byName.values()]
}

/** Returns whether a column exists only because something refers to it and no source describes it. */
const isPlaceholder = (column: ColumnDefinition): boolean => column.sourceType === null && column.displayName === null

function mergeColumn(before: ColumnDefinition, next: ColumnDefinition, name: string, changes: ModelChange[]): ColumnDefinition {
  const note = (detail: Message, kind: ModelChange['kind']) => changes.push({ kind, subject: 'column', name, detail })
  if (before.type !== next.type) note(changed('type', before.type, next.type), isPlaceholder(before) ? 'completed' : 'conflict')
  if (before.required !== next.required && !isPlaceholder(before))
    note(changed(modelChange.required, yesOrNo(before.required), yesOrNo(next.required)), 'changed')
  if (before.displayName !== null && next.displayName !== null && before.displayName !== next.displayName)
    note(changed('displayName', before.displayName, next.displayName), 'changed')
  const options = next.options.length > 0 ? next.options : before.options
  if (before.options.length > 0 && JSON.stringify(before.options) !== JSON.stringify(options)) note(modelChange.optionsChanged, 'changed')
  return { ...next, displayName: next.displayName ?? before.displayName, options }
}
