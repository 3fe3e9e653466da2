import { Workflow } from 'lucide-react'
import { CASCADE_ACTIONS, type RelationshipDefinition } from '#engine/contract/tables'
import { modelStore } from '../../frame/stores/model.ts'
import { useStoreState } from '../../frame/stores-context.ts'
import { useListPlace } from '../../frame/use-list-place.ts'
import { useWords } from '../../text/words.ts'
import { Badge } from '../../ui/Badge.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { shortenMiddle } from '../../ui/format.ts'
import { RowGrid, type RowGridColumn } from '../../ui/RowGrid.tsx'
import { CascadeValue } from './CascadeValue.tsx'
import { presetOf } from './cascade-words.ts'
import { modelText } from './texts.ts'

interface RelationshipListProps {
  /** Name of the list, under which its scroll position is kept. */
  list: string
  relationships: RelationshipDefinition[]
  /** The side of the relationship that is not the shown table. */
  other: 'referenced' | 'referencing'
  current: string | null
  onOpen: (schemaName: string) => void
}

const { relationships: text } = modelText

const SHOWN_ACTIONS = CASCADE_ACTIONS.filter((action) => action !== 'Archive')

export function RelationshipList({ list, relationships, other, current, onOpen }: RelationshipListProps) {
  const { say } = useWords()
  const tables = useStoreState(modelStore, (state) => state.tables)
  const place = useListPlace(list)
  if (relationships.length === 0) {
    return (
      <EmptyState icon={<Workflow size={28} />} title={say(other === 'referencing' ? text.noChildren : text.noParents)}>
        {say(other === 'referencing' ? text.noChildrenHint : text.noParentsHint)}
      </EmptyState>
    )
  }
  const columns: RowGridColumn<RelationshipDefinition>[] = [
    {
      key: 'table',
      label: say(other === 'referencing' ? text.child : text.parent),
      width: 'minmax(110px, 1.1fr)',
      render: (relationship) => tables.get(relationship[other])?.displayName ?? relationship[other],
    },
    {
      key: 'name',
      label: say(text.relationship),
      width: 'minmax(150px, 1.6fr)',
      render: (relationship) => (
        <span className="model-name" title={`${relationship.schemaName} (${relationship.attribute})`}>
          <span className="ui-clip">{shortenMiddle(relationship.schemaName, 48)}</span>
          {relationship.hierarchical && <Badge>{say(text.hierarchical)}</Badge>}
          {relationship.kind === 'ownership' && <Badge hint={say(text.ownershipHint)}>{say(text.ownership)}</Badge>}
        </span>
      ),
    },
    {
      key: 'preset',
      label: say(text.behavior),
      width: 'minmax(100px, 0.9fr)',
      render: ({ cascade }) => {
        const preset = say(modelText.preset[presetOf(cascade)])
        return <span title={preset}>{preset}</span>
      },
    },
    ...SHOWN_ACTIONS.map(
      (action): RowGridColumn<RelationshipDefinition> => ({
        key: action,
        label: action,
        width: action === 'Delete' || action === 'RollupView' ? '102px' : '80px',
        render: (relationship) => <CascadeValue action={action} relationship={relationship} />,
      }),
    ),
  ]
  return (
    <RowGrid
      label={say(text.label)}
      minWidth={1000}
      columns={columns}
      count={relationships.length}
      itemAt={(row) => relationships[row]}
      isCurrent={(relationship) => relationship.schemaName === current}
      {...place}
      onOpen={(relationship) => onOpen(relationship.schemaName)}
    />
  )
}
