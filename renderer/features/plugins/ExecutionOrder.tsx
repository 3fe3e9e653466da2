import { ArrowDown } from 'lucide-react'
import { useCallback, useEffect, useMemo } from 'react'
import { MESSAGES, type MessageName } from '#engine/contract/messages'
import type { StepInOrder } from '#engine/contract/plugins'
import { PluginsTabs } from '../../frame/PluginsTabs.tsx'
import { Screen } from '../../frame/Screen.tsx'
import { modelStore } from '../../frame/stores/model.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { countOf } from '../../ui/format.ts'
import { type FoundItem, SearchSelect } from '../../ui/SearchSelect.tsx'
import { Select } from '../../ui/Select.tsx'
import { SkeletonLines } from '../../ui/Skeleton.tsx'
import { OrderedStep } from './OrderedStep.tsx'
import { isOfJobs, PHASES, phaseOf } from './plugin-words.ts'
import { executionOrderStore } from './stores/execution-order.ts'

/** Lists the steps that listen to a message of a table, in the order of execution. */
export function ExecutionOrder({ table: given, message: givenMessage }: { table: string | null; message: MessageName | null }) {
  const executionOrder = useStore(executionOrderStore)
  const message = givenMessage ?? 'Update'
  const fallback = useStoreState(modelStore, (state) =>
    state.tables.has('account') ? 'account' : (state.model?.tables[0]?.logicalName ?? null),
  )
  const table = isOfJobs(message) ? null : (given ?? fallback)
  const steps = useStoreState(executionOrderStore, (state) => (state.message === message && state.table === table ? state.steps : null))
  const error = useStoreState(executionOrderStore, (state) => state.error)
  const nameOf = useStoreState(modelStore, (state) => (table === null ? null : (state.tables.get(table)?.displayName ?? table)))
  useEffect(() => void executionOrder.getState().show(message, table), [executionOrder, message, table])
  return (
    <Screen
      title="Plug-ins"
      sentence="Every step that a message meets, in the order of execution: by stage, by rank, and with equal ranks by the plug-in’s name."
    >
      <PluginsTabs part="order" />
      <Choices table={table} message={message} />
      {error !== null && (
        <ErrorNotice
          error={error}
          title="The order of execution could not be read"
          action={<Button onClick={() => void executionOrder.getState().show(message, table)}>Try again</Button>}
        />
      )}
      {error === null && steps === null && <SkeletonLines lines={8} label="Loading the order of execution" />}
      {steps !== null && (
        <>
          <p role="status" className="plugins-order-count">
            {sentenceOn(steps, message, nameOf)}
          </p>
          <Pipeline steps={steps} message={message} nameOf={nameOf} />
        </>
      )}
    </Screen>
  )
}

function sentenceOn(steps: StepInOrder[], message: MessageName, table: string | null): string {
  const what = table === null ? message : `${message} of ${table}`
  if (steps.length === 0) return `No step takes part in ${what}.`
  const running = steps.filter(({ status }) => status === 'Enabled').length
  const off = steps.length - running
  if (off === 0) return `${countOf(steps.length, 'step')} on ${what}, in this order.`
  return `${running} of ${steps.length} ${steps.length === 1 ? 'step' : 'steps'} on ${what} ${running === 1 ? 'runs' : 'run'}; ${off} ${off === 1 ? 'is' : 'are'} disabled or waiting.`
}

function Choices({ table, message }: { table: string | null; message: MessageName }) {
  const view = useStore(viewStore)
  const tables = useStoreState(modelStore, (state) => state.tables)
  const items = useMemo(
    () =>
      [...tables.values()].map(
        ({ logicalName, displayName }): FoundItem => ({ key: logicalName, label: displayName ?? logicalName, description: logicalName }),
      ),
    [tables],
  )
  const find = useCallback(
    async (search: string) => {
      const wanted = search.trim().toLowerCase()
      return items.filter(({ key, label }) => key.includes(wanted) || label.toLowerCase().includes(wanted)).slice(0, 60)
    },
    [items],
  )
  const show = (change: { table?: string | null; message?: MessageName }) =>
    view.getState().replace({ screen: 'plugins', part: 'order', table, message, ...change })
  return (
    <div className="plugins-order-choices">
      <div className="ui-field">
        <span className="ui-field-label">Table</span>
        <SearchSelect
          label="Table"
          placeholder={isOfJobs(message) ? 'none: raised by jobs' : 'Choose a table'}
          disabled={isOfJobs(message)}
          value={items.find(({ key }) => key === table) ?? null}
          find={find}
          onChange={(item) => show({ table: item.key })}
        />
      </div>
      <div className="ui-field">
        <span className="ui-field-label">Message</span>
        <Select
          label="Message"
          value={message}
          options={MESSAGES.map((value) => ({ value, label: value }))}
          onChange={(next) => show({ message: next })}
        />
      </div>
    </div>
  )
}

function Pipeline({ steps, message, nameOf }: { steps: StepInOrder[]; message: MessageName; nameOf: string | null }) {
  const shown = isOfJobs(message) ? PHASES.filter(({ phase }) => phase === 'Asynchronous') : PHASES
  return (
    <ol className="plugins-pipeline" aria-label="Order of execution">
      {shown.map(({ phase, label, meaning }) => {
        const own = steps.filter((step) => phaseOf(step) === phase)
        return (
          <li key={phase} className={`plugins-phase plugins-phase-${phase}`}>
            <div className="plugins-phase-head">
              <h2 className="plugins-phase-name">
                {phase === 'MainOperation' && <ArrowDown size={14} aria-hidden />}
                {label}
                {phase === 'MainOperation' && nameOf !== null && `: ${message} of ${nameOf}`}
              </h2>
              <p className="ui-muted ui-small">{meaning}</p>
            </div>
            {phase !== 'MainOperation' && own.length === 0 && <p className="plugins-phase-none ui-muted">No step.</p>}
            {own.length > 0 && (
              <ol className="plugins-phase-steps" aria-label={`Steps in ${label}`}>
                {own.map((step) => (
                  <OrderedStep key={step.number} step={step} />
                ))}
              </ol>
            )}
          </li>
        )
      })}
    </ol>
  )
}
