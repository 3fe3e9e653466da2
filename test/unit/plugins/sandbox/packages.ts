import { EngineError } from '#engine/contract/errors'
import type { PluginPackage, ServiceAnswer, StepHost } from '#engine/contract/plugin-runtime'

/** Packages, contexts and hosts for tests of what runs plug-ins. */

export const LIMITS = { timeMs: 5_000, memoryMegabytes: 128 }
export const LIMIT_MS = 10_000

export function packageOf(files: Record<string, string> | string, more: Partial<PluginPackage> = {}): PluginPackage {
  const byPath = typeof files === 'string' ? { 'index.ts': files } : files
  return {
    source: 'a test',
    origin: null,
    entry: Object.keys(byPath)[0] ?? 'index.ts',
    files: Object.entries(byPath).map(([path, content]) => ({ path, content, sha256: '' })),
    configuration: '',
    ...more,
  }
}

/** A module with one step, whose handler has this body. */
export const moduleOf = (body: string, { head = '', isAsync = false }: { head?: string; isAsync?: boolean } = {}): string =>
  `import { definePlugin, InvalidPluginExecutionError } from 'cascade-workbench/plugin'
${head}
export default definePlugin({
  name: 'example', version: '1.0.0', apiVersion: 1,
  steps: [{ message: 'Update', stage: 'PreOperation', ${isAsync ? "mode: 'Async', async" : ''} handler(context) {
${body}
  } }],
})
`

export const ID = '0193d5a0-1111-7222-8333-944445555666'
const USER = '0193d5a0-1111-7222-8333-944445555667'

export const inputOf = (more: Record<string, unknown> = {}): string =>
  JSON.stringify({
    messageName: 'Update',
    stage: 'PreOperation',
    mode: 'Sync',
    depth: 1,
    isInTransaction: true,
    primaryEntityName: 'account',
    primaryEntityId: ID,
    target: { name: 'Contoso' },
    inputParameters: {},
    outputParameters: {},
    sharedVariables: {},
    userId: USER,
    initiatingUserId: USER,
    businessUnitId: USER,
    correlationId: USER,
    requestId: USER,
    operationCreatedOn: '2026-01-01T00:00:00.000Z',
    ...more,
  })

export interface RecordedHost extends StepHost {
  calls: [method: string, args: unknown][]
  lines: string[]
}

/** Writes down what it is asked for, and answers each call with `answer`. */
export function hostOf(answer: (method: string, args: unknown) => ServiceAnswer = () => ({ ok: true, value: undefined })): RecordedHost {
  const calls: RecordedHost['calls'] = []
  const lines: string[] = []
  return {
    calls,
    lines,
    call(method, args) {
      const given: unknown = JSON.parse(args)
      calls.push([method, given])
      return answer(method, given)
    },
    trace: (text) => {
      lines.push(text)
    },
  }
}

export const faultOf = (number: number, message = 'account With Id = x Does Not Exist'): ServiceAnswer => ({
  ok: false,
  number,
  fault: { code: 'RECORD_NOT_FOUND', message, platformCode: '0x80040217', platformName: 'ObjectDoesNotExist', hint: null, details: {} },
})

/** What is refused with a code of ours; whatever else is thrown is a defect. */
export function refusalOf(action: () => unknown): EngineError {
  try {
    action()
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    return error
  }
  throw new Error('Nothing was refused')
}
