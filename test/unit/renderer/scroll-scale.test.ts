import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contentTopAt, contentTopShowing, MAX_SPACER, scrollTopFor, spacerHeight, visibleRows } from '../../../renderer/ui/scroll-scale.ts'

const geometries = fc.record({
  count: fc.integer({ min: 1, max: 5_000_000 }),
  rowHeight: fc.constant(28),
  viewport: fc.integer({ min: 100, max: 2_000 }),
})

test('a list that fits is not scaled', () => {
  const geometry = { count: 1_000, rowHeight: 28, viewport: 700 }

  expect(spacerHeight(geometry)).toBe(28_000)
  expect(contentTopAt(geometry, 1_234)).toBe(1_234)
})

test('the spacer never exceeds what browsers allow', () => {
  fc.assert(fc.property(geometries, (geometry) => spacerHeight(geometry) <= MAX_SPACER))
})

test('the end of the scroll bar shows the last row, whatever the count', () => {
  fc.assert(
    fc.property(geometries, (geometry) => {
      const end = Math.max(0, spacerHeight(geometry) - geometry.viewport)

      expect(visibleRows(geometry, contentTopAt(geometry, end)).last).toBe(geometry.count - 1)
    }),
  )
})

test('every row can be brought into full view', () => {
  fc.assert(
    fc.property(geometries, fc.nat(), (geometry, number) => {
      const row = number % geometry.count
      const top = contentTopAt(geometry, scrollTopFor(geometry, contentTopShowing(geometry, 0, row)))

      expect(row * 28).toBeGreaterThanOrEqual(top - 0.01)
      expect((row + 1) * 28).toBeLessThanOrEqual(top + geometry.viewport + 0.01)
    }),
  )
})
