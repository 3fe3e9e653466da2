import { Boxes } from 'lucide-react'
import { Screen } from '../../frame/Screen.tsx'
import { modelStore } from '../../frame/stores/model.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { SkeletonLines } from '../../ui/Skeleton.tsx'
import { TableList } from './TableList.tsx'
import { TablePage } from './TablePage.tsx'

export function ModelScreen({ table, relationship }: { table: string | null; relationship: string | null }) {
  const model = useStore(modelStore)
  const loaded = useStoreState(modelStore, (state) => state.model !== null)
  const error = useStoreState(modelStore, (state) => state.error)
  const definition = useStoreState(modelStore, (state) => (table === null ? undefined : state.tables.get(table)))
  if (error !== null) {
    return (
      <Screen title="Model">
        <ErrorNotice
          error={error}
          title="The model could not be read"
          action={<Button onClick={() => void model.getState().load()}>Try again</Button>}
        />
      </Screen>
    )
  }
  if (!loaded) {
    return (
      <Screen title="Model">
        <SkeletonLines lines={14} label="Loading the model" />
      </Screen>
    )
  }
  if (table === null) return <TableList />
  if (definition === undefined) {
    return (
      <Screen title={table}>
        <EmptyState icon={<Boxes size={28} />} title="This table is not in the model">
          It may belong to another environment.
        </EmptyState>
      </Screen>
    )
  }
  return <TablePage table={definition} relationship={relationship} />
}
