import { expect, test } from 'vitest'
import { CASCADE_ACTIONS, type CascadeConfiguration, type RelationshipDefinition } from '#engine/contract/tables'
import { lookupTargets, referencesOf } from '../../../renderer/features/trace/stores/run-references.ts'
import { detailsOf, runOf } from '../../support/trace-example.ts'

const A = '01a20135-74e4-74bc-b063-8b3685385990'
const B = '01a20135-74e4-74bc-b063-8b3685385991'

test('references are found in target, images and parameters, each once; a plain id only where its column is a lookup', () => {
  const owner = { table: 'systemuser', id: A }
  const details = detailsOf(runOf(), {
    input: { target: { ownerid: owner, name: B }, inputParameters: { Assignee: owner, Flag: true }, sharedVariables: { other: owner } },
    preImage: { parentaccountid: B, statecode: 0 },
    postImage: { parentaccountid: null },
  })

  expect(referencesOf(details, new Map([['parentaccountid', 'account']]))).toEqual([owner, { table: 'account', id: B }])
})

test('a lookup leads to the table that its relationship says', () => {
  const cascade = Object.fromEntries(CASCADE_ACTIONS.map((action) => [action, 'NoCascade'])) as CascadeConfiguration
  const relationship: RelationshipDefinition = {
    schemaName: 'account_contacts',
    referenced: 'account',
    referencing: 'contact',
    attribute: 'parentid',
    hierarchical: false,
    cascade,
    stated: [],
    kind: 'data',
    origin: 'declared',
    originNote: null,
  }
  const model = { tables: [], manyToMany: [], relationships: [relationship] }

  expect([...lookupTargets(model, 'contact')]).toEqual([['parentid', 'account']])
  expect([...lookupTargets(model, 'account'), ...lookupTargets(null, 'contact')]).toEqual([])
})
