import { EngineError } from '#engine/contract/errors'
import { commerceText } from '#text/english/commerce'
import type { Message } from '#text/message'

/** Returns the error of an operation that the channel or headquarters does not do. */
export const refused = (message: Message | string, hint?: Message): EngineError =>
  new EngineError('COMMERCE_REFUSED', message, hint === undefined ? {} : { hint })

export const channelUnknown = (channel: string): EngineError =>
  new EngineError('INPUT_INVALID', commerceText.channelUnknown({ channel }), { details: { channel } })

export const customerUnknown = (customer: string): EngineError =>
  new EngineError('INPUT_INVALID', commerceText.customerUnknown({ customer }), { details: { customer } })
