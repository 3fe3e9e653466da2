import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { concerns, watchOrigin } from '../../../main/plugins/watch-origin.ts'
import { temporaryFolder } from '../../support/engine.ts'

/** Watches until the test is over; `next` settles with the next change that is told of. */
function watching(origin: string) {
  let told = 0
  let tell = () => {}
  const undo = watchOrigin(origin, () => {
    told++
    tell()
  })
  onTestFinished(undo)
  const next = () =>
    new Promise<void>((resolve) => {
      tell = resolve
    })
  return { undo, next, told: () => told }
}

test('a change anywhere in the folder of a plug-in is told once it is quiet [PI7]', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'src'))
  writeFileSync(join(folder, 'src', 'rules.ts'), '1')
  const { next, told } = watching(folder)

  for (const name of [join('src', 'rules.ts'), 'index.ts']) {
    const changed = next()
    for (const content of ['2', '3', '4']) writeFileSync(join(folder, name), content)
    await changed
  }

  expect(told()).toBe(2)
})

test('a module is followed also where an editor puts a new one in its place, time and again, and so is one in a folder that comes later [PI7]', async () => {
  const folder = temporaryFolder()
  const drafts = temporaryFolder()
  writeFileSync(join(folder, 'index.ts'), '1')
  const { next } = watching(folder)
  const replace = async (name: string) => {
    const changed = next()
    writeFileSync(join(drafts, 'draft'), '2')
    renameSync(join(drafts, 'draft'), join(folder, name))
    await changed
  }

  for (const name of ['index.ts', 'index.ts', 'index.ts']) await replace(name)
  const made = next()
  mkdirSync(join(folder, 'src'))
  await made
  for (const name of [join('src', 'rules.ts'), join('src', 'rules.ts')]) await replace(name)
  rmSync(join(folder, 'src'), { recursive: true })
  const again = next()
  mkdirSync(join(folder, 'src'))
  await again
  await replace(join('src', 'rules.ts'))
})

test('a module file is followed also where an editor puts a new one in its place [PI7]', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'watch.ts')
  writeFileSync(file, '1')
  const { next } = watching(file)

  for (const content of ['2', '3']) {
    const changed = next()
    writeFileSync(join(folder, 'draft'), content)
    renameSync(join(folder, 'draft'), file)
    await changed
  }
})

test('once it is undone nothing more is told', async () => {
  const folder = temporaryFolder()
  const first = watching(folder)
  const second = watching(folder)
  first.undo()

  const changed = second.next()
  writeFileSync(join(folder, 'index.ts'), '1')
  await changed

  expect(first.told()).toBe(0)
})

test('what is missing or goes away is left alone, and undoing it twice does no harm', () => {
  const folder = join(temporaryFolder(), 'plugin')
  mkdirSync(folder)
  const { undo } = watching(folder)
  rmSync(folder, { recursive: true })
  const missing = watching(join(folder, 'deeper', 'index.ts'))

  for (const stop of [undo, undo, missing.undo]) stop()

  expect(missing.told()).toBe(0)
})

test('packages of an author, the repository’s own files, and the neighbours of a module file are no change of the plug-in', () => {
  expect([
    concerns('/p/watch', true, 'index.ts'),
    concerns('/p/watch', true, ['src', 'rules.ts'].join(sep)),
    concerns('/p/watch', true, ['node_modules', 'left-pad', 'index.js'].join(sep)),
    concerns('/p/watch', true, ['.git', 'index'].join(sep)),
    concerns('/p/watch.ts', false, 'watch.ts'),
    concerns('/p/watch.ts', false, 'other.ts'),
  ]).toEqual([true, true, false, false, true, false])
})
