import { expect, test } from 'vitest'
import { createConnectionStore } from '../../../renderer/frame/stores/connection.ts'
import { createEnvironmentStore } from '../../../renderer/frame/stores/environment.ts'
import { createHostQuestionStore } from '../../../renderer/frame/stores/host-question.ts'
import { chosen, fakeBridge } from '../../support/fake-bridge.ts'

test('a lost host is known, and what it asked is over', () => {
  const { bridge, announce } = fakeBridge({})
  const opened: string[] = []
  const connection = createConnectionStore(bridge)
  const question = createHostQuestionStore(bridge, (url) => opened.push(url))

  announce('question', { url: '/question/1' })
  expect(question.getState().url).toBe('/question/1')
  announce('connection', { isLost: true })

  expect([connection.getState().isLost, question.getState().url, opened]).toEqual([true, null, ['/question/1']])
  announce('connection', { isLost: false })
  expect(connection.getState().isLost).toBe(false)
})

test('what closing waits for is known until another environment is open', () => {
  const { bridge, announce } = fakeBridge({})
  const connection = createConnectionStore(bridge)
  const waitsFor = [{ key: 'workbench.underWay.import' }]

  announce('closing', { waitsFor })
  expect(connection.getState().closingWaitsFor).toEqual(waitsFor)
  announce('environment', null)

  expect(connection.getState().closingWaitsFor).toBeNull()
})

test('the recent environments of the next host are named by its own tokens', async () => {
  const entry = { path: '/data/e.cascade', name: 'e', openedOnMs: 1, exists: true }
  let host = 'first'
  const { bridge, announce } = fakeBridge({
    'app.info': () => ({
      version: '1',
      host: 'browser',
      recent: [{ ...entry, file: chosen(host) }],
      environment: null,
      defaultFolder: '/',
    }),
  })
  const environment = createEnvironmentStore(bridge)
  await environment.getState().start()

  host = 'second'
  announce('connection', { isLost: true })
  announce('connection', { isLost: false })

  await expect.poll(() => environment.getState().recent[0]?.file).toEqual(chosen('second'))
})
