import { MESSAGES } from '#engine/contract/messages'
import type { ProcessDefinition } from '#engine/contract/processes'
import product from '../../package.json' with { type: 'json' }
import { pluginFiles } from './plugin-template.ts'
import { processKind } from './process-text.ts'

/** Returns the files of a plug-in that stands in for a process of an imported solution: its registration, and a handler to fill in. */
export function standInFiles(
  name: string,
  processes: readonly ProcessDefinition[],
  options: { language: 'ts' | 'js'; product: string },
): Record<string, string> {
  const whole = pluginFiles(name, options)
  const kept = ['package.json', 'tsconfig.json'].flatMap((path) => (whole[path] === undefined ? [] : [[path, whole[path]] as const]))
  return {
    ...Object.fromEntries(kept),
    [`index.${options.language}`]: standInModule(name, processes),
    'README.md': readme(name, processes),
  }
}

/** Returns whether a step can be registered for a process here. */
export const canStandIn = ({ message }: ProcessDefinition): boolean => MESSAGES.some((each) => each === message)

const standInModule = (
  name: string,
  processes: readonly ProcessDefinition[],
): string => `import { definePlugin } from '${product.name}/plugin'

/** Stands in for ${described(processes)}. */
export default definePlugin({
  name: ${JSON.stringify(name)},
  version: '1.0.0',
  apiVersion: 1,
  steps: [
${processes.map(step).join('')}  ],
})
`

const described = ([first]: readonly ProcessDefinition[]): string =>
  first === undefined ? '' : oneLine(`the ${processKind(first)} "${first.name}" of ${first.solution}`)

/** Keeps a name of somebody's solution inside a comment of one line. */
const oneLine = (text: string): string => text.replaceAll(/[\r\n\u2028\u2029]+/g, ' ').replaceAll('*/', '* /')

function step(process: ProcessDefinition): string {
  const { message, table, stage, mode, rank, columns, preImage, postImage } = process
  const registration: Record<string, unknown> = {
    message,
    ...(table === null ? {} : { table }),
    stage,
    ...(mode === 'Async' ? { mode } : {}),
    ...(rank === 1 ? {} : { rank }),
    ...(columns === null ? {} : { filteringAttributes: columns }),
    ...(preImage === null || message === 'Create' ? {} : { preImage }),
    ...(postImage === null || stage !== 'PostOperation' || message === 'Delete' ? {} : { postImage }),
  }
  const lines = Object.entries(registration).map(([key, value]) => `      ${key}: ${JSON.stringify(value)},\n`)
  return `    {
${lines.join('')}      handler({ trace }) {
        trace(${JSON.stringify(`${processKind(process)} "${process.name}" would run here`)})
      },
    },
`
}

const readme = (name: string, processes: readonly ProcessDefinition[]): string => `# ${name}

A plug-in for Cascade Workbench that stands in for ${described(processes)}. It has the registration of the original; what the original does goes into
\`handler\`.

\`\`\`
npx cascade plugin check .
npx cascade plugin install lab.cascade .
\`\`\`
`
