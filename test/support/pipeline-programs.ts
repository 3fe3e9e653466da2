import fc from 'fast-check'
import type { OrganizationService, PluginDefinition, Row, StepContext, StepDefinition } from '#plugin-api'
import { InvalidPluginExecutionError } from '#plugin-api'
import type { RowSketch, Sketch, TableSketch } from './reference-model/sketch.ts'
import { rowId } from './reference-model/sketch.ts'

/** Plug-ins that do anything, as plain data: printed where a property fails, and pasted where it is kept. */

/** What a step does, one after the other. Numbers pick rows, owners and states of what there is. */
export type Act =
  | { do: 'write' }
  | { do: 'create' | 'update' | 'delete' | 'link' | 'assign' | 'setState' | 'merge' | 'retrieve'; row: number; other: number }
  | { do: 'change target' }
  | { do: 'share' }
  | { do: 'try'; acts: Act[] }
  | { do: 'refuse' }
  | { do: 'throw' }
  | { do: 'promise' }

export interface ProgramStep {
  message: 'Create' | 'Update' | 'Delete' | 'Assign' | 'SetState' | 'Merge'
  /** Position of a table, or every table. */
  table: number | null
  stage: StepDefinition['stage']
  rank: number
  acts: Act[]
}

/** Where steps write a line each, so that the test can tell whose work is there. */
export const LINES = 'new_line'
const LINES_TABLE: TableSketch = { name: LINES, ownership: 'OrganizationOwned', activeState: 0, mergeable: false }

export const withLines = (sketch: Sketch): Sketch => ({ ...sketch, tables: [...sketch.tables, LINES_TABLE] })

const OWNERS = ['alice', 'bob', 'carol', 'crew', 'dave']

const onRow = (what: Extract<Act, { row: number }>['do']) =>
  fc.record({ do: fc.constant(what), row: fc.oneof(fc.nat(5), fc.nat(59)), other: fc.oneof(fc.nat(5), fc.nat(59)) })

const act: fc.Arbitrary<Act> = fc.letrec<{ act: Act }>((tie) => ({
  act: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    { arbitrary: fc.constant<Act>({ do: 'write' }), weight: 8 },
    ...(['create', 'update', 'delete', 'link', 'assign', 'setState', 'merge'] as const).map((what) => ({
      arbitrary: onRow(what),
      weight: 2,
    })),
    { arbitrary: onRow('retrieve'), weight: 1 },
    { arbitrary: fc.constant<Act>({ do: 'change target' }), weight: 2 },
    { arbitrary: fc.constant<Act>({ do: 'share' }), weight: 1 },
    { arbitrary: fc.constant<Act>({ do: 'refuse' }), weight: 1 },
    { arbitrary: fc.constant<Act>({ do: 'throw' }), weight: 1 },
    { arbitrary: fc.constant<Act>({ do: 'promise' }), weight: 1 },
    {
      arbitrary: fc.record({ do: fc.constant('try' as const), acts: fc.array(tie('act'), { minLength: 1, maxLength: 4 }) }),
      weight: 4,
    },
  ),
})).act

const step = (acts: fc.Arbitrary<Act[]>): fc.Arbitrary<ProgramStep> =>
  fc.record({
    message: fc.constantFrom('Update', 'Update', 'Delete', 'Delete', 'Assign', 'SetState', 'Merge', 'Create'),
    table: fc.oneof({ arbitrary: fc.constant(null), weight: 3 }, { arbitrary: fc.nat(4), weight: 2 }),
    stage: fc.constantFrom('PreValidation', 'PreOperation', 'PostOperation'),
    rank: fc.integer({ min: 1, max: 3 }),
    acts,
  })

/** Whatever steps can do. */
export const wildSteps = fc.array(step(fc.array(act, { minLength: 1, maxLength: 5 })), { minLength: 2, maxLength: 6, size: 'max' })

/** They write, and change the record that they are about, and stand in nobody's way. */
export const tameSteps = fc.array(
  step(
    fc.array(
      fc.oneof(
        { arbitrary: fc.constant<Act>({ do: 'write' }), weight: 3 },
        { arbitrary: fc.constant<Act>({ do: 'change target' }), weight: 1 },
        { arbitrary: fc.constant<Act>({ do: 'share' }), weight: 1 },
      ),
      { minLength: 1, maxLength: 3 },
    ),
  ),
  { minLength: 1, maxLength: 6, size: 'max' },
)

/** No deeper: a step may set itself off. */
const MOST_DEPTH = 4

/**
 * Runs the programs and keeps account beside the store: what a call that failed had done is crossed out, as the store must have undone
 * it.
 */
export class ProgramRun {
  /** Names of the lines that must be there, in any order. */
  readonly lines: string[] = []
  /** Runs whose work must have been committed, by the first line of their trace. */
  readonly ran: string[] = []
  /** The same of PreValidation steps outside of any transaction, which do nothing here. */
  readonly ranBefore: string[] = []
  /** How often a step caught a fault after something had been done that was to be undone. */
  caught = 0
  caughtWithWork = 0
  /** Acts that did what they are for, by name. */
  readonly done: Record<string, number> = {}
  readonly #sketch: Sketch
  readonly #mostActs: number
  #acts = 0
  #runs = 0

  /** With at most so many acts in one operation, since each may set off many others. */
  constructor(sketch: Sketch, mostActs: number) {
    this.#sketch = sketch
    this.#mostActs = mostActs
  }

  plugins(steps: ProgramStep[]): PluginDefinition[] {
    return steps.map(({ message, table, stage, rank, acts }, index) => ({
      name: `program ${index}`,
      version: '1.0.0',
      apiVersion: 1,
      steps: [
        {
          message,
          stage,
          rank,
          ...(table === null ? {} : { table: this.#tableAt(table) }),
          handler: (context) => this.#run(index, acts, context),
        },
      ],
    }))
  }

  begin(): void {
    this.#acts = 0
  }

  mark(): [number, number] {
    return [this.lines.length, this.ran.length]
  }

  /** What came since was rolled back. Whether there was anything. */
  undo([lines, ran]: [number, number]): boolean {
    const hadWork = this.lines.length > lines
    this.lines.length = lines
    this.ran.length = ran
    return hadWork
  }

  #run(index: number, acts: Act[], context: StepContext): undefined {
    const name = `${index}/${++this.#runs}`
    context.trace(name)
    // Outside of the transaction each request would stay, whatever becomes of the operation.
    if (!context.isInTransaction) {
      this.ranBefore.push(name)
      return undefined
    }
    this.ran.push(name)
    if (context.primaryEntityName === LINES || context.depth > MOST_DEPTH) return undefined
    return this.#perform(acts, context) as undefined
  }

  #perform(acts: Act[], context: StepContext): unknown {
    for (const each of acts) {
      if (++this.#acts > this.#mostActs) return undefined
      const result = this.#act(each, context)
      if (result !== undefined) return result
    }
    return undefined
  }

  #act(given: Act, context: StepContext): unknown {
    const { target, sharedVariables, messageName, stage } = context
    switch (given.do) {
      case 'write':
        this.#call('write', () => {
          const name = `line ${this.#acts} ${stage} ${messageName} ${context.depth} ${this.#runs}`
          context.service.create(LINES, { name })
          this.lines.push(name)
        })
        return undefined
      case 'change target':
        if (stage !== 'PostOperation' && (messageName === 'Update' || messageName === 'Create')) target.note = `${target.note ?? ''}+`
        return undefined
      case 'share':
        sharedVariables[`${messageName} ${stage}`] = Object.keys(sharedVariables).length
        return undefined
      case 'try': {
        const mark = this.mark()
        try {
          return this.#perform(given.acts, context)
        } catch {
          // The handler's own requests before the failing one stay: only that one's work was undone, where it was crossed out already.
          this.caught++
          if (this.mark()[0] !== mark[0]) this.caughtWithWork++
          return undefined
        }
      }
      case 'refuse':
        throw new InvalidPluginExecutionError('refused by a program')
      case 'throw':
        throw new TypeError('thrown by a program')
      case 'promise':
        return Promise.resolve()
      default:
        this.#call(given.do, () => this.#ask(given, context.service))
        return undefined
    }
  }

  /** One request: what steps did within it is crossed out where it fails. */
  #call(name: string, request: () => void): void {
    const mark = this.mark()
    try {
      request()
      this.done[name] = (this.done[name] ?? 0) + 1
    } catch (error) {
      this.undo(mark)
      throw error
    }
  }

  #ask({ do: what, row, other }: Extract<Act, { row: number }>, service: OrganizationService): void {
    const { rows } = this.#sketch
    const [first, second] = [row % rows.length, other % rows.length]
    const { table } = rows[first] as RowSketch
    const id = rowId(first)
    switch (what) {
      case 'create':
        service.create(table, { name: 'made by a step', ...this.#link(table, second) })
        return
      case 'update':
        service.update(table, id, { note: `by a step ${other}` })
        return
      case 'delete':
        service.delete(table, id)
        return
      case 'link':
        service.update(table, id, this.#link(table, second))
        return
      case 'assign':
        service.assign(table, id, OWNERS[other % OWNERS.length] as string)
        return
      case 'setState':
        service.setState(table, id, other % 2)
        return
      case 'merge': {
        const alike = rows.flatMap((each, position) => (each.table === table && position !== first ? [position] : []))
        service.merge({
          table,
          target: id,
          subordinate: rowId(alike[other % Math.max(1, alike.length)] ?? first),
          parentingCheck: false,
          content: { note: 'merged by a step' },
        })
        return
      }
      case 'retrieve':
        service.retrieve(table, id, ['name'])
    }
  }

  /** The lookup by which rows of a table hang below a row, where there is one. */
  #link(table: string, to: number): Row {
    const { rows, relationships } = this.#sketch
    const own = relationships.filter(({ child }) => child === table)
    const found = own.find(({ parent }) => parent === rows[to]?.table)
    if (!found) return {}
    const { attribute, parent } = found
    const isPolymorphic = own.some((each) => each.attribute === attribute && each.parent !== parent)
    return { [attribute]: isPolymorphic ? { table: parent, id: rowId(to) } : rowId(to) }
  }

  #tableAt(index: number): string {
    const tables = this.#sketch.tables.filter(({ name }) => name !== LINES)
    return (tables[index % tables.length] as TableSketch).name
  }
}
