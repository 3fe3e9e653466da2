import { createStore } from 'zustand/vanilla'
import type { ErrorData } from '#engine/contract/errors'
import type { CascadeConfiguration, ModelDefinition, RelationshipDefinition, TableDefinition } from '#engine/contract/tables'
import { type BridgeClient, errorDataOf } from '../bridge.ts'
import type { StoreKey } from '../stores-context.ts'

export type ModelFilter = 'business' | 'all' | 'stubs' | 'withRecords'

export type ModelTab = 'children' | 'parents' | 'columns' | 'manyToMany' | 'processes'

export interface ModelState {
  /** Null while loading. */
  model: ModelDefinition | null
  tables: ReadonlyMap<string, TableDefinition>
  relationships: ReadonlyMap<string, RelationshipDefinition>
  error: ErrorData | null
  /** Search and filter of the list of tables. */
  list: { search: string; filter: ModelFilter }
  /** The open tab of a table's page. */
  tab: ModelTab
  chooseTab(tab: ModelTab): void
  changeList(change: Partial<ModelState['list']>): void
  load(): Promise<void>
  /** Changes a relationship. Throws a refusal, so that the form keeps the choice and shows the reason. */
  changeRelationship(schemaName: string, cascade: Partial<CascadeConfiguration>): Promise<RelationshipDefinition>
}

const NOTHING: Pick<ModelState, 'model' | 'tables' | 'relationships' | 'error' | 'list' | 'tab'> = {
  model: null,
  tables: new Map(),
  relationships: new Map(),
  error: null,
  list: { search: '', filter: 'business' },
  tab: 'children',
}

export const indexed = (model: ModelDefinition): Pick<ModelState, 'model' | 'tables' | 'relationships'> => ({
  model,
  tables: new Map(model.tables.map((table) => [table.logicalName, table])),
  relationships: new Map(model.relationships.map((relationship) => [relationship.schemaName, relationship])),
})

export function createModelStore(bridge: BridgeClient) {
  const store = createStore<ModelState>()((set, get) => {
    return {
      ...NOTHING,
      chooseTab: (tab) => set({ tab }),
      changeList: (change) => set({ list: { ...get().list, ...change } }),
      async load() {
        try {
          set({ ...indexed(await bridge.call('model.get')), error: null })
        } catch (error) {
          set({ error: errorDataOf(error) })
        }
      },
      async changeRelationship(schemaName, cascade) {
        const changed = await bridge.call('model.changeRelationship', { schemaName, cascade })
        const { model } = get()
        if (model !== null) {
          const relationships = model.relationships.map((other) => (other.schemaName === schemaName ? changed : other))
          set(indexed({ ...model, relationships }))
        }
        return changed
      },
    }
  })
  bridge.on('model', () => void store.getState().load())
  return Object.assign(store, { reset: () => store.setState(NOTHING), load: () => void store.getState().load() })
}
export type ModelStore = ReturnType<typeof createModelStore>

export const modelStore: StoreKey<ModelStore> = ({ bridge }) => createModelStore(bridge)
