import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { Header } from 'tar-stream'
import { extract } from 'tar-stream'
import { EngineError } from '#engine/contract/errors'
import { packageText } from '#text/english/packages'
import type { Message } from '#text/message'
import { packageInvalid } from './package-invalid.ts'
import { LIMITS, type PackageTree, tooManyFiles, tooMuchText } from './package-tree.ts'

/** Files that a plug-in may use. Others are skipped, but their bytes count. */
const KEPT = /\.(m?[jt]s|json|md)$/i
const PASSED_OVER = /(^|\/)node_modules\//
/** Limit for the expanded size of an archive, in bytes, skipped files included. */
const EXPANDED_BYTES = 50 * 1024 * 1024

/**
 * Reads an archive made by `npm pack` into memory. Writes nothing to disk.
 * @throws PLUGIN_INVALID if it is damaged, too large, or has members that lead out of it
 */
export async function openArchiveTree(location: string): Promise<PackageTree> {
  const files = withoutTop(await readMembers(location))
  return {
    location,
    names: async () => [...files.keys()].filter((path) => !path.includes('/')),
    read: async (path) => files.get(path),
  }
}

async function readMembers(location: string): Promise<Map<string, Buffer>> {
  const members = new Map<string, Buffer>()
  const archive = extract()
  const budget = new Budget(location)
  const unpacked = pipeline(createReadStream(location), createGunzip(), limited(budget), archive)
  // Awaited below; without this, a failure while members are read would be an unhandled rejection.
  unpacked.catch(() => undefined)
  try {
    for await (const member of archive) {
      const { header } = member
      checkMember(header, location)
      if (header.type === 'directory' || isPassedOver(header.name)) {
        member.resume()
        continue
      }
      const path = header.name.replace(/^(\.\/)+/, '')
      if (members.has(path)) throw hostile(location, path, packageText.comesTwice)
      members.set(path, await contentOf(member, budget))
    }
    await unpacked
    return members
  } catch (error) {
    archive.destroy()
    if (error instanceof EngineError) throw error
    throw packageInvalid({
      file: location,
      problem: packageText.archiveDamaged({ reason: error instanceof Error ? error.message : String(error) }),
      hint: packageText.archiveDamagedHint,
      cause: error,
    })
  }
}

/** Counts the bytes actually read, since an archive may state a wrong size. */
class Budget {
  readonly #location: string
  #expanded = 0
  #kept = 0
  #files = 0

  constructor(location: string) {
    this.#location = location
  }

  expand(bytes: number): void {
    this.#expanded += bytes
    if (this.#expanded > EXPANDED_BYTES)
      throw packageInvalid({
        file: this.#location,
        problem: packageText.expandsTooFar({ megabytes: EXPANDED_BYTES / 1024 / 1024 }),
        hint: packageText.expandsTooFarHint,
      })
  }

  file(): void {
    if (++this.#files > LIMITS.files) throw tooManyFiles(this.#location)
  }

  keep(bytes: number): void {
    this.#kept += bytes
    if (this.#kept > LIMITS.textBytes) throw tooMuchText(this.#location)
  }
}

const limited = (budget: Budget) =>
  async function* (chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
    for await (const chunk of chunks) {
      budget.expand(chunk.length)
      yield chunk
    }
  }

async function contentOf(member: AsyncIterable<unknown>, budget: Budget): Promise<Buffer> {
  budget.file()
  const parts: Buffer[] = []
  for await (const part of member) {
    const chunk = part as Buffer
    budget.keep(chunk.length)
    parts.push(chunk)
  }
  return Buffer.concat(parts)
}

const isPassedOver = (name: string): boolean => !KEPT.test(name) || PASSED_OVER.test(name)

/** @throws PLUGIN_INVALID for a member that `npm pack` never creates */
function checkMember({ name, type, linkname }: Header, location: string): void {
  if (type === 'symlink' || type === 'link') throw hostile(location, name, packageText.isLink({ target: String(linkname) }))
  if (type !== 'file' && type !== 'directory' && type !== 'contiguous-file')
    throw hostile(location, name, packageText.isNoFile({ type: String(type) }))
  if (name.startsWith('/') || /^[a-z]:/i.test(name)) throw hostile(location, name, packageText.beginsAtRoot)
  if (name.includes('\\') || name.includes('\0')) throw hostile(location, name, packageText.nameRefused)
  if (name.split('/').includes('..')) throw hostile(location, name, packageText.leadsOut)
}

const hostile = (location: string, member: string, problem: Message): EngineError =>
  packageInvalid({
    file: `${location}!${member}`,
    problem,
    hint: packageText.hostileHint,
  })

/** Removes the top folder from all names: `package` in archives of `npm pack`, another name in those of other tools. */
function withoutTop(members: Map<string, Buffer>): Map<string, Buffer> {
  const tops = new Set([...members.keys()].map((path) => path.slice(0, path.indexOf('/') + 1)))
  const [top = ''] = tops
  if (tops.size !== 1) return members
  return new Map([...members].map(([path, content]) => [path.slice(top.length), content]))
}
