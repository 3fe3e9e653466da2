import { Boxes } from 'lucide-react'
import { Screen } from '../../frame/Screen.tsx'
import { modelStore } from '../../frame/stores/model.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { SkeletonLines } from '../../ui/Skeleton.tsx'
import { TableList } from './TableList.tsx'
import { TablePage } from './TablePage.tsx'
import { modelText } from './texts.ts'

export function ModelScreen({ table, relationship }: { table: string | null; relationship: string | null }) {
  const { say } = useWords()
  const model = useStore(modelStore)
  const loaded = useStoreState(modelStore, (state) => state.model !== null)
  const error = useStoreState(modelStore, (state) => state.error)
  const definition = useStoreState(modelStore, (state) => (table === null ? undefined : state.tables.get(table)))
  if (error !== null) {
    return (
      <Screen title={say(modelText.title)}>
        <ErrorNotice
          error={error}
          title={say(modelText.notRead)}
          action={<Button onClick={() => void model.getState().load()}>{say(modelText.tryAgain)}</Button>}
        />
      </Screen>
    )
  }
  if (!loaded) {
    return (
      <Screen title={say(modelText.title)}>
        <SkeletonLines lines={14} label={say(modelText.loading)} />
      </Screen>
    )
  }
  if (table === null) return <TableList />
  if (definition === undefined) {
    return (
      <Screen title={table}>
        <EmptyState icon={<Boxes size={28} />} title={say(modelText.unknownTable)}>
          {say(modelText.unknownTableHint)}
        </EmptyState>
      </Screen>
    )
  }
  return <TablePage table={definition} relationship={relationship} />
}
