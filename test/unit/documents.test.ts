import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readFiles } from '../support/repository.ts'

test('the index of recipes names each recipe', () => {
  const index = readFileSync('docs/recipes/README.md', 'utf8')
  const recipes = readdirSync('docs/recipes').filter((name) => name !== 'README.md')

  expect(recipes.filter((name) => !index.includes(`(${name})`))).toEqual([])
})

test('links between documents lead to files', () => {
  const documents = readFiles(
    ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', 'docs', 'main', 'plugins'],
    ['.md'],
  )
  const broken = documents.flatMap(({ path, text }) =>
    [...text.matchAll(/\]\((?!https?:|#)([^)\s#]+)(?:#[^)]*)?\)/g)]
      .map((match) => new URL(match[1] ?? '', `file:///${path}`).pathname.slice(1))
      .filter((target) => !existsSync(target))
      .map((target) => `${path} names ${target}`),
  )

  expect(broken).toEqual([])
})

test('files and folders named in the architecture exist', () => {
  const all = readFiles(['main', 'preload', 'renderer', 'test', 'scripts'], ['.ts', '.tsx', '.css', '.mjs', '.md']).map(({ path }) => path)
  const named = [...readFileSync('ARCHITECTURE.md', 'utf8').matchAll(/`([a-z-]+(?:\/[a-z-]+)+(?:\.[a-z.]+)?)\/?`/g)].map(
    (match) => match[1] ?? '',
  )

  expect(named.filter((name) => !existsSync(name) && !all.some((path) => path.includes(`/${name}`)))).toEqual([])
})
