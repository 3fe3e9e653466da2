import { EngineError } from '#engine/contract/errors'
import { commerceText } from '#text/english/commerce'
import type { Commerce } from '../commerce.ts'
import { profileValues } from '../exchange/download.ts'
import type { Details, Values } from '../model/columns.ts'
import { FEATURES, type Feature } from '../model/features.ts'
import type { CommerceSettings } from '../model/settings.ts'
import { bringValue, type Channel, type ChannelProfile, findChannel, insertChannel, writeCustomersSent } from '../store/channels.ts'
import { enabledFeatures, findCustomer, insertCustomer, writeFeature } from '../store/headquarters.ts'
import { fillReplicas } from '../store/replicas.ts'
import { readCounter, writeSettings } from '../store/settings.ts'
import { HeadquartersTurn } from './turn.ts'

/** What exists before anything happens. */
export interface CommerceSetUp {
  channels: { name: string; kind: Channel['kind']; profile: ChannelProfile }[]
  /** Features that are on, and already known to every channel. */
  features: Feature[]
  settings: Partial<CommerceSettings>
  /** Customers of headquarters, which channels of their address book have too. */
  customers: { account: string; values: Values; details: Details }[]
}

/** Values that a channel has had for ever. */
const ALWAYS_MS = 0

/** Adds channels, features and customers to the environment. @throws INPUT_INVALID for a name that is taken */
export function setUp(commerce: Commerce, { channels, features, settings, customers }: CommerceSetUp): void {
  const { connection } = commerce
  HeadquartersTurn.write(commerce, (turn) => {
    writeSettings(connection, settings)
    for (const feature of features) writeFeature(connection, feature, true)
    for (const { account, values, details } of customers) {
      if (findCustomer(connection, account) !== undefined)
        throw new EngineError('INPUT_INVALID', commerceText.customerExists({ customer: account }))
      insertCustomer(connection, { account, guid: null, origin: null, version: turn.nextVersion(), values, details })
    }
    for (const channel of channels) addChannel(commerce, channel)
  })
  connection.write(() => {
    for (const { name } of channels) {
      const channel = findChannel(connection, name)
      if (channel !== undefined) writeCustomersSent(connection, channel.number, readCounter(connection, 'version'))
    }
  })
}

function addChannel({ connection }: Commerce, channel: CommerceSetUp['channels'][number]): void {
  if (findChannel(connection, channel.name) !== undefined)
    throw new EngineError('INPUT_INVALID', commerceText.channelExists({ channel: channel.name }))
  const number = insertChannel(connection, channel)
  const enabled = enabledFeatures(connection)
  for (const feature of FEATURES) bringValue(connection, number, feature, enabled.has(feature), ALWAYS_MS)
  for (const [name, value] of Object.entries(profileValues(channel))) bringValue(connection, number, name, value, ALWAYS_MS)
  fillReplicas(connection, number, channel.profile.addressBook)
}
