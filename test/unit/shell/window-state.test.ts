import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fitToScreens, readWindowState, writeWindowState } from '../../../main/shell/window-state.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'window-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const state = { bounds: { x: 100, y: 50, width: 1_200, height: 800 }, isMaximized: false }
const usual = { width: 1_440, height: 900 }
const screen = { x: 0, y: 0, width: 1_920, height: 1_080 }

test('a window comes back where it was left', () => {
  const path = join(folder, 'window.json')
  writeWindowState(path, state)

  expect(readWindowState(path)).toEqual(state)
  expect(fitToScreens(state, [screen])).toEqual(state.bounds)
})

test.each(['', '{', '{"bounds":{}}', '{"bounds":{"x":0,"y":0,"width":0,"height":1},"isMaximized":false}'])(
  'a damaged state (%s) counts as none',
  async (text) => {
    await writeFile(join(folder, 'window.json'), text)

    expect(readWindowState(join(folder, 'window.json'))).toBeNull()
  },
)

test('the first window has the usual size', () => {
  expect(readWindowState(join(folder, 'none.json'))).toBeNull()
  expect(fitToScreens(null, [screen])).toEqual(usual)
})

test.each([
  ['left of every screen', { x: -1_300 }],
  ['with only a sliver showing', { x: 1_900 }],
  ['with its title above the screen', { y: -100 }],
  ['below the screen', { y: 1_060 }],
])('a window %s comes back in the usual size instead', (_, moved) => {
  expect(fitToScreens({ ...state, bounds: { ...state.bounds, ...moved } }, [screen])).toEqual(usual)
})

test('a second screen counts while it is there', () => {
  const onSecond = { ...state, bounds: { ...state.bounds, x: 2_000 } }

  expect(fitToScreens(onSecond, [screen, { ...screen, x: 1_920 }])).toEqual(onSecond.bounds)
  expect(fitToScreens(onSecond, [screen])).toEqual(usual)
})
