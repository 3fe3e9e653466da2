import { inEnglish } from '#text/english'
import { errorText } from '#text/english/errors'
import { platform } from '#text/english/platform'
import { verbatim } from '#text/english/verbatim'
import type { Message } from '#text/message'
import type { CascadeMode } from './cascades.ts'
import type { LookupValue } from './records.ts'

/** An error as plain data, the same on every side of every border. */
export interface ErrorData {
  /** Our own stable code: one of ErrorCode, or `UNEXPECTED`. */
  code: string
  /** In English, for logs and for those who read no catalogue. */
  message: string
  /** The same for readers of any language; absent if the text is not ours. */
  text?: Message
  /** The platform's code and name, if it has one: `0x80040227`, `CannotDeleteDueToAssociation`. */
  platformCode: string | null
  platformName: string | null
  /** What to do about it, if known. */
  hint: string | null
  hintText?: Message
  /** The record that could not be processed; absent if the error is about none. */
  record?: LookupValue
  /** What a cascade that was refused or rolled back had been planned as; absent for any other error. */
  plannedMode?: CascadeMode
  details: Record<string, unknown>
}

/**
 * What a failure concerns. `input` and `request` are failures of one request or record: what was given is not valid, or it was refused.
 * `environment` and `thread` concern what all work needs, and may pass by themselves; a lost `file` does not come back. The retry policy
 * of jobs and the exit statuses of the command line follow from it.
 */
export type Concern = 'input' | 'request' | 'environment' | 'file' | 'thread'

/** Every way the product fails, and what it concerns. */
const CONCERNS = {
  INPUT_INVALID: 'input',
  NAME_AMBIGUOUS: 'input',
  RECORD_NOT_FOUND: 'request',
  RECORD_HELD: 'request',
  RECORD_DAMAGED: 'request',
  CASCADE_REFUSED: 'request',
  PLAN_OUTDATED: 'request',
  JOB_MOVE_REFUSED: 'request',
  MODEL_INVALID: 'input',
  IMPORT_FAILED: 'input',
  PLUGIN_INVALID: 'input',
  PLUGIN_REFUSED: 'request',
  PLUGIN_FAILED: 'request',
  PLUGIN_NOT_AGREED: 'request',
  PIPELINE_TOO_DEEP: 'request',
  ENVIRONMENT_UNUSABLE: 'environment',
  ENVIRONMENT_LOST: 'file',
  STORE_BUSY: 'environment',
  STORE_FULL: 'environment',
  WORKER_LOST: 'thread',
  HOST_LOST: 'request',
  CANCELLED: 'request',
  NOT_SUPPORTED: 'input',
  COMMERCE_REFUSED: 'request',
} as const satisfies Record<string, Concern>
export type ErrorCode = keyof typeof CONCERNS

/** The platform's errors that we imitate. Source: dataverse reference, sections 1.5, 2.8, 3.2, 4.4 and 5.4. */
export const PLATFORM_ERRORS = {
  MergeCasesWithDifferentParents: '0x8003F450',
  ParentCaseHasParent: '0x8003F453',
  TooManyChildCases: '0x8003F454',
  ChildCaseHasChildren: '0x8003F455',
  InvalidArgument: '0x80040203',
  InvalidAssigneeId: '0x80040210',
  CannotShareWithOwner: '0x80040214',
  InvalidSharee: '0x8004020C',
  ObjectDoesNotExist: '0x80040217',
  PrivilegeDenied: '0x80040220',
  unManagedidsusernotenabled: '0x80040225',
  CannotDeleteDueToAssociation: '0x80040227',
  InvalidOwnerID: '0x80040229',
  PrincipalPrivilegeDenied: '0x80040231',
  BusinessUnitDisabled: '0x8004032D',
  IsvUnExpected: '0x80040224',
  IsvAborted: '0x80040265',
  EntityLoopBeingCreated: '0x80040387',
  AccountLoopBeingCreated: '0x80040507',
  ContactLoopBeingCreated: '0x8004050A',
  PicklistValueOutOfRange: '0x8004431A',
  StringLengthTooLong: '0x80044331',
  SQLTimeout: '0x80044151',
  AsyncOperationInvalidStateChange: '0x80044162',
  SdkCorrelationTokenDepthTooHigh: '0x80044182',
  CascadeInvalidLinkTypeTransition: '0x80044155',
  InvalidOrgOwnedCascadeLinkType: '0x80044156',
  AsyncOperationCannotCancel: '0x80044F00',
  MergeCyclicalParenting: '0x80045300',
  MergeSecurityError: '0x80045301',
  MergeActiveQuote: '0x80045302',
  MergeInactive: '0x80045304',
  MergeIdentical: '0x80045305',
  MergeDifferentlyParentedWarning: '0x80045316',
  MergeLossOfParentingWarning: '0x80045317',
  CyclicalRelationship: '0x80047004',
  MultipleParentsNotSupported: '0x80047007',
  CustomParentingSystemNotSupported: '0x80047102',
  CascadeInvalidLinkType: '0x80048102',
  CascadeRemoveLinkOnNonNullable: '0x80048104',
  CascadeReparentOnNonUserOwned: '0x80048107',
  InvalidCascadeLinkType: '0x80048204',
  unManagedIdsAccessDenied: '0x80048306',
  CannotModifyDefaultTeamMembers: '0x8004830C',
  CannotAssignToAccessTeam: '0x80048340',
  InvalidStateCodeStatusCode: '0x80048408',
  AsyncDeleteOperationOngoing: '0x80048549',
  AsyncAssignOperationOngoing: '0x80048555',
  AsyncDeleteFoundNewChild: '0x80048D21',
  CannotRemoveUserWhoOwnsRecords: '0x80048610',
  SandboxWorkerPluginExecuteTimeout: '0x80081111',
} as const
export type PlatformErrorName = keyof typeof PLATFORM_ERRORS

interface ErrorOptions {
  platform?: PlatformErrorName
  hint?: Message | string
  /** The record that could not be processed, see ErrorData. */
  record?: LookupValue | null
  details?: Record<string, unknown>
  cause?: unknown
}

/** The one error class of the product. Code branches on `code` or `platformCode`, never on the message. */
export class EngineError extends Error {
  readonly code: ErrorCode
  readonly platformCode: string | null
  readonly platformName: PlatformErrorName | null
  readonly hint: string | null
  /** What `message` and `hint` say, for readers of any language; null where the text is somebody else's. */
  readonly text: Message | null
  readonly hintText: Message | null
  readonly details: Record<string, unknown>
  /** Set by who throws, or on the way up by who knows, see `aboutRecord`. */
  record: LookupValue | null
  /** Set on the way up by who planned, see `plannedAs`. */
  plannedMode: CascadeMode | null = null

  constructor(code: ErrorCode, message: Message | string, options: ErrorOptions = {}) {
    super(textOf(message), options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'EngineError'
    this.code = code
    this.platformName = options.platform ?? null
    this.platformCode = options.platform ? PLATFORM_ERRORS[options.platform] : null
    this.text = typeof message === 'string' ? null : message
    this.hint = options.hint === undefined ? null : textOf(options.hint)
    this.hintText = options.hint === undefined || typeof options.hint === 'string' ? null : options.hint
    this.details = options.details ?? {}
    this.record = options.record ?? null
  }
}

const textOf = (message: Message | string): string => (typeof message === 'string' ? message : inEnglish(message))

/** Names a record by table, name and id. */
export const recordPhrase = ({ table, id, name }: LookupValue): Message =>
  name === null ? errorText.namelessRecord({ table, id }) : errorText.record({ table, id, name })

/** What an error says, with the record that it is about, unless the words of the error name it. */
export function namedMessageOf(error: Pick<EngineError | ErrorData, 'text' | 'message' | 'record'>): Message {
  const { message, record } = error
  if (!record) return messageOf(error)
  const isNamed = message.includes(record.id) && (record.name === null || message.includes(record.name))
  return isNamed ? messageOf(error) : errorText.ofRecord({ record: recordPhrase(record), error: messageOf(error) })
}

/** What an error says, to be said within another message. */
export const messageOf = ({ text, message }: { text?: Message | null; message: string }): Message =>
  text ?? verbatim.text({ text: message })

/** Names the record that could not be processed in a failure that names none yet. Returns the error, to be thrown on. */
export function aboutRecord(error: unknown, find: () => LookupValue | null): unknown {
  if (isRecordFailure(error)) error.record ??= find()
  return error
}

/** Keeps in an error what the cascade had been planned as that it ended. Returns the error, to be thrown on. */
export function plannedAs(error: unknown, mode: CascadeMode): unknown {
  if (error instanceof EngineError) error.plannedMode ??= mode
  return error
}

/** Returns what a failure concerns, by its code. */
export const concernOf = ({ code }: EngineError): Concern => CONCERNS[code]

/** Returns whether an error concerns one request or record, rather than the environment or a defect of the product. */
export const isRecordFailure = (error: unknown): error is EngineError =>
  error instanceof EngineError && (concernOf(error) === 'input' || concernOf(error) === 'request')

/** Returns whether an error concerns what all work needs: the environment's file, the disk, a thread. It may pass by itself. */
export const isEnvironmentFailure = (error: unknown): error is EngineError =>
  error instanceof EngineError && (concernOf(error) === 'environment' || isThreadFailure(error))

/** Returns whether a thread ended with its work undone, which another thread can take over. */
export const isThreadFailure = (error: unknown): error is EngineError => error instanceof EngineError && concernOf(error) === 'thread'

/** Returns whether the open file is not the one any more that was opened. */
export const isFileLost = (error: unknown): error is EngineError => error instanceof EngineError && concernOf(error) === 'file'

/** Converts an error to plain data for a border. Anything but an EngineError is a defect and keeps its stack in `details`. */
export function toErrorData(error: unknown): ErrorData {
  if (error instanceof EngineError) {
    const { code, message, text, platformCode, platformName, hint, hintText, record, plannedMode, details } = error
    return {
      code,
      message,
      platformCode,
      platformName,
      hint,
      details,
      ...(text && { text }),
      ...(hintText && { hintText }),
      ...(record && { record }),
      ...(plannedMode && { plannedMode }),
    }
  }
  const thrown = error instanceof Error ? error : new Error(String(error))
  const text = errorText.unexpected({ reason: thrown.message })
  return {
    code: 'UNEXPECTED',
    message: inEnglish(text),
    text,
    platformCode: null,
    platformName: null,
    hint: inEnglish(errorText.unexpectedHint),
    hintText: errorText.unexpectedHint,
    details: { stack: thrown.stack ?? null },
  }
}

/** Converts plain data back to an error. */
export function fromErrorData(data: ErrorData): Error {
  if (!(data.code in CONCERNS)) return Object.assign(new Error(data.message), { stack: String(data.details.stack ?? '') })
  const error = new EngineError(data.code as ErrorCode, data.text ?? data.message, {
    ...(data.platformName === null ? {} : { platform: data.platformName as PlatformErrorName }),
    ...(data.hint === null ? {} : { hint: data.hintText ?? data.hint }),
    record: data.record ?? null,
    details: data.details,
  })
  error.plannedMode = data.plannedMode ?? null
  return error
}

/** Characters of a name or value that a message repeats. */
const LONGEST_SHOWN = 200

/** Shortens what somebody gave, to be repeated in a message: it may be millions of characters long. */
export const shortened = (given: string): string => (given.length <= LONGEST_SHOWN ? given : `${given.slice(0, LONGEST_SHOWN)}…`)

// ── One factory for each thing that goes wrong ───────────────────────────────────────────────────

export const inputInvalid = (message: Message | string, details: Record<string, unknown> = {}) =>
  new EngineError('INPUT_INVALID', message, { details })

export const recordNotFound = (table: string, id: string, name: string | null = null) =>
  new EngineError('RECORD_NOT_FOUND', platform.recordNotFound({ table, id }), {
    platform: 'ObjectDoesNotExist',
    hint: errorText.recordNotFoundHint,
    record: { table, id, name },
    details: { table, id },
  })

/** Makes the error of a lookup to a missing row. It is about the record that has the lookup. */
export const lookupNotFound = (table: string, id: string) =>
  new EngineError('RECORD_NOT_FOUND', platform.recordNotFound({ table, id }), {
    platform: 'ObjectDoesNotExist',
    hint: errorText.recordNotFoundHint,
    details: { table, id },
  })

export const recordDamaged = (column: string, value: string) =>
  new EngineError('RECORD_DAMAGED', errorText.recordDamaged({ column, value }), {
    hint: errorText.recordDamagedHint,
    details: { column, value },
  })

export const tableUnknown = (table: string) =>
  new EngineError('INPUT_INVALID', errorText.tableUnknown({ table: shortened(table) }), {
    hint: errorText.tableUnknownHint,
    details: { table: shortened(table) },
  })

export const columnUnknown = (table: string, column: string) =>
  new EngineError('INPUT_INVALID', errorText.columnUnknown({ table, column: shortened(column) }), {
    details: { table, column: shortened(column) },
  })
