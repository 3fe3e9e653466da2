import { EventEmitter } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { closeBeforeQuit } from '../../../main/shell/close-before-quit.ts'
import { followOpenedFiles, openedFile } from '../../../main/shell/opened-files.ts'

class App extends EventEmitter {
  readonly isPackaged = true
  quits = 0
  /** As Electron does: tells `will-quit`, and ends unless that is prevented. */
  quit() {
    let isPrevented = false
    this.emit('will-quit', { preventDefault: () => (isPrevented = true) })
    if (!isPrevented) this.quits++
  }
}

let folder: string
let environment: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opened-'))
  environment = join(folder, 'a.cascade')
  await writeFile(environment, '')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('quitting waits for the session, however often it is asked for', async () => {
  const app = new App()
  const closed = Promise.withResolvers<void>()
  let closings = 0
  closeBeforeQuit(app, () => {
    closings++
    return closed.promise
  })

  app.quit()
  app.quit()
  expect(app.quits).toBe(0)
  closed.resolve()
  await expect.poll(() => app.quits).toBe(1)

  expect(closings).toBe(1)
})

test('a held window stays open until the session has closed, and closing it quits', async () => {
  const app = new App()
  const closed = Promise.withResolvers<void>()
  const window = new EventEmitter()
  closeBeforeQuit(app, () => closed.promise).hold(window)
  const close = () => {
    let isPrevented = false
    window.emit('close', { preventDefault: () => (isPrevented = true) })
    return isPrevented
  }

  expect([close(), close()]).toEqual([true, true])
  closed.resolve()
  await expect.poll(() => app.quits).toBe(1)

  expect(close()).toBe(false)
})

test('a file on the command line is found among switches, relative to where the command was given', () => {
  expect(openedFile(['/opt/app', '--user-data-dir=/x', 'a.cascade'], folder, true)).toBe(environment)
  expect(openedFile(['electron', '--no-sandbox', '.', 'a.cascade'], folder, false)).toBe(environment)
})

test.each([
  ['nothing', ['/opt/app']],
  ['a missing file', ['/opt/app', 'missing.cascade']],
  ['only switches', ['/opt/app', '--flag']],
])('%s on the command line opens nothing', (_, argv) => {
  expect(openedFile(argv, folder, true)).toBeUndefined()
})

test('from the sources the app folder itself is not what was opened', () => {
  expect(openedFile(['electron', '--no-sandbox', '.'], folder, false)).toBeUndefined()
})

test('a file that comes before the window waits, later ones go to the listener', () => {
  const app = new App()
  const files = followOpenedFiles(app, ['/opt/app'], folder)
  app.emit('open-file', { preventDefault: () => undefined }, '/data/first.zip')
  const later: string[] = []
  files.listen((path) => later.push(path))

  app.emit('open-file', { preventDefault: () => undefined }, '/data/second.zip')
  app.emit('second-instance', {}, ['/opt/app', 'a.cascade'], folder)

  expect(files.takeFirst()).toBe('/data/first.zip')
  expect(later).toEqual(['/data/second.zip', environment])
})
