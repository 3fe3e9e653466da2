import { expect, test } from 'vitest'
import { EngineError, inputInvalid, recordDamaged, recordNotFound } from '#engine/contract/errors'
import { EXIT, exitCodeOf } from '../../../main/cli/exit-codes.ts'

test('what is wrong with the file ends in 3, also where one record of it is damaged', () => {
  expect(exitCodeOf(new EngineError('ENVIRONMENT_UNUSABLE', 'x'))).toBe(EXIT.unusable)
  expect(exitCodeOf(recordDamaged('account.since', 'yesterday'))).toBe(EXIT.unusable)
})

test('what was refused ends in 1, what is not valid in 2, a defect in 70', () => {
  expect([exitCodeOf(recordNotFound('account', 'x')), exitCodeOf(inputInvalid('x')), exitCodeOf(new Error('x'))]).toEqual([
    EXIT.refused,
    EXIT.invalid,
    EXIT.unexpected,
  ])
})
