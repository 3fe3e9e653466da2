import { ArrowDown } from 'lucide-react'
import { useCallback, useEffect, useMemo } from 'react'
import { MESSAGES, type MessageName } from '#engine/contract/messages'
import type { StepInOrder } from '#engine/contract/plugins'
import type { Message } from '#text/message'
import { PluginsTabs } from '../../frame/PluginsTabs.tsx'
import { Screen } from '../../frame/Screen.tsx'
import { modelStore } from '../../frame/stores/model.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { type FoundItem, SearchSelect } from '../../ui/SearchSelect.tsx'
import { Select } from '../../ui/Select.tsx'
import { SkeletonLines } from '../../ui/Skeleton.tsx'
import { OrderedStep } from './OrderedStep.tsx'
import { isOfJobs, PHASES, phaseName, phaseOf } from './plugin-words.ts'
import { executionOrderStore } from './stores/execution-order.ts'
import { pluginsText } from './texts.ts'

/** Lists the steps that listen to a message of a table, in the order of execution. */
export function ExecutionOrder({ table: given, message: givenMessage }: { table: string | null; message: MessageName | null }) {
  const { say } = useWords()
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
    <Screen title={say(pluginsText.title)} sentence={say(pluginsText.order.sentence)}>
      <PluginsTabs part="order" />
      <Choices table={table} message={message} />
      {error !== null && (
        <ErrorNotice
          error={error}
          title={say(pluginsText.order.notRead)}
          action={<Button onClick={() => void executionOrder.getState().show(message, table)}>{say(pluginsText.tryAgain)}</Button>}
        />
      )}
      {error === null && steps === null && <SkeletonLines lines={8} label={say(pluginsText.order.loading)} />}
      {steps !== null && (
        <>
          <p role="status" className="plugins-order-count">
            {say(sentenceOn(steps, message, nameOf))}
          </p>
          <Pipeline steps={steps} message={message} nameOf={nameOf} />
        </>
      )}
    </Screen>
  )
}

function sentenceOn(steps: StepInOrder[], message: MessageName, table: string | null): Message {
  const what = table === null ? message : pluginsText.order.messageOf({ message, table })
  if (steps.length === 0) return pluginsText.order.none({ what })
  const running = steps.filter(({ status }) => status === 'Enabled').length
  const off = steps.length - running
  if (off === 0) return pluginsText.order.allRun({ count: steps.length, what })
  return pluginsText.order.someRun({ running, count: steps.length, what, off })
}

function Choices({ table, message }: { table: string | null; message: MessageName }) {
  const { say } = useWords()
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
        <span className="ui-field-label">{say(pluginsText.order.table)}</span>
        <SearchSelect
          label={say(pluginsText.order.table)}
          placeholder={say(isOfJobs(message) ? pluginsText.order.noTable : pluginsText.order.chooseTable)}
          disabled={isOfJobs(message)}
          value={items.find(({ key }) => key === table) ?? null}
          find={find}
          onChange={(item) => show({ table: item.key })}
        />
      </div>
      <div className="ui-field">
        <span className="ui-field-label">{say(pluginsText.order.message)}</span>
        <Select
          label={say(pluginsText.order.message)}
          value={message}
          options={MESSAGES.map((value) => ({ value, label: value }))}
          onChange={(next) => show({ message: next })}
        />
      </div>
    </div>
  )
}

function Pipeline({ steps, message, nameOf }: { steps: StepInOrder[]; message: MessageName; nameOf: string | null }) {
  const { say } = useWords()
  const shown = isOfJobs(message) ? PHASES.filter((phase) => phase === 'Asynchronous') : PHASES
  return (
    <ol className="plugins-pipeline" aria-label={say(pluginsText.order.heading)}>
      {shown.map((phase) => {
        const own = steps.filter((step) => phaseOf(step) === phase)
        return (
          <li key={phase} className={`plugins-phase plugins-phase-${phase}`}>
            <div className="plugins-phase-head">
              <h2 className="plugins-phase-name">
                {phase === 'MainOperation' && <ArrowDown size={14} aria-hidden />}
                {say(
                  phase === 'MainOperation' && nameOf !== null
                    ? pluginsText.order.mainOperationOf({ message, table: nameOf })
                    : phaseName(phase),
                )}
              </h2>
              <p className="ui-muted ui-small">{say(pluginsText.phaseMeaning[phase])}</p>
            </div>
            {phase !== 'MainOperation' && own.length === 0 && (
              <p className="plugins-phase-none ui-muted">{say(pluginsText.order.noStep)}</p>
            )}
            {own.length > 0 && (
              <ol className="plugins-phase-steps" aria-label={say(pluginsText.order.stepsIn({ phase: phaseName(phase) }))}>
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
