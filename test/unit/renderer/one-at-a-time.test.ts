import { expect, test } from 'vitest'
import { oneAtATime } from '../../../renderer/frame/stores/one-at-a-time.ts'

test('however often it is asked meanwhile, one reading is under way and one follows', async () => {
  let started = 0
  let underWay = 0
  let most = 0
  const read = oneAtATime(async () => {
    started += 1
    underWay += 1
    most = Math.max(most, underWay)
    await Promise.resolve()
    underWay -= 1
  })

  await Promise.all([read(), read(), read(), read()])

  expect([started, most]).toEqual([2, 1])
})

test('after a reading that failed the next one is tried', async () => {
  let attempts = 0
  const read = oneAtATime(async () => {
    attempts += 1
    if (attempts === 1) throw new Error('gone')
  })

  await expect(read()).rejects.toThrow('gone')
  await read()

  expect(attempts).toBe(2)
})
