import type { Row, StepContext, Value } from '#plugin-api'

/** Columns that every change writes and that are therefore not mentioned. */
const ALWAYS = ['modifiedon', 'modifiedby', 'createdon', 'createdby']

/** Returns one line for each changed column, with the requested value if other steps have replaced it. */
export function difference(before: Readonly<Row>, after: Readonly<Row>, requested: Readonly<Row>): string[] {
  return Object.keys(after)
    .filter((column) => !ALWAYS.includes(column))
    .filter((column) => text(before[column]) !== text(after[column]))
    .map((column) => `${column}: ${text(before[column])} → ${text(after[column])}${madeOf(column, requested, after)}`)
}

function madeOf(column: string, requested: Readonly<Row>, after: Readonly<Row>): string {
  if (!(column in requested)) return ''
  return text(requested[column]) === text(after[column]) ? '' : `, though the request said ${text(requested[column])}`
}

function text(value: Value | undefined): string {
  if (value === null || value === undefined) return 'nothing'
  if (typeof value === 'object' && 'table' in value) return `${value.table} ${value.id}`
  return JSON.stringify(value)
}

/** Describes the chain of messages that led here, the nearest first. */
export function originOf({ depth, job, parentContext }: Pick<StepContext, 'depth' | 'job' | 'parentContext'>): string {
  const chain: string[] = []
  for (let above = parentContext; above; above = above.parentContext)
    chain.push(`${above.messageName} of ${above.primaryEntityName} ${above.primaryEntityId}`)
  if (job) chain.push(`job ${job.name}, batch ${job.batch}, try ${job.attempt}`)
  return chain.length === 0 ? `asked for directly, depth ${depth}` : `because of ${chain.join(', because of ')}; depth ${depth}`
}
