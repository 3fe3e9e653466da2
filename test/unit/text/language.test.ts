import { expect, test } from 'vitest'
import { createLanguage } from '#text/language'
import { defineTexts, type Message, messagesOf, textsByKey } from '#text/message'

const catalogue = defineTexts('example', {
  records: '{count, plural, one {# record} other {# records}}',
  changed: '{who} changed {what}',
  tagged: 'Press <key>Enter</key>, {name}',
})
const example = messagesOf(catalogue)
const language = (locale: string, texts = catalogue, isPseudo = false) =>
  createLanguage({ locale, texts: new Map(textsByKey(texts)), isPseudo })

test('numbers are grouped and plurals chosen as the locale does', () => {
  const ukrainian = {
    ...catalogue,
    texts: { ...catalogue.texts, records: '{count, plural, one {# запис} few {# записи} many {# записів} other {# запису}}' as never },
  }
  const inUkrainian = [1, 2, 5, 21, 5422].map((count) => language('uk', ukrainian).say(example.records({ count })))

  expect([1, 5412].map((count) => language('en-US').say(example.records({ count })))).toEqual(['1 record', '5,412 records'])
  expect(inUkrainian).toEqual(['1 запис', '2 записи', '5 записів', '21 запис', '5\u00a0422 записи'])
})

test('a message within a message, and a list, are said in the same language', () => {
  const said = language('de').say(example.changed({ who: ['Anna', 'Ben', 'Cleo'], what: example.records({ count: 12_000 }) }))

  expect(said).toBe('Anna, Ben und Cleo changed 12.000 records')
})

test('tags are drawn around what stands inside them', () => {
  const parts = language('en-US').sayParts(example.tagged({ name: 'Anna' }), { key: (inside) => ({ key: inside.join('') }) })

  expect(parts).toEqual(['Press ', { key: 'Enter' }, ', Anna'])
})

test('a message with tags is not said as a plain text', () => {
  // @ts-expect-error: somebody must draw the tag
  const plain: Message = example.tagged({ name: 'Anna' })

  expect(plain.key).toBe('example.tagged')
})

test('an unknown key is shown, so that nothing is lost', () => {
  expect(language('en-US').say({ key: 'other.text' })).toBe('other.text')
})

test('the pseudo-locale accents and lengthens texts of the catalogue, and leaves parameters alone', () => {
  const pseudo = language('en-US', catalogue, true)

  expect(pseudo.say(example.records({ count: 5412 }))).toMatch(/^⟦5,412 řéçöřđš·+⟧$/)
  expect(pseudo.say(example.changed({ who: 'alice', what: 'acme' }))).toMatch(/^⟦alice çhàñgéđ acme·+⟧$/)
})

test('the platform’s texts stay as they are in every language', () => {
  const platform = defineTexts('platform', { missing: '{table} Does Not Exist' })
  const said = createLanguage({ locale: 'de', texts: new Map(textsByKey(platform)), isPseudo: true }).say(
    messagesOf(platform).missing({ table: 'account' }),
  )

  expect(said).toBe('account Does Not Exist')
})
