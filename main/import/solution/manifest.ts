import type { SourceInspection } from '#engine/contract/transfer'
import type { SourceFile } from '../files/file-tree.ts'
import { readXml } from '../xml/read-xml.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { childOf, textOf } from '../xml/xml-element.ts'

export type Manifest = Pick<SourceInspection, 'name' | 'version' | 'managed'>

const MANIFEST_ELEMENTS: ReadonlySet<string> = new Set(['UniqueName', 'Version', 'Managed'])
const MANAGED = new Map<string, Manifest['managed']>([
  ['0', 'unmanaged'],
  ['1', 'managed'],
  ['2', 'both'],
])

/** Reads `SolutionManifest` of a solution.xml. Source: import formats, section 2. */
export async function readManifest(file: SourceFile): Promise<Manifest | undefined> {
  let manifest: Manifest | undefined
  await readXml(file, [
    { path: 'ImportExportXml/SolutionManifest', keep: MANIFEST_ELEMENTS, take: (element) => (manifest = toManifest(element)) },
  ])
  return manifest
}

/** Returns the manifest inside the root element `ImportExportXml`, or the given element as manifest. */
export function toManifest(element: XmlElement): Manifest {
  const manifest = childOf(element, 'SolutionManifest') ?? element
  return {
    name: textOf(manifest, 'UniqueName') ?? 'unnamed',
    version: textOf(manifest, 'Version') ?? null,
    managed: MANAGED.get(textOf(manifest, 'Managed') ?? '') ?? null,
  }
}
