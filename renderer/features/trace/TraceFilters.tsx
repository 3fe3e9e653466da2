import { X } from 'lucide-react'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { recordText } from '../../frame/RecordLink.tsx'
import { countsStore, fullestFirst } from '../../frame/stores/counts.ts'
import { jobsStore } from '../../frame/stores/jobs.ts'
import { modelStore } from '../../frame/stores/model.ts'
import { recordLookup } from '../../frame/stores/record-lookup.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords, type Words } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { shortenMiddle, shortId } from '../../ui/format.ts'
import { SearchField } from '../../ui/SearchField.tsx'
import { type FoundItem, SearchSelect } from '../../ui/SearchSelect.tsx'
import { Select, type SelectOption } from '../../ui/Select.tsx'
import { EVERY_RUN, isFiltered, type TraceFilter, traceStore } from './stores/trace.ts'
import { traceText } from './texts.ts'

const TYPING_PAUSE_MS = 250
const SHOWN = 60

const { filter: text } = traceText

const outcomeOptions = ({ say }: Words): SelectOption<TraceFilter['outcome']>[] => [
  { value: 'all', label: say(text.anyOutcome) },
  { value: 'errors', label: say(text.errors), description: say(text.errorsMeaning) },
  { value: 'done', label: say(traceText.outcome.done) },
  { value: 'refused', label: say(traceText.outcome.refused) },
  { value: 'failed', label: say(traceText.outcome.failed) },
]

/** Returns the depths to choose from, up to the platform's limit of eight. */
const depthOptions = ({ say }: Words): SelectOption<string>[] => [
  { value: 'any', label: say(text.anyDepth) },
  ...Array.from({ length: 8 }, (_, index) => ({ value: String(index + 1), label: say(text.atDepth({ depth: index + 1 })) })),
]

export function TraceFilters() {
  const words = useWords()
  const { say } = words
  const trace = useStore(traceStore)
  const filter = useStoreState(traceStore, (state) => state.filter)
  const { changeFilter, showOnly } = trace.getState()
  return (
    <div className="trace-filters" role="group" aria-label={say(text.label)}>
      <TraceSearch />
      <PluginFilter />
      <TableFilter />
      {filter.table !== null && <RecordFilter key={filter.table} table={filter.table} />}
      <JobFilter />
      <Select
        label={say(text.depth)}
        value={filter.depth === null ? 'any' : String(filter.depth)}
        options={depthOptions(words)}
        onChange={(depth) => changeFilter({ depth: depth === 'any' ? null : Number(depth) })}
      />
      <Select
        label={say(text.outcome)}
        value={filter.outcome}
        options={outcomeOptions(words)}
        onChange={(outcome) => changeFilter({ outcome })}
      />
      {filter.step !== null && <Chip filter={say(text.step({ step: filter.step.label }))} onRemove={() => changeFilter({ step: null })} />}
      {filter.correlationId !== null && (
        <Chip
          filter={say(text.request({ request: shortId(filter.correlationId) }))}
          onRemove={() => changeFilter({ correlationId: null })}
        />
      )}
      {isFiltered(filter) && (
        <Button variant="quiet" onClick={() => showOnly(EVERY_RUN)}>
          {say(traceText.clearFilters)}
        </Button>
      )}
    </div>
  )
}

function Chip({ filter, onRemove }: { filter: string; onRemove: () => void }) {
  const { say } = useWords()
  return (
    <span className="ui-chip" title={filter}>
      {shortenMiddle(filter, 48)}
      <button type="button" aria-label={say(text.remove({ filter }))} onClick={onRemove}>
        <X size={12} />
      </button>
    </span>
  )
}

/** Searches during typing, after short pauses. */
function TraceSearch() {
  const { say } = useWords()
  const trace = useStore(traceStore)
  const search = useStoreState(traceStore, (state) => state.filter.search)
  const [typed, setTyped] = useState(search)
  useEffect(() => setTyped(search), [search])
  useEffect(() => {
    if (typed === search) return
    const timer = setTimeout(() => trace.getState().changeFilter({ search: typed }), TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed, search, trace])
  return <SearchField label={say(text.search)} value={typed} onChange={setTyped} />
}

/** A choice with an option for all. */
function AnyOf({ label, any, value, items, order, onChange }: AnyOfProps) {
  const find = useCallback(
    async (search: string) => {
      const wanted = search.trim().toLowerCase()
      const found = items.filter(({ label: name, description }) => `${name} ${description ?? ''}`.toLowerCase().includes(wanted))
      if (order !== undefined) found.sort(await order())
      return [...(wanted === '' ? [{ key: '', label: any }] : []), ...found.slice(0, SHOWN)]
    },
    [items, order, any],
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
  /** Asked for when the list is open; without it the items stay as they are. */
  order?: () => Promise<(a: FoundItem, b: FoundItem) => number>
  onChange: (key: string | null) => void
}

function PluginFilter() {
  const { say } = useWords()
  const trace = useStore(traceStore)
  const plugin = useStoreState(traceStore, (state) => state.filter.plugin)
  const met = useStoreState(traceStore, (state) => state.plugins)
  const items = useMemo(
    () => [...new Set([...met, ...(plugin === null ? [] : [plugin])])].sort().map((name) => ({ key: name, label: name })),
    [met, plugin],
  )
  return (
    <AnyOf
      label={say(text.plugin)}
      any={say(text.anyPlugin)}
      value={items.find(({ key }) => key === plugin) ?? null}
      items={items}
      onChange={(next) => trace.getState().changeFilter({ plugin: next, step: null })}
    />
  )
}

function TableFilter() {
  const { say } = useWords()
  const trace = useStore(traceStore)
  const table = useStoreState(traceStore, (state) => state.filter.table ?? state.filter.record?.table ?? null)
  const tables = useStoreState(modelStore, (state) => state.tables)
  const counts = useStore(countsStore)
  const items = useMemo(
    () =>
      [...tables.values()].map(
        ({ logicalName, displayName }): FoundItem => ({ key: logicalName, label: displayName ?? logicalName, description: logicalName }),
      ),
    [tables],
  )
  const order = useCallback(async () => fullestFirst(await counts.read(null)), [counts])
  return (
    <AnyOf
      label={say(text.table)}
      any={say(text.anyTable)}
      value={items.find(({ key }) => key === table) ?? null}
      items={items}
      order={order}
      onChange={(next) => trace.getState().changeFilter({ table: next, record: null })}
    />
  )
}

function RecordFilter({ table }: { table: string }) {
  const { say } = useWords()
  const trace = useStore(traceStore)
  const lookup = useStore(recordLookup)
  const record = useStoreState(traceStore, (state) => state.filter.record)
  const find = useCallback(
    async (search: string) => {
      const rows = await lookup.findTargets([table], search)
      const found = rows.map((row) => ({ key: row.id, label: recordText(row), description: shortId(row.id) }))
      return search.trim() === '' ? [{ key: '', label: say(text.anyRecord) }, ...found] : found
    },
    [lookup, table, say],
  )
  return (
    <SearchSelect
      label={say(text.record)}
      placeholder={say(text.anyRecord)}
      value={record === null ? null : { key: record.id, label: recordText(record) }}
      find={find}
      onChange={({ key, label }: FoundItem) =>
        trace.getState().changeFilter({ record: key === '' ? null : { table, id: key, name: label } })
      }
    />
  )
}

function JobFilter() {
  const { say, relativeTime } = useWords()
  const trace = useStore(traceStore)
  const job = useStoreState(traceStore, (state) => state.filter.job)
  const jobs = useStoreState(jobsStore, (state) => state.jobs)
  const items = useMemo(() => {
    const known = (jobs ?? []).map(
      ({ id, name, regarding, createdOnMs }): FoundItem => ({
        key: id,
        label: name,
        description: `${regarding === null ? '' : `${regarding.name ?? shortId(regarding.id)}, `}${relativeTime(createdOnMs, Date.now())}`,
      }),
    )
    return job === null || known.some(({ key }) => key === job.id) ? known : [{ key: job.id, label: job.name }, ...known]
  }, [jobs, job, relativeTime])
  return (
    <AnyOf
      label={say(text.job)}
      any={say(text.anyJob)}
      value={items.find(({ key }) => key === job?.id) ?? null}
      items={items}
      onChange={(key) => {
        const item = items.find((other) => other.key === key)
        trace.getState().changeFilter({ job: item === undefined ? null : { id: item.key, name: item.label } })
      }}
    />
  )
}
