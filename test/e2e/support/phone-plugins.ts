import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** When an account gets another owner it gets another phone, by a request of its own, and that one is traced in turn. */
const PHONE_WATCH = `
export default {
  name: 'phone-watch',
  version: '1.0.0',
  apiVersion: 1,
  steps: [
    {
      message: 'Update', table: 'account', stage: 'PreOperation', filteringAttributes: ['ownerid'],
      handler({ target, sharedVariables, trace }) {
        target.industry = 'Moved'
        sharedVariables.seen = 1
        trace('a new owner is on the way')
      },
    },
    {
      message: 'Update', table: 'account', stage: 'PostOperation', filteringAttributes: ['ownerid'],
      preImage: ['name', 'ownerid', 'telephone1'], postImage: ['name', 'ownerid', 'industry'],
      handler({ primaryEntityId, service, trace }) {
        service.update('account', primaryEntityId, { telephone1: '+00 1' })
        trace('the phone goes with the owner')
      },
    },
    {
      message: 'Update', table: 'account', stage: 'PostOperation', filteringAttributes: ['telephone1'],
      handler({ trace }) {
        const startedMs = Date.now()
        while (Date.now() - startedMs < 5);
        trace('nested')
      },
    },
    {
      message: 'Update', table: 'account', stage: 'PostOperation', mode: 'Async', filteringAttributes: ['ownerid'],
      async handler({ trace }) {
        trace('after the commit')
      },
    },
  ],
}
`

/** Keeps one account where it is. */
const KEEPER = `
import { InvalidPluginExecutionError } from 'cascade-workbench/plugin'

export default {
  name: 'keeper',
  version: '1.0.0',
  apiVersion: 1,
  steps: [
    {
      message: 'Update', table: 'account', stage: 'PreOperation', rank: 50, filteringAttributes: ['ownerid'], preImage: ['name'],
      handler({ preImage }) {
        if (preImage.name === 'Meridian Europe') throw new InvalidPluginExecutionError('Europe keeps its owner')
      },
    },
  ],
}
`

const write = async (folder: string, text: string): Promise<string> => {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'a-plugin', cascadeWorkbench: { plugin: './index.ts' } }))
  await writeFile(join(folder, 'index.ts'), text)
  return folder
}

/** The folders of the plug-ins. */
export const writePhoneWatch = (inside: string): Promise<string> => write(join(inside, 'phone-watch'), PHONE_WATCH)
export const writeKeeper = (inside: string): Promise<string> => write(join(inside, 'keeper'), KEEPER)
