import './model.css'
import { Boxes, Workflow } from 'lucide-react'
import { verbatim } from '#text/english/verbatim'
import { bestMatches } from '../../frame/best-matches.ts'
import { type Feature, goTo, type PaletteResult } from '../../frame/feature.ts'
import { countsStore } from '../../frame/stores/counts.ts'
import { modelStore } from '../../frame/stores/model.ts'
import type { Stores } from '../../frame/stores-context.ts'
import { ModelScreen } from './ModelScreen.tsx'
import { processesStore } from './stores/processes.ts'
import { modelText } from './texts.ts'

/** Tables, columns and relationships, and how each relationship cascades. */
export const model = {
  name: 'model',
  stores: [modelStore, countsStore, processesStore],
  screens: { model: ModelScreen },
  navigation: { screen: 'model', label: modelText.title, icon: Boxes },
  commands: [goTo(modelText.goTo, { screen: 'model', table: null, relationship: null })],
  search: { over: [modelStore], find: findInModel },
} satisfies Feature

function findInModel(search: string, { get }: Stores): PaletteResult[] {
  const { model: definition } = get(modelStore).getState()
  const tables = bestMatches(definition?.tables ?? [], search, (table) => [table.displayName, table.logicalName], 6)
  const relationships = bestMatches(definition?.relationships ?? [], search, ({ schemaName }) => [schemaName], 6)
  return [
    ...tables.map(
      ({ logicalName, displayName }): PaletteResult => ({
        key: `table ${logicalName}`,
        group: modelText.search.tables,
        icon: Boxes,
        hint: verbatim.text({ text: logicalName }),
        ...goTo(verbatim.text({ text: displayName ?? logicalName }), { screen: 'model', table: logicalName, relationship: null }),
      }),
    ),
    ...relationships.map(
      ({ schemaName, referenced, referencing }): PaletteResult => ({
        key: `relationship ${schemaName}`,
        group: modelText.search.relationships,
        icon: Workflow,
        hint: verbatim.text({ text: `${referenced} → ${referencing}` }),
        ...goTo(verbatim.text({ text: schemaName }), { screen: 'model', table: referenced, relationship: schemaName }),
      }),
    ),
  ]
}
