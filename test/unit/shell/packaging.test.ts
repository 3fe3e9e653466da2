import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

const packaging = parse(readFileSync('electron-builder.yml', 'utf8'))
const product = JSON.parse(readFileSync('package.json', 'utf8'))

test('the packaged program cannot be turned into a plain Node, inspected or fed another app', () => {
  expect(packaging.electronFuses).toMatchObject({
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  })
  expect(packaging.asar).toBe(true)
})

test('the package holds what the build makes, starting with the main entry', () => {
  expect(packaging.files).toContain('out/**')
  expect(product.main).toBe('./out/main/index.js')
})

test('environments open with the app on every system', () => {
  expect(packaging.fileAssociations).toEqual([{ ext: 'cascade', name: 'Cascade environment', role: 'Editor' }])
  expect(Object.keys(packaging)).toEqual(expect.arrayContaining(['linux', 'win', 'mac']))
})
