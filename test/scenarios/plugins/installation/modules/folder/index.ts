import { shout } from './lib/shout.ts'

interface Context {
  trace(text: string): void
  target: Record<string, unknown>
}

export default {
  name: 'folder-audit',
  version: '3.1.0',
  apiVersion: 1,
  steps: [
    {
      message: 'Update',
      table: 'account',
      stage: 'PostOperation',
      handler({ trace, target }: Context): void {
        trace(shout(`renamed to ${target.name as string}`))
      },
    },
  ],
}
