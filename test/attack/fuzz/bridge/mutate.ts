import type { Random } from '../random.ts'
import { PLACEHOLDERS } from './example-inputs.ts'

/** Values at the edges of what a shape, JSON, SQLite or a clock takes. */
const ODD: readonly unknown[] = [
  null,
  true,
  '',
  ' ',
  '\0',
  'null',
  '__proto__',
  'constructor',
  "' OR 1=1 --",
  '%',
  '\u202e\ud800',
  '🧾'.repeat(300),
  'x'.repeat(100_000),
  '../../../../etc/passwd',
  '/etc/passwd',
  'A'.repeat(32),
  '00000000-0000-0000-0000-000000000000',
  0,
  -0,
  -1,
  0.1,
  1e-320,
  2 ** 31,
  2 ** 53,
  2 ** 63,
  1e308,
  [],
  {},
  [[[[]]]],
  { table: 'systemuser', id: '$user' },
  { table: 'businessunit', id: '$account' },
  [1, -1, 2 ** 31],
]

/** Numbers that make work instead of a fault: they stand for amounts, which only a person's patience limits. */
const AMOUNTS = new Set(['count', 'chain', 'batchDelayMs'])
const MOST_AMOUNT = 500

/** Returns the input with some places changed, taken away or added to. */
export function mutate(input: unknown, random: Random): unknown {
  if (random.chance(0.12)) return oddValue(random)
  if (Array.isArray(input)) {
    const items = input.map((item) => (random.chance(0.5) ? mutate(item, random) : item))
    if (random.chance(0.08)) items.push(oddValue(random))
    if (random.chance(0.08)) items.pop()
    return random.chance(0.02) ? Array.from({ length: 3_000 }, () => items[0] ?? null) : items
  }
  if (typeof input !== 'object' || input === null) return input
  const fields = Object.entries(input)
    .filter(() => !random.chance(0.06))
    .map(([name, value]) => [
      random.chance(0.03) ? random.pick(['', '__proto__', 'x'.repeat(600), 'name']) : name,
      amountOr(name, random, value),
    ])
  if (random.chance(0.06)) fields.push([random.pick(['sql', 'constructor', 'caller', 'table', 'ownerid', 'statecode']), oddValue(random)])
  return Object.fromEntries(fields)
}

function amountOr(name: string, random: Random, value: unknown): unknown {
  const mutated = mutate(value, random)
  return AMOUNTS.has(name) && typeof mutated === 'number' && mutated > MOST_AMOUNT ? mutated % MOST_AMOUNT : mutated
}

const oddValue = (random: Random): unknown => (random.chance(0.3) ? random.pick(PLACEHOLDERS) : random.pick(ODD))
