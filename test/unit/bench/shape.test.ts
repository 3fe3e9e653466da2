import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rowsOf, treeOf } from '../../bench/shape.ts'

test('a tree has exactly the affected rows that were asked for, whatever its shape', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2_000_000 }), fc.constantFrom('deep' as const, 'wide' as const), (affected, shape) => {
      const tree = treeOf('Root', affected, shape)

      expect(rowsOf([tree])).toBe(affected)
      expect(tree.tasks).toBeGreaterThanOrEqual(0)
    }),
  )
})
