import { manifestText } from '#text/english/manifest'
import { shortened } from '../contract/errors.ts'
import type { PluginManifest } from '../contract/plugins.ts'
import { PERMISSIONS } from '../contract/plugins.ts'
import type { CompiledModel } from '../model/compiled-model.ts'
import { checkStep } from './check-step.ts'
import { FieldReader } from './field-reader.ts'
import type { ManifestSource } from './manifest-refusal.ts'

/** The environment that a plug-in is checked against, and its files. */
export interface ManifestContext extends ManifestSource {
  model: CompiledModel
  /** Returns a user, given by GUID or by a name that no other user has. */
  findUser: (user: string) => { id: string; name: string } | undefined
}

/** Steps of one plug-in. */
const MOST_STEPS = 1_000

const FIELDS = ['name', 'version', 'apiVersion', 'permissions', 'steps'] as const
const NAME = /^[\p{L}\p{N}._@/ -]{1,100}$/u

/** The version of a definition without one. */
const NO_VERSION = '0.0.0'

/**
 * Checks a module's default export against the contract and the environment. Returns the manifest with all defaults filled in.
 * @throws PLUGIN_INVALID with file, line where known, field, and what would be right
 */
export function checkManifest(definition: unknown, context: ManifestContext): PluginManifest {
  // Runtimes return `null` for a missing export.
  const fields = FieldReader.open(definition ?? undefined, '', FIELDS, context)
  const name = fields.text('name')
  if (!NAME.test(name) || name.trim() !== name)
    throw fields.refused('name', ({ field }) => manifestText.name({ field, name: shortened(name) }))
  const version = fields.value('version') === undefined ? NO_VERSION : fields.text('version')
  if (version.trim() === '' || version.length > 100) throw fields.refused('version', manifestText.version)
  if (fields.value('apiVersion') !== undefined && fields.value('apiVersion') !== 1)
    throw fields.refused('apiVersion', ({ field }) => manifestText.apiVersion({ field, shown: fields.shown('apiVersion') }), ['1'])
  const permissions = fields.list('permissions') ?? []
  for (const [at, permission] of permissions.entries()) fields.choice(`permissions[${at}]`, permission, PERMISSIONS)
  const steps = fields.list('steps')
  if (!steps) throw fields.refused('steps', manifestText.stepsMissing)
  if (steps.length > MOST_STEPS) throw fields.refused('steps', ({ field }) => manifestText.tooManySteps({ field, most: MOST_STEPS }))
  return {
    name,
    version,
    apiVersion: 1,
    permissions: PERMISSIONS.filter((permission) => permissions.includes(permission)),
    steps: steps.map((step, ordinal) => checkStep(step, ordinal, context)),
  }
}
