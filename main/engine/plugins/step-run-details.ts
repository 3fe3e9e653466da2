import { pipelineText } from '#text/english/pipeline'
import { EngineError } from '../contract/errors.ts'
import type { StepRunDetails } from '../contract/trace.ts'
import type { CompiledModel } from '../model/compiled-model.ts'
import type { Connection } from '../store/connection.ts'
import type { StepRunRow, StepRunTexts } from '../store/find-step-runs.ts'
import { describeRuns, findStepRunRow, readStepRunTexts } from '../store/find-step-runs.ts'
import { bytesToGuid } from '../store/guid.ts'
import { findRow } from '../store/rows.ts'

type Plain = Record<string, unknown>

/**
 * Returns everything that the trace log holds about one run.
 * @throws RECORD_NOT_FOUND
 */
export function getStepRunDetails(connection: Connection, model: CompiledModel, number: number): StepRunDetails {
  const row = findStepRunRow(connection, number)
  const texts = readStepRunTexts(connection, number)
  const [run] = row ? describeRuns(connection, model, [row]) : []
  if (!row || !texts || !run)
    throw new EngineError('RECORD_NOT_FOUND', pipelineText.runNotFound({ run: String(number) }), {
      hint: pipelineText.runNotFoundHint,
      details: { run: number },
    })
  const input = parsed(texts.input)
  const output = parsed(texts.output)
  return {
    run,
    input: {
      target: plain(input?.target),
      inputParameters: plain(input?.inputParameters),
      sharedVariables: plain(input?.sharedVariables),
      ...(input?.parentContext === undefined ? {} : { parentContext: plain(input.parentContext) }),
    },
    output: output && { target: plain(output.target), sharedVariables: plain(output.sharedVariables) },
    preImage: parsed(texts.pre_image),
    postImage: parsed(texts.post_image),
    stack: texts.stack,
    canRunAgain: canRunAgain(connection, model, row, texts),
  }
}

function canRunAgain(connection: Connection, model: CompiledModel, row: StepRunRow, texts: StepRunTexts): boolean {
  if (texts.plugin === null || texts.input === null) return false
  if (row.table_number === null || row.guid === null) return true
  const table = model.findTableByNumber(row.table_number)
  return table !== undefined && row.guid.length === 16 && findRow(connection, table, bytesToGuid(row.guid)) !== undefined
}

/** Reads what the log keeps as JSON; a damaged text counts as nothing. */
function parsed(text: string | null): Plain | null {
  if (text === null) return null
  try {
    return plain(JSON.parse(text))
  } catch {
    return {}
  }
}

const plain = (value: unknown): Plain => (typeof value === 'object' && value !== null ? (value as Plain) : {})
