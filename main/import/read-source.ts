import { basename, dirname, resolve } from 'node:path'
import type { ProcessDefinition } from '#engine/contract/processes'
import type { NewRole } from '#engine/contract/security'
import type { ModelSource, SourceIdentity, SourceKind } from '#engine/contract/tables'
import type { SourceFormat, SourceReport } from '#engine/contract/transfer'
import { findingText } from '#text/english/findings'
import { importText } from '#text/english/import'
import { packageModel } from './cmt/package-model.ts'
import type { CmtTableData } from './cmt/package-types.ts'
import { readData } from './cmt/read-data.ts'
import { readSchema } from './cmt/read-schema.ts'
import type { FoundSource } from './detect.ts'
import type { SourceFile } from './files/file-tree.ts'
import { nameOf } from './files/file-tree.ts'
import { importFailed } from './import-failed.ts'
import { readSdkMetadata } from './metadata/read-sdk-metadata.ts'
import { readWebApiMetadata } from './metadata/read-web-api.ts'
import type { ReadModel, ReadTable } from './model/read-model.ts'
import { toModel } from './model/to-model.ts'
import type { Findings } from './report/findings.ts'
import { modelReport, packageReport } from './report/source-report.ts'
import { readProcesses } from './solution/read-processes.ts'
import { readRoles } from './solution/read-roles.ts'
import { readCustomizations, readPackagerFolder } from './solution/read-solution.ts'
import { readYamlLayout } from './solution/read-yaml-layout.ts'

/** One source, completely read and checked; nothing has been written. */
export interface ReadSource {
  report: SourceReport
  stated: ModelSource
  roles: NewRole[]
  data: CmtTableData[]
}

/** Reads a source completely. @throws IMPORT_FAILED if any part of it cannot be read */
export async function readSource(source: FoundSource, findings: Findings): Promise<ReadSource> {
  const { inspection } = source
  const isPackage = inspection.format === 'cmt-zip' || inspection.format === 'cmt-folder'
  if (isPackage) return readPackage(source, findings)
  const read = await readModel(source, findings)
  return {
    report: modelReport(inspection, read),
    stated: {
      ...identityOf(source),
      model: toModel(withEmbeddedColumns(read), describe(source), 'imported', findings),
      processes: await processesOf(source, findings),
    },
    roles: await rolesOf(source),
    data: [],
  }
}

const describe = ({ inspection: { name, version } }: FoundSource): string => (version ? `${name} ${version}` : name)

/** Returns what else a solution would run. */
async function processesOf(source: FoundSource, findings: Findings): Promise<ProcessDefinition[]> {
  const { inspection, files, root } = source
  const prefix = root === '' ? '' : `${root.toLowerCase()}/`
  const inside = files.filter(({ path }) => path.toLowerCase().startsWith(prefix))
  const named = (pattern: RegExp) => inside.filter(({ path }) => pattern.test(path.slice(prefix.length)))
  const flows = named(/^workflows\/[^/]+\.json$/i)
  const read = (xml: readonly SourceFile[]) => readProcesses({ xml, flows }, describe(source), findings)
  switch (inspection.format) {
    case 'solution-packager':
      return read(named(/^(?:workflows\/[^/]+\.data\.xml|sdkmessageprocessingsteps\/[^/]+\.xml)$/i))
    case 'solution-zip':
    case 'solution-folder':
    case 'customizations-xml':
      return read(files.slice(0, 1))
    default:
      return []
  }
}

/** Returns the roles of a solution. */
async function rolesOf(source: FoundSource): Promise<NewRole[]> {
  const { inspection, files, root } = source
  const prefix = root === '' ? '' : `${root.toLowerCase()}/`
  const isRole = ({ path }: SourceFile) => path.toLowerCase().startsWith(prefix) && /^roles\/[^/]+\.xml$/i.test(path.slice(prefix.length))
  switch (inspection.format) {
    case 'solution-packager':
      return readRoles(files.filter(isRole), describe(source))
    case 'solution-zip':
    case 'solution-folder':
    case 'customizations-xml':
      return readRoles(files.slice(0, 1), describe(source))
    default:
      return []
  }
}

/** Returns which source it is. A solution says so itself; another is the same as before where it lies in a folder of the same name. */
function identityOf({ inspection: { path, format, name, version, managed } }: FoundSource): SourceIdentity {
  const isNamed = version !== null || managed !== null
  const folder = basename(dirname(resolve(path)))
  return { kind: KINDS[format] ?? 'solution', name, version, managed, place: isNamed || UPLOAD.test(folder) ? '' : folder.toLowerCase() }
}

/** The folder of an upload, whose name is an id of its own each time. */
const UPLOAD = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i

const KINDS: Partial<Record<SourceFormat, SourceKind>> = {
  'cmt-zip': 'package',
  'cmt-folder': 'package',
  'web-api-metadata': 'metadata',
  'xrmmockup-metadata': 'metadata',
  'sdk-metadata': 'metadata',
}

/** Adds the lookup columns that older exports describe inside their relationships to the tables that do not list them. */
function withEmbeddedColumns(read: ReadModel): ReadModel {
  const tables = new Map(read.tables.map((table) => [table.logicalName, table]))
  for (const { referencing, embeddedColumn } of read.relationships) {
    const table = tables.get(referencing)
    if (!embeddedColumn || table?.columns.some(({ logicalName }) => logicalName === embeddedColumn.logicalName)) continue
    tables.set(referencing, { ...(table ?? extended(referencing)), columns: [...(table?.columns ?? []), embeddedColumn] })
  }
  return { ...read, tables: [...tables.values()] }
}

const extended = (logicalName: string): ReadTable => ({
  logicalName,
  schemaName: logicalName,
  displayName: null,
  ownership: null,
  primaryId: null,
  primaryName: null,
  isActivity: null,
  columns: [],
  extent: 'part',
})

async function readModel({ inspection, files, root }: FoundSource, findings: Findings): Promise<ReadModel> {
  const [file] = files
  if (!file) throw importFailed(inspection.path, importText.noFiles, importText.chooseSourceHint)
  switch (inspection.format) {
    case 'solution-packager':
      return readPackagerFolder(root, files, findings)
    case 'solution-yaml':
      return readYamlLayout(root, solutionFolder(inspection.path, root, files), files, findings)
    case 'web-api-metadata':
      return readWebApiMetadata(files, findings)
    case 'xrmmockup-metadata':
    case 'sdk-metadata':
      return readSdkMetadata(file, findings)
    default:
      return readCustomizations(file, findings)
  }
}

/** Returns the folder `solutions/<name>` of an inspected path, as the tree spells it. */
function solutionFolder(path: string, root: string, files: SourceFile[]): string {
  const prefix = root === '' ? '' : `${root}/`
  const wanted = `/${nameOf(path)}/solution.y`.toLowerCase()
  const file = files.find((each) => each.path.startsWith(prefix) && each.path.toLowerCase().includes(`solutions${wanted}`))
  return file ? file.path.slice(0, file.path.lastIndexOf('/')) : `${prefix}solutions/${nameOf(path)}`
}

async function readPackage(source: FoundSource, findings: Findings): Promise<ReadSource> {
  const [schemaFile, dataFile] = source.files
  if (!schemaFile) throw importFailed(source.inspection.path, importText.noSchema, importText.noSchemaHint)
  const schema = await readSchema(schemaFile)
  if (schema.length === 0)
    throw importFailed(schemaFile.location, importText.schemaEmpty, importText.schemaEmptyHint({ root: '<entities>', element: '<entity>' }))
  if (!dataFile) findings.add('note', findingText.noDataFile, schemaFile.location)
  const data = dataFile ? await readData(dataFile, findings) : []
  const content = { location: source.inspection.path, schema, data }
  const read = packageModel(content)
  return {
    report: packageReport(source.inspection, read, content),
    stated: { ...identityOf(source), model: toModel(read, describe(source), 'stub', findings), processes: [] },
    roles: [],
    data,
  }
}
