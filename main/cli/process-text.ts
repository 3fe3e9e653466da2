import type { ProcessDefinition } from '#engine/contract/processes'

/** Returns what a process is, as a preview and a report name it. */
export const processKind = ({ kind, mode }: ProcessDefinition): string =>
  ({ workflow: mode === 'Sync' ? 'real-time workflow' : 'background workflow', flow: 'flow', step: 'plug-in step' })[kind]

export const stageText = ({ stage, mode }: ProcessDefinition): string => (mode === 'Async' ? 'asynchronous' : stage)
