import { EventEmitter } from 'node:events'
import type { MessageBoxOptions } from 'electron'
import { beforeEach, expect, test } from 'vitest'
import { followLostPage } from '../../../main/shell/lost-page.ts'

/** A window that remembers what was done to it, and whose process ends when it is told to. */
class Window extends EventEmitter {
  readonly done: string[] = []
  readonly webContents = Object.assign(new EventEmitter(), {
    reload: () => void this.done.push('reload'),
    forcefullyCrashRenderer: () => {
      this.done.push('crash')
      this.webContents.emit('render-process-gone', {}, { reason: 'killed' })
    },
  })
  isDestroyed = () => false
  close = () => void this.done.push('close')
}

let window: Window
let asked: MessageBoxOptions[]
let answer: (response: number) => void
beforeEach(() => {
  window = new Window()
  asked = []
  followLostPage(window as never, {
    showMessageBox: ((options: MessageBoxOptions) => {
      asked.push(options)
      return new Promise((settle) => {
        answer = (response) => settle({ response, checkboxChecked: false })
        options.signal?.addEventListener('abort', () => answer(0))
      })
    }) as never,
  })
})

test.each(['crashed', 'oom', 'killed', 'launch-failed'])(
  'a page whose process has gone (%s) is loaded again, if the person wants to',
  async (reason) => {
    window.webContents.emit('render-process-gone', {}, { reason })
    expect(asked).toMatchObject([{ message: expect.stringContaining(reason), buttons: ['Load Again', 'Quit'] }])
    answer(0)

    await expect.poll(() => window.done).toEqual(['reload'])
  },
)

test('or the window is closed', async () => {
  window.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
  answer(1)

  await expect.poll(() => window.done).toEqual(['close'])
})

test('a process that has ended in order is not asked about', () => {
  window.webContents.emit('render-process-gone', {}, { reason: 'clean-exit' })

  expect(asked).toEqual([])
})

test('a page that hangs is loaded again in a new process, and its end is not asked about', async () => {
  window.emit('unresponsive')
  expect(asked).toMatchObject([{ buttons: ['Wait', 'Load Again'], defaultId: 0 }])
  answer(1)

  await expect.poll(() => window.done).toEqual(['crash', 'reload'])
  expect(asked).toHaveLength(1)
})

test('a page that responds again is asked about no more', async () => {
  window.emit('unresponsive')
  window.emit('responsive')
  await asked[0]?.signal

  expect(asked[0]?.signal?.aborted).toBe(true)
  expect(window.done).toEqual([])
})
