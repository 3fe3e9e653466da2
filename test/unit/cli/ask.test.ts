import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { askToAgree } from '../../../main/cli/ask.ts'

/** Somebody at a terminal who types this at once. */
function terminal(typed: string, { isTTY = true } = {}) {
  const input = Object.assign(new PassThrough(), { isTTY })
  const output = new PassThrough()
  const interrupted = Promise.withResolvers<string>()
  input.write(typed)
  return { input, output, interrupt: () => interrupted.resolve('interrupted'), interrupted, shown: () => String(output.read()) }
}

test.each(['y\n', 'Y\n', 'yes\n', ' YES \n'])('%j agrees', async (typed) => {
  const asked = terminal(typed)

  await askToAgree('Install it?', asked)

  expect(asked.shown()).toContain('Install it? (y/N) ')
})

test.each(['\n', 'n\n', 'no\n', 'yeah\n', 'j\n'])('%j does not', async (typed) => {
  await expect(askToAgree('Install it?', terminal(typed))).rejects.toMatchObject({ code: 'PLUGIN_NOT_AGREED' })
})

test('without a terminal nobody agrees, whatever comes in', async () => {
  const asked = terminal('y\n', { isTTY: false })

  await expect(askToAgree('Install it?', asked)).rejects.toMatchObject({ code: 'INPUT_INVALID', hint: expect.stringContaining('--yes') })
})

test('Ctrl+C is passed on, and agrees to nothing', async () => {
  const asked = terminal('\x03')

  const agreed = askToAgree('Install it?', asked).then(
    () => 'agreed',
    () => asked.interrupted.promise,
  )

  expect(await Promise.race([agreed, asked.interrupted.promise])).toBe('interrupted')
})
