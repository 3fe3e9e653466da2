import { manifestText } from '#text/english/manifest'
import { pipelineText } from '#text/english/pipeline'
import type { Message } from '#text/message'
import { EngineError } from '../contract/errors.ts'
import type { PluginPackage, PluginRuntime, SandboxLimits } from '../contract/plugin-runtime.ts'
import type { PluginFile, PluginManifest } from '../contract/plugins.ts'
import { contentHashOf, summaryOf } from '../store/content-hash.ts'
import type { ManifestContext } from './check-manifest.ts'
import { checkManifest } from './check-manifest.ts'

/** Time limit for evaluating a module, in milliseconds. */
const LOAD_MS = 10_000

export interface InspectedPackage {
  manifest: PluginManifest
  contentHash: string
  files: { path: string; sha256: string; characters: number }[]
}

/**
 * Returns the checked manifest of a package. Evaluates its modules without any permission and unloads them again.
 * @throws PLUGIN_INVALID
 */
export function inspectPackage(
  pluginPackage: PluginPackage,
  runtime: PluginRuntime | undefined,
  environment: Pick<ManifestContext, 'model' | 'findUser'> & Pick<SandboxLimits, 'memoryMegabytes'>,
): InspectedPackage {
  checkFiles(pluginPackage)
  if (!runtime)
    throw new EngineError('NOT_SUPPORTED', pipelineText.noRuntime, {
      hint: pipelineText.noRuntimeHint,
      details: { source: pluginPackage.source },
    })
  const { entry, configuration } = pluginPackage
  const { model, findUser, memoryMegabytes } = environment
  const files = summaryOf(pluginPackage.files)
  const loaded = runtime.load(pluginPackage, [], { timeMs: LOAD_MS, memoryMegabytes })
  try {
    const manifest = checkManifest(loaded.definition, { model, findUser, files: pluginPackage.files, entry })
    return { manifest, contentHash: contentHashOf({ entry, configuration, files }), files }
  } finally {
    loaded.dispose()
  }
}

function checkFiles({ files, entry, source }: PluginPackage): void {
  const paths = files.map(({ path }: PluginFile) => path)
  const twice = paths.find((path, at) => paths.indexOf(path) !== at)
  if (twice !== undefined) throw packageInvalid(manifestText.heldTwice({ source, file: twice }), twice)
  if (!paths.includes(entry)) throw packageInvalid(manifestText.entryMissing({ source, entry }), entry)
}

const packageInvalid = (message: Message, file: string) =>
  new EngineError('PLUGIN_INVALID', message, { details: { field: '', file, line: null } })
