import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { AvailablePlugin } from '#contract'
import type { PluginPackage } from '#engine/contract/plugin-runtime'
import { readPluginPackage } from './package/index.ts'

type FoundPlugin = Pick<AvailablePlugin, 'path' | 'name' | 'version' | 'description'>

/**
 * Lists the plug-ins in these folders, by name. Reads their modules as text without evaluating them, and skips whatever is not
 * a plug-in.
 */
export async function findAvailablePlugins(folders: { path: string; isBundled: boolean }[]): Promise<Omit<AvailablePlugin, 'file'>[]> {
  const found = await Promise.all(
    folders.map(async ({ path, isBundled }) => (await pluginsIn(path)).map((plugin) => ({ ...plugin, isBundled }))),
  )
  return found.flat().sort((a, b) => Number(b.isBundled) - Number(a.isBundled) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

async function pluginsIn(folder: string): Promise<FoundPlugin[]> {
  const names = await readdir(folder).catch(() => [])
  const plugins = await Promise.all(names.map((name) => look(join(folder, name))))
  return plugins.filter((plugin) => plugin !== undefined)
}

async function look(path: string): Promise<FoundPlugin | undefined> {
  const name = basename(path)
  if (name.startsWith('.') || name === 'node_modules') return undefined
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() ?? false
  if (!isFolder && !/\.(m?[jt]s|tgz|tar\.gz)$/i.test(name)) return undefined
  const pluginPackage = await readPluginPackage(path).catch(() => undefined)
  return pluginPackage && describe(path, pluginPackage)
}

/** Between its braces a list of exports has no other brace, so that each part of a text is looked at once. */
const DEFAULT_EXPORT = /\bexport\s+(default\b|\{[^{}]*\bas\s+default\b)/

function describe(path: string, pluginPackage: PluginPackage): FoundPlugin | undefined {
  const text = textOf(pluginPackage, (file) => file === pluginPackage.entry) ?? ''
  const start = text.search(DEFAULT_EXPORT)
  if (start < 0) return undefined
  const manifest = manifestOf(pluginPackage)
  const readme = textOf(pluginPackage, (file) => file.toLowerCase() === 'readme.md')
  return {
    path,
    name: literal(text, start, 'name') ?? manifest.name ?? basename(path).replace(/\.(m?[jt]s|tgz|tar\.gz)$/i, ''),
    version: literal(text, start, 'version') ?? manifest.version ?? null,
    description: readme === undefined ? null : firstSentence(readme),
  }
}

const textOf = ({ files }: PluginPackage, isWanted: (path: string) => boolean): string | undefined =>
  files.find(({ path }) => isWanted(path))?.content

/** Returns the text of the first field of this name, after the export or else anywhere. */
function literal(text: string, start: number, field: string): string | undefined {
  const pattern = new RegExp(`\\b${field}\\s*:\\s*(['"\`])([^'"\`\\n$]{1,100})\\1`)
  return pattern.exec(text.slice(start))?.[2] ?? pattern.exec(text)?.[2]
}

function manifestOf(pluginPackage: PluginPackage): { name?: string; version?: string } {
  const text = textOf(pluginPackage, (file) => file === 'package.json')
  if (text === undefined) return {}
  const { name, version } = JSON.parse(text) as Record<string, unknown>
  return { ...(typeof name === 'string' ? { name } : {}), ...(typeof version === 'string' ? { version } : {}) }
}

const LONGEST_DESCRIPTION = 300

/** Characters of a README in which its first sentence is looked for. */
const README_BEGINNING = 10_000

/** Returns the first sentence of the first paragraph that is neither heading, picture, list, code nor quotation. */
export function firstSentence(readme: string): string | null {
  const paragraph = readme
    .slice(0, README_BEGINNING)
    .replace(/^\uFEFF/, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/^(```|~~~)[\s\S]*?^\1.*$/gm, '')
    .split(/\r?\n\s*\r?\n/)
    .map((text) => text.replace(/^#.*$/gm, '').trim())
    .find((text) => /^[^\s#!<>|=\-[]/.test(text))
  if (paragraph === undefined) return null
  const plain = paragraph
    .replace(/\s+/g, ' ')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(\*\*|__|`)/g, '')
  const sentence = /^.*?[.!?](?=\s+\p{Lu}|\s*$)/u.exec(plain)?.[0] ?? plain
  return sentence.length <= LONGEST_DESCRIPTION ? sentence : `${sentence.slice(0, LONGEST_DESCRIPTION)}…`
}
