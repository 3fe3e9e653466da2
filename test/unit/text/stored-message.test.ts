import { expect, test } from 'vitest'
import { inEnglish } from '#text/english'
import { reason } from '#text/english/reasons'
import { readStoredMessage, storedMessage } from '#text/stored-message'

test('a message survives a file with key and parameters', () => {
  const message = reason.meetsThreshold({ affected: 5412, threshold: 5000, operation: 'Delete' })

  expect(readStoredMessage(storedMessage(message))).toEqual(message)
})

test.each(['Paused after 4 tries.', '{ "x": 1 }', '{broken'])('a sentence that an older version kept is read as it is: %s', (sentence) => {
  expect(inEnglish(readStoredMessage(sentence))).toBe(sentence)
})
