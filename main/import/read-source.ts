import type { ColumnDefinition, ModelDefinition } from '#engine/contract/tables'
import type { SourceReport } from '#engine/contract/transfer'
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
import type { ReadModel } from './model/read-model.ts'
import { toModel } from './model/to-model.ts'
import type { Findings } from './report/findings.ts'
import { modelReport, packageReport } from './report/source-report.ts'
import { readCustomizations, readPackagerFolder } from './solution/read-solution.ts'
import { readYamlLayout } from './solution/read-yaml-layout.ts'

/** One source, completely read and checked; nothing has been written. */
export interface ReadSource {
  report: SourceReport
  model: ModelDefinition
  /** `table.column` → a lookup column that only a relationship describes. */
  embedded: Map<string, ColumnDefinition>
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
    model: toModel(read, describe(source), 'imported', findings),
    embedded: new Map(
      read.relationships.flatMap(({ referencing, embeddedColumn }) =>
        embeddedColumn ? [[`${referencing}.${embeddedColumn.logicalName}`, embeddedColumn]] : [],
      ),
    ),
    data: [],
  }
}

const describe = ({ inspection: { name, version } }: FoundSource): string => (version ? `${name} ${version}` : name)

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
    model: toModel(read, describe(source), 'stub', findings),
    embedded: new Map(),
    data,
  }
}
