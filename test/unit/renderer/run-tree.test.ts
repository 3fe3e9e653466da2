import { expect, test } from 'vitest'
import { moveInTree, treeRows } from '../../../renderer/features/trace/run-tree.ts'
import { runOf } from '../../support/trace-example.ts'

/** 1 sets off 2 and 4, 2 sets off 3; 5 stands beside 1. */
const RUNS = [
  runOf({ number: 1 }),
  runOf({ number: 2, parent: 1, depth: 2 }),
  runOf({ number: 3, parent: 2, depth: 3 }),
  runOf({ number: 4, parent: 1, depth: 2 }),
  runOf({ number: 5 }),
]
const shape = (collapsed: number[] = []) =>
  treeRows(RUNS, new Set(collapsed)).map(({ run, level, position, siblings }) => `${run.number}: ${level} (${position}/${siblings})`)

test('each run stands under the one that set it off, in the order in which they began', () => {
  expect(shape()).toEqual(['1: 1 (1/2)', '2: 2 (1/2)', '3: 3 (1/1)', '4: 2 (2/2)', '5: 1 (2/2)'])
})

test('what is under a collapsed run is not shown', () => {
  expect(shape([2])).toEqual(['1: 1 (1/2)', '2: 2 (1/2)', '4: 2 (2/2)', '5: 1 (2/2)'])
  expect(shape([1])).toEqual(['1: 1 (1/2)', '5: 1 (2/2)'])
})

test('a run whose parent is not in the list stands at the top', () => {
  expect(treeRows([runOf({ number: 7, parent: 3 })], new Set()).map(({ level }) => level)).toEqual([1])
})

test('arrows go up and down, into a run and out of it, and fold', () => {
  const rows = treeRows(RUNS, new Set())
  const folded = treeRows(RUNS, new Set([2]))

  expect(moveInTree('ArrowDown', rows, 0)).toEqual({ kind: 'go', row: 1 })
  expect(moveInTree('ArrowUp', rows, 0)).toBeNull()
  expect(moveInTree('End', rows, 0)).toEqual({ kind: 'go', row: 4 })
  expect(moveInTree('Home', rows, 3)).toEqual({ kind: 'go', row: 0 })
  expect(moveInTree('ArrowRight', rows, 1)).toEqual({ kind: 'go', row: 2 })
  expect(moveInTree('ArrowRight', folded, 1)).toEqual({ kind: 'expand', run: 2 })
  expect(moveInTree('ArrowRight', rows, 4)).toBeNull()
  expect(moveInTree('ArrowLeft', rows, 1)).toEqual({ kind: 'collapse', run: 2 })
  expect(moveInTree('ArrowLeft', folded, 1)).toEqual({ kind: 'go', row: 0 })
  expect(moveInTree('ArrowLeft', rows, 3)).toEqual({ kind: 'go', row: 0 })
  expect(moveInTree('ArrowLeft', rows, 4)).toBeNull()
  expect(moveInTree('x', rows, 0)).toBeNull()
  expect(moveInTree('ArrowDown', [], 0)).toBeNull()
})
