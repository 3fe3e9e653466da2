import type { LabModel } from './engine.ts'
import { openPipeline } from './pipeline.ts'

export const TREE_MODEL: LabModel = {
  tables: { account: { columns: { note: 'String' } }, contact: { columns: { note: 'String' } }, visit: {}, task: {} },
  relationships: [
    'account > contact.accountid Assign=Cascade Delete=Cascade Merge=Cascade',
    'account > visit.accountid Assign=Cascade Delete=Cascade Merge=Cascade',
  ],
}

/** An account with contacts, on which the tests’ steps listen, then as many visits. */
export const openTree = (settings = {}, contacts = 5) =>
  openPipeline(TREE_MODEL, { settings }).rows({
    account: { A: { ownerid: 'alice' }, B: { ownerid: 'alice' } },
    contact: Object.fromEntries(Array.from({ length: contacts }, (_, index) => [`C${index}`, { accountid: 'A', ownerid: 'alice' }])),
    visit: Object.fromEntries(Array.from({ length: contacts }, (_, index) => [`V${index}`, { accountid: 'A', ownerid: 'alice' }])),
  })

export type Tree = ReturnType<typeof openTree>

export const bobs = (lab: Tree, table = 'contact') =>
  Object.entries(lab.column(table, 'ownerid')).flatMap(([label, owner]) => (owner === 'bob' ? [label] : []))

/** What somebody else sees: how far the job is, and which contacts have another owner than alice by then. */
export function seenOutside(lab: Tree): string {
  const [job] = lab.committed<{ position: number }>('SELECT position FROM _cascade_job')
  const changed = lab.committed<{ name: string }>(
    "SELECT name FROM contact WHERE ownerid <> (SELECT _row FROM systemuser WHERE fullname = 'alice') ORDER BY name",
  )
  const tasks = lab.committed('SELECT * FROM task').length
  return `${job?.position}: ${changed.map(({ name }) => name).join(' ')} + ${tasks}`
}
