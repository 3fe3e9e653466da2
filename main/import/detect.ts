import type { SourceFormat, SourceInspection } from '#engine/contract/transfer'
import { refuseUtf16 } from './files/decode-text.ts'
import type { FileTree, SourceFile } from './files/file-tree.ts'
import { findFile, folderOf, nameOf } from './files/file-tree.ts'
import { readStart } from './files/read-limited.ts'
import { readManifest, toManifest } from './solution/manifest.ts'
import { readYaml } from './solution/read-yaml-layout.ts'
import { rootName } from './xml/root-name.ts'
import { childOf } from './xml/xml-element.ts'

/** A source and the files that it is read from. */
export interface FoundSource {
  inspection: SourceInspection
  /** Folder inside its tree. */
  root: string
  /** For formats of one or a few files exactly those; for layouts of many files the whole tree. */
  files: SourceFile[]
  /** Only looks like a source, and was found in a folder or archive: what turns out not to be one is left out. */
  isGuess?: boolean
}

const START_BYTES = 16_384

/** Finds every source of a tree, by the tests of import formats, section 1. Does not open archives inside. */
export async function findSources(tree: FileTree): Promise<FoundSource[]> {
  const found: FoundSource[] = []
  const claimed = new Set<SourceFile>()
  const byFolder = Map.groupBy(tree.files, (file) => folderOf(file.path).toLowerCase())
  const inFolder = (folder: string, name: string) =>
    findFile(byFolder.get(folder.toLowerCase()) ?? [], folder === '' ? name : `${folder}/${name}`)
  const claim = (source: FoundSource, ...files: (SourceFile | undefined)[]) => {
    found.push(source)
    for (const file of files) if (file) claimed.add(file)
  }
  for (const files of byFolder.values()) {
    const folder = folderOf(files[0]?.path ?? '')
    const solution = inFolder(folder, 'solution.xml')
    const customizations = inFolder(folder, 'customizations.xml')
    if (nameOf(folder).toLowerCase() === 'other' && solution) {
      const root = folderOf(folder)
      claim(await describeSolution(tree, root, 'solution-packager', solution, tree.files), solution, customizations)
    } else if (customizations && tree.kind !== 'file') {
      const format = tree.kind === 'zip' ? 'solution-zip' : 'solution-folder'
      claim(await describeSolution(tree, folder, format, solution, [customizations, ...flowsOf(tree, folder)]), solution, customizations)
    }
    const schema = inFolder(folder, 'data_schema.xml')
    const data = inFolder(folder, 'data.xml')
    if (schema) {
      const name = nameOf(place(tree, folder)).replace(/\.zip$/i, '')
      const inspection = {
        path: place(tree, folder),
        format: tree.kind === 'zip' ? ('cmt-zip' as const) : ('cmt-folder' as const),
        name,
        version: null,
        managed: null,
      }
      claim({ inspection, root: folder, files: data ? [schema, data] : [schema] }, schema, data)
    }
    const yaml = inFolder(folder, 'solution.yml') ?? inFolder(folder, 'solution.yaml')
    if (yaml && /(^|\/)solutions\/[^/]+$/i.test(folder)) claim(await describeYaml(tree, folder, yaml), yaml)
  }
  const belongs = belongsTo(found)
  const loose = tree.files.filter((file) => !claimed.has(file) && !belongs(file))
  return [...found, ...(await findLooseFiles(tree, loose))]
}

/** Returns the definitions of flows, which lie beside a customizations.xml. */
function flowsOf(tree: FileTree, root: string): SourceFile[] {
  const prefix = `${root === '' ? '' : `${root.toLowerCase()}/`}workflows/`
  return tree.files.filter(({ path }) => path.toLowerCase().startsWith(prefix) && /\.json$/i.test(path))
}

/** Returns whether a file is part of one of these solutions: apps, flows and tests of a solution look like metadata now and then. */
function belongsTo(solutions: readonly FoundSource[]): (file: SourceFile) => boolean {
  const folders = solutions.flatMap(({ inspection, root }) => {
    const prefix = root === '' ? '' : `${root.toLowerCase()}/`
    if (inspection.format === 'solution-packager' || inspection.format === 'solution-yaml' || inspection.format === 'solution-zip')
      return [{ prefix, below: 0 }]
    // Beside a customizations.xml by itself anything may lie; its folders are those of the solution.
    return inspection.format === 'solution-folder' ? [{ prefix, below: 1 }] : []
  })
  return ({ path }) => {
    const name = path.toLowerCase()
    return folders.some(({ prefix, below }) => name.startsWith(prefix) && name.slice(prefix.length).split('/').length > below)
  }
}

async function describeSolution(
  tree: FileTree,
  root: string,
  format: SourceFormat,
  solution: SourceFile | undefined,
  files: SourceFile[],
): Promise<FoundSource> {
  const path = place(tree, root)
  const manifest = solution ? await readManifest(solution) : undefined
  const identity = manifest ?? { name: nameOf(path), version: null, managed: null }
  return { inspection: { path, format, ...identity }, root, files }
}

async function describeYaml(tree: FileTree, folder: string, file: SourceFile): Promise<FoundSource> {
  const document = await readYaml(file)
  const manifest = toManifest(childOf(document, 'ImportExportXml') ?? document)
  const named = manifest.name === 'unnamed' ? { ...manifest, name: nameOf(folder) } : manifest
  return {
    inspection: { path: place(tree, folder), format: 'solution-yaml', ...named },
    root: folderOf(folderOf(folder)),
    files: tree.files,
  }
}

/** Finds single files of metadata. The JSON files of one folder count as pages of one source. */
async function findLooseFiles(tree: FileTree, files: SourceFile[]): Promise<FoundSource[]> {
  const found: FoundSource[] = []
  const pages = new Map<string, SourceFile[]>()
  for (const file of files) {
    if (/\.json$/i.test(file.path) && (tree.kind === 'file' || isMetadataJson(await startOf(file)))) {
      pages.set(folderOf(file.path), [...(pages.get(folderOf(file.path)) ?? []), file])
    } else if (/\.xml$/i.test(file.path)) {
      const source = await describeXml(tree, file)
      if (source) found.push(source)
    }
  }
  for (const [folder, group] of pages) {
    const [only] = group
    const path = group.length === 1 && only ? placeOfFile(tree, only) : place(tree, folder)
    const name = nameOf(path).replace(/\.json$/i, '')
    found.push({ inspection: { path, format: 'web-api-metadata', name, version: null, managed: null }, root: folder, files: group })
  }
  return tree.kind === 'file' ? found : found.map((source) => ({ ...source, isGuess: true }))
}

async function describeXml(tree: FileTree, file: SourceFile): Promise<FoundSource | undefined> {
  const root = rootName(await startOf(file, tree.kind === 'file'))
  const name = nameOf(file.path).replace(/\.xml$/i, '')
  const source = (format: SourceFormat): FoundSource => ({
    inspection: { path: placeOfFile(tree, file), format, name, version: null, managed: null },
    root: folderOf(file.path),
    files: [file],
  })
  if (root === 'MetadataSkeleton') return source('xrmmockup-metadata')
  if (root === 'EntityMetadata' || root === 'ArrayOfEntityMetadata') return source('sdk-metadata')
  if (root !== 'ImportExportXml') return undefined
  // A solution.xml by itself names a solution and contains nothing of it.
  return name.toLowerCase() === 'solution' ? undefined : source('customizations-xml')
}

const METADATA_MARKS =
  /\$metadata#(EntityDefinitions|RelationshipDefinitions)|"(ReferencedEntity|ReferencingEntity|Entity1LogicalName|PrimaryIdAttribute|OneToManyRelationships|ManyToOneRelationships|OwnershipType)"\s*:/

const isMetadataJson = (start: string): boolean => METADATA_MARKS.test(start)

/** Reads the beginning of a file. Tolerates bytes that are not UTF-8: a recognised source is read strictly later. */
async function startOf(file: SourceFile, chosen = false): Promise<string> {
  const start = await readStart(file.read(), START_BYTES)
  if (chosen) refuseUtf16(start, file.location)
  return start.toString('utf8')
}

const place = (tree: FileTree, folder: string): string => {
  if (folder === '') return tree.location
  return tree.kind === 'zip' ? `${tree.location}!${folder}` : `${tree.location.replace(/[/\\]+$/, '')}/${folder}`
}

const placeOfFile = (tree: FileTree, file: SourceFile): string => (tree.kind === 'file' ? tree.location : file.location)
