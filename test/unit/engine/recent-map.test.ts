import { expect, test } from 'vitest'
import { RecentMap } from '#engine/store/recent-map'

test('it keeps what was used last, and never more than twice its weight', () => {
  const kept = new RecentMap<number, string>(10)
  const sizes: number[] = []
  for (let key = 0; key < 1_000; key++) {
    kept.set(key, `value ${key}`)
    kept.get(0)
    sizes.push(kept.size)
  }

  expect(Math.max(...sizes)).toBeLessThanOrEqual(20)
  expect([kept.get(0), kept.get(999), kept.get(500)]).toEqual(['value 0', 'value 999', undefined])
})

test('heavy entries drop more of the others', () => {
  const kept = new RecentMap<string, number>(100, (key) => key.length)
  for (let n = 0; n < 50; n++) kept.set(`${n}`, n)
  kept.set('x'.repeat(80), 1)
  kept.set('y'.repeat(80), 2)
  kept.set('z'.repeat(80), 3)

  expect([kept.size, kept.get('z'.repeat(80)), kept.get('1')]).toEqual([2, 3, undefined])
})

test('cleared, it is empty and keeps on', () => {
  const kept = new RecentMap<string, number>(10)
  kept.set('a', 1)
  kept.clear()
  kept.set('b', 2)

  expect([kept.get('a'), kept.get('b'), kept.size]).toEqual([undefined, 2, 1])
})
