import { expect, test } from 'vitest'
import { readFiles, type SourceFile } from '../../support/repository.ts'

const sheets = readFiles(['renderer'], ['.css'])
const code = readFiles(['renderer'], ['.ts', '.tsx'])
const TOKENS = 'renderer/tokens.css'

/** What distances, radii and sizes of text are written in. Sizes of things (width, height, columns) are their own. */
const ON_TOKENS = /(?:^|[\s;{])((?:padding|margin|inset)(?:-[a-z]+)*|gap|row-gap|column-gap|font-size|border-radius):([^;}]*)/g
/** Hairlines and optical corrections. */
const SMALL_PX = 3

const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '')

/** `renderer/ui`, `renderer/shell`, `renderer/features/jobs`. */
const folderOf = (path: string): string =>
  path
    .split('/')
    .slice(0, path.startsWith('renderer/features/') ? 3 : 2)
    .join('/')

const classesIn = (text: string): string[] => [...withoutComments(text).matchAll(/\.(-?[a-zA-Z][\w-]*)/g)].map(([, name = '']) => name)

/** Which folders define a class: in a rule for the class alone, or, where there is none, in any rule that begins with it. */
function ownClasses(): Map<string, Set<string>> {
  const alone = new Map<string, Set<string>>()
  const within = new Map<string, Set<string>>()
  for (const { path, text } of sheets) {
    for (const [, selectors = ''] of withoutComments(text).matchAll(/(?:^|[{}])\s*([^{}@]+)\{/g)) {
      for (const selector of selectors.split(',').map((one) => one.trim())) {
        const [name] = classesIn(selector.split(/[\s>+~]/, 1)[0] ?? '')
        if (name === undefined) continue
        const rules = /[\s>+~]/.test(selector) ? within : alone
        rules.set(name, (rules.get(name) ?? new Set()).add(folderOf(path)))
      }
    }
  }
  return new Map([...within, ...alone])
}

const owners = ownClasses()

/** Whether a folder may use a class: its own, or one of a folder below it. */
function mayUse(folder: string, name: string): boolean {
  const offered = owners.get(name)
  if (offered === undefined) return true
  const below = folder === 'renderer/ui' ? [] : folder === 'renderer/frame' ? ['renderer/ui'] : ['renderer/ui', 'renderer/frame']
  return [folder, ...below].some((own) => offered.has(own))
}

/** Words in texts of code that are a class of some sheet; a class has a hyphen, so that words of a sentence are none. */
const usedIn = ({ text }: SourceFile): string[] =>
  [...text.matchAll(/(?<=['"`\s])[a-z]+(?:-[a-zA-Z]+)+(?=['"`\s])/g)].map(([word]) => word).filter((word) => owners.has(word))

test('distances, radii and sizes of text come from the tokens', () => {
  const offenders = sheets
    .filter(({ path }) => path !== TOKENS)
    .flatMap(({ path, text }) =>
      [...withoutComments(text).matchAll(ON_TOKENS)].flatMap(([, property, value = '']) =>
        [...value.matchAll(/(\d+(?:\.\d+)?)px/g)]
          .filter(([, px]) => Number(px) > SMALL_PX)
          .map(([raw]) => `${path}: ${property}: … ${raw}: use --space-…, --text-… or --radius-… of ${TOKENS}`),
      ),
    )

  expect(offenders).toEqual([])
})

test('a class is used only in the folder whose sheet defines it, or above frame and ui', () => {
  const inCode = code.flatMap((file) =>
    usedIn(file)
      .filter((name) => !mayUse(folderOf(file.path), name))
      .map(
        (name) => `${file.path} uses .${name} of ${[...(owners.get(name) ?? [])]}: move what is shared to renderer/ui or renderer/frame`,
      ),
  )
  const inSheets = sheets
    .filter(({ path }) => path !== TOKENS)
    .flatMap(({ path, text }) =>
      classesIn(text)
        .filter((name) => name.includes('-') && !mayUse(folderOf(path), name))
        .map((name) => `${path} restyles .${name} of ${[...(owners.get(name) ?? [])]}`),
    )

  expect([...new Set([...inCode, ...inSheets])]).toEqual([])
})

test('each variable that a sheet uses is a token', () => {
  const tokens = new Set([...(sheets.find(({ path }) => path === TOKENS)?.text ?? '').matchAll(/(--[\w-]+):/g)].map(([, name]) => name))
  /** Set by the positioner of a popup. */
  const given = ['--anchor-width', '--available-height']
  const unknown = sheets.flatMap(({ path, text }) =>
    [...text.matchAll(/var\((--[\w-]+)/g)]
      .map(([, name = '']) => name)
      .filter((name) => !tokens.has(name) && !given.includes(name))
      .map((name) => `${path} uses ${name}`),
  )

  expect(unknown).toEqual([])
})
