import { securityText } from '#text/english/security'
import { EngineError } from '../contract/errors.ts'
import type { RowNumber } from '../contract/loader.ts'
import type { UnitChange } from '../contract/security.ts'
import type { CompiledModel } from '../model/compiled-model.ts'
import { rootUnit, setParentUnit, setUnitDisabled, unitsFrom } from '../store/business-units.ts'
import type { Connection } from '../store/connection.ts'
import { describeRow, getRow } from '../store/rows.ts'

/**
 * Moves a business unit below another one, or disables or enables it. Roles stay.
 * @throws CASCADE_REFUSED for the root, and with 0x80040387 for a unit that would be below itself; RECORD_NOT_FOUND
 */
export function changeUnit(connection: Connection, model: CompiledModel, id: string, { parent, disabled }: UnitChange): void {
  const table = model.table('businessunit')
  const unit = getRow(connection, table, id)
  const name = describeRow(connection, table, unit).name ?? id
  const isRoot = unit === rootUnit(connection)
  if (parent !== undefined) {
    if (isRoot) throw new EngineError('CASCADE_REFUSED', securityText.rootUnitParent({ unit: name }), { details: { unit: id } })
    setParentUnit(connection, unit, checkedParent(connection, unit, getRow(connection, table, parent), name))
  }
  if (disabled === true && isRoot)
    throw new EngineError('CASCADE_REFUSED', securityText.rootUnitDisabled({ unit: name }), { details: { unit: id } })
  if (disabled !== undefined) setUnitDisabled(connection, unit, disabled)
}

function checkedParent(connection: Connection, unit: RowNumber, parent: RowNumber, name: string): RowNumber {
  if (!unitsFrom(connection, unit).includes(parent)) return parent
  throw new EngineError('CASCADE_REFUSED', securityText.unitLoop({ unit: name }), {
    platform: 'EntityLoopBeingCreated',
    details: { unit: name },
  })
}
