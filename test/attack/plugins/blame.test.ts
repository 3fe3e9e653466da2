import { expect, test } from 'vitest'
import { EngineError } from '#engine/contract/errors'
import type { StepDefinition } from '#plugin-api'
import { openPipeline, type PipelineLab } from '../../support/pipeline.ts'

const openTree = (handler: StepDefinition['handler']): PipelineLab => {
  const lab = openPipeline({
    tables: { account: { columns: { creditlimit: 'Money', note: 'String' } }, contact: {} },
    relationships: ['contact > account.primarycontactid'],
  }).rows({ account: { A: {} } })
  lab.plugin('helpful', { message: 'Update', table: 'account', stage: 'PreOperation', handler })
  return lab
}

/** What an update is refused with, and which plug-in that is said to come from. */
function refusalOf(lab: PipelineLab, values: Record<string, string | number>): { message: string; plugin: unknown } {
  try {
    lab.engine.as('admin').updateRecord(lab.refOf('A'), values)
  } catch (error) {
    if (error instanceof EngineError) return { message: error.message, plugin: error.details.plugin ?? null }
  }
  throw new Error('Nothing was refused')
}

const NOBODY = '00000000-0000-4000-8000-000000000000'

test('a value that the user typed is not blamed on a plug-in that changed nothing [PG33]', () => {
  const lab = openTree(({ sharedVariables }) => void (sharedVariables.seen = true))

  expect(refusalOf(lab, { creditlimit: 'a lot' })).toEqual({ message: expect.stringContaining('account.creditlimit'), plugin: null })
  expect(refusalOf(lab, { primarycontactid: NOBODY })).toEqual({ message: expect.stringContaining(NOBODY), plugin: null })
})

test('nor on one that changed another column [PG33]', () => {
  const lab = openTree(({ target }) => void (target.note = 'noted'))

  expect(refusalOf(lab, { creditlimit: 'a lot' })).toMatchObject({ plugin: null })
  expect(refusalOf(lab, { primarycontactid: NOBODY })).toMatchObject({ plugin: null })
})

test('a value that a plug-in put there is blamed on it, and on the last that did [PG33]', () => {
  const lab = openTree(({ target }) => void (target.creditlimit = 'a lot'))
  lab.plugin('later', {
    message: 'Update',
    table: 'account',
    stage: 'PreOperation',
    rank: 2,
    handler: ({ target }) => void (target.note = 'x'),
  })

  expect(refusalOf(lab, { name: 'fine' })).toEqual({
    message: expect.stringMatching(/account\.creditlimit.*changed by the plug-in helpful/),
    plugin: 'helpful',
  })
})
