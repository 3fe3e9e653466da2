import type { RecordRef } from '#engine/contract/records'
import type { ModelDefinition } from '#engine/contract/tables'
import type { StepRunDetails } from '#engine/contract/trace'

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Limit of records whose names are looked up for one run. */
const MOST = 40

/** Returns the target table of each lookup column; null for a polymorphic one, whose values contain their table. */
export function lookupTargets(model: ModelDefinition | null, table: string): ReadonlyMap<string, string> {
  const targets = new Map<string, string>()
  for (const { referencing, attribute, referenced } of model?.relationships ?? [])
    if (referencing === table) targets.set(attribute, referenced)
  return targets
}

/** Returns the records in the values of a run, each once, so that their names can be shown instead of ids. */
export function referencesOf({ input, output, preImage, postImage }: StepRunDetails, lookups: ReadonlyMap<string, string>): RecordRef[] {
  const found = new Map<string, RecordRef>()
  const values = [input.target, output?.target, preImage, postImage, input.inputParameters]
  for (const [column, value] of values.flatMap((each) => Object.entries(each ?? {}))) {
    const reference = referenceIn(value, lookups.get(column))
    if (reference !== null && found.size < MOST) found.set(reference.id, reference)
  }
  return [...found.values()]
}

function referenceIn(value: unknown, target: string | undefined): RecordRef | null {
  if (typeof value === 'string') return target !== undefined && GUID.test(value) ? { table: target, id: value } : null
  if (typeof value !== 'object' || value === null || !('table' in value) || !('id' in value)) return null
  const { table, id } = value
  return typeof table === 'string' && typeof id === 'string' ? { table, id } : null
}
