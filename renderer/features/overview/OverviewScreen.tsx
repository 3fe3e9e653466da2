import { ArrowRight, Blocks, Combine, FileUp, Sparkles, Trash2, UserRoundPen, Workflow } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Location } from '../../frame/location.ts'
import { Screen } from '../../frame/Screen.tsx'
import { environmentStore } from '../../frame/stores/environment.ts'
import { jobsStore } from '../../frame/stores/jobs.ts'
import { modelStore } from '../../frame/stores/model.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { formatBytes, formatCount } from '../../ui/format.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Time } from '../../ui/Time.tsx'
import { FullestTables } from './FullestTables.tsx'

export function OverviewScreen() {
  const view = useStore(viewStore)
  const model = useStore(modelStore)
  const info = useStoreState(environmentStore, (state) => state.info)
  const error = useStoreState(modelStore, (state) => state.error)
  if (info === null) return null
  return (
    <Screen
      title={info.name}
      sentence={
        <>
          One file, {formatBytes(info.sizeBytes)}, created <Time ms={info.createdOnMs} />. Everything here can be broken without harm.
        </>
      }
      actions={
        <>
          <Button icon={<FileUp size={15} />} onClick={() => view.getState().go({ screen: 'import' })}>
            Import a solution
          </Button>
          <Button icon={<Sparkles size={15} />} onClick={() => view.getState().openDialog({ kind: 'generate', table: null })}>
            Generate records
          </Button>
        </>
      }
    >
      {error !== null && (
        <ErrorNotice
          error={error}
          title="The model could not be read"
          action={<Button onClick={() => void model.getState().load()}>Try again</Button>}
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
  const definition = useStoreState(modelStore, (state) => state.model)
  const counts = useStoreState(modelStore, (state) => state.counts)
  const jobs = useStoreState(jobsStore, (state) => state.jobs)
  const rows = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const data = definition?.relationships.filter((relationship) => relationship.kind === 'data').length
  return (
    <div className="overview-numbers">
      <BigNumber label="Tables" value={definition?.tables.length} location={{ screen: 'model', table: null, relationship: null }} />
      <BigNumber label="Relationships" value={data} location={{ screen: 'model', table: null, relationship: null }} />
      <BigNumber
        label="Records"
        value={Object.keys(counts).length === 0 ? undefined : rows}
        location={{ screen: 'records', table: null, recordId: null }}
      />
      <BigNumber label="System jobs" value={jobs?.length} location={{ screen: 'jobs', jobId: null }} />
    </div>
  )
}

function BigNumber({ label, value, location }: { label: string; value: number | undefined; location: Location }) {
  const view = useStore(viewStore)
  return (
    <button type="button" className="overview-number" onClick={() => view.getState().go(location)}>
      <span className="overview-number-value">{value === undefined ? <Skeleton width={56} /> : formatCount(value)}</span>
      <span className="overview-number-label">{label}</span>
    </button>
  )
}

function WhatToTry() {
  const view = useStore(viewStore)
  const hasAccounts = useStoreState(modelStore, (state) => (state.counts.account ?? 0) > 0)
  const { go, openDialog } = view.getState()
  const records: Location = { screen: 'records', table: hasAccounts ? 'account' : null, recordId: null }
  return (
    <section aria-labelledby="overview-try">
      <h2 id="overview-try" className="ui-heading">
        What to try first
      </h2>
      <ul className="overview-list">
        <Try icon={<Trash2 size={16} />} title="Delete an account and see what goes with it" onClick={() => go(records)}>
          Open a record, press Delete: the preview lists every record that would go, and what blocks it.
        </Try>
        <Try icon={<UserRoundPen size={16} />} title="Assign an account to someone else" onClick={() => go(records)}>
          Contacts, tasks and orders follow their account where Assign cascades.
        </Try>
        <Try icon={<Combine size={16} />} title="Merge two records, with and without the parenting check" onClick={() => go(records)}>
          Tick two rows in a list and press Merge.
        </Try>
        <Try
          icon={<Workflow size={16} />}
          title="Change how a relationship cascades"
          onClick={() => go({ screen: 'model', table: hasAccounts ? 'account' : null, relationship: null })}
        >
          Turn a Cascade All into a Restrict and preview the same delete again.
        </Try>
        <Try
          icon={<Blocks size={16} />}
          title="Install a plug-in and watch it run"
          onClick={() => go({ screen: 'plugins', part: 'available' })}
        >
          The examples audit owners, refuse by rule, count children or fail on purpose, in each record’s own transaction.
        </Try>
        <Try
          icon={<Sparkles size={16} />}
          title="Generate enough records for a system job"
          onClick={() => openDialog({ kind: 'generate', table: hasAccounts ? 'contact' : null })}
        >
          From 1,000 records on an assign runs in batches as a system job.
        </Try>
      </ul>
    </section>
  )
}

function Try({ icon, title, onClick, children }: { icon: ReactNode; title: string; onClick: () => void; children: ReactNode }) {
  return (
    <li>
      <button type="button" className="overview-try" onClick={onClick}>
        {icon}
        <span className="overview-try-text">
          <span className="overview-try-title">{title}</span>
          <span className="ui-muted">{children}</span>
        </span>
        <ArrowRight size={15} aria-hidden />
      </button>
    </li>
  )
}
