import { copyFileSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 } from 'uuid'
import type { Answer, BridgeMethod } from '#contract'
import { createAnswerCall } from '../../../../main/ipc/answer-call.ts'
import { createSandbox } from '../../../../main/plugins/sandbox/index.ts'
import { createSampleEnvironment } from '../../../../main/sample/index.ts'
import { type AppSession, createAppSession } from '../../../../main/session/app-session.ts'
import { openWorkbench } from '../../../../main/workbench/index.ts'
import { SMALL_SOLUTION } from '../../../e2e/support/small-solution.ts'
import { pluginText } from '../../../support/plugin-folder.ts'
import type { Random } from '../random.ts'
import { type Outcome, target } from '../target.ts'
import { EXAMPLE_INPUTS } from './example-inputs.ts'
import { mutate } from './mutate.ts'

interface Call {
  method: string
  args: unknown
}

const CALLS = 8
const METHODS = Object.keys(EXAMPLE_INPUTS) as BridgeMethod[]

/** Calls of a page that a script has taken over: every method, with inputs that are right, nearly right, or anything. */
export const bridge = target<Call[]>({
  name: 'bridge',
  makeInput: (random) => Array.from({ length: CALLS }, () => makeCall(random)),
  run: (calls, { folder }) => withSession(folder, (session) => answerAll(session, calls, folder)),
})

function makeCall(random: Random): Call {
  const method = random.pick(METHODS)
  if (method === 'environment.close' && random.chance(0.8)) return makeCall(random)
  const input = random.pick(EXAMPLE_INPUTS[method])
  const args = random.chance(0.3) ? input : mutate(input, random)
  return { method: random.chance(0.01) ? random.pick(['', '__proto__', 'toString', 'records.finds']) : method, args }
}

let sample: Promise<string> | undefined

/** Returns a sample environment that is made once and copied for each run. */
const sampleFile = (): Promise<string> => {
  sample ??= (async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'cascade-fuzz-sample-')), 'sample.cascade')
    await createSampleEnvironment(path, { now: Date.now, newId: () => v7() })
    return path
  })()
  return sample
}

/** Opens a copy of the sample with all work on this thread, so that a run is repeatable and a call that never ends is noticed. */
async function withSession(folder: string, use: (session: AppSession) => Promise<Outcome>): Promise<Outcome> {
  const sandbox = createSandbox({ time: { kind: 'real' } })
  const session = createAppSession({
    dataFolder: join(folder, 'data'),
    host: 'browser',
    version: '0',
    now: Date.now,
    openWorkbench: (path, mode) =>
      openWorkbench({
        path,
        mode,
        now: Date.now,
        newId: () => v7(),
        wait: async () => undefined,
        worker: 'inline',
        plugins: sandbox,
        agreementKey: 'key',
      }),
    createSample: (path) => createSampleEnvironment(path, { now: Date.now, newId: () => v7() }),
    plugins: { watch: () => () => undefined },
  })
  try {
    const path = join(folder, 'e.cascade')
    copyFileSync(await sampleFile(), path)
    await session.open(path)
    return await use(session)
  } finally {
    await session.shutDown()
    sandbox.close()
  }
}

async function answerAll(session: AppSession, calls: Call[], folder: string): Promise<Outcome> {
  const values = await knownValues(session, folder)
  const dialogs = {
    chooseOpen: async () => join(folder, 'rows.csv'),
    chooseSave: async () => join(folder, 'chosen'),
    confirmPermissions: async () => false,
    withdraw: () => undefined,
  }
  const answerCall = createAnswerCall({ session, dialogs, isUpload: () => false })
  let refused: string | undefined
  for (const { method, args } of calls) {
    const answer = await answerCall(method, filled(args, values))
    const what = brokenPromise(answer)
    if (what !== undefined) return { kind: 'failed', what: `${method}: ${what}` }
    if (answer.ok) rememberJob(answer.value, values)
    else refused ??= answer.error.code
  }
  if (existsSync(join(folder, 'new-folder'))) return { kind: 'failed', what: 'A folder was made outside of the app’s own' }
  return refused === undefined ? { kind: 'accepted' } : { kind: 'refused', code: refused }
}

function brokenPromise(answer: Answer<unknown>): string | undefined {
  // An answer must reach the page.
  const text = JSON.stringify(answer)
  if (!answer.ok && answer.error.code === 'UNEXPECTED') return `${answer.error.message}\n${String(answer.error.details.stack ?? '')}`
  return text.includes('root:x:0') ? 'A file that nobody chose was read' : undefined
}

async function knownValues(session: AppSession, folder: string): Promise<Map<string, unknown>> {
  const csv = join(folder, 'rows.csv')
  writeFileSync(csv, 'name,address1_city\nHeron,Porto\n"Osprey\n,",Gent\n')
  const solution = join(folder, 'solution')
  mkdirSync(join(solution, 'Other'), { recursive: true })
  writeFileSync(join(solution, 'Other', 'customizations.xml'), SMALL_SOLUTION)
  const plugin = join(folder, 'audit.ts')
  writeFileSync(plugin, pluginText({ permissions: ['network'] }))
  const workbench = session.workbench()
  const admin = workbench.info().administratorId
  const { rows } = await workbench.as(admin).findRecords({ table: 'account', offset: 0, limit: 2 })
  const token = (path: string) => session.files.give(path).token
  return new Map<string, unknown>([
    ['$admin', admin],
    ['$user', workbench.findPrincipals('').find(({ table, id }) => table === 'systemuser' && id !== admin)?.id],
    ['$account', rows[0]?.id],
    ['$child', rows[1]?.id],
    ['$csv', token(csv)],
    ['$solution', token(join(solution, 'Other', 'customizations.xml'))],
    ['$folder', token(solution)],
    ['$environment', token(join(folder, 'e.cascade'))],
    ['$plugin', token(plugin)],
    ['$job', v7()],
  ])
}

function rememberJob(value: unknown, values: Map<string, unknown>): void {
  if (typeof value === 'object' && value !== null && 'jobId' in value && typeof value.jobId === 'string') values.set('$job', value.jobId)
}

function filled(args: unknown, values: ReadonlyMap<string, unknown>): unknown {
  if (typeof args === 'string') return values.has(args) ? values.get(args) : args
  if (Array.isArray(args)) return args.map((item) => filled(item, values))
  if (typeof args !== 'object' || args === null) return args
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, filled(value, values)]))
}
