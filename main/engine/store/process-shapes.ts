import { z } from 'zod'
import { STAGES, STEP_MODES } from '../contract/messages.ts'
import { PROCESS_KINDS } from '../contract/processes.ts'
import { integer, json } from './checked-rows.ts'

const columns = z.array(z.string())
const image = z.union([columns, z.literal(true)]).nullable()

/** The processes of a source, as one text. */
export const processesJson = json(
  z.array(
    z.object({
      id: z.string(),
      kind: z.enum(PROCESS_KINDS),
      name: z.string(),
      message: z.string(),
      table: z.string().nullable(),
      stage: z.enum(STAGES),
      mode: z.enum(STEP_MODES),
      rank: integer,
      columns: columns.nullable(),
      preImage: image,
      postImage: image,
      solution: z.string(),
    }),
  ),
)
