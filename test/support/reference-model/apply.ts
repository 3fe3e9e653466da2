import type { Item, ReferencePlan } from './plan.ts'
import { rowAt } from './plan.ts'
import type { OperationSketch } from './sketch.ts'
import { typeOf } from './sketch.ts'
import type { Key, Row, Value, World } from './world.ts'
import { childrenOf, copyOf, linkKey, ownerKey, relationshipsBelow, unitOf } from './world.ts'

type Merge = Extract<OperationSketch, { operation: 'Merge' }>

/** The world after the first `count` items of a plan, after all of them unless said otherwise. */
export function worldAfter(before: World, operation: OperationSketch, plan: ReferencePlan, caller: Key, count = plan.items.length): World {
  const world = copyOf(before)
  if (operation.operation === 'Merge' && count > 0) writeContent(world, operation, caller)
  for (const item of plan.items.slice(0, count)) applyItem(world, operation, item, caller)
  if (operation.operation === 'Merge' && count === plan.items.length) retire(world, operation, caller)
  return world
}

function applyItem(world: World, operation: OperationSketch, { key, action }: Item, caller: Key): void {
  const row = world.rows.get(key) as Row
  if (operation.operation === 'Assign') assign(world, row, operation.to, caller)
  else if (action === 'delete') remove(world, row, caller)
  else if (action === 'move' && operation.operation === 'Merge') move(world, row, operation, caller)
  // An unlinked row loses its lookup with the row that it points to; a checked one is not changed.
}

function assign({ settings }: World, row: Row, to: string, caller: Key): void {
  const staysInUnit = settings.matrixOwnership && !settings.alwaysMoveRecordToOwnerBusinessUnit
  Object.assign(row.values, { ownerid: ownerKey(to), modifiedby: caller, ...(staysInUnit ? {} : { owningbusinessunit: unitOf(to) }) })
}

function remove(world: World, row: Row, caller: Key): void {
  for (const relationship of relationshipsBelow(world, row))
    if (typeOf(relationship, 'Delete') === 'RemoveLink')
      for (const child of childrenOf(world, row, relationship)) empty(world, child, relationship.attribute, caller)
  for (const merged of world.rows.values()) if (merged.values.masterid === row.key) empty(world, merged, 'masterid', caller)
  for (const link of world.links) if (link.split(' ').includes(row.key)) world.links.delete(link)
  world.rows.delete(row.key)
}

function empty({ settings }: World, row: Row, attribute: string, caller: Key): void {
  row.values[attribute] = null
  if (settings.removeLinkUpdatesModifiedOn) row.values.modifiedby = caller
}

function move(world: World, row: Row, { target, subordinate }: Merge, caller: Key): void {
  const [kept, lost] = [rowAt(world, target) as Row, rowAt(world, subordinate) as Row]
  for (const relationship of relationshipsBelow(world, lost))
    if (typeOf(relationship, 'Merge') === 'Cascade' && childrenOf(world, lost, relationship).includes(row)) {
      row.values[relationship.attribute] = kept.key
      row.values.modifiedby = caller
    }
}

function writeContent(world: World, { target, content }: Merge, caller: Key): void {
  if (Object.keys(content).length === 0) return
  const row = rowAt(world, target) as Row
  const contentOf = (value: string | number | null): Value => (typeof value === 'number' ? (rowAt(world, value) as Row).key : value)
  Object.assign(row.values, Object.fromEntries(Object.entries(content).map(([column, value]) => [column, contentOf(value)])), {
    modifiedby: caller,
  })
}

function retire(world: World, { target, subordinate }: Merge, caller: Key): void {
  const [kept, lost] = [rowAt(world, target) as Row, rowAt(world, subordinate) as Row]
  Object.assign(lost.values, { ...inactive(lost), merged: true, masterid: kept.key, modifiedby: caller })
  for (const link of [...world.links]) {
    const [relationship, first, second] = link.split(' ') as [string, Key, Key]
    if (first !== lost.key && second !== lost.key) continue
    const moved = (key: Key): Key => (key === lost.key ? kept.key : key)
    world.links.delete(link)
    world.links.add(linkKey(Number(relationship), moved(first), moved(second)))
  }
}

/** State 1 with status reason 2, unless that is the table's active state. */
const inactive = ({ table }: Row): Record<string, Value> =>
  table.activeState === 1 ? { statecode: 0, statuscode: 1 } : { statecode: 1, statuscode: 2 }
