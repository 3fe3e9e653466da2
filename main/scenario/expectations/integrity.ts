import { invalid } from '../scenario-error.ts'
import type { Shape } from '../shape.ts'
import { asStated, defineExpectation } from './expectation.ts'

const onlyTrue: Shape<true> = (node) => {
  if (node.kind !== 'scalar' || node.value !== true) throw invalid('Expected true; leave integrity out to skip the check.', node.at)
  return true
}

/** Expects a consistent store: the database check passes, no link dangles, no record is held, and every job's counters agree. */
export const integrity = defineExpectation({
  key: 'integrity',
  shape: onlyTrue,
  check: asStated,
  async evaluate(_, { workbench }) {
    const findings = await workbench.checkIntegrity()
    return [{ path: 'integrity', expected: true, actual: findings.length === 0 ? true : findings, held: findings.length === 0 }]
  },
})
