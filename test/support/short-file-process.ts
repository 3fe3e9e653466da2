import { v7 } from 'uuid'
import { openEngine } from '#engine'
import { EngineError } from '#engine/contract/errors'

/**
 * Makes users in a new environment until a write is refused, and prints how many writes were said to have happened, how many
 * users there are for it, and the refusal's code: `short-file-process.ts PATH`. Run where no file may grow beyond a limit.
 */
const [path = ''] = process.argv.slice(2)

const engine = openEngine({ path, mode: 'create', now: () => 0, newId: () => v7(), turns: { enter: () => {}, leave: () => {} } })
const before = engine.as('admin').countRecords('systemuser')
const [unit] = engine.as('admin').findRecords({ table: 'businessunit', offset: 0, limit: 1 }).rows
if (!unit) throw new Error('A new environment has a business unit')
let made = 0
let code: string | undefined
while (code === undefined) {
  try {
    engine
      .as('admin')
      .createRecord('systemuser', { fullname: `${'x'.repeat(40_000)} ${made}`, businessunitid: { table: unit.table, id: unit.id } })
    made++
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    code = error.code
  }
}
const there = engine.as('admin').countRecords('systemuser') - before
engine.checkpoint()
engine.close()
process.stdout.write(JSON.stringify({ made, there, code }))
