import { IntlMessageFormat } from 'intl-messageformat'
import { expect, test } from 'vitest'
import { textsByKey } from '#text/message'
import { CATALOGUES } from '../../../renderer/shell/catalogues.ts'
import { importsOf, readFiles } from '../../support/repository.ts'

const texts = CATALOGUES.flatMap(textsByKey)

test('every text can be read', () => {
  const unreadable = texts.filter(([, text]) => {
    try {
      return new IntlMessageFormat(text, 'en-US').getAst().length === 0
    } catch {
      return true
    }
  })

  expect(unreadable).toEqual([])
})

test('a tag and a parameter of one text have different names: the library knows them by name alone', () => {
  const tagsOf = (text: string) => [...text.matchAll(/<(\w+)>/g)].map(([, tag]) => tag)

  expect(texts.filter(([, text]) => tagsOf(text).some((tag) => new RegExp(`\\{${tag}[,}]`).test(text)))).toEqual([])
})

test('no key stands for two texts', () => {
  const keys = texts.map(([key]) => key)

  expect(keys.filter((key, place) => keys.indexOf(key) !== place)).toEqual([])
})

test('the app knows every catalogue of the renderer', () => {
  const files = readFiles(['renderer'], ['.ts']).filter(({ text }) => /\bdefineTexts\(/.test(text))
  const known = readFiles(['renderer/shell/catalogues.ts'], ['.ts']).flatMap(importsOf)

  expect(files.map(({ path }) => path).filter((path) => !known.some((imported) => imported.path === path))).toEqual([])
})
