import type { Origin, TableDefinition } from '#engine/contract/tables'
import type { Message } from '#text/message'
import { useWords } from '../../text/words.ts'
import { Badge, type Tone } from '../../ui/Badge.tsx'
import { modelText } from './texts.ts'

const MARKS: Partial<Record<Origin, { word: Message; tone: Tone; why: Message }>> = {
  stub: { ...modelText.mark.stub, tone: 'held' },
  standard: { ...modelText.mark.standard, tone: 'neutral' },
  system: { ...modelText.mark.system, tone: 'neutral' },
}

/** Shows the origin of a table or relationship if it is unusual, with the reason as a tooltip. */
export function TableMark({ origin, originNote }: Pick<TableDefinition, 'origin' | 'originNote'>) {
  const { say } = useWords()
  const mark = MARKS[origin]
  if (mark === undefined) return null
  return (
    <Badge tone={mark.tone} hint={say(originNote ?? mark.why)}>
      {say(mark.word)}
    </Badge>
  )
}
