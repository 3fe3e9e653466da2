import { z } from 'zod'
import { MESSAGES, STAGES, STEP_MODES } from '../contract/messages.ts'
import { PERMISSIONS } from '../contract/plugins.ts'
import { flag, guid, integer, json, name, positive, timeMs } from './checked-rows.ts'

/** The rows of installed plug-ins, as they must be. */

export const pluginRow = z.object({
  number: positive,
  name,
  version: z.string(),
  api_version: positive,
  is_enabled: flag,
  is_developed: flag,
  permissions: json(z.array(z.enum(PERMISSIONS))),
  configuration: z.string(),
  source: z.string(),
  origin: z.string().nullable(),
  entry: z.string(),
  agreement: z.string().nullable(),
  installedon: timeMs,
  updatedon: timeMs,
})

const columns = z.array(name)

export const stepRow = z.object({
  number: positive,
  plugin: positive,
  plugin_name: name,
  plugin_version: z.string(),
  ordinal: positive,
  message: z.enum(MESSAGES),
  table_name: name.nullable(),
  stage: z.enum(STAGES),
  mode: z.enum(STEP_MODES),
  rank: integer,
  filtering_attributes: json(columns).nullable(),
  pre_image: json(z.union([columns, z.literal(true)])).nullable(),
  post_image: json(z.union([columns, z.literal(true)])).nullable(),
  /** `CallingUser`, or the name that the user had when the step was registered. */
  run_as: name,
  /** Row of that user; `null` for the calling user. */
  run_as_user: positive.nullable(),
  /** `null` for the calling user, and for one who does not exist. */
  user_guid: guid.nullable(),
  user_name: z.string().nullable().catch(null),
})

export const fileRow = z.object({ plugin: positive, path: z.string(), content: z.string() })
