import type { Row, StepContext, Value } from '#plugin-api'

/** Written with every change, so that saying it says nothing. */
const ALWAYS = ['modifiedon', 'modifiedby', 'createdon', 'createdby']

/** One line for each column whose value is another now, and what the request said where steps made something else of it. */
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

/** The chain of messages that led here, the nearest first. */
export function originOf({ depth, job, parentContext }: Pick<StepContext, 'depth' | 'job' | 'parentContext'>): string {
  const chain: string[] = []
  for (let above = parentContext; above; above = above.parentContext)
    chain.push(`${above.messageName} of ${above.primaryEntityName} ${above.primaryEntityId}`)
  if (job) chain.push(`job ${job.name}, batch ${job.batch}, try ${job.attempt}`)
  return chain.length === 0 ? `asked for directly, depth ${depth}` : `because of ${chain.join(', because of ')}; depth ${depth}`
}
