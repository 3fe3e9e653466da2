import { bridge } from './bridge/index.ts'
import { environments } from './environments/index.ts'
import { packages } from './packages/index.ts'
import { scenarios } from './scenarios/index.ts'
import type { Target } from './target.ts'

/** Everything that is fuzzed, by name. */
export const TARGETS: readonly Target[] = [bridge, environments, packages, scenarios]

/** @throws if there is no target of this name */
export function targetNamed(name: string): Target {
  const found = TARGETS.find((one) => one.name === name)
  if (!found) throw new Error(`There is no target "${name}". Targets: ${TARGETS.map((one) => one.name).join(', ')}`)
  return found
}
