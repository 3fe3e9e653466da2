import { invalid } from '../scenario-error.ts'
import { fields, located, type Shape, text } from '../shape.ts'

const entry = fields('a plug-in', {}, { path: located(text('a path')), module: located(text('the source of an ES module')) })
export type PluginEntry = ReturnType<typeof entry>

/** A plug-in folder or module file, or the source of a module itself. */
export const pluginShape: Shape<PluginEntry> = (node) => {
  const read = entry(node)
  if ((read.path === undefined) === (read.module === undefined)) throw invalid('A plug-in has either "path" or "module".', node.at)
  return read
}

/** An operation on an installed plug-in. */
export const pluginNameShape = (operation: string) => fields(operation, { plugin: text("a plug-in's name") }, {})
