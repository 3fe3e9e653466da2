import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { cascade, start } from './command-line.ts'
import { connectDebugger } from './inspector.ts'

const folder = mkdtempSync(join(tmpdir(), 'cascade-cli-inspect-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a breakpoint in a handler holds a scenario up, with the record in sight', async () => {
  expect(await cascade('plugin', 'new', 'inspected', '--into', folder)).toMatchObject({ code: 0 })
  const source = readFileSync(join(folder, 'inspected', 'index.ts'), 'utf8')
  const line = source.slice(0, source.indexOf('throw new')).split('\n').length - 1
  const running = start(['run', join(folder, 'inspected', 'scenarios', 'closed-account.yaml'), '--inspect-brk=0'])
  const [, address = ''] = await running.heardMatch(/Debugger listening on (ws:\/\/\S+)/)
  const client = await connectDebugger(address)
  await client.send('Runtime.enable')
  await client.send('Debugger.enable')

  const { breakpointId } = await client.send('Debugger.setBreakpointByUrl', { urlRegex: 'inspected/index\\.ts$', lineNumber: line })
  await client.send('Runtime.runIfWaitingForDebugger')
  const paused = (await client.event('Debugger.paused')) as {
    hitBreakpoints: string[]
    callFrames: { callFrameId: string; functionName: string }[]
  }
  const [frame] = paused.callFrames
  const evaluated = await client.send('Debugger.evaluateOnCallFrame', { callFrameId: frame?.callFrameId, expression: 'preImage.name' })
  await client.send('Debugger.disable')
  client.close()

  expect(paused.hitBreakpoints).toEqual([breakpointId])
  expect(frame?.functionName).toBe('handler')
  expect(evaluated).toMatchObject({ result: { value: 'Closed' } })
  expect(await running.ended).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('1 passed'),
    stderr: expect.stringContaining('nothing contains them'),
  })
})
