import type { Origin, TableDefinition } from '#engine/contract/tables'
import { Badge, type Tone } from '../../ui/Badge.tsx'

const MARKS: Partial<Record<Origin, { word: string; tone: Tone; why: string }>> = {
  stub: { word: 'stub', tone: 'held', why: 'Others refer to it and nobody has defined it yet.' },
  standard: { word: 'standard', tone: 'neutral', why: "From the platform's own tables." },
  system: { word: 'system', tone: 'neutral', why: 'Part of every environment.' },
}

/** Shows the origin of a table or relationship if it is unusual, with the reason as a tooltip. */
export function TableMark({ origin, originNote }: Pick<TableDefinition, 'origin' | 'originNote'>) {
  const mark = MARKS[origin]
  if (mark === undefined) return null
  return (
    <Badge tone={mark.tone} hint={originNote ?? mark.why}>
      {mark.word}
    </Badge>
  )
}
