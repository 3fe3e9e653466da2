import { ArrowRight, Blocks, Combine, FileUp, Sparkles, Trash2, UserRoundPen, Workflow } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Message } from '#text/message'
import type { Location } from '../../frame/location.ts'
import { Screen } from '../../frame/Screen.tsx'
import { useCount, useCounts } from '../../frame/stores/counts.ts'
import { environmentStore } from '../../frame/stores/environment.ts'
import { jobsStore } from '../../frame/stores/jobs.ts'
import { modelStore } from '../../frame/stores/model.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { Text } from '../../text/Text.tsx'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Time } from '../../ui/Time.tsx'
import { FullestTables } from './FullestTables.tsx'
import { overviewText } from './texts.ts'

export function OverviewScreen() {
  const { bytes, say } = useWords()
  const view = useStore(viewStore)
  const model = useStore(modelStore)
  const info = useStoreState(environmentStore, (state) => state.info)
  const error = useStoreState(modelStore, (state) => state.error)
  if (info === null) return null
  return (
    <Screen
      title={info.name}
      sentence={<Text of={overviewText.sentence({ size: bytes(info.sizeBytes) })} tags={{ time: () => <Time ms={info.createdOnMs} /> }} />}
      actions={
        <>
          <Button icon={<FileUp size={15} />} onClick={() => view.getState().go({ screen: 'import' })}>
            {say(overviewText.import)}
          </Button>
          <Button icon={<Sparkles size={15} />} onClick={() => view.getState().openDialog({ kind: 'generate', table: null })}>
            {say(overviewText.generate)}
          </Button>
        </>
      }
    >
      {error !== null && (
        <ErrorNotice
          error={error}
          title={say(overviewText.notRead)}
          action={<Button onClick={() => void model.getState().load()}>{say(overviewText.tryAgain)}</Button>}
        />
      )}
      <Numbers />
      <div className="overview-columns">
        <WhatToTry />
        <FullestTables />
      </div>
    </Screen>
  )
}

/** Shows numbers, each a link to what it counts. */
function Numbers() {
  const { say } = useWords()
  const definition = useStoreState(modelStore, (state) => state.model)
  const counts = useCounts(null)
  const jobs = useStoreState(jobsStore, (state) => state.jobs)
  const rows = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const data = definition?.relationships.filter((relationship) => relationship.kind === 'data').length
  return (
    <div className="overview-numbers">
      <BigNumber
        label={say(overviewText.number.tables)}
        value={definition?.tables.length}
        location={{ screen: 'model', table: null, relationship: null }}
      />
      <BigNumber
        label={say(overviewText.number.relationships)}
        value={data}
        location={{ screen: 'model', table: null, relationship: null }}
      />
      <BigNumber
        label={say(overviewText.number.records)}
        value={Object.keys(counts).length === 0 ? undefined : rows}
        location={{ screen: 'records', table: null, recordId: null }}
      />
      <BigNumber label={say(overviewText.number.jobs)} value={jobs?.length} location={{ screen: 'jobs', jobId: null }} />
    </div>
  )
}

function BigNumber({ label, value, location }: { label: string; value: number | undefined; location: Location }) {
  const { count } = useWords()
  const view = useStore(viewStore)
  return (
    <button type="button" className="overview-number" onClick={() => view.getState().go(location)}>
      <span className="overview-number-value">{value === undefined ? <Skeleton width={56} /> : count(value)}</span>
      <span className="overview-number-label">{label}</span>
    </button>
  )
}

function WhatToTry() {
  const { say } = useWords()
  const view = useStore(viewStore)
  const hasAccounts = (useCount('account') ?? 0) > 0
  const { go, openDialog } = view.getState()
  const records: Location = { screen: 'records', table: hasAccounts ? 'account' : null, recordId: null }
  return (
    <section aria-labelledby="overview-try">
      <h2 id="overview-try" className="ui-heading">
        {say(overviewText.try.heading)}
      </h2>
      <ul className="overview-list">
        <Try icon={<Trash2 size={16} />} what={overviewText.try.delete} onClick={() => go(records)} />
        <Try icon={<UserRoundPen size={16} />} what={overviewText.try.assign} onClick={() => go(records)} />
        <Try icon={<Combine size={16} />} what={overviewText.try.merge} onClick={() => go(records)} />
        <Try
          icon={<Workflow size={16} />}
          what={overviewText.try.cascade}
          onClick={() => go({ screen: 'model', table: hasAccounts ? 'account' : null, relationship: null })}
        />
        <Try icon={<Blocks size={16} />} what={overviewText.try.plugin} onClick={() => go({ screen: 'plugins', part: 'available' })} />
        <Try
          icon={<Sparkles size={16} />}
          what={overviewText.try.generate}
          onClick={() => openDialog({ kind: 'generate', table: hasAccounts ? 'contact' : null })}
        />
      </ul>
    </section>
  )
}

interface TryProps {
  icon: ReactNode
  what: { title: Message; explanation: Message }
  onClick: () => void
}

function Try({ icon, what, onClick }: TryProps) {
  const { say } = useWords()
  return (
    <li>
      <button type="button" className="overview-try" onClick={onClick}>
        {icon}
        <span className="overview-try-text">
          <span className="overview-try-title">{say(what.title)}</span>
          <span className="ui-muted">{say(what.explanation)}</span>
        </span>
        <ArrowRight size={15} aria-hidden />
      </button>
    </li>
  )
}
