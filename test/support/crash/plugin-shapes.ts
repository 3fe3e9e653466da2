import type { OrganizationService, PluginDefinition, StepContext, StepDefinition } from '#plugin-api'
import { InvalidPluginExecutionError } from '#plugin-api'
import type { RowSketch, Sketch } from '../reference-model/sketch.ts'
import { rowId } from '../reference-model/sketch.ts'
import { ALL, relationship, repeat, row, type Shape, sketchOf, table } from './shapes.ts'

/** A cascade with plug-ins in the midst of it, killed at each of its steps. */
export interface PluginShape extends Shape {
  mode: 'Sync' | 'Async'
  plugins: PluginDefinition[]
  settings?: Sketch['settings']
}

/** Steps write here what they did: a line for each, so that one that came twice or not at all shows. */
export const LOG = 'new_log'

/** What somebody does about a job that has paused: this plug-in is disabled and the job resumed. */
export const OBSTACLE = 'obstacle'

const note = (service: OrganizationService, name: string): string => service.create(LOG, { name })

const say = (context: StepContext): string =>
  `${context.mode} ${context.stage} ${context.messageName} ${context.primaryEntityName} ${Number(context.primaryEntityId.slice(-4))}`

/** Says that it ran. */
const writes = (context: StepContext): void => void note(context.service, say(context))

const step = (
  message: StepDefinition['message'],
  tableName: string | undefined,
  stage: StepDefinition['stage'],
  handler: StepDefinition['handler'],
  more: Partial<StepDefinition> = {},
): StepDefinition => ({ message, stage, handler, ...(tableName ? { table: tableName } : {}), ...more })

const plugin = (name: string, ...steps: StepDefinition[]): PluginDefinition => ({ name, version: '1.0.0', apiVersion: 1, steps })

const below = relationship('account', 'contact', 'new_accountid', ALL)
const deeper = relationship('contact', 'new_visit', 'new_contactid', ALL)

/** An account with contacts, the last row of each of which has a visit; another account aside. */
const rows: RowSketch[] = [
  row('account'),
  row('account'),
  ...repeat(4, () => row('contact', { new_accountid: 0 })),
  ...repeat(3, (index) => row('new_visit', { new_contactid: 2 + index })),
  ...repeat(2, () => row('contact', { new_accountid: 1 })),
]

const sketch = (settings: Sketch['settings'] = {}): Sketch =>
  sketchOf([below, deeper], rows, { tables: [...['account', 'contact', 'new_visit'].map(table), table(LOG)], settings })

const assign = { operation: 'Assign', caller: 'bob', row: 0, to: 'carol' } as const

const ofContacts = ['PreOperation', 'PostOperation'] as const

/** Changes the target, so that what a step asked for shows in the record itself. */
const marks = ({ target }: StepContext): void => {
  target.note = 'marked'
}

export const PLUGIN_SHAPES: PluginShape[] = [
  {
    name: 'assign with synchronous steps that write',
    mode: 'Async',
    batchSize: 3,
    operation: assign,
    sketch: sketch(),
    plugins: [
      plugin(
        'audit',
        ...ofContacts.map((stage) => step('Update', 'contact', stage, writes)),
        step('Update', 'contact', 'PreOperation', marks),
      ),
      plugin('root', step('Assign', 'account', 'PostOperation', writes)),
    ],
  },
  {
    name: 'delete with synchronous steps that write',
    mode: 'Async',
    batchSize: 4,
    operation: { operation: 'Delete', caller: 'bob', row: 0 },
    sketch: sketch(),
    plugins: [plugin('audit', step('Delete', 'contact', 'PreOperation', writes), step('Delete', 'account', 'PostOperation', writes))],
  },
  {
    name: 'merge with steps on its message, its moved rows and its end',
    mode: 'Async',
    batchSize: 2,
    operation: { operation: 'Merge', caller: 'bob', target: 1, subordinate: 0, parentingCheck: false, content: { note: 'Kept' } },
    sketch: sketch(),
    plugins: [
      plugin(
        'audit',
        step('Merge', 'account', 'PreOperation', writes),
        step('Merge', 'account', 'PostOperation', writes),
        step('Update', 'contact', 'PostOperation', writes),
        step('SetState', 'account', 'PostOperation', writes),
      ),
    ],
  },
  {
    name: 'assign whose steps start cascades of their own',
    mode: 'Async',
    batchSize: 2,
    operation: assign,
    sketch: sketch({ thresholds: { Assign: 1, Delete: 1, Merge: 1 } }),
    plugins: [
      plugin(
        'nest',
        step('Update', 'contact', 'PostOperation', ({ service, primaryEntityId, depth }) => {
          if (depth > 2) return
          if (primaryEntityId === rowId(3)) service.assign('account', rowId(1), 'crew')
          if (primaryEntityId === rowId(4)) service.delete('contact', rowId(9))
        }),
        step('Update', 'contact', 'PostOperation', writes, { rank: 2 }),
        step('Delete', 'contact', 'PostOperation', writes),
      ),
    ],
  },
  {
    name: 'assign with asynchronous steps',
    mode: 'Async',
    batchSize: 4,
    operation: assign,
    sketch: sketch(),
    plugins: [
      plugin(
        'later',
        step(
          'Assign',
          'contact',
          'PostOperation',
          async (context) => {
            writes(context)
            await Promise.resolve()
            context.service.update('contact', context.primaryEntityId, { note: 'later' })
            note(context.service, `${say(context)} again`)
          },
          { mode: 'Async' },
        ),
        // What an asynchronous step asks for has steps of its own.
        step('Update', 'contact', 'PostOperation', writes, { filteringAttributes: ['note'] }),
        step('cascadeAsync_SuccessAPI', undefined, 'PostOperation', ({ service, messageName }) => void note(service, messageName), {
          mode: 'Async',
        }),
      ),
    ],
  },
  {
    name: 'assign with a step that fails on one record and is tried again',
    mode: 'Async',
    batchSize: 3,
    operation: assign,
    sketch: sketch({ maxAttempts: 9, retryDelaySeconds: 0 }),
    plugins: [
      plugin(
        'sometimes',
        step('Update', 'contact', 'PostOperation', (context) => {
          writes(context)
          if (context.primaryEntityId === rowId(4) && (context.job?.attempt ?? 0) < 3) throw new Error('Not yet')
        }),
      ),
    ],
  },
  {
    name: 'delete that pauses, and goes on without the plug-in that stopped it',
    mode: 'Async',
    batchSize: 3,
    operation: { operation: 'Delete', caller: 'bob', row: 0 },
    sketch: sketch({ maxAttempts: 2, retryDelaySeconds: 0 }),
    plugins: [
      plugin('audit', step('Delete', 'contact', 'PostOperation', writes)),
      plugin(
        OBSTACLE,
        step('Delete', 'contact', 'PreOperation', (context) => {
          if (context.primaryEntityId !== rowId(4)) return
          writes(context)
          throw new InvalidPluginExecutionError('This one stays')
        }),
        step('cascadeAsync_FailureAPI', undefined, 'PostOperation', ({ service, messageName }) => void note(service, messageName), {
          mode: 'Async',
        }),
      ),
    ],
  },
  {
    name: 'synchronous delete with steps',
    mode: 'Sync',
    batchSize: 3,
    operation: { operation: 'Delete', caller: 'bob', row: 0 },
    sketch: sketch(),
    plugins: [
      plugin(
        'audit',
        step('Delete', undefined, 'PostOperation', writes),
        step('Delete', 'contact', 'PostOperation', (context) => writes(context), { mode: 'Async' }),
      ),
    ],
  },
]

export function pluginShapeNamed(name: string | undefined): PluginShape {
  const shape = PLUGIN_SHAPES.find((each) => each.name === name)
  if (!shape) throw new Error(`No shape "${name}"`)
  return shape
}
