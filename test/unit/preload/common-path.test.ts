import { expect, test } from 'vitest'
import { commonPath } from '../../../preload/common-path.ts'

test.each([
  [['/home/me/solution.zip'], '/home/me/solution.zip'],
  [['/home/me/app/a.xml', '/home/me/app/src/b.xml'], '/home/me/app'],
  [['/home/me/app/src/a.xml', '/home/me/app/data/b.xml', '/home/me/app/c.xml'], '/home/me/app'],
  [['C:\\app\\a.xml', 'C:\\app\\src\\b.xml'], 'C:\\app'],
  [['/a.xml', '/b.xml'], '/'],
])('%j stands for %s', (paths, expected) => {
  expect(commonPath(paths)).toBe(expected)
})

test.each([[[]], [['']]])('%j has no path', (paths) => {
  expect(() => commonPath(paths)).toThrow('no place on this computer')
})
