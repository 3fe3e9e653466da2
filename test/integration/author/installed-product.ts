import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'

const PRODUCT = join(import.meta.dirname, '../../..')

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** A repository of an author of plug-ins, with the packed product installed in it as npm does it. */
export interface AuthorRepository {
  folder: string
  /** `npx cascade …` in this repository. */
  cascade(...args: string[]): Promise<Ended>
  /** The command of an installed package, such as vitest. */
  command(packageName: string, command: string, ...args: string[]): Promise<Ended>
}

export async function createAuthorRepository(folder: string): Promise<AuthorRepository> {
  const archive = await packProduct(folder)
  const repository = join(folder, 'author')
  mkdirSync(repository)
  writeFileSync(join(repository, 'package.json'), JSON.stringify({ name: 'plugins-of-an-author', private: true, type: 'module' }))
  const { vitest, typescript } = readPackage(PRODUCT).devDependencies
  const wanted = [archive, `vitest@${vitest}`, `typescript@${typescript}`]
  await succeeded(npm(repository, 'install', '--save-dev', '--prefer-offline', '--no-audit', '--no-fund', ...wanted))
  const command: AuthorRepository['command'] = (packageName, name, ...args) => {
    const installed = join(repository, 'node_modules', packageName)
    const { bin } = readPackage(installed)
    return run(repository, process.execPath, [join(installed, typeof bin === 'string' ? bin : (bin[name] ?? '')), ...args])
  }
  return { folder: repository, command, cascade: (...args) => command('cascade-workbench', 'cascade', ...args) }
}

/** From a copy of what the repository holds, so that a build for other tests is left alone. */
async function packProduct(folder: string): Promise<string> {
  const copy = join(folder, 'product')
  const isSource = (name: string) => !['node_modules', 'out', 'dist', 'test', 'test-results', 'bench', '.git', '.ci'].includes(name)
  mkdirSync(copy)
  for (const name of readdirSync(PRODUCT).filter(isSource)) cpSync(join(PRODUCT, name), join(copy, name), { recursive: true })
  symlinkSync(join(PRODUCT, 'node_modules'), join(copy, 'node_modules'), 'junction')
  await succeeded(npm(copy, 'run', 'pack', '--', '--pack-destination', folder))
  const archive = readdirSync(folder).find((name) => name.endsWith('.tgz'))
  if (archive === undefined) throw new Error('npm pack made no archive')
  return join(folder, archive)
}

interface PackageJson {
  bin: string | Record<string, string>
  devDependencies: Record<string, string>
}

const readPackage = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson

const npm = (folder: string, ...args: string[]): Promise<Ended> => run(folder, 'npm', args, process.platform === 'win32')

async function succeeded(running: Promise<Ended>): Promise<void> {
  const { code, stdout, stderr } = await running
  if (code !== 0) throw new Error(`npm ended with ${code}:\n${stdout}\n${stderr}`)
}

/** As in a terminal of the author: nothing of the tests around it, and the Node that runs them first. */
function run(folder: string, program: string, args: string[], shell = false): Promise<Ended> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VITEST|VITE_|TINYPOOL|NODE_OPTIONS|NODE_ENV|npm_)/.test(name)),
  )
  const PATH = [dirname(process.execPath), process.env.PATH ?? ''].join(delimiter)
  const data = join(folder, '..', 'data')
  const child = spawn(program, args, {
    cwd: folder,
    shell,
    env: { ...env, PATH, CASCADE_DATA_FOLDER: data, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => {
    stdout += String(chunk)
  })
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk)
  })
  return new Promise((resolve, reject) => child.on('error', reject).on('close', (code) => resolve({ code, stdout, stderr })))
}
