import type { PlanAction, Preview } from '#engine/contract/cascades'
import type { PluginStep } from '#engine/contract/plugins'
import type { Tone } from '../../ui/Badge.tsx'
import { countOf } from '../../ui/format.ts'

/** The word and colour of each plan action. */
export const ACTION_WORD: Record<PlanAction, { word: string; tone: Tone }> = {
  assign: { word: 'assigned', tone: 'accent' },
  delete: { word: 'deleted', tone: 'deleted' },
  unlink: { word: 'lookup emptied', tone: 'accent' },
  merge: { word: 'merged', tone: 'accent' },
  move: { word: 'moved', tone: 'accent' },
  check: { word: 'checked only', tone: 'neutral' },
}

const countFor = (preview: Preview, action: PlanAction): number =>
  preview.groups.filter((group) => group.action === action).reduce((sum, group) => sum + group.count, 0)

export const deleteLabel = (preview: Preview | null): string => {
  if (preview === null) return 'Delete record'
  return `Delete ${countOf(countFor(preview, 'delete') || preview.affected, 'record')}`
}

export const assignLabel = (preview: Preview | null): string =>
  preview === null ? 'Assign record' : `Assign ${countOf(countFor(preview, 'assign') || preview.affected, 'record')}`

export const mergeLabel = (preview: Preview | null): string => {
  const moved = preview === null ? 0 : countFor(preview, 'move')
  return moved === 0 ? 'Merge 2 records' : `Merge 2 records and move ${countOf(moved, 'record')}`
}

/** Returns `3 steps fire on up to 5,412 records`. Counts each record once, whatever its number of steps. */
export function stepsSentence(steps: Preview['steps']): string {
  const byTable = new Map<string, number>()
  for (const { table, records } of steps) byTable.set(table, Math.max(byTable.get(table) ?? 0, records))
  const records = [...byTable.values()].reduce((sum, count) => sum + count, 0)
  const distinct = new Set(steps.map(({ step }) => step.number)).size
  return `${countOf(distinct, 'step')} ${distinct === 1 ? 'fires' : 'fire'} on up to ${countOf(records, 'record')}`
}

/** Groups steps, so that one that runs on several tables is one line. */
export function byStep(steps: Preview['steps']): { step: PluginStep; tables: string[]; records: number }[] {
  const lines = new Map<number, { step: PluginStep; tables: string[]; records: number }>()
  for (const { step, table, records } of steps) {
    const line = lines.get(step.number) ?? { step, tables: [], records: 0 }
    lines.set(step.number, { step, tables: [...line.tables, table], records: line.records + records })
  }
  return [...lines.values()]
}
