import type { PlanAction, Preview } from '#engine/model'
import type { Tone } from '../ui/Badge.tsx'
import { countOf } from '../ui/format.ts'

/** What happens to a record, as a word with its colour. */
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
