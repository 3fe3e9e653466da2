import { expect, test } from 'vitest'
import { whileShown } from '../../../renderer/frame/stores/while-shown.ts'

test('what no view shows is not read, but once when a view comes back', () => {
  let reads = 0
  const shown = whileShown(() => {
    reads += 1
  })

  const leave = shown.show()
  shown.changed()
  expect(reads).toBe(1)
  leave()
  for (let change = 0; change < 50; change++) shown.changed()
  expect(reads).toBe(1)

  shown.show()
  shown.show()
  expect(reads).toBe(2)
})
