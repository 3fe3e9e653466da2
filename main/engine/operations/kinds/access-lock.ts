import { operationText } from '#text/english/operations'
import { securityText } from '#text/english/security'
import type { CascadeOperation } from '../../contract/cascades.ts'
import { EngineError } from '../../contract/errors.ts'
import { findHolders } from '../../store/holds.ts'
import type { Work } from '../context.ts'

/** The operations that hold the access table while they hold records: a merge gives access to what it moves. */
const HOLDING: readonly (CascadeOperation | undefined)[] = ['Merge']

/**
 * Checks that no operation under way holds the access table. Who shares meanwhile, whatever record, waits and is then refused. Source:
 * dataverse reference, section 3.6.
 * @throws RECORD_HELD with 0x80044151
 */
export function checkAccessTableFree({ connection, pipeline }: Work, except = 0): void {
  const holder = findHolders(connection, except).find(({ operation }) => HOLDING.includes(operation))
  if (!holder && !HOLDING.includes(pipeline.session.heldOperation)) return
  throw new EngineError('RECORD_HELD', holder ? securityText.accessTableHeldBy({ job: holder.name }) : securityText.accessTableHeld, {
    platform: 'SQLTimeout',
    hint: operationText.cascadeHint,
  })
}
