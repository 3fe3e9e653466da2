/** The function that `node:fs` inside calls, with the arguments as JSON. Returns `v` and the result as JSON, or `f` and the error's `{ code, message }`. */
export interface FilesOutside {
  file(run: number, method: string, args: string): string
}

/**
 * Creates the part of Node's `node:fs` that plug-ins get. Its source text is evaluated inside the containment before the plug-in, so it
 * refers to nothing outside itself.
 */
export function createFiles(outside: FilesOutside): object {
  const { parse, stringify } = JSON
  const { freeze } = Object
  const PlainError = Error
  const TheDate = Date
  const cut: (value: string, from: number) => string = Function.prototype.call.bind(String.prototype.slice)

  function ask(method: string, args: unknown[]): unknown {
    const answer = outside.file(0, method, stringify(args))
    if (answer[0] === 'v') return answer === 'v' ? undefined : parse(cut(answer, 1))
    const { code, message } = parse(cut(answer, 1)) as { code: string; message: string }
    const error = new PlainError(message) as Error & { code: string }
    error.code = code
    throw error
  }

  interface Stats {
    size: number
    mtimeMs: number
    isFile: boolean
    isDirectory: boolean
  }

  return freeze({
    readFileSync: (path: unknown, options?: unknown) => ask('readFileSync', [path, options]),
    existsSync: (path: unknown) => ask('existsSync', [path]),
    readdirSync: (path: unknown, options?: unknown) => ask('readdirSync', [path, options]),
    statSync(path: unknown) {
      const { size, mtimeMs, isFile, isDirectory } = ask('statSync', [path]) as Stats
      return freeze({ size, mtimeMs, mtime: new TheDate(mtimeMs), isFile: () => isFile, isDirectory: () => isDirectory })
    },
    writeFileSync: (path: unknown, text: unknown, options?: unknown) => ask('writeFileSync', [path, text, options]),
    appendFileSync: (path: unknown, text: unknown, options?: unknown) => ask('appendFileSync', [path, text, options]),
    mkdirSync: (path: unknown, options?: unknown) => ask('mkdirSync', [path, options]),
    rmSync: (path: unknown, options?: unknown) => ask('rmSync', [path, options]),
  })
}
