import { describe, expect, test } from 'vitest'
import type { LoadedPlugin, StepAnswer } from '#engine/contract/plugin-runtime'
import { faultOf, hostOf, ID, inputOf, LIMIT_MS, moduleOf, refusalOf } from './packages.ts'

/** What a plug-in sees and answers, whichever runtime it runs in. `load` takes the modules of a package by their paths. */
export function runtimeSuite(load: (files: Record<string, string>, configuration?: string) => LoadedPlugin): void {
  const loadOne = (source: string, configuration?: string) => load({ 'index.ts': source }, configuration)
  const run = (
    body: string,
    { input = {}, host = hostOf() }: { input?: Record<string, unknown>; host?: ReturnType<typeof hostOf> } = {},
  ): StepAnswer => loadOne(moduleOf(body)).run(0, inputOf(input), host, LIMIT_MS)
  const runAsync = (body: string, host = hostOf()): Promise<StepAnswer> =>
    loadOne(moduleOf(body, { isAsync: true })).runAsync(0, inputOf({ mode: 'Async' }), host, LIMIT_MS)
  const outputOf = (answer: StepAnswer) => {
    expect(answer.kind).toBe('done')
    return answer.kind === 'done' ? (JSON.parse(answer.output) as Record<string, Record<string, unknown>>) : {}
  }

  describe('what a module exports', () => {
    test('is plain data, with true for handlers and null for what data cannot say [CT13]', () => {
      const plugin = loadOne(`const loop = {}; loop.self = loop
        export default { name: 'x', loop, when: () => 1, size: 10n, nothing: undefined, none: null, far: Infinity,
          steps: [{ message: 'Create', handler() {}, filter: [undefined, 1] }, { handler: 'no function' }, 3] }`)

      expect(plugin.definition).toEqual({
        name: 'x',
        loop: { self: null },
        when: null,
        size: null,
        none: null,
        far: null,
        steps: [{ message: 'Create', handler: true, filter: [null, 1] }, { handler: 'no function' }, 3],
      })
    })

    test('may be a function of the configuration, called once', () => {
      const plugin = loadOne(
        `let calls = 0
         export default (configuration) => { calls += 1; return { name: configuration, steps: [{ handler: ({ target }) => { target.calls = calls } }] } }`,
        'sales',
      )

      const answer = plugin.run(0, inputOf(), hostOf(), LIMIT_MS)

      expect(plugin.definition).toMatchObject({ name: 'sales' })
      expect(outputOf(answer).target).toEqual({ name: 'Contoso', calls: 1 })
    })

    test.each([
      ['a promise', 'export default Promise.resolve({})', /exports a promise/],
      ['a function that returns one', 'export default async () => ({})', /exports a promise/],
      ['a function that throws', `export default () => { throw new Error('no table is set') }`, /no table is set/],
      ['a module that throws', `throw new Error('not today')`, /not today/],
    ])('%s is refused [CT13]', (_, source, message) => {
      const refusal = refusalOf(() => loadOne(source))

      expect(refusal.code).toBe('PLUGIN_INVALID')
      expect(refusal.message).toMatch(message)
    })

    test('nothing at all is for others to judge', () => {
      expect(loadOne('export const other = 1').definition).toBeNull()
    })

    test('modules of the package are found as TypeScript finds them', () => {
      const plugin = load({
        'index.ts': `import { one } from './lib/one.ts'\nimport { two } from './lib/two.ts'\nexport default { sum: one + two }`,
        'lib/one.ts': `import { two } from './two.ts'\nexport const one: number = two - 1`,
        'lib/two.ts': 'export const two = 2 as const',
      })

      expect(plugin.definition).toEqual({ sum: 3 })
    })
  })

  describe('the context', () => {
    test('has everything that the step was given', () => {
      const given = {
        preImage: { name: 'Old' },
        postImage: { name: 'New' },
        job: { id: ID, name: 'job', attempt: 1, batch: 2 },
        parentContext: { depth: 1 },
      }

      const answer = run(
        `const { service, trace, ...fields } = context
         context.outputParameters.seen = JSON.parse(JSON.stringify(fields))
         context.outputParameters.functions = [typeof service.retrieve, typeof trace]`,
        { input: given },
      )

      expect(outputOf(answer).outputParameters).toEqual({
        seen: { ...(JSON.parse(inputOf()) as object), ...given, inputParameters: { Target: { name: 'Contoso' } } },
        functions: ['function', 'function'],
      })
    })

    test('the target is one object with inputParameters.Target, and comes back changed', () => {
      const answer = run(
        'context.target.name = "Fabrikam"; context.inputParameters.Target.city = "Oslo"; context.outputParameters.id = context.primaryEntityId',
      )

      expect(outputOf(answer)).toEqual({ target: { name: 'Fabrikam', city: 'Oslo' }, sharedVariables: {}, outputParameters: { id: ID } })
    })

    test('after PostOperation the target does not come back', () => {
      const answer = run('context.target.name = "Fabrikam"; context.sharedVariables.seen = true', { input: { stage: 'PostOperation' } })

      expect(outputOf(answer)).toEqual({ target: null, sharedVariables: { seen: true }, outputParameters: {} })
    })

    test('an input of two lines is one context, whatever the line before said', () => {
      const { target, ...rest } = JSON.parse(inputOf()) as Record<string, unknown>
      const inputs = [1, 2, 2].map((depth) => `${JSON.stringify({ target })}\n${JSON.stringify({ ...rest, depth })}`)
      const plugin = load({ 'index.ts': moduleOf('context.target.name = [context.depth, Object.keys(context).length].join()') })

      const answers = inputs.map((input) => plugin.run(0, input, hostOf(), LIMIT_MS))

      const fields = Object.keys(rest).length + 3
      expect(answers.map((answer) => (outputOf(answer) as { target: unknown }).target)).toEqual(
        [1, 2, 2].map((depth) => ({ name: `${depth},${fields}` })),
      )
    })

    test.each([
      'context.preImage.name = 1',
      'context.preImage.owner.id = 1',
      'context.target = {}',
      'context.inputParameters.Target = {}',
      'context.job.batch = 2',
    ])('what cannot change is frozen: %s', (body) => {
      const answer = run(body, { input: { preImage: { name: 'a', owner: { id: ID } }, job: { batch: 1 } } })

      expect(answer).toMatchObject({ kind: 'failed', message: expect.stringMatching(/^TypeError: /) })
    })

    const merge = (stage: string) => ({
      messageName: 'Merge',
      stage,
      inputParameters: { SubordinateId: ID, UpdateContent: { city: 'Oslo', fax: '1' }, PerformParentingChecks: true },
    })

    test.each([
      ['Merge', 'c.UpdateContent.city = "Bergen"; delete c.UpdateContent.fax; c.UpdateContent.phone = "2"', { city: 'Bergen', phone: '2' }],
      ['Merge', 'c.UpdateContent = { owner: { id: "x" } }; c.UpdateContent.owner.id = "y"', { owner: { id: 'y' } }],
      ['Merge', 'delete c.UpdateContent', undefined],
    ])('a Pre stage of %s changes its parameters: %s [PG34]', (_, body, UpdateContent) => {
      const answer = run(`const c = context.inputParameters; c.PerformParentingChecks = false; ${body}`, { input: merge('PreOperation') })

      expect((outputOf(answer) as { inputParameters?: unknown }).inputParameters).toEqual({ UpdateContent, PerformParentingChecks: false })
    })

    test('a Pre stage of Assign changes the assignee [PG34]', () => {
      const input = { messageName: 'Assign', stage: 'PreValidation', inputParameters: { Assignee: { table: 'systemuser', id: ID } } }

      const answer = run('context.inputParameters.Assignee = "bob"', { input })

      expect((outputOf(answer) as { inputParameters?: unknown }).inputParameters).toEqual({ Assignee: 'bob' })
    })

    test.each([
      ['PreOperation', 'context.inputParameters.SubordinateId = "x"'],
      ['PreOperation', 'delete context.inputParameters.SubordinateId'],
      ['PreOperation', 'context.inputParameters.Suspended = true'],
      ['PreOperation', 'context.inputParameters = {}'],
      ['PreOperation', 'Object.defineProperty(context.inputParameters, "SubordinateId", { value: "x" })'],
      ['PostOperation', 'context.inputParameters.PerformParentingChecks = false'],
      ['PostOperation', 'context.inputParameters.UpdateContent.city = "Bergen"'],
    ])('other parameters and stages are frozen: %s, %s [PG35]', (stage, body) => {
      expect(run(body, { input: merge(stage) })).toMatchObject({ kind: 'failed', message: expect.stringMatching(/^TypeError: /) })
    })

    test('an image that is not registered is undefined', () => {
      expect(
        outputOf(run('context.target.images = [context.preImage === undefined, context.postImage === undefined]')).target,
      ).toMatchObject({
        images: [true, true],
      })
    })

    test('other messages than Create and Update have the record as target', () => {
      const answer = run('context.target.id = "another"', { input: { messageName: 'Delete', target: { table: 'account', id: ID } } })

      expect(answer).toMatchObject({ kind: 'failed', message: expect.stringMatching(/^TypeError: /) })
    })

    test('is gone when the step has ended [CT9]', () => {
      const plugin = loadOne(
        moduleOf(
          `if (kept === undefined) { kept = context; return }
           for (const use of [() => kept.service.create('account', {}), () => kept.trace('late')])
             try { use(); context.trace('worked') } catch (error) { context.trace(error.message) }`,
          { head: 'let kept' },
        ),
      )
      const [first, second] = [hostOf(), hostOf()]

      plugin.run(0, inputOf(), first, LIMIT_MS)
      plugin.run(0, inputOf(), second, LIMIT_MS)

      expect([first.calls, first.lines]).toEqual([[], []])
      expect(second.calls).toEqual([])
      expect(second.lines).toEqual([expect.stringMatching(/^The step has ended/), expect.stringMatching(/^The step has ended/)])
    })
  })

  describe('the organization service', () => {
    test('passes on what it is asked and what comes back', () => {
      const host = hostOf((method) => ({ ok: true, value: method === 'update' ? undefined : JSON.stringify({ from: method }) }))

      const answer = run(
        `const { retrieve, update } = context.service
         context.sharedVariables.row = retrieve('account', '${ID}', ['name'])
         context.sharedVariables.nothing = update('account', '${ID}', { when: new Date(0) }) === undefined`,
        { host },
      )

      expect(outputOf(answer).sharedVariables).toEqual({ row: { from: 'retrieve' }, nothing: true })
      expect(host.calls).toEqual([
        ['retrieve', ['account', ID, ['name']]],
        ['update', ['account', ID, { when: '1970-01-01T00:00:00.000Z' }]],
      ])
    })

    test('has every method', () => {
      const host = hostOf((method) => ({ ok: true, value: method === 'retrieveMultiple' ? '{"rows":[],"hasMore":false}' : 'null' }))

      run('for (const method of Object.values(context.service)) method()', { host })

      expect(host.calls.map(([method]) => method)).toEqual([
        'retrieve',
        'retrieveMultiple',
        'count',
        'sum',
        'create',
        'update',
        'delete',
        'assign',
        'setState',
        'merge',
        'associate',
        'disassociate',
        'grantAccess',
        'modifyAccess',
        'revokeAccess',
      ])
    })

    test('a page of rows says whether there are more, and is otherwise a list [CT17]', () => {
      const host = hostOf(() => ({ ok: true, value: '{"rows":[{"id":"a"}],"hasMore":true}' }))

      const answer = run(
        `const page = context.service.retrieveMultiple({ table: 'account' })
         context.sharedVariables.seen = [page.moreRecords, Array.isArray(page), Object.keys(page), page.map(({ id }) => id)]`,
        { host },
      )

      expect(outputOf(answer).sharedVariables).toEqual({ seen: [true, true, ['0'], ['a']] })
    })

    test.each(['{ table: "account", where: { name: undefined } }', '{ table: "account", where: { or: [{ name: { gt: undefined } }] } }'])(
      'a value that is undefined does not vanish from a query: %s [CT17]',
      (query) => {
        const host = hostOf()

        const answer = run(`for (const method of ['retrieveMultiple', 'count', 'sum']) context.service[method](${query})`, { host })

        expect(answer).toMatchObject({ kind: 'failed', message: expect.stringContaining('is undefined') })
        expect(host.calls).toEqual([])
      },
    )

    test('a fault can be caught, and the step goes on', () => {
      const answer = run(
        'try { context.service.retrieve("account", "x") } catch (error) { context.target.fault = [error.name, error.code, error.message, error instanceof Error] }',
        {
          host: hostOf(() => faultOf(1)),
        },
      )

      expect(outputOf(answer).target?.fault).toEqual(['OrganizationServiceFault', '0x80040217', 'account With Id = x Does Not Exist', true])
    })

    test('a fault that is let pass is told by its number', () => {
      expect(run('context.service.retrieve("account", "x")', { host: hostOf(() => faultOf(7)) })).toMatchObject({
        kind: 'fault',
        number: 7,
      })
    })

    test('a fault of another run is a failure like any other, and none can be made up', () => {
      const plugin = loadOne(
        moduleOf(
          `if (kept !== undefined) { context.trace(kept.constructor.name); throw kept }
           try { context.service.retrieve('account', 'x') } catch (error) { kept = error }`,
          { head: 'let kept' },
        ),
      )
      const host = hostOf(() => faultOf(3))
      plugin.run(0, inputOf(), host, LIMIT_MS)

      const answer = plugin.run(0, inputOf(), host, LIMIT_MS)

      expect(answer).toMatchObject({ kind: 'failed', message: 'account With Id = x Does Not Exist' })
      expect(host.lines).toEqual(['Error'])
    })
  })

  describe('what is thrown', () => {
    test('an InvalidPluginExecutionError refuses, with its message', () => {
      expect(run('throw new InvalidPluginExecutionError("Closed accounts keep their owner")')).toEqual({
        kind: 'refused',
        message: 'Closed accounts keep their owner',
      })
    })

    test('a refusal is known by its name, whoever made the class', () => {
      expect(run('throw Object.assign(new Error("no"), { name: "InvalidPluginExecutionError" })')).toEqual({
        kind: 'refused',
        message: 'no',
      })
    })

    test('an error fails, with its name, message, and the place in the author’s file', () => {
      const answer = run('null.name')

      expect(answer).toMatchObject({
        kind: 'failed',
        message: expect.stringMatching(/^TypeError: /),
        stack: expect.stringMatching(/index\.ts:6:\d+/),
      })
    })

    test.each([
      ['a text', 'throw "no"', 'A text was thrown instead of an Error: no'],
      ['undefined', 'throw undefined', 'undefined was thrown instead of an Error'],
      ['null', 'throw null', 'null was thrown instead of an Error'],
      ['a number', 'throw 7', '7 was thrown instead of an Error'],
      ['a symbol', 'throw Symbol("no")', 'Symbol(no) was thrown instead of an Error'],
      ['a function', 'throw () => 1', 'A function was thrown instead of an Error'],
      ['an object', 'throw { code: 7 }', 'An object was thrown instead of an Error: {"code":7}'],
      [
        'an object that cannot be shown',
        'throw { get message() { throw 1 }, toJSON() { throw 2 }, toString() { throw 3 } }',
        'An object was thrown instead of an Error',
      ],
      ['a frozen error', 'throw Object.freeze(new RangeError("far"))', 'RangeError: far'],
      ['an error without a prototype', 'throw Object.setPrototypeOf(new Error("bare"), null)', 'bare'],
      [
        'a proxy that throws',
        'throw new Proxy({}, { get() { throw 1 }, ownKeys() { throw 2 } })',
        'An object was thrown instead of an Error',
      ],
    ])('%s fails and is described [CT7]', (_, body, message) => {
      expect(run(body)).toMatchObject({ kind: 'failed', message })
    })

    test('a message is cut where it is too long to be read [CT14]', () => {
      const answer = run('throw new Error("x".repeat(1_000_000))')

      expect(answer.kind === 'failed' && answer.message.length).toBeLessThan(25_000)
    })
  })

  describe('what is left behind', () => {
    test.each([
      ['a loop', 'context.sharedVariables.self = context.sharedVariables', /^sharedVariables holds what is not plain data/],
      ['a BigInt', 'context.target.size = 10n', /^target holds what is not plain data/],
      ['too much', 'context.outputParameters.text = "x".repeat(16_000_001)', /^outputParameters holds 16\d{6} characters/],
    ])('%s is refused by its place [CT7, CT14]', (_, body, message) => {
      expect(run(body)).toMatchObject({ kind: 'failed', message: expect.stringMatching(message) })
    })

    test('a step that is not there fails', () => {
      expect(loadOne('export default { steps: [{}] }').run(0, inputOf(), hostOf(), LIMIT_MS)).toMatchObject({
        kind: 'failed',
        message: 'Step 1 has no handler',
      })
    })
  })

  describe('promises', () => {
    test('a synchronous step may not return one [CT10]', () => {
      expect(run('return Promise.resolve()')).toMatchObject({ kind: 'promise', message: expect.stringMatching(/synchronous step/) })
    })

    test('nothing goes on after a synchronous step [CT9, CT10]', async () => {
      const host = hostOf()
      const plugin = loadOne(moduleOf('return (async () => { await null; context.service.delete("account", "x") })()'))

      plugin.run(0, inputOf(), host, LIMIT_MS)
      await new Promise((resolve) => setImmediate(resolve))

      expect(host.calls).toEqual([])
    })

    test('an asynchronous step is waited for, with its context open', async () => {
      const host = hostOf()

      const answer = await runAsync(
        'await null; context.service.update("account", "x", {}); context.target.name = await Promise.resolve("Later")',
        host,
      )

      expect(outputOf(answer).target).toEqual({ name: 'Later' })
      expect(host.calls).toEqual([['update', ['account', 'x', {}]]])
    })

    test.each([
      ['a refusal', 'await null; throw new InvalidPluginExecutionError("no")', { kind: 'refused', message: 'no' }],
      ['a failure', 'await null; throw new TypeError("no")', { kind: 'failed', message: 'TypeError: no' }],
      ['a fault', 'await null; context.service.retrieve("account", "x")', { kind: 'fault', number: 4 }],
      ['a failure before it waits', 'throw new TypeError("no")', { kind: 'failed', message: 'TypeError: no' }],
    ])('%s of an asynchronous step is told', async (_, body, expected) => {
      expect(
        await runAsync(
          body,
          hostOf(() => faultOf(4)),
        ),
      ).toMatchObject(expected)
    })

    test('an asynchronous step need not return one', async () => {
      const plugin = loadOne(moduleOf('context.target.name = "Now"'))

      expect(outputOf(await plugin.runAsync(0, inputOf(), hostOf(), LIMIT_MS)).target).toEqual({ name: 'Now' })
    })
  })

  test('a step runs within another one of the same plug-in, each with its own context', () => {
    const plugin = loadOne(
      moduleOf(
        'context.trace("in " + context.depth); if (context.depth < 3) context.service.update("account", "x", {}); context.trace("out " + context.depth)',
      ),
    )
    const lines: string[] = []
    const hostAt = (depth: number): ReturnType<typeof hostOf> => ({
      ...hostOf(() => {
        plugin.run(0, inputOf({ depth: depth + 1 }), hostAt(depth + 1), LIMIT_MS)
        return { ok: true, value: undefined }
      }),
      trace: (text) => {
        lines.push(text)
      },
    })

    plugin.run(0, inputOf(), hostAt(1), LIMIT_MS)

    expect(lines).toEqual(['in 1', 'in 2', 'in 3', 'out 3', 'out 2', 'out 1'])
  })
}
