import { expect, test } from 'vitest'
import { readFiles } from '../support/repository.ts'

const RULE = /\b[A-Z]{2}\d{1,3}\b/g
const QUOTED = /\[([A-Z]{2}\d{1,3}(?:, ?[A-Z]{2}\d{1,3})*)\]/g

const ruleFiles = readFiles(['main/engine/RULES.md', 'main/commerce/RULES.md'], ['.md'])
const stated = new Set(ruleFiles.flatMap(({ text }) => text.match(RULE) ?? []))
const quoted = new Map(
  readFiles(['test', 'scenarios', 'plugins'], ['.test.ts', '.test.tsx', '.spec.ts', '.yaml', '.yml', '-suite.ts'])
    .filter(({ path }) => path !== 'test/unit/rules.test.ts')
    .flatMap(({ path, text }) => [...text.matchAll(QUOTED)].flatMap((match) => (match[1] ?? '').split(/, ?/).map((rule) => [rule, path]))),
)

test('every rule in RULES.md is quoted by a test', () => {
  const unproved = [...stated]
    .filter((rule) => !quoted.has(rule))
    .map((rule) => `No test name ends in [${rule}]: write one, or drop the rule`)

  expect(unproved).toEqual([])
})

test('every rule that a test quotes is in RULES.md', () => {
  const unknown = [...quoted]
    .filter(([rule]) => !stated.has(rule))
    .map(([rule, path]) => `${path} quotes [${rule}], which RULES.md does not state`)

  expect(unknown).toEqual([])
})
