import { invalid, type Located, type Position } from '../scenario-error.ts'
import { anyText, fields, located, type Shape, text } from '../shape.ts'

const entry = fields(
  'a plug-in',
  {},
  {
    path: located(text('a path')),
    module: located(text('the source of an ES module')),
    configuration: anyText('the text of a configuration'),
  },
)

/** A plug-in that a file names or contains, with its place in the file. */
export type PluginEntry = { at: Position; configuration: string } & ({ path: Located<string> } | { module: Located<string> })

/** A plug-in folder or module file, or the source of a module itself, with the text that a user would enter at installation. */
export const pluginShape: Shape<PluginEntry> = (node) => {
  const { path, module, configuration = '' } = entry(node)
  if (path !== undefined && module === undefined) return { at: node.at, path, configuration }
  if (module !== undefined && path === undefined) return { at: node.at, module, configuration }
  throw invalid('A plug-in has either "path" or "module".', node.at)
}

/** An operation on an installed plug-in. */
export const pluginNameShape = (operation: string) => fields(operation, { plugin: located(text("a plug-in's name")) }, {})
