import { defineTexts, messagesOf } from '../message.ts'

/** What a step of a plug-in can end with, and what keeps it from running. */
export const pipelineTexts = defineTexts('pipeline', {
  refusedHint: 'The plug-in {plugin} refuses this.',
  mendHint: 'Mend the plug-in and update it, or disable it; the trace log says more.',
  brokeContainment: 'it broke its containment, which was made anew: {reason}',
  tooMuchMemory: 'it used more than the {megabytes, number} MB that a plug-in may hold.',
  faultWithCode: '{reason} ({code})',
  tooDeepHint: 'Let a step look at its depth, or at what it is about to change, before it asks for more.',
  notAgreed: 'The plug-in {plugin} takes part in this, and nobody on this computer has agreed to what it may do.',
  notAgreedHint: 'Look at {plugin} under Plug-ins, then enable or disable it.',
  changedTarget: '{reason} The target had been changed by the plug-in {step}.',
  userGone: 'The user {user}, in whose name a step of {plugin} runs, is either disabled or gone.',
  userGoneHint: 'Enable the user, or change the step.',
  recordGone: 'The record {table} {record} is gone, so that the step cannot run on it again.',
  stepGone: 'The plug-in {plugin} has no such step any more.',
  noTransaction: 'A step that runs after the commit has no transaction that could be rolled back.',
  noTransactionHint: 'Run the operation again that set it off.',
  runNotFound: 'The trace log has no run number {run} (any more).',
  runNotFoundHint: 'The oldest runs make room for new ones. Refresh the list.',
  noRuntime: 'This program was started without what runs plug-ins.',
  noRuntimeHint: 'Use the app or the command line.',
  noRuntimeFor: 'This program was started without what runs plug-ins, and {plugin} takes part in this.',
  noRuntimeForHint: 'Disable {plugin}, or use the app or the command line.',
  cannotBeLoaded: 'The plug-in {plugin} can no longer be loaded: {reason}',
  cannotBeLoadedHint: 'Update or disable it.',
})

export const pipelineText = messagesOf(pipelineTexts)
