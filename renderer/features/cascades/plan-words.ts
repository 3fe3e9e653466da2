import type { PlanAction, Preview } from '#engine/contract/cascades'
import type { PluginStep } from '#engine/contract/plugins'
import type { Message } from '#text/message'
import type { Tone } from '../../ui/Badge.tsx'
import { cascadeText } from './texts.ts'

/** The word and colour of each plan action. */
export const ACTION_WORD: Record<PlanAction, { word: Message; tone: Tone }> = {
  assign: { word: cascadeText.action.assign, tone: 'accent' },
  delete: { word: cascadeText.action.delete, tone: 'deleted' },
  unlink: { word: cascadeText.action.unlink, tone: 'accent' },
  merge: { word: cascadeText.action.merge, tone: 'accent' },
  move: { word: cascadeText.action.move, tone: 'accent' },
  check: { word: cascadeText.action.check, tone: 'neutral' },
  share: { word: cascadeText.action.share, tone: 'accent' },
  unshare: { word: cascadeText.action.unshare, tone: 'accent' },
  inherit: { word: cascadeText.action.inherit, tone: 'accent' },
  disinherit: { word: cascadeText.action.disinherit, tone: 'accent' },
}

const countFor = (preview: Preview, action: PlanAction): number =>
  preview.groups.filter((group) => group.action === action).reduce((sum, group) => sum + group.count, 0)

export const deleteLabel = (preview: Preview | null): Message => {
  if (preview === null) return cascadeText.delete.action
  return cascadeText.delete.actionOn({ count: countFor(preview, 'delete') || preview.affected })
}

export const assignLabel = (preview: Preview | null): Message => {
  if (preview === null) return cascadeText.assign.action
  return cascadeText.assign.actionOn({ count: countFor(preview, 'assign') || preview.affected })
}

export const mergeLabel = (preview: Preview | null): Message => {
  const moved = preview === null ? 0 : countFor(preview, 'move')
  return moved === 0 ? cascadeText.merge.action : cascadeText.merge.actionAndMove({ count: moved })
}

/** Returns `3 steps fire on up to 5,412 records`. Counts each record once, whatever its number of steps. */
export function stepsSentence(steps: Preview['steps']): Message {
  const byTable = new Map<string, number>()
  for (const { table, records } of steps) byTable.set(table, Math.max(byTable.get(table) ?? 0, records))
  const records = [...byTable.values()].reduce((sum, count) => sum + count, 0)
  const distinct = new Set(steps.map(({ step }) => step.number)).size
  return cascadeText.steps.fire({ steps: distinct, records })
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
