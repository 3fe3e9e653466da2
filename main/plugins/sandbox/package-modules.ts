import { posix } from 'node:path'
import type { EngineError } from '#engine/contract/errors'
import type { PluginPackage } from '#engine/contract/plugin-runtime'
import type { Permission } from '#engine/contract/plugins'
import { packageText } from '#text/english/packages'
import type { Message } from '#text/message'
import { FILES_MODULE, PLUGIN_API_MODULE } from './inside/modules.ts'
import { pluginInvalid } from './plugin-invalid.ts'
import { stripTypes } from './strip-types.ts'

const API_NAMES = new Set(['cascade-workbench/plugin', '#plugin-api'])
const FILE_NAMES = new Set(['node:fs', 'fs'])
const LONGEST_SPECIFIER = 1000
const API = 'cascade-workbench/plugin'
export const FILES = 'node:fs'

/** TypeScript authors may write the extension of the compiled file. */
const WRITTEN_AS: [written: RegExp, means: string][] = [
  [/\.js$/, '.ts'],
  [/\.mjs$/, '.mts'],
]
const LEFT_OUT = ['.ts', '.mts', '.js', '.mjs', '/index.ts', '/index.mts', '/index.js', '/index.mjs']

/** A text of the catalogue that names the specifier. */
type ImportProblem = (params: { specifier: string }) => Message

/** Finds the modules that a plug-in can import: those of its package, and the few that we provide. */
export class PackageModules {
  /** The first failed import, kept here because the interpreter passes on only its message. */
  problem: EngineError | undefined
  readonly #files: Map<string, string>
  readonly #permissions: readonly Permission[]
  /** The error for the first import of `node:fs`, to be used if the plug-in does not ask for that permission. */
  #unasked: EngineError | undefined

  constructor(pluginPackage: PluginPackage, permissions: readonly Permission[]) {
    this.#files = new Map(pluginPackage.files.map(({ path, content }) => [path, content]))
    this.#permissions = permissions
  }

  /** Returns whether a module may import `node:fs`, with or without the permission, see `checkAskedFor`. */
  get hasFiles(): boolean {
    return [...this.#files.values()].some((text) => /(['"`])(node:)?fs\1/.test(text))
  }

  /** @throws PLUGIN_INVALID, with the importing file and line */
  resolve(base: string, specifier: string): string {
    if (specifier.length > LONGEST_SPECIFIER) throw pluginInvalid(packageText.nameTooLong, { file: base })
    if (API_NAMES.has(specifier)) return API
    if (FILE_NAMES.has(specifier)) return this.#filesModule(base, specifier)
    if (!/^\.{1,2}\//.test(specifier)) throw this.#refuse(base, specifier, ...this.#whyNot(specifier))

    const path = posix.join(posix.dirname(base), specifier)
    if (path.startsWith('../')) throw this.#refuse(base, specifier, packageText.importOutside, packageText.importOutsideHint)
    const candidates = [
      path,
      ...WRITTEN_AS.filter(([written]) => written.test(path)).map(([written, means]) => path.replace(written, means)),
      ...LEFT_OUT.map((extension) => path + extension),
    ]
    const found = candidates.find((candidate) => this.#files.has(candidate))
    if (found !== undefined) return found
    throw this.#refuse(base, specifier, packageText.importNotThere, this.#modulesHint())
  }

  /** @throws PLUGIN_INVALID */
  source(name: string): string {
    if (name === API) return PLUGIN_API_MODULE
    if (name === FILES) return FILES_MODULE
    const content = this.#files.get(name)
    if (content === undefined)
      throw this.#keep(pluginInvalid(packageText.moduleUnknown({ module: name }), { file: name }, this.#modulesHint()))
    if (/\.m?js$/.test(name)) return content
    if (!/\.m?ts$/.test(name)) throw this.#keep(pluginInvalid(packageText.noKindOfModule, { file: name }, packageText.noKindOfModuleHint))
    try {
      return stripTypes(content, name)
    } catch (error) {
      throw this.#keep(error as EngineError)
    }
  }

  /**
   * Checks that a module which imports `node:fs` asks for a permission to use files. Before anyone has agreed, a module is evaluated without
   * permissions to learn which ones it asks for; its imports succeed then, and only calls of `node:fs` are refused.
   * @throws PLUGIN_INVALID, with the importing file and line
   */
  checkAskedFor(definition: unknown): void {
    const { permissions } = (definition ?? {}) as { permissions?: unknown }
    if (this.#unasked && !(Array.isArray(permissions) && opensFiles(permissions))) throw this.#unasked
  }

  #filesModule(base: string, specifier: string): string {
    if (!opensFiles(this.#permissions))
      this.#unasked ??= this.#refusal(
        base,
        specifier,
        packageText.importNeedsPermission,
        packageText.importNeedsPermissionHint({ example: "permissions: ['fs:read']" }),
      )
    return FILES
  }

  #whyNot(specifier: string): [problem: ImportProblem, hint: Message] {
    if (specifier.startsWith('node:')) return [packageText.importOfNode, packageText.importOfNodeHint]
    if (specifier.startsWith('/') || /^[a-z]:|^[a-z]+:/i.test(specifier))
      return [packageText.importNoModule, packageText.importNoModuleHint]
    return [packageText.importOfPackage, packageText.importOfPackageHint({ api: API })]
  }

  #refuse(base: string, specifier: string, problem: ImportProblem, hint: Message): EngineError {
    return this.#keep(this.#refusal(base, specifier, problem, hint))
  }

  #refusal(base: string, specifier: string, problem: ImportProblem, hint: Message): EngineError {
    return pluginInvalid(problem({ specifier }), { file: base, ...this.#placeOf(base, specifier) }, hint)
  }

  /** Returns the first place of the quoted text after `from`, `import` or `import(`, else of the quoted text anywhere. */
  #placeOf(file: string, specifier: string): { line?: number; column?: number } {
    const text = this.#files.get(file) ?? ''
    const quoted = `["']${specifier.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}["']`
    const index = [`(?<=(?:from|import)\\s*(?:\\(\\s*)?)${quoted}`, quoted]
      .map((pattern) => text.search(new RegExp(pattern)))
      .find((found) => found >= 0)
    if (index === undefined) return {}
    const before = text.slice(0, index).split('\n')
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
  }

  #modulesHint(): Message {
    const modules = [...this.#files.keys()].filter((path) => /\.m?[jt]s$/.test(path)).join(', ')
    return packageText.modulesHint({ modules })
  }

  #keep(error: EngineError): EngineError {
    this.problem ??= error
    return error
  }
}

const opensFiles = (permissions: readonly unknown[]): boolean => permissions.includes('fs:read') || permissions.includes('fs:write')
