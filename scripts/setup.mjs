/**
 * Installs what a fresh checkout lacks: packages and a Node that runs them. Needs only Node 18 and no packages, because it runs before
 * anything is installed. Prints one line for each action, and nothing if nothing is missing.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const MODULES = join(ROOT, 'node_modules')
const NEEDED_NODE = [22, 18]

export const say = (line) => console.log(`» ${line}`)

/** Prints a sentence instead of a stack and ends the program. */
export function giveUp(sentence) {
  console.error(`✗ ${sentence}`)
  process.exit(1)
}

/** Installs packages when they are missing or differ from package-lock.json. */
export function ensurePackages() {
  const reason = packagesReason()
  if (reason === null) return
  say(`Installing packages (${reason})`)
  const installed = spawnSync('npm', ['ci', '--include=dev', '--include=optional', '--loglevel=error', '--no-audit', '--no-fund'], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
    env: { ...process.env, PATH: pathWithoutOwnModules() },
  })
  if (installed.error) giveUp(`Packages could not be installed, because npm did not start: ${installed.error.message}`)
  if (installed.status !== 0) giveUp("Packages could not be installed: see npm's message above. It needs the package registry once.")
}

/** Returns why packages must be installed, or null. npm records what it installed in a lock file inside node_modules. */
function packagesReason() {
  const record = join(MODULES, '.package-lock.json')
  if (!existsSync(record)) return 'none yet'
  const wanted = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages
  const present = JSON.parse(readFileSync(record, 'utf8')).packages
  const changed = Object.keys(wanted).filter((path) => {
    const mayBeAbsent = wanted[path].optional || wanted[path].devOptional || wanted[path].peer
    return path !== '' && (present[path] ? present[path].version !== wanted[path].version : !mayBeAbsent)
  })
  return changed.length === 0 ? null : `${changed.length} changed in package-lock.json`
}

/** Returns PATH without our node_modules: npm must not run on the Node inside the folder that it replaces. */
function pathWithoutOwnModules() {
  const separator = process.platform === 'win32' ? ';' : ':'
  return (process.env.PATH ?? '')
    .split(separator)
    .filter((folder) => !resolve(folder).startsWith(MODULES))
    .join(separator)
}

/** Returns the Node that runs the product: the one from the packages, else this machine's own if it is new enough. */
export function findNode() {
  const fromPackages = [`node-linux-${process.arch}/bin/node`, `node-win-${process.arch}/bin/node.exe`]
    .map((path) => join(MODULES, path))
    .find((path) => existsSync(path))
  if (fromPackages !== undefined) {
    if (existsSync(process.execPath) && realpathSync(process.execPath) === realpathSync(fromPackages)) return fromPackages
    if (spawnSync(fromPackages, ['--version']).status === 0) return fromPackages
  }
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > NEEDED_NODE[0] || (major === NEEDED_NODE[0] && minor >= NEEDED_NODE[1])) return process.execPath
  return giveUp(
    `Cascade Workbench needs Node ${NEEDED_NODE.join('.')} or newer; this is ${process.versions.node}, and the packages bring none for ` +
      `${process.platform} ${process.arch}. Please install Node 24 from https://nodejs.org and run the same command again.`,
  )
}

/** Returns the script of a package's command, so that it runs on the chosen Node and not on the first one in PATH. */
export function commandOf(packageName, command = packageName) {
  const folder = join(MODULES, packageName)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, typeof bin === 'string' ? bin : bin[command])
}

/** Returns the environment for a child process, with the chosen Node first in PATH. */
export function environmentFor(node, extra = {}) {
  const separator = process.platform === 'win32' ? ';' : ':'
  return { ...process.env, ...extra, PATH: [dirname(node), join(MODULES, '.bin'), process.env.PATH ?? ''].join(separator) }
}

/** Runs a program in the foreground. Returns its exit code, output and duration. */
export function run(program, args, options = {}) {
  const startedMs = Date.now()
  return new Promise((settle) => {
    const child = spawn(program, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], ...options })
    // A terminal sends Ctrl+C to the whole group, so the child has received it; a second one would keep it from finishing its work.
    const forwarded = new Set()
    const forward = (signal) => {
      const heardByAll = process.stdin.isTTY && signal !== 'SIGTERM'
      if (!heardByAll && !forwarded.has(signal)) child.kill(signal)
      forwarded.add(signal)
    }
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of signals) process.on(signal, forward)
    let output = ''
    child.stdout?.on('data', (text) => {
      output += text
    })
    child.stderr?.on('data', (text) => {
      output += text
    })
    const finish = (code) => {
      for (const signal of signals) process.off(signal, forward)
      settle({ code, output, durationMs: Date.now() - startedMs })
    }
    child.on('error', (error) => {
      output += error.message
      finish(127)
    })
    child.on('close', (code, signal) => finish(signal === null ? code : 130))
  })
}
