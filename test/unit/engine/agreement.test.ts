import { expect, test } from 'vitest'
import type { Agreed } from '#engine/plugins/agreement'
import { agreementOf, isAgreed, statusOfPlugin } from '#engine/plugins/agreement'

const KEY = 'k'.repeat(64)
const agreed: Agreed = {
  name: 'watch',
  contentHash: 'a'.repeat(64),
  permissions: ['env', 'network'],
  registration: '[[0,"Update","account"]]',
  isDeveloped: false,
  origin: '/plug-ins/watch',
}
const signed = (plugin: Agreed, key = KEY) => ({ ...plugin, agreement: agreementOf(plugin, key) })

test('an agreement holds for the same files and permissions, in whatever order those are listed [PI5]', () => {
  expect(isAgreed(signed(agreed), KEY)).toBe(true)
  expect(isAgreed({ ...signed(agreed), permissions: ['network', 'env'] }, KEY)).toBe(true)
})

test('an agreement does not hold for another name, other files, permissions or steps, another key, or another folder to be followed [PI5]', () => {
  const others = [
    { ...signed(agreed), name: 'watch-too' },
    { ...signed(agreed), contentHash: 'b'.repeat(64) },
    { ...signed(agreed), registration: '[[0,"Update","contact"]]' },
    { ...signed(agreed), permissions: ['network' as const] },
    { ...signed(agreed), permissions: ['env' as const, 'network' as const, 'fs:read' as const] },
    { ...signed(agreed), isDeveloped: true },
    { ...signed({ ...agreed, isDeveloped: true }), origin: '/elsewhere' },
    signed(agreed, 'another key'),
    { ...agreed, agreement: null },
    { ...agreed, agreement: '' },
  ]

  expect(others.map((plugin) => isAgreed(plugin, KEY))).toEqual(others.map(() => false))
})

test('a plug-in that is not developed may move: its origin is for reading again only', () => {
  expect(isAgreed({ ...signed(agreed), origin: '/elsewhere' }, KEY)).toBe(true)
})

test('without a key, whatever is enabled was agreed to [PI6]', () => {
  expect(isAgreed({ ...agreed, agreement: null }, undefined)).toBe(true)
})

test('the status says whether steps run: enabled and agreed to, waiting for that, or disabled [PI5]', () => {
  const unsigned = { ...agreed, agreement: null }

  expect([
    statusOfPlugin({ ...signed(agreed), isEnabled: true }, KEY),
    statusOfPlugin({ ...unsigned, isEnabled: true }, KEY),
    statusOfPlugin({ ...unsigned, isEnabled: true }, undefined),
    statusOfPlugin({ ...signed(agreed), isEnabled: false }, KEY),
  ]).toEqual(['Enabled', 'Waiting for agreement', 'Enabled', 'Disabled'])
})
