import type { Origin, TableDefinition } from '#engine/contract/tables'
import { Badge, type Tone } from '../../ui/Badge.tsx'

const MARKS: Partial<Record<Origin, { word: string; tone: Tone; why: string }>> = {
  stub: { word: 'stub', tone: 'held', why: 'Others refer to it and nobody has defined it yet.' },
  standard: { word: 'standard', tone: 'neutral', why: "From the platform's own tables." },
  system: { word: 'system', tone: 'neutral', why: 'Part of every environment.' },
}

/** How a table or relationship came here, where that matters, with the reason on hover. */
export function TableMark({ origin, originNote }: Pick<TableDefinition, 'origin' | 'originNote'>) {
  const mark = MARKS[origin]
  if (mark === undefined) return null
  return (
    <Badge tone={mark.tone} hint={originNote ?? mark.why}>
      {mark.word}
    </Badge>
  )
}
