import { defineTexts, messagesOf } from '../message.ts'

/** What a step of a plug-in can end with, and what keeps it from running. */
export const pipelineTexts = defineTexts('pipeline', {
  refusedHint: 'The plug-in {plugin} refuses this.',
  fixHint: 'Fix the plug-in and install it again, or disable it; the trace log says more.',
  brokeContainment: 'it broke its containment, which was restarted: {reason}',
  tooMuchMemory: 'it used more than the {megabytes, number} MB that a plug-in may use.',
  faultWithCode: '{reason} ({code})',
  requestFailed: 'its request {method} could not be carried out: {reason}.',
  contentInvalid: 'it left {given} in {parameter}, which holds columns with their values.',
  checksInvalid: 'it left {given} in {parameter}, which is true or false.',
  tooDeepHint: 'Let the step check its depth, or whether there is anything to change, before it makes a request.',
  notAgreed: 'The plug-in {plugin} takes part in this, and nobody on this computer has agreed to what it may do.',
  notAgreedHint: 'Look at {plugin} under Plug-ins, then enable or disable it.',
  changedTarget: '{reason} The target had been changed by the plug-in {step}.',
  userGone: 'The user {user}, in whose name a step of {plugin} runs, is either disabled or removed.',
  userGoneHint: 'Enable the user, or change the step.',
  recordGone: 'The record {table} {record} no longer exists, so the step cannot run on it again.',
  stepGone: 'The plug-in {plugin} has no such step any more.',
  noTransaction: 'A step that runs after the commit has no transaction that could be rolled back.',
  noTransactionHint: 'Run the operation that caused it again.',
  runNotFound: 'The trace log has no run number {run} (any more).',
  runNotFoundHint: 'The oldest runs are deleted when the log is full. Refresh the list.',
  noRuntime: 'This program was started without a plug-in runtime.',
  noRuntimeHint: 'Use the app or the command line.',
  noRuntimeFor: 'This program was started without a plug-in runtime, and {plugin} takes part in this.',
  noRuntimeForHint: 'Disable {plugin}, or use the app or the command line.',
  cannotBeLoaded: 'The plug-in {plugin} can no longer be loaded: {reason}',
  cannotBeLoadedHint: 'Update or disable it.',
})

export const pipelineText = messagesOf(pipelineTexts)
