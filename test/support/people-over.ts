import type { BridgeClient } from '../../renderer/frame/bridge.ts'
import { createEnvironmentStore } from '../../renderer/frame/stores/environment.ts'
import { createPeopleStore } from '../../renderer/frame/stores/people.ts'

/** The administrator of the environment that `peopleOver` takes to be open. */
export const ADMINISTRATOR_ID = '00000000-0000-7000-8000-00000000ad01'

/** A people store over a bridge, with an environment open whose users are not read yet: its administrator acts. */
export function peopleOver(bridge: BridgeClient) {
  const environment = createEnvironmentStore(bridge)
  environment.setState({
    info: {
      path: '/e.cascade',
      name: 'e',
      formatVersion: 1,
      sizeBytes: 1,
      tables: 0,
      relationships: 0,
      createdOnMs: 1,
      administratorId: ADMINISTRATOR_ID,
      heldJobs: 0,
      notices: [],
    },
  })
  return createPeopleStore(bridge, environment)
}
