import { X } from 'lucide-react'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { recordText } from '../../frame/RecordLink.tsx'
import { jobsStore } from '../../frame/stores/jobs.ts'
import { modelStore } from '../../frame/stores/model.ts'
import { recordLookup } from '../../frame/stores/record-lookup.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { Button } from '../../ui/Button.tsx'
import { formatRelativeTime, shortenMiddle, shortId } from '../../ui/format.ts'
import { SearchField } from '../../ui/SearchField.tsx'
import { type FoundItem, SearchSelect } from '../../ui/SearchSelect.tsx'
import { Select, type SelectOption } from '../../ui/Select.tsx'
import { EVERY_RUN, isFiltered, type TraceFilter, traceStore } from './stores/trace.ts'

const TYPING_PAUSE_MS = 250
const SHOWN = 60

const OUTCOME_OPTIONS: SelectOption<TraceFilter['outcome']>[] = [
  { value: 'all', label: 'Any outcome' },
  { value: 'errors', label: 'Errors only', description: 'Refused and failed' },
  { value: 'done', label: 'Done' },
  { value: 'refused', label: 'Refused' },
  { value: 'failed', label: 'Failed' },
]

/** The depths to choose from, up to the platform's limit of eight. */
const DEPTH_OPTIONS: SelectOption<string>[] = [
  { value: 'any', label: 'Any depth' },
  ...Array.from({ length: 8 }, (_, index) => ({ value: String(index + 1), label: `Depth ${index + 1}` })),
]

export function TraceFilters() {
  const trace = useStore(traceStore)
  const filter = useStoreState(traceStore, (state) => state.filter)
  const { changeFilter, showOnly } = trace.getState()
  return (
    <div className="trace-filters" role="group" aria-label="Filters">
      <TraceSearch />
      <PluginFilter />
      <TableFilter />
      {filter.table !== null && <RecordFilter key={filter.table} table={filter.table} />}
      <JobFilter />
      <Select
        label="Depth"
        value={filter.depth === null ? 'any' : String(filter.depth)}
        options={DEPTH_OPTIONS}
        onChange={(depth) => changeFilter({ depth: depth === 'any' ? null : Number(depth) })}
      />
      <Select label="Outcome" value={filter.outcome} options={OUTCOME_OPTIONS} onChange={(outcome) => changeFilter({ outcome })} />
      {filter.step !== null && <Chip text={`Step: ${filter.step.label}`} onRemove={() => changeFilter({ step: null })} />}
      {filter.correlationId !== null && (
        <Chip text={`Request: ${shortId(filter.correlationId)}`} onRemove={() => changeFilter({ correlationId: null })} />
      )}
      {isFiltered(filter) && (
        <Button variant="quiet" onClick={() => showOnly(EVERY_RUN)}>
          Clear filters
        </Button>
      )}
    </div>
  )
}

function Chip({ text, onRemove }: { text: string; onRemove: () => void }) {
  return (
    <span className="ui-chip" title={text}>
      {shortenMiddle(text, 48)}
      <button type="button" aria-label={`Remove filter: ${text}`} onClick={onRemove}>
        <X size={12} />
      </button>
    </span>
  )
}

/** Searches during typing, after short pauses. */
function TraceSearch() {
  const trace = useStore(traceStore)
  const search = useStoreState(traceStore, (state) => state.filter.search)
  const [text, setText] = useState(search)
  useEffect(() => setText(search), [search])
  useEffect(() => {
    if (text === search) return
    const timer = setTimeout(() => trace.getState().changeFilter({ search: text }), TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, search, trace])
  return <SearchField label="Search trace and errors" value={text} onChange={setText} />
}

/** A choice with an option for all. */
function AnyOf({ label, any, value, items, onChange }: AnyOfProps) {
  const find = useCallback(
    async (search: string) => {
      const wanted = search.trim().toLowerCase()
      const found = items.filter(({ label: name, description }) => `${name} ${description ?? ''}`.toLowerCase().includes(wanted))
      return [...(wanted === '' ? [{ key: '', label: any }] : []), ...found.slice(0, SHOWN)]
    },
    [items, any],
  )
  return (
    <SearchSelect label={label} placeholder={any} value={value} find={find} onChange={({ key }) => onChange(key === '' ? null : key)} />
  )
}

interface AnyOfProps {
  label: string
  any: string
  value: FoundItem | null
  items: FoundItem[]
  onChange: (key: string | null) => void
}

function PluginFilter() {
  const trace = useStore(traceStore)
  const plugin = useStoreState(traceStore, (state) => state.filter.plugin)
  const met = useStoreState(traceStore, (state) => state.plugins)
  const items = useMemo(
    () => [...new Set([...met, ...(plugin === null ? [] : [plugin])])].sort().map((name) => ({ key: name, label: name })),
    [met, plugin],
  )
  return (
    <AnyOf
      label="Plug-in"
      any="Any plug-in"
      value={items.find(({ key }) => key === plugin) ?? null}
      items={items}
      onChange={(next) => trace.getState().changeFilter({ plugin: next, step: null })}
    />
  )
}

function TableFilter() {
  const trace = useStore(traceStore)
  const table = useStoreState(traceStore, (state) => state.filter.table ?? state.filter.record?.table ?? null)
  const tables = useStoreState(modelStore, (state) => state.tables)
  const counts = useStoreState(modelStore, (state) => state.counts)
  const items = useMemo(
    () =>
      [...tables.values()]
        .map(
          ({ logicalName, displayName }): FoundItem => ({ key: logicalName, label: displayName ?? logicalName, description: logicalName }),
        )
        .sort((a, b) => (counts[b.key] ?? 0) - (counts[a.key] ?? 0) || a.label.localeCompare(b.label)),
    [tables, counts],
  )
  return (
    <AnyOf
      label="Table"
      any="Any table"
      value={items.find(({ key }) => key === table) ?? null}
      items={items}
      onChange={(next) => trace.getState().changeFilter({ table: next, record: null })}
    />
  )
}

function RecordFilter({ table }: { table: string }) {
  const trace = useStore(traceStore)
  const lookup = useStore(recordLookup)
  const record = useStoreState(traceStore, (state) => state.filter.record)
  const find = useCallback(
    async (search: string) => {
      const rows = await lookup.findTargets([table], search)
      const found = rows.map((row) => ({ key: row.id, label: recordText(row), description: shortId(row.id) }))
      return search.trim() === '' ? [{ key: '', label: 'Any record' }, ...found] : found
    },
    [lookup, table],
  )
  return (
    <SearchSelect
      label="Record"
      placeholder="Any record"
      value={record === null ? null : { key: record.id, label: recordText(record) }}
      find={find}
      onChange={({ key, label }: FoundItem) =>
        trace.getState().changeFilter({ record: key === '' ? null : { table, id: key, name: label } })
      }
    />
  )
}

function JobFilter() {
  const trace = useStore(traceStore)
  const job = useStoreState(traceStore, (state) => state.filter.job)
  const jobs = useStoreState(jobsStore, (state) => state.jobs)
  const items = useMemo(() => {
    const known = (jobs ?? []).map(
      ({ id, name, regarding, createdOnMs }): FoundItem => ({
        key: id,
        label: name,
        description: `${regarding === null ? '' : `${regarding.name ?? shortId(regarding.id)}, `}${formatRelativeTime(createdOnMs, Date.now())}`,
      }),
    )
    return job === null || known.some(({ key }) => key === job.id) ? known : [{ key: job.id, label: job.name }, ...known]
  }, [jobs, job])
  return (
    <AnyOf
      label="Job"
      any="Any job"
      value={items.find(({ key }) => key === job?.id) ?? null}
      items={items}
      onChange={(key) => {
        const item = items.find((other) => other.key === key)
        trace.getState().changeFilter({ job: item === undefined ? null : { id: item.key, name: item.label } })
      }}
    />
  )
}
