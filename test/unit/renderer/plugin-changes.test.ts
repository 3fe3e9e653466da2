import { expect, test } from 'vitest'
import { changesOf } from '../../../renderer/features/plugins/plugin-changes.ts'
import { inOrder } from '../../../renderer/features/plugins/step-order.ts'
import { checkOf, fileOf, pluginOf, stepOf } from '../../support/plugins.ts'

const manifest = checkOf().manifest

test('an update says which files come, change and go', () => {
  const before = pluginOf({ files: [fileOf('index.ts', 'one'), fileOf('kept.ts'), fileOf('old.ts')] })
  const files = [fileOf('index.ts', 'two'), fileOf('kept.ts'), fileOf('new.ts')]

  expect(changesOf(before, checkOf({ files })).files).toEqual({
    added: [fileOf('new.ts')],
    changed: [fileOf('index.ts', 'two')],
    removed: [fileOf('old.ts')],
  })
})

test('an update says which permissions are new and which are asked for no more', () => {
  const before = pluginOf({ permissions: ['env', 'fs:read'] })

  expect(changesOf(before, checkOf({ manifest: { ...manifest, permissions: ['fs:read', 'network'] } })).permissions).toEqual({
    added: ['network'],
    removed: ['env'],
  })
})

test('a step with another registration is another step; another place in the list makes none', () => {
  const kept = stepOf({ ordinal: 0, number: 7 })
  const before = pluginOf({ steps: [kept, stepOf({ ordinal: 1, number: 8, rank: 5 })] })
  const steps = [stepOf({ ordinal: 0, rank: 6 }), stepOf({ ordinal: 1 })]

  const changes = changesOf(before, checkOf({ manifest: { ...manifest, steps } }))

  expect(changes.steps).toEqual({ added: [steps[0]], removed: [before.steps[1]] })
})

test('only the same content is no change: another configuration counts', () => {
  const before = pluginOf()

  expect(changesOf(before, checkOf({ contentHash: before.contentHash })).isSame).toBe(true)
  expect(changesOf(before, checkOf()).isSame).toBe(false)
})

test('steps are listed as they run: by message and table, by stage, by rank, asynchronous ones last', () => {
  const steps = [
    stepOf({ ordinal: 0, mode: 'Async' }),
    stepOf({ ordinal: 1, message: 'Delete', stage: 'PreOperation' }),
    stepOf({ ordinal: 2, rank: 20 }),
    stepOf({ ordinal: 3, rank: 3 }),
    stepOf({ ordinal: 4, stage: 'PreValidation', rank: 900 }),
    stepOf({ ordinal: 5, message: 'Create', table: null }),
    stepOf({ ordinal: 6, rank: 3 }),
  ]

  expect(inOrder(steps).map(({ ordinal }) => ordinal)).toEqual([5, 4, 3, 6, 2, 0, 1])
})
