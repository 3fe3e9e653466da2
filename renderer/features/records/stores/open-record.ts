import { createStore } from 'zustand/vanilla'
import type { ErrorData } from '#engine/contract/errors'
import type { RecordInput, RecordRef, RecordRow } from '#engine/contract/records'
import type { RelationshipDefinition } from '#engine/contract/tables'
import { type BridgeClient, errorDataOf } from '../../../frame/bridge.ts'
import { type CountsStore, countsStore } from '../../../frame/stores/counts.ts'
import type { ModelStore } from '../../../frame/stores/model.ts'
import { modelStore } from '../../../frame/stores/model.ts'
import { oneAtATime } from '../../../frame/stores/one-at-a-time.ts'
import { type PeopleStore, peopleStore } from '../../../frame/stores/people.ts'
import { whileShown } from '../../../frame/stores/while-shown.ts'
import type { StoreKey } from '../../../frame/stores-context.ts'

export interface ChildCount {
  relationship: RelationshipDefinition
  /** Null while being counted. */
  count: number | null
}

/** The record in the side panel: its fields, its children, and the change being typed. */
export interface OpenRecordState {
  record: RecordRef | null
  row: RecordRow | null
  error: ErrorData | null
  children: ChildCount[]
  /** What the form holds; null while nothing is being edited. Survives a refused save. */
  draft: RecordInput | null
  saving: boolean
  saveError: ErrorData | null
  open(record: RecordRef | null): Promise<void>
  reload(): Promise<void>
  edit(): void
  type(column: string, value: RecordInput[string]): void
  cancelEdit(): void
  save(): Promise<boolean>
  create(table: string, values: RecordInput): Promise<RecordRef | null>
}

const NOTHING = { record: null, row: null, error: null, children: [], draft: null, saving: false, saveError: null }

export function createOpenRecordStore(bridge: BridgeClient, model: ModelStore, counts: CountsStore, people: PeopleStore) {
  const store = createStore<OpenRecordState>()((set, get) => {
    const isOpen = (record: RecordRef) => get().record?.id === record.id

    /** Only relationships whose child table has rows, so that a table with 200 children costs a few counts. */
    const countChildren = async (record: RecordRef) => {
      const below = [...model.getState().relationships.values()].filter(
        ({ referenced, kind }) => referenced === record.table && kind === 'data',
      )
      const rows = await counts.read(below.map(({ referencing }) => referencing))
      if (!isOpen(record)) return
      const candidates = below.filter(({ referencing }) => (rows[referencing] ?? 0) > 0)
      const known = new Map(get().children.map((child) => [child.relationship.schemaName, child.count]))
      set({ children: candidates.map((relationship) => ({ relationship, count: known.get(relationship.schemaName) ?? null })) })
      for (const relationship of candidates) {
        const filters = [{ column: relationship.attribute, operator: 'equals' as const, value: record }]
        const query = { table: relationship.referencing, filters, offset: 0, limit: 1 }
        const page = await bridge.call('records.find', { query, caller: people.callerId() })
        if (!isOpen(record)) return
        set({ children: get().children.map((child) => (child.relationship === relationship ? { ...child, count: page.total } : child)) })
      }
    }
    return {
      ...NOTHING,
      async open(record) {
        if (record === null) return set(NOTHING)
        if (get().record?.id === record.id) return
        set({ ...NOTHING, record })
        await get().reload()
      },
      async reload() {
        const { record } = get()
        if (record === null) return
        try {
          const row = await bridge.call('records.get', { record, caller: people.callerId() })
          if (!isOpen(record)) return
          set({ row, error: null })
          await countChildren(record)
        } catch (error) {
          if (isOpen(record)) set({ error: errorDataOf(error) })
        }
      },
      edit: () => set({ draft: {}, saveError: null }),
      type: (column, value) => set({ draft: { ...get().draft, [column]: value } }),
      cancelEdit: () => set({ draft: null, saveError: null }),
      async save() {
        const { record, draft } = get()
        if (record === null || draft === null) return false
        set({ saving: true, saveError: null })
        try {
          if (Object.keys(draft).length > 0) await bridge.call('records.update', { record, values: draft, caller: people.callerId() })
          set({ draft: null })
          await get().reload()
          return true
        } catch (error) {
          set({ saveError: errorDataOf(error) })
          return false
        } finally {
          set({ saving: false })
        }
      },
      async create(table, values) {
        set({ saving: true, saveError: null })
        try {
          const { record } = await bridge.call('records.create', { table, values, caller: people.callerId() })
          return record
        } catch (error) {
          set({ saveError: errorDataOf(error) })
          return null
        } finally {
          set({ saving: false })
        }
      },
    }
  })
  const follow = oneAtATime(() => store.getState().reload())
  const { changed, show } = whileShown(() => void follow())
  bridge.on('records', ({ tables }) => {
    const { record, children } = store.getState()
    if (record !== null && (tables.includes(record.table) || children.some((child) => tables.includes(child.relationship.referencing))))
      changed()
  })
  return Object.assign(store, { show, reset: () => store.setState(NOTHING) })
}

export const openRecordStore: StoreKey<ReturnType<typeof createOpenRecordStore>> = ({ bridge, get }) =>
  createOpenRecordStore(bridge, get(modelStore), get(countsStore), get(peopleStore))
