import { defineTexts, messagesOf } from '../message.ts'

/** Why a plug-in is not installed, enabled or followed. */
export const pluginTexts = defineTexts('plugin', {
  unknown: 'There is no plug-in "{plugin}" in this environment.',
  unknownNear: 'There is no plug-in "{plugin}" in this environment. Did you mean "{near}"?',
  noFolder: 'The plug-in {plugin} came from {source}, which cannot be read again.',
  notAgreed: 'Nobody on this computer has agreed to what the plug-in {plugin} may do.',
  asksForNothingHint: 'It asks for no permission. Review it, agree, then enable it.',
  asksForHint: 'It asks for {permissions}. Review it, agree, then enable it.',
  nameTaken: 'A plug-in named {plugin} is installed already, in version {version}.',
  nameTakenHint: 'Replace it with this one, remove it first, or give this one another name.',
})

export const pluginText = messagesOf(pluginTexts)
