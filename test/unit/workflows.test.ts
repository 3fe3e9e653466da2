import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { readFiles, readJson } from '../support/repository.ts'

interface Workflow {
  permissions?: Record<string, string>
  jobs: Record<string, { 'timeout-minutes'?: number; permissions?: Record<string, string>; steps: Step[] }>
}
interface Step {
  uses?: string
  run?: string
}

const scripts = Object.keys((readJson('package.json') as { scripts: Record<string, string> }).scripts)
const workflows = readFiles(['.github/workflows'], ['.yml']).map(({ path, text }) => ({ path, text, content: parse(text) as Workflow }))
const jobs = workflows.flatMap(({ path, content }) =>
  Object.entries(content.jobs).map(([name, job]) => ({ place: `${path} ${name}`, ...job })),
)
const steps = jobs.flatMap(({ place, steps }) => steps.map((step) => ({ place, ...step })))

test('there is a workflow for every change and one for every release', () => {
  expect(workflows.map(({ path }) => path).sort()).toEqual(['.github/workflows/ci.yml', '.github/workflows/release.yml'])
})

test('workflows call npm scripts that exist', () => {
  const called = steps.flatMap(({ place, run = '' }) =>
    [...run.matchAll(/\bnpm (?:(test)|run (?:--?[\w-]+ )*([\w:-]+))/g)].map((match) => ({ place, script: match[1] ?? match[2] ?? '' })),
  )

  expect(called.map(({ script }) => script)).toContain('test')
  expect(called.filter(({ script }) => !scripts.includes(script))).toEqual([])
})

test('workflows call scripts of the repository by npm alone, so that a developer can do the same', () => {
  expect(steps.filter(({ run = '' }) => /\bnode |\bnpx |\.mjs\b/.test(run))).toEqual([])
})

test('actions are pinned to a commit, with the version beside it', () => {
  const used = workflows.flatMap(({ path, text }) =>
    text
      .split('\n')
      .filter((line) => /\buses:/.test(line))
      .map((line) => `${path}: ${line.trim()}`),
  )

  expect(used.length).toBeGreaterThan(0)
  expect(used.filter((line) => !/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([])
})

test('every job ends in time, and none may write unless it says so itself', () => {
  expect(jobs.filter((job) => job['timeout-minutes'] === undefined).map(({ place }) => place)).toEqual([])
  expect(workflows.filter(({ content }) => content.permissions?.contents !== 'read').map(({ path }) => path)).toEqual([])
  expect(jobs.filter(({ permissions }) => permissions?.contents === 'write').map(({ place }) => place)).toEqual([
    '.github/workflows/release.yml draft',
  ])
})

test('everything in .github that is YAML can be read', () => {
  const files = readFiles(['.github'], ['.yml'])

  expect(files.map(({ path, text }) => [path, typeof parse(text)]).filter(([, kind]) => kind !== 'object')).toEqual([])
})
